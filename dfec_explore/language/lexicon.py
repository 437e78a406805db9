"""The lexicon: everything the parser knows, read once from the package's data files."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from dfec_explore.language.actions import Action, Region, load_actions
from dfec_explore.language.people import load_people
from dfec_explore.language.phases import load_phases
from dfec_explore.language.rules import load_rules
from dfec_explore.language.vocabulary import Cue, Part, load_vocabulary

RULE_MODULES = (
    "attributes", "building", "clauses", "compounds", "edges", "ellipsis", "inflection", "kinds", "linking",
    "meanings", "neighbours", "nodes", "outcomes", "parser", "partners", "people", "phase_reach", "phase_verbs",
    "phase_words", "phases", "remainders", "rules", "scene", "sides", "special_cues", "spelled_alike", "spelling",
    "terms", "unmatched", "vocabulary", "wrinkles",
)  # fmt: skip
"""The modules that decide what a caption says."""
DATA_FILES = ("actions.toml", "cues.toml", "modifiers.toml", "parts.toml", "people.toml", "phases.toml", "table.toml")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lexicon as loaded."""

    regions: tuple[Region, ...]
    """In display order."""
    actions: Mapping[str, Action]
    """By label."""
    cues: tuple[Cue, ...]
    parts: tuple[Part, ...]


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """Read and check the lexicon; cached.

    Raises:
        LexiconError: the data is not valid; the message names the place.
    """
    regions, actions = load_actions()
    vocabulary = load_vocabulary()
    load_rules()
    load_phases()
    load_people()
    return Lexicon(regions, actions, vocabulary.cues, vocabulary.parts)


@lru_cache(maxsize=1)
def lexicon_hash() -> str:
    """Name what decides the results: 32 hexadecimal digits over the data files and the modules with the rules."""
    digest = hashlib.sha256()
    for name in (*(f"data/{name}" for name in DATA_FILES), *(f"{name}.py" for name in RULE_MODULES)):
        digest.update(files("dfec_explore.language").joinpath(name).read_bytes())
    return digest.hexdigest()[:32]
