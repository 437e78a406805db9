"""Two models caption by caption, and how far apart they are in each metric."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dfec_explore.charts.chart import Chart, empty_chart, figure, show_legend
from dfec_explore.charts.frames import rows_of
from dfec_explore.charts.intervals import Point, points_figure
from dfec_explore.charts.palette import INK, UNSTATED, colour
from dfec_explore.charts.text import hover, listed, safe, short_name
from dfec_explore.charts.theme import SURFACES, Mode

SCATTER = 430
"""Height of the scatter, in pixels."""
MOST = 5000
"""Captions that are drawn as points of their own; of more, every so-manieth is."""


def caption_scatter(frame: pd.DataFrame, *, mode: Mode, first: str, second: str, metric: str) -> Chart:
    """One metric of each caption under two models; a click opens the caption.

    Args:
        frame: columns ``place``, ``id``, ``source``, ``title`` (of the source), ``first``, ``second``.
        mode: the theme of the page.
        first: name of the model across.
        second: name of the model up.
        metric: its title.
    """
    names = (f"{metric}: {first}", f"{metric}: {second}")
    table = pd.DataFrame(
        {"Id": frame["id"], "Source": frame["source"], names[0]: frame["first"], names[1]: frame["second"]}
    )
    known = frame.dropna(subset=["first", "second"])
    if known.empty:
        return empty_chart(mode, table, sentence="No caption has this metric under both models.")
    drawn = known.iloc[:: -(-len(known) // MOST)]
    fig = figure(mode, height=SCATTER)
    high = max(known["first"].max(), known["second"].max(), 0.01)
    line = {"color": SURFACES[mode].line, "width": 1.2, "dash": "dot"}
    fig.add_shape(type="line", x0=0, y0=0, x1=high, y1=high, line=line, layer="below")
    titles = []
    for source, rows in drawn.groupby("source", sort=True):
        titles.append(str(rows["title"].iloc[0]))
        fig.add_trace(
            go.Scatter(
                name=short_name(titles[-1], 24),
                x=rows["first"],
                y=rows["second"],
                mode="markers",
                marker={"size": 7, "opacity": 0.75, "color": colour("source", str(source), mode)},
                hovertext=[
                    hover(f"{row.title} {row.id}", f"{safe(first)} {row.first:.3f}", f"{safe(second)} {row.second:.3f}")
                    for row in rows_of(rows)
                ],
                hovertemplate="%{hovertext}<extra></extra>",
                customdata=[["place", str(row.place)] for row in rows_of(rows)],
            )
        )
    room = 0.04 * high
    for axis, name in ((fig.update_xaxes, first), (fig.update_yaxes, second)):
        axis(range=[-room, high + room], title={"text": f"{metric}: {short_name(name, 30)}"}, nticks=6)
    show_legend(fig, titles)
    better, worse = (known["second"] > known["first"]).sum(), (known["second"] < known["first"]).sum()
    alt = (
        f"Points, one for each of {len(known)} captions: {metric} of {first} across, of {second} up. {second} is "
        f"better in {better}, {first} in {worse}, {len(known) - better - worse} are equal."
    )
    return Chart(fig, alt, table)


def metric_differences(frame: pd.DataFrame, *, mode: Mode, first: str, second: str) -> Chart:
    """How far the second model is from the first, with 95 % intervals of the paired bootstrap.

    Args:
        frame: columns ``what`` (name of the row), ``title``, ``first``, ``second``, ``difference``, ``low``, ``high``,
            ``p``.
        mode: the theme of the page.
        first: name of the first model.
        second: name of the second.
    """
    table = pd.DataFrame(
        {
            "What": frame["title"],
            first: frame["first"],
            second if second != first else f"{second} (again)": frame["second"],
            "Difference": frame["difference"],
            "Interval (95 %) from": frame["low"],
            "Interval (95 %) to": frame["high"],
            "p": frame["p"],
        }
    )
    known = frame.dropna(subset=["difference", "low", "high"])
    if known.empty:
        return empty_chart(mode, table, sentence="Nothing can be compared.")
    fig = points_figure([_difference_point(row, mode, first, second) for row in rows_of(known)], mode)
    reach = max(0.02, *(abs(edge) for edge in [*known["low"], *known["high"]])) * 1.15
    fig.update_xaxes(
        range=[-reach, reach],
        title={"text": f"← {short_name(first, 16)} better · {short_name(second, 16)} better →"},
        nticks=7,
    )
    fig.add_vline(x=0, line={"color": SURFACES[mode].line, "width": 1, "dash": "dot"}, layer="below")
    pieces = [f"{row.title} {row.difference:+.3f} (p {_p(row.p)})" for row in rows_of(known)]
    alt = f"Points with 95 % intervals: {second} minus {first}: {listed(pieces)}."
    return Chart(fig, alt, table)


def _difference_point(row: Any, mode: Mode, first: str, second: str) -> Point:
    sure = row.low > 0 or row.high < 0
    return Point(
        row=str(row.what),
        label=safe(row.title),
        value=row.difference,
        low=row.low,
        high=row.high,
        hue=INK[mode] if sure else UNSTATED[mode],
        text=f"{row.difference:+.3f}" + ("" if sure else " n.s."),
        hover=hover(
            str(row.title),
            f"{safe(first)} {row.first:.3f}, {safe(second)} {row.second:.3f}",
            f"Difference {row.difference:+.3f}, 95 % interval {row.low:+.3f} to {row.high:+.3f}",
            f"p {_p(row.p)}, paired bootstrap",
        ),
        pick=[],
    )


def _p(value: float) -> str:
    return "under 0.001" if value < 0.001 else f"{value:.3f}"
