"""Which share of each source's captions mentions a facial action, as a table of colours."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dfec_explore.charts.bars import Bar, Series, bar_trace
from dfec_explore.charts.chart import AXIS, Chart, empty_chart, figure, rows_axis
from dfec_explore.charts.frames import percents, rows_of, sums, texts, titles
from dfec_explore.charts.palette import INK, ink_on, mixed
from dfec_explore.charts.text import count, hover, listed, percent, short_name
from dfec_explore.charts.theme import SURFACES, Mode

CELL = 27
"""Height of a row, in pixels."""
FILLS: dict[Mode, tuple[str, str]] = {"light": ("#f1f5fb", "#0b4596"), "dark": ("#171d29", "#8fb8ff")}
"""Colours of a share of 0 and of 100 %."""
HEAD, HEAD_ASLANT = 64, 108
"""Height of the column heads, in pixels, with room above them for plotly's buttons."""
LEVEL_NAMES = 8
"""Columns of a table whose heads lie level; more of them stand aslant."""
LABEL = 30
"""Letters of an action's name."""


def action_heatmap(frame: pd.DataFrame, *, mode: Mode, limit: int = 20) -> Chart:
    """Share of each source's captions that mention an action, as numbers on colour; a click filters by both.

    The cells are bars of one length: plotly reports no clicks on the cells of a heatmap.

    Args:
        frame: ``query.vocabulary.action_shares_by_source``.
        mode: the theme of the page.
        limit: actions at most, those in the most captions; the table has all rows.
    """
    table = _heatmap_table(frame)
    if frame.empty:
        return empty_chart(mode, table)
    names = titles(frame, "action", "title")
    rows = {action: short_name(names[action], LABEL) for action in list(sums(frame, "action"))[:limit]}
    columns = frame.drop_duplicates("source").sort_values("source_title")
    crowded = len(columns) > LEVEL_NAMES
    top = HEAD_ASLANT if crowded else HEAD
    fig = figure(mode, height=CELL * len(rows) + AXIS + top)
    fig.add_trace(_cells(frame[frame["action"].isin(list(rows))], texts(columns["source"]), mode))
    fig.update_layout(barmode="overlay", bargap=0.07, barcornerradius=2, margin={"b": 34, "t": top})
    rows_axis(fig, list(rows), list(rows.values()))
    fig.update_xaxes(**_column_axis(columns, crowded))
    _caption_below(fig, "Captions that mention it, % of the source's captions", mode)
    return Chart(fig, _heatmap_words(frame), table)


def _heatmap_table(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Action": frame["title"],
            "Source": frame["source"],
            "Captions that mention it": frame["captions"],
            "Captions of the source": frame["of"],
            "Share, %": percents(frame["share"]),
        }
    )


def _column_axis(columns: pd.DataFrame, crowded: bool) -> dict[str, Any]:
    """The sources on top of their columns, with their numbers where there is room."""
    return {
        "side": "top",
        "range": [-0.5, len(columns) - 0.5],
        "tickmode": "array",
        "tickvals": list(range(len(columns))),
        "ticktext": [_column_head(row, crowded) for row in rows_of(columns)],
        "tickangle": -60 if crowded else 0,
        "tickfont": {"size": 11.5},
        "showgrid": False,
    }


def _column_head(row: Any, crowded: bool) -> str:
    if crowded:
        return short_name(row.source_title, 13)
    return f"{short_name(row.source_title, 14)}<br>{count(row.of)}"


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


def _cells(frame: pd.DataFrame, sources: list[str], mode: Mode) -> go.Bar:
    places = {source: place for place, source in enumerate(sources)}
    low, high = FILLS[mode]
    fills = [mixed(low, high, share) for share in frame["share"]]
    bars = [_cell(row) for row in rows_of(frame)]
    trace = bar_trace(
        Series("Share", INK[mode], bars),
        mode,
        base=[places[source] - 0.48 for source in texts(frame["source"])],
        insidetextfont={"color": [ink_on(fill) for fill in fills], "size": 12.5},
    )
    trace.marker = {"color": fills, "line": {"width": 0}}
    return trace


def _cell(row: Any) -> Bar:
    number = percent(row.share).removesuffix(" %").replace("under ", "&lt;")
    return Bar(
        row=row.action,
        length=0.96,
        label=number,
        hover=hover(
            f"{row.title}, {row.source_title}",
            f"{count(row.captions)} of {count(row.of, 'caption')}, {percent(row.share)}",
        ),
        pick=["source", row.source, "action", row.action],
    )


def _heatmap_words(frame: pd.DataFrame) -> str:
    numbers, names = sums(frame, "action"), titles(frame, "action", "title")
    first = next(iter(numbers))
    cells = rows_of(frame[frame["action"] == first].sort_values("share", ascending=False))
    pieces = [f"{row.source_title} {percent(row.share)}" for row in cells]
    return (
        f"Table of colours: share of captions that mention each of {count(len(numbers), 'facial action')} in each of "
        f"{count(len(cells), 'source')}; {names[first]}: {listed(pieces)}."
    )
