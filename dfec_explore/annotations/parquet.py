"""Records of a Parquet file."""

import datetime
import gzip
import math
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from dfec_explore.annotations.decoding import is_gzipped
from dfec_explore.annotations.raw import Raw
from dfec_explore.annotations.reasons import Reason

MAGIC = b"PAR1"
BATCH = 2000
"""Rows that are read at once: a few megabytes of captions."""

UNREADABLE = (pa.ArrowException, OSError, ValueError, OverflowError, EOFError, zlib.error)
"""What a damaged file raises; Arrow's own errors are partly Python's."""


def parquet_columns(path: Path) -> tuple[str, ...] | None:
    """The names of a Parquet file's columns; None where the file cannot be read."""
    try:
        with seekable(path) as stream, pq.ParquetFile(stream) as file:
            return tuple(file.schema_arrow.names)
    except UNREADABLE:
        return None


def parquet_records(path: Path) -> Iterator[Raw]:
    """Rows as records; what JSON has no form for (times, decimals, bytes) becomes text."""
    with seekable(path) as stream, pq.ParquetFile(stream, pre_buffer=False) as file:
        batches = file.iter_batches(batch_size=BATCH, use_threads=False)
        while True:
            try:
                batch = next(batches, None)
            except UNREADABLE as error:
                yield Raw(None, fault=Reason.DAMAGED, what=str(error))
                return
            if batch is None:
                return
            yield from raw_rows(batch)


def raw_rows(batch: pa.RecordBatch) -> Iterator[Raw]:
    """Rows of a batch as records, in order; an unreadable one is a record with a fault."""
    try:
        rows = batch.to_pylist()
    except UNREADABLE:
        yield from (_row(batch.slice(number, 1)) for number in range(batch.num_rows))
        return
    yield from (Raw(_plain(row)) for row in rows)


def _row(single: pa.RecordBatch) -> Raw:
    """One row of a batch that has an unreadable one: text that is no UTF-8, or a time out of range."""
    try:
        return Raw(_plain(single.to_pylist()[0]))
    except UNREADABLE as error:
        return Raw(None, fault=Reason.UNREADABLE_ROW, what=str(error))


def _plain(value: Any) -> Any:
    """A value in the forms that JSON has."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, dict):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


@contextmanager
def seekable(path: Path) -> Iterator[BinaryIO]:
    """Open a file's bytes; Parquet is read from its end, so a gzipped one is unpacked into a temporary file first."""
    if not is_gzipped(path):
        with path.open("rb") as stream:
            yield stream
        return
    with tempfile.TemporaryFile() as unpacked, gzip.open(path, "rb") as packed:
        shutil.copyfileobj(packed, unpacked)
        unpacked.seek(0)
        yield unpacked
