"""Taking in another database: its sampling plans, its reviews and its verdicts on flags."""

from collections.abc import Iterator
from dataclasses import replace

from dfec_explore.errors import StoreError
from dfec_explore.model import Plan
from dfec_explore.reviews.flag_reviews import flag_reviews
from dfec_explore.reviews.imports import ImportReport, Problem, take_in
from dfec_explore.reviews.kinds import FLAG_ROWS
from dfec_explore.reviews.plans import add_plan_event, plan_events, plan_items, plans, save_plan
from dfec_explore.reviews.reading import Read
from dfec_explore.reviews.records import normalised
from dfec_explore.reviews.store import ReviewStore


def merge_store(source: ReviewStore, target: ReviewStore, *, dataset: str | None = None) -> ImportReport:
    """Take in the reviews, verdicts on flags and sampling plans of another database, which stays as it is.

    Merging again changes nothing. A plan whose name another plan has here gets the beginning of its id behind it.

    Args:
        source: where from.
        target: where to.
        dataset: only of this dataset.

    Raises:
        StoreError: a database failed; what was taken in until then is in.
    """
    report = ImportReport()
    merged = {plan.id for plan in plans(source, dataset, archived=True) if _merge_plan(source, target, plan, report)}
    for event in plan_events(source):
        if event.plan in merged:
            add_plan_event(target, event)
    take_in(target, _stored(source, dataset), report)
    said = (Read(f"flag row {row.sequence}", row, row_id=row.row_id) for row in flag_reviews(source, dataset))
    return take_in(target, said, report, FLAG_ROWS)


def _stored(source: ReviewStore, dataset: str | None) -> Iterator[Read]:
    for review in source.reviews(dataset=dataset):
        try:
            yield Read(f"row {review.sequence}", normalised(review), row_id=review.row_id)
        except StoreError as error:
            yield Read(f"row {review.sequence}", None, error.problem, review.row_id)


def _merge_plan(source: ReviewStore, target: ReviewStore, plan: Plan, report: ImportReport) -> bool:
    """Take in a plan; False where another one has its id."""
    here = {known.id: known for known in plans(target, archived=True)}
    if (known := here.get(plan.id)) is not None:
        same = replace(known, name=plan.name, is_archived=plan.is_archived) == plan
        if not same:
            problem = f"the plan with its id here is {known.name!r}"
            report.conflicting += 1
            report.conflicts.append(Problem(f"plan {plan.name!r}", plan.id, problem))
        return same
    name = plan.name
    if any((known.dataset, known.name) == (plan.dataset, plan.name) for known in here.values()):
        name = report.plans_renamed[plan.name] = f"{plan.name[:180]} ({plan.id[:8]})"
    save_plan(target, replace(plan, name=name), plan_items(source, plan))
    report.plans_added += 1
    return True
