"""Compounds: two names of parts that are one part together."""

from collections.abc import Sequence

from dfec_explore.language.nodes import SENTENCE_WORD, Node
from dfec_explore.language.sides import SIDES
from dfec_explore.language.vocabulary import Word

CORNER_WORDS = frozenset(("corner", "corners"))
LOWER_PARTS = frozenset(("lip", "lid", "teeth", "jaw", "face", "lower_lip", "lower_lid", "lash"))
LABELLED_CORNERS = {"brow": "brow", "eye": "eye_corner"}
"""What "inner corners" are under "Brows:" or "Eyes:"."""
NAMED_PARTS = {
    ("upper", "lip"): "upper_lip",
    ("top", "lip"): "upper_lip",
    ("lower", "lip"): "lower_lip",
    ("bottom", "lip"): "lower_lip",
    ("lower", "lid"): "lower_lid",
}
Found = tuple[int, int, Word]
"""A word with its first token and the token after its last."""
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


def is_corner(tokens: Sequence[str], words: Sequence[Found], at: int) -> bool:
    """Tell "the upper left corner of the screen" from "the left corner of her mouth"."""
    return at < len(words) and tokens[words[at][1] - 1] in CORNER_WORDS


def is_lower_adjective(tokens: Sequence[str], words: Sequence[Found], at: int) -> bool:
    """Tell "her lower lip" and "the lower left" from "they lower"."""
    first, _, word = words[at]
    if word.cues != ("lower",):
        return False
    following = words[at + 1][2] if at + 1 < len(words) else SENTENCE_WORD
    return following.part in LOWER_PARTS or following.value in SIDES or tokens[first + 1 : first + 2] == ["row"]
