"""A table of colours: cells with a number on rows and columns, the common ground of all heatmaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dfec_explore.charts.bars import Bar, Series, bar_trace
from dfec_explore.charts.chart import AXIS, figure, rows_axis
from dfec_explore.charts.palette import INK, ink_on, mixed
from dfec_explore.charts.theme import SURFACES, Mode

CELL = 27
"""Height of a row, in pixels."""
FILLS: dict[Mode, tuple[str, str]] = {"light": ("#f1f5fb", "#0b4596"), "dark": ("#171d29", "#8fb8ff")}
"""Colours of nothing and of the most."""
BELOW: dict[Mode, str] = {"light": "#a8320a", "dark": "#ff9a6b"}
"""Colour of the least, where values go both ways from the colour of nothing."""
HEAD, HEAD_ASLANT = 64, 108
"""Height of the column heads, in pixels, with room above them for plotly's buttons."""
LEVEL_NAMES = 8
"""Columns of a table whose heads lie level; more of them stand aslant."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table of colours."""

    row: str
    column: str
    fill: str
    label: str
    hover: str
    pick: Sequence[str]
    """What a click filters by: filters and values in turn."""


def grid(
    cells: Sequence[Cell], rows: Mapping[str, str], heads: Mapping[str, str], *, mode: Mode, below: str
) -> go.Figure:
    """Cells in rows and columns; the heads stand on top of the columns.

    The cells are bars of one length: plotly reports no clicks on the cells of a heatmap.

    Args:
        cells: in any order; a place without a cell stays empty.
        rows: from the name of each row to its label (made safe), top to bottom.
        heads: from the name of each column to its head (made safe), left to right.
        mode: the theme of the page.
        below: what the numbers are, under the table.
    """
    aslant = is_crowded(len(heads))
    top = HEAD_ASLANT if aslant else HEAD
    fig = figure(mode, height=CELL * len(rows) + AXIS + top)
    fig.add_trace(_cells(cells, list(heads), mode))
    fig.update_layout(
        barmode="overlay", bargap=0.07, barcornerradius=2, margin={"b": 34, "t": top, "r": 56 if aslant else 12}
    )
    rows_axis(fig, list(rows), list(rows.values()))
    fig.update_xaxes(**_heads_axis(list(heads.values()), aslant))
    _caption_below(fig, below, mode)
    return fig


def is_crowded(columns: int) -> bool:
    """Whether the heads of so many columns stand aslant and need to be short."""
    return columns > LEVEL_NAMES


def sequential(share: float, mode: Mode) -> str:
    """The fill of a value between nothing (0) and the most (1)."""
    low, high = FILLS[mode]
    return mixed(low, high, min(max(share, 0), 1))


def diverging(share: float, mode: Mode) -> str:
    """The fill of a value between the least (-1), nothing (0) and the most (1)."""
    low, high = FILLS[mode]
    return mixed(low, high if share >= 0 else BELOW[mode], min(abs(share), 1))


def _cells(cells: Sequence[Cell], columns: list[str], mode: Mode) -> go.Bar:
    places = {column: place for place, column in enumerate(columns)}
    bars = [Bar(cell.row, 0.96, cell.hover, cell.pick, cell.label) for cell in cells]
    trace = bar_trace(
        Series("Cells", INK[mode], bars),
        mode,
        base=[places[cell.column] - 0.48 for cell in cells],
        insidetextfont={"color": [ink_on(cell.fill) for cell in cells], "size": 12.5},
    )
    trace.marker = {"color": [cell.fill for cell in cells], "line": {"width": 0}}
    return trace


def _heads_axis(heads: list[str], aslant: bool) -> dict[str, Any]:
    return {
        "side": "top",
        "range": [-0.5, len(heads) - 0.5],
        "tickmode": "array",
        "tickvals": list(range(len(heads))),
        "ticktext": heads,
        "tickangle": -60 if aslant else 0,
        "tickfont": {"size": 11.5},
        "showgrid": False,
    }


def _caption_below(fig: go.Figure, text: str, mode: Mode) -> None:
    """What the numbers are, under a plot whose axis stands on top."""
    fig.add_annotation(
        x=0.5,
        y=0,
        xref="paper",
        yref="paper",
        yanchor="top",
        yshift=-8,
        text=text,
        showarrow=False,
        font={"color": SURFACES[mode].quiet, "size": 12.5},
    )
