"""What a click on a verdict does: one row in the store, and on to the next sample."""

import uuid
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from dfec_explore.errors import StoreError
from dfec_explore.model import Dataset, Review, SampleKey, Verdict
from dfec_explore.query.samples import Sample
from dfec_explore.reviews import ReviewStore
from dfec_explore.web import state
from dfec_explore.web.reports import PlayerReport


@dataclass(frozen=True, slots=True)
class Saved:
    """What the last attempt to save came to, for the line above the clip."""

    row_id: str
    verdict: str
    sample_part: str
    sample_id: str
    at: str
    """Local time of the server, or empty where it failed."""
    error: str = ""


def row_id(sample: Sample) -> str:
    """The id of the row that the next verdict on this sample will have: the same for every try to save it."""
    name = f"row.{sample.part}.{sample.id}"
    if state.get(name) is None:
        state.put(name, uuid.uuid4().hex)
    return str(state.get(name))


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reviewer has entered beside the verdict, and not yet saved."""

    reasons: tuple[str, ...] = ()
    note: str = ""
    correction: str = ""
    """The corrected caption; empty where there is none."""


def draft(part: str, id_: str) -> Draft:
    """What was entered for a sample, on this page or before one went to another sample."""
    return Draft(**state.get(f"draft.{part}.{id_}", {}))


def keep_draft(part: str, id_: str, **changed: Any) -> None:
    """Keep what was entered for a sample until a verdict saves it."""
    state.put(f"draft.{part}.{id_}", asdict(replace(draft(part, id_), **changed)))


def keep_widgets(part: str, id_: str) -> None:
    """Take over what the widgets of a sample hold. For callbacks."""
    keep_draft(
        part,
        id_,
        reasons=tuple(state.widget_value(f"reasons.{part}.{id_}") or ()),
        note=str(state.widget_value(f"note.{part}.{id_}") or "").strip(),
    )


def save_verdict(
    store: ReviewStore,
    dataset: Dataset,
    sample: Sample,
    reviewer: str,
    verdict: Verdict,
    row: str,
    report: PlayerReport | None,
    following: tuple[str, str] | None,
) -> None:
    """Save a verdict and go to the next sample; on a failure stay, keep the input, and say so. For callbacks."""
    before = last_saved()
    if before is not None and before.row_id == row and not before.error:
        # The key was pressed twice before the page had changed: the verdict is saved.
        go_to(following)
        return
    keep_widgets(sample.part, sample.id)
    entered = draft(sample.part, sample.id)
    review = Review(
        row_id=row,
        key=SampleKey(dataset.name, sample.part, sample.id),
        caption_hash=sample.caption_hash,
        reviewer=reviewer,
        verdict=verdict,
        reasons=entered.reasons,
        note=entered.note,
        corrected_caption=entered.correction if entered.correction not in ("", sample.caption) else None,
        mode="mirrored" if report and report.mirrored else "",
        seconds=report.seconds if report else None,
        watched=report.watched if report else None,
    )
    try:
        store.save(review)
    except StoreError as error:
        state.put("saved", _plain(Saved(row, verdict, sample.part, sample.id, "", str(error))))
        return
    state.put("saved", _plain(Saved(row, verdict, sample.part, sample.id, _clock())))
    state.drop(f"row.{sample.part}.{sample.id}")
    state.drop(f"draft.{sample.part}.{sample.id}")
    go_to(following)


def take_back(store: ReviewStore, reviewer: str, review: Review) -> None:
    """Retract one's own verdict and go back to its sample, with all that was entered there. For callbacks."""
    part, id_ = review.key.part, review.key.id
    try:
        store.retract(review.row_id, reviewer=reviewer, new_row_id=uuid.uuid4().hex)
    except StoreError as error:
        state.put("saved", _plain(Saved(review.row_id, "undo", part, id_, "", str(error))))
        return
    keep_draft(part, id_, reasons=review.reasons, note=review.note, correction=review.corrected_caption or "")
    state.put("saved", _plain(Saved("", "undo", part, id_, _clock())))
    go_to((part, id_))


def last_saved() -> Saved | None:
    """What the last attempt to save came to."""
    kept = state.get("saved")
    return Saved(**kept) if kept else None


def go_to(target: tuple[str, str] | None) -> None:
    """Open another sample, or (None) the end of the queue. For callbacks."""
    if target is None:
        state.set_param("sample", None)
        state.set_param("in", None)
        state.put("queue.ended", True)
        return
    state.put("queue.ended", False)
    state.set_param("in", target[0])
    state.set_param("sample", target[1])


def _plain(saved: Saved) -> dict[str, str]:
    return {field: str(getattr(saved, field)) for field in Saved.__slots__}


def _clock() -> str:
    return datetime.now().astimezone().strftime("%H:%M:%S")
