"""How the vocabulary of each source grows with its captions."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dfec_explore.charts.chart import Chart, empty_chart, figure, show_legend
from dfec_explore.charts.frames import rows_of, sources
from dfec_explore.charts.palette import colour
from dfec_explore.charts.text import count, hover, listed, safe
from dfec_explore.charts.theme import Mode

PLOT = 340
"""Height of the plot, in pixels."""


def vocabulary_growth(frame: pd.DataFrame, *, mode: Mode) -> Chart:
    """Different content words after so many captions, a line for each source; a click filters by the source.

    Args:
        frame: ``query.growth.growth``.
        mode: the theme of the page.
    """
    table = pd.DataFrame({**sources(frame), "Captions": frame["captions"], "Different content words": frame["terms"]})
    if frame.empty:
        return empty_chart(mode, table)
    fig = figure(mode, height=PLOT)
    ends = rows_of(frame.drop_duplicates("source", keep="last").sort_values("title"))
    for end in ends:
        fig.add_trace(_curve(frame[frame["source"] == end.source], end.source, end.title, mode))
    fig.update_xaxes(
        title={"text": "Captions of the source, in the order of the file"}, rangemode="tozero", tickformat=",d"
    )
    fig.update_yaxes(title={"text": "Different content words"}, rangemode="tozero", tickformat=",d")
    show_legend(fig, [end.title for end in ends])
    pieces = [f"{end.title} {count(end.terms)} after {count(end.captions)}" for end in ends]
    return Chart(fig, f"Curves: different content words by captions: {listed(pieces)}.", table)


def _curve(curve: pd.DataFrame, source: str, title: str, mode: Mode) -> go.Scatter:
    def words(row: Any) -> str:
        return hover(title, f"{count(row.terms, 'different word')} in {count(row.captions, 'caption')}")

    return go.Scatter(
        x=curve["captions"].tolist(),
        y=curve["terms"].tolist(),
        name=safe(title),
        mode="lines+markers",
        marker={"size": 4, "color": colour("source", source, mode)},
        line={"color": colour("source", source, mode), "width": 2},
        customdata=[["source", source]] * len(curve),
        hovertext=[words(row) for row in rows_of(curve)],
        hovertemplate="%{hovertext}<extra></extra>",
    )
