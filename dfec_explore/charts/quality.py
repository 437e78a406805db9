"""What reviewers have judged: verdicts by source and part, by day, their reasons, and the time that they took."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dfec_explore.charts.bars import Bar, Series, bar_trace, stacked
from dfec_explore.charts.chart import Chart, count_axis, empty_chart, figure, share_axis, show_legend
from dfec_explore.charts.frames import percents, rows_of, sums, texts, titles
from dfec_explore.charts.palette import HUES, INK, OTHERS, UNSTATED, VERDICTS, colour
from dfec_explore.charts.text import count, hover, listed, percent, short_name
from dfec_explore.charts.theme import SURFACES, Mode
from dfec_explore.query.explorer import VERDICT_TITLES
from dfec_explore.query.review_facts import day_fact, fact, seconds_fact

ALL = "all"
NONE = "none"
PLOT = 230
"""Height of a plot of columns, in pixels."""
LABELLED = 0.12
"""Least share of a bar that has its number inside: the plot is half a page wide."""
MOST_REVIEWERS = 8
"""Reviewers with a colour of their own, those with the most verdicts."""
PLACES = {"source": "Source", "part": "Part"}


def verdicts_by(frame: pd.DataFrame, *, mode: Mode, by: str = "source", judged_only: bool = False) -> Chart:
    """Captions by verdict, as bars of 100 % by source or part; a click filters by both.

    Args:
        frame: ``query.progress.coverage``.
        mode: the theme of the page.
        by: ``source`` or ``part``.
        judged_only: whether the bars leave out what is not judged yet.
    """
    numbers = _numbers(frame, by)
    table = _coverage_table(numbers, by)
    shown = numbers[numbers["verdict"] != NONE] if judged_only else numbers
    if shown.empty:
        words = "No verdict yet." if judged_only and len(numbers) else ""
        return empty_chart(mode, table, **({"sentence": words} if words else {}))
    shown = shown.assign(of=shown.groupby("place")["captions"].transform("sum"))
    names = titles(shown, "place", "title")
    rows = {place: short_name(names[place], 20) for place in sorted(names, key=lambda p: (p != ALL, names[p].lower()))}
    if len(rows) == 2:
        rows.pop(ALL)
    shown = shown[shown["place"].isin(list(rows))]
    order = [verdict for verdict in VERDICTS[mode] if verdict in set(shown["verdict"])]
    series = [_verdict_series(shown[shown["verdict"] == verdict], by, verdict, mode) for verdict in order]
    totals = {place: _judged_of(numbers[numbers["place"] == place]) for place in rows}
    what = "Judged captions" if judged_only else "Captions"
    fig = stacked(series, rows, mode=mode, axis=share_axis(title=what, room=20), totals=totals)
    pieces = [f"{rows[place]} {totals[place]}" for place in rows]
    return Chart(fig, f"Stacked bars: verdicts by {by}; judged: {listed(pieces)}.", table)


def _numbers(frame: pd.DataFrame, by: str) -> pd.DataFrame:
    """Captions by place and verdict, with all of them together as a place of its own."""
    columns = ["place", "title", "verdict", "captions"]
    if frame.empty:
        return pd.DataFrame(columns=columns)
    named = frame.assign(place=frame[by], title=frame["title"] if by == "source" else frame[by])
    parts = [named, frame.assign(place=ALL, title="All captions")]
    keys = ["place", "title", "verdict"]
    return pd.DataFrame(pd.concat(parts).groupby(keys, as_index=False, sort=False)["captions"].sum())[columns]


def _coverage_table(numbers: pd.DataFrame, by: str) -> pd.DataFrame:
    kept = numbers[numbers["place"] != ALL]
    of = kept.groupby("place")["captions"].transform("sum")
    return pd.DataFrame(
        {
            PLACES[by]: kept["place"],
            "Verdict": [VERDICT_TITLES.get(verdict, verdict) for verdict in texts(kept["verdict"])],
            "Captions": kept["captions"],
            "Share of all captions there, %": percents((kept["captions"] / of).astype(float)),
        }
    ).reset_index(drop=True)


def _judged_of(numbers: pd.DataFrame) -> str:
    total = int(numbers["captions"].sum())
    judged = int(numbers.loc[numbers["verdict"] != NONE, "captions"].sum())
    return f"{count(judged)} of {count(total)}"


def _verdict_series(frame: pd.DataFrame, by: str, verdict: str, mode: Mode) -> Series:
    title = VERDICT_TITLES.get(verdict, verdict).capitalize()
    bars = []
    for row in rows_of(frame):
        share = row.captions / row.of
        words = hover(f"{row.title}: {title.lower()}", f"{count(row.captions, 'caption')}, {percent(share)}")
        pick = ["verdict", verdict] + ([] if row.place == ALL else [by, row.place])
        bars.append(Bar(row.place, 100 * share, words, pick, percent(share) if share >= LABELLED else ""))
    return Series(title, colour("verdict", verdict, mode), bars, hatched=verdict == NONE)


def reasons(frame: pd.DataFrame, *, mode: Mode) -> Chart:
    """Why captions are not right: verdicts by reason, the most frequent first; a click filters by both.

    Args:
        frame: ``query.progress.by_reason``.
        mode: the theme of the page.
    """
    table = pd.DataFrame(
        {
            "Reason": frame["title"],
            "Verdict": [VERDICT_TITLES.get(verdict, verdict) for verdict in texts(frame["verdict"])],
            "Verdicts": frame["verdicts"],
            "Captions with the reason": frame["captions"],
        }
    )
    if frame.empty:
        return empty_chart(mode, table, sentence="No verdict has a reason yet.")
    names, numbers = titles(frame, "reason", "title"), sums(frame, "reason", "verdicts")
    rows = {reason: short_name(names[reason], 30) for reason in numbers}
    order = [verdict for verdict in VERDICTS[mode] if verdict in set(frame["verdict"])]
    series = [_reason_series(frame[frame["verdict"] == verdict], verdict, mode) for verdict in order]
    axis = count_axis(max(numbers.values()), title="Verdicts with the reason")
    fig = stacked(series, rows, mode=mode, axis=axis, totals={reason: count(n) for reason, n in numbers.items()})
    pieces = [f"{names[reason].lower()} {count(n)}" for reason, n in list(numbers.items())[:5]]
    return Chart(fig, f"Stacked bars: reasons of {count(sum(numbers.values()))} verdicts: {listed(pieces)}.", table)


def _reason_series(frame: pd.DataFrame, verdict: str, mode: Mode) -> Series:
    title = VERDICT_TITLES.get(verdict, verdict).capitalize()
    bars = [
        Bar(
            row=row.reason,
            length=row.verdicts,
            label=count(row.verdicts),
            hover=hover(
                f"{row.title}: {title.lower()}",
                count(row.verdicts, "verdict"),
                f"{count(row.captions, 'caption')} with this reason",
            ),
            pick=["review", fact("reason", row.reason), "review", fact("verdict", verdict)],
        )
        for row in rows_of(frame)
    ]
    return Series(title, colour("verdict", verdict, mode), bars)


def verdicts_by_day(frame: pd.DataFrame, *, mode: Mode, offset_minutes: int = 0) -> Chart:
    """Verdicts by day, stacked by reviewer; a click filters by both.

    Args:
        frame: ``query.progress.by_day``.
        mode: the theme of the page.
        offset_minutes: the one that the days were worked out with.
    """
    table = frame.rename(columns={"day": "Day", "reviewer": "Reviewer", "verdicts": "Verdicts"})
    if frame.empty:
        return empty_chart(mode, table, sentence="No verdict yet.")
    fig = figure(mode, height=PLOT)
    shown = list(sums(frame, "reviewer", "verdicts"))[:MOST_REVIEWERS]
    names = sorted(shown, key=str.lower)
    hues = reviewer_colours(names, mode)
    for name in names:
        rows = rows_of(frame[frame["reviewer"] == name])
        fig.add_trace(_day_trace(name, hues[name], rows, mode, offset_minutes))
    others = frame[~frame["reviewer"].isin(shown)]
    if len(others):
        names.append(f"{count(others['reviewer'].nunique())} others")
        summed = pd.DataFrame(others.groupby("day", as_index=False)["verdicts"].sum())
        fig.add_trace(_day_trace(names[-1], UNSTATED[mode], rows_of(summed), mode, offset_minutes, is_one=False))
    most = int(frame.groupby("day")["verdicts"].sum().max())
    fig.update_layout(barmode="stack", bargap=0.15, barcornerradius=1)
    fig.update_xaxes(**_day_axis(min(frame["day"]), max(frame["day"])))
    fig.update_yaxes(**count_axis(most, title="Verdicts", room=0.06))
    show_legend(fig, names, shown=len(names) > 1)
    days = frame["day"].nunique()
    words = (
        f"Columns: {count(frame['verdicts'].sum(), 'verdict')} on {count(days, 'day')} by "
        f"{count(frame['reviewer'].nunique(), 'reviewer')}, at most {count(most)} on one day."
    )
    return Chart(fig, words, table)


def reviewer_colours(names: list[str], mode: Mode) -> Mapping[str, str]:
    """A colour for each reviewer, by the place in the alphabet."""
    hues = (*HUES[mode], *OTHERS[mode])
    return {name: INK[mode] if len(names) == 1 else hues[place % len(hues)] for place, name in enumerate(names)}


def _day_trace(name: str, hue: str, rows: list[Any], mode: Mode, offset_minutes: int, *, is_one: bool = True) -> go.Bar:
    who = ["review", fact("reviewer", name)] if is_one else []
    bars = [
        Bar(
            row=row.day.isoformat(),
            length=row.verdicts,
            hover=hover(name, f"{count(row.verdicts, 'verdict')} on {row.day.day} {row.day:%B %Y}"),
            pick=[*who, "review", day_fact(row.day.isoformat(), offset_minutes)],
        )
        for row in rows
    ]
    return bar_trace(
        Series(name, hue, bars),
        mode,
        orientation="v",
        x=[bar.row for bar in bars],
        y=[bar.length for bar in bars],
        width=[0.8 * 86_400_000] * len(bars),
        text=None,
    )


def _day_axis(first: date, last: date) -> dict[str, Any]:
    # A few days at least, or one column would be as wide as the plot.
    days = max((last - first).days + 1, 8)
    start = pd.Timestamp(last) - pd.Timedelta(days=days - 0.5)
    end = pd.Timestamp(last) + pd.Timedelta(hours=12)
    step = max(1, -(-days // 8))
    return {
        "type": "date",
        "range": [start.isoformat(), end.isoformat()],
        "tick0": last.isoformat(),
        "dtick": step * 86_400_000,
        "tickformat": "%-d %b" if days < 300 else "%b %Y",
        "showgrid": False,
        "title": {"text": ""},
    }


def review_times(frame: pd.DataFrame, *, mode: Mode) -> Chart:
    """Verdicts by the time that they took, in classes that grow wider; a click filters by the time.

    Args:
        frame: ``query.progress.times``.
        mode: the theme of the page.
    """
    table = pd.DataFrame(
        {
            "From, s": frame["low"],
            "To less than, s": frame["high"],
            "Verdict": [VERDICT_TITLES.get(verdict, verdict) for verdict in texts(frame["verdict"])],
            "Verdicts": frame["verdicts"],
        }
    )
    if frame.empty:
        return empty_chart(mode, table, sentence="No verdict with a known time yet.")
    summed = frame.groupby(["low", "high"], as_index=False, dropna=False)["verdicts"].sum()
    whole = pd.DataFrame(summed).sort_values("low")
    total = int(whole["verdicts"].sum())
    bars = [_time_bar(row, total) for row in rows_of(whole)]
    fig = figure(mode, height=PLOT)
    trace = bar_trace(
        Series("Verdicts", INK[mode], bars),
        mode,
        orientation="v",
        x=[bar.row for bar in bars],
        y=[bar.length for bar in bars],
        text=[bar.label for bar in bars],
        textposition="outside",
        outsidetextfont={"color": SURFACES[mode].text, "size": 12},
    )
    fig.add_trace(trace)
    fig.update_layout(bargap=0.12)
    fig.update_xaxes(
        type="category", title_text="Seconds from opening the clip to the verdict", showgrid=False, tickangle=0
    )
    fig.update_yaxes(**count_axis(int(whole["verdicts"].max()), title="Verdicts"))
    top = max(bars, key=lambda bar: bar.length)
    words = f"Columns: time of {count(total, 'verdict')}; most ({count(top.length)}) took {top.row} seconds."
    return Chart(fig, words, table)


def _time_bar(row: Any, total: int) -> Bar:
    high = None if pd.isna(row.high) else int(row.high)
    span = f"{row.low} and more" if high is None else f"{row.low}–{high}"
    share = row.verdicts / total
    return Bar(
        row=span,
        length=row.verdicts,
        label=percent(share) if share >= 0.005 else "",
        hover=hover(f"{span} seconds", f"{count(row.verdicts, 'verdict')}, {percent(share)}"),
        pick=["review", seconds_fact(int(row.low), high)],
    )
