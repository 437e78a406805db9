"""Which facial actions captions mention, as bars and as areas."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dfec_explore.charts.bars import Bar, Series, ranked
from dfec_explore.charts.chart import Chart, empty_chart, figure, share_axis
from dfec_explore.charts.frames import percents, rows_of, sums, titles
from dfec_explore.charts.palette import colour, ink_on, mixed, regions_in
from dfec_explore.charts.text import count, hover, listed, percent, safe, short_name, wrapped
from dfec_explore.charts.theme import SURFACES, Mode

LABEL = 30
"""Letters of an action's name."""


def action_shares(frame: pd.DataFrame, *, mode: Mode, limit: int | None = None) -> Chart:
    """Share of captions that mention each facial action, coloured by region; a click filters by the action.

    Args:
        frame: ``query.vocabulary.action_counts``.
        mode: the theme of the page.
        limit: bars at most; the table has all rows.
    """
    table = _action_table(frame)
    if frame.empty:
        return empty_chart(mode, table)
    top = frame.head(limit) if limit else frame
    regions = regions_in(titles(top, "region", "region_title"))
    series = [
        Series(
            title,
            colour("region", region, mode),
            [_action_bar(row) for row in rows_of(top[top["region"] == region])],
        )
        for region, title in regions.items()
    ]
    rows = {row.action: short_name(row.title, LABEL) for row in rows_of(top)}
    axis = share_axis(title="Captions that mention it", room=8)
    fig = ranked(series, rows, mode=mode, axis=axis, legend=True)
    return Chart(fig, _action_words(frame), table)


def _action_bar(row: Any) -> Bar:
    of = round(row.captions / row.share) if row.share else 0
    return Bar(
        row=row.action,
        length=100 * row.share,
        label=percent(row.share),
        hover=hover(
            row.title,
            f"{count(row.captions)} of {count(of, 'caption')}, {percent(row.share)}",
            count(row.events, "mention"),
            f"Related {safe(row.related_au)}, from the text, not FACS-coded" if row.related_au else "No related AU",
        ),
        pick=["action", row.action],
    )


def _action_table(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Action": frame["title"],
            "Region": frame["region_title"],
            "Related AU (from the text, not FACS-coded)": frame["related_au"],
            "Mentions": frame["events"],
            "Captions": frame["captions"],
            "Share of captions, %": percents(frame["share"]),
        }
    )


def _action_words(frame: pd.DataFrame) -> str:
    pieces = [f"{row.title} {percent(row.share)}" for row in rows_of(frame.head(3))]
    return (
        f"Bars: share of captions that mention each of {count(len(frame), 'facial action')}, coloured by region; "
        f"most: {listed(pieces)}."
    )


@dataclass(frozen=True, slots=True)
class _Area:
    id: str
    parent: str
    title: str
    events: int
    region: str
    pick: Sequence[str] = ()


def action_treemap(frame: pd.DataFrame, *, mode: Mode) -> Chart:
    """Mentions of facial actions as areas within their regions; a click on a region shows it alone.

    Streamlit is told of no click on a treemap; the marks carry the filter for other uses.

    Args:
        frame: ``query.vocabulary.action_counts``.
        mode: the theme of the page.
    """
    table = _action_table(frame)
    if frame.empty:
        return empty_chart(mode, table)
    regions, total = regions_in(titles(frame, "region", "region_title")), int(frame["events"].sum())
    numbers = sums(frame, "region", "events")
    areas = [_Area("all", "", f"All facial actions, {count(total, 'mention')}", total, "none")]
    areas += [_Area(f"region {region}", "all", title, numbers[region], region) for region, title in regions.items()]
    areas += [
        _Area(row.action, f"region {row.region}", row.title, row.events, row.region, ["action", row.action])
        for row in rows_of(frame)
    ]
    fig = figure(mode, height=560)
    fig.add_trace(_treemap_trace(areas, total, mode))
    fig.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0}, uniformtext={"minsize": 10, "mode": "hide"})
    pieces = [f"{regions[region]} {percent(number / total)}" for region, number in list(numbers.items())[:3]]
    return Chart(fig, f"Areas: {count(total, 'mention')} of facial actions by region; most: {listed(pieces)}.", table)


def _treemap_trace(areas: list[_Area], total: int, mode: Mode) -> go.Treemap:
    fills = [_area_fill(area, mode) for area in areas]
    return go.Treemap(
        ids=[area.id for area in areas],
        labels=[wrapped(area.title, 12, 3) if area.pick else safe(area.title) for area in areas],
        parents=[area.parent for area in areas],
        values=[area.events for area in areas],
        branchvalues="total",
        customdata=[list(area.pick) for area in areas],
        hovertext=[
            hover(area.title, f"{count(area.events, 'mention')}, {percent(area.events / total)} of all")
            for area in areas
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        texttemplate=["%{label}<br>%{value:,d}" if area.pick else "%{label}" for area in areas],
        textfont={"color": [ink_on(fill) for fill in fills], "size": 12.5},
        marker={
            "colors": fills,
            "line": {"color": SURFACES[mode].background, "width": 1},
            "cornerradius": 3,
            "pad": {"t": 22, "l": 2, "r": 2, "b": 2},
        },
        pathbar={"visible": False},
        tiling={"pad": 2},
    )


def _area_fill(area: _Area, mode: Mode) -> str:
    """Actions in the colour of their region, regions in a tint of it, the whole as the page."""
    background = SURFACES[mode].background
    if not area.parent:
        return background
    hue = colour("region", area.region, mode)
    return hue if area.pick else mixed(background, hue, 0.2)
