"""Sampling plans between the store and the pages: how far each is, what it says, and making a new one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from dfec_explore.model import Plan, PlanItem
from dfec_explore.query import Explorer, Filters, to_params
from dfec_explore.query.population import candidates, items_now
from dfec_explore.query.progress import judgements_of
from dfec_explore.reviews import (
    Estimate,
    Outcome,
    draw_sample,
    error_rate,
    error_rates_by,
    outcomes,
    plan_items,
    plans,
    random_plan,
    required_size,
    save_plan,
    stratum_label,
    stratum_value,
)
from dfec_explore.web import cached
from dfec_explore.web.samples import index_name
from dfec_explore.web.view import View

SOURCE = "source"
STRATUM = "stratum"
"""Ways to divide the captions of a plan that every plan, or every stratified one, has."""


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """How far a plan is."""

    done: int
    """Captions that as many reviewers as wanted have judged, or a final verdict has settled."""
    started: int
    """Captions that somebody has judged, but not as many as wanted."""
    stale: int
    """Captions that changed before they were judged."""
    by_reviewer: Mapping[str, int]
    """Captions that each reviewer has judged under the plan, most first."""


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """What a new plan is to be."""

    name: str
    size: int
    strata: tuple[str, ...]
    seed: int
    allocation: str
    overlap: int


def plans_of(view: View, *, archived: bool = False) -> tuple[Plan, ...]:
    """The plans of the dataset, newest first."""
    return plans(view.services.store(view.dataset), view.dataset.name, archived=archived)[::-1]


def progress_of(view: View, plan: Plan) -> PlanProgress:
    """How far a plan is."""
    progress: PlanProgress = worked_out(
        view, "plan progress", (plan.id,), lambda: _progress(plan, outcomes_of(view, plan))
    )
    return progress


def rate_of(view: View, plan: Plan, confidence: float) -> Estimate:
    """The error rate of the captions that a plan was drawn from."""
    estimate: Estimate = worked_out(
        view,
        "plan rate",
        (plan.id, confidence),
        lambda: error_rate(plan, outcomes_of(view, plan), confidence=confidence),
    )
    return estimate


def rates_by(view: View, plan: Plan, by: str, confidence: float) -> dict[str, Estimate]:
    """The error rate of groups of a plan's captions.

    Args:
        view: the page.
        plan: a random plan.
        by: ``source``, ``stratum`` (all that it is stratified by together), or one of the plan's strata.
        confidence: of each interval, 0..1.
    """
    rates: dict[str, Estimate] = worked_out(
        view,
        "plan rates",
        (plan.id, by, confidence),
        lambda: error_rates_by(plan, outcomes_of(view, plan), _group_of(view, plan, by), confidence=confidence),
    )
    return rates


def groupings(plan: Plan) -> tuple[str, ...]:
    """Ways to divide the captions of a plan."""
    several = (STRATUM,) if len(plan.strata) > 1 else ()
    return tuple(dict.fromkeys((*plan.strata, SOURCE, *several)))


def create_plan(view: View, draft: PlanDraft, filters: Filters, *, by: str) -> Plan:
    """Draw a plan's captions from those that the filters select, and store it.

    Raises:
        SamplingError: they cannot be drawn so.
        StoreError: the plan cannot be stored, its name is taken, say.
    """
    drawn_from = candidates(view.explorer, filters, dataset=view.dataset.name, strata=draft.strata)
    sample = draw_sample(drawn_from, draft.size, seed=draft.seed, allocation=draft.allocation)
    plan = random_plan(
        sample,
        dataset=view.dataset.name,
        name=draft.name,
        created_by=by,
        seed=draft.seed,
        strata=draft.strata,
        allocation=draft.allocation,
        overlap=draft.overlap,
        population=view.ask(Explorer.sentence, filters),
        query=urlencode(to_params(filters), doseq=True),
    )
    return save_plan(view.services.store(view.dataset), plan, sample.items)


def reached_half_width(population: int, size: int, *, expected_rate: float, confidence: float) -> float:
    """How precisely a sample of a size tells an error rate: half the width of its interval, 0..1."""
    if size >= population:
        return 0.0
    wide, narrow = 0.5, 0.0
    for _ in range(20):
        middle = (wide + narrow) / 2
        needed = required_size(population, half_width=middle, expected_rate=expected_rate, confidence=confidence)
        wide, narrow = (middle, narrow) if needed <= size else (wide, middle)
    return wide


def worked_out(view: View, name: str, options: tuple[object, ...], work: Callable[[], Any]) -> Any:
    """What follows from the verdicts, worked out once for each name and options until there are others."""
    return cached.worked_out(index_name(view), view.explorer.database.judgements_sequence, name, options, _work=work)


def outcomes_of(view: View, plan: Plan) -> list[Outcome]:
    """What was said of each caption of a plan."""
    items: Sequence[PlanItem] = plan_items(view.services.store(view.dataset), plan)
    captions = {key: caption for key, (caption, _) in items_now(view.explorer, items).items()}
    return outcomes(plan, items, judgements_of(view.explorer, plan.id), captions=captions)


def _progress(plan: Plan, found: Sequence[Outcome]) -> PlanProgress:
    numbers: dict[str, int] = {}
    for outcome in found:
        for reviewer in outcome.said:
            numbers[reviewer] = numbers.get(reviewer, 0) + 1
    done = sum(len(outcome.said) >= plan.overlap or outcome.final is not None for outcome in found)
    return PlanProgress(
        done=done,
        started=sum(outcome.is_judged for outcome in found) - done,
        stale=sum(outcome.is_stale for outcome in found),
        by_reviewer=dict(sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def _group_of(view: View, plan: Plan, by: str) -> Callable[[PlanItem], str]:
    if by == STRATUM:
        return stratum_label
    if by in plan.strata:
        return stratum_value(plan, by)
    sources = {
        key: source
        for key, (_, source) in items_now(view.explorer, plan_items(view.services.store(view.dataset), plan)).items()
    }
    return lambda item: sources.get((item.key.part, item.key.id), "")
