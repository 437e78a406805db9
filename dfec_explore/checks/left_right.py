"""Left and right inside a caption that cannot both be so."""

import re
from collections.abc import Iterator

from dfec_explore.checks.check import WARNING, Check, Family, Finding, Limits
from dfec_explore.checks.subject import Subject, quoted
from dfec_explore.model import FacialEvent

ONWARD = re.compile(r"\b(?:further|farther|even more|more|continu\w+|still|remains?|keeps?|stays?)\b")
BACK = re.compile(r"\b(?:back|return\w*|again|then|revert\w*)\b")
SIDES = re.compile(r"\b(left|right)\b")
BOTH = re.compile(r"\bleft\s+(?:and|or|to)\s+(?:the\s+)?right|right\s+(?:and|or|to)\s+(?:the\s+)?left\b|side to side")
SAME = frozenset(("head_turn", "head_tilt", "gaze"))


def find_onward(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find a movement that goes "further" or "still" to a side, where the last one went to the other."""
    last: dict[str, FacialEvent] = {}
    for event in subject.analysis.events:
        if event.action not in SAME:
            continue
        side = _side(event)
        before = last.get(event.action)
        last[event.action] = event
        if side is None or before is None or _side(before) in (None, side):
            continue
        start, _ = subject.sentence_at(event.start)
        comma = max(subject.lower.rfind(mark, start, event.start) for mark in ",;") + 1
        words = subject.lower[max(start, comma, event.start - 20) : event.end + 8]
        if ONWARD.search(words) and not BACK.search(words) and not BOTH.search(words):
            message = f"{quoted(event.quote)} goes on to the {side}, yet {quoted(before.quote)} went the other way."
            yield Finding(WARNING, message, event.start, event.end)
            return


def find_both_sides(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find one movement that is said to go to both sides at once, such as "to the left right"."""
    if not {"left", "right"} <= subject.vocabulary:
        return
    for found in re.finditer(
        r"\b(?:to|towards?) the (?:\w+ )?(left|right) (?!and |or |to )(?:\w+ )?(left|right)\b", subject.lower
    ):
        if found.group(1) != found.group(2):
            yield Finding(WARNING, f"{quoted(found.group())} names both sides.", *found.span())
            return


def find_left_right(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find left and right that contradict each other."""
    yield from find_onward(subject, limits)
    yield from find_both_sides(subject, limits)


def _side(event: FacialEvent) -> str | None:
    pieces = set((event.direction or "").split("-")) & {"left", "right"}
    return pieces.pop() if len(pieces) == 1 else None


CHECKS = (
    Check(
        "left-right",
        "Left and right contradict",
        "A movement goes further to a side, or stays there, where the one before went to the other. Which of the two "
        "is wrong, only the clip tells.",
        "She turns her head to the left. In the middle, her head turns further to the right.",
        Family.CONSISTENCY,
        find_left_right,
    ),
)
