"""The Parquet table of clip facts: one row for each (source, video) that was looked for."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dfec_explore.errors import ClipError

PROBE_VERSION = 2
"""Raised whenever a probe of the same file says more, or something else, than before."""

SCHEMA = pa.schema(
    [
        ("source", pa.string()),  # source id
        ("video", pa.string()),  # path as in the annotation file; with source, the key
        ("status", pa.string()),  # a ClipStatus
        ("path", pa.string()),  # the file with links resolved; null where there is none
        ("reason", pa.string()),  # a sentence where the status is not found; else empty
        ("codec", pa.string()),  # FFmpeg's name (h264, hevc); this and what follows null where nothing was probed
        ("container", pa.string()),  # mp4, mov, mkv, webm, avi...
        ("width", pa.int32()),  # pixels, as shown (after rotation)
        ("height", pa.int32()),
        ("frame_rate", pa.float64()),  # frames per second, on average
        ("frames", pa.int32()),
        ("duration", pa.float64()),  # seconds
        ("has_sound", pa.bool_()),
        ("plays_in_browser", pa.bool_()),
        ("pixel_format", pa.string()),  # FFmpeg's name (yuv420p)
        ("rotation", pa.int32()),  # degrees by which the picture is turned when it is shown
        ("constant_rate", pa.bool_()),  # whether frames are evenly spaced; null where that is not known
        ("first_frame_decodes", pa.bool_()),  # whether it can be decoded from its first frame on
        ("last_frame_decodes", pa.bool_()),  # ... and to its last; this and what follows null until it was measured
        ("decoded_frames", pa.int32()),  # frames that were decoded for the measurement
        ("motion_mean", pa.float64()),  # mean change of brightness between frames, in percent of its range
        ("motion_p95", pa.float64()),  # 95th percentile of the same
        ("cuts", pa.int32()),  # places at which one shot ends and the next begins
        ("longest_still", pa.float64()),  # seconds of the longest stretch in which frames only repeat
        ("motion_problem", pa.string()),  # why it could not be measured; empty where it was
        ("size", pa.int64()),  # bytes
        ("mtime_ns", pa.int64()),  # time of the file's last change, nanoseconds since 1970
        ("probe_version", pa.int32()),
    ]
)
FACT_COLUMNS = (
    "codec",
    "container",
    "width",
    "height",
    "frame_rate",
    "frames",
    "duration",
    "has_sound",
    "plays_in_browser",
    "pixel_format",
    "rotation",
    "constant_rate",
    "first_frame_decodes",
)
"""What a probe says."""
MEASURED_COLUMNS = (
    "last_frame_decodes",
    "decoded_frames",
    "motion_mean",
    "motion_p95",
    "cuts",
    "longest_still",
    "motion_problem",
)
"""What is known once the whole clip was decoded."""

Row = dict[str, Any]
"""Values by column."""
_FILE_COLUMNS = ("path", "size", "mtime_ns", "probe_version")


def file_columns(path: Path) -> Row:
    """Return the columns that name a file in its present state: what its facts stay true for.

    Raises:
        OSError: it cannot be looked at.
    """
    found = path.stat()
    values = (_storable(str(path)), found.st_size, found.st_mtime_ns, PROBE_VERSION)
    return dict(zip(_FILE_COLUMNS, values, strict=True))


class FactsTable:
    """The facts of a run: its own rows, and those rows of the file that it did not look at again.

    Rows are held as Arrow tables, some hundred bytes each; the file is replaced as a whole by ``save``.

    Args:
        path: the Parquet file; absent or unreadable means that nothing is known.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._old = read_table(path)
        self._new: list[pa.Table] = []
        self._replaced: set[tuple[str, str]] = set()
        keys = zip(*(self._old[name].to_pylist() for name in _FILE_COLUMNS), strict=True)
        self._places = {key: place for place, key in enumerate(keys) if key[0] is not None}

    def known(self, row: Row) -> Row | None:
        """Return what an earlier probe said of the file that a row names, unchanged since: facts, status, reason."""
        place = self._places.get(tuple(row[name] for name in _FILE_COLUMNS))
        if place is None:
            return None
        (found,) = self._old.select([*FACT_COLUMNS, *MEASURED_COLUMNS, "status", "reason"]).slice(place, 1).to_pylist()
        return dict(found)

    def add(self, rows: Sequence[Row]) -> None:
        """Append rows of this run."""
        clean = [{name: _storable(value) for name, value in row.items()} for row in rows]
        self._new.append(pa.Table.from_pylist(clean, schema=SCHEMA))
        self._replaced.update((row["source"], row["video"]) for row in clean)

    def save(self) -> None:
        """Replace the file, so that a reader sees the old one or the new one.

        Raises:
            ClipError: it cannot be written; the old one stays.
        """
        keys = zip(self._old["source"].to_pylist(), self._old["video"].to_pylist(), strict=True)
        kept = self._old.filter(pa.array([key not in self._replaced for key in keys], pa.bool_()))
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            replace_table(self._path, pa.concat_tables([*self._new, kept]))
        except OSError as error:
            raise ClipError(self._path, f"the clip facts could not be written: {error}") from error


def replace_table(path: Path, table: pa.Table) -> None:
    """Write a table so that a reader sees the old one or the new one.

    Raises:
        OSError: it cannot be written; the old one stays.
    """
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        temporary = Path(file.name)
    try:
        pq.write_table(table, temporary)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def read_table(path: Path) -> pa.Table:
    """Return the table of clip facts; an empty one where there is none, or one of another version."""
    try:
        table = pq.read_table(path, partitioning=None)
    except (OSError, pa.ArrowException):
        return SCHEMA.empty_table()
    return table if table.schema.equals(SCHEMA) else SCHEMA.empty_table()


def _storable(value: Any) -> Any:
    """Replace what is no Unicode (a file may be called any bytes), which Parquet cannot hold."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value
