"""Which share of each source's captions mentions a facial action, as a table of colours, and how sources differ."""

from typing import Any

import pandas as pd

from dfec_explore.charts.chart import Chart, empty_chart
from dfec_explore.charts.frames import percents, rows_of, sources, sums, titles
from dfec_explore.charts.grid import Cell, diverging, grid, is_crowded, sequential
from dfec_explore.charts.text import count, hover, listed, percent, short_name
from dfec_explore.charts.theme import Mode

LABEL = 30
"""Letters of an action's name."""
FULL_POINTS = 0.4
"""Difference of shares that has the full colour."""
NO_CONTRAST = "There is no other source to compare with."


def action_heatmap(frame: pd.DataFrame, *, mode: Mode, limit: int = 20) -> Chart:
    """Share of each source's captions that mention an action, as numbers on colour; a click filters by both.

    Args:
        frame: ``query.vocabulary.action_shares_by_source``.
        mode: the theme of the page.
        limit: actions at most, those in the most captions; the table has all rows.
    """
    table = _heatmap_table(frame)
    if frame.empty:
        return empty_chart(mode, table)
    rows = _top_rows(frame, limit)
    cells = [_share_cell(row, mode) for row in rows_of(frame) if row.action in rows]
    below = "Captions that mention it, % of the source's captions"
    fig = grid(cells, rows, _source_heads(frame), mode=mode, below=below)
    return Chart(fig, _heatmap_words(frame), table)


def _top_rows(frame: pd.DataFrame, limit: int) -> dict[str, str]:
    names = titles(frame, "action", "title")
    return {action: short_name(names[action], LABEL) for action in list(sums(frame, "action"))[:limit]}


def _source_heads(frame: pd.DataFrame) -> dict[str, str]:
    """The sources with their numbers, where there is room."""
    columns = rows_of(frame.drop_duplicates("source").sort_values("source_title"))
    if is_crowded(len(columns)):
        return {row.source: short_name(row.source_title, 13) for row in columns}
    return {row.source: f"{short_name(row.source_title, 14)}<br>{count(row.of)}" for row in columns}


def _heatmap_table(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Action": frame["title"],
            **sources(frame, "source_title"),
            "Captions that mention it": frame["captions"],
            "Captions of the source": frame["of"],
            "Share, %": percents(frame["share"]),
        }
    )


def _share_cell(row: Any, mode: Mode) -> Cell:
    number = percent(row.share).removesuffix(" %").replace("under ", "&lt;")
    words = f"{count(row.captions)} of {count(row.of, 'caption')}, {percent(row.share)}"
    return Cell(
        row=row.action,
        column=row.source,
        fill=sequential(row.share, mode),
        label=number,
        hover=hover(f"{row.title}, {row.source_title}", words),
        pick=["source", row.source, "action", row.action],
    )


def _heatmap_words(frame: pd.DataFrame) -> str:
    numbers, names = sums(frame, "action"), titles(frame, "action", "title")
    first = next(iter(numbers))
    cells = rows_of(frame[frame["action"] == first].sort_values("share", ascending=False))
    pieces = [f"{row.source_title} {percent(row.share)}" for row in cells]
    return (
        f"Table of colours: share of captions that mention each of {count(len(numbers), 'facial action')} in each of "
        f"{count(len(cells), 'source')}; {names[first]}: {listed(pieces)}."
    )


def source_contrast(frame: pd.DataFrame, *, mode: Mode, limit: int = 20) -> Chart:
    """Each source against all others, in percentage points; a dot marks what holds; a click filters by both.

    Args:
        frame: ``query.contrast.sources_against_rest``.
        mode: the theme of the page.
        limit: actions at most, those in the most captions; the table has all rows.
    """
    table = _contrast_table(frame)
    if frame.empty:
        return empty_chart(mode, table, sentence=NO_CONTRAST)
    rows = _top_rows(frame, limit)
    cells = [_contrast_cell(row, mode) for row in rows_of(frame) if row.action in rows]
    below = "Percentage points above (+) or below (−) all other sources; • holds"
    fig = grid(cells, rows, _source_heads(frame), mode=mode, below=below)
    return Chart(fig, _contrast_words(frame), table)


def points(share: float, decimals: int = 0) -> str:
    """A difference of shares in percentage points, with its sign: ``+13``, ``−8``, ``0``."""
    value = f"{100 * share:+.{decimals}f}".replace("-", "−")
    return value.lstrip("+−") if not value.strip("+−0.") else value


def _contrast_cell(row: Any, mode: Mode) -> Cell:
    verdict = "holds" if row.holds else "does not hold"
    chance = "p under 0.0001" if row.adjusted < 0.0001 else f"p {row.adjusted:.2g}"
    return Cell(
        row=row.action,
        column=row.source,
        fill=diverging(row.difference / FULL_POINTS, mode),
        label=f"{points(row.difference)}{' •' if row.holds else ''}",
        hover=hover(
            f"{row.title}, {row.source_title}",
            f"{percent(row.share)} ({count(row.captions)} of {count(row.of)}), "
            f"all others {percent(row.others / row.others_of)} ({count(row.others)} of {count(row.others_of)})",
            f"{points(row.difference, 1)} points, 95 % interval {points(row.low, 1)} to {points(row.high, 1)}",
            f"Fisher's exact test, adjusted {chance}: {verdict}",
        ),
        pick=["source", row.source, "action", row.action],
    )


def _contrast_table(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Action": frame["title"],
            **sources(frame, "source_title"),
            "Captions that mention it": frame["captions"],
            "Captions of the source": frame["of"],
            "Other captions that mention it": frame["others"],
            "Captions of the other sources": frame["others_of"],
            "Difference, percentage points": percents(frame["difference"].astype(float)),
            "Interval (95 %) from, points": percents(frame["low"].astype(float)),
            "Interval (95 %) to, points": percents(frame["high"].astype(float)),
            "P (Fisher's exact test)": frame["p"],
            "P adjusted (Benjamini-Hochberg)": frame["adjusted"],
            "Holds at 5 %": frame["holds"],
        }
    )


def _contrast_words(frame: pd.DataFrame) -> str:
    holding = frame[frame["holds"].astype(bool)]
    largest = holding.reindex(holding["difference"].abs().sort_values(ascending=False).index).head(3)
    pieces = [f"{row.title} in {row.source_title} {points(row.difference)} points" for row in rows_of(largest)]
    words = (
        f"Table of colours: each of {count(frame['source'].nunique(), 'source')} against all others, in percentage "
        f"points of captions; {count(len(holding))} of {count(len(frame), 'difference')} hold after Benjamini-Hochberg"
    )
    return f"{words}; largest: {listed(pieces)}." if pieces else f"{words}."
