"""One reviewer in front of one queue: what the parts of Review need to know of each other."""

from dataclasses import dataclass, field

from dfec_explore.errors import StoreError
from dfec_explore.model import Review, SampleKey
from dfec_explore.query.samples import Sample
from dfec_explore.reviews import ReviewStore, current_verdicts, sample_verdict
from dfec_explore.reviews.modes import is_adjudication
from dfec_explore.web import queues
from dfec_explore.web.modes import Modes, modes, recall
from dfec_explore.web.queues import Queue
from dfec_explore.web.saving import undoable_of
from dfec_explore.web.view import View
from dfec_explore.web.views.review import sidebar
from dfec_explore.web.views.review.planned import plan_of

EVERYTHING = 2**62
"""A place in the store's sequence that lies behind all others."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the store says that matters here."""

    standing: tuple[Review, ...] = ()
    """The verdicts on the sample that stand, the final ones too; some may be on an earlier caption."""
    undo: Review | None = None
    redo: Review | None = None
    trouble: str = ""
    """Why the store could not be read, if so."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One run of the page."""

    view: View
    reviewer: str
    """Empty as long as there is none."""
    modes: Modes
    queue: Queue
    sample: Sample | None
    """What is judged; None at the end of the queue."""
    ledger: Ledger = field(repr=False)

    @property
    def store(self) -> ReviewStore:
        """The verdict store of the dataset."""
        return self.view.services.store(self.view.dataset)

    @property
    def own(self) -> Review | None:
        """The reviewer's own verdict on this caption."""
        return next((row for row in reversed(self._said) if row.reviewer == self.reviewer), None)

    @property
    def verdict(self) -> str | None:
        """The verdict on this caption as it stands now; None in blind mode."""
        if self.sample is None or self.modes.hides_others:
            return None
        finals = [row for row in self.ledger.standing if is_adjudication(row.mode) and self._is_current(row)]
        return sample_verdict((str(row.verdict) for row in self._said), str(finals[-1].verdict) if finals else None)

    @property
    def earlier(self) -> tuple[Review, ...]:
        """Verdicts on an earlier caption of this sample; in blind mode one's own alone."""
        rows = (row for row in self.ledger.standing if not self._is_current(row))
        return tuple(row for row in rows if not self.modes.hides_others or row.reviewer == self.reviewer)

    @property
    def _said(self) -> list[Review]:
        """What reviewers said of this caption, one each."""
        return [row for row in self.ledger.standing if self._is_current(row) and not is_adjudication(row.mode)]

    def _is_current(self, row: Review) -> bool:
        return self.sample is not None and row.caption_hash == self.sample.caption_hash


def open_desk(view: View) -> Desk:
    """The reviewer, the queue, and the sample to judge; draws what stands in the sidebar."""
    recall(view.services.settings.reviewer)
    reviewer = sidebar.reviewer(view)
    chosen = modes()
    queue = queues.open_queue(view, reviewer, chosen, find_plan=lambda name: plan_of(view, reviewer, name))
    sidebar.queue_choice(view, queue, chosen)
    sample = queues.current_sample(view, queue)
    return Desk(view, reviewer, chosen, queue, sample, _ledger(view, reviewer, sample))


def _ledger(view: View, reviewer: str, sample: Sample | None) -> Ledger:
    try:
        store = view.services.store(view.dataset)
        undo, redo = undoable_of(store, view.dataset, reviewer) if reviewer else (None, None)
        return Ledger(_standing(store, view, sample), undo, redo)
    except StoreError as error:
        return Ledger(trouble=str(error))


def _standing(store: ReviewStore, view: View, sample: Sample | None) -> tuple[Review, ...]:
    if sample is None:
        return ()
    key = SampleKey(view.dataset.name, sample.part, sample.id)
    return tuple(current_verdicts(store.reviews(key=key, through_sequence=EVERYTHING)))
