"""What a chart is: a figure, a sentence that says what it shows, and the numbers behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dfec_explore.charts.text import EMPTY_SENTENCE
from dfec_explore.charts.theme import SURFACES, Mode, template

ROW = 27
"""Height of a row of horizontal bars, in pixels."""
LEGEND_LINE = 22
"""Height of a line of the legend, in pixels."""
AXIS = 52
"""Height of the tick labels and title under a plot, in pixels."""
NAME = 28
"""Letters of a name in a legend."""
LEGEND_LETTERS = 62
"""Letters (with the gaps between entries) that fit a line of a legend at the narrowest width that is drawn."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure with what it says in words and in numbers."""

    figure: go.Figure
    alt: str
    """What is seen, in a sentence or two, for people who do not see it."""
    table: pd.DataFrame
    """The numbers, with columns named for readers, to be given away as a file."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image with what it says in words and in numbers."""

    png: bytes
    svg: str
    """The same with its letters, to be enlarged and searched; holds the font that it needs."""
    alt: str
    table: pd.DataFrame


def figure(mode: Mode, *, height: int) -> go.Figure:
    """A figure without marks, in the template of all figures; height in pixels."""
    return go.Figure(layout={"template": template(mode), "height": height, "showlegend": False})


def empty_chart(mode: Mode, table: pd.DataFrame, *, sentence: str = EMPTY_SENTENCE) -> Chart:
    """The chart of no captions: a sentence where the plot would be."""
    fig = figure(mode, height=160)
    fig.update_xaxes(visible=False)
    fig.update_yaxes(visible=False)
    fig.add_annotation(
        text=sentence,
        x=0.5,
        y=0.5,
        xref="paper",
        yref="paper",
        showarrow=False,
        font={"color": SURFACES[mode].quiet, "size": 14},
    )
    return Chart(fig, sentence, table)


def show_legend(fig: go.Figure, names: Sequence[str], *, shown: bool = True) -> None:
    """Put the legend above the plot and make the figure higher by the lines that it needs."""
    if not shown or not names:
        return
    lines = -(-sum(min(len(name), NAME) + 6 for name in names) // LEGEND_LETTERS)
    fig.update_layout(showlegend=True, height=fig.layout.height + LEGEND_LINE * lines + 6)


def rows_axis(fig: go.Figure, rows: Sequence[str], labels: Sequence[str]) -> None:
    """The vertical axis of horizontal bars: the first row on top, names taken as text even where they are digits."""
    fig.update_yaxes(
        type="category",
        categoryorder="array",
        categoryarray=list(rows),
        range=[len(rows) - 0.5, -0.5],
        tickmode="array",
        tickvals=list(rows),
        ticktext=list(labels),
        showgrid=False,
        ticklabelstandoff=4,
    )


def share_axis(*, title: str, room: float = 0) -> dict[str, Any]:
    """An axis from 0 to 100 %, for values in percent.

    Args:
        title: what the share is of.
        room: extra length for labels at the ends of bars, in percent.
    """
    ticks = [0, 25, 50, 75, 100]
    return {
        "range": [0, 100 + room],
        "tickvals": ticks,
        "ticktext": [f"{tick} %" for tick in ticks],
        "title": {"text": title},
    }


def count_axis(most: float, *, title: str, room: float = 0.14) -> dict[str, Any]:
    """An axis of counts from 0, with room for labels at the ends of bars (as a share of the longest)."""
    axis: dict[str, Any] = {"range": [0, max(most, 1) * (1 + room)], "title": {"text": title}, "tickformat": ",d"}
    return axis | ({"dtick": 1} if most <= 5 else {"nticks": 7})
