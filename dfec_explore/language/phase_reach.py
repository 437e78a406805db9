"""Reach: which words of a caption a phase marker holds for."""

from collections.abc import Sequence
from typing import NamedTuple

from dfec_explore.language.edges import ENDS, closes_clause
from dfec_explore.language.phase_verbs import Span

CONTRASTS = frozenset((";", "but", "although", "though", "while", "whereas", "until", "yet", "then"))
"""What ends the reach of a marker behind its clause: "he blinks, but looks up at the end"."""
LIST_JOINTS = frozenset(("and", "then", ","))
TRAILING = frozenset(("begin", "progress", "middle", "end", "rest"))
SHORT_SUBJECT = 3
"""Tokens from the start of a sentence to an "and" between its subjects."""


class Marker(NamedTuple):
    """Words that set the phase from here on; ``start`` and ``end`` count tokens."""

    start: int
    end: int
    phase: str
    """``begin`` ... ``rest``; empty for words that only mean progress after a beginning."""
    applies_from: int
    """First token that the phase holds for: the start of the clause that the marker closes, else ``start``."""


def marker_of(tokens: Sequence[str], span: Span, *, can_trail: bool, floor: int) -> Marker:
    """Say from where on a marker holds.

    Args:
        tokens: the caption's tokens in lower case.
        span: the marker.
        floor: no token before this one is looked at: another marker stands there.
        can_trail: whether its first word can stand behind what it is about: "she smiles at the end".
    """
    start, end, phase = span
    closes = closes_clause(tokens, end)
    if phase not in TRAILING or tokens[start] == "until" or not can_trail:
        return Marker(start, end, phase, start)
    if closes:
        return Marker(start, end, phase, _clause_start(tokens, start, floor, CONTRASTS))
    if tokens[end] != "," or not start or tokens[start - 1] in LIST_JOINTS:
        return Marker(start, end, phase, start)
    return Marker(start, end, phase, _clause_start(tokens, start, floor, CONTRASTS | LIST_JOINTS))


def _clause_start(tokens: Sequence[str], start: int, floor: int, stops: frozenset[str]) -> int:
    """Go back from a marker to the start of its clause."""
    while start > floor and tokens[start - 1] not in ENDS and not tokens[start - 1].isspace():
        if tokens[start - 1] in stops and not (tokens[start - 1] == "and" and _opens_with(tokens, start - 1)):
            return start
        start -= 1
    return start


def _opens_with(tokens: Sequence[str], at: int) -> bool:
    """Whether the "and" joins the subjects of its sentence: "AU6 and AU12 are seen from the first frame"."""
    before = tokens[max(at - SHORT_SUBJECT, 0) : at]
    return 0 < at < SHORT_SUBJECT or any(token in ENDS or token.isspace() for token in before)


def phase_starts(markers: Sequence[Marker]) -> list[tuple[int, str]]:
    """Say from which token on which phase holds, in order of the tokens.

    A marker that closes its clause covers the clause unless an earlier marker stands in it; where that one closes a
    clause of its own ("furrowed throughout, raised near the end") it covers what comes after.
    """
    starts: list[tuple[int, str]] = []
    previous_end, current, trails = 0, "", False
    for marker in markers:
        phase = marker.phase or ("progress" if current == "begin" else current)
        start = marker.applies_from
        if start < previous_end:
            start = previous_end if trails and start < marker.start else marker.start
        trails = marker.applies_from < marker.start
        starts.append((start, phase))
        previous_end, current = marker.end, phase
    return starts
