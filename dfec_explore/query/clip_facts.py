"""Which clips are on disk and what they are: the probe's table beside the samples."""

import json
from pathlib import Path

import pandas as pd

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
    ``samples`` alone.
    """
    counts = ", ".join(f"count(*) FILTER (status = '{status}') AS {status}" for status in STATUSES)
    frame = explorer.database.frame(
        f"SELECT s.source, count(*) AS samples, {counts}, coalesce(sum(duration), 0) AS seconds "  # noqa: S608 - fixed
        "FROM samples s LEFT JOIN read_parquet(?) f ON f.source = s.source AND f.video = s.video "
        "GROUP BY s.source ORDER BY s.source",
        [str(facts)],
    )
    frame.insert(1, "title", [explorer.vocabulary.title("source", source) for source in frame["source"]])
    return frame


def not_playable(explorer: Explorer, facts: Path, *, limit: int = 200) -> pd.DataFrame:
    """Samples whose clip can't be shown: ``part, id, source, video, status, reason``, at most ``limit``."""
    return explorer.database.frame(
        "SELECT s.part, s.id, s.source, s.video, f.status, f.reason FROM samples s "
        "JOIN read_parquet(?) f ON f.source = s.source AND f.video = s.video "
        "WHERE f.status NOT IN ('found', 'substitute') ORDER BY s.sample_no LIMIT ?",
        [str(facts), limit],
    )
