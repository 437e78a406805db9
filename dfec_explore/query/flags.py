"""Flags: how many of each check, severity and source, and those of single captions."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dfec_explore.model import Flag
from dfec_explore.query.database import selected_numbers
from dfec_explore.query.explorer import Explorer
from dfec_explore.query.filters import Filters

ORDER = "CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END"
"""Gravest first."""


@dataclass(frozen=True, slots=True)
class JudgedFlag:
    """A flag of a caption, and what was said of it."""

    sample_no: int
    flag: Flag
    said: str | None
    """``dismissed``, ``confirmed`` or None."""
    said_by: str | None
    reason: str | None
    said_row: str | None


def _without_flags(filters: Filters) -> Filters:
    return filters.without("flag").without("severity")


def flag_counts(explorer: Explorer, filters: Filters) -> pd.DataFrame:
    """Captions with a flag that nobody dismissed, by check, severity and source.

    The filters by check and severity are not in force here: the counts are what one chooses them from.

    Returns:
        Columns ``check``, ``severity``, ``source``, ``captions``, ``score`` (mean).
    """
    chosen = selected_numbers(_without_flags(filters), explorer.vocabulary)
    return explorer.database.frame(
        'SELECT "check"::VARCHAR AS "check", severity::VARCHAR AS severity, source::VARCHAR AS source, '  # noqa: S608
        "count(DISTINCT sample_no) AS captions, avg(score) AS score "
        f"FROM standing_flags WHERE {chosen.sql} GROUP BY ALL",
        chosen.values,
    )


def flagged_captions(explorer: Explorer, filters: Filters) -> dict[str, int]:
    """How many captions have a flag of each severity that nobody dismissed."""
    chosen = selected_numbers(_without_flags(filters), explorer.vocabulary)
    rows = explorer.database.rows(
        f"SELECT severity, count(DISTINCT sample_no) FROM standing_flags WHERE {chosen.sql} GROUP BY severity",  # noqa: S608
        chosen.values,
    )
    return {str(severity): int(count) for severity, count in rows}


def precision_counts(explorer: Explorer, filters: Filters) -> pd.DataFrame:
    """What reviewers said of flags on captions as they are now.

    Returns:
        Columns ``check``, ``confirmed``, ``dismissed``, in captions.
    """
    return explorer.database.frame(
        "SELECT \"check\", count(*) FILTER (said = 'confirmed') AS confirmed, "
        "count(*) FILTER (said = 'dismissed') AS dismissed FROM flag_verdicts GROUP BY \"check\""
    )


def flagged_page(
    explorer: Explorer, filters: Filters, *, number: int, size: int, dismissed: bool = False
) -> tuple[tuple[int, ...], int]:
    """The numbers of a page of flagged captions, likeliest and gravest first, and how many there are in all.

    Args:
        explorer: the dataset.
        filters: check and severity are asked of one flag.
        number: of the page, from 1.
        size: captions a page.
        dismissed: those with a dismissed flag, instead of one that stands.
    """
    table = "judged_flags" if dismissed else "standing_flags"
    condition, values = fitting(explorer, filters)
    if dismissed:
        condition += " AND said = 'dismissed'"
    total = explorer.database.row(f"SELECT count(DISTINCT sample_no) FROM {table} WHERE {condition}", values)[0]  # noqa: S608
    rows = explorer.database.rows(
        f"SELECT sample_no FROM {table} WHERE {condition} GROUP BY sample_no "  # noqa: S608
        f"ORDER BY min({ORDER}), max(score) DESC, sample_no LIMIT ? OFFSET ?",
        [*values, size, (number - 1) * size],
    )
    return tuple(int(row[0]) for row in rows), int(total)


def every_flagged(explorer: Explorer, filters: Filters, *, most: int) -> list[tuple[str, str, str]]:
    """Flagged captions as (part, id, caption hash), gravest and likeliest first, so many at most."""
    condition, values = fitting(explorer, filters)
    return [
        (str(part), str(id_), str(hash_))
        for part, id_, hash_ in explorer.database.rows(
            "SELECT s.part, s.id, s.caption_hash FROM ("  # noqa: S608 - fixed names
            f"SELECT sample_no, min({ORDER}) AS rank, max(score) AS score FROM standing_flags "
            f"WHERE {condition} GROUP BY sample_no) f JOIN samples s USING (sample_no) "
            "ORDER BY f.rank, f.score DESC, f.sample_no LIMIT ?",
            [*values, most],
        )
    ]


def fitting(explorer: Explorer, filters: Filters) -> tuple[str, list[object]]:
    """The condition on flags: of the selected captions, and of the checks and severities that are asked for."""
    chosen = selected_numbers(_without_flags(filters), explorer.vocabulary)
    pieces, values = [chosen.sql], [*chosen.values]
    for column, wanted in (("check", filters.flag), ("severity", filters.severity)):
        if wanted:
            pieces.append(f'"{column}" IN ({", ".join("?" for _ in wanted)})')
            values += wanted
    return " AND ".join(pieces), values


def flags_of(explorer: Explorer, numbers: Sequence[int]) -> dict[int, tuple[JudgedFlag, ...]]:
    """The flags of captions, dismissed ones too, gravest first; by the captions' numbers."""
    if not numbers:
        return {}
    rows = explorer.database.rows(
        'SELECT sample_no, "check", severity, message, score, start, "end", said, said_by, reason, said_row '  # noqa: S608
        "FROM judged_flags WHERE sample_no IN (SELECT unnest(?::INTEGER[])) "
        f'ORDER BY sample_no, {ORDER}, score DESC, start, "check"',
        [list(numbers)],
    )
    found: dict[int, list[JudgedFlag]] = {}
    for number, check, severity, message, score, start, end, *said in rows:
        flag = Flag(check, severity, message, score, start, end)
        found.setdefault(number, []).append(JudgedFlag(number, flag, *said))
    return {number: tuple(flags) for number, flags in found.items()}


def flag_table(explorer: Explorer, filters: Filters) -> pd.DataFrame:
    """Every flag of the selected captions, for a file."""
    chosen = selected_numbers(filters, explorer.vocabulary)
    return explorer.database.frame(
        'SELECT s.part, s.id, s.source, s.video, f."check", f.severity, round(f.score, 3) AS score, '  # noqa: S608
        'f.message, f.start, f."end", f.said, f.said_by, f.reason '
        f"FROM (SELECT * FROM judged_flags WHERE {chosen.sql}) f JOIN samples s USING (sample_no) "
        f'ORDER BY f.sample_no, {ORDER}, f."check"',
        chosen.values,
    )
