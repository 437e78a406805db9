"""The error rate of a dataset from a random plan, with an interval that knows the strata and that captions are few.

The rate is (fix + reject) / (accept + fix + reject) over the whole population; unsure is counted apart. It is the
combined ratio estimator of a stratified sample (Cochran 1977, 6.11), which is the weighted mean of the strata where
nobody is unsure. Its interval is Wilson's (1927) on the effective sample size: that of a simple random sample from an
endless population that would be as precise (Korn & Graubard 1998; recommended by Dean & Pagano 2015). docs/reviews.md
has the formulas and the references.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from dfec_explore.model import Plan, PlanItem, Stratum, Verdict
from dfec_explore.reviews.outcomes import Outcome
from dfec_explore.reviews.sampling import normal_quantile, required_size
from dfec_explore.reviews.standing import DISPUTED, sample_verdict

ERRORS = frozenset({Verdict.FIX, Verdict.REJECT})
"""Verdicts that say that a caption is not right as it is."""

PICKED = "The captions were picked, not drawn by lot: they say nothing about the others."
UNJUDGED = "No caption has been judged yet, other than as unsure."


@dataclass(frozen=True, slots=True)
class Estimate:
    """An error rate, what it rests on, and how sure it is."""

    rate: float | None
    """Share of captions with an error, 0..1; None where nothing says it, see ``reason``."""
    low: float | None
    high: float | None
    """Ends of the interval."""
    confidence: float
    population: int
    """Captions that the rate is about."""
    drawn: int
    """Captions of the plan among them."""
    judged: int
    accept: int
    fix: int
    reject: int
    unsure: int
    disputed: int
    """How many of the judged captions have which verdict; a disputed one counts by the share of its reviewers."""
    stale: int
    """Captions that changed before they were judged as they had been drawn."""
    effective_size: float
    """Judged captions of a simple random sample from an endless population that would be as precise."""
    correction: float
    """Finite-population correction of the variance: 1 where hardly any, 0 where every caption was judged."""
    collapsed: tuple[Stratum, ...] = ()
    """Strata with none or one judged, and one more if need be, which were taken together as one."""
    reason: str = ""
    """Why there is no rate."""

    @property
    def half_width(self) -> float | None:
        """Half the width of the interval: the +- of the rate."""
        return None if self.low is None or self.high is None else (self.high - self.low) / 2

    @property
    def left(self) -> int:
        """Captions of the plan that are still to be judged."""
        return self.drawn - self.judged - self.stale


@dataclass(frozen=True, slots=True)
class _Group:
    """Strata that are estimated as one."""

    strata: tuple[Stratum, ...]
    size: int
    judged: tuple[Outcome, ...]

    @property
    def is_short(self) -> bool:
        """Whether the judged captions cannot show how much the stratum's captions differ."""
        return len(self.judged) < min(2, self.size)

    def with_(self, other: "_Group") -> "_Group":
        return _Group(self.strata + other.strata, self.size + other.size, self.judged + other.judged)


Wanted = Callable[[PlanItem], bool]


def error_rate(plan: Plan, found: Sequence[Outcome], *, confidence: float = 0.95) -> Estimate:
    """Estimate the error rate of the captions that a plan was drawn from.

    Args:
        plan: a random plan; one of picked captions has no rate, only counts.
        found: what was said, from `outcomes.outcomes`.
        confidence: of the interval, 0..1.
    """
    return _estimate(plan, found, lambda item: True, confidence)


def error_rates_by(
    plan: Plan, found: Sequence[Outcome], group_of: Callable[[PlanItem], str], *, confidence: float = 0.95
) -> dict[str, Estimate]:
    """Estimate the error rate of groups of captions, such as sources, as domains of the whole sample.

    Args:
        plan: a random plan.
        found: what was said, from `outcomes.outcomes`.
        group_of: names the group of an item; see `stratum_label` and `stratum_value`.
        confidence: of each interval, 0..1.
    """
    groups = sorted({group_of(outcome.item) for outcome in found})
    return {
        group: _estimate(plan, found, lambda item, group=group: group_of(item) == group, confidence)  # type: ignore[misc]
        for group in groups
    }


def stratum_label(item: PlanItem) -> str:
    """Name the stratum of an item."""
    return " / ".join(item.stratum) or "all"


def stratum_value(plan: Plan, name: str) -> Callable[[PlanItem], str]:
    """Name items by one of the values that the plan is stratified by, such as ``source``.

    Raises:
        ValueError: the plan is not stratified by it.
    """
    if name not in plan.strata:
        raise ValueError(f"{plan.name} is stratified by {', '.join(plan.strata) or 'nothing'}, not by {name}")
    place = plan.strata.index(name)
    return lambda item: item.stratum[place]


def more_needed(estimate: Estimate, half_width: float) -> int:
    """How many more captions to judge for a wanted half-width, if the rate stays as it is.

    Args:
        estimate: as of now.
        half_width: 0..1, 0.02 for "+-2 %".

    Returns:
        0 where it is reached; never more than the population has left.
    """
    left = max(0, estimate.population - estimate.judged)
    if estimate.rate is None or not estimate.judged:
        return min(left, required_size(estimate.population, half_width=half_width, confidence=estimate.confidence))
    enough, short = left, -1
    while enough - short > 1:
        middle = (enough + short) // 2
        if _projected_half_width(estimate, middle) <= half_width:
            enough = middle
        else:
            short = middle
    return enough


def wilson(rate: float, size: float, *, confidence: float = 0.95) -> tuple[float, float]:
    """The score interval of a share (Wilson 1927).

    Args:
        rate: the share, 0..1.
        size: of the sample, above 0 and not necessarily whole; infinite gives an interval of no width.
        confidence: 0..1.
    """
    if math.isinf(size):
        return rate, rate
    square = normal_quantile(confidence) ** 2
    middle = (rate + square / (2 * size)) / (1 + square / size)
    half = math.sqrt(square * (rate * (1 - rate) / size + square / (4 * size * size))) / (1 + square / size)
    # At 0 and 1 the formula meets them but for rounding.
    low = 0.0 if rate == 0 else max(0.0, middle - half)
    return low, 1.0 if rate == 1 else min(1.0, middle + half)


def _estimate(plan: Plan, found: Sequence[Outcome], wanted: Wanted, confidence: float) -> Estimate:
    groups, collapsed = _collapsed(plan, found)
    figures = _figures(groups, wanted) if plan.is_random else _Figures(None, reason=PICKED)
    low, high = (None, None)
    if figures.rate is not None:
        low, high = wilson(figures.rate, figures.effective_size, confidence=confidence)
    mine = [outcome for outcome in found if wanted(outcome.item)]
    verdicts = [sample_verdict(outcome.said.values(), outcome.final) for outcome in mine]
    concerned = figures.rate is not None and not {outcome.item.stratum for outcome in mine}.isdisjoint(collapsed)
    return Estimate(
        rate=figures.rate,
        low=low,
        high=high,
        confidence=confidence,
        population=_population(plan, found, wanted),
        drawn=len(mine),
        judged=sum(outcome.is_judged for outcome in mine),
        accept=verdicts.count(Verdict.ACCEPT),
        fix=verdicts.count(Verdict.FIX),
        reject=verdicts.count(Verdict.REJECT),
        unsure=verdicts.count(Verdict.UNSURE),
        disputed=verdicts.count(DISPUTED),
        stale=sum(outcome.is_stale for outcome in mine),
        effective_size=figures.effective_size,
        correction=figures.correction,
        collapsed=collapsed if concerned else (),
        reason=figures.reason,
    )


@dataclass(frozen=True, slots=True)
class _Figures:
    rate: float | None
    effective_size: float = 0.0
    correction: float = 1.0
    reason: str = ""


def _figures(groups: Sequence[_Group], wanted: Wanted) -> _Figures:
    """Rate, effective size and correction; a judged caption that is not wanted, or unsure, counts in none of them."""
    scores = [[_score(outcome) if wanted(outcome.item) else (0.0, 0.0) for outcome in group.judged] for group in groups]
    decided = np.array([sum(share for _, share in scored) for scored in scores])
    if not decided.any():
        return _Figures(None, reason=UNJUDGED)
    errors = np.array([sum(error for error, _ in scored) for scored in scores])
    sizes = np.array([group.size for group in groups], dtype=np.float64)
    judged = np.array([len(group.judged) for group in groups], dtype=np.float64)
    # Each judged caption stands for so many of its stratum.
    weights = sizes / judged
    total = weights @ decided
    rate = float(weights @ errors / total)
    spreads = np.array([_variance([error - rate * share for error, share in scored]) for scored in scores])
    variance = (weights * sizes) @ spreads / total**2
    # No more than the weights alone allow (Kish 1965): few errors, or none, cannot show that strata made it better.
    evenly = weights**2 * decided
    size = total**2 / evenly.sum()
    if variance:
        size = min(size, rate * (1 - rate) / variance)
    # As if captions differed equally in all strata: in which of them the errors were found may be chance.
    correction = float(evenly @ (1 - judged / sizes) / evenly.sum())
    return _Figures(rate, float(size) / correction if correction else math.inf, correction)


def _variance(values: Sequence[float]) -> float:
    """Variance with n - 1; exactly 0 where all values are the same, or there is one."""
    if max(values) == min(values):
        return 0.0
    middle = math.fsum(values) / len(values)
    return math.fsum((value - middle) ** 2 for value in values) / (len(values) - 1)


def _score(outcome: Outcome) -> tuple[float, float]:
    """How much of an error a caption is (0..1), and 1 if anybody was sure."""
    verdicts = [outcome.final] if outcome.final else list(outcome.said.values())
    sure = [verdict in ERRORS for verdict in verdicts if verdict != Verdict.UNSURE]
    return (sum(sure) / len(sure), 1.0) if sure else (0.0, 0.0)


def _collapsed(plan: Plan, found: Sequence[Outcome]) -> tuple[list[_Group], tuple[Stratum, ...]]:
    """The strata, those with too few judged captions taken together, and which these are.

    They are chosen by their numbers alone, never by what was said of their captions (Cochran 1977, 5A.12).
    """
    judged = defaultdict[Stratum, list[Outcome]](list)
    for outcome in found:
        if outcome.is_judged:
            judged[outcome.item.stratum].append(outcome)
    groups = [_Group((stratum,), size, tuple(judged[stratum])) for stratum, size in plan.sizes.items()]
    short = [group for group in groups if group.is_short]
    rest = sorted((group for group in groups if not group.is_short), key=lambda group: (group.size, group.strata))
    if not short:
        return groups, ()
    pool = reduce(_Group.with_, short)
    while pool.is_short and rest:
        pool = pool.with_(rest.pop(0))
    return [*rest, pool], pool.strata if len(pool.strata) > 1 else ()


def _population(plan: Plan, found: Sequence[Outcome], wanted: Wanted) -> int:
    """How many captions of the population are wanted: counted where they fill strata, else estimated by the draw."""
    drawn, mine = Counter[Stratum](), Counter[Stratum]()
    for outcome in found:
        drawn[outcome.item.stratum] += 1
        mine[outcome.item.stratum] += wanted(outcome.item)
    return round(sum(plan.sizes[stratum] * mine[stratum] / drawn[stratum] for stratum in drawn))


def _projected_half_width(estimate: Estimate, more: int) -> float:
    """Half-width after so many more judged captions, if the rate and what they tell stay as they are."""
    assert estimate.rate is not None
    judged = estimate.judged + more
    correction = estimate.correction * (estimate.population - judged) / (estimate.population - estimate.judged)
    if correction <= 0:
        return 0.0
    size = estimate.effective_size * estimate.correction * judged / estimate.judged / correction
    low, high = wilson(estimate.rate, size, confidence=estimate.confidence)
    return (high - low) / 2
