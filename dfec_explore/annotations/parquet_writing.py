"""A Parquet file written again with other values in one column, or without some rows."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from dfec_explore.annotations.parquet import BATCH, UNREADABLE, raw_rows, seekable
from dfec_explore.annotations.raw import Raw
from dfec_explore.errors import AnnotationFileError

Change = Callable[[Raw], Mapping[str, Any] | None]
"""From a row to its new values by column, none where it stays as it is; None where it is left out."""


def rewrite_parquet(path: Path, out: BinaryIO, change: Change) -> None:
    """Write a Parquet file again, row group by row group, with its schema, metadata and compression.

    Args:
        path: the file as it is, gzipped or not.
        out: takes the new one.
        change: called once for each row, in order.

    Raises:
        AnnotationFileError: the file is damaged.
        OSError: it cannot be written.
    """
    with seekable(path) as stream, pq.ParquetFile(stream, pre_buffer=False) as file:
        schema = file.schema_arrow
        with pq.ParquetWriter(out, schema, compression=_compression(file)) as writer:
            for table in _groups(path, file):
                writer.write_table(_changed(table, change), row_group_size=max(1, table.num_rows))


def _groups(path: Path, file: pq.ParquetFile) -> Iterator[pa.Table]:
    for number in range(file.num_row_groups):
        try:
            yield file.read_row_group(number, use_threads=False)
        except UNREADABLE as error:
            raise AnnotationFileError(path, f"the Parquet file is damaged ({error})", "Write it again.") from error


def _changed(table: pa.Table, change: Change) -> pa.Table:
    changes = [change(raw) for batch in table.to_batches(max_chunksize=BATCH) for raw in raw_rows(batch)]
    for name in sorted({name for values in changes if values for name in values}):
        values = [values[name] if values and name in values else None for values in changes]
        table = table.set_column(table.column_names.index(name), table.field(name), _merged(table[name], values))
    return table.filter(pa.array([values is not None for values in changes], pa.bool_()))


def _merged(column: pa.ChunkedArray, values: list[Any]) -> pa.ChunkedArray:
    """A column with new values where there are any; runs of old ones are taken over as they are."""
    pieces: list[pa.Array] = []
    place = 0
    for number, value in enumerate(values):
        if value is not None:
            pieces += [*column.slice(place, number - place).chunks, pa.array([value], column.type)]
            place = number + 1
    return pa.chunked_array([*pieces, *column.slice(place).chunks], column.type)


def _compression(file: pq.ParquetFile) -> dict[str, str] | str:
    if not file.num_row_groups:
        return "snappy"
    group = file.metadata.row_group(0)
    columns = [group.column(number) for number in range(group.num_columns)]
    return {
        column.path_in_schema: "none" if column.compression == "UNCOMPRESSED" else column.compression.lower()
        for column in columns
    }
