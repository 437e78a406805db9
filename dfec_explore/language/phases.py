"""Phases: find the words of a caption that say which part of the clip they are about."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import compress, count
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from dfec_explore.language.tables import read_table

ENDS = frozenset((".", "!", "?", ";", "\n", "…"))
LINKS = frozenset(("the", "this", "its", "a", "very", "each", "-", "to", "and", "or", "of", "part", "parts", "half"))
FILLERS = frozenset(("then", "and", "but", "also", "so", "*", "-", "•", "#", "–", '"', "(", "[", "now"))
TRAILING = frozenset(("begin", "middle", "end"))
SMALL = frozenset(("at", "in", "the", "to", "for", "from", "over", "all", "by", "of", "as"))
LOOK_BACK, LOOK_AHEAD = 5, 7


Reading = Callable[[Sequence[str], int], tuple[int, int, str] | None]
"""How a word can set a phase, read at a token: the first token of the marker, the token after it, the phase."""


class Marker(NamedTuple):
    """Words that set the phase from here on; ``start`` and ``end`` count tokens."""

    start: int
    end: int
    phase: str
    """``begin`` ... ``rest``; empty for words that only mean progress after a beginning."""
    applies_from: int
    """First token that the phase holds for: the sentence's where the marker closes it, else ``start``."""


class _Phase(BaseModel):
    model_config = ConfigDict(extra="forbid")

    nouns: list[str]
    adjectives: list[str]
    phrases: list[str]


class _AfterBegin(BaseModel):
    model_config = ConfigDict(extra="forbid")

    phrases: list[str]


class _Phases(BaseModel):
    model_config = ConfigDict(extra="forbid")

    clip_nouns: frozenset[str]
    pieces: frozenset[str]
    prepositions: frozenset[str]
    running: frozenset[str]
    running_subjects: frozenset[str]
    changing_subjects: frozenset[str]
    changing: frozenset[str]
    opening: frozenset[str]
    closing: frozenset[str]
    phase: dict[str, _Phase]
    after_begin: _AfterBegin


class PhaseFinder:
    """Finds the phase markers of a caption."""

    def __init__(self, data: _Phases) -> None:
        self._data = data
        self._nouns = {n: name for name, phase in data.phase.items() for n in phase.nouns}
        self._adjectives: dict[str, str] = {}
        self._phrases: dict[str, list[tuple[int, tuple[str, ...], str]]] = {}
        for name, phase in data.phase.items():
            self._adjectives.update(dict.fromkeys(phase.adjectives, name))
            for phrase in phase.phrases:
                self._add_phrase(phrase, name)
        for phrase in data.after_begin.phrases:
            self._add_phrase(phrase, "")
        self._running = frozenset(verb.split()[0] for verb in data.running)
        self._readings: dict[str, list[Reading]] = {}
        for triggers, reading in (
            (self._phrases, self._phrase),
            (self._nouns, self._noun),
            (self._adjectives, self._adjective),
            (self._running | data.changing_subjects, self._running_clause),
            (data.opening | data.closing, self._clip_verb),
        ):
            for trigger in triggers:
                self._readings.setdefault(trigger, []).append(reading)

    def _add_phrase(self, phrase: str, name: str) -> None:
        """File a phrase under its first telling word: "first" of "at first"."""
        words = tuple(phrase.split())
        at = next((i for i, word in enumerate(words) if word not in SMALL), 0)
        self._phrases.setdefault(words[at], []).append((at, words, name))
        self._phrases[words[at]].sort(key=lambda entry: -len(entry[1]))

    def find(self, tokens: Sequence[str]) -> list[Marker]:
        """Find the markers of a caption, in order, none overlapping.

        Args:
            tokens: the caption's tokens in lower case.
        """
        markers: list[Marker] = []
        at = 0
        for i in compress(count(), map(self._readings.__contains__, tokens)):
            if i >= at:
                span = self._at(tokens, i)
                if span is not None and span[0] >= at:
                    at = span[1]
                    markers.append(self._marker(tokens, span))
        return markers

    def _at(self, tokens: Sequence[str], i: int) -> tuple[int, int, str] | None:
        for reading in self._readings[tokens[i]]:
            span = reading(tokens, i)
            if span is not None:
                return span
        return None

    def _phrase(self, tokens: Sequence[str], i: int) -> tuple[int, int, str] | None:
        for at, words, phase in self._phrases[tokens[i]]:
            start, end = i - at, i - at + len(words)
            if start >= 0 and tuple(tokens[start:end]) == words:
                if words[0] == "throughout" and not self._whole_clip(tokens, end):
                    return None
                return start, self._after(tokens, end), phase
        return None

    def _whole_clip(self, tokens: Sequence[str], end: int) -> bool:
        return end >= len(tokens) or tokens[end] in {",", ".", ":", "\n"} or self._after(tokens, end) > end

    def _noun(self, tokens: Sequence[str], i: int) -> tuple[int, int, str] | None:
        phase = self._nouns[tokens[i]]
        end = self._after(tokens, i + 1)
        start = self._preposition(tokens, i)
        if start is None:
            return (i, i + 1, phase) if self._is_label(tokens, i) else None
        follows = tokens[end] if end < len(tokens) else "."
        if follows == "of":
            return None
        named = tokens[end - 1] in self._data.clip_nouns or end > i + 1
        first = self._opens_sentence(tokens, start)
        if tokens[start] in {"until", "to"} and not first:
            return None
        if named or first or (phase != "middle" and (tokens[i - 1] == "the" or tokens[i - 1] == "very")):
            return start, end, phase
        return None

    def _adjective(self, tokens: Sequence[str], i: int) -> tuple[int, int, str] | None:
        pieces = self._data.pieces
        for piece in range(i + 1, min(i + 4, len(tokens))):
            if tokens[piece] in pieces:
                start = self._preposition(tokens, i)
                if start is None:
                    return (i, piece + 1, self._adjectives[tokens[i]]) if self._is_label(tokens, i) else None
                return start, self._after(tokens, piece + 1), self._adjectives[tokens[i]]
        return None

    def _preposition(self, tokens: Sequence[str], i: int) -> int | None:
        """Find the preposition of a phase word: a few small words may stand between."""
        prepositions = self._data.prepositions
        for j in range(i - 1, max(i - LOOK_BACK, -1), -1):
            token = tokens[j]
            if token in prepositions and token != "to":
                return j
            if token not in LINKS and token not in self._adjectives:
                return None
        return None

    def _after(self, tokens: Sequence[str], end: int) -> int:
        """Step over "part of the video" and the like; stay where no clip noun follows."""
        clip_nouns, pieces = self._data.clip_nouns, self._data.pieces
        for j in range(end, min(end + LOOK_AHEAD, len(tokens))):
            token = tokens[j]
            if token in clip_nouns:
                return j + 1
            if token in pieces and tokens[j + 1 : j + 2] != ["of"]:
                return j + 1
            if not (token in LINKS or token in self._adjectives or token in self._nouns):
                return end
        return end

    def _is_label(self, tokens: Sequence[str], i: int) -> bool:
        after = next((t for t in tokens[i + 1 : i + 5] if t != "*" and t not in self._data.pieces), "")
        return after in {":", "—", "–"} and self._opens_sentence(tokens, i)

    def _running_clause(self, tokens: Sequence[str], i: int) -> tuple[int, int, str] | None:
        token, data = tokens[i], self._data
        if token in self._running:
            subjects, end = data.running_subjects, i + 1
            if token in {"goes", "moves", "plays", "rolls", "wears"}:
                end += f"{token} {tokens[i + 1] if i + 1 < len(tokens) else ''}" in data.running
                if end == i + 1 and token not in data.running:
                    return None
        elif token in data.changing_subjects and not data.changing.isdisjoint(tokens[i + 1 : i + 4]):
            subjects, end = data.changing_subjects, i + 2
        else:
            return None
        for j in range(i - 1, max(i - LOOK_BACK, -1), -1):
            if tokens[j] == "as" and not subjects.isdisjoint(tokens[j + 1 : i + 1]):
                return j, end, "progress"
        return None

    def _clip_verb(self, tokens: Sequence[str], i: int) -> tuple[int, int, str] | None:
        if i == 0 or tokens[i - 1] not in self._data.clip_nouns:
            return None
        if tokens[i] in self._data.opening:
            return i, i + 1, "begin"
        return (i, i + 1, "end") if tokens[i] in self._data.closing else None

    def _opens_sentence(self, tokens: Sequence[str], i: int) -> bool:
        for j in range(i - 1, -1, -1):
            if tokens[j] in ENDS or tokens[j].isspace():
                return True
            if tokens[j] not in FILLERS:
                return False
        return True

    def _marker(self, tokens: Sequence[str], span: tuple[int, int, str]) -> Marker:
        start, end, phase = span
        closes = end >= len(tokens) or tokens[end] in ENDS or tokens[end].isspace()
        if not closes or phase not in TRAILING or tokens[start] not in self._data.prepositions:
            return Marker(start, end, phase, start)
        first = start
        while first and tokens[first - 1] not in ENDS and not tokens[first - 1].isspace():
            first -= 1
        return Marker(start, end, phase, first)


@lru_cache(maxsize=1)
def load_phases() -> PhaseFinder:
    """Read the phase words.

    Raises:
        LexiconError: the data file does not fit its schema.
    """
    return PhaseFinder(read_table("phases.toml", _Phases).model)


def phase_starts(markers: Sequence[Marker]) -> list[tuple[int, str]]:
    """Say from which token on which phase holds, in order of the tokens.

    A marker that closes its sentence covers the sentence unless an earlier marker stands in it.
    """
    starts: list[tuple[int, str]] = []
    previous_end, current = 0, ""
    for marker in markers:
        phase = marker.phase or ("progress" if current == "begin" else current)
        start = marker.applies_from if marker.applies_from >= previous_end else marker.start
        starts.append((start, phase))
        previous_end, current = marker.end, phase
    return starts
