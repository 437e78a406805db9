"""A reviewer's queue: samples in order, frozen when it is opened, and where in it one is."""

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from dfec_explore.query import Filters
from dfec_explore.query.queues import QUEUE_ORDERS, QUEUES, RANDOM, numbers_of, queue
from dfec_explore.query.samples import Sample
from dfec_explore.web import cached, state
from dfec_explore.web.modes import Modes
from dfec_explore.web.samples import index_name, number_of, sample_at
from dfec_explore.web.verdicts import refresh
from dfec_explore.web.view import View

SEED = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(frozen=True, slots=True)
class Queue:
    """An open queue."""

    kind: str
    """One of ``QUEUES``."""
    order: str
    """One of ``QUEUE_ORDERS``."""
    filters: Filters
    numbers: npt.NDArray[np.int32]
    plan: "PlanQueue | None" = None
    """The sampling plan that it follows, instead of a kind and an order."""

    def place(self, sample: Sample) -> int | None:
        """Where a sample stands in the queue, from 0; None where it is not in it."""
        found = np.flatnonzero(self.numbers == sample.sample_no)
        return int(found[0]) if found.size else None

    def plan_of(self, sample: Sample) -> str | None:
        """Id of the plan under which a verdict on this sample is given: only what it chose is judged for it."""
        if self.plan is None or (sample.part, sample.id) not in self.plan.items:
            return None
        return self.plan.id

    def upcoming(self, view: View, sample: Sample, count: int) -> tuple[Sample, ...]:
        """The samples that come after one, in order, at most ``count``."""
        place = self.place(sample)
        first = 0 if place is None else place + 1
        found = (sample_at(view, int(number)) for number in self.numbers[first : first + count])
        return tuple(sample for sample in found if sample is not None)

    def before(self, view: View, sample: Sample | None) -> Sample | None:
        """The sample before one (before the end of the queue: its last); None at the start."""
        place = len(self.numbers) if sample is None else self.place(sample)
        return sample_at(view, int(self.numbers[place - 1])) if place else None


@dataclass(frozen=True, slots=True)
class PlanQueue:
    """A sampling plan as a reviewer goes through it."""

    id: str
    name: str
    items: frozenset[tuple[str, str]]
    """(part, id) of all that it chose."""
    left: Callable[[], Sequence[tuple[str, str]]]
    """(part, id) of what is left to do, in order; asked when the queue is opened."""


FindPlan = Callable[[str], PlanQueue | None]
"""Finds a plan by what the address says; None where there is none."""


def no_plan(name: str) -> None:
    """Where there are no plans."""


def filters_in_force(view: View, modes: Modes) -> Filters:
    """The filters of the address; in blind mode without those that would tell of others' verdicts."""
    return replace(view.filters, verdict=(), review=()) if modes.blind else view.filters


def open_queue(view: View, reviewer: str, modes: Modes, *, find_plan: FindPlan = no_plan) -> Queue:
    """The queue that the address names: a plan's, or one of a kind and an order within the filters there.

    Args:
        view: the page.
        reviewer: whose queue it is.
        modes: the modes in force.
        find_plan: looks up a plan.
    """
    plan = find_plan(state.param("plan")) if state.param("plan") else None
    if plan is not None:
        return _open_plan(view, reviewer, plan)
    filters = filters_in_force(view, modes)
    kind, order = _kind(modes), _known("order", QUEUE_ORDERS, "file")
    seed = _seed() if order == RANDOM else ""
    opened = f"{_opening()} {reviewer} {seed} {modes.blind}"
    numbers = cached.frozen_queue(
        index_name(view),
        filters,
        kind,
        order,
        opened,
        _open=lambda: _judged(view, reviewer, modes, filters, kind, order, seed),
    )
    return Queue(kind, order, filters, numbers)


def _open_plan(view: View, reviewer: str, plan: PlanQueue) -> Queue:
    numbers = cached.frozen_queue(
        index_name(view),
        Filters(),
        "plan",
        plan.id,
        f"{_opening()} {reviewer}",
        _open=lambda: numbers_of(view.explorer, plan.left()),
    )
    return Queue("all", "file", Filters(), numbers, plan)


def _judged(
    view: View, reviewer: str, modes: Modes, filters: Filters, kind: str, order: str, seed: str
) -> npt.NDArray[np.int32]:
    if kind == "disputed" or filters.verdict or filters.review:
        refresh(view.services, view.opened, judgements=bool(filters.review))
    given = None
    if kind in ("todo", "mine", "stale"):
        given = view.services.store(view.dataset).reviewer_verdict_table(view.dataset.name)
        if modes.blind:
            given = given.filter(pc.equal(given["reviewer"], reviewer))
    return queue(view.explorer, filters, given=given, reviewer=reviewer, kind=kind, order=order, seed=seed)


def _kind(modes: Modes) -> str:
    kind = _known("queue", QUEUES, "todo")
    return "todo" if modes.blind and kind == "disputed" else kind


def _known(name: str, known: Sequence[str] | dict[str, str], default: str) -> str:
    value = state.param(name)
    return value if value in known else default


def _seed() -> str:
    """The seed of the random order; it stands in the address, so that a link gives the same order."""
    seed = state.param("seed")
    if not SEED.fullmatch(seed):
        seed = secrets.token_hex(3)
        state.set_param("seed", seed)
    return seed


def choose(key: str, value: str) -> None:
    """Choose another queue or order, and open it. For callbacks."""
    state.set_param(key, value)
    if key == "queue":
        state.set_param("plan", None)
    if key == "order":
        state.set_param("seed", None)
    reopen()


def reopen() -> None:
    """Open the queue anew at the next run: what was judged since leaves it. For callbacks."""
    state.put("opening", secrets.token_hex(8))
    for name in ("in", "sample", "end"):
        state.set_param(name, None)


def go_to(target: tuple[str, str] | None) -> None:
    """Open another sample, or (None) the end of the queue. For callbacks."""
    state.set_param("end", None if target else "1")
    state.set_param("in", target[0] if target else None)
    state.set_param("sample", target[1] if target else None)


def link_problems(view: View, modes: Modes, opened: Queue) -> list[str]:
    """Sentences about a queue, an order, a plan or a sample in the address that do not exist."""
    problems = []
    for name, known in (("queue", tuple(QUEUES)), ("order", QUEUE_ORDERS)):
        value = state.param(name)
        if value and value not in known:
            problems.append(f"{name.capitalize()} “{value[:40]}” is none of: {', '.join(known)}.")
    if modes.blind and state.param("queue") == "disputed":
        problems.append("The queue of disputed captions would tell of others' verdicts: in blind mode it is not open.")
    plan = state.param("plan")
    if plan and opened.plan is None:
        problems.append(f"Plan “{plan[:40]}” does not exist in this dataset.")
    id_ = state.param("sample")
    if id_ and number_of(view, _part(view), id_) is None:
        problems.append(
            f"Sample “{id_[:40]}” is not in the part {_part(view)[:40]}; this is the first of the queue instead."
        )
    return problems


def _part(view: View) -> str:
    parts = view.explorer.vocabulary.options["part"]
    return state.param("in") or (parts[0] if parts else "")


def _opening() -> str:
    """Names this opening of the queue; the tab remembers it, so that a reload finds the queue as it was."""
    if not state.get("opening") and state.get("opening.first") is None:
        state.put("opening.first", secrets.token_hex(8))
    if state.get("opening") == "":
        # The tab had none: it keeps the one that it was shown.
        state.put("opening", state.get("opening.first"))
    return str(state.get("opening") or state.get("opening.first"))


def current_sample(view: View, opened: Queue) -> Sample | None:
    """The sample that the address names, else the first of the queue; None at its end."""
    if id_ := state.param("sample"):
        number = number_of(view, _part(view), id_)
        if number is not None:
            return sample_at(view, number)
    if state.param("end") or not len(opened.numbers):
        return None
    return sample_at(view, int(opened.numbers[0]))
