"""Captions that several reviewers judged: how far they agree, and where they do not."""

from collections.abc import Sequence
from dataclasses import dataclass

from dfec_explore.model import Plan
from dfec_explore.query import Filters, progress
from dfec_explore.reviews import Agreement, Disagreement, Outcome, agreement, all_outcomes, disagreements
from dfec_explore.web.plans import outcomes_of, worked_out
from dfec_explore.web.view import View

FEWEST, MOST = 200, 1_000
"""Resamples for an interval."""
DRAWS = 2_000_000
"""Captions that are drawn for an interval in all."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """What reviewers said of the captions that two of them and more judged."""

    agreement: Agreement
    disagreements: tuple[Disagreement, ...]


def overlap_of(view: View, filters: Filters, plan: Plan | None) -> Overlap:
    """Agreement under a plan, or (None) of all verdicts that stand on the selected captions."""
    options = (filters, None) if plan is None else (None, plan.id)
    found: Overlap = worked_out(view, "overlap", options, lambda: _overlap(_found(view, filters, plan)))
    return found


def resamples_for(captions: int) -> int:
    """How often captions are drawn again for an interval: less often where they are many and it is narrow anyway."""
    return max(FEWEST, min(MOST, DRAWS // max(captions, 1)))


def _found(view: View, filters: Filters, plan: Plan | None) -> Sequence[Outcome]:
    if plan is not None:
        return outcomes_of(view, plan)
    rows = progress.overlap(view.explorer, filters)
    names = zip(*(rows[name].to_pylist() for name in ("part", "id")), strict=True)
    places = {name: place for place, name in enumerate(names)}
    found = all_outcomes(view.dataset.name, rows)
    return sorted(found, key=lambda outcome: places[outcome.item.key.part, outcome.item.key.id])


def _overlap(found: Sequence[Outcome]) -> Overlap:
    shared = [outcome for outcome in found if len(outcome.said) > 1]
    return Overlap(agreement(shared, resamples=resamples_for(len(shared))), tuple(disagreements(shared)))
