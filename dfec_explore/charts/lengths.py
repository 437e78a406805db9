"""How long captions are: histogram, boxes and cumulative curves."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dfec_explore.charts.bars import Bar, Series, bar_trace
from dfec_explore.charts.chart import (
    AXIS,
    NAME,
    Chart,
    count_axis,
    empty_chart,
    figure,
    rows_axis,
    share_axis,
    show_legend,
)
from dfec_explore.charts.frames import percents, rows_of, sources, texts
from dfec_explore.charts.palette import INK, colour, mixed
from dfec_explore.charts.text import count, hover, listed, percent, safe, short_name
from dfec_explore.charts.theme import SURFACES, Mode

PLOT = 300
"""Height of a plot whose rows are not named, in pixels."""
BOX_ROW = 40
POINTS = 200
"""Points of a curve at most: more can't be seen."""


def length_histogram(frame: pd.DataFrame, *, mode: Mode, measure: str, by_source: bool = True) -> Chart:
    """Captions by length; a click filters by the length (and the source, where they are apart).

    Args:
        frame: ``query.lengths.histogram``.
        mode: the theme of the page.
        measure: ``words``, ``characters`` or ``sentences``: names the axis and the filter.
        by_source: whether bars are stacked by source.
    """
    table = pd.DataFrame(
        {
            f"From, {measure}": frame["low"],
            f"To, {measure}": frame["high"],
            **sources(frame),
            "Captions": frame["captions"],
        }
    )
    if frame.empty:
        return empty_chart(mode, table)
    fig = figure(mode, height=PLOT)
    width = int(frame["high"].iloc[0] - frame["low"].iloc[0]) + 1
    fig.add_traces([_column_trace(one, width, mode) for one in _histogram_series(frame, measure, by_source, mode)])
    most = int(frame.groupby("low")["captions"].sum().max())
    fig.update_layout(barmode="stack", bargap=0.06, barcornerradius=1)
    low, high = int(frame["low"].min()), int(frame["low"].max())
    fig.update_xaxes(
        title_text=f"Length, {measure}", range=[low - width, high + 2 * width], showgrid=False, tickformat=",d"
    )
    if high - low <= 12:
        fig.update_xaxes(dtick=1)
    fig.update_yaxes(**count_axis(most, title="Captions", room=0.06))
    show_legend(fig, sorted(set(frame["title"])), shown=by_source and frame["source"].nunique() > 1)
    return Chart(fig, _histogram_words(frame, measure), table)


def _whole(frame: pd.DataFrame) -> pd.DataFrame:
    """The captions of each bin over all sources: ``low, high, captions``."""
    return pd.DataFrame(frame.groupby(["low", "high"], as_index=False)["captions"].sum())


def _histogram_series(frame: pd.DataFrame, measure: str, by_source: bool, mode: Mode) -> list[Series]:
    if not by_source:
        whole = _whole(frame)
        bars = [_column(row, measure, "Captions", []) for row in rows_of(whole)]
        return [Series("Captions", INK[mode], bars)]
    return [
        Series(
            str(title),
            colour("source", str(source), mode),
            [_column(row, measure, str(title), ["source", str(source)]) for row in rows_of(rows)],
        )
        for (source, title), rows in frame.groupby(["source", "title"], sort=True)
    ]


def _column(row: Any, measure: str, head: str, pick: list[str]) -> Bar:
    span = f"{count(row.low)}" if row.low == row.high else f"{count(row.low)} to {count(row.high)}"
    noun = measure.removesuffix("s") if row.low == row.high == 1 else measure
    return Bar(
        row=str(row.low),
        length=row.captions,
        hover=hover(head, f"{count(row.captions, 'caption')} of {span} {noun}"),
        pick=[*pick, measure, f"{row.low}-{row.high}"],
    )


def _column_trace(series: Series, width: int, mode: Mode) -> go.Bar:
    # A bar of whole numbers 80 to 89 stands over 79.5 to 89.5.
    middles = [int(bar.row) + (width - 1) / 2 for bar in series.bars]
    return bar_trace(
        series,
        mode,
        orientation="v",
        x=middles,
        y=[bar.length for bar in series.bars],
        width=[width * 0.94] * len(middles),
        text=None,
        marker={"color": series.colour, "line": {"color": SURFACES[mode].background, "width": 0.5}},
    )


def _histogram_words(frame: pd.DataFrame, measure: str) -> str:
    whole = _whole(frame)
    top = whole.sort_values("captions", ascending=False, kind="stable").iloc[0]
    span = f"{count(top['low'])}" if top["low"] == top["high"] else f"{count(top['low'])} to {count(top['high'])}"
    return (
        f"Histogram: length of {count(frame['captions'].sum(), 'caption')} in {measure}, "
        f"from {count(frame['low'].min())} to {count(frame['high'].max())}; "
        f"most captions ({count(top['captions'])}) have {span}."
    )


def length_boxes(frame: pd.DataFrame, *, mode: Mode, measure: str) -> Chart:
    """A box by source: median, middle half, whiskers to the last value within 1.5 times the box, and the mean.

    Args:
        frame: ``query.lengths.quantiles_by_source``.
        mode: the theme of the page.
        measure: ``words``, ``characters`` or ``sentences``.
    """
    names = {
        "source": "Source",
        "captions": "Captions",
        "low": f"Lower whisker, {measure}",
        "q1": f"First quartile, {measure}",
        "median": f"Median, {measure}",
        "q3": f"Third quartile, {measure}",
        "high": f"Upper whisker, {measure}",
        "mean": f"Mean, {measure}",
    }
    table = frame[list(names)].rename(columns=names).round(2)
    if frame.empty:
        return empty_chart(mode, table)
    frame = frame.sort_values(["median", "source"], ascending=[False, True])
    fig = figure(mode, height=BOX_ROW * len(frame) + AXIS)
    fig.add_traces([*(_box_trace(row, mode) for row in rows_of(frame)), _box_click_trace(frame, measure)])
    rows = {row.source: f"{short_name(row.title, 20)} ({count(row.captions)})" for row in rows_of(frame)}
    rows_axis(fig, list(rows), list(rows.values()))
    low, high = frame["low"].min(), frame["high"].max()
    fig.update_xaxes(**_length_axis(low, high, title=f"Length, {measure} (number of captions in brackets)"))
    fig.update_layout(bargap=0.3, boxgap=0.35)
    pieces = [f"{row.title} {row.median:,.4g}" for row in rows_of(frame)]
    words = f"Boxes: length of captions in {measure} by source; medians: {listed(pieces)}."
    return Chart(fig, words, table)


def _box_trace(row: Any, mode: Mode) -> go.Box:
    hue = colour("source", row.source, mode)
    return go.Box(
        orientation="h",
        y=[row.source],
        q1=[row.q1],
        median=[row.median],
        q3=[row.q3],
        lowerfence=[row.low],
        upperfence=[row.high],
        mean=[row.mean],
        boxmean=True,
        name=safe(row.title),
        line={"color": hue, "width": 1.6},
        fillcolor=mixed(SURFACES[mode].background, hue, 0.28),
        width=0.62,
        hoverinfo="skip",
    )


def _box_click_trace(frame: pd.DataFrame, measure: str) -> go.Bar:
    """Clear bars over the boxes: plotly reports no clicks on boxes that are made from quartiles."""
    hovers = [
        hover(
            f"{row.title}, {count(row.captions, 'caption')}",
            f"Median {row.median:,.4g} {measure}, mean {row.mean:,.1f}",
            f"Middle half: {row.q1:,.4g} to {row.q3:,.4g}",
            f"Whiskers: {row.low:,.4g} to {row.high:,.4g}",
        )
        for row in rows_of(frame)
    ]
    return go.Bar(
        orientation="h",
        y=frame["source"].tolist(),
        base=frame["low"].tolist(),
        x=(frame["high"] - frame["low"]).tolist(),
        marker={"color": "rgba(0,0,0,0)", "line": {"width": 0}},
        customdata=[["source", source] for source in texts(frame["source"])],
        hovertext=hovers,
        hovertemplate="%{hovertext}<extra></extra>",
    )


def length_curves(frame: pd.DataFrame, *, mode: Mode, measure: str, sizes: Mapping[str, int] | None = None) -> Chart:
    """The share of captions up to each length, a line for each source.

    Args:
        frame: ``query.lengths.cumulative``.
        mode: the theme of the page.
        measure: ``words``, ``characters`` or ``sentences``.
        sizes: captions by source, to be shown with the names.
    """
    shares = percents(frame["share"])
    table = pd.DataFrame({**sources(frame), f"Length, {measure}": frame["length"], "Captions up to it, %": shares})
    if frame.empty:
        return empty_chart(mode, table)
    fig = figure(mode, height=PLOT)
    names, halves = [], []
    for (source, title), curve in frame.groupby(["source", "title"], sort=True):
        size = (sizes or {}).get(str(source))
        names.append(f"{title} ({count(size)})" if size else str(title))
        half = int(curve.loc[curve["share"] >= 0.5, "length"].iloc[0])
        halves.append(f"{title} {count(half)}")
        fig.add_trace(_curve_trace(_thinned(curve), str(source), names[-1], measure, mode))
    fig.update_xaxes(**_length_axis(frame["length"].min(), frame["length"].max(), title=f"Length, {measure}"))
    fig.update_yaxes(**share_axis(title="Captions up to this length", room=2))
    show_legend(fig, names)
    words = f"Curves: share of captions up to each length in {measure}; half of them have at most: {listed(halves)}."
    return Chart(fig, words, table)


def _length_axis(low: float, high: float, *, title: str) -> dict[str, Any]:
    """An axis of whole lengths with a little room at both ends."""
    room = max(0.04 * (high - low), 0.6)
    axis: dict[str, Any] = {"range": [low - room, high + room], "title": {"text": title}, "tickformat": ",d"}
    return axis | ({"dtick": 1} if high - low <= 12 else {})


def _thinned(curve: pd.DataFrame) -> pd.DataFrame:
    step = max(1, -(-len(curve) // POINTS))
    kept = sorted({*range(0, len(curve), step), len(curve) - 1})
    return curve.iloc[kept]


def _curve_trace(curve: pd.DataFrame, source: str, name: str, measure: str, mode: Mode) -> go.Scatter:
    hue = colour("source", source, mode)
    return go.Scatter(
        x=curve["length"].tolist(),
        y=(100 * curve["share"]).tolist(),
        name=short_name(name, NAME),
        # Clear markers: plotly reports no clicks on lines without any.
        mode="lines+markers",
        marker={"size": 9, "color": "rgba(0,0,0,0)" if len(curve) > 1 else hue, "line": {"width": 0}},
        line={"color": hue, "width": 2, "shape": "hv"},
        customdata=[["source", source]] * len(curve),
        hovertext=[
            hover(name, f"{percent(row.share)} of captions have at most {count(row.length)} {measure}")
            for row in rows_of(curve)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
