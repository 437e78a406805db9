"""Sides: words for left and right that belong to a part named before them, and what else a part's neighbours tell."""

from collections.abc import Sequence

from dfec_explore.language import kinds
from dfec_explore.language.nodes import Node
from dfec_explore.language.vocabulary import Word

SIDES = frozenset(("left", "right"))
PAIRED = frozenset(
    ("brow", "eye", "eye_opening", "lid", "lower_lid", "cheek", "lip_corner", "nostril", "eye_corner", "nasolabial")
)
"""Parts of which there are two."""
ABBREVIATED = frozenset(("l.", "r."))
"""Sides of parts ("R. eyebrow") or, elsewhere, directions that end a sentence ("Eyes L, R.")."""
STATING = frozenset((kinds.INTENSITY, kinds.CUE))
"""Kinds of what is said of "the left"."""
VERTICAL = {"bottom": "down", "lower": "down"}
EXACTLY = frozenset(("at", "into", "through"))
"""Prepositions after a "right" that is no direction: "looks right at the camera"."""
TOWARDS = frozenset(("to", "toward", "towards"))
SIDED = frozenset((kinds.PART, kinds.ADJECTIVE, kinds.ONE, kinds.HEAD_NOUN))
HYPHENED = 2
"""Tokens from "left" to "bottom" in "left-bottom"."""
APPOSED = 2
"""Nodes of "Smirk, left side" before its side."""
BRACKETED = 4
"""Nodes from a part to its side in brackets."""


def ends_sentence(tokens: Sequence[str], words: Sequence[tuple[int, int, Word]], at: int) -> bool:
    """Whether the direction at ``at`` is spelled with the full stop of its sentence: "Gaze: L, R. Brows up"."""
    if tokens[words[at][1] - 1] not in ABBREVIATED:
        return False
    goes_on = at > 1 and words[at - 1][2].kind is kinds.COMMA and words[at - 2][2].kind is kinds.DIRECTION
    return goes_on or at + 1 >= len(words) or words[at + 1][2].part not in PAIRED


def apposed(nodes: Sequence[Node], following: Word) -> bool:
    """As in "Smirk, left side": the side of the part before the comma."""
    if len(nodes) < APPOSED or nodes[-1].value != "," or following.kind is not kinds.SENTENCE:
        return False
    return nodes[-2].part == "smile" or nodes[-2].part in PAIRED


def heads(nodes: Sequence[Node]) -> bool:
    """Whether the last node is a part that a colon makes a heading: "Mouth:", beside "no movement in the face:"."""
    if nodes[-1].kind is not kinds.PART or nodes[-1].preposition:
        return False
    return len(nodes) == 1 or nodes[-2].value != "in"
