"""Two texts compared word by word, as HTML in which every text of the files is escaped."""

from collections.abc import Iterator
from html import escape

from dfec_explore.language.comparing import compare_words

TAGS = {"same": "span", "removed": "del", "added": "ins"}


def word_diff(before: str, after: str) -> str:
    """What became of a text: words that went are struck out, words that came are underlined."""
    return "".join(_pieces(before, after))


def _pieces(before: str, after: str) -> Iterator[str]:
    compared = compare_words(before, after)
    if before != after and all(kind == "same" for kind, _ in compared):
        yield "<em>Only white space differs.</em> "
    for kind, text in compared:
        core = text.rstrip() if kind != "same" else text
        tag = TAGS[kind]
        yield f"<{tag}>{escape(core)}</{tag}>{escape(text[len(core) :])}"
