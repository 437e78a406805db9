"""What the clips are like: how long, how large, at which rate, and which ones are odd and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import pandas as pd
import pyarrow as pa

from dfec_explore.clips.facts_table import SCHEMA
from dfec_explore.query.clip_facts import read_facts
from dfec_explore.query.database import selection
from dfec_explore.query.explorer import Explorer
from dfec_explore.query.filters import Filters

Measure = Literal["duration", "resolution", "frame_rate"]

ODD: Mapping[str, str] = MappingProxyType(
    {
        "unreadable": "can't be read",
        "variable": "frame rate varies",
        "rate": "unusual frame rate",
        "rotated": "stored rotated",
        "odd-size": "odd width or height",
        "single": "a single frame",
        "silent": "no sound",
        "length": "unusually short or long",
        "first": "not decodable from the start",
        "last": "not decodable to its end",
        "still": "stands still",
        "cut": "has a cut",
    }
)
"""What may be odd about a clip, by its short name."""

_CHECKS: Mapping[str, tuple[str, str]] = {
    "unreadable": ("status = 'unreadable'", "reason"),
    "variable": ("constant_rate = FALSE", "'frame rate varies'"),
    "rate": ("frame_rate NOT BETWEEN 10 AND 61", "printf('%.4g frames/s', frame_rate)"),
    "rotated": ("rotation <> 0", "printf('stored rotated by %d degrees', rotation)"),
    "odd-size": ("width % 2 = 1 OR height % 2 = 1", "printf('odd size, %d x %d', width, height)"),
    "single": ("frames = 1", "'a single frame'"),
    "silent": ("NOT has_sound AND with_sound > 0.5", "'no sound, unlike most of its source'"),
    "length": (
        "duration NOT BETWEEN q1 - 3 * (q3 - q1) AND q3 + 3 * (q3 - q1) AND q3 > q1",
        "printf('%.1f s; half of its source has %.1f to %.1f s', duration, q1, q3)",
    ),
    "first": ("first_frame_decodes = FALSE", "'its first frames can''t be decoded'"),
    "last": (
        "last_frame_decodes = FALSE OR decoded_frames < 0.98 * frames - 1",
        "printf('decodes %d of %d frames, or not to its end', decoded_frames, frames)",
    ),
    "still": (
        "longest_still >= 1 AND longest_still >= 0.3 * duration",
        "printf('stands still for %.1f of %.1f s', longest_still, duration)",
    ),
    "cut": ("cuts > 0", "printf('%d shots', cuts + 1)"),
}
"""Each with its condition, and the words that carry its values. Lengths far outside the middle half of their source are
outliers as in Tukey's fences with a factor of three (Exploratory Data Analysis, 1977)."""

_NEEDED = (
    *("source", "video", "status", "reason", "width", "height", "frame_rate", "frames", "duration", "has_sound"),
    *("rotation", "constant_rate", "first_frame_decodes", "last_frame_decodes", "decoded_frames", "cuts"),
    "longest_still",
)
STEPS = (0.5, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 60)
"""Ends of the spans that durations are counted in, in seconds."""
MOST_SIZES = 12


@dataclass(frozen=True, slots=True)
class FactsFile:
    """The table of clip facts in one state."""

    path: str
    stamp: int
    """Changes whenever the table does."""

    def table(self, columns: Sequence[str]) -> dict[str, pa.Table]:
        """Some columns of it, to be named in a query."""
        return {"facts": read_facts(Path(self.path), columns)}


@dataclass(frozen=True, slots=True)
class Totals:
    """What the clips of a selection come to."""

    opened: int
    """Samples whose clip could be opened."""
    measured: int
    """Of them: those that were decoded from end to end."""
    minutes: float
    median_seconds: float
    with_sound: int


def totals(explorer: Explorer, filters: Filters, *, facts: FactsFile) -> Totals:
    """Count the clips of the selected samples."""
    sql, values = _selected(
        explorer,
        filters,
        "SELECT count(codec) AS opened, count(motion_mean) AS measured, coalesce(sum(duration), 0) / 60 AS minutes, "
        "coalesce(median(duration), 0) AS median_seconds, count(*) FILTER (has_sound) AS with_sound FROM clips",
    )
    columns = ["source", "video", "codec", "motion_mean", "duration", "has_sound"]
    row = explorer.database.frame(sql, values, tables=facts.table(columns)).iloc[0]
    return Totals(
        int(row["opened"]), int(row["measured"]), float(row["minutes"]), float(row["median_seconds"]),
        int(row["with_sound"]),
    )  # fmt: skip


def distribution(explorer: Explorer, filters: Filters, *, facts: FactsFile, measure: Measure) -> pd.DataFrame:
    """Samples by what their clip is like: columns ``source, title, value, place, captions``.

    Args:
        explorer: the dataset.
        filters: which samples.
        facts: the table of clip facts.
        measure: ``duration`` (in spans of seconds), ``resolution`` (the most frequent sizes, and others) or
            ``frame_rate``.

    Returns:
        ``place`` orders the values.
    """
    sql, values = _selected(explorer, filters, _BY[measure])
    columns = ["source", "video", "duration", "width", "height", "frame_rate", "constant_rate"]
    frame = explorer.database.frame(sql, values, tables=facts.table(columns))
    if measure == "duration":
        frame = _in_words(frame)
    frame.insert(1, "title", [explorer.vocabulary.title("source", source) for source in frame["source"]])
    return frame


def odd_counts(explorer: Explorer, filters: Filters, *, facts: FactsFile) -> dict[str, int]:
    """Count the selected samples by what is odd about their clip, in the order of ``ODD``."""
    counts = ", ".join(f'count(*) FILTER ({condition}) AS "{name}"' for name, (condition, _) in _CHECKS.items())
    sql, values = _selected(explorer, filters, f"SELECT {counts} FROM judged")  # noqa: S608 - fixed
    row = explorer.database.frame(sql, values, tables=facts.table(_NEEDED)).iloc[0]
    return {name: int(row[name]) for name in ODD if row[name]}


def odd_clips(
    explorer: Explorer, filters: Filters, *, facts: FactsFile, kinds: tuple[str, ...] = (), limit: int = 200
) -> pd.DataFrame:
    """Selected samples whose clip is odd: ``sample_no, part, id, source, title, video, why``, in file order.

    Args:
        explorer: the dataset.
        filters: which samples.
        facts: the table of clip facts.
        kinds: names of ``ODD``; none means any.
        limit: rows at most.

    Returns:
        ``why`` has all that is odd about the clip, with its values.
    """
    chosen = [name for name in kinds if name in _CHECKS] or list(_CHECKS)
    condition = " OR ".join(f"coalesce({_CHECKS[name][0]}, FALSE)" for name in chosen)
    words = ", ".join(f"CASE WHEN {test} THEN {text} END" for test, text in _CHECKS.values())
    sql, values = _selected(
        explorer,
        filters,
        f"SELECT sample_no, part, id, source, video, concat_ws('; ', {words}) AS why "  # noqa: S608 - fixed
        f"FROM judged WHERE {condition} ORDER BY sample_no LIMIT ?",
    )
    frame = explorer.database.frame(sql, [*values, limit], tables=facts.table(_NEEDED))
    frame.insert(4, "title", [explorer.vocabulary.title("source", source) for source in frame["source"]])
    return frame


_BY: Mapping[Measure, str] = {
    "duration": (
        f"SELECT source, len(list_filter({list(STEPS)}, lambda step: step <= duration)) AS place, count(*) AS captions "  # noqa: S608
        "FROM clips WHERE duration IS NOT NULL GROUP BY source, place ORDER BY place, source"
    ),
    "resolution": (
        "WITH sizes AS (SELECT width, height, row_number() OVER (ORDER BY count(*) DESC, width, height) AS rank "  # noqa: S608
        "FROM clips WHERE width IS NOT NULL GROUP BY width, height) "
        "SELECT source, CASE WHEN rank <= "
        f"{MOST_SIZES} THEN printf('%d × %d', width, height) ELSE 'other sizes' END AS value, "
        f"min(least(rank, {MOST_SIZES + 1})) AS place, count(*) AS captions "
        "FROM clips JOIN sizes USING (width, height) GROUP BY source, value ORDER BY place, source"
    ),
    "frame_rate": (
        "SELECT source, CASE WHEN constant_rate = FALSE THEN 'varies' ELSE printf('%.5g', round(frame_rate, 2)) END "
        "AS value, CASE WHEN constant_rate = FALSE THEN 1e9 ELSE round(frame_rate, 2) END AS place, "
        "count(*) AS captions FROM clips WHERE frame_rate IS NOT NULL GROUP BY source, value, place "
        "ORDER BY place, source"
    ),
}


def _selected(explorer: Explorer, filters: Filters, question: str) -> tuple[str, list[Any]]:
    """Put a question to ``clips``, the selected samples with the facts of their clips.

    ``judged`` has beside them what is usual for their source.
    """
    table, condition = selection(filters, explorer.vocabulary)
    sql = (
        f"WITH chosen AS (SELECT sample_no, part, id, source, video FROM {table} WHERE {condition.sql}), "  # noqa: S608
        "clips AS (SELECT c.*, f.* EXCLUDE (source, video) FROM chosen c "
        "JOIN facts f ON f.source = c.source AND f.video = c.video), "
        f"{_USUAL if 'FROM judged' in question else ''} answer AS ({question}) SELECT * FROM answer"
    )
    return sql, list(condition.values)


_USUAL = (
    "usual AS (SELECT source, quantile_cont(duration, 0.25) AS q1, quantile_cont(duration, 0.75) AS q3, "
    "avg(has_sound::INT) AS with_sound FROM facts GROUP BY source), "
    "judged AS (SELECT clips.*, q1, q3, with_sound FROM clips LEFT JOIN usual USING (source)), "
)


def _in_words(frame: pd.DataFrame) -> pd.DataFrame:
    edges = [0, *STEPS]
    names = [*(f"{low:g} to {high:g} s" for low, high in pairwise(edges)), f"{STEPS[-1]:g} s or more"]
    frame.insert(1, "value", [names[int(place)] for place in frame["place"]])
    return frame


assert set(_CHECKS) == set(ODD)
assert set(_NEEDED) <= set(SCHEMA.names)
