"""Mentions of actions as 32-bit numbers: which action, what comes next in the caption, when, where to and how strongly.

``samples.mentions`` lists them for each caption, so that views of order, phase and modifiers read one narrow column of
the table that filters are about, and join nothing.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from dfec_explore.index.schema import PHASES
from dfec_explore.model import FacialEvent

if TYPE_CHECKING:
    from dfec_explore.language import Lexicon

DIRECTIONS = ("up", "down", "left", "right", "forward", "back")
"""What directions are made of, in the order in which they are spelled."""
SIDES = ("left", "right")
INTENSITIES = ("slight", "strong")

LAST = 1 << 15
"""Set where no action follows."""
FIRST_BITS: Mapping[str, int] = {
    "action": 0,
    "next_action": 6,
    "phase": 12,
    "direction": 16,
    "side": 22,
    "intensity": 24,
}
"""Where each part of a number begins. A direction has a bit for each piece, the others count from 1 (0: not stated)."""
MASKS: Mapping[str, int] = {
    "action": 63,
    "next_action": 63 << 6 | LAST,
    "phase": 7 << 12,
    "direction": 63 << 16,
    "side": 3 << 22,
    "intensity": 3 << 24,
}
"""The bits of each part."""


def encode(events: Sequence[FacialEvent], lexicon: "Lexicon") -> list[int]:
    """The numbers of a caption's events, which come in the order of the caption.

    Raises:
        ValueError: a phase, direction, side or intensity has no number.
    """
    actions = [lexicon.actions[event.action].bit for event in events]
    following = [*(action << FIRST_BITS["next_action"] for action in actions[1:]), LAST]
    return [
        action | after | _attributes(event.phase, event.direction, event.side, event.intensity)
        for action, after, event in zip(actions, following, events, strict=False)
    ]


@lru_cache(maxsize=4096)
def _attributes(phase: str | None, direction: str | None, side: str | None, intensity: str | None) -> int:
    pieces = direction.split("-") if direction else ()
    return (
        _place(PHASES, phase) << FIRST_BITS["phase"]
        | sum(1 << _place(DIRECTIONS, piece) - 1 for piece in pieces) << FIRST_BITS["direction"]
        | _place(SIDES, side) << FIRST_BITS["side"]
        | _place(INTENSITIES, intensity) << FIRST_BITS["intensity"]
    )


def _place(values: Sequence[str], value: str | None) -> int:
    if value is None:
        return 0
    if value not in values:
        raise ValueError(f"{value!r} has no number; these have one: {', '.join(values)}")
    return 1 + values.index(value)


def decode(code: int, part: str) -> int | str | None:
    """What a number made by ``encode`` says; None where it says nothing.

    Args:
        code: the number; parts that are not asked for may be left out of it.
        part: one of ``MASKS``; actions are given by their number in the lexicon.
    """
    value = (code & MASKS[part]) >> FIRST_BITS[part]
    if part == "action":
        return value
    if part == "next_action":
        return None if code & LAST else value
    if part == "direction":
        return "-".join(piece for place, piece in enumerate(DIRECTIONS) if value >> place & 1) or None
    values = {"phase": PHASES, "side": SIDES, "intensity": INTENSITIES}[part]
    return values[value - 1] if value else None
