"""One side of a comparison: an annotation file, read once into a table on disk that can be asked by row."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from dfec_explore.annotations import fingerprint, open_annotations
from dfec_explore.model import Rejected
from dfec_explore.release.fields import comparable

BATCH = 5_000
"""Rows that are written, and read again, at a time."""
EXAMPLES = 20
"""Rejects that are kept; all are counted."""

ROW = pa.schema([("id", pa.string()), ("video", pa.string()), ("caption", pa.string()), ("fields", pa.string())])


@dataclass(frozen=True, slots=True)
class SideReport:
    """What was read of one file."""

    file: str
    format: str
    fingerprint: str
    records: int
    accepted: int
    rejected: int
    examples: tuple[Rejected, ...] = ()
    """The first rejected records."""


@dataclass(frozen=True, slots=True)
class Row:
    """One accepted record, as far as it is compared."""

    id: str
    video: str
    caption: str
    fields: str
    """The other fields; see ``fields.comparable``."""


class Side:
    """The accepted records of one file by their row, from 0; mapped from the disk, not held in memory."""

    def __init__(self, path: Path, report: SideReport) -> None:
        self.report = report
        self._file = pa.ipc.open_file(pa.memory_map(str(path)))

    def __len__(self) -> int:
        return self.report.accepted

    def ids(self) -> pa.ChunkedArray:
        """All ids, in the order of the file."""
        batches = (self._file.get_batch(number) for number in range(self._file.num_record_batches))
        return pa.chunked_array([batch.column("id") for batch in batches], type=pa.string())

    def rows(self, numbers: Sequence[int]) -> pa.Table:
        """The rows with these numbers, in this order."""
        wanted: dict[int, list[int]] = {}
        for number in numbers:
            wanted.setdefault(number // BATCH, []).append(number)
        order = [number for batch in wanted.values() for number in batch]
        pieces = [
            self._file.get_batch(batch).take(pa.array([number % BATCH for number in inside]))
            for batch, inside in wanted.items()
        ]
        table = pa.Table.from_batches(pieces, schema=ROW)
        if order == list(numbers):
            return table
        places = {number: place for place, number in enumerate(order)}
        return table.take(pa.array([places[number] for number in numbers]))


def rows_of(table: pa.Table) -> Iterator[Row]:
    """The rows of a table as ``Side.rows`` gives it."""
    columns = (table.column(name).to_pylist() for name in ROW.names)
    return (Row(*values) for values in zip(*columns, strict=True))


def read_side(path: Path, spill: Path, progress: Callable[[int], None]) -> Side:
    """Read an annotation file once.

    Args:
        path: the file, in any of the accepted shapes.
        spill: a file to write its records to; to be removed when the side is no longer used.
        progress: told how many records are read.

    Raises:
        AnnotationFileError: the file can't be read, or has no record structure.
    """
    file = open_annotations(path)
    rejected: list[Rejected] = []
    lost, waiting, accepted = 0, [], 0
    with pa.OSFile(str(spill), "wb") as sink, pa.ipc.new_file(sink, ROW) as writer:
        for record in file:
            if isinstance(record, Rejected):
                lost += 1
                if len(rejected) < EXAMPLES:
                    rejected.append(record)
                continue
            waiting.append((record.id, record.video, record.caption, comparable(record)))
            accepted += 1
            if len(waiting) == BATCH:
                writer.write_batch(_batch(waiting))
                waiting.clear()
                progress(accepted)
        if waiting:
            writer.write_batch(_batch(waiting))
    progress(accepted)
    report = SideReport(str(path), file.format, fingerprint(path), accepted + lost, accepted, lost, tuple(rejected))
    return Side(spill, report)


def _batch(rows: Sequence[tuple[str, str, str, str]]) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.array(values, pa.string()) for values in zip(*rows, strict=True)], schema=ROW)
