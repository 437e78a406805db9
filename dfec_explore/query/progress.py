"""How far reviewers have come and what they said, from the judgements that stand.

Every function takes the name of a reviewer as ``only``: who judges blind is shown what this reviewer said and nothing
of the others.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pyarrow as pa

from dfec_explore.model import Verdict
from dfec_explore.query.database import selected_numbers
from dfec_explore.query.explorer import Explorer
from dfec_explore.query.filters import Condition, Filters
from dfec_explore.query.review_facts import reason_titles
from dfec_explore.reviews import DISPUTED
from dfec_explore.reviews.judgements import JUDGEMENTS

VERDICTS = (*Verdict, DISPUTED)
"""What the reviewers of a caption came to, in the order of the charts."""

TIME_EDGES = (0, 5, 10, 15, 20, 30, 45, 60, 90, 120, 300)
"""Where classes of the time for a caption begin, in seconds; the last one has no end."""

PAUSE = 300
"""Seconds between two verdicts of a reviewer that are a pause, not work."""

DAY = 86_400_000_000
"""Microseconds."""


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures on top of Progress, of the captions that the filters select."""

    captions: int
    judged: int
    """Captions with a verdict."""
    verdicts: int
    """Verdicts that stand, final ones apart."""
    finals: int
    """Captions that a final verdict settles."""
    reviewers: int
    disputed: int
    overlap: int
    """Captions that two reviewers and more have judged."""
    median_seconds: float | None


@dataclass(frozen=True, slots=True)
class Stale:
    """Verdicts that do not count, because what they were given on is not there any more."""

    captions: int
    """Captions that changed since a verdict, and have none on their present text."""
    verdicts: int
    """Verdicts on a text that a caption had before."""
    gone: int
    """Verdicts on samples that are not in the dataset any more; no filter can select those."""


def totals(explorer: Explorer, filters: Filters, only: str | None = None) -> Totals:
    """The figures on top."""
    condition = _given(explorer, filters, only)
    row = explorer.database.row(
        f"WITH given AS (SELECT * FROM judgements WHERE {condition.sql}), captions AS ({_VERDICT_OF_CAPTION}) "  # noqa: S608
        "SELECT count(*), count(*) FILTER (is_final), count(*) FILTER (verdict = 'disputed'), "
        "count(*) FILTER (reviewers > 1), "
        "(SELECT count(*) FROM given WHERE NOT adjudication), (SELECT count(DISTINCT reviewer) FROM given), "
        "(SELECT median(seconds) FROM given WHERE NOT adjudication) FROM captions",
        condition.values,
    )
    judged, finals, disputed, overlap, verdicts, reviewers = (int(value) for value in row[:6])
    seconds = None if row[6] is None else float(row[6])
    return Totals(explorer.count(filters), judged, verdicts, finals, reviewers, disputed, overlap, seconds)


def coverage(explorer: Explorer, filters: Filters, only: str | None = None) -> pd.DataFrame:
    """Captions by part, source and verdict: ``part, source, title, verdict, captions``; ``none``: not judged yet."""
    condition = _given(explorer, filters, only)
    selected = selected_numbers(filters, explorer.vocabulary)
    frame = explorer.database.frame(
        f"WITH given AS (SELECT * FROM judgements WHERE {condition.sql}), captions AS ({_VERDICT_OF_CAPTION}), "  # noqa: S608
        f"whole AS (SELECT part, source, count(*) AS captions FROM samples WHERE {selected.sql} GROUP BY ALL), "
        "judged_ones AS (SELECT part, source, verdict, count(*) AS captions FROM captions GROUP BY ALL), "
        "numbers AS (SELECT part, source, sum(captions) AS judged FROM judged_ones GROUP BY ALL) "
        "SELECT part, source, verdict, captions::BIGINT AS captions FROM judged_ones UNION ALL "
        "SELECT part, source, 'none', (w.captions - coalesce(judged, 0))::BIGINT FROM whole w LEFT JOIN numbers "
        "USING (part, source)",
        [*condition.values, *selected.values],
    )
    frame = frame[frame["captions"] > 0].sort_values(["part", "source", "verdict"], ignore_index=True)
    frame.insert(2, "title", [explorer.vocabulary.title("source", source) for source in frame["source"]])
    return frame


def stale(explorer: Explorer, filters: Filters, only: str | None = None) -> Stale:
    """What does not count any more."""
    selected = selected_numbers(filters, explorer.vocabulary)
    mine, names = _only(only)
    captions, verdicts = explorer.database.row(
        "SELECT count(DISTINCT sample_no) FILTER (sample_no NOT IN "  # noqa: S608
        f"(SELECT current_no FROM judgements WHERE current_no IS NOT NULL AND {mine})), count(*) FROM judgements "
        f"WHERE standing AND current_no IS NULL AND sample_no IS NOT NULL AND {mine} AND {selected.sql}",
        [*names, *names, *selected.values],
    )
    (gone,) = explorer.database.row(
        f"SELECT count(*) FROM judgements WHERE standing AND sample_no IS NULL AND {mine}",  # noqa: S608
        names,
    )
    return Stale(int(captions), int(verdicts), int(gone))


def by_reviewer(explorer: Explorer, filters: Filters, only: str | None = None) -> pd.DataFrame:
    """What each reviewer did, most captions first.

    Returns:
        ``reviewer, captions, accept, fix, reject, unsure, finals, seconds, watched, hourly, first, last``: ``seconds``
        is the median time for a caption, ``watched`` the mean share of the clip that was played (0..1), ``hourly``
        captions an hour at work: pauses of more than ``PAUSE`` seconds between two verdicts are left out. ``first``
        and ``last`` are times in UTC.
    """
    condition = _given(explorer, filters, only)
    verdicts = ", ".join(f"count(*) FILTER (NOT adjudication AND verdict = '{one}') AS {one}" for one in Verdict)
    return explorer.database.frame(
        "WITH given AS (SELECT *, CASE WHEN NOT adjudication THEN "  # noqa: S608
        "(moment - lag(moment) OVER (PARTITION BY reviewer, adjudication ORDER BY moment)) / 1e6 END AS gap "
        f"FROM judgements WHERE {condition.sql}) "
        f"SELECT reviewer, count(*) FILTER (NOT adjudication) AS captions, {verdicts}, "
        "count(*) FILTER (adjudication) AS finals, median(seconds) FILTER (NOT adjudication) AS seconds, "
        "avg(watched) FILTER (NOT adjudication) AS watched, "
        "3600 / nullif(avg(gap) FILTER (gap <= ?), 0) AS hourly, "
        "make_timestamp(min(moment)) AS first, make_timestamp(max(moment)) AS last "
        "FROM given GROUP BY reviewer ORDER BY captions DESC, reviewer",
        [*condition.values, PAUSE],
    )


def by_day(explorer: Explorer, filters: Filters, only: str | None = None, *, offset_minutes: int = 0) -> pd.DataFrame:
    """Verdicts by day and reviewer: ``day`` (a date), ``reviewer, verdicts``; only days with verdicts.

    Args:
        explorer: the dataset.
        filters: which captions.
        only: as in the module.
        offset_minutes: how far the clocks of whoever looks at it are ahead of UTC.
    """
    condition = _given(explorer, filters, only)
    frame = explorer.database.frame(
        "SELECT (moment + ?) // ? AS day, reviewer, count(*) AS verdicts FROM judgements "  # noqa: S608
        f"WHERE NOT adjudication AND {condition.sql} GROUP BY ALL ORDER BY day, reviewer",
        [offset_minutes * 60_000_000, DAY, *condition.values],
    )
    frame["day"] = [date(1970, 1, 1) + timedelta(days=int(day)) for day in frame["day"]]
    return frame


def by_reason(explorer: Explorer, filters: Filters, only: str | None = None) -> pd.DataFrame:
    """Why captions are not right: ``reason, title, verdict, verdicts, captions``, most frequent reasons first.

    A verdict with two reasons counts in both. ``captions`` is, for the whole reason, the number of different ones.
    """
    condition = _given(explorer, filters, only)
    frame = explorer.database.frame(
        "WITH given AS (SELECT current_no, verdict, unnest(reasons) AS reason FROM judgements "  # noqa: S608
        f"WHERE NOT adjudication AND {condition.sql}), "
        "whole AS (SELECT reason, count(*) AS n, count(DISTINCT current_no) AS captions FROM given GROUP BY reason) "
        "SELECT reason, verdict, count(*) AS verdicts, any_value(w.captions) AS captions FROM given g "
        "JOIN whole w USING (reason) GROUP BY reason, verdict ORDER BY any_value(w.n) DESC, reason, verdict",
        condition.values,
    )
    titles = reason_titles()
    frame.insert(1, "title", [titles.get(reason, reason) for reason in frame["reason"]])
    return frame


def times(explorer: Explorer, filters: Filters, only: str | None = None) -> pd.DataFrame:
    """Verdicts by the time that they took, in classes that begin at ``TIME_EDGES``.

    Returns:
        ``low, high, verdict, verdicts``: from ``low`` to less than ``high`` seconds (null: or longer); verdicts of
        which no time is known are left out.
    """
    condition = _given(explorer, filters, only)
    frame = explorer.database.frame(
        "SELECT list_max(list_filter(?::INTEGER[], lambda edge: edge <= seconds)) AS low, verdict, "  # noqa: S608
        "count(*) AS verdicts FROM judgements "
        f"WHERE NOT adjudication AND seconds IS NOT NULL AND {condition.sql} GROUP BY ALL ORDER BY low, verdict",
        [list(TIME_EDGES), *condition.values],
    )
    ends = dict(zip(TIME_EDGES, [*TIME_EDGES[1:], None], strict=True))
    frame.insert(1, "high", pd.Series([ends[int(low)] for low in frame["low"]], dtype="Int64"))
    return frame


def quantiles(explorer: Explorer, filters: Filters, only: str | None = None) -> tuple[float, float, float] | None:
    """Time for a caption in seconds: first quartile, median, third quartile; None where no time is known."""
    condition = _given(explorer, filters, only)
    (found,) = explorer.database.row(
        "SELECT quantile_cont(seconds, [0.25, 0.5, 0.75]) FROM judgements "  # noqa: S608
        f"WHERE NOT adjudication AND {condition.sql}",
        condition.values,
    )
    if found is None or any(value is None or np.isnan(value) for value in found):
        return None
    return float(found[0]), float(found[1]), float(found[2])


def judgements_of(explorer: Explorer, plan: str) -> pa.Table:
    """All that is said under a sampling plan, and all final verdicts, as the verdict store gives them."""
    return explorer.database.table(
        f"SELECT {_AS_GIVEN} "  # noqa: S608
        "FROM judgements WHERE plan = ? OR adjudication",
        [plan],
    )


def overlap(explorer: Explorer, filters: Filters) -> pa.Table:
    """What stands on the captions that two reviewers and more have judged, as the verdict store gives it.

    In the order of the file, on each caption the oldest first.
    """
    condition = _given(explorer, filters, None)
    return explorer.database.table(
        f"SELECT {_AS_GIVEN} "  # noqa: S608
        f"FROM judgements WHERE {condition.sql} AND current_no IN (SELECT current_no FROM judgements "
        "WHERE standing AND NOT adjudication GROUP BY current_no HAVING count(*) > 1) "
        "ORDER BY current_no, moment, sequence",
        condition.values,
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """Where the verdicts of the dataset were given, as seen from one sampling plan."""

    counted: int
    """Under the plan, on captions as they are now."""
    no_plan: int
    """Outside of plans: the captions were picked by somebody or by a filter."""
    other_plans: int
    stale: int
    """Wherever, on captions that changed since or are gone."""


def counted_for(explorer: Explorer, filters: Filters, only: str | None = None, *, plan: str) -> Counted:
    """Which verdicts count for the error rate of a plan, and why the others do not.

    Args:
        explorer: the dataset.
        filters: passed over: a plan is about all captions that it was drawn from.
        only: as in the module.
        plan: its id.
    """
    mine, names = _only(only)
    row = explorer.database.row(
        "SELECT count(*) FILTER (current_no IS NOT NULL AND plan = ?), "  # noqa: S608
        "count(*) FILTER (current_no IS NOT NULL AND plan IS NULL), "
        "count(*) FILTER (current_no IS NOT NULL AND plan <> ?), count(*) FILTER (current_no IS NULL) "
        f"FROM judgements WHERE NOT adjudication AND {mine}",
        [plan, plan, *names],
    )
    return Counted(*(int(number) for number in row))


_AS_GIVEN = ", ".join(JUDGEMENTS.names).replace("created_at", "make_timestamp(moment) AS created_at")
"""The columns of a judgement as the verdict store gives it; the time without its zone, which is UTC."""

_VERDICT_OF_CAPTION = (
    "SELECT current_no, any_value(part) AS part, any_value(source) AS source, bool_or(adjudication) AS is_final, "
    "count(*) FILTER (NOT adjudication) AS reviewers, "
    # The newest final verdict, else the unanimous one. Rows of one moment stand in the store's order.
    "CASE WHEN bool_or(adjudication) THEN arg_max(verdict, moment::HUGEINT * 1099511627776 + sequence) FILTER "
    "(adjudication) WHEN min(verdict) = max(verdict) THEN min(verdict) ELSE 'disputed' END AS verdict "
    "FROM given GROUP BY current_no"
)
"""The verdict on each caption, as ``reviews.standing.sample_verdict`` has it."""


def _given(explorer: Explorer, filters: Filters, only: str | None) -> Condition:
    """The condition on ``judgements``: they stand, on a selected caption as it is now."""
    selected = selected_numbers(filters, explorer.vocabulary)
    mine, names = _only(only)
    sql = f"standing AND current_no IS NOT NULL AND {mine} AND {selected.sql}"
    return Condition(sql, (*names, *selected.values))


def _only(only: str | None) -> tuple[str, tuple[str, ...]]:
    """A condition on ``judgements``: those of one reviewer, whose final verdicts are not the reviewer's own opinion."""
    return ("TRUE", ()) if only is None else ("reviewer = ? AND NOT adjudication", (only,))
