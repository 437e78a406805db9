"""What the paths of clips say - emotion, split, scenario, actor - and for how many captions they say nothing."""

from collections.abc import Mapping
from typing import Any, Literal

import pandas as pd

from dfec_explore.charts.bars import Bar, Series, stacked
from dfec_explore.charts.chart import Chart, count_axis, empty_chart
from dfec_explore.charts.frames import rows_of, sources, sums, texts, titles
from dfec_explore.charts.palette import EMOTIONS, SPLITS, colour
from dfec_explore.charts.text import count, hover, listed, percent, safe, short_name, title_of
from dfec_explore.charts.theme import Mode
from dfec_explore.query import NOT_STATED

Fact = Literal["emotion", "split", "scenario", "actor", "actor_gender"]

FACT_WORDS: Mapping[Fact, tuple[str, str]] = {
    "emotion": ("Emotion", "emotion"),
    "split": ("Split", "split"),
    "scenario": ("Scenario", "scenario"),
    "actor": ("Actor", "actor"),
    "actor_gender": ("Gender of the actor", "gender of the actor"),
}
"""Each fact as the head of a column and inside a sentence."""

ORDERS: Mapping[str, tuple[str, ...]] = {"emotion": tuple(EMOTIONS["light"]), "split": tuple(SPLITS["light"])}
CUT = 3
"""The bar of what is not stated is cut at this many times the longest other bar, lest it hide them."""
PATHS = "the paths"
LABEL = 26
"""Letters of a row's label."""


def facts_by_source(
    frame: pd.DataFrame, *, mode: Mode, fact: Fact, said_by: str = PATHS, picks: str | None = None
) -> Chart:
    """What the paths say, by source: bars of captions, one piece for each value; what is not stated is hatched.

    Args:
        frame: ``query.composition.by_source_and`` for the fact.
        mode: the theme of the page.
        fact: which fact; it colours the pieces.
        said_by: what says so, for the sentence.
        picks: the filter that a click sets, beside the source; by default the one that is called like the fact.
    """
    table = _fact_table(frame, fact)
    if frame.empty:
        return empty_chart(mode, table)
    numbers, names = sums(frame, "source"), titles(frame, "source", "title")
    series = [
        Series(
            title_of(value),
            colour(fact, value, mode),
            [
                _fact_bar(row, numbers[row.source], _pick(picks or fact, row.value))
                for row in rows_of(frame[frame["value"] == value])
            ],
            hatched=value == NOT_STATED,
        )
        for value in _values(frame, fact)
    ]
    fig = stacked(
        series,
        {source: short_name(names[source], LABEL) for source in numbers},
        mode=mode,
        axis=count_axis(max(numbers.values()), title="Captions", room=0.12),
        totals={source: count(number) for source, number in numbers.items()},
    )
    return Chart(fig, _fact_words(frame, fact, said_by), table)


def _fact_bar(row: Any, of: int, pick: list[str]) -> Bar:
    number = f"{count(row.captions, 'caption')} of {count(of)}, {percent(row.captions / of)}"
    return Bar(
        row=row.source,
        length=row.captions,
        hover=hover(f"{row.title}: {title_of(row.value)}", number),
        pick=["source", row.source, *pick],
        label="" if row.captions == of else count(row.captions),
    )


def _pick(key: str, value: str) -> list[str]:
    return [] if key == "actor_gender" else [key, value]


def _values(frame: pd.DataFrame, fact: Fact) -> list[str]:
    """The values in the order of their pieces: known ones first, what is not stated last."""
    found = set(texts(frame["value"]))
    known = [value for value in ORDERS.get(fact, ()) if value in found]
    rest = sorted(found - set(known) - {NOT_STATED})
    return [*known, *rest, *([NOT_STATED] if NOT_STATED in found else [])]


def _fact_table(frame: pd.DataFrame, fact: Fact) -> pd.DataFrame:
    values = [title_of(value) for value in texts(frame["value"])]
    return pd.DataFrame({**sources(frame), FACT_WORDS[fact][0]: values, "Captions": frame["captions"]})


def _fact_words(frame: pd.DataFrame, fact: Fact, said_by: str = PATHS) -> str:
    numbers = sums(frame, "value")
    total = sum(numbers.values())
    unstated = numbers.pop(NOT_STATED, 0)
    head = (
        f"Bars: {FACT_WORDS[fact][1]} as {said_by} state it, for {count(total - unstated)} of {count(total, 'caption')}"
    )
    pieces = [f"{title_of(value)} {count(number)}" for value, number in list(numbers.items())[:3]]
    return f"{head}; most: {listed(pieces)}." if pieces else f"{head}."


def captions_by_fact(frame: pd.DataFrame, *, mode: Mode, fact: Fact, limit: int = 30) -> Chart:
    """Captions by scenario, actor or another fact of the path, a row for each value, coloured by source.

    What is not stated is the last row, hatched; where it would dwarf the others its bar is cut, and says so.

    Args:
        frame: ``query.composition.by_source_and`` for the fact.
        mode: the theme of the page.
        fact: which fact; what a click filters by, beside the source.
        limit: rows at most, those with the most captions; the sentence says what is left out.
    """
    table = _fact_table(frame, fact)
    if frame.empty:
        return empty_chart(mode, table)
    numbers = sums(frame, "value")
    unstated = numbers.pop(NOT_STATED, 0)
    kept = dict(list(numbers.items())[:limit])
    rows = sorted(kept) if fact == "actor" else list(kept)
    series = _source_series(frame[frame["value"].isin(rows)], fact, kept, mode)
    most = max(kept.values(), default=unstated)
    shown = min(unstated, CUT * most)
    totals = {value: count(number) for value, number in kept.items()}
    if unstated:
        rows.append(NOT_STATED)
        series.append(_unstated(unstated, shown, fact, mode))
        totals[NOT_STATED] = count(unstated) + (", bar cut" if shown < unstated else "")
    axis = count_axis(max(most, shown), title="Captions", room=0.2)
    labels = {value: short_name(title_of(value), LABEL) for value in rows}
    fig = stacked(series, labels, mode=mode, axis=axis, totals=totals)
    left_out = len(numbers) - len(kept)
    rest = f" Not drawn: {count(left_out)} more with fewer captions." if left_out else ""
    return Chart(fig, _fact_words(frame, fact) + rest, table)


def _unstated(number: int, shown: int, fact: Fact, mode: Mode) -> Series:
    words = hover(title_of(NOT_STATED), f"{count(number, 'caption')} whose path says nothing of it")
    bar = Bar(NOT_STATED, shown, words, _pick(fact, NOT_STATED))
    return Series(title_of(NOT_STATED), colour(fact, NOT_STATED, mode), [bar], hatched=True)


def _source_series(frame: pd.DataFrame, fact: Fact, of: Mapping[str, int], mode: Mode) -> list[Series]:
    return [
        Series(
            title,
            colour("source", source, mode),
            [_value_bar(row, fact, of[row.value]) for row in rows_of(frame[frame["source"] == source])],
        )
        for source, title in sorted(titles(frame, "source", "title").items())
    ]


def _value_bar(row: Any, fact: Fact, of: int) -> Bar:
    whole = "" if row.captions == of else f" of {count(of)} with this {FACT_WORDS[fact][1]}"
    head = f"{FACT_WORDS[fact][0]} {row.value}" if row.value.isdigit() else title_of(row.value)
    return Bar(
        row=row.value,
        length=row.captions,
        hover=hover(head, f"{safe(row.title)}: {count(row.captions, 'caption')}{whole}"),
        pick=["source", row.source, *_pick(fact, row.value)],
    )
