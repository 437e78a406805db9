"""What differs between two versions of a file, by source."""

from collections.abc import Mapping

import pandas as pd

from dfec_explore.charts.bars import Bar, Series, stacked
from dfec_explore.charts.chart import Chart, count_axis, empty_chart
from dfec_explore.charts.palette import HUES
from dfec_explore.charts.text import count, hover, listed, short_name, title_of
from dfec_explore.charts.theme import Mode


def changes_by_source(frame: pd.DataFrame, *, kinds: Mapping[str, str], mode: Mode) -> Chart:
    """Changes of each source by their kind, as stacked bars.

    Args:
        frame: columns ``source``, ``title`` (of the source), ``kind`` and ``records``.
        kinds: how the kinds are named, in the order of the bars.
        mode: the theme of the page.
    """
    table = pd.DataFrame(
        {
            "Source": frame["title"],
            "Source id": frame["source"],
            "Change": [kinds[kind] for kind in frame["kind"]],
            "Records": frame["records"],
        }
    )
    if frame.empty:
        return empty_chart(mode, table, sentence="Nothing differs.")
    totals = frame.groupby("source", sort=False)["records"].sum().sort_values(ascending=False, kind="stable")
    names = dict(zip(frame["source"], frame["title"], strict=True))
    rows = {str(source): short_name(names[source], 26) for source in totals.index}
    series = []
    for place, (kind, title) in enumerate(kinds.items()):
        chosen = frame[frame["kind"] == kind]
        bars = [
            Bar(source, number, hover(names[source], f"{count(number, 'record')}: {title}"), [], count(number))
            for source, number in zip(chosen["source"], chosen["records"], strict=True)
        ]
        if bars:
            series.append(Series(title_of(title), HUES[mode][place % len(HUES[mode])], bars))
    axis = count_axis(int(totals.max()), title="Changes", room=0.2)
    ends = {str(source): count(number) for source, number in totals.items()}
    fig = stacked(series, rows, mode=mode, axis=axis, totals=ends)
    pieces = [f"{names[source]} {count(number)}" for source, number in totals.items()]
    return Chart(fig, f"Stacked bars: changes by source and kind: {listed(pieces)}.", table)
