"""Two captions side by side: what differs word by word, and in the facial actions that they state."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from dfec_explore.model import FacialEvent

TOKEN = re.compile(r"\w+(?:['’-]\w+)*\s*|[^\w\s]\s*|\s+")
"""Words and single signs, each with the white space behind it: joined they are the text again."""

MANY_TOKENS = 2_000
"""From here on the comparison may be coarser (``difflib``'s ``autojunk``): it would take seconds."""

PHASE_TITLES: Mapping[str, str] = {
    "begin": "beginning",
    "progress": "progress",
    "middle": "middle",
    "end": "end",
    "rest": "rest",
}
"""Phases as they are named for people."""

Kind = Literal["same", "removed", "added", "changed"]
Stated = tuple[str | None, ...]
"""Direction, side, intensity and phase of an event."""


@dataclass(frozen=True, slots=True)
class EventChange:
    """One facial action that the later of two captions adds, removes or changes."""

    kind: Kind
    action: str
    before: str
    """What was said of it: direction, side, intensity, phase; empty where it was not there."""
    after: str


def compare_words(before: str, after: str) -> list[tuple[Kind, str]]:
    """Compare two texts word by word (longest matching runs, as ``difflib`` finds them); white space does not count.

    Returns:
        Pieces in order: those of ``same`` and ``added`` joined are ``after``; those of ``same`` and ``removed`` are
        ``before``, but for white space.
    """
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    matcher = SequenceMatcher(
        None, [token.strip() for token in old], [token.strip() for token in new], autojunk=len(new) > MANY_TOKENS
    )
    pieces: list[tuple[Kind, str]] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(("same", "".join(new[k:m])))
            continue
        if i < j:
            pieces.append(("removed", "".join(old[i:j])))
        if k < m:
            pieces.append(("added", "".join(new[k:m])))
    return pieces


def compare_events(before: Iterable[FacialEvent], after: Iterable[FacialEvent]) -> list[EventChange]:
    """Compare what two captions state, in the order of the later one; where it is stated does not matter.

    Events of one action are matched first with their like, then with what is left of the same action.
    """
    left: dict[str, list[FacialEvent]] = {}
    for event in before:
        left.setdefault(event.action, []).append(event)
    unmatched = [event for event in after if not _take_like(left.get(event.action, []), event)]
    changes = []
    for event in unmatched:
        others = left.get(event.action)
        if others:
            changes.append(EventChange("changed", event.action, _words(others.pop(0)), _words(event)))
        else:
            changes.append(EventChange("added", event.action, "", _words(event)))
    gone = (event for events in left.values() for event in events)
    return [*changes, *(EventChange("removed", event.action, _words(event), "") for event in gone)]


def _take_like(events: list[FacialEvent], wanted: FacialEvent) -> bool:
    like = next((event for event in events if _stated(event) == _stated(wanted)), None)
    if like is None:
        return False
    events.remove(like)
    return True


def _stated(event: FacialEvent) -> Stated:
    return event.direction, event.side, event.intensity, event.phase


def _words(event: FacialEvent) -> str:
    phase = PHASE_TITLES.get(event.phase, event.phase) if event.phase else None
    return ", ".join(word for word in (event.direction, event.side, event.intensity, phase) if word) or "stated"
