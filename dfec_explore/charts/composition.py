"""What a dataset is made of: captions by source and part, and against the plan."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dfec_explore.charts.bars import TINTS, Bar, Series, bar_trace, end_label, ranked
from dfec_explore.charts.chart import AXIS, ROW, Chart, count_axis, empty_chart, figure, rows_axis
from dfec_explore.charts.frames import percents, rows_of, sources, sums, texts, titles
from dfec_explore.charts.palette import INK, colour, mixed
from dfec_explore.charts.text import count, hover, listed, percent, safe, short_name, title_of
from dfec_explore.charts.theme import SURFACES, Mode

LABEL = 26
"""Letters of a row's label."""


def captions_by_source(frame: pd.DataFrame, *, mode: Mode, planned: Mapping[str, int] | None = None) -> Chart:
    """Captions of each source, the parts side by side, with a quiet outline where a number is planned.

    Args:
        frame: ``query.composition.by_source``.
        mode: the theme of the page.
        planned: planned captions by source id (over all parts); a planned source without captions has a row too.
    """
    plan = dict(planned or {})
    table = _source_table(frame, plan)
    if frame.empty:
        return empty_chart(mode, table)
    numbers, names = sums(frame, "source"), titles(frame, "source", "title")
    rows = {source: short_name(names.get(source, title_of(source)), LABEL) for source in [*numbers, *plan]}
    parts = texts(frame["part"].drop_duplicates())
    fig = figure(mode, height=round(ROW * len(rows) * max(1, 0.75 * len(parts))) + AXIS)
    for place, part in enumerate(parts):
        bars = _part_bars(frame[frame["part"] == part], plan, len(parts))
        fig.add_trace(_part_trace(Series(part, INK[mode], bars), place, mode))
    places = {source: list(rows).index(source) for source in plan}
    fig.update_layout(
        shapes=[_outline(places[source], number, mode) for source, number in plan.items()],
        annotations=[
            end_label(places[source], number, f"0 of {count(number)} planned", mode)
            for source, number in plan.items()
            if source not in numbers
        ],
    )
    longest = max(frame["captions"].max(), *plan.values(), 0)
    fig.update_layout(barmode="group", bargap=0.22, bargroupgap=0.06)
    rows_axis(fig, list(rows), list(rows.values()))
    room = 0.42 if longest in plan.values() else 0.2
    fig.update_xaxes(**count_axis(longest, title="Captions", room=room))
    return Chart(fig, _source_words(numbers, plan, names), table)


def _part_bars(frame: pd.DataFrame, plan: Mapping[str, int], parts: int) -> list[Bar]:
    bars = []
    for row in rows_of(frame):
        label = f"{count(row.captions)} {safe(row.part)}" if parts > 1 else count(row.captions)
        if parts == 1 and row.source in plan:
            label += f" of {count(plan[row.source])} planned"
        share = f"{percent(row.share)} of the part “{safe(row.part)}”"
        pick = ["source", row.source, *(["part", row.part] if parts > 1 else [])]
        bars.append(Bar(row.source, row.captions, hover(row.title, count(row.captions, "caption"), share), pick, label))
    return bars


def _part_trace(series: Series, place: int, mode: Mode) -> go.Bar:
    """The bars of one part, in the colours of the sources; later parts are paler inside the same edge."""
    hues = [colour("source", bar.row, mode) for bar in series.bars]
    tint = TINTS[min(place, len(TINTS) - 1)]
    fills = [mixed(SURFACES[mode].background, hue, tint) for hue in hues]
    label = {"color": SURFACES[mode].text, "size": 12.5}
    trace = bar_trace(series, mode, textposition="outside", outsidetextfont=label)
    trace.marker = {"color": fills, "line": {"color": hues, "width": 1}}
    return trace


def _outline(place: int, planned: int, mode: Mode) -> dict[str, Any]:
    """A dotted box from 0 to what is planned on the row with this number."""
    line = {"color": SURFACES[mode].line, "width": 1, "dash": "dot"}
    box = {"x0": 0, "x1": planned, "y0": place - 0.39, "y1": place + 0.39}
    return {"type": "rect", "layer": "below", "line": line} | box


def _source_table(frame: pd.DataFrame, plan: Mapping[str, int]) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "Part": frame["part"],
            **sources(frame),
            "Captions": frame["captions"],
            "Share of the part, %": percents(frame["share"]),
        }
    )
    return table.assign(**{"Planned for the source": frame["source"].map(plan)}) if plan else table


def _source_words(numbers: Mapping[str, int], plan: Mapping[str, int], names: Mapping[str, str]) -> str:
    pieces = [f"{names[source]} {count(number)}" for source, number in numbers.items()]
    total = count(sum(numbers.values()), "caption")
    words = f"Bars: {total} in {count(len(numbers), 'source')}: {listed(pieces)}."
    waiting = [f"{count(number)} of {title_of(source)}" for source, number in plan.items() if source not in numbers]
    return f"{words} Planned, none there yet: {listed(waiting)}." if waiting else words


def captions_against_plan(frame: pd.DataFrame, *, mode: Mode, planned: Mapping[str, int]) -> Chart:
    """Captions of each part in front of an outline of what is planned.

    Args:
        frame: any table with ``part`` and ``captions``, such as ``query.composition.by_source``.
        mode: the theme of the page.
        planned: planned captions by part, in the order of the rows.
    """
    numbers = sums(frame, "part") if len(frame) else {}
    rows = {part: short_name(title_of(part), LABEL) for part in [*planned, *numbers]}
    said = {part: _of_plan(numbers.get(part, 0), planned.get(part)) for part in rows}
    bars = [
        Bar(part, numbers.get(part, 0), hover(title_of(part), said[part]), ["part", part] if part in numbers else [])
        for part in rows
    ]
    axis = count_axis(max([*planned.values(), *numbers.values(), 1]), title="Captions", room=0.5)
    fig = ranked([Series("Captions", INK[mode], bars)], rows, mode=mode, axis=axis)
    places = list(enumerate(rows))
    ends = {part: max(numbers.get(part, 0), planned.get(part, 0)) for part in rows}
    fig.update_layout(
        shapes=[_outline(place, planned[part], mode) for place, part in places if part in planned],
        annotations=[end_label(place, ends[part], said[part], mode) for place, part in places],
    )
    table = pd.DataFrame(
        {
            "Part": [title_of(part) for part in rows],
            "Captions": [numbers.get(part, 0) for part in rows],
            "Planned": [planned.get(part) for part in rows],
        }
    ).astype({"Planned": "Int64"})
    pieces = [f"{title_of(part)} {words}" for part, words in said.items()]
    return Chart(fig, f"Bars: captions against the plan: {listed(pieces)}.", table)


def _of_plan(number: int, planned: int | None) -> str:
    return f"{count(number)} of {count(planned)} planned" if planned else count(number, "caption")
