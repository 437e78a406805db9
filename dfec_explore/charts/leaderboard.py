"""Models beside each other: one metric as bars or with intervals, and any two metrics against each other."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dfec_explore.charts.bars import Bar, Series, ranked
from dfec_explore.charts.chart import Chart, empty_chart, figure, show_legend
from dfec_explore.charts.frames import rows_of
from dfec_explore.charts.intervals import Point, points_figure
from dfec_explore.charts.palette import HUES, INK, UNSTATED
from dfec_explore.charts.text import hover, listed, safe, short_name
from dfec_explore.charts.theme import SURFACES, Mode

SYMBOLS = ("circle", "diamond", "square", "triangle-up")
NAMED = 14
"""Points that are named in the plot at most; the others say their names when they are pointed at."""
WIDE, HIGH = 0.45, 0.065
"""How far apart, as shares of the plot, two points have to be to be both named."""
SCATTER = 420
"""Height of a scatter, in pixels."""


def model_scores(frame: pd.DataFrame, *, mode: Mode, metric: str) -> Chart:
    """One metric of own models and baselines, the best first, with 95 % intervals.

    Args:
        frame: columns ``name``, ``kind`` (``model`` or ``baseline``), ``value``, ``low``, ``high``.
        mode: the theme of the page.
        metric: its title.
    """
    table = pd.DataFrame(
        {
            "Model": frame["name"],
            "Kind": frame["kind"],
            metric: frame["value"],
            "Interval (95 %) from": frame["low"],
            "Interval (95 %) to": frame["high"],
        }
    )
    known = frame.dropna(subset=["value"]).sort_values("value", ascending=False, kind="stable")
    if known.empty:
        return empty_chart(mode, table, sentence="Nothing is scored yet.")
    fig = points_figure([_score_point(row, place, metric, mode) for place, row in enumerate(rows_of(known))], mode)
    edge = max(known["high"].max(), known["value"].max(), 0.001)
    fig.update_xaxes(range=[0, edge * 1.08], title={"text": metric}, nticks=7)
    pieces = [f"{row.name} {row.value:.3f}" for row in rows_of(known)]
    return Chart(fig, f"Points with 95 % intervals: {metric}, the best first: {listed(pieces)}.", table)


def _score_point(row: Any, place: int, metric: str, mode: Mode) -> Point:
    return Point(
        row=f"{place} {row.kind}",
        label=short_name(row.name, 32),
        value=row.value,
        low=row.value if pd.isna(row.low) else row.low,
        high=row.value if pd.isna(row.high) else row.high,
        hue=INK[mode] if row.kind == "model" else UNSTATED[mode],
        text=f"{row.value:.3f}",
        hover=hover(
            row.name,
            f"{safe(metric)} {row.value:.3f}",
            "" if pd.isna(row.low) else f"95 % interval {row.low:.3f} to {row.high:.3f}",
            "A baseline: no model made it" if row.kind == "baseline" else "",
        ),
        pick=[],
    )


def published_bars(frame: pd.DataFrame, *, mode: Mode, metric: str) -> Chart:
    """One published metric, paper by paper, the best of each first.

    Args:
        frame: columns ``name``, ``paper``, ``value`` (missing where the paper does not report it).
        mode: the theme of the page.
        metric: its title.
    """
    table = pd.DataFrame({"Model": frame["name"], "Paper": frame["paper"], metric: frame["value"]})
    known = frame.dropna(subset=["value"])
    if known.empty:
        return empty_chart(mode, table, sentence="No paper reports it.")
    papers = list(dict.fromkeys(known["paper"]))
    series, rows, said = [], {}, []
    for paper, hue in zip(papers, (INK[mode], HUES[mode][1]), strict=False):
        ordered = known[known["paper"] == paper].sort_values("value", ascending=False, kind="stable")
        bars = []
        for row in rows_of(ordered):
            rows[f"{paper} {row.name}"] = short_name(row.name, 26)
            head = hover(row.name, f"{safe(metric)} {row.value:g}", f"as {safe(paper)} reports it")
            bars.append(Bar(f"{paper} {row.name}", row.value, head, [], f"{row.value:g}"))
        series.append(Series(paper, hue, bars))
        said.append(f"{paper}: {listed([f'{row.name} {row.value:g}' for row in rows_of(ordered.head(5))])}")
    most = known["value"].max()
    axis = {"range": [0, most * 1.12], "title": {"text": metric}, "nticks": 7}
    fig = ranked(series, rows, mode=mode, axis=axis, legend=True)
    return Chart(fig, f"Bars: {metric} by paper, the best first. {'; '.join(said)}.", table)


def metric_scatter(frame: pd.DataFrame, *, mode: Mode, x: str, y: str) -> Chart:
    """Two metrics of each model against each other.

    Args:
        frame: columns ``name``, ``group`` (coloured and marked by), ``x``, ``y``.
        mode: the theme of the page.
        x: title of the horizontal metric.
        y: title of the vertical one.
    """
    table = pd.DataFrame({"Model": frame["name"], "Group": frame["group"], x: frame["x"], y: frame["y"]})
    known = frame.dropna(subset=["x", "y"])
    if known.empty:
        return empty_chart(mode, table, sentence="No model has both metrics.")
    fig = figure(mode, height=SCATTER)
    groups = list(dict.fromkeys(known["group"]))
    named = _named(known)
    for place, group in enumerate(groups):
        rows = known[known["group"] == group]
        fig.add_trace(
            go.Scatter(
                name=short_name(group, 28),
                x=rows["x"],
                y=rows["y"],
                mode="markers+text",
                marker={
                    "size": 11,
                    "symbol": SYMBOLS[place % len(SYMBOLS)],
                    "color": (INK[mode], HUES[mode][1], HUES[mode][6], UNSTATED[mode])[place % 4],
                    "line": {"width": 1, "color": SURFACES[mode].background},
                },
                text=[short_name(name, 22) if name in named else "" for name in rows["name"]],
                textposition=[_side(value, known["x"]) for value in rows["x"]],
                textfont={"size": 11.5, "color": SURFACES[mode].text},
                hovertext=[
                    hover(row.name, f"{safe(x)} {row.x:.3f}", f"{safe(y)} {row.y:.3f}", safe(group))
                    for row in rows_of(rows)
                ],
                hovertemplate="%{hovertext}<extra></extra>",
                customdata=[[] for _ in range(len(rows))],
                cliponaxis=False,
            )
        )
    for axis, column, title in ((fig.update_xaxes, "x", x), (fig.update_yaxes, "y", y)):
        low, high = known[column].min(), known[column].max()
        room = 0.12 * (high - low) or 0.05 * (abs(high) or 1)
        axis(range=[low - room, high + room], title={"text": title}, nticks=7)
    show_legend(fig, groups, shown=len(groups) > 1)
    best = known.sort_values("y", ascending=False, kind="stable").head(3)
    pieces = [f"{row.name} ({row.x:.3f}, {row.y:.3f})" for row in rows_of(best)]
    return Chart(fig, f"Points: {x} across, {y} up, of {len(known)} models. Highest: {listed(pieces)}.", table)


def _named(known: pd.DataFrame) -> set[str]:
    """The models that are named in the plot: from its edges inwards, as long as names do not run into each other."""
    spans = {column: known[column].max() - known[column].min() or 1.0 for column in ("x", "y")}
    places = [
        ((row.x - known["x"].min()) / spans["x"], (row.y - known["y"].min()) / spans["y"], row.name)
        for row in rows_of(known)
    ]
    kept: list[tuple[float, float, str]] = []
    for x, y, name in sorted(places, key=lambda place: -max(abs(place[0] - 0.5), abs(place[1] - 0.5))):
        if all(abs(x - other[0]) > WIDE or abs(y - other[1]) > HIGH for other in kept):
            kept.append((x, y, name))
    return {name for _, _, name in kept[:NAMED]}


def _side(value: float, values: pd.Series) -> str:
    """On which side of its point a name has room."""
    return "middle left" if value > values.min() + 0.6 * (values.max() - values.min()) else "middle right"
