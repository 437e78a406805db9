"""Verdicts on parts of a caption: how a clause, a facial event or a missing action is named in a stored review.

A review's ``parts`` maps such names to what was said of them:

- ``event:START-END:ACTION`` and ``clause:START-END`` -> ``right`` or ``wrong``; START and END are character offsets
  into the caption that was judged, ACTION is the label of the lexicon. A second event of the same action at the same
  place has ``#2`` behind it, and so on.
- ``missing:PHASE:ACTION`` -> ``missing``: the clip shows an action that the caption does not name; PHASE is ``begin``,
  ``progress``, ``middle``, ``end``, ``rest``, or ``any`` where none was chosen.

These names stay as they are: stored reviews hold them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from dfec_explore.model import Clause, FacialEvent

RIGHT, WRONG, MISSING = "right", "wrong", "missing"

_ACTION = r"[A-Za-z0-9_-]{1,80}"
_NAME = re.compile(
    rf"(?P<event>event:(?P<start>\d{{1,7}})-(?P<end>\d{{1,7}}):(?P<action>{_ACTION})(?:#\d{{1,3}})?)"
    r"|(?P<clause>clause:(?P<from>\d{1,7})-(?P<to>\d{1,7}))"
    rf"|(?P<missing>missing:(?P<phase>begin|progress|middle|end|rest|any):(?P<absent>{_ACTION}))"
)


def clause_part(clause: Clause) -> str:
    """Name a clause."""
    return f"clause:{clause.start}-{clause.end}"


def event_parts(events: Iterable[FacialEvent]) -> list[str]:
    """Name events, each differently."""
    seen: Counter[str] = Counter()
    names = []
    for event in events:
        name = f"event:{event.start}-{event.end}:{event.action}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return names


def missing_part(action: str, phase: str | None) -> str:
    """Name an action that the caption does not mention."""
    return f"missing:{phase or 'any'}:{action}"


def fits(name: str, said: str, caption: str) -> bool:
    """Whether this can be said of a part of this caption."""
    found = _NAME.fullmatch(name)
    if found is None:
        return False
    if found["missing"]:
        return said == MISSING
    start, end = (found["start"], found["end"]) if found["event"] else (found["from"], found["to"])
    return said in (RIGHT, WRONG) and int(start) < int(end) <= len(caption)


def summary(parts: Mapping[str, str], titles: Mapping[str, str]) -> list[str]:
    """Say in words what was said of parts, the wrong and the missing ones by name.

    Args:
        parts: as a review has them.
        titles: of actions by their label; one that is not there goes by its label.
    """
    words = []
    for name, said in parts.items():
        found = _NAME.fullmatch(name)
        action = (found["action"] or found["absent"]) if found else None
        title = titles.get(action, action) if action else "a clause"
        if said in (WRONG, MISSING):
            words.append(f"{said}: {title}")
    rights = sum(said == RIGHT for said in parts.values())
    return [*words, *([f"{rights} right"] if rights else [])]
