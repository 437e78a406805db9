"""What a click on a verdict does: one row in the store, and on to the next sample."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dfec_explore.errors import StoreError
from dfec_explore.model import Dataset, Review, SampleKey, Verdict
from dfec_explore.query.samples import Sample
from dfec_explore.reviews import ReviewStore
from dfec_explore.web import state
from dfec_explore.web.reports import PlayerReport

DRAFT_FIELDS = ("reasons", "note", "correction")


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


def draft(sample: Sample) -> Mapping[str, Any]:
    """What the reviewer has entered beside the verdict."""
    return {field: state.widget_value(f"{field}.{sample.part}.{sample.id}") for field in DRAFT_FIELDS}


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
    entered = draft(sample)
    correction = (entered["correction"] or "").strip()
    review = Review(
        row_id=row,
        key=SampleKey(dataset.name, sample.part, sample.id),
        caption_hash=sample.caption_hash,
        reviewer=reviewer,
        verdict=verdict,
        reasons=tuple(entered["reasons"] or ()),
        note=(entered["note"] or "").strip(),
        corrected_caption=correction if correction and correction != sample.caption else None,
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
    go_to(following)


def take_back(store: ReviewStore, reviewer: str, row: str, part: str, id_: str) -> None:
    """Retract one's own verdict and go back to its sample. For callbacks."""
    try:
        store.retract(row, reviewer=reviewer, new_row_id=uuid.uuid4().hex)
    except StoreError as error:
        state.put("saved", _plain(Saved(row, "undo", part, id_, "", str(error))))
        return
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
