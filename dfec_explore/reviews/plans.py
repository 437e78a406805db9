"""Sampling plans in the store: a plan is written once with all its captions, and can only be put away."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

import sqlalchemy as sa

from dfec_explore.errors import StoreError
from dfec_explore.model import Plan, PlanItem, SampleKey, Stratum
from dfec_explore.reviews.engine import writing
from dfec_explore.reviews.failures import telling
from dfec_explore.reviews.plan_records import check_plan, item_rows, plan_from_row, plan_row, unsaved
from dfec_explore.reviews.records import timestamp
from dfec_explore.reviews.sampling import Candidate, Sample
from dfec_explore.reviews.store import ReviewStore
from dfec_explore.reviews.tables import PLAN_EVENTS, PLAN_ITEMS, PLANS

ARCHIVED, RESTORED = "archived", "restored"
"""What can happen to a plan; the newest of them holds."""

BATCH = 5_000
"""Items that are written at once."""


def random_plan(
    sample: Sample,
    *,
    dataset: str,
    name: str,
    created_by: str,
    seed: int,
    strata: Sequence[str] = (),
    allocation: str = "proportional",
    overlap: int = 1,
    population: str = "",
    query: str = "",
) -> Plan:
    """Describe a drawn sample as a plan, to be stored by `save_plan`.

    Args:
        sample: from `sampling.draw_sample`.
        dataset: of the captions.
        name: one of a kind in the dataset.
        created_by: who drew it.
        seed: the one it was drawn with.
        strata: names of what it is stratified by, as many as each stratum has values.
        allocation: the one it was drawn with.
        overlap: how many reviewers are to judge each caption.
        population: what was drawn from, as a sentence.
        query: what was drawn from, as the query of a link.
    """
    return Plan(
        id=uuid.uuid4().hex,
        dataset=dataset,
        name=name,
        created_by=created_by,
        size=len(sample.items),
        sizes=sample.sizes,
        strata=tuple(strata),
        seed=seed,
        allocation=allocation,
        overlap=overlap,
        population=population,
        query=query,
    )


def picked_plan(
    picked: Sequence[Candidate], *, dataset: str, name: str, created_by: str, overlap: int = 1, population: str = ""
) -> tuple[Plan, tuple[PlanItem, ...]]:
    """Describe captions that somebody picked as a plan and its items, in the order given; it never feeds a rate.

    Args:
        picked: the captions.
        dataset: of the captions.
        name: one of a kind in the dataset.
        created_by: who picked them.
        overlap: how many reviewers are to judge each caption.
        population: how they were picked, as a sentence.
    """
    plan = Plan(
        id=uuid.uuid4().hex,
        dataset=dataset,
        name=name,
        created_by=created_by,
        size=len(picked),
        sizes={(): len(picked)},
        is_random=False,
        overlap=overlap,
        population=population,
    )
    return plan, tuple(PlanItem(place, item.key, item.caption_hash) for place, item in enumerate(picked))


def save_plan(store: ReviewStore, plan: Plan, items: Sequence[PlanItem]) -> Plan:
    """Store a plan with its items, whole or not at all, and return it with its time.

    Its id makes a retry safe: a plan that is already there is returned, not written again.

    Args:
        store: where to.
        plan: as `random_plan` gives it, or one of captions that somebody picked (``is_random=False``).
        items: its captions, in the order in which they are judged.

    Raises:
        StoreError: the plan or an item does not fit, its name is taken, or another plan has its id.
    """
    check_plan(plan, items)
    moment = plan.created_at or datetime.now(UTC)
    with telling("save the plan"), writing(store.engine) as connection:
        stored = _find(connection, PLANS.c.id == plan.id)
        namesake = _find(connection, sa.and_(PLANS.c.dataset == plan.dataset, PLANS.c.name == plan.name))
        if stored is None and namesake is None:
            connection.execute(PLANS.insert().values(**plan_row(plan), created_at=timestamp(moment)))
            for start in range(0, len(items), BATCH):
                connection.execute(PLAN_ITEMS.insert(), item_rows(plan.id, items[start : start + BATCH]))
            return replace(plan, created_at=moment, is_archived=False)
        kept = [] if stored is None else _items(connection, stored)
    if stored is None:
        raise unsaved(f"a plan with the name {plan.name!r} is there already", "Give it another name.")
    if plan_row(stored) != plan_row(plan) or kept != list(items):
        raise unsaved(f"another plan has the id {plan.id!r}", "Save it again under a new id.")
    return stored


def plans(store: ReviewStore, dataset: str | None = None, *, archived: bool = False) -> tuple[Plan, ...]:
    """Return the plans of a dataset (None: of all), oldest first.

    Args:
        store: where they are.
        dataset: of the captions.
        archived: also those that were put away.
    """
    wanted = sa.true() if dataset is None else PLANS.c.dataset == dataset
    statement = sa.select(PLANS).where(wanted).order_by(PLANS.c.created_at, PLANS.c.id)
    with telling("read the plans"), store.engine.connect() as connection:
        away = _archived_ids(connection)
        found = [plan_from_row(row, away) for row in connection.execute(statement).mappings()]
    return tuple(plan for plan in found if archived or not plan.is_archived)


def find_plan(store: ReviewStore, dataset: str, name_or_id: str) -> Plan:
    """Return the plan with this name or id, put away or not.

    Raises:
        StoreError: there is none; it names those that there are.
    """
    wanted = sa.and_(PLANS.c.dataset == dataset, sa.or_(PLANS.c.name == name_or_id, PLANS.c.id == name_or_id))
    with telling("read the plans"), store.engine.connect() as connection:
        found = _find(connection, wanted)
    if found is None:
        known = ", ".join(repr(plan.name) for plan in plans(store, dataset)) or "none"
        raise StoreError("find the plan", f"{dataset} has no plan {name_or_id!r}", f"There are: {known}.")
    return found


def plan_items(store: ReviewStore, plan: Plan) -> tuple[PlanItem, ...]:
    """Return the captions of a plan, in the order in which they are judged."""
    with telling("read the plan"), store.engine.connect() as connection:
        return tuple(_items(connection, plan))


def archive_plan(store: ReviewStore, plan: Plan, *, by: str, row_id: str) -> None:
    """Put a plan away: it is kept with all that was judged under it, but no longer offered.

    Args:
        store: where it is.
        plan: which.
        by: who does so.
        row_id: made by the client; a retry with it is still one event.

    Raises:
        StoreError: the plan is not there.
    """
    add_plan_event(store, PlanEvent(row_id, plan.id, ARCHIVED, by, datetime.now(UTC)))


def restore_plan(store: ReviewStore, plan: Plan, *, by: str, row_id: str) -> None:
    """Offer a plan again that was put away; arguments and errors as in `archive_plan`."""
    add_plan_event(store, PlanEvent(row_id, plan.id, RESTORED, by, datetime.now(UTC)))


@dataclass(frozen=True, slots=True)
class PlanEvent:
    """Something that happened to a plan after it was stored."""

    row_id: str
    plan: str
    """Its id."""
    event: str
    created_by: str
    created_at: datetime


def add_plan_event(store: ReviewStore, event: PlanEvent) -> None:
    """Append an event of a plan, once for each row id.

    Raises:
        StoreError: the plan is not there.
    """
    row = {**asdict(event), "created_at": timestamp(event.created_at)}
    with telling("put the plan away"), writing(store.engine) as connection:
        if _find(connection, PLANS.c.id == event.plan) is None:
            raise StoreError("put the plan away", f"there is no plan with the id {event.plan!r}", "Reload the page.")
        if not connection.scalar(sa.select(PLAN_EVENTS.c.sequence).where(PLAN_EVENTS.c.row_id == event.row_id)):
            connection.execute(PLAN_EVENTS.insert().values(**row))


def plan_events(store: ReviewStore) -> list[PlanEvent]:
    """Return what happened to plans, in the order of the store."""
    columns = [column for column in PLAN_EVENTS.c if column.name != "sequence"]
    events = sa.select(*columns).order_by(PLAN_EVENTS.c.sequence)
    with telling("read the plans"), store.engine.connect() as connection:
        rows = connection.execute(events).mappings()
        return [PlanEvent(**{**row, "created_at": datetime.fromisoformat(row["created_at"])}) for row in rows]


def _find(connection: sa.Connection, wanted: sa.ColumnElement[bool]) -> Plan | None:
    row = connection.execute(sa.select(PLANS).where(wanted)).mappings().first()
    return None if row is None else plan_from_row(row, _archived_ids(connection))


def _archived_ids(connection: sa.Connection) -> set[str]:
    events = sa.select(PLAN_EVENTS.c.plan, PLAN_EVENTS.c.event)
    newest = connection.execute(events.order_by(PLAN_EVENTS.c.created_at, PLAN_EVENTS.c.sequence))
    last = {plan: event for plan, event in newest}
    return {plan for plan, event in last.items() if event == ARCHIVED}


def _items(connection: sa.Connection, plan: Plan) -> list[PlanItem]:
    columns = PLAN_ITEMS.c
    wanted = sa.select(columns.position, columns.part, columns.sample_id, columns.caption_hash, columns.stratum)
    rows = connection.execute(wanted.where(columns.plan == plan.id).order_by(columns.position))
    strata: dict[str, Stratum] = {}
    return [
        PlanItem(
            position,
            SampleKey(plan.dataset, part, id_),
            caption,
            strata.setdefault(stratum, tuple(json.loads(stratum))),
        )
        for position, part, id_, caption, stratum in rows
    ]
