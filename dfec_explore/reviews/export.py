"""Reviews as a file: JSON Lines, CSV for spreadsheets, Parquet; written row by row in the order of the store.

All rows go out, also those that were taken back and those that take back; ``counts`` tells them apart.
"""

import contextlib
import csv
import io
import json
import os
import uuid
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from dfec_explore.errors import StoreError
from dfec_explore.reviews.failures import telling
from dfec_explore.reviews.records import FIELDS, timestamp, to_record
from dfec_explore.reviews.store import ReviewStore

COLUMNS = (*FIELDS, "counts")
"""The fields of an exported record."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet read a cell as a formula (OWASP, "CSV Injection")."""

BATCH = 5_000

SCHEMA = pa.schema(
    [
        ("sequence", pa.int64()),
        ("row_id", pa.string()),
        ("created_at", pa.timestamp("us", tz="UTC")),
        ("dataset", pa.string()),
        ("part", pa.string()),
        ("id", pa.string()),
        ("caption_hash", pa.string()),
        ("reviewer", pa.string()),
        ("verdict", pa.string()),
        ("reasons", pa.list_(pa.string())),
        ("note", pa.string()),
        ("corrected_caption", pa.string()),
        ("mode", pa.string()),
        ("plan", pa.string()),
        ("seconds", pa.float64()),
        ("watched", pa.float64()),
        ("spans", pa.list_(pa.list_(pa.int64()))),
        ("parts", pa.map_(pa.string(), pa.string())),
        ("retracts", pa.string()),
        ("counts", pa.bool_()),
    ]
)
"""Columns of the Parquet export."""

Records = Iterable[dict[str, Any]]


def export_reviews(store: ReviewStore, out: BinaryIO | Path, *, format: str, dataset: str | None = None) -> int:
    """Write all reviews, as of now, and return how many they were.

    In CSV, a text that starts like a formula, or with an apostrophe, gets an apostrophe before it: reading it back,
    take one leading apostrophe away. Lists and maps are JSON there, and the file begins with a byte order mark, by
    which spreadsheets know that it is UTF-8.

    Args:
        store: where they are.
        out: a stream to write to, or a file, which appears under its name only once it is whole.
        format: one of `FORMATS`.
        dataset: only reviews of this dataset.

    Raises:
        StoreError: the format is unknown, or reading or writing failed.
    """
    if format not in FORMATS:
        raise StoreError("export", f"the format {format!r} is unknown", f"Use one of {', '.join(FORMATS)}.")
    with telling("write the export"):
        if not isinstance(out, Path):
            return FORMATS[format](_records(store, dataset), out)
        with _whole_file(out) as stream:
            return FORMATS[format](_records(store, dataset), stream)


@contextlib.contextmanager
def _whole_file(path: Path) -> Iterator[BinaryIO]:
    partial = path.with_name(f".{path.name}.{uuid.uuid4().hex}.partial")
    try:
        with partial.open("wb") as stream:
            yield stream
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def _records(store: ReviewStore, dataset: str | None) -> Iterator[dict[str, Any]]:
    end = store.last_sequence()
    gone = store.retracted_ids(dataset, through_sequence=end)
    for review in store.reviews(dataset=dataset, through_sequence=end):
        yield {**to_record(review), "counts": review.row_id not in gone}


def _write_jsonl(records: Records, out: BinaryIO) -> int:
    written = 0
    for record in records:
        record["created_at"] = timestamp(record["created_at"])
        out.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
        written += 1
    out.flush()
    return written


def _write_csv(records: Records, out: BinaryIO) -> int:
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    try:
        writer = csv.writer(text)
        writer.writerow(COLUMNS)
        written = 0
        for record in records:
            record["created_at"] = timestamp(record["created_at"])
            writer.writerow(_cell(record[name]) for name in COLUMNS)
            written += 1
        return written
    finally:
        # The stream is the caller's: it is not to be closed with the wrapper.
        text.detach()


def _cell(value: Any) -> Any:
    if isinstance(value, tuple | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith((*FORMULA_STARTS, "'")):
        return f"'{value}"
    return value


def _write_parquet(records: Records, out: BinaryIO) -> int:
    rows, written = iter(records), 0
    with pq.ParquetWriter(out, SCHEMA) as writer:
        while batch := list(islice(rows, BATCH)):
            writer.write_batch(pa.RecordBatch.from_pylist(batch, SCHEMA))
            written += len(batch)
    return written


FORMATS = {"jsonl": _write_jsonl, "csv": _write_csv, "parquet": _write_parquet}
"""Names of the formats, each with its writer."""
