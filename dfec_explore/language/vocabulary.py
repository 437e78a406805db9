"""The words of the lexicon by their spelling: which tokens, alone or in a row, can mean what."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from dfec_explore.language.inflection import inflect
from dfec_explore.language.tables import Table, read_table


class Kind(IntEnum):
    """What a word or a node does in a clause."""

    OTHER = 0
    SKIP = 1
    DETERMINER = 2
    PREPOSITION = 3
    ADJECTIVE = 4
    PART = 5
    CUE = 6
    DIRECTION = 7
    INTENSITY = 8
    NEGATION = 9
    STOP = 10
    UNREAL = 11
    CHANGE = 12
    CONJUNCTION = 13
    BREAK = 14
    COMMA = 15
    SUBJECT = 16
    REFERENCE = 17
    ONE = 18
    HEAD_NOUN = 19
    SENTENCE = 20
    APPEARANCE = 21
    ANNOUNCEMENT = 22
    UNIT = 23
    COLON = 24


class Form(IntEnum):
    """Grammatical forms that a spelling of a cue can have; joined by ``|`` as plain integers."""

    BASE = 1
    THIRD = 2
    ING = 4
    PAST = 8
    NOUN = 16
    ADJECTIVE = 32
    SHY = 64
    """A verb of much else than faces: it takes no part over from the clause before."""


@dataclass(slots=True)
class Word:
    """What a spelling can mean; ``part`` and ``cues`` may both be set, then the clause decides."""

    kind: Kind
    value: str = ""
    part: str = ""
    cues: tuple[str, ...] = ()
    forms: int = 0
    describes: bool = False
    """Whether it marks a sentence that describes the person."""


@dataclass(slots=True)
class Branch:
    """A node of the tree of spellings: the word that ends here and the tokens that may follow."""

    word: Word | None = None
    next: dict[str, "Branch"] = field(default_factory=dict)


class Cue(BaseModel):
    """A class of synonymous cues."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    action: str
    verb_example: str = ""
    noun_example: str = ""
    adjective_example: str = ""
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()


class Part(BaseModel):
    """A part of the face and its synonyms."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    parent: str = ""
    example: str
    action: str
    words: tuple[str, ...]


class _Intensity(BaseModel):
    model_config = ConfigDict(extra="forbid")

    slight: list[str]
    strong: list[str]
    full: list[str]
    tight: list[str]
    wide: list[str]
    less: list[str]


class _Direction(BaseModel):
    model_config = ConfigDict(extra="forbid")

    left: list[str]
    right: list[str]
    up: list[str]
    down: list[str]
    forward: list[str]
    back: list[str]
    straight: list[str]
    both: list[str]
    vertical: list[str]
    fore_and_aft: list[str]
    out: list[str]
    in_: list[str]


class _Small(BaseModel):
    model_config = ConfigDict(extra="forbid")

    negation: list[str]
    stop: list[str]
    unreal: list[str]
    change: list[str]
    conjunction: list[str]
    break_: list[str]
    preposition: list[str]
    determiner: list[str]
    subject: list[str]
    reference: list[str]
    one: list[str]
    skip: list[str]
    adjective: list[str]
    head_noun: list[str]
    other_part: list[str]
    appearance: list[str]
    announcement: list[str]


class _Modifiers(BaseModel):
    model_config = ConfigDict(extra="forbid")

    intensity: _Intensity
    direction: _Direction
    words: _Small


class _Cues(BaseModel):
    model_config = ConfigDict(extra="forbid")

    cue: list[Cue]


class _Parts(BaseModel):
    model_config = ConfigDict(extra="forbid")

    part: list[Part]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words of the lexicon."""

    cues: tuple[Cue, ...]
    parts: tuple[Part, ...]
    root: dict[str, Branch]


def possessed(spelling: str) -> Iterator[str]:
    """Spell "crane one's neck" with each possessive that may stand there; other spellings are themselves."""
    if ONES not in spelling:
        yield spelling
        return
    yield from (spelling.replace(ONES, possessive) for possessive in POSSESSIVES)


def _spellings(cue: Cue, table: Table[_Cues]) -> Iterator[tuple[str, int]]:
    for entry in cue.verbs:
        try:
            forms = inflect(entry)
        except ValueError as error:
            raise table.error(f"cue {cue.id}", str(error)) from error
        shy = int(Form.SHY) if forms.shy else 0
        for spelled, form in (
            (forms.base, Form.BASE),
            (forms.third, Form.THIRD),
            (forms.ing, Form.ING),
            (forms.past, Form.PAST),
            (forms.participle, Form.PAST),
        ):
            yield from ((spelling, int(form) | shy) for spelling in possessed(spelled))
    yield from ((noun, int(Form.NOUN)) for noun in cue.nouns)
    yield from ((adjective, int(Form.ADJECTIVE)) for adjective in cue.adjectives)


def _add(words: dict[str, Word], spelling: str, word: Word) -> None:
    """Give a spelling a meaning; what was there first keeps its kind, and gains a part or a cue."""
    there = words.get(spelling)
    if there is None:
        words[spelling] = word
        return
    there.part = there.part or word.part
    there.cues += tuple(c for c in word.cues if c not in there.cues)
    there.forms |= word.forms
    there.describes |= word.describes


def _cue_words(words: dict[str, Word], cues: Iterable[Cue], table: Table[_Cues]) -> None:
    for cue in cues:
        for spelling, form in _spellings(cue, table):
            _add(words, spelling, Word(Kind.CUE, cues=(cue.id,), forms=form))


def _small_words(words: dict[str, Word], table: Table[_Modifiers]) -> None:
    groups = table.model
    for tag, spellings in groups.intensity.model_dump().items():
        for spelling in spellings:
            form = 0 if _is_adverb(spelling) else int(Form.ADJECTIVE)
            _add(words, spelling, Word(Kind.INTENSITY, tag, forms=form))
    for tag, spellings in groups.direction.model_dump().items():
        for spelling in spellings:
            _add(words, spelling, Word(Kind.DIRECTION, tag.rstrip("_")))
    for name, spellings in groups.words.model_dump().items():
        name = name.rstrip("_")
        for spelling in spellings:
            _add(words, spelling, _small_word(name, spelling))


def _is_adverb(spelling: str) -> bool:
    """As in "Slightly" can follow its verb, "slight" stands before its noun."""
    return spelling.endswith("ly") or " " in spelling or spelling in ADVERBS


def _small_word(name: str, spelling: str) -> Word:
    if name == "other_part":
        return Word(Kind.PART, part="other")
    if name == "appearance":
        return Word(Kind.OTHER, describes=True)
    if name == "announcement":
        return Word(Kind.ANNOUNCEMENT, describes=True)
    return Word(Kind[name.upper()], spelling)


ONES = "one's"
"""Stands in the data for any possessive, as in dictionaries."""
POSSESSIVES = ("his", "her", "their", "its", "the", "a", "your", "my", "one 's")
ADVERBS = frozenset(("wide", "wider", "widest", "tight", "tighter", "half", "somewhat", "less", "halfway", "hard"))
PUNCTUATION = {",": Kind.COMMA, "(": Kind.COMMA, ")": Kind.COMMA, "—": Kind.COMMA, "|": Kind.COMMA, "[": Kind.COMMA}
PUNCTUATION |= dict.fromkeys(".!?;…", Kind.SENTENCE) | {"...": Kind.SENTENCE, "]": Kind.COMMA, "--": Kind.COMMA}
PUNCTUATION |= {">": Kind.COMMA} | dict.fromkeys((":", ":*", "=", "–"), Kind.COLON)


def _tree(words: dict[str, Word]) -> dict[str, Branch]:
    root: dict[str, Branch] = {}
    for spelling, word in words.items():
        level, branch = root, None
        for token in spelling.split(" "):
            branch = level.setdefault(token, Branch())
            level = branch.next
        if branch is not None:
            branch.word = word
    return root


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """Read cues, parts and small words, and arrange them by spelling.

    Raises:
        LexiconError: a data file does not fit its schema, or an entry is malformed.
    """
    cues = read_table("cues.toml", _Cues)
    parts = read_table("parts.toml", _Parts)
    modifiers = read_table("modifiers.toml", _Modifiers)
    words: dict[str, Word] = {}
    for part in parts.model.part:
        for spelling in part.words:
            _add(words, spelling, Word(Kind.PART, part=part.id))
    _cue_words(words, cues.model.cue, cues)
    _small_words(words, modifiers)
    for sign, kind in PUNCTUATION.items():
        words.setdefault(sign, Word(kind, sign))
    return Vocabulary(tuple(cues.model.cue), tuple(parts.model.part), _tree(words))
