"""MinHash signatures of captions and pairs that share a band of them (locality-sensitive hashing).

A caption is its set of three-word pieces. MinHash estimates the Jaccard similarity of two sets (Broder, 1997); cutting
signatures into bands finds similar pairs without comparing all (Leskovec, Rajaraman & Ullman, Mining of Massive
Datasets, chapter 3). With 24 bands of 4 rows a pair of similarity 0.6 is met with a probability of 0.96, of 0.7 with
0.998.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from zlib import crc32

import numpy as np
import numpy.typing as npt

BANDS, ROWS = 24, 4
PIECE = 3
BATCH = 2_000
SEED = 20_261_129
WORD = re.compile(r"\w+")
MULTIPLIERS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)
Signatures = npt.NDArray[np.uint32]


def pieces(caption: str) -> set[tuple[str, ...]]:
    """The three-word pieces of a caption, in lower case; a shorter one is a piece of its own."""
    words = WORD.findall(caption.lower())
    if len(words) < PIECE:
        return {tuple(words)}
    return set(zip(words, words[1:], words[2:], strict=False))


def similarity(one: str, other: str) -> float:
    """The Jaccard similarity of two captions' three-word pieces, 0..1."""
    a, b = pieces(one), pieces(other)
    return len(a & b) / len(a | b)


def signatures(captions: Sequence[str]) -> Signatures:
    """MinHash signatures, one row of ``BANDS * ROWS`` numbers for each caption."""
    random = np.random.default_rng(SEED)
    factors = random.integers(1, 2**63, BANDS * ROWS, np.uint64) | np.uint64(1)
    shifts = random.integers(0, 2**63, BANDS * ROWS, np.uint64)
    found = np.empty((len(captions), BANDS * ROWS), np.uint32)
    known: dict[str, int] = {}
    waiting, at = iter(captions), 0
    while batch := list(islice(waiting, BATCH)):
        hashes, starts = _hashes(batch, known)
        for column, (factor, shift) in enumerate(zip(factors, shifts, strict=True)):
            mixed = ((hashes * factor + shift) >> np.uint64(32)).astype(np.uint32)
            found[at : at + len(batch), column] = np.minimum.reduceat(mixed, starts)
        at += len(batch)
        if len(known) > 1_000_000:
            known.clear()
    return found


def _hashes(batch: list[str], known: dict[str, int]) -> tuple[npt.NDArray[np.uint64], list[int]]:
    """Hashes of all pieces of a batch, and where each caption's begin."""
    numbers: list[int] = []
    starts: list[int] = []
    for caption in batch:
        words = WORD.findall(caption.lower()) or [""]
        words += [""] * (PIECE - len(words))
        starts.append(len(numbers))
        for word in words:
            number = known.get(word)
            if number is None:
                number = known[word] = crc32(word.encode("utf-8", "surrogatepass"))
            numbers.append(number)
    words_ = np.array(numbers, np.uint64) * MULTIPLIERS[0]
    words_ ^= words_ >> np.uint64(29)
    mixed = words_.copy()
    for ahead in range(1, PIECE):
        mixed[:-ahead] += words_[ahead:] * MULTIPLIERS[ahead]
    # The last two places of a caption would look into the next one: they repeat its first piece instead.
    ends = np.array([*starts[1:], len(numbers)])
    for back in range(1, PIECE):
        mixed[ends - back] = mixed[starts]
    mixed ^= mixed >> np.uint64(32)
    return mixed, starts


def candidates(found: Signatures, least: float) -> Iterator[tuple[int, int]]:
    """Pairs of places that share a band and whose signatures agree in a share of ``least`` or more.

    In a band, each caption is paired with the one before it and the first of its bucket: groups stay connected, and a
    bucket of a million pairs no million squared.
    """
    met = [_pairs_of_band(found[:, band * ROWS : (band + 1) * ROWS]) for band in range(BANDS)]
    pairs = np.unique(np.concatenate(met), axis=0) if met else np.empty((0, 2), np.int64)
    for start in range(0, len(pairs), 200_000):
        chunk = pairs[start : start + 200_000]
        agree = (found[chunk[:, 0]] == found[chunk[:, 1]]).mean(axis=1)
        for first, second in chunk[agree >= least]:
            yield int(first), int(second)


def _pairs_of_band(rows: Signatures) -> npt.NDArray[np.int64]:
    keys = np.zeros(len(rows), np.uint64)
    for column in range(rows.shape[1]):
        keys = keys * MULTIPLIERS[1] + rows[:, column]
        keys ^= keys >> np.uint64(31)
    order = np.argsort(keys, kind="stable")
    same = keys[order][1:] == keys[order][:-1]
    second = np.flatnonzero(same) + 1
    if not len(second):
        return np.empty((0, 2), np.int64)
    heads = np.flatnonzero(np.concatenate(([True], ~same)))
    head_of = heads[np.searchsorted(heads, second, side="right") - 1]
    pairs = np.concatenate(
        (np.stack((order[second - 1], order[second]), axis=1), np.stack((order[head_of], order[second]), axis=1))
    )
    return np.sort(pairs, axis=1)
