"""Captions that are far too short or long: by themselves, and against their source and their number of phases."""

from collections import defaultdict
from collections.abc import Iterator
from statistics import median

from dfec_explore.checks.check import ERROR, WARNING, Check, Family, Finding, Kind, Limits
from dfec_explore.checks.corpus import Corpus
from dfec_explore.checks.subject import Subject


def find_length(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find captions that no description of a clip can have the length of."""
    words = subject.analysis.words
    if words < limits["least_words"]:
        yield Finding(ERROR, f"It has {words} words; a description of a clip has {limits['least_words']:g} at least.")
    elif words < limits["few_words"]:
        yield Finding(WARNING, f"It has only {words} words.")
    if words > limits["most_words"]:
        yield Finding(WARNING, f"It has {words} words, more than {limits['most_words']:g}.")


def find_odd_length(corpus: Corpus, limits: Limits) -> Iterator[tuple[int, Finding]]:
    """Find captions whose length is far from the others of their source (median and median absolute deviation)."""
    lengths = [caption.count(" ") + caption.count("\n") + 1 for caption in corpus.captions]
    by_source: dict[str, list[int]] = defaultdict(list)
    for source, length in zip(corpus.sources, lengths, strict=True):
        by_source[source].append(length)
    norms = {}
    for source, found in by_source.items():
        if len(found) >= limits["captions"]:
            middle = median(found)
            norms[source] = (middle, max(1.4826 * median(abs(x - middle) for x in found), middle * 0.1, 1.0))
    for place, (source, length) in enumerate(zip(corpus.sources, lengths, strict=True)):
        if source not in norms:
            continue
        middle, spread = norms[source]
        away = (length - middle) / spread
        if abs(away) > limits["deviations"]:
            side = "longer" if away > 0 else "shorter"
            message = f"It has about {length} words, far {side} than the {middle:g} that are usual in {source}."
            yield place, Finding(WARNING, message)


CHECKS = (
    Check(
        "length",
        "Too short or too long",
        "A caption that is too short to describe a clip, or longer than anybody would write about one.",
        "She smiles.",
        Family.TEXT,
        find_length,
        limits={"least_words": 5, "few_words": 20, "most_words": 400},
    ),
    Check(
        "odd-length",
        "Unusual length for its source",
        "A caption far shorter or longer than the others of its source, by the median absolute deviation.",
        "A caption of 300 words in a source where half have fewer than 120.",
        Family.TEXT,
        find_odd_length,
        kind=Kind.CORPUS,
        limits={"captions": 30, "deviations": 4},
    ),
)
