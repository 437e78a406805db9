"""Changes of a caption by rule, with what each does to the events in it: to see what a metric makes of them."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from random import Random

from dfec_explore import language
from dfec_explore.language.inflection import inflect
from dfec_explore.model import Clause, FacialEvent

SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?]+|\n+|$)\s*")


@dataclass(frozen=True, slots=True)
class Changed:
    """A changed caption."""

    text: str
    kept: tuple[tuple[int, int], ...]
    """Pieces of the original that are still said, in their new order, as character offsets."""
    swaps: Mapping[str, str]
    """Words for directions, sides and phases that now say the other."""

    def events(self, original: Sequence[FacialEvent]) -> list[FacialEvent]:
        """What an annotator would mark in the changed caption, given the events of the original."""
        found = []
        for start, end in self.kept:
            inside = (event for event in original if start <= event.start < end and event.end <= end)
            found += [_swapped(event, self.swaps) for event in inside]
        return found


def _swapped(event: FacialEvent, swaps: Mapping[str, str]) -> FacialEvent:
    def other(value: str | None) -> str | None:
        return None if value is None else "-".join(swaps.get(piece, piece) for piece in value.split("-"))

    return replace(event, direction=other(event.direction), side=other(event.side), phase=other(event.phase))


LEFT_RIGHT = {"left": "right", "right": "left"}
BEGIN_END = {"begin": "end", "end": "begin"}
Change = Callable[[str, Random], Changed]


def unchanged(caption: str, rng: Random) -> Changed:
    """The caption as it is."""
    return Changed(caption, ((0, len(caption)),), {})


def shuffle_clauses(caption: str, rng: Random) -> Changed:
    """Tell the phases of the clip in another order, each with its own words; the description stays in front."""
    clauses = _clauses(caption)
    movable = [clause for clause in clauses if clause.phase is not None]
    fixed = [clause for clause in clauses if clause.phase is None]
    if len(movable) < 2:
        return shuffle_sentences(caption, rng)
    order = movable[:]
    while order == movable:
        rng.shuffle(order)
    pieces = tuple((clause.start, clause.end) for clause in (*fixed, *order))
    return Changed(_told(caption, pieces), pieces, {})


def shuffle_sentences(caption: str, rng: Random) -> Changed:
    """Tell the sentences in another order; one that leans on the phase before it gets another phase by that."""
    pieces = [(found.start(), found.end()) for found in SENTENCE.finditer(caption) if found[0].strip()]
    order = pieces[:]
    while len(pieces) > 1 and order == pieces:
        rng.shuffle(order)
    return Changed(_told(caption, order), tuple(order), {})


def truncate(caption: str, rng: Random) -> Changed:
    """Say the first half of the words alone."""
    words = list(re.finditer(r"\S+", caption))
    end = words[len(words) // 2 - 1].end() if len(words) > 1 else len(caption)
    return Changed(caption[:end], ((0, end),), {})


def negate(caption: str, rng: Random) -> Changed:
    """Say of everything that moves that it never does."""
    clauses = _clauses(caption)
    said = [clause for clause in clauses if clause.phase is not None] or list(clauses)
    text = caption
    for clause in reversed(said):
        text = text[: clause.start] + _verbs().sub(r"never \g<0>", text[clause.start : clause.end]) + text[clause.end :]
    kept = tuple((clause.start, clause.end) for clause in clauses if clause not in said)
    return Changed(text, kept, {})


def paraphrase(caption: str, rng: Random) -> Changed:
    """Say the same in other words."""
    return Changed(_replaced(caption, _paraphrases(), _paraphrase_pattern()), ((0, len(caption)),), {})


def swap_sides(caption: str, rng: Random) -> Changed:
    """Say right for left and left for right."""
    text = _replaced(caption, LEFT_RIGHT, re.compile(r"\b(?:left|right)\b", re.IGNORECASE))
    return Changed(text, ((0, len(caption)),), LEFT_RIGHT)


def swap_phases(caption: str, rng: Random) -> Changed:
    """Say of the beginning that it is the end, and the other way round."""
    words = {"at the beginning": "towards the end", "towards the end": "at the beginning"}
    pattern = re.compile(r"\b(?:at the beginning|towards the end)\b", re.IGNORECASE)
    return Changed(_replaced(caption, words, pattern), ((0, len(caption)),), BEGIN_END)


CHANGES: Mapping[str, Change] = {
    "unchanged": unchanged,
    "paraphrased": paraphrase,
    "clauses shuffled": shuffle_clauses,
    "sentences shuffled": shuffle_sentences,
    "phases swapped": swap_phases,
    "left and right swapped": swap_sides,
    "truncated": truncate,
    "negated": negate,
}
"""All changes by name, in the order in which tables show them."""


def _clauses(caption: str) -> tuple[Clause, ...]:
    (analysis,) = language.analyse([caption])
    return analysis.clauses


def _told(caption: str, pieces: Sequence[tuple[int, int]]) -> str:
    """Pieces as sentences of their own."""
    texts = [re.sub(r"[\s,;:–-]*(?:\band|\bthen)?[\s,;:–-]*$", "", caption[start:end]).strip() for start, end in pieces]
    whole = [text if text[-1:] in ".!?" else f"{text}." for text in texts if text]
    return " ".join(text[:1].upper() + text[1:] for text in whole)


def _replaced(text: str, words: Mapping[str, str], pattern: re.Pattern[str]) -> str:
    def other(found: re.Match[str]) -> str:
        word = words[found[0].lower()]
        return word[:1].upper() + word[1:] if found[0][:1].isupper() else word

    return pattern.sub(other, text)


@lru_cache(maxsize=1)
def _data() -> dict[str, object]:
    text = files("dfec_explore.scoring").joinpath("data").joinpath("changes.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _paraphrases() -> Mapping[str, str]:
    found = _data()["paraphrases"]
    assert isinstance(found, dict)
    return found


@lru_cache(maxsize=1)
def _paraphrase_pattern() -> re.Pattern[str]:
    phrases = sorted(_paraphrases(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _verbs() -> re.Pattern[str]:
    """A word that moves, with the adverbs before it."""
    verbs, states = _data()["verbs"], _data()["states"]
    assert isinstance(verbs, list)
    assert isinstance(states, list)
    forms = set(states)
    for entry in verbs:
        verb = inflect(entry)
        forms |= {verb.base, verb.third, verb.ing, verb.past, verb.participle}
    words = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    return re.compile(rf"\b(?:\w+ly )*(?:{words})\b", re.IGNORECASE)
