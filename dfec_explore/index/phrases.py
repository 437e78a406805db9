"""Phrases: what stands between two punctuation marks of a caption."""

import re

PAUSE = re.compile(r"[.,;:!?()\n\r\t\"“”]+")
MAX_CHARACTERS = 120
"""Longer pieces are sentences of their own and never repeat."""


def phrases(caption: str) -> list[str]:
    """The phrases of a caption, in order: lower case, single spaces, a leading "and" or "then" left out."""
    found = []
    for piece in PAUSE.split(caption.lower()):
        phrase = " ".join(piece.split())
        for word in ("and ", "then ", "and then "):
            phrase = phrase.removeprefix(word)
        if phrase and len(phrase) <= MAX_CHARACTERS:
            found.append(phrase)
    return found
