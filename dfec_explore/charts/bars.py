"""Horizontal bars, the common ground of most charts: series of bars on named rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dfec_explore.charts.chart import AXIS, NAME, ROW, figure, rows_axis, show_legend
from dfec_explore.charts.palette import UNSTATED, ink_on, mixed
from dfec_explore.charts.text import short_name
from dfec_explore.charts.theme import SURFACES, Mode

INSIDE = 0.055
"""Least length of a bar, as a share of the axis, that has its number inside."""
TINTS = (1.0, 0.42, 0.14)
"""How strongly the bars of the first, second and further parts are filled."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar on one row."""

    row: str
    length: float
    hover: str
    pick: Sequence[str]
    """What a click filters by: filters and values in turn."""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """Bars that mean the same and look the same."""

    name: str
    colour: str
    bars: Sequence[Bar]
    hatched: bool = False
    """For what is not stated."""


def fill(colour: str, mode: Mode, *, hatched: bool = False) -> dict[str, Any]:
    """How a bar is filled; a thin edge in the page's colour keeps neighbours apart."""
    background = SURFACES[mode].background
    if not hatched:
        return {"color": colour, "line": {"color": background, "width": 1}}
    ground = mixed(background, UNSTATED[mode], 0.16)
    pattern = {"shape": "/", "fgcolor": mixed(background, UNSTATED[mode], 0.55), "bgcolor": ground}
    return {
        "color": ground,
        "line": {"color": UNSTATED[mode], "width": 1},
        "pattern": pattern | {"size": 7, "solidity": 0.14},
    }


def bar_trace(series: Series, mode: Mode, **options: Any) -> go.Bar:
    """A series as a plotly trace; ``options`` replace what follows from the series."""
    ink = SURFACES[mode].text if series.hatched else ink_on(series.colour)
    return go.Bar(
        **{
            "name": short_name(series.name, NAME),
            "orientation": "h",
            "y": [bar.row for bar in series.bars],
            "x": [bar.length for bar in series.bars],
            "text": [bar.label for bar in series.bars],
            "hovertext": [bar.hover for bar in series.bars],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "customdata": [list(bar.pick) for bar in series.bars],
            "marker": fill(series.colour, mode, hatched=series.hatched),
            "textposition": "inside",
            "insidetextanchor": "middle",
            "insidetextfont": {"color": ink, "size": 12},
            "textangle": 0,
            "constraintext": "none",
            "cliponaxis": False,
        }
        | options
    )


def ranked(
    series: Sequence[Series], rows: Mapping[str, str], *, mode: Mode, axis: Mapping[str, Any], legend: bool = False
) -> go.Figure:
    """One bar a row with its label at the end.

    Args:
        series: together one bar a row.
        rows: from the name of each row to its label on the axis (made safe), top to bottom.
        mode: the theme of the page.
        axis: the horizontal axis.
        legend: whether the series are named above the plot.
    """
    fig = figure(mode, height=ROW * max(len(rows), 1) + AXIS)
    outside = {"color": SURFACES[mode].text, "size": 12.5}
    fig.add_traces([bar_trace(one, mode, textposition="outside", outsidetextfont=outside) for one in series])
    fig.update_layout(barmode="overlay", bargap=0.22)
    rows_axis(fig, list(rows), list(rows.values()))
    fig.update_xaxes(**axis)
    show_legend(fig, [one.name for one in series], shown=legend)
    return fig


def stacked(
    series: Sequence[Series], rows: Mapping[str, str], *, mode: Mode, axis: Mapping[str, Any], totals: Mapping[str, str]
) -> go.Figure:
    """Bars one after the other on each row, a legend above, and a total at the end of each row.

    Args:
        series: in the order of the bars, left to right.
        rows: from the name of each row to its label on the axis (made safe), top to bottom.
        mode: the theme of the page.
        axis: the horizontal axis.
        totals: from the name of a row to the text at its end.
    """
    fig = figure(mode, height=ROW * max(len(rows), 1) + AXIS)
    span = axis["range"][1] - axis["range"][0]
    texts = [[bar.label if bar.length >= INSIDE * span else "" for bar in one.bars] for one in series]
    fig.add_traces([bar_trace(one, mode, text=text) for one, text in zip(series, texts, strict=True)])
    ends: dict[str, float] = dict.fromkeys(rows, 0)
    for bar in (bar for one in series for bar in one.bars):
        ends[bar.row] += bar.length
    labels = [end_label(place, ends[row], totals.get(row, ""), mode) for place, row in enumerate(rows)]
    fig.update_layout(barmode="stack", bargap=0.22, annotations=labels)
    rows_axis(fig, list(rows), list(rows.values()))
    fig.update_xaxes(**axis)
    show_legend(fig, [one.name for one in series])
    return fig


def end_label(place: int, end: float, text: str, mode: Mode) -> dict[str, Any]:
    """An annotation right of the end of a row's bars; ``place`` is the row's number, since names may be digits.

    To be set on the layout all at once: plotly checks all annotations again for each that is added.
    """
    font = {"color": SURFACES[mode].text, "size": 12.5}
    return {"x": end, "y": place, "text": text, "xanchor": "left", "xshift": 3, "showarrow": False, "font": font}
