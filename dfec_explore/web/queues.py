"""A reviewer's queue: samples in order, frozen when it is opened, and where in it one is."""

import uuid
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from dfec_explore.query import Filters
from dfec_explore.query.samples import ORDERS, QUEUES, Sample, find_sample, queue, samples
from dfec_explore.web import cached, state
from dfec_explore.web.opening import version_of
from dfec_explore.web.view import View


@dataclass(frozen=True, slots=True)
class Queue:
    """An open queue."""

    kind: str
    """One of ``QUEUES``."""
    order: str
    filters: Filters
    numbers: npt.NDArray[np.int32]

    def place(self, sample: Sample) -> int | None:
        """Where a sample stands in the queue, from 0; None where it is not in it."""
        found = np.flatnonzero(self.numbers == sample.sample_no)
        return int(found[0]) if found.size else None

    def neighbour(self, view: View, sample: Sample, step: int) -> Sample | None:
        """The sample some steps further (or, negative, before); None at the ends."""
        place = self.place(sample)
        # A sample that a link opened stands before the queue's first.
        target = (place + step) if place is not None else (0 if step > 0 else -1)
        if not 0 <= target < len(self.numbers):
            return None
        return samples(view.explorer, [int(self.numbers[target])])[0]


def open_queue(view: View, reviewer: str) -> Queue:
    """The queue that the address names: its kind and order, and the filters as they are there."""
    kind = state.param("queue") if state.param("queue") in QUEUES else "todo"
    order = state.param("order") if state.param("order") in ORDERS else "file"
    index = f"{view.explorer.database.folder.path} {version_of(view.explorer.database.folder)}"

    def open_it() -> npt.NDArray[np.int32]:
        table = view.services.store(view.dataset).reviewer_verdict_table(view.dataset.name)
        mine = table.filter(pc.equal(table["reviewer"], reviewer))
        return queue(view.explorer, view.filters, mine=mine, kind=kind, order=order)

    numbers = cached.frozen_queue(index, view.filters, kind, order, f"{_opening()} {reviewer}", _open=open_it)
    return Queue(kind, order, view.filters, numbers)


def reopen() -> None:
    """Open the queue anew at the next run: what was judged since leaves it. For callbacks."""
    state.put("queue.opening", uuid.uuid4().hex)
    state.put("queue.ended", False)
    state.set_param("sample", None)
    state.set_param("in", None)


def link_problems(view: View) -> list[str]:
    """Sentences about a queue, an order or a sample in the address that do not exist."""
    problems = []
    for name, known in (("queue", QUEUES), ("order", ORDERS)):
        value = state.param(name)
        if value and value not in known:
            problems.append(f"{name.capitalize()} “{value[:40]}” is none of: {', '.join(known)}.")
    id_ = state.param("sample")
    if id_ and find_sample(view.explorer, _part(view), id_) is None:
        problems.append(
            f"Sample “{id_[:40]}” is not in the part {_part(view)}; this is the first of the queue instead."
        )
    return problems


def _part(view: View) -> str:
    parts = view.explorer.vocabulary.options["part"]
    return state.param("in") or (parts[0] if parts else "")


def _opening() -> str:
    if state.get("queue.opening") is None:
        state.put("queue.opening", uuid.uuid4().hex)
    return str(state.get("queue.opening"))


def current_sample(view: View, opened: Queue) -> Sample | None:
    """The sample that the address names, else the first of the queue; None at its end."""
    if id_ := state.param("sample"):
        found = find_sample(view.explorer, _part(view), id_)
        if found is not None:
            return found
    if state.get("queue.ended") or not len(opened.numbers):
        return None
    return samples(view.explorer, [int(opened.numbers[0])])[0]
