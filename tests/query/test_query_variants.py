"""Wordings, left and right, unknown verbs, growth and diversity, regions of words."""

import math

import pytest

from dfec_explore.query import EMPTY, Explorer, Filters
from dfec_explore.query.growth import diversity, growth, segment_ratios
from dfec_explore.query.regions import term_regions
from dfec_explore.query.variants import balance, unknown_verbs, variants, wording_of


@pytest.mark.parametrize(
    ("quote", "wording"),
    [
        ("corners of his mouth slightly lifting", "lift"),
        ("raises her left eyebrow", "raise"),
        ("eyebrows arch", "arch"),
        ("smiles", "smile"),
        ("", ""),
    ],
)
def test_variants_a_wording_is_what_is_said_besides_the_part(quote: str, wording: str) -> None:
    assert wording_of(quote) == wording


def test_variants_quotes_that_say_the_same_are_one_wording(make_explorer) -> None:  # type: ignore[no-untyped-def]
    said = ["He raises his eyebrows.", "She raises her eyebrows.", "Her eyebrows arch.", "She raises her eyebrows."]
    captions = [(f"DFEW/videos/{n}.mp4", f"At the beginning, {text.lower()}") for n, text in enumerate(said)]
    frame = variants(make_explorer(captions), EMPTY, action="brow_raise")
    assert [tuple(row) for row in frame.itertuples(index=False)] == [
        ("raise", 3, 0.75, 2, "raises her eyebrows"),
        ("arch", 1, 0.25, 1, "eyebrows arch"),
    ]


def test_variants_balance_counts_left_and_right_with_the_interval_of_wilson(four: Explorer) -> None:
    rows = {row.what: row for row in balance(four, EMPTY).itertuples()}
    assert (rows["gaze"].left, rows["gaze"].right, rows["gaze"].share) == (1, 1, 0.5)
    # 1 of 2: (1/2 + z²/4) / (1 + z²/2) ± ... = 0.5 ± 0.4055
    assert (rows["gaze"].low, rows["gaze"].high) == (pytest.approx(0.0945, abs=1e-4), pytest.approx(0.9055, abs=1e-4))
    assert math.isnan(rows["head_turn"].share)
    assert list(rows) == ["gaze", "head_turn", "head_tilt", "side"]


def test_variants_to_and_fro_is_neither_left_nor_right_and_a_diagonal_is(make_explorer) -> None:  # type: ignore[no-untyped-def]
    captions = [
        ("DFEW/videos/1.mp4", "At the beginning, he looks down and to the left."),
        ("DFEW/videos/2.mp4", "At the beginning, he looks left and right."),
        ("DFEW/videos/3.mp4", "At the beginning, he raises his right eyebrow."),
    ]
    rows = {row.what: (row.left, row.right) for row in balance(make_explorer(captions), EMPTY).itertuples()}
    assert rows["gaze"] == (1, 0)
    assert rows["side"] == (0, 1)


def test_variants_unknown_verbs_are_counted_with_an_example(make_explorer) -> None:  # type: ignore[no-untyped-def]
    captions = [
        ("DFEW/videos/1.mp4", "At the beginning, she blinks."),
        ("DFEW/videos/2.mp4", "At the beginning, her eyebrows zorbles and her mouth opens."),
        ("MAFW/videos/3.mp4", "At the beginning, his eyebrows zorbles."),
    ]
    explorer = make_explorer(captions)
    (row,) = unknown_verbs(explorer, EMPTY).itertuples()
    assert (row.verb, row.body_part, row.times, row.captions) == ("zorbles", "brow", 2, 2)
    assert (row.part, row.id, row.source, row.quote) == ("test", "1", "DFEW", "zorbles")
    assert row.left.endswith("her eyebrows ")
    assert unknown_verbs(explorer, Filters(source=("MAFW",)))["id"].tolist() == ["2"]
    assert len(unknown_verbs(explorer, Filters(text="blinks"))) == 0


def test_growth_counts_words_when_they_come_for_the_first_time(make_explorer) -> None:  # type: ignore[no-untyped-def]
    captions = [
        ("DFEW/videos/1.mp4", "Walnut bicycle lantern."),
        ("MAFW/videos/1.mp4", "Walnut."),
        ("DFEW/videos/2.mp4", "Bicycle walnut."),
        ("DFEW/videos/3.mp4", "Lantern harbour."),
    ]
    frame = growth(make_explorer(captions), EMPTY)
    assert [tuple(row) for row in frame[["source", "captions", "terms"]].itertuples(index=False)] == [
        ("DFEW", 1, 3),
        ("DFEW", 2, 3),
        ("DFEW", 3, 4),
        ("MAFW", 1, 1),
    ]


def test_growth_follows_the_selected_captions_alone(make_explorer) -> None:  # type: ignore[no-untyped-def]
    captions = [("DFEW/videos/1.mp4", "Walnut bicycle."), ("DFEW/videos/2.mp4", "Lantern walnut.")]
    explorer = make_explorer(captions)
    frame = growth(explorer, Filters(text="lantern"))
    assert [tuple(row) for row in frame[["captions", "terms"]].itertuples(index=False)] == [(1, 2)]
    assert len(growth(explorer, Filters(text="nobody says this"))) == 0


def test_growth_of_many_captions_has_about_thirty_points_and_ends_at_the_last(make_explorer) -> None:  # type: ignore[no-untyped-def]
    captions = [(f"DFEW/videos/{n}.mp4", f"Walnut word{n}x.") for n in range(95)]
    frame = growth(make_explorer(captions), EMPTY)
    assert len(frame) == 30
    assert (frame["captions"].iloc[-1], frame["terms"].iloc[-1]) == (95, 96)
    assert frame["terms"].is_monotonic_increasing


def test_diversity_segments_are_whole() -> None:
    assert segment_ratios(list("ababcdefg"), size=4) == [0.5, 1.0]
    assert segment_ratios(list("abc"), size=4) == []


def test_diversity_is_the_mean_over_segments_of_a_thousand_words(make_explorer) -> None:  # type: ignore[no-untyped-def]
    few = "One two three four five six seven eight nine ten. " * 100
    many = "".join(f"word{n} " for n in range(20)) * 50
    captions = [
        ("DFEW/videos/1.mp4", few),
        ("DFEW/videos/2.mp4", many),
        ("MAFW/videos/1.mp4", few + "One two."),
        ("RAVDESS/1.mp4", "Too short."),
    ]
    rows = {row.source: row for row in diversity(make_explorer(captions), EMPTY).itertuples()}
    assert (rows["DFEW"].segments, rows["DFEW"].ratio) == (2, pytest.approx(0.015))
    # 0.01 and 0.02: standard error 0.005.
    assert rows["DFEW"].high == pytest.approx(0.015 + 1.959964 * 0.005)
    assert (rows["MAFW"].segments, rows["MAFW"].ratio) == (1, pytest.approx(0.01))
    assert math.isnan(rows["MAFW"].low)
    assert rows["RAVDESS"].segments == 0


def test_regions_a_word_belongs_to_the_region_that_it_is_used_for(make_explorer) -> None:  # type: ignore[no-untyped-def]
    said = ["she blinks", "he raises his eyebrows", "she slightly raises her eyebrows", "he slightly opens his mouth"]
    captions = [(f"DFEW/videos/{n}.mp4", f"At the beginning, {text}.") for n, text in enumerate(said)]
    frame = term_regions(make_explorer(captions), EMPTY)
    found = dict(zip(frame["term"], frame["region"], strict=True))
    assert (found["blink"], found["raise"], found["mouth"]) == ("eye", "brow", "mouth")
    assert "slightly" not in found
