"""Exports hold every row, can be read back, and are safe to open in a spreadsheet."""

import csv
import io
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from review_makers import full_review, make_review

from dfec_explore.errors import StoreError
from dfec_explore.model import SampleKey
from dfec_explore.reviews import ReviewStore, export_reviews, from_record, open_store
from dfec_explore.reviews.kinds import REVIEW_ROWS
from dfec_explore.reviews.records import FIELDS

COLUMNS = (*FIELDS, "counts")


def exported(store: ReviewStore, format: str, dataset: str | None = None) -> bytes:
    out = io.BytesIO()
    export_reviews(store, out, format=format, dataset=dataset)
    return out.getvalue()


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def unescaped(cell: str) -> str:
    return cell.removeprefix("'")


@pytest.fixture
def judged_store(fresh_store: ReviewStore) -> ReviewStore:
    fresh_store.save(full_review(row_id="row-1"))
    fresh_store.save(make_review("clip-2", row_id="row-2", reviewer="Ben"))
    fresh_store.retract("row-1", reviewer="Ann", new_row_id="row-3")
    fresh_store.save(make_review(row_id="row-4", key=SampleKey("Other", "test", "1")))
    return fresh_store


def test_jsonl_can_be_read_back(judged_store: ReviewStore) -> None:
    records = [json.loads(line) for line in exported(judged_store, "jsonl").splitlines()]
    assert [from_record(record) for record in records] == list(judged_store.reviews())
    assert tuple(records[0]) == COLUMNS


def test_parquet_can_be_read_back(judged_store: ReviewStore) -> None:
    table = pq.read_table(io.BytesIO(exported(judged_store, "parquet")))
    assert table.schema == REVIEW_ROWS.schema
    assert tuple(table.schema.names) == COLUMNS
    records = table.to_pylist(maps_as_pydicts="strict")
    assert [from_record(record) for record in records] == list(judged_store.reviews())


def test_csv_has_every_row_and_column(judged_store: ReviewStore) -> None:
    rows = read_csv(exported(judged_store, "csv"))
    assert tuple(rows[0]) == COLUMNS
    assert [row["row_id"] for row in rows] == ["row-1", "row-2", "row-3", "row-4"]
    assert rows[0]["note"] == full_review().note
    assert json.loads(rows[0]["reasons"]) == ["wrong-action", "left-right"]
    assert json.loads(rows[0]["spans"]) == [[0, 3], [10, 17]]
    assert json.loads(rows[0]["parts"]) == full_review().parts
    assert (rows[1]["corrected_caption"], rows[1]["verdict"]) == ("", "accept")


@pytest.mark.parametrize("format", ["jsonl", "csv", "parquet"])
def test_export_says_which_rows_were_taken_back(judged_store: ReviewStore, format: str) -> None:
    content = exported(judged_store, format)
    if format == "jsonl":
        flags = [json.loads(line)["counts"] for line in content.splitlines()]
    elif format == "csv":
        flags = [row["counts"] == "true" for row in read_csv(content)]
    else:
        flags = pq.read_table(io.BytesIO(content))["counts"].to_pylist()
    assert flags == [False, True, True, True]


def test_export_can_be_of_one_dataset(judged_store: ReviewStore) -> None:
    assert [row["row_id"] for row in read_csv(exported(judged_store, "csv", "Other"))] == ["row-4"]


@pytest.mark.parametrize("format", ["jsonl", "csv", "parquet"])
def test_export_of_a_store_without_reviews_can_be_read(fresh_store: ReviewStore, format: str) -> None:
    content = exported(fresh_store, format)
    if format == "jsonl":
        assert content == b""
    elif format == "csv":
        assert content.decode("utf-8-sig").strip() == ",".join(COLUMNS)
    else:
        assert pq.read_table(io.BytesIO(content)).num_rows == 0


@pytest.mark.parametrize(
    ("note", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1", "'＝1"),
        ("'quoted'", "''quoted'"),
        ("a=1", "a=1"),
    ],
)
def test_csv_cell_that_starts_like_a_formula_is_defused(sqlite_url: str, note: str, cell: str) -> None:
    store = open_store(sqlite_url)
    store.save(make_review(note=note))
    assert read_csv(exported(store, "csv"))[0]["note"] == cell


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30))
def test_csv_text_comes_back_without_its_apostrophe(sqlite_url: str, text: str) -> None:
    store = open_store(sqlite_url)
    place = store.last_sequence()
    store.save(make_review(note=text, key=SampleKey(f"D{place}", "test", "1")))
    cell = read_csv(exported(store, "csv", f"D{place}"))[0]["note"]
    assert unescaped(cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_csv_times_are_utc(judged_store: ReviewStore) -> None:
    stamp = datetime.fromisoformat(read_csv(exported(judged_store, "csv"))[0]["created_at"])
    assert stamp.tzinfo == UTC
    assert stamp == next(judged_store.reviews()).created_at


def test_export_to_a_file_counts_its_rows(judged_store: ReviewStore, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    assert export_reviews(judged_store, path, format="jsonl") == 4
    assert len(path.read_bytes().splitlines()) == 4


def test_export_that_fails_leaves_the_old_file(judged_store: ReviewStore, tmp_path: Path) -> None:
    path = tmp_path / "folder" / "out.csv"
    with pytest.raises(StoreError, match="could not write the export: No such file or directory"):
        export_reviews(judged_store, path, format="csv")
    path.parent.mkdir()
    path.write_text("old", encoding="utf-8")
    with pytest.raises(StoreError, match=r"the format 'xlsx' is unknown\. Use one of jsonl, csv, parquet"):
        export_reviews(judged_store, path, format="xlsx")
    assert [p.name for p in path.parent.iterdir()] == ["out.csv"]
    assert path.read_text(encoding="utf-8") == "old"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full there")
@pytest.mark.parametrize("format", ["jsonl", "csv", "parquet"])
def test_export_to_a_full_disk_is_told(judged_store: ReviewStore, format: str) -> None:
    with open("/dev/full", "wb", buffering=0) as full, pytest.raises(StoreError, match="No space left on device"):
        export_reviews(judged_store, full, format=format)


@pytest.mark.parametrize("format", ["jsonl", "csv", "parquet"])
def test_export_goes_into_a_pipe_and_leaves_it_open(judged_store: ReviewStore, format: str) -> None:
    reader, writer = os.pipe()
    with os.fdopen(writer, "wb") as stream:
        assert export_reviews(judged_store, stream, format=format) == 4
        stream.write(b"#")
    with os.fdopen(reader, "rb") as stream:
        assert stream.read().removesuffix(b"#") == exported(judged_store, format)


def test_record_that_is_no_review_is_refused() -> None:
    with pytest.raises(StoreError, match="could not read an exported review"):
        from_record({"row_id": "1"})
