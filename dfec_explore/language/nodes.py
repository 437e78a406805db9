"""Nodes and words: a caption's tokens matched with the lexicon; what a word becomes when it is linked."""

import re
from collections.abc import Mapping, Sequence

from dfec_explore.language import kinds
from dfec_explore.language.phase_reach import Marker
from dfec_explore.language.spelling import Spelling
from dfec_explore.language.vocabulary import Branch, Kind, Vocabulary, Word

OTHER_WORD = Word(kinds.OTHER)
IN_WORD = Word(kinds.OTHER, "in")
"""The preposition that is a particle as often ("sucks in his cheeks")."""
SKIP_WORD = Word(kinds.SKIP)
SENTENCE_WORD = Word(kinds.SENTENCE)
UNIT = re.compile(
    r"([lr]-?)?(?:au-?\d{1,2}|m[56]\d)[a-e]?[lr]?(?:\+(?:au)?\d{1,2}[a-e]?)*$"
    r"|([lr])\d{1,2}[a-e]?$|\d{1,2}[a-e](?:\+\d{1,2}[a-e])+$"
)
"""Action units and head or eye codes as coders write them: "AU12", "R-AU12B", "AU1+2", "M54"."""
SPELLED = frozenset((kinds.CUE, kinds.PART, kinds.INTENSITY))
"""Kinds of words that are known even when they are misspelled."""
GRADES = frozenset("abcde")
UNIT_PIECE = re.compile(r"\d{1,2}[a-e]?")
KNOWN_LIMIT = 100_000
"""Spellings that are remembered, so that memory stays flat over a stream of captions."""


class Node:
    """One part, cue, direction ... of a caption, made by ``make_node``.

    Attributes:
        kind: what it is; an empty noun becomes ``OTHER`` when it is linked.
        first: its first token.
        last: its last token, inclusive.
        word: the word of the lexicon that it was read from.
        value: the word's value (a direction, an intensity, a small word).
        preposition: the preposition that it stands under.
        part: of parts, which.
        side: of parts, ``left`` or ``right`` where one is named.
        determined: whether a determiner or possessive stands before it.
        taken: whether a cue has this part as its object, or another node has used the word up.
        described: whether what took it stands before it like an adjective, so that it can still have a verb.
        places: of wrinkles, where they are.
        at: of parts, their index among the nodes.
    """

    __slots__ = (
        "at", "described", "determined", "first", "kind", "last", "part", "places", "preposition", "side", "taken",
        "value", "word",
    )  # fmt: skip

    kind: Kind
    first: int
    last: int
    word: Word
    value: str
    preposition: str
    part: str
    side: str
    determined: bool
    taken: bool
    described: bool
    places: tuple[str, ...]
    at: int


def make_node(kind: Kind, first: int, last: int, word: Word, preposition: str = "") -> Node:
    """Make a node on which nothing hangs yet; a caption has a hundred, and a constructor takes half as long again."""
    node = Node()
    node.kind = kind
    node.first = first
    node.last = last
    node.word = word
    node.value = word.value
    node.preposition = preposition
    node.part = node.side = ""
    node.determined = node.taken = node.described = False
    node.places = ()
    node.at = 0
    return node


Start = tuple[Word | None, Mapping[str, Branch]]
"""What a token means by itself, None where it says nothing; and the tokens that longer spellings go on with."""


class Reader:
    """Turns tokens into nodes."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._root = vocabulary.root
        self._spelling = Spelling(
            (token for token, branch in self._root.items() if branch.word is not None and branch.word.kind in SPELLED),
            (word for part in vocabulary.parts for word in part.words),
        )
        self._starts: dict[str, Start] = {}
        """Tokens that were met."""

    def words(self, tokens: Sequence[str], markers: Sequence[Marker]) -> list[tuple[int, int, Word]]:
        """Match the longest spellings: (first token, token after the last, word); phase markers become breaks.

        Words that say nothing here are left out.
        """
        found: list[tuple[int, int, Word]] = []
        at = 0
        for marker in markers:
            self._read(found, tokens, at, marker.start)
            found.append((marker.start, marker.end, SENTENCE_WORD))
            at = marker.end
        self._read(found, tokens, at, len(tokens))
        return found

    def _read(self, found: list[tuple[int, int, Word]], tokens: Sequence[str], start: int, stop: int) -> None:
        """Match the spellings from ``start`` that end before ``stop``."""
        known, add, at = self._starts.get, found.append, start
        for i, token in enumerate(tokens[start:stop], start):
            if i < at:
                continue
            word, following = known(token) or self._look_up(token)
            at = i + 1
            if following and at < stop and tokens[at] in following:
                at, word = self._longest(tokens, i, stop, word)
            elif word is not None and word.kind is kinds.UNIT:
                at, word = _unit_run(tokens, i, word)
            if word is not None:
                add((i, at, word))

    def _look_up(self, token: str) -> Start:
        """Find what a token means, and remember it."""
        branch = self._root.get(token)
        word = (branch.word if branch is not None else None) or self._guess(token)
        found = (word if word.kind is not kinds.SKIP else None, branch.next if branch is not None else {})
        if len(self._starts) >= KNOWN_LIMIT:
            self._starts.clear()
        self._starts[token] = found
        return found

    def _longest(self, tokens: Sequence[str], i: int, stop: int, word: Word | None) -> tuple[int, Word | None]:
        """Find the longest spelling at ``i`` that ends before ``stop``; else the token's own word."""
        branch, end, j = self._root[tokens[i]], i + 1, i + 1
        while j < stop and branch.next:
            following = branch.next.get(tokens[j])
            if following is None:
                break
            branch, j = following, j + 1
            if branch.word is not None:
                end, word = j, branch.word if branch.word.kind is not kinds.SKIP else None
        return end, word

    def _guess(self, token: str) -> Word:
        """Say what a word is that the lexicon does not have: adverbs are stepped over, action units read."""
        word = OTHER_WORD
        unit = UNIT.match(token.rstrip("."))
        if unit:
            token = token.rstrip(".")
            side = token[0] if unit[1] or unit[2] else token[-1] if token[-1] in "lr" else ""
            word = Word(kinds.UNIT, "+".join(side + piece for piece in UNIT_PIECE.findall(token)))
        elif token == "in":
            word = IN_WORD
        elif token == "au":
            word = Word(kinds.UNIT, "")
        elif token.endswith("ly"):
            word = SKIP_WORD
        elif token.isspace():
            word = SENTENCE_WORD if "\n" in token else SKIP_WORD
        else:
            meant = self._root.get(self._spelling.meant(token))
            word = (meant.word if meant is not None else None) or word
        return word


def _unit_run(tokens: Sequence[str], i: int, word: Word) -> tuple[int, Word]:
    """Read on from an action unit: "AU 4" and "AU1+2" are several tokens."""
    numbers, end = [word.value] if word.value else [], i + 1
    while end < len(tokens) and (tokens[end] == "+" or UNIT_PIECE.fullmatch(tokens[end])):
        numbers += [tokens[end]] if tokens[end] != "+" else []
        end += 1
    if numbers and tokens[end : end + 3 : 2] == ["(", ")"] and tokens[end + 1] in GRADES:
        numbers[-1] += tokens[end + 1]
    return end, Word(kinds.UNIT, "+".join(numbers))
