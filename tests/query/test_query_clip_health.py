"""What the clips are like and which are odd, and the labels that come with them: worked out by hand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dfec_explore.clips.facts_table import SCHEMA
from dfec_explore.clips.labelling import LABELS
from dfec_explore.index import build_index
from dfec_explore.model import Dataset, DatasetPart
from dfec_explore.query import EMPTY, NOT_STATED, Explorer, Filters, from_params, open_explorer, sentence
from dfec_explore.query.clip_facts import problems
from dfec_explore.query.clip_health import FactsFile, distribution, odd_clips, odd_counts, totals
from dfec_explore.query.clip_labels import LabelsFile, emotions_by_source, from_files, label_of, valence_arousal
from dfec_explore.query.database import OWN_LABELS
from dfec_explore.query.filters import where

FINE = {
    **{"status": "found", "reason": "", "codec": "h264", "container": "mp4", "width": 640, "height": 480},
    **{"frame_rate": 25.0, "frames": 100, "duration": 4.0, "has_sound": True, "plays_in_browser": True},
    **{"pixel_format": "yuv420p", "rotation": 0, "constant_rate": True, "first_frame_decodes": True},
    **{"last_frame_decodes": True, "decoded_frames": 100, "motion_mean": 1.0, "motion_p95": 2.0, "cuts": 0},
    **{"longest_still": 0.1, "motion_problem": ""},
}
ODDITIES: dict[str, dict[str, Any]] = {
    "variable": {"constant_rate": False},
    "rate": {"frame_rate": 7.5},
    "rotated": {"rotation": 90},
    "odd-size": {"width": 641},
    "single": {"frames": 1, "decoded_frames": 1},
    "silent": {"has_sound": False},
    "length": {"duration": 90.0},
    "first": {"first_frame_decodes": False},
    "last": {"last_frame_decodes": False},
    "still": {"longest_still": 2.0},
    "cut": {"cuts": 2},
    "unreadable": {"status": "unreadable", "reason": "it has no moving picture", "codec": None, "duration": None},
}


class Quiet:
    """Takes reports and keeps none."""

    def report(self, done: int, total: int | None, message: str = "") -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Explorer:
    """Forty captions of DFEW, numbered from 1, and one of MAFW."""
    folder = tmp_path_factory.mktemp("health")
    lines = [f'{{"id": "{n}", "video": "DFEW/videos/{n}.mp4", "caption": "She smiles."}}' for n in range(1, 41)]
    lines.append('{"id": "m", "video": "MAFW/videos/00001.mp4", "caption": "He blinks."}')
    (folder / "test.jsonl").write_text("\n".join(lines))
    dataset = Dataset("D", (DatasetPart("test", folder / "test.jsonl"),))
    return open_explorer(build_index(dataset, folder / "cache", Quiet()))


Write = Callable[[dict[int, dict[str, Any]]], FactsFile]


@pytest.fixture
def facts(tmp_path: Path) -> Write:
    """Write the facts of the forty clips of DFEW, fine (3.8 to 4.2 s long) but for what is named."""

    def write(odd: dict[int, dict[str, Any]]) -> FactsFile:
        rows = [
            {**FINE, "duration": 3.8 + 0.01 * n, **odd.get(n, {}), "source": "DFEW", "video": f"DFEW/videos/{n}.mp4"}
            for n in range(1, 41)
        ]
        pq.write_table(pa.Table.from_pylist(rows, schema=SCHEMA), tmp_path / "facts.parquet")
        return FactsFile(str(tmp_path / "facts.parquet"), 1)

    return write


@pytest.mark.parametrize("kind", ODDITIES)
def test_health_each_oddity_is_found_alone_and_named(kind: str, explorer: Explorer, facts: Write) -> None:
    kept = facts({7: ODDITIES[kind]})
    assert odd_counts(explorer, EMPTY, facts=kept) == {kind: 1}
    found = odd_clips(explorer, EMPTY, facts=kept)
    assert list(found["id"]) == ["7"]
    assert found["why"].iloc[0]


def test_health_a_clip_has_all_its_reasons_with_their_values(explorer: Explorer, facts: Write) -> None:
    kept = facts({3: {"rotation": 270, "cuts": 1, "constant_rate": False}})
    found = odd_clips(explorer, EMPTY, facts=kept, kinds=("cut",))
    assert found["why"].iloc[0] == "frame rate varies; stored rotated by 270 degrees; 2 shots"


def test_health_ordinary_clips_are_not_odd(explorer: Explorer, facts: Write) -> None:
    assert odd_counts(explorer, EMPTY, facts=facts({})) == {}


def test_health_silence_is_odd_only_where_others_have_sound(explorer: Explorer, facts: Write) -> None:
    assert odd_counts(explorer, EMPTY, facts=facts({n: {"has_sound": False} for n in range(1, 31)})) == {}


def test_health_distributions_count_each_clip_once(explorer: Explorer, facts: Write) -> None:
    kept = facts({1: {"width": 224, "height": 224}, 2: {"constant_rate": False}, 3: {"duration": 0.2}})
    rates = distribution(explorer, EMPTY, facts=kept, measure="frame_rate")
    assert dict(zip(rates["value"], rates["captions"], strict=True)) == {"25": 39, "varies": 1}
    sizes = distribution(explorer, EMPTY, facts=kept, measure="resolution")
    assert dict(zip(sizes["value"], sizes["captions"], strict=True)) == {"640 × 480": 39, "224 × 224": 1}
    lengths = distribution(explorer, EMPTY, facts=kept, measure="duration")
    # 3.8 + 0.01 n: below 4 for n up to 19, from 4 on for the 21 others; the third has 0.2 s.
    assert dict(zip(lengths["value"], lengths["captions"], strict=True)) == {
        "0 to 0.5 s": 1,
        "3 to 4 s": 18,
        "4 to 5 s": 21,
    }


def test_health_filters_apply(explorer: Explorer, facts: Write) -> None:
    kept = facts({})
    assert totals(explorer, EMPTY, facts=kept).opened == 40
    assert totals(explorer, Filters(source=("MAFW",)), facts=kept).opened == 0
    assert distribution(explorer, Filters(source=("MAFW",)), facts=kept, measure="duration").empty


def test_health_without_a_table_nothing_is_said(explorer: Explorer, tmp_path: Path) -> None:
    gone = FactsFile(str(tmp_path / "gone.parquet"), 0)
    assert (totals(explorer, EMPTY, facts=gone).opened, odd_counts(explorer, EMPTY, facts=gone)) == (0, {})
    assert problems(explorer, tmp_path / "gone.parquet", statuses=("missing",)).total == 0


def test_health_problems_are_those_of_the_wanted_statuses_and_source(explorer: Explorer, facts: Write) -> None:
    kept = Path(facts({2: {"status": "missing", "reason": "not there"}, 5: {"status": "packed"}}).path)
    assert list(problems(explorer, kept, statuses=("missing",)).samples["reason"]) == ["not there"]
    both = problems(explorer, kept, statuses=("missing", "packed"), limit=1)
    assert (len(both.samples), both.total) == (1, 2)
    assert problems(explorer, kept, statuses=("missing",), source="MAFW").total == 0


@pytest.fixture
def labels(tmp_path: Path) -> LabelsFile:
    rows = [
        {"source": "DFEW", "video": "DFEW/videos/1.mp4", "emotions": ["anger"], "file": "set_1.csv", "conflict": ""},
        {"source": "DFEW", "video": "DFEW/videos/2.mp4", "emotions": ["anger", "sadness"], "conflict": ""},
        {
            **{"source": "DFEW", "video": "DFEW/videos/3.mp4", "emotions": [], "valence": -2.5, "arousal": 4.0},
            **{"valence_span": [-4.0, 0.0], "arousal_span": [4.0, 4.0], "frames": 9, "file": "3.json", "conflict": ""},
        },
    ]
    pq.write_table(pa.Table.from_pylist(rows, schema=LABELS), tmp_path / "labels.parquet")
    return LabelsFile(str(tmp_path / "labels.parquet"), 1)


def test_labels_composition_counts_compounds_and_what_is_not_stated(explorer: Explorer, labels: LabelsFile) -> None:
    frame = emotions_by_source(explorer, EMPTY, labels=labels)
    counts = {(row.source, row.value): row.captions for row in frame.itertuples()}
    assert counts == {
        ("DFEW", "anger"): 1,
        ("DFEW", "several"): 1,
        ("DFEW", "not-stated"): 38,
        ("MAFW", "not-stated"): 1,
    }
    assert from_files(explorer, EMPTY, labels=labels) == {"3.json": 1, "set_1.csv": 1}


def test_labels_composition_follows_the_filters(explorer: Explorer, labels: LabelsFile) -> None:
    assert list(emotions_by_source(explorer, Filters(source=("MAFW",)), labels=labels)["captions"]) == [1]
    assert from_files(explorer, Filters(source=("MAFW",)), labels=labels) == {}
    blinks = Filters(action=("blink",))
    assert list(emotions_by_source(explorer, blinks, labels=labels)["source"]) == ["MAFW"]
    assert valence_arousal(explorer, blinks, labels=labels).empty
    assert len(valence_arousal(explorer, Filters(source=("DFEW",)), labels=labels)) == 1


@pytest.mark.parametrize(
    ("values", "ids"),
    [
        (("anger",), ["1"]),
        (("several",), ["2"]),
        (("anger", "several"), ["1", "2"]),
        (("happiness",), []),
        (("anger", NOT_STATED), ["1", *map(str, range(3, 41)), "m"]),
    ],
)
def test_labels_filter_selects_what_the_composition_counts(
    explorer: Explorer, labels: LabelsFile, values: tuple[str, ...], ids: list[str]
) -> None:
    explorer.database.set_labels(labels.table(OWN_LABELS.names)["labels"], stamp=labels.stamp)
    assert explorer.database.labels_stamp == 1
    filters = Filters(label=values)
    condition = where(filters, explorer.vocabulary)
    rows = explorer.database.rows(f"SELECT id FROM samples WHERE {condition.sql} ORDER BY sample_no", condition.values)
    assert [row[0] for row in rows] == ids
    assert explorer.count(filters) == len(ids)
    counts = emotions_by_source(explorer, filters, labels=labels)
    assert set(counts["value"]) == (set(values) if ids else set())


def test_labels_filter_before_any_was_read_selects_only_what_is_not_stated(explorer: Explorer) -> None:
    explorer.database.set_labels(OWN_LABELS.empty_table())
    assert explorer.count(Filters(label=("anger",))) == 0
    assert explorer.count(Filters(label=(NOT_STATED,))) == 41


def test_labels_filter_in_an_address_takes_emotions_and_compounds(explorer: Explorer) -> None:
    parsed = from_params({"label": ["anger", "several", "not-stated", "joy"]}, explorer.vocabulary)
    assert parsed.filters.label == ("anger", "several", "not-stated")
    assert parsed.problems == ("Dataset's label “joy” does not occur in this dataset.",)
    said = "Captions with dataset's label anger, several or not stated, 3 of 41"
    assert sentence(parsed.filters, explorer.vocabulary, found=3, total=41) == said


def test_labels_valence_and_arousal_stand_with_their_sample(explorer: Explorer, labels: LabelsFile) -> None:
    frame = valence_arousal(explorer, EMPTY, labels=labels)
    assert frame[["sample", "valence", "arousal", "frames"]].to_numpy().tolist() == [["test / 3", -2.5, 4.0, 9]]


def test_labels_of_one_sample(labels: LabelsFile, tmp_path: Path) -> None:
    told = label_of(Path(labels.path), "DFEW", "DFEW/videos/3.mp4")
    assert told is not None
    assert (told.valence, told.valence_span, told.file) == (-2.5, (-4.0, 0.0), "3.json")
    assert label_of(Path(labels.path), "DFEW", "DFEW/videos/9.mp4") is None
    assert label_of(tmp_path / "gone", "DFEW", "DFEW/videos/3.mp4") is None
