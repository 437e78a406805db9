"""The parser: from the tokens of a caption to its facial events."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, fields, make_dataclass
from functools import lru_cache
from typing import Any

from dfec_explore.language import kinds
from dfec_explore.language.building import NodeBuilder
from dfec_explore.language.linking import Linker
from dfec_explore.language.nodes import Node, Reader
from dfec_explore.language.phase_reach import Marker, phase_starts
from dfec_explore.language.phases import load_phases
from dfec_explore.language.rules import load_rules
from dfec_explore.language.vocabulary import Word, load_vocabulary
from dfec_explore.model import FacialEvent

EXPRESSIONS = frozenset(("smile", "frown", "expression"))
LONGEST_NOUN = 4
"""Words of what somebody wears: "a barely visible smile"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the parser makes of a caption."""

    events: list[FacialEvent]
    phases: list[tuple[int, str]]
    """From which token on which phase holds, in order."""
    nodes: list[Node]


_Draft: Any = make_dataclass("_Draft", [(field.name, field.type) for field in fields(FacialEvent)], slots=True)
"""An event while it is filled: a frozen class sets its fields at four times the cost, a tenth of all parsing."""


class Parser:
    """Finds the facial events of captions; holds no state between them."""

    def __init__(self) -> None:
        self._reader = Reader(load_vocabulary())
        self._rules = load_rules()
        self._phases = load_phases()

    def parse(self, text: str, tokens: Sequence[str], starts: Sequence[int], ends: Sequence[int]) -> Reading:
        """Find the events of a caption, in the order in which it mentions them.

        Args:
            text: the caption.
            tokens: its tokens in lower case.
            starts: character offset at which each token starts.
            ends: character offset after each token.
        """
        markers = self._phases.find(tokens)
        words = self._reader.words(tokens, markers)
        nodes = NodeBuilder(tokens, words).build()
        intro = _introductions(words, markers, len(tokens))
        links = Linker(self._rules, nodes, intro, mixed=not (markers and markers[0].phase == "begin")).link()
        phases = phase_starts(markers)
        from_tokens = [start for start, _ in phases]
        events: list[FacialEvent] = []
        for link in links:
            at = bisect_right(from_tokens, link.token)
            phase = phases[at - 1][1] or None if at else None
            start, end = starts[link.first], ends[link.last]
            quote = text[start:end]
            event = _Draft(link.action, link.direction, link.side, link.intensity, phase, start, end, quote, link.rule)
            event.__class__ = FacialEvent
            events.append(event)
        return Reading(events, phases, nodes)


def _introductions(
    words: Sequence[tuple[int, int, Word]], markers: Sequence[Marker], length: int
) -> list[tuple[int, int]]:
    """Token ranges before the first phase marker that describe the person.

    Before a beginning that is said, everything does; else the sentences with words of description.
    """
    limit = markers[0].applies_from if markers else length
    if markers and markers[0].phase == "begin":
        return [(0, limit)]
    found: list[tuple[int, int]] = []
    first, describes = 0, False
    for at, (start, end, word) in enumerate(words):
        if start >= limit:
            break
        if word.describes and not (
            _is_worn_expression(words, at) or (word.kind is kinds.HEAD_NOUN and _is_placed(words, at))
        ):
            describes = True
        if word.kind is kinds.SENTENCE:
            if describes:
                found.append((first, start))
            first, describes = end, False
    if describes:
        found.append((first, limit))
    return found


def _is_worn_expression(words: Sequence[tuple[int, int, Word]], at: int) -> bool:
    """As in "wears a faint smile", which describes nobody."""
    for _, _, word in words[at + 1 : at + 1 + LONGEST_NOUN]:
        if word.part in EXPRESSIONS or (word.kind is kinds.CUE and word.forms & kinds.NOUN_FORM):
            return True
        if word.kind is kinds.COMMA or word.kind is kinds.SENTENCE or word.kind is kinds.CONJUNCTION:
            return False
    return False


def _is_placed(words: Sequence[tuple[int, int, Word]], at: int) -> bool:
    """As in "the skin at the corners of his eyes", which is no description of a skin."""
    return at + 1 < len(words) and words[at + 1][2].kind is kinds.PREPOSITION


@lru_cache(maxsize=1)
def load_parser() -> Parser:
    """Build the parser from the lexicon; cached.

    Raises:
        LexiconError: the lexicon's data is not valid.
    """
    return Parser()
