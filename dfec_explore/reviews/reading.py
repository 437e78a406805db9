"""Exported reviews, read back record by record: JSON Lines, CSV or Parquet, each record a review or a problem."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from dfec_explore.errors import StoreError
from dfec_explore.model import Review
from dfec_explore.reviews.failures import telling
from dfec_explore.reviews.records import CAPTION_LENGTH, FIELDS, from_record

LISTS = ("reasons", "spans", "parts")
"""Fields that are JSON in a cell of CSV."""

CELL_LENGTH = 100 * CAPTION_LENGTH
"""Characters of the longest cell that is read; the bounds of a record are checked afterwards."""

REQUIRED = ("row_id", "dataset", "part", "id", "caption_hash", "reviewer")
"""Columns without which a table holds no reviews."""

BATCH = 5_000


class Read(NamedTuple):
    """One record of a file: a review, or what is wrong with it."""

    place: str
    """Where it stands, for a message: "line 3"."""
    review: Review | None
    problem: str = ""
    row_id: str = ""
    """What it calls itself, where it does."""


def read_reviews(source: BinaryIO | Path, *, format: str | None = None) -> Iterator[Read]:
    """Read exported reviews, a piece at a time.

    Args:
        source: a stream, or a file.
        format: one of `READERS`; by default what the file's ending says.

    Raises:
        StoreError: the format is unknown, the file cannot be read, or it is no table of reviews.
    """
    name = format or (source.suffix.removeprefix(".").lower() if isinstance(source, Path) else "")
    if name not in READERS:
        raise StoreError("import", f"the format {name!r} is unknown", f"Use one of {', '.join(READERS)}.")
    with telling("read the reviews"), _opened(source) as stream:
        yield from READERS[name](stream)


@contextmanager
def _opened(source: BinaryIO | Path) -> Iterator[BinaryIO]:
    if not isinstance(source, Path):
        yield source
        return
    with source.open("rb") as stream:
        yield stream


def _read_jsonl(stream: BinaryIO) -> Iterator[Read]:
    for number, line in enumerate(stream, start=1):
        text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not text.strip():
            continue
        try:
            record = json.loads(text)
        except (ValueError, RecursionError) as error:
            yield Read(f"line {number}", None, f"it is no JSON: {error}")
            continue
        yield _review(f"line {number}", record)


def _read_csv(stream: BinaryIO) -> Iterator[Read]:
    csv.field_size_limit(max(csv.field_size_limit(), CELL_LENGTH))
    # Bytes that are no text become halves of surrogate pairs, which no review may hold: that record alone is refused.
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    try:
        yield from _rows(csv.reader(text, strict=True))
    finally:
        text.detach()


def _rows(reader: Any) -> Iterator[Read]:
    header = _header(next(reader, []))
    while True:
        place = f"line {reader.line_num + 1}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Read(place, None, f"the row is broken: {error}")
            continue
        if not cells:
            continue
        if len(cells) != len(header):
            yield Read(place, None, f"the row has {len(cells)} cells, the header has {len(header)}")
            continue
        try:
            record = {name: _value(name, cell) for name, cell in zip(header, cells, strict=True) if name in FIELDS}
        except (ValueError, RecursionError) as error:
            yield Read(place, None, f"a cell that should hold a list holds none: {error}")
            continue
        yield _review(place, {name: value for name, value in record.items() if value is not None})


def _header(cells: list[str]) -> list[str]:
    missing = [name for name in REQUIRED if name not in cells]
    if missing:
        raise StoreError(
            "read the reviews", f"the table has no column {missing[0]!r}", "Use a file that `reviews export` wrote."
        )
    return cells


def _value(name: str, cell: str) -> Any:
    """What was written to a cell; an empty one is nothing."""
    if not cell:
        return None
    if name in LISTS:
        return json.loads(cell)
    return cell.removeprefix("'")


def _read_parquet(stream: BinaryIO) -> Iterator[Read]:
    source = stream if stream.seekable() else io.BytesIO(stream.read())
    try:
        with pq.ParquetFile(source) as file:
            names = _header(list(file.schema_arrow.names))
            number = 0
            for batch in file.iter_batches(batch_size=BATCH, columns=[name for name in names if name in FIELDS]):
                for record in batch.to_pylist(maps_as_pydicts="strict"):
                    number += 1
                    yield _review(f"row {number}", record)
    except (pa.ArrowException, ValueError, KeyError) as error:
        raise StoreError(
            "read the reviews", f"the Parquet file cannot be read ({error})", "Write or copy it again."
        ) from error


def _review(place: str, record: Any) -> Read:
    if not isinstance(record, Mapping):
        return Read(place, None, "it is no record with fields")
    row_id = str(record.get("row_id") or "")[:200]
    try:
        return Read(place, from_record(record), row_id=row_id)
    except StoreError as error:
        return Read(place, None, error.problem, row_id)


READERS: dict[str, Callable[[BinaryIO], Iterator[Read]]] = {
    "jsonl": _read_jsonl,
    "csv": _read_csv,
    "parquet": _read_parquet,
}
"""Names of the formats, each with its reader."""
