"""Sentences, clauses and words that stand twice."""

import re
from collections.abc import Iterator
from itertools import pairwise

from dfec_explore.checks.check import ERROR, WARNING, Check, Family, Finding, Limits
from dfec_explore.checks.subject import Subject, quoted
from dfec_explore.checks.word_lists import word_list

MAY_REPEAT = word_list("may_repeat")
CLAUSE_END = re.compile(r"[.,;:!?\n]+")
NOTHING_HAPPENS = ("no ", "unchanged", "remain", "same", "consistent", "still")


def find_repeated_sentence(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find a sentence that stands twice, by its words."""
    seen: dict[str, int] = {}
    for (start, end), said in zip(subject.sentences, subject.sentence_words, strict=True):
        if len(said) < limits["words"]:
            continue
        words = " ".join(said)
        if words in seen:
            yield Finding(ERROR, f"{quoted(subject.text[start:end])} stands twice.", start, end)
            return
        seen[words] = start


def find_repeated_clause(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find a long stretch without punctuation that comes again in another sentence, word for word."""
    seen: dict[str, tuple[int, int]] = {}
    start = 0
    for cut in (*(found.span() for found in CLAUSE_END.finditer(subject.lower)), (len(subject.text),) * 2):
        clause = " ".join(subject.lower[start : cut[0]].split())
        here, start = start, cut[1]
        if clause.count(" ") + 1 < limits["words"] or any(word in clause for word in NOTHING_HAPPENS):
            continue
        sentence = subject.sentence_at(here)
        if clause in seen and seen[clause] != sentence and not _same(subject, seen[clause], sentence):
            first = here + len(subject.text[here : cut[0]]) - len(subject.text[here : cut[0]].lstrip())
            yield Finding(WARNING, f"{quoted(clause)} is said twice.", first, cut[0])
            return
        seen[clause] = sentence


def find_repeated_word(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find a word that stands twice in a row."""
    if not any(one == other for words in subject.sentence_words for one, other in pairwise(words)):
        return
    before, end = "", -1
    for word, start, stop in subject.words:
        if word == before and word not in MAY_REPEAT and word.isalpha() and subject.text[end:start].isspace():
            yield Finding(ERROR, f"“{word}” stands twice in a row.", start, stop)
            return
        before, end = word, stop


def _same(subject: Subject, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two sentences are the same, which is another check's."""
    return subject.lower[slice(*one)].strip(".!? ") == subject.lower[slice(*other)].strip(".!? ")


CHECKS = (
    Check(
        "repeated-sentence",
        "Repeated sentence",
        "The same sentence twice in a caption: a slip of copying, or of a model that went in circles.",
        "She blinks and looks left. She blinks and looks left.",
        Family.TEXT,
        find_repeated_sentence,
        limits={"words": 4},
    ),
    Check(
        "repeated-clause",
        "Repeated clause",
        "A long stretch of a sentence that comes again word for word in another: often pasted, seldom meant.",
        "His mouth opens to show the upper front teeth and a bit of the tongue. He blinks, his mouth opens to show the "
        "upper front teeth and a bit of the tongue.",
        Family.TEXT,
        find_repeated_clause,
        limits={"words": 12},
    ),
    Check(
        "repeated-word",
        "Repeated word",
        "A word twice in a row.",
        "Her eyes eyes open.",
        Family.TEXT,
        find_repeated_word,
    ),
)
