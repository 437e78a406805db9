"""What became of the events of each action or region: matched, turned, missed, extra."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dfec_explore.charts.bars import Bar, Series, stacked
from dfec_explore.charts.chart import Chart, count_axis, empty_chart
from dfec_explore.charts.frames import rows_of
from dfec_explore.charts.palette import colour
from dfec_explore.charts.text import count, hover, listed, percent, short_name
from dfec_explore.charts.theme import Mode

OUTCOMES: Mapping[str, str] = {
    "matched": "matched",
    "turned": "wrong direction",
    "missed": "missed",
    "extra": "extra (hallucinated)",
}
"""What becomes of an event, as pages write it."""

ROOM = 0.13
"""Least length of a bar, as a share of the longest, that has its number inside: columns are narrow."""

LIKE: Mapping[str, str] = {"matched": "accept", "turned": "fix", "missed": "reject", "extra": "unsure"}
"""Outcomes have the colours of the verdicts that they are closest to."""


def outcome_colour(outcome: str, mode: Mode) -> str:
    """The colour of an outcome, on every page the same."""
    return colour("verdict", LIKE[outcome], mode)


def event_outcomes(frame: pd.DataFrame, *, mode: Mode, what: str, limit: int | None = None) -> Chart:
    """Events by what became of them, a row for each action or region; a click picks the row and the outcome.

    Args:
        frame: columns ``name``, ``title``, ``matched``, ``turned``, ``missed``, ``extra``, in display order.
        mode: the theme of the page.
        what: ``action`` or ``region``.
        limit: how many rows are drawn at most; the table has all.
    """
    table = pd.DataFrame(
        {what.capitalize(): frame["title"], **{title.capitalize(): frame[kind] for kind, title in OUTCOMES.items()}}
    )
    known = frame[frame[list(OUTCOMES)].sum(axis=1) > 0].head(limit or len(frame))
    if known.empty:
        return empty_chart(mode, table, sentence="Neither text has a facial event.")
    rows = {row.name: short_name(row.title, 24) for row in rows_of(known)}
    longest = known[list(OUTCOMES)].sum(axis=1).max()
    series = [
        Series(OUTCOMES[kind], outcome_colour(kind, mode), [_bar(row, kind, what, longest) for row in rows_of(known)])
        for kind in OUTCOMES
    ]
    totals = {row.name: _said(row) for row in rows_of(known)}
    axis = count_axis(longest, title="Facial events of both texts", room=0.34)
    fig = stacked(series, rows, mode=mode, axis=axis, totals=totals)
    pieces = [
        f"{row.title} {row.matched} matched, {row.turned} turned, {row.missed} missed, {row.extra} extra"
        for row in rows_of(known.head(8))
    ]
    return Chart(fig, f"Stacked bars by {what}: {listed(pieces)}.", table)


def _bar(row: Any, kind: str, what: str, longest: int) -> Bar:
    number = int(getattr(row, kind))
    said = hover(str(row.title), f"{count(number, 'event')} {OUTCOMES[kind]}", "Click: the captions")
    return Bar(
        str(row.name),
        number,
        said,
        [what, str(row.name), "kind", kind],
        count(number) if number > ROOM * longest else "",
    )


def _said(row: Any) -> str:
    wanted = row.matched + row.turned + row.missed
    return f"{percent((row.matched + row.turned) / wanted)} found" if wanted else "not in the references"
