"""What follows what, what goes with what, and when: facial actions in the order of the captions."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from dfec_explore.charts.bars import Bar, Series, ranked, stacked
from dfec_explore.charts.chart import Chart, count_axis, empty_chart, share_axis
from dfec_explore.charts.frames import percents, rows_of, sums, texts, titles
from dfec_explore.charts.grid import Cell, diverging, grid, sequential
from dfec_explore.charts.palette import INK, UNSTATED, mixed
from dfec_explore.charts.text import count, hover, listed, percent, short_name
from dfec_explore.charts.theme import SURFACES, Mode
from dfec_explore.charts.vocabulary import NO_PHASE, PHASE_TITLES
from dfec_explore.index.schema import PHASES
from dfec_explore.query.order import LAST

LABEL, HEAD_LABEL = 30, 16
"""Letters of an action's name before a row and above a column."""
FULL_SHARE = 0.5
"""Share of an action's mentions that has the full colour."""
FULL_LIFT = 3
"""Lift that has the full colour; its inverse has the other one."""
LEAST_EXPECTED = 5
"""Captions that are expected to have both of two actions: with fewer, a lift says little."""
OTHER = "other"
PHASE_TINTS = (1.0, 0.74, 0.5, 0.3, 0.14)
"""How strongly the phases are filled, from the beginning to the rest."""


def transitions(frame: pd.DataFrame, *, mode: Mode, limit: int = 15) -> Chart:
    """Which action is mentioned next, as shares of the first action's mentions; a click filters by both.

    Args:
        frame: ``query.order.transitions``.
        mode: the theme of the page.
        limit: actions at most, those with the most mentions; the table has all rows.
    """
    table = transition_table(frame)
    if frame.empty:
        return empty_chart(mode, table)
    top, names = list(sums(frame, "action", "events"))[:limit], titles(frame, "action", "title")
    heads = {action: short_name(names[action], HEAD_LABEL) for action in top}
    heads |= {OTHER: "Another action", LAST: "Nothing more"}
    rows = {row.action: f"{short_name(row.title, LABEL)} ({count(row.of)})" for row in _first_rows(frame, top)}
    cells = [_next_cell(row, heads, mode) for row in rows_of(_with_others(frame, top))]
    fig = grid(
        cells, rows, heads, mode=mode, below="Mentions with this action next, % of the mentions of the row's action"
    )
    known = frame[frame["next_action"] != LAST].head(3)
    pieces = [f"{row.title} then {row.next_title} {count(row.events)}" for row in rows_of(known)]
    words = f"Table of colours: which facial action captions mention next; most frequent: {listed(pieces)}."
    return Chart(fig, words if pieces else "Table of colours: no caption mentions two facial actions.", table)


def transition_table(frame: pd.DataFrame) -> pd.DataFrame:
    """The numbers of ``query.order.transitions`` for a file."""
    return pd.DataFrame(
        {
            "Action": frame["title"],
            "Next action": frame["next_title"],
            "Times": frame["events"],
            "Mentions of the action": frame["of"],
            "Share of the action, %": percents(frame["share"]),
        }
    )


def _first_rows(frame: pd.DataFrame, top: list[str]) -> list[Any]:
    return rows_of(frame.drop_duplicates("action").set_index("action", drop=False).loc[top])


def _with_others(frame: pd.DataFrame, top: list[str]) -> pd.DataFrame:
    """Only rows of the top actions; what follows and is not among them is one row."""
    kept = frame[frame["action"].isin(top)].copy()
    kept["rest"] = ~kept["next_action"].isin([*top, LAST])
    kept.loc[kept["rest"], ["next_action", "next_title"]] = [OTHER, "Another action"]
    groups = kept.groupby(["action", "title", "next_action", "next_title", "of"], sort=False)
    return groups[["events", "share"]].sum().reset_index()


def _next_cell(row: Any, heads: Mapping[str, str], mode: Mode) -> Cell:
    return Cell(
        row=row.action,
        column=row.next_action,
        fill=sequential(row.share / FULL_SHARE, mode),
        label=f"{100 * row.share:.0f}" if row.share >= 0.005 else "",
        hover=hover(
            f"{row.title}, then {row.next_title[:1].lower() + row.next_title[1:]}",
            f"{count(row.events)} of {count(row.of, 'mention')}, {percent(row.share)}",
        ),
        pick=["action", row.action] + ([] if row.next_action in (OTHER, LAST) else ["action", row.next_action]),
    )


def together(frame: pd.DataFrame, *, mode: Mode, limit: int = 15) -> Chart:
    """Which actions stand in the same captions more and less often than chance; a click filters by both.

    Args:
        frame: ``query.order.cooccurrence``.
        mode: the theme of the page.
        limit: actions at most, those in the most captions; the table has all pairs.
    """
    table = _pairs_table(frame)
    if frame.empty:
        return empty_chart(mode, table, sentence="No two facial actions are mentioned.")
    names = {**titles(frame, "first", "first_title"), **titles(frame, "second", "second_title")}
    top = list(names)[:limit]
    drawn = frame[frame["first"].isin(top) & frame["second"].isin(top)]
    rows = {action: short_name(names[action], LABEL) for action in top[1:]}
    heads = {action: short_name(names[action], HEAD_LABEL) for action in top[:-1]}
    cells = [_pair_cell(row, mode) for row in rows_of(drawn)]
    below = "Lift: captions with both, against what chance would give (1)"
    fig = grid(cells, rows, heads, mode=mode, below=below)
    pieces = [f"{row.first_title} with {row.second_title} {row.lift:.1f}" for row in rows_of(_strongest(frame).head(3))]
    said = f"; highest lift: {listed(pieces)}" if pieces else ""
    return Chart(fig, f"Table of colours: lift of {count(len(drawn), 'pair')} of facial actions{said}.", table)


def _strongest(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["expected"] >= LEAST_EXPECTED].sort_values("lift", ascending=False, kind="stable")


def _pairs_table(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Action": frame["first_title"],
            "Other action": frame["second_title"],
            "Captions": frame["captions"],
            "With the action": frame["with_first"],
            "With the other": frame["with_second"],
            "With both": frame["both"],
            "Expected by chance": frame["expected"].astype(float).round(2),
            "Lift": frame["lift"].astype(float).round(3),
        }
    )


def _pair_cell(row: Any, mode: Mode) -> Cell:
    sure = row.expected >= LEAST_EXPECTED
    strength = math.log(max(row.lift, 0.01)) / math.log(FULL_LIFT) if sure else 0
    return Cell(
        row=row.second,
        column=row.first,
        fill=diverging(strength, mode),
        label=f"{row.lift:.1f}" if sure else "",
        hover=_pair_hover(row),
        pick=["action", row.first, "action", row.second],
    )


def _pair_hover(row: Any) -> str:
    return hover(
        f"{row.first_title} and {row.second_title}",
        f"{count(row.both)} of {count(row.captions, 'caption')} mention both",
        f"{row.expected:,.1f} by chance: lift {row.lift:.2f}",
        "" if row.expected >= LEAST_EXPECTED else "Too few to say more",
    )


def strongest_pairs(frame: pd.DataFrame, *, mode: Mode, limit: int = 15) -> Chart:
    """The pairs of actions that go together most, by lift; a click filters by both.

    Args:
        frame: ``query.order.cooccurrence``.
        mode: the theme of the page.
        limit: pairs at most; the table has all.
    """
    table = _pairs_table(frame)
    top = _strongest(frame).head(limit)
    if top.empty:
        return empty_chart(mode, table, sentence="Too few captions: no pair is expected five times.")
    bars = [
        Bar(
            row=f"{row.first}+{row.second}",
            length=row.lift,
            label=f"{row.lift:.1f} ({count(row.both)})",
            hover=_pair_hover(row),
            pick=["action", row.first, "action", row.second],
        )
        for row in rows_of(top)
    ]
    rows = {
        f"{row.first}+{row.second}": short_name(
            f"{row.first_title}, {row.second_title[:1].lower()}{row.second_title[1:]}", 38
        )
        for row in rows_of(top)
    }
    axis = count_axis(top["lift"].max(), title="Lift (captions with both)", room=0.3) | {
        "tickformat": ".1f",
        "nticks": 5,
    }
    fig = ranked([Series("Lift", INK[mode], bars)], rows, mode=mode, axis=axis)
    pieces = [f"{row.first_title} with {row.second_title} {row.lift:.1f}" for row in rows_of(top.head(3))]
    return Chart(fig, f"Bars: pairs of facial actions by lift; highest: {listed(pieces)}.", table)


def phase_profile(frame: pd.DataFrame, *, mode: Mode, limit: int = 20) -> Chart:
    """In which phase captions place each action, as bars of 100 %; a click filters by both.

    Args:
        frame: ``query.order.phase_profile``.
        mode: the theme of the page.
        limit: actions at most, those with the most mentions; the table has all rows.
    """
    table = pd.DataFrame(
        {
            "Action": frame["title"],
            "Phase": [PHASE_TITLES.get(phase, phase) for phase in texts(frame["phase"])],
            "Mentions": frame["events"],
            "Share of the action, %": percents(frame["share"]),
        }
    )
    if frame.empty:
        return empty_chart(mode, table)
    top = texts(frame["action"].drop_duplicates())[:limit]
    drawn = frame[frame["action"].isin(top)]
    present = [phase for phase in (*PHASES, NO_PHASE) if phase in set(drawn["phase"])]
    series = [_phase_series(drawn[drawn["phase"] == phase], phase, mode) for phase in present]
    names, numbers = titles(frame, "action", "title"), sums(drawn, "action", "events")
    rows = {action: short_name(names[action], LABEL) for action in top}
    totals = {action: count(numbers[action]) for action in top}
    fig = stacked(series, rows, mode=mode, axis=share_axis(title="Mentions of the action", room=9), totals=totals)
    first = drawn[drawn["phase"] == "begin"].sort_values("share", ascending=False, kind="stable").head(3)
    pieces = [f"{row.title} {percent(row.share)}" for row in rows_of(first)]
    said = f"; most at the beginning: {listed(pieces)}" if pieces else ""
    return Chart(fig, f"Stacked bars: phases of {count(len(top), 'facial action')}{said}.", table)


def _phase_series(frame: pd.DataFrame, phase: str, mode: Mode) -> Series:
    title = PHASE_TITLES.get(phase, phase)
    bars = [
        Bar(
            row=row.action,
            length=100 * row.share,
            label=percent(row.share),
            hover=hover(
                f"{row.title}, {title.lower()}",
                f"{count(row.events)} of {count(row.of, 'mention')}, {percent(row.share)}",
            ),
            pick=["action", row.action] + ([] if phase == NO_PHASE else ["phase", phase]),
        )
        for row in rows_of(frame)
    ]
    if phase == NO_PHASE:
        return Series(title, UNSTATED[mode], bars, hatched=True)
    return Series(title, mixed(SURFACES[mode].background, INK[mode], PHASE_TINTS[PHASES.index(phase)]), bars)
