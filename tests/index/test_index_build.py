"""Building the index: counts, reuse, rejects, several parts, interruption."""

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from dfec_explore.errors import AnnotationFileError
from dfec_explore.index import build as build_module
from dfec_explore.index import build_index, current_index, newest_index
from dfec_explore.index.folders import building_folder, finished_indexes, index_home, partial_index
from dfec_explore.index.schema import TABLES
from dfec_explore.language import load_lexicon
from dfec_explore.model import Dataset, DatasetPart, caption_hash

SMILE = "The video shows a woman. At the beginning, she smiles and blinks. Towards the end, her mouth opens."
FROWN = "The video shows a man. As the video progresses, he frowns and turns his head to the left."


class Reports:
    """Remembers what it is told."""

    def __init__(self) -> None:
        self.done: list[int] = []

    def report(self, done: int, total: int | None, message: str = "") -> None:
        self.done.append(done)


def record(number: int, caption: str, source: str = "DFEW") -> dict[str, str]:
    return {"id": str(number), "video": f"{source}/videos/{number}.mp4", "caption": caption}


@pytest.fixture
def make_dataset(tmp_path: Path) -> Callable[..., Dataset]:
    def make(**parts: list[dict[str, str]]) -> Dataset:
        declared = []
        for name, records in parts.items():
            path = tmp_path / f"{name}.json"
            path.write_text(json.dumps(records), encoding="utf-8")
            declared.append(DatasetPart(name, path))
        return Dataset("Toy", tuple(declared))

    return make


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        for table in TABLES:
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{folder}/{table}-*.parquet')")
        return connection.execute(sql).fetchall()


def test_index_holds_each_sample_with_its_path_facts_and_its_set_of_actions(
    make_dataset: Callable[..., Dataset], tmp_path: Path
) -> None:
    dataset = make_dataset(
        test=[record(1, SMILE), {"id": "2", "video": "CAER_mp4/test/Sad/0007.mp4", "caption": FROWN}]
    )
    folder = build_index(dataset, tmp_path / "cache", Reports())
    (first, second) = rows(
        folder.path, "SELECT sample_no, part, id, source, source_split, emotion, caption_hash, actions FROM samples"
    )
    assert first[:6] == (0, "test", "1", "DFEW", None, None)
    assert second[:6] == (1, "test", "2", "CAER_mp4", "test", "sadness")
    assert first[6] == caption_hash(SMILE)
    bits = {label: action.bit for label, action in load_lexicon().actions.items()}
    assert first[7] == (1 << bits["lip_corner_pull"]) | (1 << bits["blink"]) | (1 << bits["mouth_open"])
    assert second[7] == (1 << bits["brow_lower"]) | (1 << bits["head_turn"])


def test_index_sets_of_a_phase_hold_the_actions_of_that_phase_alone(
    make_dataset: Callable[..., Dataset], tmp_path: Path
) -> None:
    folder = build_index(make_dataset(test=[record(1, SMILE)]), tmp_path / "cache", Reports())
    bits = {label: action.bit for label, action in load_lexicon().actions.items()}
    ((begin, middle, end),) = rows(folder.path, "SELECT actions_begin, actions_middle, actions_end FROM samples")
    assert begin == (1 << bits["lip_corner_pull"]) | (1 << bits["blink"])
    assert middle == 0
    assert end == 1 << bits["mouth_open"]


def test_index_events_name_the_next_action_of_their_caption(
    make_dataset: Callable[..., Dataset], tmp_path: Path
) -> None:
    folder = build_index(make_dataset(test=[record(1, SMILE), record(2, FROWN)]), tmp_path / "cache", Reports())
    assert rows(folder.path, "SELECT sample_no, action, next_action FROM events ORDER BY sample_no, ordinal") == [
        (0, "lip_corner_pull", "blink"),
        (0, "blink", "mouth_open"),
        (0, "mouth_open", None),
        (1, "brow_lower", "head_turn"),
        (1, "head_turn", None),
    ]


def test_index_lists_the_mentions_of_a_caption_as_numbers(make_dataset: Callable[..., Dataset], tmp_path: Path) -> None:
    folder = build_index(make_dataset(test=[record(1, SMILE), record(2, "A lamp.")]), tmp_path / "cache", Reports())
    bits = {label: action.bit for label, action in load_lexicon().actions.items()}
    smile, blink, mouth = (bits[label] for label in ("lip_corner_pull", "blink", "mouth_open"))
    begin, end, last = 1 << 12, 4 << 12, 1 << 15
    assert rows(folder.path, "SELECT mentions FROM samples ORDER BY sample_no") == [
        ([smile | blink << 6 | begin, blink | mouth << 6 | begin, mouth | end | last],),
        ([],),
    ]


def test_index_parts_that_share_ids_stay_apart(make_dataset: Callable[..., Dataset], tmp_path: Path) -> None:
    dataset = make_dataset(test=[record(1, SMILE)], train=[record(1, FROWN), record(2, SMILE)])
    folder = build_index(dataset, tmp_path / "cache", Reports())
    assert rows(folder.path, "SELECT sample_no, part, id FROM samples ORDER BY sample_no") == [
        (0, "test", "1"),
        (1, "train", "1"),
        (2, "train", "2"),
    ]


def test_index_rejected_records_are_kept_with_their_reason_and_the_rest_loads(
    make_dataset: Callable[..., Dataset], tmp_path: Path
) -> None:
    dataset = make_dataset(
        test=[record(1, SMILE), record(1, FROWN), {"id": "3", "video": "../x.mp4", "caption": SMILE}]
    )
    folder = build_index(dataset, tmp_path / "cache", Reports())
    assert folder.manifest is not None
    assert (folder.manifest.samples, folder.manifest.parts[0].rejected) == (1, 2)
    table = pq.read_table(folder.path / "rejects.parquet").to_pylist()
    assert [(row["index"], row["id"], row["part"]) for row in table] == [(1, "1", "test"), (2, "3", "test")]


def test_index_unchanged_input_is_never_read_again(
    make_dataset: Callable[..., Dataset], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = make_dataset(test=[record(1, SMILE)])
    first = build_index(dataset, tmp_path / "cache", Reports())
    opened: list[Path] = []
    monkeypatch.setattr(build_module, "open_annotations", opened.append)
    assert build_index(dataset, tmp_path / "cache", Reports()).path == first.path
    assert opened == []


def test_index_a_changed_caption_is_parsed_and_the_others_are_copied(
    make_dataset: Callable[..., Dataset], tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    build_index(make_dataset(test=[record(1, SMILE), record(2, FROWN), record(3, FROWN)]), cache, Reports())
    changed = FROWN.replace("left", "right")
    # Another order too: what is copied must follow the caption, not the place.
    folder = build_index(make_dataset(test=[record(3, FROWN), record(2, changed), record(1, SMILE)]), cache, Reports())
    assert folder.manifest is not None
    assert folder.manifest.copied == 2
    assert rows(
        folder.path,
        "SELECT id, action, direction FROM events JOIN samples USING (sample_no) ORDER BY sample_no, ordinal",
    ) == [
        ("3", "brow_lower", None),
        ("3", "head_turn", "left"),
        ("2", "brow_lower", None),
        ("2", "head_turn", "right"),
        ("1", "lip_corner_pull", None),
        ("1", "blink", None),
        ("1", "mouth_open", None),
    ]
    assert rows(folder.path, "SELECT id, words > 10, events FROM samples ORDER BY sample_no") == [
        ("3", True, 2),
        ("2", True, 2),
        ("1", True, 3),
    ]


def test_index_copied_rows_equal_parsed_ones(make_dataset: Callable[..., Dataset], tmp_path: Path) -> None:
    fresh = build_index(make_dataset(test=[record(1, SMILE), record(2, FROWN)]), tmp_path / "fresh", Reports())
    renamed = record(2, FROWN) | {"id": "9"}
    build_index(make_dataset(test=[renamed, record(1, SMILE)]), tmp_path / "cache", Reports())
    copied = build_index(make_dataset(test=[record(1, SMILE), record(2, FROWN)]), tmp_path / "cache", Reports())
    assert copied.manifest is not None
    assert copied.manifest.copied == 2
    for table in TABLES:
        query = f"SELECT * FROM {table} ORDER BY ALL"
        assert rows(copied.path, query) == rows(fresh.path, query), table


def test_index_in_several_processes_and_partitions_equals_one(
    make_dataset: Callable[..., Dataset], tmp_path: Path
) -> None:
    records = [record(n, (SMILE, FROWN)[n % 2]) for n in range(10)]
    dataset = make_dataset(test=records)
    whole = build_index(dataset, tmp_path / "one", Reports())
    reports = Reports()
    split = build_index(dataset, tmp_path / "many", reports, workers=2, partition=3)
    assert split.manifest is not None
    assert split.manifest.partitions == 4
    assert sorted(reports.done) == reports.done
    assert reports.done[-1] == 10
    for table in TABLES:
        query = f"SELECT * FROM {table} ORDER BY ALL"
        assert rows(split.path, query) == rows(whole.path, query), table


def test_index_of_an_empty_file_has_empty_tables(make_dataset: Callable[..., Dataset], tmp_path: Path) -> None:
    folder = build_index(make_dataset(test=[]), tmp_path / "cache", Reports())
    assert rows(folder.path, "SELECT count(*) FROM samples") == [(0,)]
    assert rows(folder.path, "SELECT count(*) FROM events") == [(0,)]


def test_index_what_was_left_half_built_is_no_index(make_dataset: Callable[..., Dataset], tmp_path: Path) -> None:
    dataset, cache = make_dataset(test=[record(1, SMILE)]), tmp_path / "cache"
    half = building_folder(dataset, cache)
    half.mkdir(parents=True)
    (half / "samples-00000.parquet").write_bytes(b"half")
    assert current_index(dataset, cache) is None
    assert newest_index(dataset, cache) is None
    assert partial_index(dataset, cache) is not None
    folder = build_index(dataset, cache, Reports())
    assert rows(folder.path, "SELECT count(*) FROM samples") == [(1,)]
    assert not half.exists()


def test_index_superseded_ones_are_removed(make_dataset: Callable[..., Dataset], tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    for number in range(4):
        dataset = make_dataset(test=[record(number, SMILE)])
        build_index(dataset, cache, Reports())
    assert len(finished_indexes(dataset, cache)) == 2
    assert len(list(index_home(dataset, cache).iterdir())) == 2


def test_index_a_file_without_structure_is_an_error_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "test.json"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    with pytest.raises(AnnotationFileError, match=r"test\.json"):
        build_index(Dataset("Toy", (DatasetPart("test", path),)), tmp_path / "cache", Reports())
