"""How far reviewers agree on the captions that several of them judged: coefficients with bootstrap intervals.

All coefficients are ratios of sums over captions, so that resampled captions are weights, and a thousand resamples are
one product of matrices. docs/reviews.md has the formulas, the references and when each coefficient misleads.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from dfec_explore.model import PlanItem, Verdict
from dfec_explore.reviews.outcomes import Outcome

CATEGORIES = tuple(str(verdict) for verdict in Verdict)
"""What reviewers choose between."""

RESAMPLES = 1_000
NOTHING_SHARED = "No caption has been judged by two or more reviewers yet."
ONE_SHARED = "A single caption has been judged by two or more reviewers: there is no interval."
ALL_ALIKE = "All verdicts are the same: whether reviewers could tell captions apart does not show."

ENTRIES = 4_000_000
"""Weights that are held at once: 32 MB."""

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Coefficient = Callable[[Floats], Floats]
"""From sums over captions (a row for each resample) to the coefficient in each; NaN where it is not defined."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A coefficient with its percentile bootstrap interval over captions."""

    value: float | None
    """None where it is not defined, see ``reason``."""
    low: float | None = None
    high: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """How far two reviewers agree on the captions that both judged."""

    first: str
    second: str
    captions: int
    percent: Measure
    """Share of the captions on which they agree, 0..1."""
    kappa: Measure
    """Cohen's kappa (1960)."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far all reviewers agree on the captions that two or more of them judged."""

    captions: int
    reviewers: tuple[str, ...]
    verdicts: int
    in_sight: int
    """Verdicts of those that were given where others' verdicts could be seen: agreement may owe to it."""
    percent: Measure
    """Share of agreeing pairs of verdicts on a caption, averaged over captions, 0..1."""
    alpha: Measure
    """Krippendorff's alpha for nominal data."""
    ac1: Measure
    """Gwet's AC1 (2008), which does not drop when nearly all verdicts are the same."""
    pairs: tuple[PairAgreement, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A caption on which reviewers disagree."""

    item: PlanItem
    said: dict[str, str]
    """The verdict of each reviewer."""
    in_sight: frozenset[str]
    """Reviewers who could see what others had said."""
    final: str | None
    """The verdict that settles it, where there is one."""


def agreement(
    found: Sequence[Outcome], *, confidence: float = 0.95, resamples: int = RESAMPLES, seed: int = 0
) -> Agreement:
    """Measure the agreement of reviewers; adjudications are not among what they said.

    Args:
        found: what was said under a plan, from `outcomes.outcomes`.
        confidence: of each interval, 0..1.
        resamples: of the bootstrap.
        seed: of the bootstrap: the same seed gives the same intervals.
    """
    shared = [outcome for outcome in found if len(outcome.said) > 1]
    reviewers = tuple(sorted({reviewer for outcome in shared for reviewer in outcome.said}))
    verdicts = _matrix(shared, reviewers)
    counts = np.stack([(verdicts == number).sum(axis=1) for number in range(len(CATEGORIES))], axis=1)
    bootstrap = _Bootstrap(confidence, resamples, seed)
    percent, alpha, ac1 = bootstrap.measure(features(counts), (percent_agreement, krippendorff_alpha, gwet_ac1))
    return Agreement(
        captions=len(shared),
        reviewers=reviewers,
        verdicts=int(counts.sum()),
        in_sight=sum(len(outcome.in_sight) for outcome in shared),
        percent=percent,
        alpha=alpha,
        ac1=ac1,
        pairs=tuple(_pairs(verdicts, reviewers, bootstrap)),
    )


def disagreements(found: Sequence[Outcome]) -> list[Disagreement]:
    """Return the captions on which reviewers disagree, in the order of the plan, settled or not."""
    return [
        Disagreement(outcome.item, dict(outcome.said), frozenset(outcome.in_sight), outcome.final)
        for outcome in found
        if len(set(outcome.said.values())) > 1
    ]


def features(counts: Counts) -> Floats:
    """Return what the coefficients add up, a row for each caption.

    Args:
        counts: how many reviewers gave it each verdict, captions x categories.

    Returns:
        Captions x (3 + 2 x categories): whether two or more judged it; then, where they did, the share of their
        pairs that agree, the pairs that disagree per further reviewer, and their counts; the share of each verdict.
    """
    judges = counts.sum(axis=1, keepdims=True)
    paired = judges > 1
    squares = (counts**2).sum(axis=1, keepdims=True)
    others = np.maximum(judges - 1, 1)
    agreeing = np.where(paired, (squares - judges) / (np.maximum(judges, 1) * others), 0.0)
    disagreeing = np.where(paired, (judges**2 - squares) / others, 0.0)
    shares = counts / np.maximum(judges, 1)
    columns: Floats = np.hstack([paired, agreeing, disagreeing, np.where(paired, counts, 0), shares])
    return columns.astype(np.float64)


def percent_agreement(sums: Floats) -> Floats:
    """Share of pairs that agree, averaged over captions; takes sums of `features`, resamples x columns."""
    return _ratio(sums[:, 1], sums[:, 0])


def krippendorff_alpha(sums: Floats) -> Floats:
    """Krippendorff's alpha for nominal data, any number of reviewers, verdicts missing (Krippendorff 2011).

    Args:
        sums: of `features`, resamples x columns.
    """
    verdicts = sums[:, 3 : 3 + (sums.shape[1] - 3) // 2]
    number = verdicts.sum(axis=1)
    expected = _ratio(number**2 - (verdicts**2).sum(axis=1), number - 1)
    return 1 - _ratio(sums[:, 2], expected)


def gwet_ac1(sums: Floats) -> Floats:
    """Gwet's AC1, any number of reviewers, verdicts missing (Gwet 2008; 2014, chapter 5).

    Args:
        sums: of `features`, resamples x columns; the number of categories counts, also of those that nobody used.
    """
    shares = sums[:, 3 + (sums.shape[1] - 3) // 2 :]
    share = shares / np.maximum(shares.sum(axis=1, keepdims=True), 1)
    by_chance: Floats = (share * (1 - share)).sum(axis=1) / (shares.shape[1] - 1)
    return (percent_agreement(sums) - by_chance) / (1 - by_chance)


def cohen_kappa(sums: Floats) -> Floats:
    """Cohen's kappa of two reviewers (Cohen 1960).

    Args:
        sums: how often the first said one thing and the second another, resamples x (categories x categories).
    """
    table = _square(sums)
    number, agreed = sums.sum(axis=1), _agreed(sums)
    by_chance = _ratio((table.sum(axis=1) * table.sum(axis=2)).sum(axis=1), number)
    return _ratio(agreed - by_chance, number - by_chance)


def _share_agreed(sums: Floats) -> Floats:
    return _ratio(_agreed(sums), sums.sum(axis=1))


def _agreed(sums: Floats) -> Floats:
    diagonal: Floats = np.trace(_square(sums), axis1=1, axis2=2)
    return diagonal


def _square(sums: Floats) -> Floats:
    side = round(sums.shape[1] ** 0.5)
    return sums.reshape((-1, side, side))


def _ratio(part: Floats, whole: Floats) -> Floats:
    """NaN where there is nothing to divide by."""
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)


@dataclass(frozen=True, slots=True)
class _Bootstrap:
    confidence: float
    resamples: int
    seed: int

    def measure(self, rows: Floats, coefficients: Sequence[Coefficient]) -> list[Measure]:
        """Coefficients of the sums over captions (a row each), and their percentile intervals over resamples."""
        if not len(rows):
            return [Measure(None, reason=NOTHING_SHARED) for _ in coefficients]
        values = [float(coefficient(rows.sum(axis=0, keepdims=True))[0]) for coefficient in coefficients]
        if len(rows) == 1:
            return [Measure(None if np.isnan(value) else value, reason=ONE_SHARED) for value in values]
        sums = self._resampled(rows)
        return [
            self._interval(value, coefficient(sums)) for value, coefficient in zip(values, coefficients, strict=True)
        ]

    def _interval(self, value: float, resampled: Floats) -> Measure:
        if np.isnan(value):
            return Measure(None, reason=ALL_ALIKE)
        defined = resampled[~np.isnan(resampled)]
        if not defined.size:
            return Measure(value, reason=ALL_ALIKE)
        low, high = np.quantile(defined, [0.5 - self.confidence / 2, 0.5 + self.confidence / 2])
        return Measure(value, float(low), float(high))

    def _resampled(self, rows: Floats) -> Floats:
        """Sums over captions drawn with replacement, resamples x columns."""
        draw, number = np.random.default_rng(self.seed), len(rows)
        at_once = max(1, ENTRIES // number)
        return np.concatenate(
            [
                draw.multinomial(number, np.full(number, 1 / number), size=min(at_once, self.resamples - start)) @ rows
                for start in range(0, self.resamples, at_once)
            ]
        )


def _matrix(shared: Sequence[Outcome], reviewers: Sequence[str]) -> Counts:
    """Number of the verdict of each reviewer on each caption, captions x reviewers; -1 where there is none."""
    numbers = {verdict: number for number, verdict in enumerate(CATEGORIES)}
    places = {reviewer: place for place, reviewer in enumerate(reviewers)}
    matrix = np.full((len(shared), len(reviewers)), -1, dtype=np.int64)
    for row, outcome in enumerate(shared):
        for reviewer, verdict in outcome.said.items():
            matrix[row, places[reviewer]] = numbers[verdict]
    return matrix


def _pairs(verdicts: Counts, reviewers: Sequence[str], bootstrap: _Bootstrap) -> Iterator[PairAgreement]:
    for first, second in combinations(range(len(reviewers)), 2):
        both = verdicts[(verdicts[:, first] >= 0) & (verdicts[:, second] >= 0)]
        if not len(both):
            continue
        cells = both[:, first] * len(CATEGORIES) + both[:, second]
        percent, kappa = bootstrap.measure(np.eye(len(CATEGORIES) ** 2)[cells], (_share_agreed, cohen_kappa))
        yield PairAgreement(reviewers[first], reviewers[second], len(both), percent, kappa)
