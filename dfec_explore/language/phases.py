"""Phases: find the words of a caption that say which part of the clip they are about."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import compress, count

from dfec_explore.language.edges import closes_clause, is_heading, is_slashed, opens_sentence
from dfec_explore.language.phase_reach import Marker, marker_of
from dfec_explore.language.phase_verbs import Span, clip_verb, manner_verb, running_clause
from dfec_explore.language.phase_words import PhaseWords, read_phase_words, telling_word

LINKS = frozenset(("the", "this", "its", "a", "very", "each", "-", "to", "and", "or", "of", "part", "parts", "half"))
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
COURSE = ("course", "of")
AT_FIRST = ("at", "first")
CLOSE_UP = ["-", "up"]
ONWARD = frozenset(("on", "onward", "onwards"))
SEEN = frozenset(("glance", "sight", "blush"))
"""What makes "at first" no phase."""
HEADLESS = frozenset(("opens", "opening", "closes", "closing"))
"""Verbs of a clip that are verbs of a mouth too."""


Reading = Callable[[Sequence[str], int], Span | None]
"""How a word can set a phase, read at a token: the first token of the marker, the token after it, the phase."""


class PhaseFinder:
    """Finds the phase markers of a caption."""

    def __init__(self, data: PhaseWords) -> None:
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
        at = telling_word(words)
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
                    can_trail = self._can_trail(tokens[span[0]])
                    markers.append(marker_of(tokens, span, can_trail=can_trail, floor=max(at - 1, 0)))
                    at = span[1]
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
                if words == AT_FIRST and tokens[end : end + 1] and tokens[end] in SEEN:
                    return None
                if words[-2:] == COURSE and self._after(tokens, end) == end:
                    return None
                return start, self._after(tokens, end), phase
        return None

    def _whole_clip(self, tokens: Sequence[str], end: int) -> bool:
        return end >= len(tokens) or tokens[end] in {",", ".", ":", ";", "\n"} or self._after(tokens, end) > end

    def _noun(self, tokens: Sequence[str], i: int) -> Span | None:
        phase = self._nouns[tokens[i]]
        end = self._after(tokens, i + 1)
        start = self._preposition(tokens, i)
        if start is None and is_slashed(tokens, i, self._nouns):
            return i, i + 1, phase
        if start is None:
            return self._labelled(tokens, i, i + 1, phase) or self._as_object(tokens, i, end, phase)
        follows = tokens[end] if end < len(tokens) else "."
        if follows == "of":
            return None
        if tokens[start] == "from" and follows in ONWARD:
            return start, end + 1, phase
        named = tokens[end - 1] in self._data.clip_nouns or end > i + 1
        first = opens_sentence(tokens, start)
        bare = start == i - 1 and (
            tokens[start] == "at"
            or (tokens[start] in BARE and phase == "end")
            or (tokens[start] == "from" and follows != "to")
        )
        first = first or (tokens[start] == "until" and start > 0 and tokens[start - 1] == "not")
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
            return (i, end, phase) if closes_clause(tokens, end) or tokens[end] == "," else None
        if before == "," and closes_clause(tokens, end) and tokens[i] in self._adjectives:
            return i, end, phase
        return None

    def _alone(self, tokens: Sequence[str], i: int, phase: str) -> Span | None:
        """As in "an initial frown", "one last blink", "in the final he smiles"."""
        before, following = tokens[max(i - 2, 0) : i], tokens[i + 1] if i + 1 < len(tokens) else ""
        if tuple([*before[-1:], tokens[i]]) in SINGLED or (tokens[i] in HEADING and opens_sentence(tokens, i)):
            return i, i + 1, phase
        if before == ["in", "the"] and following in OPENERS and self._stands_apart(tokens, i - 2, following):
            return i - 2, i + 1, phase
        return None

    def _stands_apart(self, tokens: Sequence[str], start: int, following: str) -> bool:
        """Not so in "hair parted in the middle, revealing ...", "the woman in the middle, who ..."."""
        return following != "," or opens_sentence(tokens, start)

    def _as_subject(self, tokens: Sequence[str], i: int, end: int, phase: str) -> Span | None:
        """As in "The final seconds bring a smile": a stretch of the clip is what the sentence is about."""
        start = i - (i > 0 and tokens[i - 1] == "the")
        of_something = end < len(tokens) and tokens[end] == "of"
        if of_something or tokens[end - 1] in {"video", "videos"} or not opens_sentence(tokens, start):
            return None
        return start, end, phase

    def _label(self, tokens: Sequence[str], i: int) -> Span | None:
        return self._labelled(tokens, i, i + 1, self._labels[tokens[i]])

    def _labelled(self, tokens: Sequence[str], i: int, end: int, phase: str) -> Span | None:
        if tokens[end : end + 2] == CLOSE_UP:
            return None
        return (i, end, phase) if is_heading(tokens, i, end, self._data.pieces) else None

    def _running(self, tokens: Sequence[str], i: int) -> Span | None:
        return running_clause(self._data.verbs, tokens, i)

    def _clip_verb(self, tokens: Sequence[str], i: int) -> Span | None:
        return clip_verb(self._data.verbs, tokens, i, self._data.clip_nouns)

    def _manner(self, tokens: Sequence[str], i: int) -> Span | None:
        """As in "She starts off with": at the head of a sentence even "opens on" is no mouth."""
        span = manner_verb(self._data.verbs, tokens, i)
        if span is None or (tokens[i] in HEADLESS and not opens_sentence(tokens, i)):
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

    def _can_trail(self, token: str) -> bool:
        return (
            token in self._data.prepositions
            or token in self._adjectives
            or token in self._nouns
            or token in {"when", "as"}
        )


@lru_cache(maxsize=1)
def load_phases() -> PhaseFinder:
    """Read the phase words.

    Raises:
        LexiconError: the data file does not fit its schema.
    """
    return PhaseFinder(read_phase_words())
