"""Drawing a random sample of captions: how many, from which strata, and which; pure functions, the same everywhere.

References: W. G. Cochran, *Sampling Techniques*, 3rd edition, 1977, chapters 4 (size) and 5 (strata).
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import NormalDist

import numpy as np

from dfec_explore.errors import SamplingError
from dfec_explore.model import PlanItem, SampleKey, Stratum

LEAST, BETTER = 1, 2
"""Captions of a stratum that a sample has at least, and that it has where it can: two show how much they differ."""

Sizes = Mapping[Stratum, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A caption that may be drawn."""

    key: SampleKey
    caption_hash: str
    stratum: Stratum = ()
    """The values that it is stratified by."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn, and how many there were in each stratum."""

    items: tuple[PlanItem, ...]
    sizes: Sizes


def draw_sample(candidates: Iterable[Candidate], size: int, *, seed: int, allocation: str = "proportional") -> Sample:
    """Draw a stratified random sample without replacement.

    It depends on the candidates and the seed alone, not on their order, the machine or the version of a library
    (numpy keeps the numbers of a bit generator as they are). Its items come in random order, so that of a plan
    that is half done the half that was judged is a random sample too.

    Args:
        candidates: the population, each sample once.
        size: how many to draw; at most as many as there are.
        seed: a whole number from 0.
        allocation: one of `ALLOCATIONS`.

    Raises:
        SamplingError: there are no candidates, one is there twice, or the size is too small for the strata.
    """
    population = sorted(candidates, key=lambda candidate: _order(candidate.key))
    _check(population, size)
    sizes = _count(population)
    wanted = allocate(sizes, min(size, len(population)), allocation=allocation)
    lots = np.random.PCG64(seed).random_raw(len(population))
    items: list[PlanItem] = []
    for place in np.argsort(lots, kind="stable").tolist():
        drawn = population[place]
        if wanted[drawn.stratum]:
            wanted[drawn.stratum] -= 1
            items.append(PlanItem(len(items), drawn.key, drawn.caption_hash, drawn.stratum))
    return Sample(tuple(items), sizes)


def required_size(population: int, *, half_width: float, expected_rate: float = 0.5, confidence: float = 0.95) -> int:
    """How many captions to judge for an error rate that is known to within a half-width.

    The size for a simple random sample with finite-population correction (Cochran 1977, 4.4).

    Args:
        population: how many captions there are.
        half_width: of the interval, 0..1: 0.02 for "+-2 %".
        expected_rate: a guess of the error rate; 0.5, the worst case, without one.
        confidence: of the interval, 0..1.

    Returns:
        At least 1 and at most ``population`` (0 for an empty one).

    Raises:
        SamplingError: a number lies outside its range.
    """
    for name, value in (("half-width", half_width), ("confidence", confidence)):
        if not 0 < value < 1:
            raise SamplingError(f"the {name} is {value}", "Give a share between 0 and 1, such as 0.05.")
    if not 0 <= expected_rate <= 1:
        raise SamplingError(f"the expected rate is {expected_rate}", "Give a share from 0 to 1, such as 0.1.")
    if population < 1:
        return 0
    endless = (normal_quantile(confidence) / half_width) ** 2 * expected_rate * (1 - expected_rate)
    wanted = endless / (1 + (endless - 1) / population)
    return min(population, max(1, math.ceil(wanted)))


def allocate(sizes: Sizes, size: int, *, allocation: str = "proportional") -> dict[Stratum, int]:
    """Divide a sample among strata: whole numbers that add up to ``size``.

    Proportional shares are rounded by largest remainder; equal ones go on to the other strata where one is used up.
    Each stratum gets 2 where it has them and the size allows it for all, else 1.

    Args:
        sizes: how many captions each stratum has, all above 0.
        size: at most their sum.
        allocation: one of `ALLOCATIONS`.

    Raises:
        SamplingError: the size is smaller than the number of strata, or the allocation is unknown.
    """
    if allocation not in ALLOCATIONS:
        known = ", ".join(ALLOCATIONS)
        raise SamplingError(f"the allocation {allocation!r} is unknown", f"Use one of {known}.")
    least = {stratum: min(BETTER, there) for stratum, there in sizes.items()}
    if sum(least.values()) > size:
        least = dict.fromkeys(sizes, LEAST)
    if len(sizes) > size:
        raise SamplingError(
            f"{size} captions cannot hold one of each of the {len(sizes)} strata",
            f"Draw at least {len(sizes)}, or stratify by less.",
        )
    return _with_least(sizes, size, least, ALLOCATIONS[allocation])


def normal_quantile(confidence: float) -> float:
    """The number of standard deviations on either side that hold a share of a normal distribution."""
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def _with_least(
    sizes: Sizes, size: int, least: Sizes, share: Callable[[Sizes, int], dict[Stratum, int]]
) -> dict[Stratum, int]:
    """Shares of which none is below its least: strata that would be get it, and the others share the rest."""
    fixed: dict[Stratum, int] = {}
    while True:
        free = {stratum: there for stratum, there in sizes.items() if stratum not in fixed}
        shares = share(free, size - sum(fixed.values()))
        short = {stratum: least[stratum] for stratum, got in shares.items() if got < least[stratum]}
        if not short:
            return fixed | shares
        fixed |= short


def _proportional(sizes: Sizes, size: int) -> dict[Stratum, int]:
    total = sum(sizes.values())
    shares = {stratum: size * there // total for stratum, there in sizes.items()}
    # Whole numbers throughout: no rounding differs from machine to machine.
    by_remainder = sorted(sizes, key=lambda stratum: (-(size * sizes[stratum] % total), stratum))
    for stratum in by_remainder[: size - sum(shares.values())]:
        shares[stratum] += 1
    return shares


def _equal(sizes: Sizes, size: int) -> dict[Stratum, int]:
    shares: dict[Stratum, int] = {}
    # From the smallest on, each takes its share of what is left, or all it has.
    for number, stratum in enumerate(sorted(sizes, key=lambda stratum: (sizes[stratum], stratum))):
        left = size - sum(shares.values())
        shares[stratum] = min(sizes[stratum], left // (len(sizes) - number))
    return shares


ALLOCATIONS: Mapping[str, Callable[[Sizes, int], dict[Stratum, int]]] = {
    "proportional": _proportional,
    "equal": _equal,
}
"""Ways to divide a sample among strata."""


def _order(key: SampleKey) -> tuple[str, str, str]:
    return key.dataset, key.part, key.id


def _count(population: Iterable[Candidate]) -> dict[Stratum, int]:
    counts: dict[Stratum, int] = defaultdict(int)
    for candidate in population:
        counts[candidate.stratum] += 1
    return dict(sorted(counts.items()))


def _check(population: Sequence[Candidate], size: int) -> None:
    if not population:
        raise SamplingError("there are no captions to draw from", "Choose a wider filter.")
    if size < 1:
        raise SamplingError(f"a size of {size} was asked for", "Draw at least one caption.")
    for one, other in pairwise(population):
        if one.key == other.key:
            raise SamplingError(f"the sample {one.key} is there twice", "Name each sample once.")
