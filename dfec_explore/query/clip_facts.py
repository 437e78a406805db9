"""Which clips are on disk and what they are: the probe's table beside the samples."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from dfec_explore.clips.facts_table import SCHEMA
from dfec_explore.query.explorer import Explorer

STATUSES = ("found", "substitute", "ambiguous", "packed", "missing", "unreadable")
"""Where the search for a clip may end, best first."""

BATCH = 50_000


def write_clip_list(explorer: Explorer, path: Path) -> int:
    """Write ``{"source", "video"}`` of every sample as JSON Lines, for the probe; returns how many."""
    written = 0
    with path.open("w", encoding="utf-8") as lines:
        while True:
            rows = explorer.database.rows(
                "SELECT source, video FROM samples WHERE sample_no >= ? AND sample_no < ? ORDER BY sample_no",
                [written, written + BATCH],
            )
            lines.writelines(json.dumps({"source": source, "video": video}) + "\n" for source, video in rows)
            written += len(rows)
            if len(rows) < BATCH:
                return written


def coverage(explorer: Explorer, facts: Path) -> pd.DataFrame:
    """Samples by source and clip status: columns ``source, title, samples``, then one for each status, ``seconds``.

    ``seconds`` is the length of all clips that could be probed. A sample whose clip was not looked for counts in
    ``samples`` alone; so do all where there is no table of facts yet.
    """
    counts = ", ".join(f"count(*) FILTER (status = '{status}') AS {status}" for status in STATUSES)
    frame = explorer.database.frame(
        f"SELECT s.source, count(*) AS samples, {counts}, coalesce(sum(duration), 0) AS seconds "  # noqa: S608 - fixed
        "FROM samples s LEFT JOIN facts f ON f.source = s.source AND f.video = s.video "
        "GROUP BY s.source ORDER BY s.source",
        tables={"facts": read_facts(facts, ["source", "video", "status", "duration"])},
    )
    frame.insert(1, "title", [explorer.vocabulary.title("source", source) for source in frame["source"]])
    return frame


@dataclass(frozen=True, slots=True)
class Problems:
    """Samples whose clip is not simply there: some of them, and how many there are."""

    samples: pd.DataFrame
    """``sample_no, part, id, source, title, video, status, reason``, in the order of the files."""
    total: int


def problems(
    explorer: Explorer, facts: Path, *, statuses: Sequence[str], source: str | None = None, limit: int = 200
) -> Problems:
    """Samples by what became of the search for their clip.

    Args:
        explorer: the dataset.
        facts: the table of clip facts.
        statuses: which ones are wanted, of ``STATUSES``.
        source: of this source alone.
        limit: rows at most.
    """
    table = {"facts": read_facts(facts, ["source", "video", "status", "reason"])}
    chosen = (
        "FROM samples s JOIN facts f ON f.source = s.source AND f.video = s.video "
        "WHERE list_contains(?::VARCHAR[], f.status) AND (?::VARCHAR IS NULL OR s.source = ?)"
    )
    values = [list(statuses), source, source]
    frame = explorer.database.frame(
        f"SELECT s.sample_no, s.part, s.id, s.source, s.video, f.status, f.reason {chosen} "
        "ORDER BY s.sample_no LIMIT ?",
        [*values, limit],
        tables=table,
    )
    frame.insert(4, "title", [explorer.vocabulary.title("source", source) for source in frame["source"]])
    total = explorer.database.frame(f"SELECT count(*) AS n {chosen}", values, tables=table)["n"].iloc[0]
    return Problems(frame, int(total))


def read_facts(facts: Path, columns: Sequence[str]) -> pa.Table:
    """Return some columns of a table of clip facts; an empty table where there is none, or one of another version."""
    try:
        return pq.read_table(facts, columns=list(columns), partitioning=None)
    except (OSError, pa.ArrowException, ValueError):
        return pa.schema([SCHEMA.field(name) for name in columns]).empty_table()
