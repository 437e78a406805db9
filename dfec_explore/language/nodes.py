"""Nodes and words: a caption's tokens matched with the lexicon; what a word becomes when it is linked."""

import re
from collections.abc import Sequence

from dfec_explore.language import kinds
from dfec_explore.language.phases import Marker
from dfec_explore.language.vocabulary import Branch, Kind, Vocabulary, Word

OTHER_WORD = Word(kinds.OTHER)
SKIP_WORD = Word(kinds.SKIP)
SENTENCE_WORD = Word(kinds.SENTENCE)
UNIT = re.compile(r"(?:[lr]-?)?au-?(\d{1,2})[a-e]?((?:\+(?:au)?\d{1,2}[a-e]?)*)$")
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


class Reader:
    """Turns tokens into nodes."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._root = vocabulary.root
        self._single: dict[str, Word] = {}
        """Tokens that no longer spelling starts with; filled as they are met."""

    def words(self, tokens: Sequence[str], markers: Sequence[Marker]) -> list[tuple[int, int, Word]]:
        """Match the longest spellings: (first token, token after the last, word); phase markers become breaks.

        Words that say nothing here are left out.
        """
        found: list[tuple[int, int, Word]] = []
        single, i, n = self._single.get, 0, len(tokens)
        stops = iter([*((m.start, m.end) for m in markers), (n, n)])
        stop, after = next(stops)
        while i < n:
            if i >= stop:
                found.append((i, after, SENTENCE_WORD))
                i = after
                stop, after = next(stops)
                continue
            word = single(tokens[i])
            if word is None:
                end, word = self._look_up(tokens, i, stop)
            else:
                end = i + 1
            if word.kind is not kinds.SKIP:
                found.append((i, end, word))
            i = end
        return found

    def _look_up(self, tokens: Sequence[str], i: int, stop: int) -> tuple[int, Word]:
        """Find the longest spelling at ``i`` that ends before ``stop``."""
        token, end = tokens[i], i + 1
        branch = self._root.get(token)
        if branch is not None and branch.next:
            if end < stop and tokens[end] in branch.next:
                end, known = _longest(branch, tokens, i, stop)
                return end, known or self._guess(token)
            return end, branch.word or self._guess(token)
        word = branch.word if branch is not None and branch.word else self._guess(token)
        if word.kind is kinds.UNIT:
            return _unit_run(tokens, i, word)
        if len(self._single) >= KNOWN_LIMIT:
            self._single.clear()
        self._single[token] = word
        return end, word

    def _guess(self, token: str) -> Word:
        """Say what a word is that the lexicon does not have: adverbs are stepped over, action units read."""
        word = OTHER_WORD
        unit = UNIT.match(token)
        if unit:
            word = Word(kinds.UNIT, "+".join(re.findall(r"\d+", token)))
        elif token == "au":
            word = Word(kinds.UNIT, "")
        elif token.endswith("ly"):
            word = SKIP_WORD
        elif token.isspace():
            word = SENTENCE_WORD if "\n" in token else SKIP_WORD
        return word


def _longest(branch: Branch, tokens: Sequence[str], i: int, stop: int) -> tuple[int, Word | None]:
    end, word, j = i + 1, branch.word, i + 1
    while j < stop and branch.next:
        following = branch.next.get(tokens[j])
        if following is None:
            break
        branch, j = following, j + 1
        if branch.word is not None:
            end, word = j, branch.word
    return end, word


def _unit_run(tokens: Sequence[str], i: int, word: Word) -> tuple[int, Word]:
    """Read on from an action unit: "AU 4" and "AU1+2" are several tokens."""
    numbers, end = [word.value] if word.value else [], i + 1
    while end < len(tokens) and (tokens[end] == "+" or tokens[end].isdecimal()):
        numbers += [tokens[end]] if tokens[end] != "+" else []
        end += 1
    return end, Word(kinds.UNIT, "+".join(numbers))
