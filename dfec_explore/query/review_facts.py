"""What one review says, as values of a filter: ``reviewer:Ada``, ``verdict:reject``, ``reason:language`` ..."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from dfec_explore.model import Verdict
from dfec_explore.reviews import reasons

PAST: Mapping[str, str] = {"accept": "accepted", "fix": "marked to fix", "reject": "rejected", "unsure": "left unsure"}
"""What a reviewer did with a caption, within a sentence."""

MAX_NAME = 200
MAX_SECONDS = 10**7

Bound = tuple[str, list[Any]]
"""A piece of SQL about ``judgements`` and the values bound in it."""


def reason_titles() -> dict[str, str]:
    """The reasons that reviewers can give: id -> title."""
    return {reason.id: reason.title for reason in reasons()}


def fact(kind: str, value: str) -> str:
    """A value of the filter."""
    return f"{kind}:{value}"


def seconds_fact(low: int, high: int | None) -> str:
    """Reviews that took from ``low`` to less than ``high`` seconds; None: or longer."""
    return fact("seconds", f"{low}-{high if high is not None else ''}")


def day_fact(day: str, offset_minutes: int) -> str:
    """Reviews of a day (``2026-01-31``) where clocks are so many minutes ahead of UTC."""
    sign, (hours, minutes) = "-" if offset_minutes < 0 else "+", divmod(abs(offset_minutes), 60)
    return fact("day", f"{day}{sign}{hours:02d}:{minutes:02d}")


def is_fact(value: str) -> bool:
    """Whether a text, from an address say, is a value of the filter."""
    kind, _, detail = value.partition(":")
    if kind == "reviewer":
        return 0 < len(detail) <= MAX_NAME
    if kind == "verdict":
        return detail in tuple(Verdict)
    if kind == "reason":
        return detail in reason_titles()
    if kind == "seconds":
        return _seconds(detail) is not None
    return kind == "day" and _day(detail) is not None


def condition(facts: Sequence[str]) -> Bound:
    """The condition on a row of ``judgements``: facts of one kind are alternatives, those of several kinds all hold."""
    pieces, values = [], []
    for kind, details in _by_kind(facts).items():
        bound = [_one(kind, detail) for detail in details]
        pieces.append(f"({' OR '.join(sql for sql, _ in bound)})")
        values += [value for _, found in bound for value in found]
    return " AND ".join(pieces) or "TRUE", values


def words(facts: Sequence[str]) -> str:
    """What the facts select, to be put behind "captions": ``rejected by Ada for “Language”``."""
    kinds = _by_kind(facts)
    titles = reason_titles()
    pieces = [_either([PAST[verdict] for verdict in kinds.get("verdict", ())]) or "judged"]
    if names := kinds.get("reviewer"):
        pieces.append(f"by {_either(names)}")
    if ids := kinds.get("reason"):
        pieces.append(f"for {_either([f'“{titles[id_]}”' for id_ in ids])}")
    if spans := kinds.get("seconds"):
        pieces.append(_either([_span_words(span) for span in spans]))
    if days := kinds.get("day"):
        pieces.append(f"on {_either([_day_words(day) for day in days])}")
    return " ".join(pieces)


def _by_kind(facts: Sequence[str]) -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = {}
    for value in dict.fromkeys(facts):
        if is_fact(value):
            kind, _, detail = value.partition(":")
            kinds.setdefault(kind, []).append(detail)
    return kinds


def _one(kind: str, detail: str) -> Bound:
    if kind == "reason":
        return "list_contains(reasons, ?)", [detail]
    if kind == "seconds" and (span := _seconds(detail)) is not None:
        low, high = span
        return ("seconds >= ?", [low]) if high is None else ("seconds >= ? AND seconds < ?", [low, high])
    if kind == "day" and (start := _day(detail)) is not None:
        ends = (start, start + timedelta(days=1))
        return "moment >= ? AND moment < ?", [round(end.timestamp() * 1_000_000) for end in ends]
    return f"{'verdict' if kind == 'verdict' else 'reviewer'} = ?", [detail]


def _seconds(span: str) -> tuple[int, int | None] | None:
    low, _, high = span.partition("-")
    if not low.isdecimal() or (high and not high.isdecimal()) or len(span) > 20:
        return None
    edges = int(low), int(high) if high else None
    return edges if edges[1] is None or edges[0] < edges[1] <= MAX_SECONDS else None


def _day(detail: str) -> datetime | None:
    try:
        start = datetime.fromisoformat(f"{detail[:10]}T00:00:00{detail[10:]}")
    except ValueError:
        return None
    return start if start.tzinfo is not None and 1970 < start.year < 9000 else None


def _span_words(span: str) -> str:
    low, _, high = span.partition("-")
    if not high:
        return f"in {low} s or more"
    return f"in less than {high} s" if low == "0" else f"in {low} to {high} s"


def _day_words(detail: str) -> str:
    start = _day(detail)
    return f"{start.day} {start:%B %Y}" if start else ""


def _either(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}" if names else ""
