"""When captions mention the regions of the face, and how they qualify actions."""

from collections.abc import Mapping
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go

from dfec_explore.charts.bars import Bar, Series, bar_trace, ranked
from dfec_explore.charts.chart import Chart, empty_chart, figure, share_axis
from dfec_explore.charts.frames import percents, rows_of, sums, texts, titles
from dfec_explore.charts.palette import INK, UNSTATED, colour, regions_in
from dfec_explore.charts.text import count, hover, listed, percent, safe, short_name, title_of
from dfec_explore.charts.theme import Mode
from dfec_explore.query import NOT_STATED

Modifier = Literal["direction", "side", "intensity"]

PHASE_TITLES = {
    "begin": "Beginning",
    "progress": "Progress",
    "middle": "Middle",
    "end": "End",
    "rest": "Rest",
    "none": "No phase",
}
NO_PHASE = "none"
LABEL = 30
"""Letters of a modifier."""


def regions_by_phase(frame: pd.DataFrame, *, mode: Mode) -> Chart:
    """Which regions captions speak of in each phase of the clip, as shares; a click filters by the phase.

    Args:
        frame: ``query.vocabulary.regions_by_phase``.
        mode: the theme of the page.
    """
    table = pd.DataFrame(
        {
            "Phase": [PHASE_TITLES.get(phase, phase) for phase in texts(frame["phase"])],
            "Region": frame["region_title"],
            "Mentions": frame["events"],
            "Share of the phase, %": percents(frame["share"]),
        }
    )
    if frame.empty:
        return empty_chart(mode, table)
    phases = texts(frame["phase"].drop_duplicates())
    numbers = sums(frame, "phase", "events")
    fig = figure(mode, height=360)
    for region, title in regions_in(titles(frame, "region", "region_title")).items():
        rows = frame[frame["region"] == region]
        bars = [_phase_bar(row, numbers[row.phase]) for row in rows_of(rows)]
        series = Series(title, colour("region", region, mode), bars)
        fig.add_trace(
            bar_trace(series, mode, orientation="v", x=[bar.row for bar in bars], y=[bar.length for bar in bars])
        )
    fig.update_layout(barmode="stack", bargap=0.3)
    fig.update_xaxes(**_phase_axis(phases, numbers))
    fig.update_yaxes(**share_axis(title="Mentions in the phase", room=1))
    _legend_beside(fig)
    return Chart(fig, _phase_words(frame), table)


def _phase_axis(phases: list[str], numbers: Mapping[str, int]) -> dict[str, Any]:
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": phases,
        "tickvals": phases,
        "ticktext": [f"{safe(PHASE_TITLES.get(phase, phase))}<br>{count(numbers[phase])}" for phase in phases],
        "tickangle": 0,
        "tickfont": {"size": 11.5},
        "showgrid": False,
        "title": {"text": "Phase of the clip, and its mentions"},
    }


def _legend_beside(fig: go.Figure) -> None:
    """The legend right of stacked columns, in the order of the pieces."""
    fig.update_layout(
        showlegend=True,
        legend={
            "orientation": "v",
            "traceorder": "reversed",
            "xref": "paper",
            "yref": "paper",
            "x": 1.02,
            "y": 0.5,
            "yanchor": "middle",
        },
    )


def _phase_bar(row: Any, of: int) -> Bar:
    title = PHASE_TITLES.get(row.phase, row.phase)
    return Bar(
        row=row.phase,
        length=100 * row.share,
        label=percent(row.share) if row.share >= 0.05 else "",
        hover=hover(
            f"{row.region_title}, {title.lower()}",
            f"{count(row.events)} of {count(of, 'mention')}, {percent(row.share)}",
        ),
        pick=[] if row.phase == NO_PHASE else ["phase", row.phase],
    )


def _phase_words(frame: pd.DataFrame) -> str:
    top = frame.sort_values("share", ascending=False).drop_duplicates("phase")
    largest = {row.phase: f"{row.region_title} {percent(row.share)}" for row in rows_of(top)}
    pieces = [
        f"{PHASE_TITLES.get(phase, phase).lower()} {largest[phase]}" for phase in dict.fromkeys(texts(frame["phase"]))
    ]
    return f"Stacked bars: regions by phase of the clip; the largest in each: {listed(pieces)}."


def modifiers(frame: pd.DataFrame, *, mode: Mode, attribute: Modifier, limit: int = 12) -> Chart:
    """How actions are qualified: the share of mentions with each direction, side or intensity.

    Args:
        frame: ``query.vocabulary.modifiers`` for the attribute.
        mode: the theme of the page.
        attribute: names the axis.
        limit: bars at most, beside the one of what is not stated; the sentence says what is left out.
    """
    table = pd.DataFrame(
        {
            attribute.capitalize(): [title_of(value) for value in texts(frame["value"])],
            "Mentions": frame["events"],
            "Share of mentions, %": percents(frame["share"]),
        }
    )
    if frame.empty:
        return empty_chart(mode, table)
    stated = frame[frame["value"] != NOT_STATED].head(limit)
    unstated = frame[frame["value"] == NOT_STATED]
    series = [
        Series("Stated", INK[mode], [_modifier_bar(row) for row in rows_of(stated)]),
        Series("Not stated", UNSTATED[mode], [_modifier_bar(row) for row in rows_of(unstated)], hatched=True),
    ]
    rows = {value: short_name(title_of(value), LABEL) for value in texts(pd.concat([stated, unstated])["value"])}
    fig = ranked(series, rows, mode=mode, axis=share_axis(title=f"Mentions with this {attribute}", room=30))
    pieces = [f"{title_of(row.value).lower()} {percent(row.share)}" for row in rows_of(frame.head(4))]
    words = f"Bars: {attribute} of {count(frame['events'].sum(), 'mention')}; most: {listed(pieces)}."
    left_out = len(frame) - len(rows)
    return Chart(fig, words + (f" Not drawn: {count(left_out)} rarer." if left_out else ""), table)


def _modifier_bar(row: Any) -> Bar:
    return Bar(
        row=row.value,
        length=100 * row.share,
        label=f"{percent(row.share)} ({count(row.events)})",
        hover=hover(title_of(row.value), f"{count(row.events, 'mention')}, {percent(row.share)}"),
        pick=[],
    )
