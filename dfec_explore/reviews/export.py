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
from dfec_explore.reviews.kinds import REVIEW_ROWS, RowKind
from dfec_explore.reviews.records import timestamp
from dfec_explore.reviews.store import ReviewStore

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet read a cell as a formula (OWASP, "CSV Injection")."""

BATCH = 5_000

Records = Iterable[dict[str, Any]]


def export_reviews(
    store: ReviewStore, out: BinaryIO | Path, *, format: str, dataset: str | None = None, kind: RowKind = REVIEW_ROWS
) -> int:
    """Write all rows of a kind, as of now, and return how many they were.

    In CSV, a text that starts like a formula, or with an apostrophe, gets an apostrophe before it: reading it back,
    take one leading apostrophe away. Lists and maps are JSON there, and the file begins with a byte order mark, by
    which spreadsheets know that it is UTF-8.

    Args:
        store: where they are.
        out: a stream to write to, or a file, which appears under its name only once it is whole.
        format: one of `FORMATS`.
        dataset: only rows of this dataset.
        kind: verdicts on captions, or on flags.

    Raises:
        StoreError: the format is unknown, or reading or writing failed.
    """
    if format not in FORMATS:
        raise StoreError("export", f"the format {format!r} is unknown", f"Use one of {', '.join(FORMATS)}.")
    with telling("write the export"):
        if not isinstance(out, Path):
            return FORMATS[format](_records(store, dataset, kind), out, kind)
        with _whole_file(out) as stream:
            return FORMATS[format](_records(store, dataset, kind), stream, kind)


@contextlib.contextmanager
def _whole_file(path: Path) -> Iterator[BinaryIO]:
    partial = path.with_name(f".{path.name}.{uuid.uuid4().hex}.partial")
    try:
        with partial.open("wb") as stream:
            yield stream
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def _records(store: ReviewStore, dataset: str | None, kind: RowKind) -> Iterator[dict[str, Any]]:
    rows, gone = kind.read(store, dataset)
    for row in rows:
        yield {**kind.to_record(row), "counts": row.row_id not in gone}


def _write_jsonl(records: Records, out: BinaryIO, _kind: RowKind) -> int:
    written = 0
    for record in records:
        record["created_at"] = timestamp(record["created_at"])
        out.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
        written += 1
    out.flush()
    return written


def _write_csv(records: Records, out: BinaryIO, kind: RowKind) -> int:
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    try:
        writer = csv.writer(text)
        writer.writerow(kind.schema.names)
        written = 0
        for record in records:
            record["created_at"] = timestamp(record["created_at"])
            writer.writerow(_cell(record[name]) for name in kind.schema.names)
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


def _write_parquet(records: Records, out: BinaryIO, kind: RowKind) -> int:
    rows, written = iter(records), 0
    with pq.ParquetWriter(out, kind.schema) as writer:
        while batch := list(islice(rows, BATCH)):
            writer.write_batch(pa.RecordBatch.from_pylist(batch, kind.schema))
            written += len(batch)
    return written


FORMATS = {"jsonl": _write_jsonl, "csv": _write_csv, "parquet": _write_parquet}
"""Names of the formats, each with its writer."""
