"""Edges: where sentences and headings start and end around some words of a caption."""

from collections.abc import Container, Sequence, Set
from itertools import pairwise

ENDS = frozenset((".", "!", "?", ";", "\n", "…"))
CLOSERS = ENDS | {"(", "–", "—", "--"}
"""What may stand behind a marker that closes its clause."""
FILLERS = frozenset(
    (
        "then",
        "and",
        "but",
        "also",
        "so",
        "*",
        "-",
        "•",
        "#",
        "–",
        '"',
        "(",
        "[",
        "now",
        ":*",
        "|",
        ">",
        "somewhere",
        "about",
        "right",
        "just",
        "only",
    )
)
COLONS = frozenset((":", ":*", "):", "]:", "—", "–", "="))
"""What ends a label: "Middle:", "**Middle:**", "Middle (0:03):", "Middle –"."""
SLASHES = frozenset(("/", "//"))
LONGEST_PIECE = 30
"""Tokens from a heading to the slash before the next."""
LONGEST_LABEL = 12
"""Tokens of a label up to its colon."""


def opens_sentence(tokens: Sequence[str], i: int) -> bool:
    """Whether nothing but small words stands between the start of a sentence and the token at ``i``."""
    for j in range(i - 1, -1, -1):
        if tokens[j] in ENDS or tokens[j].isspace() or tokens[j].isdecimal():
            return True
        if tokens[j] not in FILLERS:
            return False
    return True


def closes_clause(tokens: Sequence[str], end: int) -> bool:
    """Whether the words that end before ``end`` are the last of their clause."""
    return end >= len(tokens) or tokens[end] in CLOSERS or tokens[end].isspace()


def is_slashed(tokens: Sequence[str], i: int, headings: Container[str]) -> bool:
    """Whether a word heads a piece between slashes: "START mouth shut / END smile"."""
    if i and tokens[i - 1] in SLASHES:
        return True
    if not opens_sentence(tokens, i):
        return False
    ahead = tokens[i + 1 : i + LONGEST_PIECE]
    return any(a in SLASHES and b in headings for a, b in pairwise(ahead))


def is_heading(tokens: Sequence[str], start: int, end: int, pieces: Set[str]) -> bool:
    """Whether the words stand as a heading: a colon, a dash or the end of the line follows.

    Args:
        tokens: the caption's tokens in lower case.
        start: the heading's first token.
        end: the token after it.
        pieces: words for a stretch of the clip, which may stand in a heading too: "Middle part:".
    """
    in_brackets = False
    for token in tokens[end : end + LONGEST_LABEL]:
        if token in COLONS or (token == "-" and not in_brackets) or (token.isspace() and "\n" in token):
            return opens_sentence(tokens, start)
        in_brackets = token != ")" and (in_brackets or token == "(")
        if not in_brackets and token not in {"*", ")"} and token not in pieces:
            return False
    return False
