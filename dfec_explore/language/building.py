"""Building nodes: one pass over a caption's words that hangs the small ones on the parts and cues."""

from collections.abc import Callable, Sequence

from dfec_explore.language import kinds
from dfec_explore.language.compounds import (
    LABELLED_CORNERS,
    LOWER_PARTS,
    NAMED_PARTS,
    compound,
    is_corner,
    is_lower_adjective,
    merges,
)
from dfec_explore.language.nodes import IN_WORD, OTHER_WORD, SENTENCE_WORD, Node, make_node
from dfec_explore.language.sides import (
    BRACKETED,
    EXACTLY,
    HYPHENED,
    PAIRED,
    SIDED,
    SIDES,
    STATING,
    TOWARDS,
    VERTICAL,
    apposed,
    ends_sentence,
    heads,
)
from dfec_explore.language.spelled_alike import PLACED, SHAPE, is_shape, is_verb, place_wrinkling, spelled_like
from dfec_explore.language.vocabulary import Kind, Word

HEAVY_WORD = Word(kinds.INTENSITY, "strong", forms=kinds.ADJECTIVE_FORM)
"""What "heavy" is before a noun of an action: "heavy breathing", beside "heavy eyelids"."""
INWARD = Word(kinds.DIRECTION, "in")
CLOSING = frozenset((kinds.COMMA, kinds.SENTENCE, kinds.BREAK, kinds.CONJUNCTION))
"""Kinds before which "her" is a person: "turns toward her, then nods"."""
MUSCLE_WORDS = frozenset(("muscle", "muscles"))
ENDS = frozenset(("ends", "ending"))
NAMING = frozenset((kinds.DETERMINER, kinds.ADJECTIVE))
"""Kinds of words right before "ends" that make it a noun: "the ends", "at the outer ends"."""
UNDER_LABEL = 6
"""Nodes for which a label such as "Forehead:" holds."""
ATTRIBUTIVE = kinds.ADJECTIVE_FORM | kinds.PAST_FORM | kinds.ING_FORM
"""Forms of cues that may stand between a small word and its part: "the raised eyebrows"."""


class NodeBuilder:
    """One pass over the words of a caption; holds what small words say of the next part or cue."""

    def __init__(self, tokens: Sequence[str], words: Sequence[tuple[int, int, Word]]) -> None:
        self.tokens, self.words = tokens, words
        self.nodes: list[Node] = []
        self.part: Node | None = None
        self.head: tuple[int, str, str] | None = None
        """First token, preposition and side of a noun such as "side" that the next part belongs to."""
        self.label: Node | None = None
        """The part that heads what follows: "Forehead: two creases"."""
        self._clear()

    def _clear(self) -> None:
        """Forget what small words have said, which ``held`` tells is the case."""
        self.held, self.determined, self.preposition, self.side = False, False, "", ""
        self.adjectives: tuple[str, ...] = ()

    def build(self) -> list[Node]:
        """Build the nodes, in order."""
        nodes = self.nodes
        for at, (first, end, word) in enumerate(self.words):
            kind = word.kind
            if kind is kinds.DETERMINER:
                if word.value != "her" or self._ahead(at).kind not in CLOSING:
                    self.determined = self.held = True
                    continue
                kind = kinds.SUBJECT
            handler = HANDLERS.get(kind)
            if handler is not None:
                handler(self, at, first, end - 1, word)
                continue
            if word is IN_WORD and self._ahead(at).kind in CLOSING:
                kind, word = kinds.DIRECTION, INWARD
            node = make_node(kind, first, end - 1, word, self.preposition)
            nodes.append(node)
            if kind is kinds.OTHER or kind is kinds.INTENSITY:
                node.determined = self.determined
            elif kind is not kinds.INTENSITY and self.held:
                self._clear()
        return nodes

    def _ahead(self, at: int, step: int = 1) -> Word:
        """The word that follows, the second with ``step`` 2; a full stop after the last."""
        at += step
        return self.words[at][2] if at < len(self.words) else SENTENCE_WORD

    def _add(self, kind: Kind, first: int, last: int, word: Word) -> None:
        self.nodes.append(make_node(kind, first, last, word, self.preposition))

    def _prepose(self, at: int, first: int, last: int, word: Word) -> None:
        self._clear()
        self.preposition, self.held = word.value, True

    def _colon(self, at: int, first: int, last: int, word: Word) -> None:
        """After a part a colon heads what is said of it; elsewhere it parts two clauses."""
        self._clear()
        if self.nodes and heads(self.nodes):
            self.label = self.nodes[-1]
        else:
            self._add(kinds.COMMA, first, last, word)

    def _adjective(self, at: int, first: int, last: int, word: Word) -> None:
        before = self.nodes[-1] if self.nodes else None
        beside = before is not None and before.value in SIDES and first - before.last <= HYPHENED
        if self._ahead(at).kind is kinds.DIRECTION or (beside and self._ahead(at).kind is not kinds.PART):
            self._add(kinds.DIRECTION, first, last, Word(kinds.DIRECTION, VERTICAL.get(word.value, "up")))
        else:
            self.adjectives, self.held = (*self.adjectives, word.value), True

    def _head_noun(self, at: int, first: int, last: int, word: Word) -> None:
        if self._ahead(at).kind is kinds.PREPOSITION:
            self.head = (first, self.preposition, self.side)
        elif self.side and self.preposition == "on" and self.nodes and self.nodes[-1].kind is kinds.PART:
            self.nodes[-1].side = self.side
            self._clear()
        elif self.side and word.value == "side" and apposed(self.nodes, self._ahead(at)):
            self.nodes[-2].side = self.side
            self._clear()
        elif word.value in MUSCLE_WORDS:
            self._muscles(first, last)

    def _stop(self, at: int, first: int, last: int, word: Word) -> None:
        """As in "ends of his eyebrows", "lower at the ends", beside "ends the talk"."""
        if word.value in ENDS and self._ahead(at).value == "of":
            self.head = (first, self.preposition, "")
            return
        if word.value in ENDS and at and self.words[at - 1][2].kind in NAMING:
            self._add(kinds.OTHER, first, last, OTHER_WORD)
            self._clear()
            return
        self._add(word.kind, first, last, word)
        self._clear()

    def _direction(self, at: int, first: int, last: int, word: Word) -> None:
        following = self._ahead(at)
        if ends_sentence(self.tokens, self.words, at):
            self._add(kinds.DIRECTION, first, last, word)
            self._add(kinds.SENTENCE, last, last, SENTENCE_WORD)
            self._clear()
            return
        if word.value in SIDES and self._is_side(at, following):
            self.side, self.held = word.value, True
            return
        if word.value in SIDES and not self.preposition and self._side_of(at, first, last, word):
            return
        exactly = word.value == "right" and not self.preposition and following.value in EXACTLY
        if exactly or (word.value == "both" and following.kind is kinds.PART):
            return
        if word.value in SIDES and self.preposition == "on" and self.nodes and self.nodes[-1].part in PAIRED:
            self.nodes[-1].side = self.nodes[-1].side or word.value
            self._clear()
            return
        self._add(kinds.DIRECTION, first, last, word)
        if self.preposition:
            self._clear()

    def _side_of(self, at: int, first: int, last: int, word: Word) -> bool:
        """As in "Brow up (R)", "one eye closes, the left stays open": a side of the part named last."""
        part, following = self.part, self._ahead(at)
        if part is None or part.part not in PAIRED:
            return False
        if following.value == ")" and self.tokens[first - 1] == "(" and len(self.nodes) - part.at <= BRACKETED:
            part.side = part.side or word.value
            return True
        if not self.determined or following.kind not in STATING:
            return False
        self.side = word.value
        self._stand_in(first, last, word, part.part)
        return True

    def _is_side(self, at: int, following: Word) -> bool:
        """Tell "the left eyebrow" from "to the left side"."""
        if following.part == "other":
            return False
        elsewhere = following.kind is kinds.HEAD_NOUN or is_corner(self.tokens, self.words, at + 1)
        if self.preposition in TOWARDS and elsewhere:
            return False
        return following.kind in SIDED or (following.cues == ("lower",) and self._ahead(at, 2).part in LOWER_PARTS)

    def _muscles(self, first: int, last: int) -> None:
        """As in "Jaw muscles" are the jaw; muscles alone are the face's."""
        if self.nodes and self.nodes[-1].kind is kinds.PART and self.nodes[-1].last == first - 1:
            self.nodes[-1].last = last
            return
        self._stand_in(first, last, OTHER_WORD, "face")

    def _refer(self, at: int, first: int, last: int, word: Word) -> None:
        """As in "It", "them" and "the right one" stand for the part that was named last."""
        if self.part is None or (word.kind is kinds.ONE and not self.side):
            if word.kind is kinds.ONE:
                self._add(kinds.OTHER, first, last, OTHER_WORD)
            else:
                self._clear()
            return
        self._stand_in(first, last, word, self.part.part)

    def _part(self, at: int, first: int, last: int, word: Word) -> None:
        if word.cues and is_verb(
            self.tokens, self.words, self.nodes, at, determined=self.determined, headed=self._is_headed()
        ):
            self._add_cue(first, last, word)
            return
        meant = spelled_like(self.tokens, self.words, self.nodes, at)
        if meant is not None:
            self._add_cue(first, last, meant)
            return
        previous = self.nodes[-1] if self.nodes else None
        if previous is not None and previous.kind is kinds.PART and self._extends(previous, first, last, word):
            return
        node = make_node(kinds.PART, first, last, word)
        node.part = word.part
        if self.tokens[first] == "line" and is_shape(self.words, at):
            node.part, node.value = "other", SHAPE
        if word.part == "lip_corner" and self.label is not None and self._is_headed() and first == last:
            node.part = LABELLED_CORNERS.get(self.label.part, word.part)
        elsewhere = self.preposition in TOWARDS and is_corner(self.tokens, self.words, at)
        if elsewhere and self._ahead(at).value != "of":  # "looks towards the upper right corner"
            node.part = "other"
        if word.part == "wrinkle" and not self.determined:
            place_wrinkling(self.nodes, node)
        if word.part == "wrinkle" and self._is_headed() and self._ahead(at).value not in PLACED:
            node.places = (self.label.part,) if self.label is not None else ()
        self._place(node)

    def _cue(self, at: int, first: int, last: int, word: Word) -> None:
        if self.tokens[first] == "heavy" and self._ahead(at).forms & (kinds.NOUN_FORM | kinds.ING_FORM):
            self._add(kinds.INTENSITY, first, last, HEAVY_WORD)
        elif word.forms != kinds.BASE_FORM or not is_lower_adjective(self.tokens, self.words, at):
            self._add_cue(first, last, word)
        elif self._ahead(at).kind is kinds.DIRECTION:
            self._add(kinds.DIRECTION, first, last, Word(kinds.DIRECTION, "down"))
        else:
            self.adjectives, self.held = (*self.adjectives, "lower"), True

    def _add_cue(self, first: int, last: int, word: Word) -> None:
        node = make_node(kinds.CUE, first, last, word, self.preposition)
        node.determined = self.determined
        self.nodes.append(node)
        if self.held and not word.forms & ATTRIBUTIVE:
            self._clear()

    def _is_headed(self) -> bool:
        """Whether the last few nodes stand under a label."""
        return self.label is not None and len(self.nodes) - self.label.at <= UNDER_LABEL

    def _extends(self, previous: Node, first: int, last: int, word: Word) -> bool:
        """Whether a part is one with the part before it, which then takes it in."""
        if previous.last == first - 1 and compound(previous, word, last):
            return True
        if not merges(self.tokens, previous, word, self.preposition):
            return False
        previous.part = {"eye": "eye_corner", "brow": "brow"}.get(word.part, "lip_corner")
        previous.last = last
        self._clear()
        return True

    def _stand_in(self, first: int, last: int, word: Word, part: str) -> None:
        """Add a part that a word stands for."""
        node = make_node(kinds.PART, first, last, word)
        node.part = part
        self._place(node)

    def _place(self, node: Node) -> None:
        """Put a part in its place, with what the small words before it said."""
        if self.adjectives:
            node.part = NAMED_PARTS.get((self.adjectives[-1], node.part), node.part)
        node.determined, node.preposition, node.side = self.determined, self.preposition, self.side
        if self.head is not None:
            (node.first, node.preposition, side), self.head = self.head, None
            node.side = node.side or side
        self._clear()
        node.at = len(self.nodes)
        self.nodes.append(node)
        if node.part != "other" and node.part != "wrinkle":
            self.part = node


HANDLERS: dict[Kind, Callable[[NodeBuilder, int, int, int, Word], None]] = {
    kinds.PART: NodeBuilder._part,
    kinds.CUE: NodeBuilder._cue,
    kinds.PREPOSITION: NodeBuilder._prepose,
    kinds.ADJECTIVE: NodeBuilder._adjective,
    kinds.DIRECTION: NodeBuilder._direction,
    kinds.HEAD_NOUN: NodeBuilder._head_noun,
    kinds.STOP: NodeBuilder._stop,
    kinds.REFERENCE: NodeBuilder._refer,
    kinds.COLON: NodeBuilder._colon,
    kinds.ONE: NodeBuilder._refer,
}
"""What is done with words of each kind. The others stand there; but for unknown words and intensities ("the slightly
open mouth") they end what the small words before them said."""
