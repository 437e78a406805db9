"""What the clips are like: length, size and rate by source; valence and arousal of clips that are labelled so."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dfec_explore.charts.bars import Bar, Series, stacked
from dfec_explore.charts.chart import Chart, count_axis, empty_chart, figure, show_legend
from dfec_explore.charts.frames import rows_of, sources, sums, texts, titles
from dfec_explore.charts.palette import colour
from dfec_explore.charts.text import count, hover, listed, safe
from dfec_explore.charts.theme import SURFACES, Mode

MEASURES: Mapping[str, tuple[str, str]] = {
    "duration": ("Duration", "duration"),
    "resolution": ("Resolution", "size of the picture"),
    "frame_rate": ("Frames/s", "frames a second"),
}
"""Each measure as the head of a column and inside a sentence."""
NO_CLIPS = "No clip of these captions has been opened yet."
NO_LABELS = "None of these captions has a clip that is labelled with valence and arousal."
PLANE = 430


def clips_by(frame: pd.DataFrame, *, mode: Mode, measure: str) -> Chart:
    """Captions by what their clip is like, a row for each value, pieces by source; a click filters by the source.

    Args:
        frame: ``query.clip_health.distribution``.
        mode: the theme of the page.
        measure: ``duration``, ``resolution`` or ``frame_rate``.
    """
    head, words = MEASURES[measure]
    table = pd.DataFrame({head: frame["value"], **sources(frame), "Captions": frame["captions"]})
    if frame.empty:
        return empty_chart(mode, table, sentence=NO_CLIPS)
    ordered = list(dict.fromkeys(texts(frame.sort_values("place", kind="stable")["value"])))
    numbers = sums(frame, "value")
    series = [
        Series(
            title,
            colour("source", source, mode),
            [_bar(row, numbers[row.value]) for row in rows_of(frame[frame["source"] == source])],
        )
        for source, title in sorted(titles(frame, "source", "title").items())
    ]
    fig = stacked(
        series,
        {value: safe(value) for value in ordered},
        mode=mode,
        axis=count_axis(max(numbers.values()), title="Captions", room=0.12),
        totals={value: count(number) for value, number in numbers.items()},
    )
    top = [f"{value} {count(number)}" for value, number in list(numbers.items())[:3]]
    alt = f"Bars: {words} of the clips of {count(sum(numbers.values()), 'caption')}; most: {listed(top)}."
    return Chart(fig, alt, table)


def _bar(row: Any, of: int) -> Bar:
    whole = "" if row.captions == of else f" of {count(of)}"
    return Bar(
        row=row.value,
        length=row.captions,
        hover=hover(row.value, f"{safe(row.title)}: {count(row.captions, 'caption')}{whole}"),
        pick=["source", row.source],
    )


def valence_arousal(frame: pd.DataFrame, *, mode: Mode) -> Chart:
    """The plane of valence and arousal, a point for each clip at the means of its frames.

    Args:
        frame: ``query.clip_labels.valence_arousal``.
        mode: the theme of the page.
    """
    names = {"sample": "Sample", "valence": "Valence, mean", "arousal": "Arousal, mean", "frames": "Frames"}
    table = frame[list(names)].rename(columns=names)
    if frame.empty:
        return empty_chart(mode, table, sentence=NO_LABELS)
    fig = figure(mode, height=PLANE)
    for source, title in sorted(titles(frame, "source", "title").items()):
        own = frame[frame["source"] == source]
        fig.add_trace(
            go.Scatter(
                x=own["valence"],
                y=own["arousal"],
                mode="markers",
                name=safe(title),
                marker={
                    "size": 9,
                    "opacity": 0.65,
                    "color": colour("source", source, mode),
                    "line": {"color": SURFACES[mode].background, "width": 1},
                },
                customdata=[["source", source]] * len(own),
                hovertext=[
                    hover(safe(row.sample), f"valence {row.valence:+.1f}, arousal {row.arousal:+.1f}")
                    for row in rows_of(own)
                ],
                hovertemplate="%{hovertext}<extra></extra>",
            )
        )
    line = SURFACES[mode].line
    fig.update_xaxes(
        title_text="Valence: unpleasant to pleasant", range=[-10.5, 10.5], zeroline=True, zerolinecolor=line
    )
    fig.update_yaxes(title_text="Arousal: calm to excited", range=[-10.5, 10.5], zeroline=True, zerolinecolor=line)
    show_legend(fig, sorted(set(texts(frame["title"]))), shown=frame["source"].nunique() > 1)
    alt = (
        f"Points: mean valence and arousal of {count(len(frame), 'clip')}, each from -10 to 10; "
        f"means {frame['valence'].mean():+.1f} and {frame['arousal'].mean():+.1f}."
    )
    return Chart(fig, alt, table)
