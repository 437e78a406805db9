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
    r"but|though|although|yet|however|almost|nearly|half|slit|crack|gap|barely)\b|;"
)
"""Words that order two actions in time, or make one of them partial; between two actions they allow both."""
TOGETHER = re.compile(
    r"\b(?:while|whilst|at the same time|simultaneously|meanwhile|as well as|yet also|and also|at once)\b"
    r"|^ with (?:\w+ ){0,3}$"
)
SAME_TIME_AFTER = re.compile(r"[^,.;]{0,25}?\s(?:at the same time|simultaneously|at once)(?=\s*[.,;]|\s*$)")
SAME_TIME_BEFORE = re.compile(r"\b(?:simultaneously|both)\b(?! (?:eyes|sides|corners|eyebrows|brows|lips|eyelids|of))")
EXPRESSIVE = frozenset(
    ("brow_raise", "brow_lower", "eyes_widen", "eyes_squint", "lid_raise", "lip_corner_pull", "lip_corner_depress",
     "nose_wrinkle", "cheek_raise", "upper_lip_raise", "lip_stretch", "lip_pucker", "lip_press", "laugh", "jaw_drop")
)  # fmt: skip
BE = re.compile(r"\b(?:is|are|was|were|remains?|stays?)\b")
SEQUENCE = re.compile(
    r"\b(?:raised|lowered|opened|closed|furrowed|relaxed|lifted)\b[^,.]{0,20}\band (?:then )?"
    r"(?:raised|lowered|opened|closed|furrowed|relaxed|lifted)\b"
)
"""Participles of a movement to and fro: "raised and lowered", "raised slightly and lowered"."""
PASSIVE = re.compile(
    r"\b(?:opened and closed|closed and opened|raised and lowered|lowered and raised|\w+ing and \w+ing)\b"
)
TURN = re.compile(r"(?:then|next|after|later|subsequently|suddenly|soon|when|as|and)\b")
FIXED = re.compile(
    r"\b(?:is|are|was|were|remains?|stays?|keeps?|with|eyes|mouth|lips|his|her|the)\s+(?:\w+ly\s+|still\s+)?"
    r"(?:closed|shut)\b"
)
NEEDS = ({"eyes_close", "gaze"}, {"mouth_close", "teeth_show"}, {"mouth_close", "tongue_show"})
"""Closed eyes look at nothing, a closed mouth shows no teeth: whether as a state or as a movement."""
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
    "eyes_squint": re.compile(r"\beyes?\b.*(?:narrow|squint)|(?:narrow|squint).*\beyes?\b"),
    "lid_raise": re.compile(r"lid"),
    "lid_droop": re.compile(r"lid"),
}
"""What the words of an action have to say for it to be the opposite: brows can be raised and drawn together at once."""
OTHER_CHANGE = re.compile(
    r"\b(?:other|further|else|additional|apart|except|besides|aside|beyond|only|but|while|although|though|then|"
    r"before|after|until|remaining|rest of|overall|more|much|great|big|major|significant\w*|obvious\w*|noticeabl\w*|"
    r"relative\w*|"
    r"particular\w*|apparent|drastic\w*|substantial\w*|mark\w*|basically|almost|nearly|mostly)\b"
)


def find_contradiction(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find two actions in one clause that exclude each other and that the text does not order."""
    events = subject.analysis.events
    for at, first in enumerate(events):
        for second in events[at + 1 : at + 1 + int(limits["reach"])]:
            if second.phase != first.phase or not _exclude(first, second) or not _together(subject, first, second):
                continue
            start, end = min(first.start, second.start), max(first.end, second.end)
            both = f"{quoted(first.quote)} and {quoted(second.quote)}"
            yield Finding(ERROR, f"{both} cannot be at the same time, and no word orders them.", start, end)
            return


def _exclude(first: FacialEvent, second: FacialEvent) -> bool:
    if first.side != second.side and first.side and second.side:
        return False
    if first.action == second.action:
        return first.action in DIRECTED and _opposite(first.direction, second.direction)
    if frozenset((first.action, second.action)) not in EXCLUDE:
        return False
    if ("corner" in first.quote) != ("corner" in second.quote) and "mouth" in first.action + second.action:
        return False
    return all(_says(one) for one in (first, second))


def _says(event: FacialEvent) -> bool:
    """Whether the words are strong enough to exclude anything: half-closed eyes see."""
    if event.action in ("eyes_close", "mouth_close") and event.intensity == "slight":
        return False
    wanted = MUST_SAY.get(event.action)
    return wanted is None or wanted.search(event.quote.lower()) is not None


def _opposite(one: str | None, other: str | None) -> bool:
    first, second = (one or "").split("-"), (other or "").split("-")
    if any(OPPOSITE.get(piece) in first for piece in first) or any(OPPOSITE.get(piece) in second for piece in second):
        return False  # "From side to side".
    return any(OPPOSITE.get(piece) in second for piece in first)


def _together(subject: Subject, first: FacialEvent, second: FacialEvent) -> bool:
    """Whether the text puts two events at the same time: it says so, or one is a state that the other needs away."""
    lower = subject.lower
    start, end = min(first.start, second.start), max(first.end, second.end)
    sentence = subject.sentence_at(start)
    between = lower[first.end : second.start]
    if subject.sentence_at(end - 1) != sentence:
        return first.phase == "begin" and _set_scene(subject, first, second, between)
    if SAME_TIME_AFTER.match(lower, end) or SAME_TIME_BEFORE.search(lower, max(start - 20, sentence[0]), start + 12):
        return not ORDER.search(lower, start, end)
    if (
        first.end > second.start or between.strip() == "and"
    ):  # Coordinated: "is closed and wide open", but not "opened and closed".
        pair = lower[start:end]
        return BE.search(pair) is not None and not ORDER.search(pair) and not PASSIVE.search(pair)
    if TOGETHER.search(between):
        return not ORDER.search(between) and not _coordinated(first, second)
    if ORDER.search(lower, max(start - 25, sentence[0]), end) or _coordinated(first, second):
        return False
    if SEQUENCE.search(lower, start, end):
        return False
    if {first.action, second.action} in NEEDS and _is_fixed(subject, first):
        return True
    return _is_state(subject, first) and _is_state(subject, second) and not (" and " in between and _moves(between))


def _set_scene(subject: Subject, first: FacialEvent, second: FacialEvent, between: str) -> bool:
    """Whether two neighbouring sentences about the first frame contradict each other."""
    if between.count(".") != 1 or ORDER.search(between) or ORDER.search(subject.lower, second.start, second.end):
        return False
    lower = subject.lower
    if TURN.match(lower, subject.sentence_at(second.start)[0]):
        return False
    return BE.search(first.quote.lower()) is not None and (
        BE.search(second.quote.lower()) is not None or second.action == "gaze"
    )


def _coordinated(first: FacialEvent, second: FacialEvent) -> bool:
    return " and " in first.quote or " and " in second.quote


def _is_fixed(subject: Subject, event: FacialEvent) -> bool:
    """Whether it is a state that is said to be, not to come: "eyes are closed", "with closed eyes"."""
    words = subject.lower[max(event.start - 8, 0) : event.end]
    return event.action in ("eyes_close", "mouth_close") and FIXED.search(words) is not None


def _moves(text: str) -> bool:
    return MOVEMENT.search(text) is not None


def _is_state(subject: Subject, event: FacialEvent) -> bool:
    quote = subject.lower[max(event.start - 12, 0) : event.end]
    return STATE.search(quote) is not None and not _moves(subject.lower[event.start : event.end])


def find_no_change(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find "no change", with no word that makes it less than none, in a sentence that tells of a change of the face."""
    for event in subject.analysis.events:
        if event.action != "no_change":
            continue
        start, end = subject.sentence_at(event.start)
        if OTHER_CHANGE.search(subject.lower, start, end):
            continue
        for other in subject.facial:
            if start <= other.start < end and other.phase == event.phase and _changes(subject, other):
                message = f"{quoted(event.quote)} stands beside {quoted(other.quote)} in the same sentence."
                yield Finding(WARNING, message, min(event.start, other.start), max(event.end, other.end))
                return


def _changes(subject: Subject, event: FacialEvent) -> bool:
    """Whether it changes the expression, as a mouth that opens to speak does not."""
    return event.action in EXPRESSIVE and _moves(subject.lower[event.start : event.end])


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
