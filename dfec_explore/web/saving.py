"""What a reviewer's acts do: a row in the store, an answer to the browser, and which sample comes next."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from dfec_explore.errors import StoreError
from dfec_explore.model import Dataset, Review, SampleKey
from dfec_explore.query.samples import Sample
from dfec_explore.reviews import HistoryEntry, ReviewStore, redoable, undoable
from dfec_explore.web import state
from dfec_explore.web.acts import Act
from dfec_explore.web.components.verdicts import draft_name
from dfec_explore.web.modes import Modes, mode_of_verdict
from dfec_explore.web.parts import fits

HISTORY = 40
"""Rows in which undo and redo look at first."""
LONGEST_HISTORY = 10_000
"""Rows in which they look when those were all taken back."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What the last attempt to save came to, for the line above the clip."""

    done: str
    """A verdict, ``undo`` or ``redo``."""
    part: str
    id: str
    at: str
    """Local time of the server, or empty where it failed."""


def review_of(act: Act, sample: Sample, dataset: Dataset, *, reviewer: str, modes: Modes, plan: str | None) -> Review:
    """The row that a verdict makes; marks and parts that do not lie within the caption are left out."""
    assert act.verdict is not None
    end = len(sample.caption)
    correction = act.correction.strip()
    return Review(
        row_id=act.row,
        key=SampleKey(dataset.name, sample.part, sample.id),
        caption_hash=sample.caption_hash,
        reviewer=reviewer,
        verdict=act.verdict,
        reasons=act.reasons,
        note=act.note.strip(),
        corrected_caption=correction if correction not in ("", sample.caption.strip()) else None,
        mode=mode_of_verdict(modes, mirrored=act.mirrored, watched_first=act.watchedFirst),
        plan=plan,
        seconds=act.seconds,
        watched=act.watched,
        spans=tuple((start, stop) for start, stop in act.spans if start < stop <= end),
        parts={name: said for name, said in act.parts.items() if fits(name, said, sample.caption)},
    )


def save_verdict(store: ReviewStore, review: Review) -> bool:
    """Save a verdict and tell the browser; False where that failed: it keeps all that was entered. For callbacks."""
    key = review.key
    name = draft_name(key.dataset, key.part, key.id, review.caption_hash)
    try:
        store.save(review)
    except StoreError as error:
        answer(review.row_id, name=name, problem=str(error))
        return False
    answer(review.row_id, name=name)
    _remember(str(review.verdict), key)
    return True


def take_back(store: ReviewStore, review: Review, row: str) -> bool:
    """Retract one's own verdict; what was entered with it comes back as a draft. For callbacks."""
    if not _retract(store, review, row):
        return False
    state.put("restore", {"row": row, **_draft(review)})
    _remember("undo", review.key)
    return True


def bring_back(store: ReviewStore, retraction: Review, row: str) -> bool:
    """Retract the retraction of one's own verdict, which stands again. For callbacks."""
    if not _retract(store, retraction, row):
        return False
    restored = state.get("restore")
    if restored and restored["row"] == retraction.row_id:
        state.put("forget", {**restored, "row": row})
    _remember("redo", retraction.key)
    return True


def undoable_of(store: ReviewStore, dataset: Dataset, reviewer: str) -> tuple[Review | None, Review | None]:
    """The verdict that undo takes back, and the retraction that redo takes back."""
    entries = store.history(dataset.name, reviewer, HISTORY)
    if undoable(entries) is None and len(entries) == HISTORY:
        entries = store.history(dataset.name, reviewer, LONGEST_HISTORY)
    return undoable(entries), redoable(entries)


@contextmanager
def telling(row: str) -> Iterator[None]:
    """Tell the browser of a store that could not be read, instead of what the act came to."""
    try:
        yield
    except StoreError as error:
        answer(row, problem=str(error))


def is_done(store: ReviewStore, dataset: Dataset, reviewer: str, row: str) -> bool:
    """Whether an act has made its row already: the message came twice."""
    return any(entry.review.row_id == row for entry in store.history(dataset.name, reviewer, HISTORY))


def retraction_of(entries: Sequence[HistoryEntry], review: Review) -> Review | None:
    """The row that took a verdict back and still counts."""
    return next((e.review for e in entries if e.counts and e.review.retracts == review.row_id), None)


def answer(row: str, *, name: str = "", problem: str = "") -> None:
    """Tell the browser what an act came to. For callbacks."""
    count = (state.get("answer") or {"count": 0})["count"] + 1
    state.put("answer", {"row": row, "name": name, "problem": problem, "count": count})


def last_saved() -> Saved | None:
    """What was saved last in this session."""
    kept = state.get("saved")
    return Saved(**kept) if kept else None


def _retract(store: ReviewStore, review: Review, row: str) -> bool:
    try:
        store.retract(review.row_id, reviewer=review.reviewer, new_row_id=row)
    except StoreError as error:
        answer(row, problem=str(error))
        return False
    answer(row)
    return True


def _draft(review: Review) -> dict[str, Any]:
    """What was entered with a verdict, as the browser keeps it."""
    key = review.key
    return {
        "name": draft_name(key.dataset, key.part, key.id, review.caption_hash),
        "content": {
            "reasons": list(review.reasons),
            "note": review.note,
            "correction": review.corrected_caption or "",
            "editing": "",
            "spans": [list(span) for span in review.spans],
            "parts": dict(review.parts),
        },
    }


def _remember(done: str, key: SampleKey) -> None:
    at = datetime.now().astimezone().strftime("%H:%M:%S")
    state.put("saved", asdict(Saved(done, key.part, key.id, at)))
