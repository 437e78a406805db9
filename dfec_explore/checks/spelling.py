"""Words that no dictionary has."""

from collections.abc import Iterator
from functools import lru_cache

from dfec_explore.checks.check import INFO, WARNING, Check, Family, Finding, Limits
from dfec_explore.checks.dictionary import domain_words, english_words, is_english
from dfec_explore.checks.subject import Subject

SHORTEST = 4
ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def find_misspelt(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find words that are not English; with what was meant where one letter is wrong."""
    told = set[str]()
    if len(unknown := _unknown(subject)) > limits["unknown_words"]:
        return  # Another language, or damage: other checks say so.
    for word, start, end in unknown:
        if word in told:
            continue
        told.add(word)
        if (meant := suggestion(word)) is not None:
            yield Finding(WARNING, f"“{word}” is no English word; “{meant}” was probably meant.", start, end)
        else:
            yield Finding(INFO, f"“{word}” stands in no dictionary.", start, end)


def _unknown(subject: Subject) -> list[tuple[str, int, int]]:
    if all(map(is_english, subject.vocabulary)):
        return []
    return [
        (word, start, end)
        for word, start, end in subject.words
        if not is_english(word)
        and len(word) >= SHORTEST
        and word.isascii()
        and word.isalpha()
        # A capital inside a sentence makes a name.
        and (not subject.text[start].isupper() or _starts_sentence(subject, start))
        and not _is_damaged(subject.text, start, end)
    ]


def _is_damaged(text: str, start: int, end: int) -> bool:
    """Whether a piece of a word stands beside markup, an escape or damage, which other checks tell of."""
    around = text[max(start - 1, 0) : start] + text[end : end + 1]
    return any(c in "<>&;/\\_{}[]%$#@=" or ord(c) > 127 for c in around)


@lru_cache(maxsize=10_000)
def suggestion(word: str) -> str | None:
    """The commonest known word that is one slip of the keyboard away, words of the face first; None where none is."""
    near = [other for other in _edits(word) if other in domain_words()]
    if near:
        return min(near)
    frequent = english_words()
    common = [other for other in _edits(word) if frequent.get(other, 0) > 500]
    return max(common, key=lambda other: frequent[other], default=None)


def _edits(word: str) -> set[str]:
    pieces = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    deleted = {a + b[1:] for a, b in pieces if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in pieces if len(b) > 1}
    replaced = {a + c + b[1:] for a, b in pieces if b for c in ALPHABET}
    added = {a + c + b for a, b in pieces for c in ALPHABET}
    return (deleted | swapped | replaced | added) - {word}


def _starts_sentence(subject: Subject, offset: int) -> bool:
    return subject.sentence_at(offset)[0] == offset


CHECKS = (
    Check(
        "spelling",
        "Spelling",
        "A word that is in no dictionary and not of the facial language; a warning where a known word is one letter "
        "away.",
        "Her eybrows rise.",
        Family.TEXT,
        find_misspelt,
        limits={"unknown_words": 4},
    ),
)
