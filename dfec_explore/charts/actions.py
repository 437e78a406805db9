"""Which facial actions captions mention."""

from typing import Any

import pandas as pd

from dfec_explore.charts.bars import Bar, Series, ranked
from dfec_explore.charts.chart import Chart, empty_chart, share_axis
from dfec_explore.charts.frames import percents, rows_of, titles
from dfec_explore.charts.palette import colour, regions_in
from dfec_explore.charts.text import count, hover, listed, percent, safe, short_name
from dfec_explore.charts.theme import Mode

LABEL = 30
"""Letters of an action's name."""


def action_shares(frame: pd.DataFrame, *, mode: Mode, limit: int | None = None) -> Chart:
    """Share of captions that mention each facial action, coloured by region; a click filters by the action.

    Args:
        frame: ``query.vocabulary.action_counts``.
        mode: the theme of the page.
        limit: bars at most; the table has all rows.
    """
    table = action_table(frame)
    if frame.empty:
        return empty_chart(mode, table)
    top = frame.head(limit) if limit else frame
    regions = regions_in(titles(top, "region", "region_title"))
    series = [
        Series(
            title,
            colour("region", region, mode),
            [_action_bar(row) for row in rows_of(top[top["region"] == region])],
        )
        for region, title in regions.items()
    ]
    rows = {row.action: short_name(row.title, LABEL) for row in rows_of(top)}
    axis = share_axis(title="Captions that mention it", room=8)
    fig = ranked(series, rows, mode=mode, axis=axis, legend=True)
    return Chart(fig, _action_words(frame), table)


def _action_bar(row: Any) -> Bar:
    of = round(row.captions / row.share) if row.share else 0
    return Bar(
        row=row.action,
        length=100 * row.share,
        label=percent(row.share),
        hover=hover(
            row.title,
            f"{count(row.captions)} of {count(of, 'caption')}, {percent(row.share)}",
            count(row.events, "mention"),
            f"Related {safe(row.related_au)}, from the text, not FACS-coded" if row.related_au else "No related AU",
        ),
        pick=["action", row.action],
    )


def action_table(frame: pd.DataFrame) -> pd.DataFrame:
    """The numbers of ``query.vocabulary.action_counts`` for a file."""
    return pd.DataFrame(
        {
            "Action": frame["title"],
            "Region": frame["region_title"],
            "Related AU (from the text, not FACS-coded)": frame["related_au"],
            "Mentions": frame["events"],
            "Captions": frame["captions"],
            "Share of captions, %": percents(frame["share"]),
        }
    )


def _action_words(frame: pd.DataFrame) -> str:
    pieces = [f"{row.title} {percent(row.share)}" for row in rows_of(frame.head(3))]
    return (
        f"Bars: share of captions that mention each of {count(len(frame), 'facial action')}, coloured by region; "
        f"most: {listed(pieces)}."
    )
