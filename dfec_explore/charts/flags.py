"""Flags of the checks: captions by check and by source, in the colours of their severities."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dfec_explore.charts.bars import Bar, Series, stacked
from dfec_explore.charts.chart import Chart, count_axis, empty_chart
from dfec_explore.charts.frames import rows_of, sums
from dfec_explore.charts.palette import SEVERITIES, colour
from dfec_explore.charts.text import count, hover, listed, safe, short_name
from dfec_explore.charts.theme import Mode
from dfec_explore.query.explorer import SEVERITY_TITLES

LABEL = 32
"""Letters of a row's label."""
NOTHING = "The checks found nothing in these captions."


def flags_by_check(frame: pd.DataFrame, *, mode: Mode, titles: Mapping[str, str]) -> Chart:
    """Captions flagged by each check, one piece for each severity; a click filters by both.

    Args:
        frame: ``query.flags.flag_counts``.
        mode: the theme of the page.
        titles: of the checks, by id.
    """
    return _chart(frame, "check", "flag", mode=mode, titles=titles)


def flags_by_source(frame: pd.DataFrame, *, mode: Mode, titles: Mapping[str, str]) -> Chart:
    """Flags by source, one piece for each severity; a click filters by both.

    Args:
        frame: ``query.flags.flag_counts``.
        mode: the theme of the page.
        titles: of the sources, by id.
    """
    return _chart(frame, "source", "source", mode=mode, titles=titles)


def _chart(frame: pd.DataFrame, by: str, key: str, *, mode: Mode, titles: Mapping[str, str]) -> Chart:
    numbers = pd.DataFrame(frame.groupby([by, "severity"], as_index=False, sort=False)["captions"].sum())
    numbers["title"] = [titles.get(str(value), str(value)) for value in numbers[by]]
    table = numbers[["title", by, "severity", "captions"]].rename(
        columns={"title": by.capitalize(), by: f"{by.capitalize()} id", "severity": "Severity", "captions": "Flags"}
    )
    if numbers.empty:
        return empty_chart(mode, table, sentence=NOTHING)
    totals = sums(numbers, by)
    series = [
        Series(
            SEVERITY_TITLES[severity],
            colour("severity", severity, mode),
            [_bar(row, by, key) for row in rows_of(numbers[numbers["severity"] == severity])],
        )
        for severity in SEVERITIES[mode]
        if severity in set(numbers["severity"])
    ]
    names = {value: titles.get(value, value) for value in totals}
    fig = stacked(
        series,
        {value: safe(short_name(name, LABEL)) for value, name in names.items()},
        mode=mode,
        axis=count_axis(max(totals.values()), title="Flags", room=0.12),
        totals={value: count(number) for value, number in totals.items()},
    )
    pieces = [f"{names[value]} {number:,}" for value, number in totals.items()]
    return Chart(fig, f"Stacked bars: flags by {by} and severity; {listed(pieces)}.", table)


def _bar(row: Any, by: str, key: str) -> Bar:
    value, severity, number = getattr(row, by), row.severity, int(row.captions)
    lines = (f"{SEVERITY_TITLES[severity]}: {count(number)} captions",)
    pick = [key, str(value), "severity", str(severity)]
    return Bar(str(value), number, hover(row.title, *lines), pick, count(number))
