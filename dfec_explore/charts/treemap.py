"""Mentions of facial actions as areas within the areas of their regions."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from squarify import normalize_sizes, squarify

from dfec_explore.charts.actions import action_table
from dfec_explore.charts.bars import Bar, Series, bar_trace
from dfec_explore.charts.chart import Chart, empty_chart, figure
from dfec_explore.charts.frames import rows_of, sums, titles
from dfec_explore.charts.palette import colour, mixed, regions_in
from dfec_explore.charts.text import count, hover, listed, percent, safe, short_name
from dfec_explore.charts.theme import SURFACES, Mode

WIDTH, HEIGHT = 400, 600
"""The narrowest plot, in pixels, for which the areas are laid out; a wider one stretches them."""
HEAD = 20
"""Height of a region's name above its actions."""
PAD = 2
"""Between an area and the edge of its region."""
LEAST_HEAD = 44
"""Width of the narrowest region whose name is written."""
LETTER, LINE, EDGE = 5.8, 14, 7
"""Width of a letter, height of a line of text, and what plotly leaves free around it, in pixels."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A piece of the plot; ``y`` counts from the top."""

    x: float
    y: float
    width: float
    height: float

    def below_head(self) -> "Rectangle":
        """What a region leaves for its actions."""
        head = min(HEAD, self.height / 3)
        return Rectangle(self.x + PAD, self.y + head, self.width - 2 * PAD, self.height - head - PAD)


def tiles(sizes: Sequence[float], inside: Rectangle) -> list[Rectangle]:
    """Cut a rectangle into areas of these sizes (largest first), each as near to a square as can be.

    The squarified treemap of Bruls, Huizing and van Wijk (2000, Proceedings of VisSym, 33).
    """
    found = squarify(
        normalize_sizes(sizes, inside.width, inside.height), inside.x, inside.y, inside.width, inside.height
    )
    return [Rectangle(piece["x"], piece["y"], piece["dx"], piece["dy"]) for piece in found]


def action_treemap(frame: pd.DataFrame, *, mode: Mode) -> Chart:
    """Mentions of facial actions as areas within their regions; a click filters by the action.

    The areas are bars: Streamlit is told of no click on plotly's own treemap.

    Args:
        frame: ``query.vocabulary.action_counts``.
        mode: the theme of the page.
    """
    table = action_table(frame)
    if frame.empty:
        return empty_chart(mode, table)
    names = regions_in(titles(frame, "region", "region_title"))
    numbers, total = sums(frame, "region", "events"), int(frame["events"].sum())
    places = dict(zip(numbers, tiles(list(numbers.values()), Rectangle(0, 0, WIDTH, HEIGHT)), strict=True))
    fig = figure(mode, height=HEIGHT)
    for region, title in names.items():
        rows = frame[frame["region"] == region].sort_values("events", ascending=False, kind="stable")
        fig.add_trace(_actions(rows, Series(title, colour("region", region, mode), []), places[region], total, mode))
    fig.update_layout(
        shapes=[_ground(place, colour("region", region, mode), mode) for region, place in places.items()],
        annotations=[
            _name(place, names[region], numbers[region] / total, mode)
            for region, place in places.items()
            if place.width >= LEAST_HEAD and place.height >= 2 * HEAD
        ],
        margin={"l": 0, "r": 0, "t": 6, "b": 0, "pad": 0},
        barmode="overlay",
        uniformtext={"minsize": 10.5, "mode": "hide"},
    )
    fig.update_xaxes(visible=False, range=[0, WIDTH])
    fig.update_yaxes(visible=False, range=[HEIGHT, 0])
    pieces = [f"{names[region]} {percent(number / total)}" for region, number in list(numbers.items())[:3]]
    return Chart(fig, f"Areas: {count(total, 'mention')} of facial actions by region; most: {listed(pieces)}.", table)


def _actions(rows: pd.DataFrame, series: Series, region: Rectangle, total: int, mode: Mode) -> go.Bar:
    places = tiles(list(rows["events"]), region.below_head())
    bars = [_bar(row, place, total) for row, place in zip(rows_of(rows), places, strict=True)]
    return bar_trace(
        Series(series.name, series.colour, bars),
        mode,
        orientation="v",
        x=[place.x + place.width / 2 for place in places],
        width=[place.width for place in places],
        base=[place.y for place in places],
        y=[place.height for place in places],
        constraintext="inside",
    )


def _bar(row: Any, place: Rectangle, total: int) -> Bar:
    return Bar(
        row=row.action,
        length=row.events,
        label=_label(row.title, count(row.events), place),
        hover=hover(
            row.title,
            safe(row.region_title),
            f"{count(row.events, 'mention')}, {percent(row.events / total)} of all",
            f"In {count(row.captions, 'caption')}",
        ),
        pick=["action", row.action],
    )


def _label(title: str, number: str, place: Rectangle) -> str:
    """The name in lines that fit the area, with the number where there is room; plotly hides what is too long."""
    letters, most = max(1, int((place.width - EDGE) / LETTER)), max(1, int((place.height - EDGE) / LINE))
    # Where there are more lines than room, longer ones: a wider plot has the place for them.
    tried = (wrap(title, width, break_long_words=False) for width in range(letters, letters + len(title) + 1))
    lines = next(lines for lines in tried if len(lines) <= most)
    return "<br>".join([*(safe(line) for line in lines), *([number] if len(lines) < most else [])])


def _ground(place: Rectangle, hue: str, mode: Mode) -> dict[str, Any]:
    background = SURFACES[mode].background
    return {
        "type": "rect",
        "layer": "below",
        "x0": place.x,
        "x1": place.x + place.width,
        "y0": place.y,
        "y1": place.y + place.height,
        "fillcolor": mixed(background, hue, 0.2),
        "line": {"color": background, "width": 2},
    }


def _name(place: Rectangle, title: str, share: float, mode: Mode) -> dict[str, Any]:
    letters = int(place.width / LETTER)
    said = f"{title} {percent(share)}"
    return {
        "x": place.x,
        "y": place.y,
        "xanchor": "left",
        "yanchor": "top",
        "xshift": 3,
        "text": safe(said) if len(said) <= letters else short_name(title, letters),
        "showarrow": False,
        "font": {"color": SURFACES[mode].text, "size": 12},
    }
