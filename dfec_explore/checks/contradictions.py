"""Actions that cannot be at the same time, and "no change" beside changes."""

import re
from collections.abc import Iterator

from dfec_explore.checks.check import ERROR, WARNING, Check, Family, Finding, Limits
from dfec_explore.checks.subject import Subject, quoted
from dfec_explore.model import FacialEvent

EXCLUDE = frozenset(
    frozenset(pair)
    for pair in (
        ("eyes_close", "eyes_open"), ("eyes_close", "eyes_widen"), ("eyes_close", "gaze"),
        ("eyes_widen", "eyes_squint"), ("mouth_close", "mouth_open"), ("mouth_close", "teeth_show"),
        ("mouth_close", "tongue_show"), ("lip_press", "mouth_open"), ("lip_press", "teeth_show"),
        ("lip_press", "tongue_show"), ("lip_corner_pull", "lip_corner_depress"), ("brow_raise", "brow_lower"),
        ("brow_raise", "brow_relax"), ("brow_lower", "brow_relax"), ("lid_raise", "lid_droop"),
        ("head_up", "head_down"),
    )
)  # fmt: skip
"""Pairs that a face cannot show at the same time."""
OPPOSITE = {"left": "right", "right": "left", "up": "down", "down": "up"}
DIRECTED = frozenset(("gaze", "head_turn", "head_tilt"))
ORDER = re.compile(
    r"\b(?:then|before|after|afterwards?|followed|following|next|later|subsequently|again|re-?open\w*|from|until|"
    r"finally|once|first|alternat\w+|repeated\w*|back|gradually|begin\w*|start\w*|stop\w*|continu\w+|when|return\w*|"
    r"eventually|briefly|initially|previous\w*|times|twice|quickly|suddenly|immediately|slowly|turns? (?:in)?to|"
    r"chang\w+|becom\w+|between|occasional\w*|sometimes|momentar\w+|slightly closed|not|without|no longer|despite|"
    r"but|though|although|yet|however|almost|nearly|half|slit|crack|gap|barely|corner of|corners of)\b|[;.\n]"
)
"""Words that order two actions in time, or make one of them partial; between two actions they allow both."""
TOGETHER = re.compile(
    r"\b(?:while|whilst|at the same time|simultaneously|meanwhile|both|as well as|yet also|and also|at once)\b"
)
STATE = re.compile(
    r"\b(?:is|are|was|were|remains?|stays?|keeps?|kept|held|with|closed|shut|open|opened|raised|lowered|lifted|"
    r"furrowed|knitted|relaxed|upturned|downturned|widened|squinted|narrowed|parted|agape|ajar|pressed|tilted|turned|"
    r"looking|gazing|staring|facing|fixed|drooping|drooped|revealing|showing|exposing|visible|smiling|frowning|wide)\b"
)
MOVEMENT = re.compile(
    r"\b(?:opens|closes|shuts|raises|lowers|lifts|furrows|relaxes|widens|squints|narrows|parts|presses|tilts|turns|"
    r"looks|moves|drops|droops|smiles|frowns|reveals|shows|opening|closing|raising|lowering|lifting|furrowing|"
    r"widening|tilting|turning|raise|lower|lift|furrow|relax|widen|close|rise|rises|fall|falls|drop|droop|squint|part|"
    r"curve|curves|turn|tilt|move|shift|shifts|blinks?)\b"
)
DOWN = re.compile(r"\b(?:lower\w*|down\w*|drop\w*|fall\w*|sink\w*|press\w*|descend\w*)\b")
MUST_SAY = {
    "brow_lower": DOWN,
    "eyes_squint": re.compile(r"narrow|squint"),
    "lid_raise": re.compile(r"lid"),
    "lid_droop": re.compile(r"lid"),
}
"""What the words of an action have to say for it to be the opposite: brows can be raised and drawn together at once."""
OTHER_CHANGE = re.compile(
    r"\b(?:other|further|else|additional|apart|except|besides|aside|beyond|only|but|while|although|though|then|before|"
    r"after|until|remaining|rest of|overall|more|much|great|big|major)\b"
)


def find_contradiction(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find two actions in one clause that exclude each other and that the text does not order."""
    events = subject.analysis.events
    for at, first in enumerate(events):
        for second in events[at + 1 : at + 1 + int(limits["reach"])]:
            if second.phase != first.phase or not _exclude(first, second):
                continue
            if not _together(subject, first, second):
                continue
            start, end = min(first.start, second.start), max(first.end, second.end)
            message = (
                f"{quoted(first.quote)} and {quoted(second.quote)} cannot be at the same time, and no word orders them."
            )
            yield Finding(ERROR, message, start, end)
            return


def _exclude(first: FacialEvent, second: FacialEvent) -> bool:
    if first.side != second.side and first.side and second.side:
        return False
    if first.action == second.action:
        return first.action in DIRECTED and _opposite(first.direction, second.direction)
    if frozenset((first.action, second.action)) not in EXCLUDE:
        return False
    if (first.end > second.start and second.end > first.start) or " and " in first.quote or " and " in second.quote:
        return False  # Coordinated: one after the other.
    for one in (first, second):
        if one.action in ("eyes_close", "mouth_close") and one.intensity == "slight":
            return False
        if (wanted := MUST_SAY.get(one.action)) and not wanted.search(one.quote.lower()):
            return False
    return True


def _opposite(one: str | None, other: str | None) -> bool:
    if not one or not other or len(one.split("-")) > 2 or len(other.split("-")) > 2:
        return False
    pieces = other.split("-")
    if any(OPPOSITE.get(piece) in one.split("-") for piece in one.split("-")):
        return False
    return any(OPPOSITE.get(piece) in pieces for piece in one.split("-"))


def _together(subject: Subject, first: FacialEvent, second: FacialEvent) -> bool:
    """Whether the text puts two events at the same time: it says so, or both are states of one sentence."""
    lower = subject.lower
    start, end = min(first.start, second.start), max(first.end, second.end)
    sentence = subject.sentence_at(start)
    if subject.sentence_at(end - 1) != sentence:
        return False
    between = lower[min(first.end, second.start) : max(first.end, second.start)]
    inside = lower[start:end]
    if TOGETHER.search(between) and not ORDER.search(between):
        return True
    if ORDER.search(lower[sentence[0] : end][-(end - start) - 25 :].rstrip(".")) or (
        " and " in inside and _moves(inside)
    ):
        return False
    return _is_state(subject, first) and _is_state(subject, second)


def _moves(text: str) -> bool:
    return MOVEMENT.search(text) is not None


def _is_state(subject: Subject, event: FacialEvent) -> bool:
    quote = subject.lower[max(event.start - 12, 0) : event.end]
    return STATE.search(quote) is not None and not _moves(subject.lower[event.start : event.end])


def find_no_change(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find "no change" in a sentence that tells of a change of the face."""
    for event in subject.analysis.events:
        if event.action != "no_change":
            continue
        start, end = subject.sentence_at(event.start)
        sentence = subject.lower[start:end]
        if OTHER_CHANGE.search(sentence):
            continue
        beside = [
            other
            for other in subject.facial
            if start <= other.start < end
            and other.phase == event.phase
            and not other.action.startswith(("head_", "speak", "gaze", "blink"))
            and _moves(subject.lower[other.start : other.end])
        ]
        if beside:
            other = beside[0]
            message = f"{quoted(event.quote)} stands beside {quoted(other.quote)} in the same sentence."
            yield Finding(WARNING, message, min(event.start, other.start), max(event.end, other.end))
            return


CHECKS = (
    Check(
        "contradiction",
        "Contradiction in a clause",
        "Two states or actions that a face cannot show at the same time, in one sentence and phase, with no word that "
        "orders them (then, before, again).",
        "Her eyes are closed, looking straight ahead.",
        Family.CONSISTENCY,
        find_contradiction,
        limits={"reach": 6},
    ),
    Check(
        "no-change-beside-change",
        "No change beside a change",
        "A sentence says that nothing changes in the face, and that something does.",
        "There is no change in her expression, her brows rise.",
        Family.CONSISTENCY,
        find_no_change,
    ),
)
