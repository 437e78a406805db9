"""The scene: what linking works on, and the links that it has made so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from dfec_explore.language import kinds
from dfec_explore.language.attributes import DIRECTED, SIDEWAYS, attributes_of
from dfec_explore.language.nodes import Node
from dfec_explore.language.rules import Rules

ADJOINED = frozenset((kinds.COMMA, kinds.OTHER))
"""Kinds that may stand between the adjectives of a noun."""
APART = frozenset((kinds.COMMA, kinds.SENTENCE, kinds.SUBJECT))
HEAVY = ("droop",)
"""As in "a heavy frown": beside eyelids the word is a droop."""
WHOLE = frozenset(("head", "face", "gaze"))
"""Parts without sides, before which a side is a direction: "a leftward head turn"."""
IMPLIED = frozenset(("gaze", "jaw_move"))
LONGEST_QUOTE = 9
"""Tokens between a cue and a part that are still quoted together."""
RECENT = 8
"""Links and parts that can still be referred back to; bounds the work in a sentence without end."""


@dataclass(slots=True)
class Link:
    """An event before it has offsets: tokens ``first`` to ``last``, inclusive."""

    action: str
    rule: str
    cue: int
    """Index of the node that names the action."""
    token: int
    first: int
    last: int
    part: Node | None = None
    direction: str | None = None
    side: str | None = None
    intensity: str | None = None
    prenominal: bool = False
    """Whether it is said like an adjective: "the raised eyebrows"."""


token_of = attrgetter("token")
"""The token that a link is ordered by."""


def place_of(link: Link) -> tuple[int, int]:
    """The cue's token, then the part's: the order in which the caption mentions the links."""
    return link.token, link.part.first if link.part is not None else 0


class Scene:
    """One caption while it is linked."""

    def __init__(self, rules: Rules, nodes: Sequence[Node], intro: Sequence[tuple[int, int]]) -> None:
        """Take the nodes and the token ranges (end exclusive) of sentences that describe the person."""
        self.rules, self.nodes, self._intro = rules, nodes, intro
        self.intro_end = intro[-1][1] if intro else 0
        """No sentence after this token describes the person."""
        self.links: list[Link] = []
        self.has_prenominal = False
        self.settled: set[int] = set()
        """Parts (by ``id``) of which the table knows that their cue is no action."""
        self.topics: list[list[Node]] = []
        """Groups of parts named so far in the sentence, and the last one of the sentence before."""
        self.carried: list[Node] | None = None
        """The group that was named in the sentence before."""

    def end_sentence(self) -> None:
        """Of the parts named so far only the last can still be meant."""
        while len(self.topics) > 1 and self.topics[-1][0].part == "other":
            del self.topics[-1]
        del self.topics[:-1]
        self.carried = self.topics[-1] if self.topics else None

    def in_intro(self, node: Node) -> bool:
        """Whether a node stands where the person is described."""
        return node.first < self.intro_end and any(first <= node.first < end for first, end in self._intro)

    def adjectives_of(self, part: Node) -> list[str]:
        """The intensities right before a part: "a slight smile", "slight head movements"."""
        found: list[str] = []
        j = part.at - 1
        while j >= 0 and (self.nodes[j].kind is kinds.INTENSITY or self._goes_on(j)):
            if self.nodes[j].kind is kinds.INTENSITY:
                found.append(self.nodes[j].value)
            elif self.nodes[j].word.cues == HEAVY:
                found.append("strong")
            j -= 1
        return found

    def _goes_on(self, j: int) -> bool:
        """Whether adjectives go on before the one at ``j``: "a big, warm smile", "a rueful little grin"."""
        if self.nodes[j].word.cues == HEAVY and self.nodes[j].word.forms == kinds.ADJECTIVE_FORM:
            return True
        if not j or self.nodes[j].kind not in ADJOINED:
            return False
        before = self.nodes[j - 1]
        is_adjective = before.kind is kinds.INTENSITY and bool(before.word.forms & kinds.ADJECTIVE_FORM)
        return is_adjective or (
            self.nodes[j].kind is kinds.OTHER and before.kind is kinds.COMMA and self._goes_on(j - 1)
        )

    def is_near(self, k: int, part: Node) -> bool:
        """Whether the quote of the cue at ``k`` can hold the part too: no comma or sentence lies between."""
        if not -LONGEST_QUOTE <= self.nodes[k].first - part.first <= LONGEST_QUOTE:
            return False
        lo, hi = (k, part.at) if k < part.at else (part.at, k)
        while hi - lo > 1:
            hi -= 1
            if self.nodes[hi].kind in APART:
                return False
        return True

    def add(
        self, k: int, action: str, rule: str, tags: set[str], part: Node | None = None, *, prenominal: bool = False
    ) -> None:
        """Link the cue at ``k``, and a part if it has one, as an action with what its tags say."""
        node = self.nodes[k]
        first, last = node.first, node.last
        direction = strength = side = None
        if tags:
            direction, strength = attributes_of(action, frozenset(tags))
        if action in IMPLIED and (direction is None or direction in SIDEWAYS):
            implied = next((self.rules.implied[c] for c in node.word.cues if c in self.rules.implied), None)
            direction = "-".join(d for d in (implied, direction) if d) or None
        if part is not None:
            side = part.side or None
            if side and action in DIRECTED and part.part in WHOLE:
                direction, side = direction or side, None
            if -1 <= part.at - k <= 1 or self.is_near(k, part):
                first = part.first if part.first < first else first
                last = part.last if part.last > last else last
        self.has_prenominal |= prenominal
        self.links.append(Link(action, rule, k, node.first, first, last, part, direction, side, strength, prenominal))
