"""What plans draw from: captions, their strata, and what became of those that were drawn."""

import pytest

from dfec_explore.model import PlanItem, SampleKey, caption_hash
from dfec_explore.query import EMPTY, Explorer, Filters
from dfec_explore.query.population import (
    STRATA,
    candidates,
    items_now,
    population,
    strata_sizes,
    stratum_title,
    value_filter,
    value_title,
)
from dfec_explore.reviews.sampling import draw_sample

NINE = [
    (
        f"{'DFEW' if n < 6 else 'MAFW'}/videos/{n}.mp4",
        f"The video shows a man. He {'blinks' if n % 3 == 0 else 'sits'}{' now' * n}.",
    )
    for n in range(9)
]
"""Captions of 7 to 15 words; numbers 0, 3 and 6 mention a blink; six are of DFEW."""


@pytest.fixture
def explorer(make_explorer: object) -> Explorer:
    opened: Explorer = make_explorer(NINE)  # type: ignore[operator]
    return opened


@pytest.mark.parametrize(
    ("strata", "sizes"),
    [
        ((), {(): 9}),
        (("source",), {("DFEW",): 6, ("MAFW",): 3}),
        (("part",), {("test",): 9}),
        (("emotion",), {("not-stated",): 9}),
        (("action:blink",), {("mentioned",): 3, ("not mentioned",): 6}),
        (("length",), {("7 to 9 words",): 3, ("10 to 12 words",): 3, ("13 to 15 words",): 3}),
        (
            ("source", "action:blink"),
            {("DFEW", "mentioned"): 2, ("DFEW", "not mentioned"): 4}
            | {("MAFW", "mentioned"): 1, ("MAFW", "not mentioned"): 2},
        ),
    ],
)
def test_population_sizes_of_strata(
    explorer: Explorer, strata: tuple[str, ...], sizes: dict[tuple[str, ...], int]
) -> None:
    assert strata_sizes(explorer, EMPTY, strata) == sizes


def test_population_bands_are_those_of_the_selected_captions(explorer: Explorer) -> None:
    sizes = strata_sizes(explorer, Filters(source=("MAFW",)), ("length",))
    assert sizes == {("13 words",): 1, ("14 words",): 1, ("15 words",): 1}


def test_population_of_alike_captions_is_one_band(make_explorer: object) -> None:
    alike: Explorer = make_explorer([(f"DFEW/videos/{n}.mp4", "He blinks.") for n in range(4)])  # type: ignore[operator]
    assert strata_sizes(alike, EMPTY, ("length", "events")) == {("2 words", "1 facial action"): 4}


def test_population_of_nothing_has_no_stratum(explorer: Explorer) -> None:
    nothing = Filters(text="no caption has this")
    assert strata_sizes(explorer, nothing, ("source", "length")) == {}
    assert strata_sizes(explorer, nothing) == {}
    assert list(candidates(explorer, nothing, dataset="Toy")) == []


def test_population_is_in_the_order_of_the_file_with_its_strata(explorer: Explorer) -> None:
    table = population(explorer, Filters(source=("MAFW",)), ("action:blink", "source"))
    assert table.column_names == ["part", "id", "caption_hash", "s0", "s1"]
    assert table["id"].to_pylist() == ["6", "7", "8"]
    assert table["s0"].to_pylist() == ["mentioned", "not mentioned", "not mentioned"]


def test_population_can_be_drawn_from(explorer: Explorer) -> None:
    drawn = draw_sample(candidates(explorer, EMPTY, dataset="Toy", strata=("source",)), 6, seed=1)
    assert dict(drawn.sizes) == {("DFEW",): 6, ("MAFW",): 3}
    assert sorted(item.stratum for item in drawn.items) == [("DFEW",)] * 4 + [("MAFW",)] * 2
    assert {item.caption_hash for item in drawn.items} <= {caption_hash(caption) for _, caption in NINE}


@pytest.mark.parametrize("name", ["colour", "action", "action:nonsense", "length; DROP TABLE samples"])
def test_population_refuses_strata_that_do_not_exist(explorer: Explorer, name: str) -> None:
    with pytest.raises(ValueError, match="not stratified by"):
        strata_sizes(explorer, EMPTY, (name,))


def test_population_tells_what_became_of_drawn_captions(explorer: Explorer) -> None:
    keys = [SampleKey("Toy", "test", id_) for id_ in ("8", "0", "gone")]
    found = items_now(explorer, [PlanItem(n, key, "x") for n, key in enumerate(keys)])
    assert found == {
        ("test", "8"): (caption_hash(NINE[8][1]), "MAFW"),
        ("test", "0"): (caption_hash(NINE[0][1]), "DFEW"),
    }


def test_population_titles_are_those_of_the_screen(explorer: Explorer) -> None:
    assert [stratum_title(explorer, name) for name in STRATA][:2] == ["Source", "Length"]
    assert stratum_title(explorer, "action:blink").lower() == "mentions blink"
    assert value_title(explorer, "source", "CAER_mp4") == "CAER"
    assert value_title(explorer, "emotion", "not-stated") == "not stated"


@pytest.mark.parametrize(
    ("name", "value", "pick"),
    [
        ("source", "DFEW", ["source", "DFEW"]),
        ("length", "93 to 110 words", ["words", "93-110"]),
        ("length", "93 words", ["words", "93-93"]),
        ("events", "0 to 4 facial actions", ["events", "0-4"]),
        ("action:blink", "mentioned", ["action", "blink"]),
        ("action:blink", "not mentioned", []),
        ("stratum", "DFEW / 93 to 110 words", []),
    ],
)
def test_population_a_stratum_can_be_filtered_by(name: str, value: str, pick: list[str]) -> None:
    assert value_filter(name, value) == pick
