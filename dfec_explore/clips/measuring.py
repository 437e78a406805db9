"""The batch job that decodes every clip of a dataset once: its motion, its cuts, and whether it can be read to its end.

It fills the columns ``facts_table.MEASURED_COLUMNS`` of the clips that could be opened, and leaves each clip's signal
in the cache of pictures, where the player finds it.
"""

import json
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from dfec_explore.clips.cache import ClipCache
from dfec_explore.clips.facts_table import MEASURED_COLUMNS, SCHEMA, Row, read_table, replace_table
from dfec_explore.clips.frame_pictures import CONTAINER as FRAMES
from dfec_explore.clips.motion import Motion, motion_of
from dfec_explore.clips.prober import Prober
from dfec_explore.clips.progress import Progress
from dfec_explore.errors import ClipError

BATCH = 100
"""Clips that are measured between two looks at the clock."""
SAVE_SECONDS = 15.0
"""Time between two writings of the table, which is written as a whole."""
SAVE_SHARE = 20
"""The table is not written again before this many times as long as writing it took."""


def measure_clips(
    progress: Progress,
    *,
    facts: str,
    pictures: str,
    max_bytes: int,
    deadline: float = 10.0,
    workers: int = 1,
) -> int:
    """Measure the clips of a table of clip facts that were not measured yet, for a job in a process of its own.

    Args:
        progress: is told after every clip.
        facts: the Parquet file of ``facts_table.SCHEMA``, as the probe left it.
        pictures: the folder of the cache of pictures.
        max_bytes: size at which the oldest entries of that cache are removed.
        deadline: seconds that one clip may take; a long one is measured as far as that reaches.
        workers: decoding processes.

    Returns:
        How many clips were measured now.

    Raises:
        ClipError: the table cannot be written.
    """
    table = read_table(Path(facts))
    waiting = _not_measured(table)
    measured: dict[int, Row] = {}
    saved_at, took = time.monotonic(), 0.0
    with Prober(workers=workers, deadline=deadline) as prober, ThreadPoolExecutor(workers) as pool:
        cache = ClipCache(Path(pictures), max_bytes, prober=prober, measured_at_once=workers)
        for start in range(0, len(waiting), BATCH):
            batch = waiting[start : start + BATCH]
            rows = table.select(["path", "container", "frame_rate"]).take(pa.array(batch, pa.int64())).to_pylist()
            for place, row in zip(batch, pool.map(partial(_measure, cache), rows), strict=True):
                measured[place] = row
                progress.report(len(measured), len(waiting), "Measuring motion")
            if time.monotonic() - saved_at > max(SAVE_SECONDS, SAVE_SHARE * took):
                saved_at = time.monotonic()
                _save(Path(facts), table, measured)
                took = time.monotonic() - saved_at
    if measured:
        _save(Path(facts), table, measured)
    return len(measured)


def measured_row(motion: Motion) -> Row:
    """Return the columns of the table that a clip's motion fills."""
    return {
        "last_frame_decodes": motion.last_frame_decodes,
        "decoded_frames": motion.decoded_frames,
        "motion_mean": motion.mean,
        "motion_p95": motion.p95,
        "cuts": len(motion.cuts),
        "longest_still": motion.longest_still,
        "motion_problem": "",
    }


def _not_measured(table: pa.Table) -> list[int]:
    """Return the rows whose clip was opened and not measured."""
    columns = zip(*(table[name].to_pylist() for name in ("codec", "path", "motion_problem")), strict=True)
    return [
        place
        for place, (codec, path, problem) in enumerate(columns)
        if codec is not None and path is not None and problem is None
    ]


def _measure(cache: ClipCache, row: dict[str, Any]) -> Row:
    # A folder of frames has the rate at which it is shown; the player asks for the same.
    rate = row["frame_rate"] if row["container"] == FRAMES else None
    try:
        return measured_row(motion_of(json.loads(cache.motion(Path(row["path"]), frame_rate=rate))))
    except ClipError as error:
        return {"motion_problem": str(error)}


def _save(facts: Path, table: pa.Table, measured: dict[int, Row]) -> None:
    filled = table
    for name in MEASURED_COLUMNS:
        values = table[name].to_pylist()
        for place, row in measured.items():
            values[place] = row.get(name)
        filled = filled.set_column(filled.schema.get_field_index(name), SCHEMA.field(name), _column(name, values))
    try:
        replace_table(facts, filled)
    except OSError as error:
        raise ClipError(facts, f"the clip facts could not be written: {error}") from error


def _column(name: str, values: Sequence[Any]) -> pa.Array:
    return pa.array(values, SCHEMA.field(name).type)
