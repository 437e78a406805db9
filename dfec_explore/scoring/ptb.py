"""The rules of Penn Treebank tokens as Stanford's PTBTokenizer applies them to English prose, without Java.

It covers what captions have: contractions, hyphens, numbers, abbreviations, ellipses, quotes and brackets. What it
does not know (addresses, emoticons, entities, currencies) it cuts at punctuation.
"""

import re
from collections.abc import Iterator

_ABBREVIATIONS = ("mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "jr", "sr", "fig", "approx")

_TOKEN = re.compile(
    rf"""
    (?P<initials>(?:[a-z]\.){{2,}})
    | (?P<abbreviation>(?:{"|".join(_ABBREVIATIONS)})\.)(?=\s)
    | (?P<number>[+-]?\d+(?:[.,:/]\d+)*|\.\d+)(?!\w|-\w)
    | (?P<word>[\w&]+(?:[-./_'’]?[\w&]+)*)
    | (?P<ellipsis>\.{{3,}}|…|(?:\.\s){{2,}}\.)
    | (?P<dashes>-{{2,}}|[—–])
    | (?P<other>\S)
    """,
    re.VERBOSE,
)
_CLITIC = re.compile(r"^(?P<word>.+?)(?P<clitic>n['’]t|['’](?:s|d|m|ll|re|ve))$")
_ASSIMILATIONS = {
    "cannot": ("can", "not"),
    "gonna": ("gon", "na"),
    "gotta": ("got", "ta"),
    "lemme": ("lem", "me"),
    "gimme": ("gim", "me"),
    "wanna": ("wan", "na"),
}
_BRACKETS = {"(": "-lrb-", ")": "-rrb-", "[": "-lsb-", "]": "-rsb-", "{": "-lcb-", "}": "-rcb-"}


def ptb_tokens(text: str) -> Iterator[str]:
    """Cut a text into tokens in lower case, punctuation among them."""
    open_quote = True
    for found in _TOKEN.finditer(text.lower()):
        token, kind = found[0], found.lastgroup
        if kind == "word":
            yield from _word(token)
        elif kind == "dashes":
            yield "--"
        elif kind == "ellipsis":
            yield "..."
        elif token in ('"', "“", "”"):
            yield "``" if open_quote else "''"
            open_quote = not open_quote
        elif token in ("‘", "’"):
            yield "`" if token == "‘" else "'"
        else:
            yield _BRACKETS.get(token, token)


def _word(token: str) -> Iterator[str]:
    """A word, cut where a contraction is."""
    if token in _ASSIMILATIONS:
        yield from _ASSIMILATIONS[token]
        return
    clitic = _CLITIC.match(token)
    if clitic is None:
        yield token
        return
    yield from _word(clitic["word"])
    yield clitic["clitic"].replace("’", "'")
