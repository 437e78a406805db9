"""Questions to a small index whose answers are worked out by hand."""

import json

import pandas as pd
import pyarrow as pa
import pytest

from dfec_explore.index import build_index
from dfec_explore.model import Dataset, DatasetPart, caption_hash
from dfec_explore.query import (
    EMPTY,
    NOT_STATED,
    Explorer,
    Filters,
    composition,
    lengths,
    open_explorer,
    vocabulary,
    wording,
)
from dfec_explore.query.database import VERDICTS
from dfec_explore.query.samples import find_sample, page, samples

SMILE = "The video shows a woman. At the beginning, she smiles and blinks. Towards the end, her mouth opens slightly."
LEFT = "The video shows a man. At the beginning, he looks to the left. In the middle of the video, he smiles."
PLAIN = "The video shows a man with brown hair."

RECORDS = {
    "test": [
        ("1", "DFEW/videos/1.mp4", SMILE),
        ("2", "CAER_mp4/train/Happy/0002.mp4", LEFT),
        ("3", "CAER_mp4/test/Sad/0003.mp4", PLAIN),
    ],
    "train": [("1", "DFEW/videos/9.mp4", LEFT), ("<b>", "Own films/a.mp4", PLAIN)],
}


class Quiet:
    def report(self, done: int, total: int | None, message: str = "") -> None:
        pass


@pytest.fixture(scope="module")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Explorer:
    folder = tmp_path_factory.mktemp("toy")
    parts = []
    for name, records in RECORDS.items():
        path = folder / f"{name}.json"
        rows = [{"id": id_, "video": video, "caption": caption} for id_, video, caption in records]
        path.write_text(json.dumps(rows), encoding="utf-8")
        parts.append(DatasetPart(name, path))
    return open_explorer(build_index(Dataset("Toy", tuple(parts)), folder / "cache", Quiet()))


def records(frame: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in frame[list(columns)].itertuples(index=False)]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (EMPTY, 5),
        (Filters(part=("train",)), 2),
        (Filters(source=("DFEW",)), 2),
        (Filters(source=("DFEW", "Own films")), 3),
        (Filters(action=("lip_corner_pull",)), 3),
        (Filters(action=("lip_corner_pull",), phase=("begin",)), 1),
        (Filters(action=("lip_corner_pull",), phase=("begin", "middle")), 3),
        (Filters(action=("lip_corner_pull", "blink")), 1),
        (Filters(phase=("end",)), 1),
        (Filters(text="BROWN hair"), 2),
        (Filters(text="%"), 0),
        (Filters(text="'; DROP TABLE samples; --"), 0),
        (Filters(events=(0, 0)), 2),
        (Filters(emotion=(NOT_STATED,)), 3),
        (Filters(emotion=("happiness", "sadness")), 2),
        (Filters(split=("train",)), 1),
        (Filters(phrase="he smiles"), 2),
        (Filters(verdict=("none",)), 5),
        (Filters(verdict=("accept",)), 0),
    ],
)
def test_query_filters_select_what_their_sentence_says(explorer: Explorer, filters: Filters, count: int) -> None:
    assert explorer.count(filters) == count


def test_query_totals_count_captions_sources_events_and_known_emotions(explorer: Explorer) -> None:
    found = composition.totals(explorer, EMPTY)
    assert (found.captions, found.sources, found.events, found.emotion_known) == (5, 3, 7, 2)
    assert found.actions_used == 4


def test_query_captions_by_source_keep_parts_apart_and_shares_are_of_the_part(explorer: Explorer) -> None:
    frame = composition.by_source(explorer, EMPTY)
    assert sorted(records(frame, "part", "source", "title", "captions", "share")) == [
        ("test", "CAER_mp4", "CAER", 2, pytest.approx(2 / 3)),
        ("test", "DFEW", "DFEW", 1, pytest.approx(1 / 3)),
        ("train", "DFEW", "DFEW", 1, 0.5),
        ("train", "Own films", "Own films", 1, 0.5),
    ]


def test_query_what_a_path_does_not_state_is_a_value_of_its_own(explorer: Explorer) -> None:
    frame = composition.by_source_and(explorer, EMPTY, "emotion")
    assert records(frame, "source", "value", "captions") == [
        ("CAER_mp4", "happiness", 1),
        ("CAER_mp4", "sadness", 1),
        ("DFEW", NOT_STATED, 2),
        ("Own films", NOT_STATED, 1),
    ]


def test_query_action_counts_are_of_events_and_of_captions(explorer: Explorer) -> None:
    frame = vocabulary.action_counts(explorer, EMPTY)
    assert records(frame, "action", "events", "captions", "share") == [
        ("lip_corner_pull", 3, 3, 0.6),
        ("gaze", 2, 2, 0.4),
        ("blink", 1, 1, 0.2),
        ("mouth_open", 1, 1, 0.2),
    ]


def test_query_shares_by_source_have_a_cell_for_what_a_source_never_mentions(explorer: Explorer) -> None:
    frame = vocabulary.action_shares_by_source(explorer, EMPTY)
    cells = {(row.source, row.action): row.share for row in frame.itertuples()}
    assert cells["DFEW", "lip_corner_pull"] == 1.0
    assert cells["CAER_mp4", "lip_corner_pull"] == 0.5
    assert cells["CAER_mp4", "blink"] == 0.0
    assert len(cells) == 3 * 4


def test_query_regions_by_phase_are_shares_of_the_phase(explorer: Explorer) -> None:
    frame = vocabulary.regions_by_phase(explorer, EMPTY)
    begin = frame[frame["phase"] == "begin"].set_index("region")
    assert begin["events"].to_dict() == {"mouth": 1, "eye": 1, "gaze": 2}
    assert begin["share"].to_dict() == {"mouth": 0.25, "eye": 0.25, "gaze": 0.5}
    assert list(dict.fromkeys(frame["phase"])) == ["begin", "middle", "end"]


def test_query_modifiers_count_what_is_not_stated(explorer: Explorer) -> None:
    frame = vocabulary.modifiers(explorer, EMPTY, "intensity")
    assert records(frame, "value", "events") == [(NOT_STATED, 6), ("slight", 1)]


def test_query_lengths_agree_with_counting_by_hand(explorer: Explorer) -> None:
    found = lengths.summary(explorer, Filters(part=("test",)), "words")
    assert found is not None
    # SMILE has 19 words, LEFT 21, PLAIN 8.
    assert (found.captions, found.shortest, found.median, found.longest) == (3, 8, 19, 21)
    assert lengths.summary(explorer, Filters(text="nothing like it"), "words") is None


def test_query_histogram_bars_cover_each_caption_once(explorer: Explorer) -> None:
    frame = lengths.histogram(explorer, EMPTY, "words", width=5)
    assert records(frame.groupby(["low", "high"], as_index=False)["captions"].sum(), "low", "high", "captions") == [
        (5, 9, 2),
        (15, 19, 1),
        (20, 24, 2),
    ]


def test_query_cumulative_share_ends_at_one(explorer: Explorer) -> None:
    frame = lengths.cumulative(explorer, EMPTY, "words")
    assert records(frame[frame["source"] == "CAER_mp4"], "length", "share") == [(8, 0.5), (21, 1.0)]


def test_query_phrases_count_captions_once(explorer: Explorer) -> None:
    frame = wording.phrases(explorer, EMPTY, least_words=2)
    counts = dict(zip(frame["phrase"], frame["captions"], strict=True))
    assert counts["at the beginning"] == 3
    assert counts["he smiles"] == 2


def test_query_a_sample_comes_with_its_events_in_order(explorer: Explorer) -> None:
    found = find_sample(explorer, "train", "1")
    assert found is not None
    assert [(event.action, event.direction, event.phase) for event in found.events] == [
        ("gaze", "left", "begin"),
        ("lip_corner_pull", None, "middle"),
    ]
    assert all(found.caption[event.start : event.end] == event.quote for event in found.events)
    assert find_sample(explorer, "train", "7") is None


def test_query_samples_keep_the_order_that_was_asked_for(explorer: Explorer) -> None:
    assert [found.sample_no for found in samples(explorer, [3, 0, 99, 2])] == [3, 0, 2]


@pytest.mark.parametrize(
    ("number", "shown", "ids"), [(1, 1, ["1", "2"]), (3, 3, ["<b>"]), (9, 3, ["<b>"]), (0, 1, ["1", "2"])]
)
def test_query_pages_end_at_the_last(explorer: Explorer, number: int, shown: int, ids: list[str]) -> None:
    found = page(explorer, EMPTY, number=number, size=2)
    assert (found.number, found.pages, found.found) == (shown, 3, 5)
    assert [sample.id for sample in found.samples] == ids


def verdict_table(*rows: tuple[str, str, str, str]) -> pa.Table:
    names = ("part", "id", "caption_hash", "verdict")
    return pa.Table.from_pylist(
        [dict(zip(names, row, strict=True)) | {"reviewers": 1} for row in rows], schema=VERDICTS
    )


def test_query_verdicts_belong_to_a_part_and_to_the_caption_that_was_judged(explorer: Explorer) -> None:
    explorer.database.set_verdicts(
        verdict_table(
            ("test", "1", caption_hash(SMILE), "accept"),
            ("train", "1", caption_hash("what it said before"), "reject"),
        ),
        sequence=1,
    )
    try:
        assert explorer.count(Filters(verdict=("accept",))) == 1
        assert explorer.count(Filters(verdict=("reject",))) == 0
        assert explorer.count(Filters(verdict=("none",))) == 4
        found = find_sample(explorer, "test", "1")
        assert found is not None
        assert found.verdict == "accept"
    finally:
        explorer.database.set_verdicts(VERDICTS.empty_table())
