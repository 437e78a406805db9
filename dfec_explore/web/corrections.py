"""What a corrected caption changes: word by word, and in the facial actions that it states."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from dfec_explore import language
from dfec_explore.model import FacialEvent
from dfec_explore.web.components.marking import phase_title

TOKEN = re.compile(r"\w+(?:['’-]\w+)*\s*|[^\w\s]\s*|\s+")
"""Words and single signs, each with the white space behind it: joined they are the text again."""

MANY_TOKENS = 2_000
"""From here on the comparison may be coarser (``difflib``'s ``autojunk``): it would take seconds."""

Kind = Literal["same", "removed", "added", "changed"]
Stated = tuple[str | None, ...]
"""Direction, side, intensity and phase of an event."""


class Correction(BaseModel):
    """A caption and its correction, as a browser posts them."""

    model_config = ConfigDict(extra="ignore")
    before: str = Field(max_length=50_000)
    after: str = Field(max_length=50_000)


@dataclass(frozen=True, slots=True)
class EventChange:
    """One facial action that a correction adds, removes or changes."""

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


def compare(before: str, after: str, titles: Mapping[str, tuple[str, str]]) -> dict[str, object]:
    """Compare a caption with its correction, JSON-ready.

    Args:
        before: the caption.
        after: its correction.
        titles: title and region of actions by their label.
    """
    old, new = language.extract_events([before, after])
    return {
        "words": compare_words(before, after),
        "actions": {
            "before": len(old),
            "after": len(new),
            "changes": [_described(change, titles) for change in compare_events(old, new)],
        },
    }


def _described(change: EventChange, titles: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    title, region = titles.get(change.action, (change.action, ""))
    return {"kind": change.kind, "title": title, "region": region, "before": change.before, "after": change.after}


def _take_like(events: list[FacialEvent], wanted: FacialEvent) -> bool:
    like = next((event for event in events if _stated(event) == _stated(wanted)), None)
    if like is None:
        return False
    events.remove(like)
    return True


def _stated(event: FacialEvent) -> Stated:
    return event.direction, event.side, event.intensity, event.phase


def _words(event: FacialEvent) -> str:
    phase = phase_title(event.phase) if event.phase else None
    return ", ".join(word for word in (event.direction, event.side, event.intensity, phase) if word) or "stated"
