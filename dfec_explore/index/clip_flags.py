"""Flags that need the facts of clips: found when those are there, kept in a file of their own beside the index."""

import os
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from dfec_explore import language
from dfec_explore.checks import CheckSet, check_clip, load_checks
from dfec_explore.index.build import Progress
from dfec_explore.index.rows import flag_rows, table_of
from dfec_explore.index.schema import FLAGS
from dfec_explore.model import Annotation, CheckSettings, ClipMotion

CLIP_FLAGS = "clip-flags.parquet"
MOTION = ("duration", "frames", "motion_mean", "motion_p95", "cuts", "longest_still")
"""Columns of the table of clip facts that checks ask for; one that is not there is not known."""
BATCH = 2_000


def clip_flags(folder: Path, facts: Path, checks: CheckSet, progress: Progress) -> pa.Table:
    """Check every caption of an index whose clip was found against what is known of the clip.

    Args:
        folder: a finished index.
        facts: the table of clip facts.
        checks: the checks in force.
        progress: told after each batch.
    """
    known = [name for name in MOTION if name in pq.read_schema(facts).names]
    columns = ", ".join(f"f.{name}" for name in known)
    rows: list[tuple[Any, ...]] = []
    done = 0
    with duckdb.connect(config={"threads": "1", "autoinstall_known_extensions": "false"}) as connection:
        cursor = connection.execute(
            f"SELECT s.sample_no, s.part, s.source, s.id, s.video, s.caption, {columns} "  # noqa: S608 - fixed names
            "FROM read_parquet($samples) s JOIN read_parquet($facts) f ON f.source = s.source AND f.video = s.video "
            "WHERE f.duration IS NOT NULL ORDER BY s.sample_no",
            {"samples": [str(path) for path in sorted(folder.glob("samples-*.parquet"))], "facts": str(facts)},
        )
        while batch := cursor.fetchmany(BATCH):
            rows += _checked(batch, known, checks)
            done += len(batch)
            progress.report(done, None, f"{done:,} captions compared with their clips")
    return table_of(rows, FLAGS)


def _checked(batch: Sequence[tuple[Any, ...]], known: Sequence[str], checks: CheckSet) -> Iterator[tuple[Any, ...]]:
    analyses = language.analyse(row[5] for row in batch)
    for row, analysis in zip(batch, analyses, strict=True):
        motion = ClipMotion(**dict(zip(known, row[6:], strict=True)))
        yield from flag_rows(row[:3], check_clip(Annotation(row[3], row[4], row[5]), analysis, motion, checks))


def clip_flags_job(progress: Progress, *, folder: str, facts: str, checks: dict[str, Any]) -> dict[str, Any]:
    """Write the flags that need clips beside an index, in place of those before. Returns how many there are."""
    table = clip_flags(Path(folder), Path(facts), load_checks(CheckSettings(**checks)), progress)
    target = Path(folder) / CLIP_FLAGS
    temporary = target.with_name(f".{target.name}.{uuid.uuid4().hex}")
    pq.write_table(table, temporary, compression="zstd")
    os.replace(temporary, target)
    return {"flags": table.num_rows}
