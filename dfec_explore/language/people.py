"""People: what a caption states of the person in it, each fact with the words that say it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pydantic import RootModel

from dfec_explore.language.tables import read_table
from dfec_explore.model import PersonFact

Values = dict[tuple[str, ...], str]
"""Spelling as tokens -> value."""

NEGATIONS = frozenset(("no", "without", "not"))
HAIR_STOPS = frozenset(("with", "has", "have", "had", "wears", "wearing", "is", "her", "his", "their", "of", "."))
OTHER_NOUNS = frozenset(
    ("eyes", "eyebrows", "eyelashes", "skin", "nose", "face", "features", "lips", "forehead", "bridge", "beard", "old")
)
"""What an enumeration may name before the hair: "long eyebrows, brown hair"."""
NO_HAIR = frozenset(("accessory", "accessories", "clip", "clips", "band", "tie", "bow", "ornament", "ornaments", "pin"))
AGE_LIMITS = ((13, "child"), (18, "teenager"), (40, "young"), (60, "middle-aged"), (130, "elderly"))
"""Age in years below which a stated number means a group; the captions call people of thirty-five young."""
NUMBER = re.compile(r"\d{1,3}$")
BEFORE_HAIR, AFTER_HAIR = 9, 5
PREDICATE = 10
IS = frozenset(("is", "are", "looks", "appears"))
BEFORE_WORN, AFTER_WORN = 6, 5


class _People(RootModel[dict[str, dict[str, list[str]]]]):
    """The whole file: attribute -> value -> spellings."""


@dataclass(frozen=True, slots=True)
class _Found:
    value: str
    first: int
    end: int


class PeopleFinder:
    """Finds what captions state of a person."""

    def __init__(self, data: dict[str, dict[str, list[str]]]) -> None:
        """Take the spellings by attribute and value."""
        self._values: dict[str, Values] = {
            attribute: {tuple(s.split()): value for value, spellings in values.items() for s in spellings}
            for attribute, values in data.items()
        }
        self._first: dict[str, dict[str, list[tuple[str, ...]]]] = {}
        for attribute, spellings in self._values.items():
            starts: dict[str, list[tuple[str, ...]]] = {}
            for spelling in sorted(spellings, key=len, reverse=True):
                starts.setdefault(spelling[0], []).append(spelling)
            self._first[attribute] = starts

    def find(self, text: str, tokens: Sequence[str], starts: Sequence[int], ends: Sequence[int]) -> list[PersonFact]:
        """Find the facts of a caption, in the order of their attributes, each value once.

        Args:
            text: the caption.
            tokens: its tokens in lower case.
            starts: character offset at which each token starts.
            ends: character offset after each token.
        """
        found: dict[tuple[str, str], _Found] = {}
        for attribute, fact in self._facts(tokens):
            found.setdefault((attribute, fact.value), fact)
        return [
            PersonFact(attribute, value, starts[f.first], ends[f.end - 1], text[starts[f.first] : ends[f.end - 1]])
            for (attribute, value), f in found.items()
        ]

    def _facts(self, tokens: Sequence[str]) -> Iterator[tuple[str, _Found]]:
        genders = list(self._all("gender", tokens))
        yield from (("gender", f) for f in genders or list(self._all("pronoun", tokens))[:1])
        yield from (("age_group", f) for f in self._age(tokens))
        yield from self._hair(tokens)
        for attribute in ("glasses", "facial_hair", "headwear"):
            yield from ((attribute, f) for f in self._all(attribute, tokens) if not _negated(tokens, f.first))
        yield from (("headwear", f) for f in self._all("headwear_if_worn", tokens) if self._is_worn(tokens, f.first))
        yield from (("people", f) for f in self._number(tokens, genders))

    def _all(self, attribute: str, tokens: Sequence[str], first: int = 0, end: int | None = None) -> Iterator[_Found]:
        starts, i = self._first[attribute], first
        end = len(tokens) if end is None else end
        while i < end:
            step = 1
            for spelling in starts.get(tokens[i], ()):
                if tuple(tokens[i : i + len(spelling)]) == spelling:
                    step = len(spelling)
                    yield _Found(self._values[attribute][spelling], i, i + step)
                    break
            i += step

    def _age(self, tokens: Sequence[str]) -> list[_Found]:
        """The first word of age; else a decade; else a number of years."""
        for attribute in ("age_group", "decade"):
            found = next(self._all(attribute, tokens), None)
            if found is not None:
                return [found]
        for i, token in enumerate(tokens[:-1]):
            if NUMBER.match(token) and "year" in tokens[i + 1] + "".join(tokens[i + 2 : i + 3]):
                group = next((name for limit, name in AGE_LIMITS if int(token) < limit), "elderly")
                return [_Found(group, i, i + 2)]
        return []

    def _hair(self, tokens: Sequence[str]) -> Iterator[tuple[str, _Found]]:
        """Colour and length, each as first said: the words before "hair", or of it after."""
        bald = next((f for f in self._all("hair_length", tokens) if f.value == "bald"), None)
        if bald is not None:
            yield "hair_length", bald
        said: set[str] = set()
        for i, token in enumerate(tokens):
            if token == "hair" and tokens[i - 1 : i] != ["facial"] and not NO_HAIR.intersection(tokens[i + 1 : i + 2]):
                facts = list(self._hair_words(tokens, _phrase_start(tokens, i), i + 1))
                facts = facts or list(self._hair_words(tokens, i, _phrase_end(tokens, i)))
                facts += [f for f in self._hair_words(tokens, i, _predicate_end(tokens, i)) if f[0] not in dict(facts)]
                yield from (fact for fact in facts if fact[0] not in said)
                said |= {attribute for attribute, _ in facts}

    def _hair_words(self, tokens: Sequence[str], first: int, end: int) -> Iterator[tuple[str, _Found]]:
        for attribute in ("hair_colour", "hair_length"):
            said = [f for f in self._all(attribute, tokens, first, end) if f.value != "bald"]
            if attribute == "hair_colour" and len(said) > 1:
                said = [f for f in said if f.value not in {"dark", "light"}] or said
            yield from ((attribute, f) for f in said[:1])

    def _is_worn(self, tokens: Sequence[str], i: int) -> bool:
        near = self._all("worn", tokens, max(0, i - BEFORE_WORN), min(len(tokens), i + AFTER_WORN))
        return not _negated(tokens, i) and next(near, None) is not None

    def _number(self, tokens: Sequence[str], genders: Sequence[_Found]) -> list[_Found]:
        said = list(self._all("people", tokens))
        if said:
            return said[-1:] if said[-1].value == "several" else said[:1]
        return [_Found("1", genders[0].first, genders[0].end)] if genders else []


def _phrase_start(tokens: Sequence[str], i: int) -> int:
    """Where the words that describe the hair at ``i`` start."""
    first = i
    for j in range(i - 1, max(i - BEFORE_HAIR, -1), -1):
        if tokens[j] in HAIR_STOPS or (tokens[j] == "," and tokens[j - 1] in OTHER_NOUNS):
            break
        first = j
    return first


def _phrase_end(tokens: Sequence[str], i: int) -> int:
    end = i + 1
    while end < min(len(tokens), i + AFTER_HAIR) and tokens[end] not in {".", ";", "\n"}:
        end += 1
    return end


def _predicate_end(tokens: Sequence[str], i: int) -> int:
    """Where what is said of the hair at ``i`` ends: "hair that is fluffy and brown in color"; nothing said: there."""
    if not IS.intersection(tokens[i + 1 : i + 3]):
        return i
    end = i + 1
    while end < min(len(tokens), i + PREDICATE) and tokens[end] not in {".", ";", ",", "\n"}:
        end += 1
    return end


def _negated(tokens: Sequence[str], i: int) -> bool:
    return bool(NEGATIONS.intersection(tokens[max(0, i - 3) : i]))


@lru_cache(maxsize=1)
def load_people() -> PeopleFinder:
    """Read the words of people.

    Raises:
        LexiconError: the data file does not fit its schema.
    """
    return PeopleFinder(read_table("people.toml", _People).model.root)
