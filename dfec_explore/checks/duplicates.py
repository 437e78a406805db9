"""The same caption on several clips, and one clip with several captions."""

from collections import defaultdict
from collections.abc import Iterator

from dfec_explore.checks.check import ERROR, INFO, WARNING, Check, Family, Finding, Kind, Limits
from dfec_explore.checks.corpus import Corpus

NAMED = 3
"""Captions that a message names; the others are counted."""


def find_identical(corpus: Corpus, limits: Limits) -> Iterator[tuple[int, Finding]]:
    """Find captions that are the same but for space and case, on different clips."""
    for places in _groups(hash(" ".join(caption.lower().split())) for caption in corpus.captions):
        if len({corpus.videos[place] for place in places}) < 2:
            continue
        words = corpus.captions[places[0]].count(" ") + 1
        severity = ERROR if words >= limits["words"] else WARNING
        for place in places:
            others = [other for other in places if other != place]
            message = f"The same caption stands at {named(corpus, others)}, another clip."
            yield place, Finding(severity, message, group=places[0])


def find_clip_twice(corpus: Corpus, limits: Limits) -> Iterator[tuple[int, Finding]]:
    """Find clips that have two captions."""
    for places in _groups(hash(video) for video in corpus.videos):
        for place in places:
            others = [other for other in places if other != place]
            within = any(corpus.parts[other] == corpus.parts[place] for other in others)
            same = any(corpus.captions[other] == corpus.captions[place] for other in others)
            what = "the same caption" if same else "another caption"
            message = f"Its clip has {what} at {named(corpus, others)}."
            yield place, Finding(WARNING if within else INFO, message, group=places[0])


def named(corpus: Corpus, places: list[int]) -> str:
    """Name captions, the first few by their id."""
    names = ", ".join(corpus.name(place) for place in places[:NAMED])
    return names if len(places) <= NAMED else f"{names} and {len(places) - NAMED:,} more"


def _groups(keys: Iterator[int]) -> Iterator[list[int]]:
    """Places with the same key, where there are two or more."""
    first: dict[int, int] = {}
    groups: dict[int, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        if key in first:
            groups[key].append(place)
        else:
            first[key] = place
    for key, places in groups.items():
        yield [first[key], *places]


CHECKS = (
    Check(
        "identical-caption",
        "Same caption on several clips",
        "Two clips have the same caption, word for word. Of two faces, one is not described.",
        "A caption that was pasted twice.",
        Family.DUPLICATES,
        find_identical,
        kind=Kind.CORPUS,
        limits={"words": 15},
    ),
    Check(
        "clip-twice",
        "Clip with several captions",
        "One clip has two captions: meant in some sets, a slip in others.",
        "Two records with one video.",
        Family.DUPLICATES,
        find_clip_twice,
        kind=Kind.CORPUS,
    ),
)
