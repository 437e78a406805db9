"""Phases: find the words of a caption that say which part of the clip they are about."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import compress, count
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from dfec_explore.language.phase_verbs import PhaseVerbs, Span, clip_verb, manner_verb, running_clause
from dfec_explore.language.tables import read_table

ENDS = frozenset((".", "!", "?", ";", "\n", "…"))
CLOSERS = ENDS | {"(", "–", "—", "--"}
"""What may stand behind a marker that closes its clause."""
LINKS = frozenset(("the", "this", "its", "a", "very", "each", "-", "to", "and", "or", "of", "part", "parts", "half"))
FILLERS = frozenset(
    (
        "then",
        "and",
        "but",
        "also",
        "so",
        "*",
        "-",
        "•",
        "#",
        "–",
        '"',
        "(",
        "[",
        "now",
        ":*",
        "|",
        ">",
        "somewhere",
        "about",
        "right",
        "just",
        "only",
    )
)
COLONS = frozenset((":", ":*", "):", "]:", "—", "–", "="))
"""What ends a label: "Middle:", "**Middle:**", "Middle (0:03):", "Middle –"."""
CONTRASTS = frozenset((";", "but", "although", "though", "while", "whereas", "until", "yet", "then"))
"""What ends the reach of a marker behind its clause: "he blinks, but looks up at the end"."""
LIST_JOINTS = frozenset(("and", "then", ","))
TRAILING = frozenset(("begin", "middle", "end", "rest"))
SMALL = frozenset(
    (
        "the",
        "for",
        "from",
        "over",
        "all",
        "with",
        "right",
        "straight",
        "part",
        "towards",
        "it",
        "while",
        "half",
        "front",
        "back",
        "rear",
        "just",
        "before",
        "when",
        "up",
        "and",
        "video",
        "clip",
        "open",
    )
)
"""Words of phrases that are too common to be looked for."""
BARE = frozenset(("by", "towards", "toward", "near"))
"""Prepositions that need no article before the end: "by end"."""
LOOK_BACK, LOOK_AHEAD = 5, 7
FEW = frozenset(("few", "couple", "of", "two", "three", "one"))
FILLING = frozenset(
    ("mark", "marks", "marked", "fill", "fills", "filled", "occupy", "occupies", "occupied", "dominate", "dominates")
)
"""Verbs of what happens in a stretch of the clip."""
SINGLED = frozenset((("an", "initial"), ("the", "final"), ("a", "final"), ("one", "final"), ("one", "last")))
HEADING = frozenset(("initial", "final"))
"""Adjectives that set the phase where they open a sentence: "Initial raising of the brows"."""
OPENERS = frozenset((",", "he", "she", "they", "the", "his", "her", "their", "a", "an", "man", "woman", "it"))
SHORT_SUBJECT = 3
"""Tokens from the start of a sentence to an "and" between its subjects."""
COURSE = ("course", "of")
SHORTEST_TELLING = 3
HEADLESS = frozenset(("opens", "opening", "closes", "closing"))
"""Verbs of a clip that are verbs of a mouth too."""
LONGEST_LABEL = 12
"""Tokens of a label up to its colon."""


Reading = Callable[[Sequence[str], int], Span | None]
"""How a word can set a phase, read at a token: the first token of the marker, the token after it, the phase."""


class Marker(NamedTuple):
    """Words that set the phase from here on; ``start`` and ``end`` count tokens."""

    start: int
    end: int
    phase: str
    """``begin`` ... ``rest``; empty for words that only mean progress after a beginning."""
    applies_from: int
    """First token that the phase holds for: the start of the clause that the marker closes, else ``start``."""


class _Phase(BaseModel):
    model_config = ConfigDict(extra="forbid")

    nouns: list[str]
    adjectives: list[str]
    labels: list[str]
    phrases: list[str]


class _AfterBegin(BaseModel):
    model_config = ConfigDict(extra="forbid")

    phrases: list[str]


class _Phases(BaseModel):
    model_config = ConfigDict(extra="forbid")

    clip_nouns: frozenset[str]
    pieces: frozenset[str]
    prepositions: frozenset[str]
    verbs: PhaseVerbs
    phase: dict[str, _Phase]
    after_begin: _AfterBegin


class PhaseFinder:
    """Finds the phase markers of a caption."""

    def __init__(self, data: _Phases) -> None:
        self._data = data
        self._nouns = {n: name for name, phase in data.phase.items() for n in phase.nouns}
        self._adjectives = {a: name for name, phase in data.phase.items() for a in phase.adjectives}
        self._labels = {word: name for name, phase in data.phase.items() for word in phase.labels}
        self._phrases: dict[str, list[tuple[int, tuple[str, ...], str]]] = {}
        for name, phase in data.phase.items():
            for phrase in phase.phrases:
                self._add_phrase(phrase, name)
        for phrase in data.after_begin.phrases:
            self._add_phrase(phrase, "")
        self._readings: dict[str, list[Reading]] = {}
        for triggers, reading in (
            (self._phrases, self._phrase),
            (self._nouns, self._noun),
            (self._adjectives, self._adjective),
            (self._labels, self._label),
            (data.verbs.running_words(), self._running),
            (data.verbs.opening | data.verbs.closing, self._clip_verb),
            (data.verbs.manner, self._manner),
        ):
            for trigger in triggers:
                self._readings.setdefault(trigger, []).append(reading)

    def _add_phrase(self, phrase: str, name: str) -> None:
        """File a phrase under a word of it that is rare: "first" of "at first"."""
        words = tuple(phrase.split())
        telling = [word for word in words if len(word) >= SHORTEST_TELLING and word not in SMALL]
        at = words.index(telling[0] if telling else max(words, key=len))
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
                if span is not None and span[0] >= at and not (markers and self._begins_late(tokens, span)):
                    at = span[1]
                    markers.append(self._marker(tokens, span))
        return markers

    def _begins_late(self, tokens: Sequence[str], span: Span) -> bool:
        """As in "... then she begins by nodding": later on, somebody's beginning is not the clip's."""
        return span[2] == "begin" and tokens[span[0]] in self._data.verbs.manner

    def _at(self, tokens: Sequence[str], i: int) -> Span | None:
        for reading in self._readings[tokens[i]]:
            span = reading(tokens, i)
            if span is not None:
                return span
        return None

    def _phrase(self, tokens: Sequence[str], i: int) -> Span | None:
        for at, words, phase in self._phrases[tokens[i]]:
            start, end = i - at, i - at + len(words)
            if start >= 0 and tuple(tokens[start:end]) == words:
                if words[0] == "throughout" and not self._whole_clip(tokens, end):
                    return None
                if words[-2:] == COURSE and self._after(tokens, end) == end:
                    return None
                return start, self._after(tokens, end), phase
        return None

    def _whole_clip(self, tokens: Sequence[str], end: int) -> bool:
        return end >= len(tokens) or tokens[end] in {",", ".", ":", "\n"} or self._after(tokens, end) > end

    def _noun(self, tokens: Sequence[str], i: int) -> Span | None:
        phase = self._nouns[tokens[i]]
        end = self._after(tokens, i + 1)
        start = self._preposition(tokens, i)
        if start is None:
            return self._labelled(tokens, i, i + 1, phase) or self._as_object(tokens, i, end, phase)
        follows = tokens[end] if end < len(tokens) else "."
        if follows == "of":
            return None
        named = tokens[end - 1] in self._data.clip_nouns or end > i + 1
        first = self._opens_sentence(tokens, start)
        bare = start == i - 1 and (
            tokens[start] == "at"
            or (tokens[start] in BARE and phase == "end")
            or (tokens[start] == "from" and follows != "to")
        )
        if (tokens[start] in {"until", "to"} and not first) or (bare and phase == "rest"):
            return None
        if (
            named
            or first
            or bare
            or ((phase != "middle" or tokens[i] == "midpoint") and (tokens[i - 1] == "the" or tokens[i - 1] == "very"))
        ):
            return start, end, phase
        return None

    def _adjective(self, tokens: Sequence[str], i: int) -> Span | None:
        phase, pieces = self._adjectives[tokens[i]], self._data.pieces
        for piece in range(i + 1, min(i + 4, len(tokens))):
            if tokens[piece] in pieces:
                start, end = self._preposition(tokens, i), self._after(tokens, piece + 1)
                if start is not None:
                    return start, end, phase
                if not all(token in FEW or token.isdecimal() for token in tokens[i + 1 : piece]):
                    return None
                return (
                    self._labelled(tokens, i, piece + 1, phase)
                    or self._as_subject(tokens, i, end, phase)
                    or self._as_object(tokens, i, end, phase)
                )
        return self._alone(tokens, i, phase)

    def _as_object(self, tokens: Sequence[str], i: int, end: int, phase: str) -> Span | None:
        """As in "A nod marks the first second", "eyes shut, last 15 frames": said behind what happens then."""
        before = tokens[i - 1] if i else ""
        if before == "the" and i > 1 and tokens[i - 2] in FILLING:
            return (i, end, phase) if self._closes(tokens, end) or tokens[end] == "," else None
        if before == "," and self._closes(tokens, end) and tokens[i] in self._adjectives:
            return i, end, phase
        return None

    def _alone(self, tokens: Sequence[str], i: int, phase: str) -> Span | None:
        """As in "an initial frown", "one last blink", "in the final he smiles"."""
        before, following = tokens[max(i - 2, 0) : i], tokens[i + 1] if i + 1 < len(tokens) else ""
        if tuple([*before[-1:], tokens[i]]) in SINGLED or (tokens[i] in HEADING and self._opens_sentence(tokens, i)):
            return i, i + 1, phase
        if before == ["in", "the"] and following in OPENERS and self._stands_apart(tokens, i - 2, following):
            return i - 2, i + 1, phase
        return None

    def _stands_apart(self, tokens: Sequence[str], start: int, following: str) -> bool:
        """Not so in "hair parted in the middle, revealing ...", "the woman in the middle, who ..."."""
        return following != "," or self._opens_sentence(tokens, start)

    def _closes(self, tokens: Sequence[str], end: int) -> bool:
        return end >= len(tokens) or tokens[end] in CLOSERS or tokens[end].isspace()

    def _as_subject(self, tokens: Sequence[str], i: int, end: int, phase: str) -> Span | None:
        """As in "The final seconds bring a smile": a stretch of the clip is what the sentence is about."""
        start = i - (i > 0 and tokens[i - 1] == "the")
        of_something = end < len(tokens) and tokens[end] == "of"
        if of_something or tokens[end - 1] in {"video", "videos"} or not self._opens_sentence(tokens, start):
            return None
        return start, end, phase

    def _label(self, tokens: Sequence[str], i: int) -> Span | None:
        return self._labelled(tokens, i, i + 1, self._labels[tokens[i]])

    def _labelled(self, tokens: Sequence[str], i: int, end: int, phase: str) -> Span | None:
        return (i, end, phase) if self._is_label(tokens, i, end) else None

    def _running(self, tokens: Sequence[str], i: int) -> Span | None:
        return running_clause(self._data.verbs, tokens, i)

    def _clip_verb(self, tokens: Sequence[str], i: int) -> Span | None:
        return clip_verb(self._data.verbs, tokens, i, self._data.clip_nouns)

    def _manner(self, tokens: Sequence[str], i: int) -> Span | None:
        """As in "She starts off with": at the head of a sentence even "opens on" is no mouth."""
        span = manner_verb(self._data.verbs, tokens, i)
        if span is None or (tokens[i] in HEADLESS and not self._opens_sentence(tokens, i)):
            return None
        return span

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

    def _is_label(self, tokens: Sequence[str], i: int, end: int) -> bool:
        """Whether the words stand as a heading: a colon, a dash or the end of the line follows."""
        in_brackets = False
        for token in tokens[end : end + LONGEST_LABEL]:
            if token in COLONS or (token == "-" and not in_brackets) or (token.isspace() and "\n" in token):
                return self._opens_sentence(tokens, i)
            in_brackets = token != ")" and (in_brackets or token == "(")
            if not in_brackets and token not in {"*", ")"} and token not in self._data.pieces:
                return False
        return False

    def _opens_sentence(self, tokens: Sequence[str], i: int) -> bool:
        for j in range(i - 1, -1, -1):
            if tokens[j] in ENDS or tokens[j].isspace() or tokens[j].isdecimal():
                return True
            if tokens[j] not in FILLERS:
                return False
        return True

    def _marker(self, tokens: Sequence[str], span: Span) -> Marker:
        start, end, phase = span
        closes = self._closes(tokens, end)
        if phase not in TRAILING or tokens[start] == "until" or not self._can_trail(tokens[start]):
            return Marker(start, end, phase, start)
        if closes:
            return Marker(start, end, phase, _clause_start(tokens, start, CONTRASTS))
        if tokens[end] != "," or not start or tokens[start - 1] in LIST_JOINTS:
            return Marker(start, end, phase, start)
        return Marker(start, end, phase, _clause_start(tokens, start, CONTRASTS | LIST_JOINTS))

    def _can_trail(self, token: str) -> bool:
        return token in self._data.prepositions or token in self._adjectives or token in self._nouns or token == "when"


def _clause_start(tokens: Sequence[str], start: int, stops: frozenset[str]) -> int:
    """Go back from a marker to the start of its clause."""
    while start and tokens[start - 1] not in ENDS and not tokens[start - 1].isspace():
        if tokens[start - 1] in stops and not (tokens[start - 1] == "and" and _opens_with(tokens, start - 1)):
            return start
        start -= 1
    return start


def _opens_with(tokens: Sequence[str], at: int) -> bool:
    """Whether the "and" joins the subjects of its sentence: "AU6 and AU12 are seen from the first frame"."""
    before = tokens[max(at - SHORT_SUBJECT, 0) : at]
    return 0 < at < SHORT_SUBJECT or any(token in ENDS or token.isspace() for token in before)


@lru_cache(maxsize=1)
def load_phases() -> PhaseFinder:
    """Read the phase words.

    Raises:
        LexiconError: the data file does not fit its schema.
    """
    return PhaseFinder(read_table("phases.toml", _Phases).model)


def phase_starts(markers: Sequence[Marker]) -> list[tuple[int, str]]:
    """Say from which token on which phase holds, in order of the tokens.

    A marker that closes its clause covers the clause unless an earlier marker stands in it.
    """
    starts: list[tuple[int, str]] = []
    previous_end, current = 0, ""
    for marker in markers:
        phase = marker.phase or ("progress" if current == "begin" else current)
        start = marker.applies_from if marker.applies_from >= previous_end else marker.start
        starts.append((start, phase))
        previous_end, current = marker.end, phase
    return starts
