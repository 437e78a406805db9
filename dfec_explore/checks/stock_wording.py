"""Whole clauses that captions share far more often than chance would have it."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from math import exp, log

import numpy as np

from dfec_explore.checks.check import INFO, Check, Family, Finding, Kind, Limits
from dfec_explore.checks.corpus import Corpus
from dfec_explore.checks.subject import quoted

CLAUSE_END = re.compile(r"[.;:!?\n]+")
SAMPLE = 20_000
"""Captions from which the chance of a wording is estimated."""


def clauses(caption: str) -> Iterator[tuple[str, int, int]]:
    """Stretches between full stops or line ends, in lower case with single spaces, and where they stand."""
    start, lower = 0, caption.lower()
    for cut in (*(found.span() for found in CLAUSE_END.finditer(lower)), (len(lower), len(lower))):
        clause = " ".join(lower[start : cut[0]].split())
        if clause:
            yield clause, start, cut[0]
        start = cut[1]


def find_stock(corpus: Corpus, limits: Limits) -> Iterator[tuple[int, Finding]]:
    """Find clauses that stand in many captions and that a chain of word pairs would hardly give so often."""
    least_words = int(limits["words"])
    keys = np.fromiter(
        (
            hash(clause)
            for text in corpus.captions
            for clause in {c for c, _, _ in clauses(text)}
            if _long(clause, least_words)
        ),
        np.int64,
    )
    values, counts = np.unique(keys, return_counts=True)
    common = dict(
        zip(values[counts >= limits["captions"]].tolist(), counts[counts >= limits["captions"]].tolist(), strict=True)
    )
    if not common:
        return
    chance = Chance(corpus)
    for place, text in enumerate(corpus.captions):
        best: tuple[int, Finding] | None = None
        for clause, start, end in clauses(text):
            if not _long(clause, least_words) or (times := common.get(hash(clause), 0)) == 0:
                continue
            expected = chance.expected(clause) * len(corpus)
            if times > limits["above_chance"] * max(expected, 1e-9) and (best is None or len(clause) > best[0]):
                at = start + len(text[start:end]) - len(text[start:end].lstrip())
                message = (
                    f"{quoted(clause)} stands in {times:,} captions; word by word, {_figure(expected)} were expected."
                )
                best = (len(clause), Finding(INFO, message, at, end))
        if best is not None:
            yield place, best[1]


def _long(clause: str, words: int) -> bool:
    return clause.count(" ") + 1 >= words


def _figure(expected: float) -> str:
    return f"{expected:,.0f}" if expected >= 1 else "fewer than 1"


class Chance:
    """How often a clause would come in a caption if each word only depended on the one before it."""

    def __init__(self, corpus: Corpus) -> None:
        step = max(len(corpus) // SAMPLE, 1)
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._words: Counter[str] = Counter()
        self._captions = 0
        for place in range(0, len(corpus), step):
            self._captions += 1
            for clause, _, _ in clauses(corpus.captions[place]):
                words = ["", *clause.split(" "), "."]
                self._pairs.update(pairwise(words))
                self._words.update(words[:-1])

    def expected(self, clause: str) -> float:
        """How often a caption is expected to have the clause."""
        words = ["", *clause.split(" "), "."]
        chance = log(max(self._words[""], 1) / max(self._captions, 1))
        for pair in pairwise(words):
            chance += log((self._pairs[pair] + 0.01) / (self._words[pair[0]] + 1))
        return exp(chance)


CHECKS = (
    Check(
        "stock-wording",
        "Wording that many captions share",
        "A whole sentence that stands word for word in many captions, far above chance: a template, or a model that "
        "repeats itself. A measure, no fault by itself.",
        "“his mouth slightly opens, revealing some of his upper teeth” in one caption of five.",
        Family.DUPLICATES,
        find_stock,
        kind=Kind.CORPUS,
        limits={"words": 10, "captions": 3, "above_chance": 20},
    ),
)
