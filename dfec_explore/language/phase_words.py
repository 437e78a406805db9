"""Phase words: the words of ``data/phases.toml``, as the phases are looked for with."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from dfec_explore.language.phase_verbs import PhaseVerbs
from dfec_explore.language.tables import read_table

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
SHORTEST_TELLING = 3


class _Phase(BaseModel):
    model_config = ConfigDict(extra="forbid")

    nouns: list[str]
    adjectives: list[str]
    labels: list[str]
    phrases: list[str]


class _AfterBegin(BaseModel):
    model_config = ConfigDict(extra="forbid")

    phrases: list[str]


class PhaseWords(BaseModel):
    """``data/phases.toml``."""

    model_config = ConfigDict(extra="forbid")

    clip_nouns: frozenset[str]
    pieces: frozenset[str]
    prepositions: frozenset[str]
    verbs: PhaseVerbs
    phase: dict[str, _Phase]
    after_begin: _AfterBegin


def read_phase_words() -> PhaseWords:
    """Read the phase words.

    Raises:
        LexiconError: the data file does not fit its schema.
    """
    return read_table("phases.toml", PhaseWords).model


def telling_word(words: Sequence[str]) -> int:
    """Index of the word of a phrase that is rare, by which it is looked for: "first" of "at first"."""
    telling = [word for word in words if len(word) >= SHORTEST_TELLING and word not in SMALL]
    return words.index(telling[0] if telling else max(words, key=len))
