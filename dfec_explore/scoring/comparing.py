"""Two models on the same captions: intervals by the paired bootstrap, significance, wins and losses."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dfec_explore.scoring.scores import Scores
from dfec_explore.scoring.statistics import metrics_of

Floats = npt.NDArray[np.float64]
Chosen = npt.NDArray[np.bool_]
RESAMPLES = 2000
LEVEL = 0.95
SEED = 20250101
BLOCK = 200
"""Resamples that are held at a time."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A metric with its percentile bootstrap interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Difference:
    """How far the second of two models is from the first in one metric."""

    metric: str
    first: float
    second: float
    difference: float
    """Second minus first."""
    low: float
    high: float
    p: float
    """Two-sided, from the paired bootstrap; never below 1 / (resamples + 1)."""

    @property
    def is_significant(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def intervals(scores: Scores, chosen: Chosen | None = None, *, resamples: int = RESAMPLES) -> dict[str, Interval]:
    """95 % intervals of all metrics: captions are drawn with replacement, and the metric worked out anew.

    Efron & Tibshirani, An Introduction to the Bootstrap (1993), percentile intervals. They say how far the figure may
    move with other captions of the same kind; they know nothing of other kinds of captions.
    """
    rows = scores.rows if chosen is None else scores.rows[chosen]
    drawn = _resampled([rows], resamples)[0]
    values = scores.metrics(chosen)
    return {name: Interval(values[name], *_bounds(drawn[name])) for name in values}


def compare(
    first: Scores, second: Scores, chosen: Chosen | None = None, *, resamples: int = RESAMPLES
) -> dict[str, Difference]:
    """Compare two models on the same captions, metric by metric.

    The paired bootstrap (Koehn, Statistical Significance Tests for Machine Translation Evaluation, EMNLP 2004): each
    resample draws captions once and scores both models on them. p is twice the smaller share of resamples on one side
    of zero, with one added to both counts.

    Raises:
        ValueError: the two were not scored on the same captions.
    """
    if first.ids != second.ids:
        raise ValueError("The two models were scored on different captions.")
    rows = [scores.rows if chosen is None else scores.rows[chosen] for scores in (first, second)]
    drawn_first, drawn_second = _resampled(rows, resamples)
    one, other = first.metrics(chosen), second.metrics(chosen)
    found = {}
    for name in one:
        moved = drawn_second[name] - drawn_first[name]
        low, high = _bounds(moved)
        found[name] = Difference(name, one[name], other[name], other[name] - one[name], low, high, _p(moved))
    return found


def _p(moved: Floats) -> float:
    known = moved[~np.isnan(moved)]
    if not len(known):
        return float("nan")
    below, above = (known <= 0).sum(), (known >= 0).sum()
    return float(min(1.0, 2 * (min(below, above) + 1) / (len(known) + 1)))


def _bounds(values: Floats) -> tuple[float, float]:
    known = values[~np.isnan(values)]
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.quantile(known, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def _resampled(models: Sequence[Floats], resamples: int) -> list[dict[str, Floats]]:
    """The metrics of each model in each resample; all models have the same captions in each."""
    rng = np.random.default_rng(SEED)
    captions = len(models[0])
    pieces: list[list[dict[str, Floats]]] = [[] for _ in models]
    for start in range(0, resamples, BLOCK):
        size = min(BLOCK, resamples - start)
        if captions:
            times = rng.multinomial(captions, np.full(captions, 1 / captions), size=size).astype(np.float64)
        else:
            times = np.zeros((size, 0))
        for model, found in zip(models, pieces, strict=True):
            found.append(metrics_of(times @ model))
    return [{name: np.concatenate([piece[name] for piece in found]) for name in found[0]} for found in pieces]


def length_groups(scores: Scores, groups: Sequence[str] = ("short", "medium", "long")) -> dict[str, Chosen]:
    """The captions in groups of equal size by the length of their reference in words, the shortest first."""
    lengths = np.array([len(reference.split()) for reference in scores.references])
    order = np.argsort(lengths, kind="stable")
    found = {}
    for name, places in zip(groups, np.array_split(order, len(groups)), strict=True):
        chosen = np.zeros(len(lengths), dtype=bool)
        chosen[places] = True
        bounds = f"{lengths[places].min()}-{lengths[places].max()} words" if len(places) else "none"
        found[f"{name} ({bounds})"] = chosen
    return found
