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
from dfec_explore.reviews.failures import telling
from dfec_explore.reviews.kinds import REVIEW_ROWS, AnyReview, RowKind
from dfec_explore.reviews.records import CAPTION_LENGTH

CELL_LENGTH = 100 * CAPTION_LENGTH
"""Characters of the longest cell that is read; the bounds of a record are checked afterwards."""

BATCH = 5_000


class Read(NamedTuple):
    """One record of a file: a review, or what is wrong with it."""

    place: str
    """Where it stands, for a message: "line 3"."""
    review: AnyReview | None
    problem: str = ""
    row_id: str = ""
    """What it calls itself, where it does."""


def read_reviews(source: BinaryIO | Path, *, format: str | None = None, kind: RowKind = REVIEW_ROWS) -> Iterator[Read]:
    """Read exported reviews, a piece at a time.

    Args:
        source: a stream, or a file.
        format: one of `READERS`; by default what the file's ending says.
        kind: verdicts on captions, or on flags.

    Raises:
        StoreError: the format is unknown, the file cannot be read, or it is no table of reviews.
    """
    name = format or (source.suffix.removeprefix(".").lower() if isinstance(source, Path) else "")
    if name not in READERS:
        raise StoreError("import", f"the format {name!r} is unknown", f"Use one of {', '.join(READERS)}.")
    with telling(f"read the {kind.name}"), _opened(source) as stream:
        yield from READERS[name](stream, kind)


@contextmanager
def _opened(source: BinaryIO | Path) -> Iterator[BinaryIO]:
    if not isinstance(source, Path):
        yield source
        return
    with source.open("rb") as stream:
        yield stream


def _read_jsonl(stream: BinaryIO, kind: RowKind) -> Iterator[Read]:
    for number, line in enumerate(stream, start=1):
        text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not text.strip():
            continue
        try:
            record = json.loads(text)
        except (ValueError, RecursionError) as error:
            yield Read(f"line {number}", None, f"it is no JSON: {error}")
            continue
        yield _review(f"line {number}", record, kind)


def _read_csv(stream: BinaryIO, kind: RowKind) -> Iterator[Read]:
    csv.field_size_limit(max(csv.field_size_limit(), CELL_LENGTH))
    # Bytes that are no text become halves of surrogate pairs, which no review may hold: that record alone is refused.
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    try:
        yield from _rows(csv.reader(text, strict=True), kind)
    finally:
        text.detach()


def _rows(reader: Any, kind: RowKind) -> Iterator[Read]:
    header = _header(next(reader, []), kind)
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
            own = (pair for pair in zip(header, cells, strict=True) if pair[0] in kind.fields)
            record = {name: _value(cell, is_list=name in kind.lists) for name, cell in own}
        except (ValueError, RecursionError) as error:
            yield Read(place, None, f"a cell that should hold a list holds none: {error}")
            continue
        yield _review(place, {name: value for name, value in record.items() if value is not None}, kind)


def _header(cells: list[str], kind: RowKind) -> list[str]:
    missing = [name for name in kind.required if name not in cells]
    if missing:
        raise StoreError(
            f"read the {kind.name}",
            f"the table has no column {missing[0]!r}",
            "Use a file that `reviews export` wrote; --what says of what.",
        )
    return cells


def _value(cell: str, *, is_list: bool) -> Any:
    """What was written to a cell; an empty one is nothing."""
    if not cell:
        return None
    if is_list:
        return json.loads(cell)
    return cell.removeprefix("'")


def _read_parquet(stream: BinaryIO, kind: RowKind) -> Iterator[Read]:
    source = stream if stream.seekable() else io.BytesIO(stream.read())
    try:
        with pq.ParquetFile(source) as file:
            names = _header(list(file.schema_arrow.names), kind)
            number = 0
            for batch in file.iter_batches(batch_size=BATCH, columns=[name for name in names if name in kind.fields]):
                for record in batch.to_pylist(maps_as_pydicts="strict"):
                    number += 1
                    yield _review(f"row {number}", record, kind)
    except (pa.ArrowException, ValueError, KeyError) as error:
        raise StoreError(
            f"read the {kind.name}", f"the Parquet file cannot be read ({error})", "Write or copy it again."
        ) from error


def _review(place: str, record: Any, kind: RowKind) -> Read:
    if not isinstance(record, Mapping):
        return Read(place, None, "it is no record with fields")
    row_id = str(record.get("row_id") or "")[:200]
    try:
        return Read(place, kind.from_record(record), row_id=row_id)
    except StoreError as error:
        return Read(place, None, error.problem, row_id)


READERS: dict[str, Callable[[BinaryIO, RowKind], Iterator[Read]]] = {
    "jsonl": _read_jsonl,
    "csv": _read_csv,
    "parquet": _read_parquet,
}
"""Names of the formats, each with its reader."""
