"""Error rates and agreement of reviewers: figures with their intervals, as points with whiskers."""

import math
from typing import Any

import pandas as pd

from dfec_explore.charts.chart import Chart, empty_chart
from dfec_explore.charts.frames import percents, rows_of
from dfec_explore.charts.intervals import Point, points_figure
from dfec_explore.charts.palette import INK, colour
from dfec_explore.charts.text import count, hover, listed, percent, short_name
from dfec_explore.charts.theme import SURFACES, Mode

ALL = "all"
TICKS = (0.5, 1, 2, 5, 10, 20, 25)
"""Steps of an axis in percent."""


def error_rates(frame: pd.DataFrame, *, mode: Mode, by: str = "source") -> Chart:
    """Error rates with their intervals, the whole on top; a click filters by the group.

    Args:
        frame: columns ``group, title, rate, low, high`` (0..1, null where nothing is known), ``judged, drawn,
            population, accept, fix, reject, unsure, disputed``, and ``pick`` (what a click filters by, as in the
            charts); the group ``all`` is the whole.
        mode: the theme of the page.
        by: what the groups are; ``source`` gives each its colour.
    """
    table = pd.DataFrame(
        {
            "Group": frame["title"],
            "Error rate, %": percents(frame["rate"].astype(float)),
            "Interval from, %": percents(frame["low"].astype(float)),
            "Interval to, %": percents(frame["high"].astype(float)),
            **{name.capitalize(): frame[name] for name in COUNTED},
            "Captions in the population": frame["population"],
        }
    )
    known = frame.dropna(subset=["rate"])
    if known.empty:
        return empty_chart(mode, table, sentence="No caption of this plan is judged yet.")
    fig = points_figure([_rate_point(row, by, mode) for row in rows_of(known)], mode)
    most = 100 * float(known["high"].max())
    step = next((tick for tick in TICKS if most / tick <= 8), TICKS[-1])
    ends = min(100.0, step * math.ceil(most * 1.02 / step))
    ticks = [step * n for n in range(int(ends / step) + 1)]
    fig.update_xaxes(
        range=[-0.02 * ends, 1.03 * ends],
        tickvals=ticks,
        ticktext=[f"{tick:g} %" for tick in ticks],
        title={"text": "Captions with an error"},
    )
    whole = known[known["group"] == ALL]
    if len(whole) and len(known) > 1:
        # From below the first row on: its figure stands on the line.
        place = 100 * float(whole["rate"].iloc[0])
        line = {"color": SURFACES[mode].line, "width": 1, "dash": "dot"}
        fig.add_shape(type="line", x0=place, x1=place, y0=0.3, y1=len(known) - 0.5, line=line, layer="below")
    pieces = [f"{row.title} {percent(row.rate)} ({percent(row.low)} to {percent(row.high)})" for row in rows_of(known)]
    return Chart(fig, f"Points with intervals: error rates: {listed(pieces)}.", table)


COUNTED = ("drawn", "judged", "accept", "fix", "reject", "unsure", "disputed")
"""Numbers of captions behind a rate."""


def _rate_point(row: Any, by: str, mode: Mode) -> Point:
    hue = colour("source", row.group, mode) if by == "source" and row.group != ALL else INK[mode]
    return Point(
        row=row.group,
        label=f"{short_name(row.title, 26)} ({count(row.judged)})",
        value=100 * row.rate,
        low=100 * row.low,
        high=100 * row.high,
        hue=hue,
        text=percent(row.rate),
        hover=hover(
            row.title,
            f"{percent(row.rate)} with an error, interval {percent(row.low)} to {percent(row.high)}",
            f"{count(row.judged)} of {count(row.drawn)} drawn captions are judged",
            f"{count(row.accept)} accepted, {count(row.fix)} to fix, {count(row.reject)} rejected, "
            f"{count(row.unsure)} unsure, {count(row.disputed)} disputed",
        ),
        pick=list(row.pick),
    )


def agreement(frame: pd.DataFrame, *, mode: Mode) -> Chart:
    """Measures of agreement with their intervals; there is nothing to filter by.

    Args:
        frame: columns ``measure`` (its name), ``title``, ``value, low, high`` (-1..1, null where it can't be told),
            ``captions`` (with two verdicts and more) and ``about`` (a sentence).
        mode: the theme of the page.
    """
    table = pd.DataFrame(
        {
            "Measure": frame["title"],
            "Value": frame["value"].astype(float).round(4),
            "Interval (95 %) from": frame["low"].astype(float).round(4),
            "Interval (95 %) to": frame["high"].astype(float).round(4),
            "Captions": frame["captions"],
        }
    )
    known = frame.dropna(subset=["value"])
    if known.empty:
        return empty_chart(mode, table, sentence="No caption has verdicts of two reviewers.")
    fig = points_figure([_agreement_point(row, mode) for row in rows_of(known)], mode)
    lowest = min(0.0, float(known["low"].fillna(known["value"]).min()))
    start = math.floor(lowest * 5) / 5
    fig.update_xaxes(
        range=[start - 0.02, 1.04],
        dtick=0.2,
        tick0=0,
        tickformat=".1f",
        title={"text": "0: as by chance (share: never) · 1: always the same"},
    )
    fig.add_vline(x=0, line={"color": SURFACES[mode].line, "width": 1}, layer="below")
    pieces = [f"{row.title} {row.value:.2f}" for row in rows_of(known)]
    return Chart(fig, f"Points with 95 % intervals: agreement of reviewers: {listed(pieces)}.", table)


def _agreement_point(row: Any, mode: Mode) -> Point:
    low, high = (row.value if pd.isna(edge) else float(edge) for edge in (row.low, row.high))
    interval = "" if pd.isna(row.low) else f"95 % interval {low:.2f} to {high:.2f}"
    return Point(
        row=row.measure,
        label=f"{short_name(row.title, 30)} ({count(row.captions)})",
        value=float(row.value),
        low=low,
        high=high,
        hue=INK[mode],
        text=f"{row.value:.2f}",
        hover=hover(row.title, f"{row.value:.2f} on {count(row.captions, 'caption')}", interval, row.about),
        pick=[],
    )
