"""The words of captions as bars: openings, phrases and terms."""

from typing import Any

import pandas as pd

from dfec_explore.charts.bars import Bar, Series, end_label, ranked
from dfec_explore.charts.chart import AXIS, Chart, count_axis, empty_chart
from dfec_explore.charts.frames import percents, rows_of
from dfec_explore.charts.palette import INK
from dfec_explore.charts.text import count, hover, listed, percent, short
from dfec_explore.charts.theme import Mode

TEXT_ROW = 44
"""Height of a bar with a line of text above it, in pixels."""
TEXT_LETTERS = 74
"""Letters of that line, for the narrowest plot; the whole text is in the hover label."""


def openings(frame: pd.DataFrame, *, mode: Mode) -> Chart:
    """How captions begin: the text above its bar; a click filters by the opening.

    Args:
        frame: ``query.wording.openings``.
        mode: the theme of the page.
    """
    table = pd.DataFrame(
        {
            "Opening": frame["opening"],
            "Captions": frame["captions"],
            "Share of captions, %": percents(frame["share"]),
        }
    )
    labels = [f"{count(row.captions)} ({percent(row.share)})" for row in rows_of(frame)]
    return _text_bars(frame, table, labels, mode=mode, key="opening", what="the most frequent openings of captions")


def phrases(frame: pd.DataFrame, *, mode: Mode) -> Chart:
    """Phrases that captions share: the text above its bar; a click filters by the phrase.

    Args:
        frame: ``query.wording.phrases``.
        mode: the theme of the page.
    """
    table = pd.DataFrame({"Phrase": frame["phrase"], "Captions": frame["captions"], "Times": frame["times"]})
    labels = [count(row.captions) for row in rows_of(frame)]
    return _text_bars(frame, table, labels, mode=mode, key="phrase", what="the most frequent phrases")


def terms(frame: pd.DataFrame, *, mode: Mode, limit: int = 25) -> Chart:
    """Content words by the captions that have them; a click filters by the word.

    Args:
        frame: ``query.wording.terms``.
        mode: the theme of the page.
        limit: bars at most; the table has all rows.
    """
    table = pd.DataFrame({"Word": frame["term"], "Captions": frame["captions"], "Times": frame["times"]})
    if frame.empty:
        return empty_chart(mode, table)
    top = frame.head(limit)
    bars = [
        Bar(
            row.term,
            row.captions,
            hover(row.term, f"In {count(row.captions, 'caption')}", f"{count(row.times)} times in all"),
            ["term", row.term],
            count(row.captions),
        )
        for row in rows_of(top)
    ]
    axis = count_axis(top["captions"].max(), title="Captions with the word")
    rows = {bar.row: short(bar.row, 26) for bar in bars}
    fig = ranked([Series("Captions", INK[mode], bars)], rows, mode=mode, axis=axis)
    return Chart(fig, _words(top, "term", "captions by the words that they have"), table)


def wordings(frame: pd.DataFrame, *, mode: Mode, limit: int = 15) -> Chart:
    """The words that captions use for one action, with the most frequent quote in the hover label.

    Args:
        frame: ``query.variants.variants``.
        mode: the theme of the page.
        limit: bars at most; the table has all rows, the sentence says what is left out.
    """
    table = pd.DataFrame(
        {
            "Wording": frame["wording"],
            "Mentions": frame["events"],
            "Share of mentions, %": percents(frame["share"].astype(float)),
            "Different quotes": frame["quotes"],
            "Most frequent quote": frame["example"],
        }
    )
    if frame.empty:
        return empty_chart(mode, table, sentence="No selected caption mentions this action.")
    top = frame.head(limit)
    bars = [
        Bar(
            row.wording,
            row.events,
            hover(row.wording, count(row.events, "mention"), f"Most often “{short(row.example, 60)}”"),
            [],
            f"{count(row.events)} ({percent(row.share)})",
        )
        for row in rows_of(top)
    ]
    axis = count_axis(top["events"].max(), title="Mentions", room=0.25)
    rows = {bar.row: short(bar.row, 30) for bar in bars}
    fig = ranked([Series("Mentions", INK[mode], bars)], rows, mode=mode, axis=axis)
    left_out = len(frame) - len(top)
    words = _words(top.rename(columns={"events": "captions"}), "wording", "the words that captions use for the action")
    return Chart(fig, words + (f" Not drawn: {count(left_out)} rarer." if left_out else ""), table)


def _text_bars(
    frame: pd.DataFrame, table: pd.DataFrame, labels: list[str], *, mode: Mode, key: str, what: str
) -> Chart:
    if frame.empty:
        return empty_chart(mode, table)
    bars = [_text_bar(row, key, label) for row, label in zip(rows_of(frame), labels, strict=True)]
    axis = count_axis(frame["captions"].max(), title="Captions", room=0.22)
    fig = ranked([Series("Captions", INK[mode], bars)], {bar.row: "" for bar in bars}, mode=mode, axis=axis)
    fig.update_layout(height=TEXT_ROW * len(bars) + AXIS, bargap=0.68)
    fig.update_yaxes(showticklabels=False, range=[len(bars) - 0.6, -0.85])
    fig.update_layout(annotations=[_text_above(place, bar.row, mode) for place, bar in enumerate(bars)])
    return Chart(fig, _words(frame, key, what), table)


def _text_above(place: int, text: str, mode: Mode) -> dict[str, Any]:
    return end_label(place, 0, short(text, TEXT_LETTERS), mode) | {
        "y": place - 0.16,
        "yanchor": "bottom",
        "xshift": -4,
        "align": "left",
    }


def _text_bar(row: Any, key: str, label: str) -> Bar:
    text = str(getattr(row, key))
    times = f"{count(row.times)} times in all" if hasattr(row, "times") else ""
    return Bar(text, row.captions, hover(text, count(row.captions, "caption"), times), [key, text], label)


def _words(frame: pd.DataFrame, key: str, what: str) -> str:
    pieces = [f"“{getattr(row, key)}” {count(row.captions)}" for row in rows_of(frame.head(3))]
    return f"Bars: {what}; most: {listed(pieces)}."
