"""How captions qualify each action: direction, side and intensity as bars of 100 %."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dfec_explore.charts.bars import Bar, Series, stacked
from dfec_explore.charts.chart import Chart, empty_chart, share_axis
from dfec_explore.charts.frames import percents, rows_of, texts, titles
from dfec_explore.charts.palette import HUES, INK, OTHERS, UNSTATED, mixed
from dfec_explore.charts.text import count, hover, listed, percent, short_name, title_of
from dfec_explore.charts.theme import SURFACES, Mode
from dfec_explore.charts.vocabulary import Modifier
from dfec_explore.query import NOT_STATED

LABEL = 30
"""Letters of an action's name."""
OTHER = "other"
"""Stands for the values that have no piece of their own."""
DRAWN: Mapping[Modifier, tuple[str, ...]] = {
    "direction": ("left", "right", "up", "down", "forward", "back", "left-right", "up-down"),
    "side": ("left", "right"),
    "intensity": ("slight", "strong"),
}
"""Values with a piece of their own, in the order of the pieces."""
HUE_OF = {"left": 0, "right": 2, "up": 1, "down": 3, "forward": 4, "back": 5, "left-right": 7, "up-down": 6}
"""Which of the distinct colours a direction or side has: left and right are furthest apart."""
TINTS = {"slight": 0.4, "strong": 1.0}


def modifier_profiles(
    frame: pd.DataFrame, *, mode: Mode, attribute: Modifier, limit: int | None = 20, stated_only: bool = False
) -> Chart:
    """Which directions, sides or intensities captions state of each action; a click filters by the action.

    Args:
        frame: ``query.vocabulary.modifier_profiles`` for the attribute.
        mode: the theme of the page.
        attribute: what is drawn.
        limit: actions at most, of those with any value; None for all actions. The table has all rows.
        stated_only: whether shares are of the mentions with a value instead of all mentions.
    """
    table = _table(frame, attribute)
    known = frame[frame["stated"] > 0]
    if frame.empty or (known.empty and (stated_only or limit is not None)):
        words = f"No selected caption states {_article(attribute)} of an action."
        return empty_chart(mode, table, **({"sentence": words} if len(frame) else {}))
    rows = known if stated_only or limit is not None else frame
    top = texts(rows["action"].drop_duplicates())[:limit]
    drawn = rows[rows["action"].isin(top)]
    if stated_only:
        drawn = drawn[drawn["value"] != NOT_STATED]
        drawn = drawn.assign(of=drawn["stated"], share=drawn["events"] / drawn["stated"])
    numbers = dict(zip(texts(drawn["action"]), drawn["of"], strict=True))
    names = titles(drawn, "action", "title")
    fig = stacked(
        _series(drawn, attribute, mode),
        {action: short_name(names[action], LABEL) for action in top},
        mode=mode,
        axis=share_axis(title="Mentions with a value" if stated_only else "Mentions of the action", room=10),
        totals={action: count(numbers[action]) for action in top},
    )
    return Chart(fig, _words(frame, drawn, attribute, stated_only=stated_only), table)


def _article(attribute: str) -> str:
    return f"{'an' if attribute[0] in 'aeiou' else 'a'} {attribute}"


def _table(frame: pd.DataFrame, attribute: Modifier) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Action": frame["title"],
            attribute.capitalize(): [title_of(value) for value in texts(frame["value"])],
            "Mentions": frame["events"],
            "Mentions of the action": frame["of"],
            "Share of the action, %": percents(frame["share"].astype(float)),
            f"Mentions with any {attribute}": frame["stated"],
        }
    )


def _series(drawn: pd.DataFrame, attribute: Modifier, mode: Mode) -> list[Series]:
    named = DRAWN[attribute]
    present = set(drawn["value"])
    series = [
        Series(title_of(value), _fill(value, mode), [_bar(row) for row in rows_of(drawn[drawn["value"] == value])])
        for value in named
        if value in present
    ]
    rest = drawn[~drawn["value"].isin([*named, NOT_STATED])]
    if len(rest):
        bars = [_rest_bar(group, attribute) for _, group in rest.groupby("action", sort=False)]
        series.append(Series(f"Another {attribute}", OTHERS[mode][0], bars))
    unstated = [_bar(row) for row in rows_of(drawn[drawn["value"] == NOT_STATED])]
    return [*series, *([Series("Not stated", UNSTATED[mode], unstated, hatched=True)] if unstated else [])]


def _fill(value: str, mode: Mode) -> str:
    if value in TINTS:
        return mixed(SURFACES[mode].background, INK[mode], TINTS[value])
    return HUES[mode][HUE_OF[value]]


def _bar(row: Any) -> Bar:
    return Bar(
        row=row.action,
        length=100 * row.share,
        label=percent(row.share),
        hover=hover(
            f"{row.title}, {title_of(row.value).lower()}",
            f"{count(row.events)} of {count(row.of, 'mention')}, {percent(row.share)}",
        ),
        pick=["action", row.action],
    )


def _rest_bar(group: pd.DataFrame, attribute: str) -> Bar:
    first, share = next(iter(rows_of(group))), float(group["share"].sum())
    pieces = [f"{title_of(row.value).lower()} {count(row.events)}" for row in rows_of(group.head(6))]
    return Bar(
        row=first.action,
        length=100 * share,
        label=percent(share),
        hover=hover(
            f"{first.title}, another {attribute}",
            f"{count(group['events'].sum())} of {count(first.of, 'mention')}, {percent(share)}",
            f"{', '.join(pieces)}{' …' if len(group) > len(pieces) else ''}",
        ),
        pick=["action", first.action],
    )


def _words(frame: pd.DataFrame, drawn: pd.DataFrame, attribute: str, *, stated_only: bool) -> str:
    rows = rows_of(drawn[drawn["value"] != NOT_STATED].drop_duplicates("action").head(3))
    pieces = [f"{row.title} {title_of(row.value).lower()} {percent(row.share)}" for row in rows]
    of = "mentions with a value" if stated_only else "mentions"
    words = f"Stacked bars: {attribute} of {count(drawn['action'].nunique(), 'facial action')}, in shares of their {of}"
    said = f"; most frequent values: {listed(pieces)}" if pieces else ""
    silent = frame.loc[frame["stated"] == 0, "action"].nunique()
    rest = f" No {attribute} is stated of {count(silent, 'other action')}." if silent else ""
    return f"{words}{said}.{rest}"
