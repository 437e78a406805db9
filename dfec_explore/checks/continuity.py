"""What a movement leads to is so already: eyes that close when they are closed, speech that stops twice."""

import re
from collections.abc import Iterator, Mapping

from dfec_explore.checks.check import WARNING, Check, Family, Finding, Limits
from dfec_explore.checks.subject import Subject, quoted
from dfec_explore.model import FacialEvent

PARTS: Mapping[str, Mapping[str, str]] = {
    "eyes": {
        "eyes_close": "closed",
        **dict.fromkeys(("eyes_open", "eyes_widen", "gaze", "blink", "lid_raise", "wink", "eyes_squint"), "open"),
        "lid_droop": "unknown",
    },
    "mouth": {
        "mouth_close": "closed",
        **dict.fromkeys(
            ("mouth_open", "teeth_show", "tongue_show", "jaw_drop", "speak", "laugh", "mouth_move", "lip_stretch",
             "upper_lip_raise", "lower_lip_depress", "lip_suck", "lip_corner_pull", "breathe", "cry", "jaw_move"),
            "open",
        ),
        **dict.fromkeys(("speak_stop", "mouth_relax", "lip_tremble"), "unknown"),
    },
    "speech": {"speak_stop": "stopped", "speak": "going on", "laugh": "going on"},
}  # fmt: skip
"""By part: the state that each action leaves it in."""
MOVEMENT = re.compile(r"\b(?:closes?|closing|shuts?|shutting|stops?|stopping|ends?|finish\w*|ceas\w+)\b")
WHOLLY = re.compile(r"\b(?:clos\w+|shut\w*|seal\w*|stop\w*|ceas\w+|finish\w*|end\w*)\b")
OPENS = re.compile(r"\bopen\w*")
PARTIAL = re.compile(
    r"\b(?:slight\w*|half|partial\w*|almost|more|further|tight\w*|fully|complete\w*|bit|again|after)\b"
)


def find_already(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find a movement whose end was reached before, with nothing in between that left it."""
    last: dict[str, tuple[str, FacialEvent]] = {}
    for event in subject.analysis.events:
        for part, states in PARTS.items():
            state = states.get(event.action)
            if state is None:
                continue
            before = last.get(part)
            if before and before[0] == state and state in ("closed", "stopped") and _whole(subject, before[1], event):
                message = (
                    f"{quoted(event.quote)}, yet the {part} {_be(part)} {state} already: {quoted(before[1].quote)}."
                )
                yield Finding(WARNING, message, event.start, event.end)
                return
            last[part] = (state, event)


def _whole(subject: Subject, before: FacialEvent, event: FacialEvent) -> bool:
    """Whether both closed it wholly, the second by a movement of its own, in another sentence."""
    if "slight" in (before.intensity, event.intensity) or before.side != event.side:
        return False
    if subject.sentence_at(before.start) == subject.sentence_at(event.start):
        return False
    first = subject.lower[max(before.start - 12, 0) : before.end + 12]
    if not WHOLLY.search(before.quote.lower()) or OPENS.search(first):
        return False
    near = subject.lower[max(event.start - 12, 0) : event.end + 12]
    return MOVEMENT.search(event.quote.lower()) is not None and not PARTIAL.search(near)


def _be(part: str) -> str:
    return "were" if part == "eyes" else "was" if part == "mouth" else "had"


CHECKS = (
    Check(
        "already-so",
        "Happens though it is so already",
        "The mouth or the eyes close though they were closed, or speech stops twice, and nothing between says that "
        "they opened or that it began again: a movement is missing.",
        "His mouth is closed. As the video progresses, he closes his mouth.",
        Family.CONSISTENCY,
        find_already,
    ),
)
