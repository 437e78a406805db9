"""The tests and intervals that the pages use, each with the place where it is described."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Z95 = 1.959963984540054
"""Standard normal quantile of a two-sided 95 % interval."""

REACH = 40
"""Standard deviations around the mean that the exact test adds up at most: what lies outside is less than 1e-300."""
FURTHER, TABLES = 12, 60
"""Standard deviations, and tables, that it goes further out than what was seen: the rest is less than 1e-16 of it."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and its 95 % interval."""

    value: float
    low: float
    high: float


def wilson(hits: int, of: int) -> Interval:
    """The score interval of a proportion (Wilson 1927; recommended by Newcombe 1998, Statistics in Medicine 17:857).

    Args:
        hits: how often it is so.
        of: out of how many; more than 0.

    Raises:
        ValueError: the numbers are no proportion.
    """
    if not 0 <= hits <= of or of == 0:
        raise ValueError(f"{hits} of {of} is no proportion")
    share, square = hits / of, Z95 * Z95
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = Z95 / (1 + square / of) * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    return Interval(share, max(0.0, middle - half), min(1.0, middle + half))


def difference(hits: int, of: int, other_hits: int, other_of: int) -> Interval:
    """The difference of two independent proportions (method 10 of Newcombe 1998, Statistics in Medicine 17:873).

    Args:
        hits: how often it is so in the first group.
        of: size of the first group.
        other_hits: how often it is so in the second.
        other_of: size of the second.

    Raises:
        ValueError: a pair of numbers is no proportion.
    """
    first, second = wilson(hits, of), wilson(other_hits, other_of)
    value = first.value - second.value
    below = math.hypot(first.value - first.low, second.high - second.value)
    above = math.hypot(first.high - first.value, second.value - second.low)
    return Interval(value, value - below, value + above)


class FisherTest:
    """Fisher's exact test of two groups, two-sided, for many tables over the same items.

    The p-value adds up the tables with the same margins that are at most as probable as the one that was seen (Fisher
    1935; Agresti 2013, Categorical Data Analysis, section 3.5), as R's ``fisher.test`` and SciPy do.
    """

    def __init__(self, items: int) -> None:
        """Prepare the logarithms of factorials up to ``items``, the number in both groups."""
        logs = np.log(np.arange(1, items + 1, dtype=np.float64))
        sums = np.cumsum(logs, dtype=np.longdouble).astype(np.float64)
        self._factorials: npt.NDArray[np.float64] = np.concatenate([[0.0], sums])

    def p_value(self, hits: int, of: int, other_hits: int, other_of: int) -> float:
        """How probable a difference at least as unusual is, where the groups do not differ; 0..1."""
        total, all_hits = of + other_of, hits + other_hits
        lowest, highest = max(0, all_hits - other_of), min(of, all_hits)
        if lowest == highest:
            return 1.0
        mean = of * all_hits / total
        spread = math.sqrt(mean * (1 - all_hits / total) * other_of / max(total - 1, 1))
        reach = min(REACH * spread, abs(hits - mean) + FURTHER * spread + TABLES)
        first = max(lowest, min(hits, math.floor(mean - reach)))
        last = min(highest, max(hits, math.ceil(mean + reach)))
        numbers = np.arange(first, last + 1)
        logs = self._choose(of, numbers) + self._choose(other_of, all_hits - numbers)
        chances = np.exp(logs - self._choose(total, np.array([all_hits]))[0])
        # Tables that are equally probable may differ in the last digits.
        return float(min(1.0, chances[chances <= chances[hits - first] * (1 + 1e-7)].sum()))

    def _choose(self, of: int, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        logs = self._factorials
        result: npt.NDArray[np.float64] = logs[of] - logs[numbers] - logs[of - numbers]
        return result


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Adjusted p-values: at most a share *q* of those that are no larger than *q* is expected to be false.

    The step-up procedure of Benjamini and Hochberg (1995, Journal of the Royal Statistical Society B 57:289).

    Args:
        p_values: of all tests that are made at once.
    """
    if not p_values:
        return []
    values = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(values)
    scaled = values[order] * len(values) / np.arange(1, len(values) + 1)
    steps = np.minimum.accumulate(scaled[::-1])[::-1]
    adjusted = np.empty_like(values)
    adjusted[order] = np.minimum(steps, 1.0)
    return [float(value) for value in adjusted]
