"""Compounds: two names of parts that are one part together."""

from collections.abc import Sequence

from dfec_explore.language.nodes import Node
from dfec_explore.language.vocabulary import Word

CORNER_WORDS = frozenset(("corner", "corners"))
UNWRINKLED = frozenset(("other", "smile", "frown", "gaze", "head", "expression", "teeth", "wrinkle"))


def compound(previous: Node, word: Word, last: int) -> bool:
    """Take a part in that stands right behind another, if they are one: "mouth corners", "forehead wrinkles"."""
    if word.part == "lip_corner" and previous.part in {"mouth", "lip", "eye", "brow"}:
        previous.part = {"eye": "eye_corner", "brow": "brow"}.get(previous.part, "lip_corner")
    elif word.part == "wrinkle" and previous.part not in UNWRINKLED:
        previous.places += (previous.part,)
        previous.part = "wrinkle"
    elif word.part == "face":
        pass
    else:
        return False
    previous.last = last
    return True


def merges(tokens: Sequence[str], previous: Node, word: Word, preposition: str) -> bool:
    """As in "Corners of her mouth": the corner is the part."""
    return (
        previous.part == "lip_corner"
        and tokens[previous.last] in CORNER_WORDS
        and preposition == "of"
        and word.part in {"mouth", "lip", "eye", "brow"}
    )
