"""What captions state of the persons in the clips, by source and beside facial actions."""

from typing import Any

import pandas as pd

from dfec_explore.charts.bars import Bar, Series, stacked
from dfec_explore.charts.chart import Chart, empty_chart, share_axis
from dfec_explore.charts.frames import percents, rows_of, sources, sums, texts, titles
from dfec_explore.charts.grid import Cell, grid, is_crowded, sequential
from dfec_explore.charts.palette import HUES, INK, OTHERS, UNSTATED, mixed
from dfec_explore.charts.text import count, hover, listed, percent, safe, short_name, title_of
from dfec_explore.charts.theme import SURFACES, Mode
from dfec_explore.index.schema import SEVERAL_VALUES
from dfec_explore.query import NOT_STATED

ORDERED: dict[str, tuple[str, ...]] = {
    "age_group": ("child", "teenager", "young", "middle-aged", "elderly"),
    "hair_length": ("bald", "short", "medium", "long"),
    "people": ("1", "2", "3", "several"),
}
"""Values with an order of their own: tints of one colour."""
NAMED: dict[str, tuple[str, ...]] = {
    "gender": ("female", "male"),
    "hair_colour": ("black", "dark", "brown", "blond", "grey", "white", "red", "light", "other"),
    "glasses": ("glasses", "sunglasses"),
    "facial_hair": ("beard", "moustache", "stubble", "sideburns", "none"),
    "headwear": ("hat", "cap", "helmet", "headscarf", "crown", "headband", "hood", "headpiece"),
}
"""Values without one: a colour each."""
ALL = "all"
INSIDE = 0.095
"""Least share of a bar that has its number inside: the plot is half a page wide."""
LABEL = 30
"""Letters of an action's name."""


def value_title(value: str) -> str:
    """A stated value as it is written on a screen."""
    return "More than one" if value == SEVERAL_VALUES else title_of(value)


def people_by_source(frame: pd.DataFrame, *, mode: Mode, attribute: str) -> Chart:
    """What captions state of the person, as bars of 100 % by source; a click filters by both.

    Args:
        frame: ``query.people.by_source`` for the attribute.
        mode: the theme of the page.
        attribute: names the values, for their colours and clicks.
    """
    table = pd.DataFrame(
        {
            **sources(frame),
            "Stated": [value_title(value) for value in texts(frame["value"])],
            "Captions": frame["captions"],
            "Share of the source, %": percents(frame["share"]),
        }
    )
    if frame.empty:
        return empty_chart(mode, table)
    whole = _whole(frame)
    drawn = pd.concat([frame, whole])
    order = _in_order(attribute, sums(frame, "value"))
    series = [_value_series(drawn[drawn["value"] == value], attribute, value, mode) for value in order]
    names, numbers = titles(frame, "source", "title"), sums(frame, "source")
    rows = {source: short_name(names[source], 20) for source in sorted(names, key=lambda s: names[s].lower())}
    if len(rows) > 1:
        rows = {ALL: "All sources", **rows}
    totals = {source: count(numbers.get(source, int(whole["captions"].sum()))) for source in rows}
    series = [Series(s.name, s.colour, [b for b in s.bars if b.row in rows], s.hatched) for s in series]
    fig = stacked(series, rows, mode=mode, axis=share_axis(title="Captions of the source", room=9), totals=totals)
    pieces = [f"{value_title(row.value).lower()} {percent(row.share)}" for row in rows_of(whole.head(4))]
    words = f"Stacked bars: what {count(frame['captions'].sum(), 'caption')} state by source; in all: {listed(pieces)}."
    return Chart(fig, words, table)


def _whole(frame: pd.DataFrame) -> pd.DataFrame:
    """The same numbers over all sources, most captions first."""
    numbers, of = sums(frame, "value"), int(frame["captions"].sum())
    rows = [(ALL, "All sources", value, captions, of, captions / of) for value, captions in numbers.items()]
    return pd.DataFrame(rows, columns=["source", "title", "value", "captions", "of", "share"])


def _in_order(attribute: str, found: dict[str, int]) -> list[str]:
    """Values in their own order, or the most frequent first; what is not said comes last."""
    last = [value for value in (SEVERAL_VALUES, NOT_STATED) if value in found]
    known = [value for value in ORDERED.get(attribute, ()) if value in found]
    return [*known, *(value for value in found if value not in {*known, *last}), *last]


def _fill(attribute: str, value: str, mode: Mode) -> str:
    if value == NOT_STATED:
        return UNSTATED[mode]
    if value == SEVERAL_VALUES:
        return OTHERS[mode][0]
    if attribute in ORDERED:
        order = ORDERED[attribute]
        place = order.index(value) if value in order else 0
        return mixed(SURFACES[mode].background, INK[mode], 0.25 + 0.75 * place / (len(order) - 1))
    hues, order = HUES[mode], NAMED.get(attribute, ())
    place = order.index(value) if value in order else len(hues)
    return hues[place] if place < len(hues) else OTHERS[mode][-1]


def _value_series(frame: pd.DataFrame, attribute: str, value: str, mode: Mode) -> Series:
    bars = [
        Bar(
            row=row.source,
            length=100 * row.share,
            label=percent(row.share) if row.share >= INSIDE else "",
            hover=hover(
                f"{row.title}: {value_title(value).lower()}",
                f"{count(row.captions)} of {count(row.of, 'caption')}, {percent(row.share)}",
            ),
            pick=["person", f"{attribute}:{value}"] + ([] if row.source == ALL else ["source", row.source]),
        )
        for row in rows_of(frame)
    ]
    return Series(value_title(value), _fill(attribute, value, mode), bars, hatched=value == NOT_STATED)


def actions_by_person(frame: pd.DataFrame, *, mode: Mode, attribute: str, limit: int = 20, least: int = 5) -> Chart:
    """Share of the captions of each stated value that mention a facial action; a click filters by both.

    Args:
        frame: ``query.people.actions_by_value`` for the attribute.
        mode: the theme of the page.
        attribute: names the values, for clicks.
        limit: actions at most, those in the most captions; the table has all rows.
        least: captions of a value that is drawn; the table has all.
    """
    table = pd.DataFrame(
        {
            "Action": frame["title"],
            "Stated": [value_title(value) for value in texts(frame["value"])],
            "Captions that mention it": frame["captions"],
            "Captions with the value": frame["of"],
            "Share, %": percents(frame["share"].astype(float)),
        }
    )
    drawn = frame[frame["of"] >= least] if len(frame) else frame
    if drawn.empty:
        words = f"No value stands in {least} captions." if len(frame) else ""
        return empty_chart(mode, table, **({"sentence": words} if words else {}))
    names = titles(drawn, "action", "title")
    rows = {action: short_name(names[action], LABEL) for action in list(sums(drawn, "action"))[:limit]}
    values = drawn.drop_duplicates("value").set_index("value")["of"]
    order = _in_order(attribute, {str(value): int(n) for value, n in values.items()})
    aslant = is_crowded(len(order))
    heads = {value: _head(value, int(values[value]), aslant) for value in order}
    cells = [_person_cell(row, attribute, mode) for row in rows_of(drawn) if row.action in rows]
    below = "Captions that mention it, % of the captions with the value"
    fig = grid(cells, rows, heads, mode=mode, below=below)
    return Chart(fig, _cross_words(drawn, next(iter(rows)), names), table)


def _head(value: str, captions: int, aslant: bool) -> str:
    title = short_name(value_title(value), 14)
    return title if aslant else f"{title}<br>{safe(count(captions))}"


def _person_cell(row: Any, attribute: str, mode: Mode) -> Cell:
    return Cell(
        row=row.action,
        column=row.value,
        fill=sequential(row.share, mode),
        label=percent(row.share).removesuffix(" %").replace("under ", "&lt;"),
        hover=hover(
            f"{row.title}, {value_title(row.value).lower()}",
            f"{count(row.captions)} of {count(row.of, 'caption')}, {percent(row.share)}",
        ),
        pick=["person", f"{attribute}:{row.value}", "action", row.action],
    )


def _cross_words(frame: pd.DataFrame, first: str, names: dict[str, str]) -> str:
    cells = rows_of(frame[frame["action"] == first].sort_values("share", ascending=False))
    pieces = [f"{value_title(row.value).lower()} {percent(row.share)}" for row in cells]
    return (
        "Table of colours: share of captions that mention each facial action, by what they state of the person; "
        f"{names[first]}: {listed(pieces)}."
    )
