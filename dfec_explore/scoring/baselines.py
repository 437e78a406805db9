"""Predictions that no model made: they say what a score is worth on these captions."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import numpy.typing as npt

from dfec_explore.model import Annotation
from dfec_explore.scoring.changes import shuffle_clauses, swap_sides
from dfec_explore.scoring.ptb import ptb_tokens
from dfec_explore.sources import source_of

SEED = 20250101
VOCABULARY = 4096
"""Words that captions are compared by: the most frequent ones."""
BLOCK = 1000
"""Captions that are compared with all others at a time."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Baseline:
    """A way to make predictions out of the references."""

    id: str
    title: str
    meaning: str
    make: Callable[[Sequence[Annotation]], list[str]]
    """References to one text for each."""


def random_caption(references: Sequence[Annotation]) -> list[str]:
    """For each clip the caption of another."""
    return _others(references, [list(range(len(references)))])


def same_source(references: Sequence[Annotation]) -> list[str]:
    """For each clip the caption of another from the same source."""
    groups: dict[str, list[int]] = defaultdict(list)
    for place, reference in enumerate(references):
        groups[source_of(reference.video)].append(place)
    return _others(references, list(groups.values()))


def nearest_text(references: Sequence[Annotation]) -> list[str]:
    """For each clip the other caption whose words are most like its own."""
    vectors = _vectors([reference.caption for reference in references])
    texts = []
    for start in range(0, len(references), BLOCK):
        likeness = vectors[start : start + BLOCK] @ vectors.T
        likeness[np.arange(len(likeness)), np.arange(start, start + len(likeness))] = -1.0
        texts += [references[int(place)].caption for place in likeness.argmax(axis=1)]
    return texts


def most_typical(references: Sequence[Annotation]) -> list[str]:
    """For every clip the one caption whose words are most like those of all captions."""
    if not references:
        return []
    vectors = _vectors([reference.caption for reference in references])
    typical = references[int((vectors @ vectors.mean(axis=0)).argmax())].caption
    return [typical] * len(references)


def order_shuffled(references: Sequence[Annotation]) -> list[str]:
    """The reference itself, its phases told in another order."""
    rng = Random(SEED)
    return [shuffle_clauses(reference.caption, rng).text for reference in references]


def sides_swapped(references: Sequence[Annotation]) -> list[str]:
    """The reference itself with left for right."""
    rng = Random(SEED)
    return [swap_sides(reference.caption, rng).text for reference in references]


BASELINES: Mapping[str, Baseline] = {
    entry.id: entry
    for entry in (
        Baseline("random", "Random other caption", "The caption of any other clip.", random_caption),
        Baseline(
            "same-source", "Caption of the same source", "The caption of another clip of the same source.", same_source
        ),
        Baseline("typical", "Most typical caption", "One caption for every clip: the one most like all.", most_typical),
        Baseline("nearest", "Nearest caption by text", "The other caption with the most similar words.", nearest_text),
        Baseline(
            "shuffled", "Reference, order shuffled", "The reference, its phases told in another order.", order_shuffled
        ),
        Baseline("swapped", "Reference, left and right swapped", "The reference with left for right.", sides_swapped),
    )
}
"""All baselines by id, from the weakest knowledge of the clip to the strongest."""


def _others(references: Sequence[Annotation], groups: Sequence[list[int]]) -> list[str]:
    """Give each the caption of another of its group: the group is shuffled into a ring and read one place on."""
    rng = Random(SEED)
    texts = [""] * len(references)
    for group in groups:
        ring = group[:]
        rng.shuffle(ring)
        for place, other in zip(ring, ring[1:] + ring[:1], strict=True):
            # The only clip of its source gets the caption of any other.
            found = other if other != place else (place + 1) % len(references)
            texts[place] = references[found].caption
    return texts


def _vectors(captions: Sequence[str]) -> Floats:
    """TF-IDF of the words of captions, each of length one; shape (captions, words)."""
    counted = []
    frequency: dict[str, int] = defaultdict(int)
    for caption in captions:
        counts: dict[str, int] = defaultdict(int)
        for token in ptb_tokens(caption):
            counts[token] += 1
        counted.append(counts)
        for token in counts:
            frequency[token] += 1
    # A word of one caption alone is like no other's.
    shared = sorted((token for token, n in frequency.items() if n > 1), key=lambda token: (-frequency[token], token))
    places = {token: place for place, token in enumerate(shared[:VOCABULARY])}
    vectors = np.zeros((len(captions), max(1, len(places))), dtype=np.float32)
    for row, counts in enumerate(counted):
        for token, n in counts.items():
            if (place := places.get(token)) is not None:
                vectors[row, place] = n * np.log(len(captions) / frequency[token])
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
