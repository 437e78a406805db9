"""Text that is not English, told by its letters and its small words, with no language model."""

import re
from collections.abc import Iterator
from functools import lru_cache

from dfec_explore.checks.check import ERROR, Check, Family, Finding, Limits
from dfec_explore.checks.dictionary import is_english
from dfec_explore.checks.subject import Subject, quoted
from dfec_explore.checks.word_lists import word_list

SMALL_WORDS = word_list("small")
"""Words that English sentences are held together by and that other languages have not, or rarely."""
FOREIGN_LETTERS = re.compile(r"[^\x00-\u024f\u1e00-\u1eff\u2000-\u206f\u20a0-\u20cf\u2100-\u214f\ufffd]")
LATIN = re.compile(r"[A-Za-z]")


def find_foreign(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find sentences in another language: other letters, or words and small words that are not English."""
    text = subject.text
    if not text.isascii() and len(FOREIGN_LETTERS.findall(text)) >= limits["letters"]:
        first = FOREIGN_LETTERS.search(text)
        assert first is not None
        start, end = subject.sentence_at(first.start())
        yield Finding(ERROR, f"{quoted(text[start:end])} is in another script.", start, end)
        return
    if not LATIN.search(text):
        return
    for (start, end), words in zip(subject.sentences, subject.sentence_words, strict=True):
        if len(words) >= limits["words"] and _is_foreign(words, limits):
            yield Finding(ERROR, f"{quoted(text[start:end])} is not in English.", start, end)
            return


def _is_foreign(words: list[str], limits: Limits) -> bool:
    small = sum(word in SMALL_WORDS for word in words) / len(words)
    if small >= limits["small_words"]:
        return False
    known = sum(map(_known, words)) / len(words)
    return known < limits["known_words"]


@lru_cache(maxsize=50_000)
def _known(word: str) -> bool:
    return len(word) > 2 and is_english(word)


CHECKS = (
    Check(
        "not-english",
        "Not English",
        "A sentence in another language or script, told by its letters and small words. The set is English.",
        "Au début de la vidéo, ses yeux sont fermés et sa bouche est ouverte.",
        Family.TEXT,
        find_foreign,
        limits={"letters": 2, "words": 4, "small_words": 0.25, "known_words": 0.6},
    ),
)
