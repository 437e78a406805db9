"""Figures with their intervals, as points with whiskers: left against right, and how varied words are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dfec_explore.charts.chart import AXIS, Chart, empty_chart, figure, rows_axis
from dfec_explore.charts.frames import percents, rows_of, sources
from dfec_explore.charts.palette import INK, colour
from dfec_explore.charts.text import count, hover, listed, percent, short_name
from dfec_explore.charts.theme import SURFACES, Mode
from dfec_explore.query.variants import SIDED

ROW = 40
"""Height of a row, in pixels."""


@dataclass(frozen=True, slots=True)
class Point:
    """A figure on its row; ``low`` and ``high`` end its interval."""

    row: str
    label: str
    """Made safe."""
    value: float
    low: float
    high: float
    hue: str
    text: str
    hover: str
    pick: Sequence[str]


def left_and_right(frame: pd.DataFrame, *, mode: Mode) -> Chart:
    """The share of left among mentions of left and right, with 95 % intervals; a click filters by the action.

    Args:
        frame: ``query.variants.balance``.
        mode: the theme of the page.
    """
    table = pd.DataFrame(
        {
            "What": frame["title"],
            "Left": frame["left"],
            "Right": frame["right"],
            "Share of left, %": percents(frame["share"]),
            "Interval (95 %) from, %": percents(frame["low"]),
            "Interval (95 %) to, %": percents(frame["high"]),
        }
    )
    known = frame.dropna(subset=["share"])
    if known.empty:
        return empty_chart(mode, table, sentence="Neither left nor right is said.")
    fig = points_figure([_balance_point(row, mode) for row in rows_of(known)], mode)
    reach = max(10, *(100 * abs(edge - 0.5) for edge in [*known["low"], *known["high"]])) * 1.35
    _share_around_half(fig, min(reach, 62))
    fig.add_vline(x=50, line={"color": SURFACES[mode].line, "width": 1, "dash": "dot"}, layer="below")
    pieces = [f"{row.title} {percent(row.share)} ({percent(row.low)} to {percent(row.high)})" for row in rows_of(known)]
    return Chart(fig, f"Points with 95 % intervals: share of left among left and right: {listed(pieces)}.", table)


def _balance_point(row: Any, mode: Mode) -> Point:
    balanced = row.low <= 0.5 <= row.high
    return Point(
        row=row.what,
        label=f"{short_name(row.title, 24)} ({count(row.left + row.right)})",
        value=100 * row.share,
        low=100 * row.low,
        high=100 * row.high,
        hue=INK[mode],
        text=f"{count(row.left)} : {count(row.right)}",
        hover=hover(
            row.title,
            f"{count(row.left)} left, {count(row.right)} right: {percent(row.share)} left",
            f"95 % interval {percent(row.low)} to {percent(row.high)}",
            "Half and half is within it" if balanced else "Half and half is outside it",
        ),
        pick=["action", row.what] if row.what in SIDED else [],
    )


def _share_around_half(fig: go.Figure, reach: float) -> None:
    ticks = [tick for tick in range(0, 101, 10 if reach < 25 else 25) if abs(tick - 50) <= reach]
    fig.update_xaxes(
        range=[50 - reach, 50 + reach],
        tickvals=ticks,
        ticktext=[f"{tick} %" for tick in ticks],
        title={"text": "← more right · share of left · more left →"},
    )


def word_diversity(frame: pd.DataFrame, *, mode: Mode) -> Chart:
    """Different words in 1,000 running words, by source, with 95 % intervals; a click filters by the source.

    Args:
        frame: ``query.growth.diversity``.
        mode: the theme of the page.
    """
    table = pd.DataFrame(
        {
            **sources(frame),
            "Segments of 1,000 words": frame["segments"],
            "Mean type-token ratio, %": percents(frame["ratio"]),
            "Interval (95 %) from, %": percents(frame["low"]),
            "Interval (95 %) to, %": percents(frame["high"]),
        }
    )
    known = frame[frame["segments"] > 0].sort_values("ratio", ascending=False, kind="stable")
    if known.empty:
        return empty_chart(mode, table, sentence="No source has 1,000 words.")
    fig = points_figure([_diversity_point(row, mode) for row in rows_of(known)], mode)
    edges = [*known["ratio"], *known["low"].dropna(), *known["high"].dropna()]
    room = max(0.25 * (max(edges) - min(edges)), 0.01)
    fig.update_xaxes(
        range=[1000 * (min(edges) - room), 1000 * (max(edges) + room)],
        tickformat=",d",
        nticks=7,
        title={"text": "Different words in 1,000 running words, mean and 95 % interval"},
    )
    pieces = [f"{row.title} {1000 * row.ratio:.0f}" for row in rows_of(known)]
    return Chart(fig, f"Points with 95 % intervals: different words in 1,000 running words: {listed(pieces)}.", table)


def _diversity_point(row: Any, mode: Mode) -> Point:
    low, high = (row.ratio if pd.isna(edge) else edge for edge in (row.low, row.high))
    interval = "" if pd.isna(row.low) else f"95 % interval {1000 * low:.0f} to {1000 * high:.0f}"
    return Point(
        row=row.source,
        label=f"{short_name(row.title, 20)} ({count(row.segments)})",
        value=1000 * row.ratio,
        low=1000 * low,
        high=1000 * high,
        hue=colour("source", row.source, mode),
        text=f"{1000 * row.ratio:.0f}",
        hover=hover(
            row.title,
            f"{1000 * row.ratio:.0f} different words in 1,000",
            interval,
            f"Mean of {count(row.segments, 'segment')}",
        ),
        pick=["source", row.source],
    )


def points_figure(points: Sequence[Point], mode: Mode) -> go.Figure:
    """Points with whiskers, a row each, with their figures above them."""
    fig = figure(mode, height=ROW * len(points) + AXIS + 14)
    fig.add_trace(
        go.Scatter(
            x=[point.value for point in points],
            y=[point.row for point in points],
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [point.high - point.value for point in points],
                "arrayminus": [point.value - point.low for point in points],
                "color": SURFACES[mode].quiet,
                "thickness": 1.6,
                "width": 5,
            },
            mode="markers+text",
            marker={"size": 11, "color": [point.hue for point in points], "line": {"width": 0}},
            text=[point.text for point in points],
            textposition="top center",
            textfont={"size": 12, "color": SURFACES[mode].text},
            cliponaxis=False,
            customdata=[list(point.pick) for point in points],
            hovertext=[point.hover for point in points],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    rows_axis(fig, [point.row for point in points], [point.label for point in points])
    fig.update_yaxes(showgrid=True, range=[len(points) - 0.5, -0.75])
    return fig
