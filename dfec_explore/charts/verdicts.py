"""What reviewers said, in one line."""

import pandas as pd

from dfec_explore.charts.bars import Bar, Series, stacked
from dfec_explore.charts.chart import Chart, empty_chart
from dfec_explore.charts.palette import VERDICTS, colour
from dfec_explore.charts.text import count, hover, listed, percent
from dfec_explore.charts.theme import Mode
from dfec_explore.query.explorer import VERDICT_TITLES

LINE = "all"
"""The name of the only row."""
UNUSED = 22
"""Height that the axis would take, in pixels: the line has none."""


def verdict_bar(frame: pd.DataFrame, *, mode: Mode) -> Chart:
    """Captions by verdict as one line; what is not judged yet is hatched. A click filters by the verdict.

    Args:
        frame: columns ``verdict`` (as in the filter: ``accept``, ..., ``disputed``, ``none``) and ``captions``.
        mode: the theme of the page.
    """
    numbers = {str(verdict): int(n) for verdict, n in zip(frame["verdict"], frame["captions"], strict=True) if n}
    order = [verdict for verdict in dict.fromkeys([*VERDICTS["light"], *sorted(numbers)]) if verdict in numbers]
    titles = {verdict: VERDICT_TITLES.get(verdict, verdict).capitalize() for verdict in order}
    table = pd.DataFrame({"Verdict": list(titles.values()), "Captions": [numbers[verdict] for verdict in order]})
    total = sum(numbers.values())
    if not total:
        return empty_chart(mode, table)
    series = [_series(verdict, title, numbers[verdict], total, mode) for verdict, title in titles.items()]
    fig = stacked(series, {LINE: ""}, mode=mode, axis={"visible": False, "range": [0, 1.003 * total]}, totals={})
    fig.update_yaxes(visible=False)
    fig.update_layout(height=fig.layout.height - UNUSED, bargap=0.1)
    pieces = [f"{title.lower()} {count(numbers[verdict])}" for verdict, title in titles.items()]
    return Chart(fig, f"One bar: verdicts on {count(total, 'caption')}: {listed(pieces)}.", table)


def _series(verdict: str, title: str, number: int, total: int, mode: Mode) -> Series:
    words = hover(title, f"{count(number, 'caption')}, {percent(number / total)}")
    bar = Bar(LINE, number, words, ["verdict", verdict], count(number))
    return Series(f"{title} {count(number)}", colour("verdict", verdict, mode), [bar], hatched=verdict == "none")
