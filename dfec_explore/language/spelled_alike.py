"""Spelled alike: nouns that are parts, and the verbs that look the same ("furrows", "gaze", "wrinkles")."""

from collections.abc import Sequence

from dfec_explore.language import kinds
from dfec_explore.language.nodes import SENTENCE_WORD, Node
from dfec_explore.language.vocabulary import Word

PLACED = frozenset(("across", "on", "between", "over", "along", "above", "around", "at"))
"""Prepositions after the noun that is spelled like a verb: "horizontal furrows across the forehead"."""
ONE_BROW = frozenset(("brow", "eyebrow"))
"""What a verb in -s can follow: "her brow creases", beside "brow creases appear"."""

SHAPE = "line"
INTO = frozenset(("into", "to"))
SHAPING = frozenset((kinds.OTHER, kinds.COMMA, kinds.DETERMINER, kinds.INTENSITY, kinds.ADJECTIVE, kinds.CUE))
DESCRIBING = frozenset((kinds.OTHER, kinds.DETERMINER, kinds.INTENSITY, kinds.SKIP))
SAYING = Word(kinds.CUE, cues=("speak",), forms=kinds.THIRD_FORM)
LINED = Word(kinds.CUE, cues=("press",), forms=kinds.ADJECTIVE_FORM)
"""What a line is that lips are."""
LONGEST_SHAPE = 6
"""Words from "into" to the line that lips are pressed into."""

Found = tuple[int, int, Word]
"""A word with its first token and the token after its last."""


def is_verb(
    tokens: Sequence[str], words: Sequence[Found], nodes: Sequence[Node], at: int, *, determined: bool, headed: bool
) -> bool:
    """Tell a noun from the verb that is spelled the same ("her gaze shifts", "her eyes gaze").

    Args:
        tokens: the caption's tokens in lower case.
        words: the words found in them.
        nodes: what the words before have become.
        at: index of the word.
        determined: whether a determiner stands before it.
        headed: whether it stands under a label such as "Forehead:".
    """
    first, _, word = words[at]
    following = words[at + 1][2] if at + 1 < len(words) else SENTENCE_WORD
    previous = nodes[-1] if nodes else None
    if following.kind is kinds.COLON:
        return False
    if tokens[first] == "furrow" and following.value not in PLACED and not (determined and following.kind is kinds.CUE):
        return True
    if determined or word.part in {"smile", "frown"}:
        return False
    if word.part == "wrinkle" and following.value in PLACED and not _is_after_part(first, previous):
        return False
    if previous is not None and (previous.kind in (kinds.OTHER, kinds.INTENSITY, kinds.DIRECTION)):
        return tokens[first].endswith("s") and not (word.part == "wrinkle" and headed)
    if previous is not None and previous.word.forms == kinds.PAST_FORM and previous.last == first - 1:
        return False
    if word.part == "wrinkle":
        follows_part = previous is not None and previous.last == first - 1 and previous.part != ""
        if previous is not None and follows_part and tokens[previous.last] in ONE_BROW:
            return following.kind is not kinds.CUE
        return word.cues != ("wrinkle",) and (follows_part or following.kind is kinds.DETERMINER)
    return following.kind is not kinds.CUE


def _is_after_part(first: int, previous: Node | None) -> bool:
    """As in "Her forehead furrows", beside "horizontal furrows"."""
    return previous is not None and previous.part != "" and previous.last >= first - 2


def place_wrinkling(nodes: Sequence[Node], node: Node) -> None:
    """As in "Forehead slightly wrinkles": the verb is spelled like the noun."""
    j = len(nodes) - 1
    while j >= 0 and nodes[j].kind is kinds.INTENSITY and not nodes[j].word.forms:
        j -= 1
    apart = j >= 0 and (j < len(nodes) - 1 or node.first > nodes[j].last + 1)
    if apart and nodes[j].part in {"forehead", "nose", "chin"}:
        node.places = (nodes[j].part,)


def is_shape(words: Sequence[Found], at: int) -> bool:
    """As in "drawn into a thin, uneasy line", which is no wrinkle."""
    for j in range(at - 1, max(at - LONGEST_SHAPE, 0) - 1, -1):
        word = words[j][2]
        if word.kind is kinds.PREPOSITION:
            return word.value in INTO
        if word.kind not in SHAPING:
            return False
    return False


def spelled_like(tokens: Sequence[str], words: Sequence[Found], nodes: Sequence[Node], at: int) -> Word | None:
    """The cue that the word of a part is in its clause: "she mouths a few words", "lips a thin line"."""
    first = words[at][0]
    if tokens[first] == "mouths" and says(nodes, first):
        return SAYING
    return LINED if tokens[first] == "line" and _is_lip_line(words, at) else None


def _is_lip_line(words: Sequence[Found], at: int) -> bool:
    for j in range(at - 1, max(at - LONGEST_SHAPE, 0) - 1, -1):
        word = words[j][2]
        if word.kind is kinds.PART:
            return word.part in {"lip", "mouth"} and j < at - 1
        if word.kind not in DESCRIBING:
            return False
    return False


def says(nodes: Sequence[Node], first: int) -> bool:
    """As in "she mouths a few words", "nods and mouths an apology"."""
    previous = nodes[-1] if nodes else None
    if previous is None or previous.last != first - 1 or previous.preposition:
        return False
    before = nodes[-2] if len(nodes) > 1 else None
    joined = previous.kind is kinds.CONJUNCTION and before is not None and before.kind is kinds.CUE
    return previous.kind is kinds.SUBJECT or joined
