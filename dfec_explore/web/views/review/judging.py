"""The bar of verdicts at the bottom of the window, and what its acts do."""

import logging
import secrets
from typing import Any

import streamlit as st
from pydantic import ValidationError

from dfec_explore.errors import StoreError
from dfec_explore.model import Review
from dfec_explore.query.samples import Sample
from dfec_explore.reviews import reasons
from dfec_explore.reviews.reasons import REASONS_FILE
from dfec_explore.web import queues, saving, state
from dfec_explore.web.acts import Act
from dfec_explore.web.components import verdict_bar
from dfec_explore.web.components.verdicts import draft_name
from dfec_explore.web.errors import show_error
from dfec_explore.web.labels import event_labels
from dfec_explore.web.player import PLAYER
from dfec_explore.web.samples import number_of, sample_at
from dfec_explore.web.view import View
from dfec_explore.web.views.review.desk import Desk
from dfec_explore.web.views.review.head import open_history, toggle_guidelines

log = logging.getLogger(__name__)

BAR = "verdicts"
COMPARE_URL = "/comparisons"


def judging(desk: Desk) -> None:
    """Draw the bar."""
    sample = desk.sample
    before = desk.queue.before(desk.view, sample)
    with st.bottom, st.container(key="judging"):
        verdict_bar(
            key=state.widget_key(BAR),
            player=state.widget_key(PLAYER),
            session=_session(),
            reviewer=desk.reviewer,
            sample=_sample(desk, sample) if sample else None,
            reasons=_reasons(desk.view),
            can={
                "previous": f"{before.part} / {before.id}" if before else "",
                "next": "The next one" if sample else "",
                "undo": _undo_words(desk.ledger.undo),
                "redo": "Your verdict stands again" if desk.ledger.redo else "",
            },
            labels=event_labels(),
            compare_url=COMPARE_URL,
            on_act=lambda: _acted(desk),
            own=_own(desk.own),
            answer=state.get("answer"),
            restore=state.get("restore"),
            forget=state.get("forget"),
            trouble=desk.ledger.trouble,
        )


def _session() -> str:
    if state.get("session") is None:
        state.put("session", secrets.token_hex(8))
    return str(state.get("session"))


def _sample(desk: Desk, sample: Sample) -> dict[str, Any]:
    return {
        "key": (desk.view.dataset.name, sample.part, sample.id, sample.caption_hash),
        "caption": sample.caption,
    }


def _reasons(view: View) -> list[dict[str, str]]:
    path = view.services.settings.reasons_file
    try:
        found = reasons(path or REASONS_FILE)
    except StoreError as error:
        show_error(error)
        found = reasons()
    return [{"id": reason.id, "title": reason.title, "explanation": reason.explanation} for reason in found]


def _own(row: Review | None) -> dict[str, str] | None:
    if row is None:
        return None
    return {"verdict": str(row.verdict), "row": row.row_id, "at": _clock(row)}


def _undo_words(row: Review | None) -> str:
    return f"Take back your verdict of {_clock(row)} on {row.key.part} / {row.key.id}" if row else ""


def _clock(row: Review) -> str:
    return row.created_at.astimezone().strftime("%H:%M:%S") if row.created_at else ""


# ---- acts


def _acted(desk: Desk) -> None:
    """Do what the browser asks for; it is told what came of it."""
    try:
        act = Act.model_validate((state.widget_value(BAR) or {}).get("act"))
    except ValidationError as error:
        log.warning("a message of the bar of verdicts does not fit: %s", error.errors(include_url=False)[:1])
        return
    acts = {
        "verdict": _give_verdict,
        "undo": _undo,
        "redo": _redo,
        "next": _go,
        "previous": _go,
        "history": _open,
        "guidelines": _open,
    }
    acts[act.do](desk, act)


def _give_verdict(desk: Desk, act: Act) -> None:
    sample = _meant(desk, act)
    if act.verdict is None or not desk.reviewer:
        saving.answer(act.row, problem="Enter your name in the sidebar to judge.")
        return
    if sample is None:
        name = draft_name(*act.sample) if act.sample else ""
        saving.answer(act.row, name=name, problem="This caption is not in the dataset any more. Reload the page.")
        return
    review = saving.review_of(
        act,
        sample,
        desk.view.dataset,
        reviewer=desk.reviewer,
        modes=desk.modes,
        plan=desk.queue.plan_of(sample),
    )
    if saving.save_verdict(desk.store, review):
        queues.go_to(_after(desk, sample))


def _undo(desk: Desk, act: Act) -> None:
    with saving.telling(act.row):
        row, _ = saving.undoable_of(desk.store, desk.view.dataset, desk.reviewer)
        if saving.is_done(desk.store, desk.view.dataset, desk.reviewer, act.row) or row is None:
            saving.answer(act.row)
        elif saving.take_back(desk.store, row, act.row):
            queues.go_to((row.key.part, row.key.id))


def _redo(desk: Desk, act: Act) -> None:
    with saving.telling(act.row):
        _, row = saving.undoable_of(desk.store, desk.view.dataset, desk.reviewer)
        if saving.is_done(desk.store, desk.view.dataset, desk.reviewer, act.row) or row is None:
            saving.answer(act.row)
        elif saving.bring_back(desk.store, row, act.row):
            number = number_of(desk.view, row.key.part, row.key.id)
            sample = sample_at(desk.view, number) if number is not None else None
            queues.go_to(_after(desk, sample) if sample else None)


def _go(desk: Desk, act: Act) -> None:
    saving.answer(act.row)
    sample = _meant(desk, act)
    if act.do == "previous":
        before = desk.queue.before(desk.view, sample)
        if before is not None:
            queues.go_to((before.part, before.id))
    elif sample is not None:
        queues.go_to(_after(desk, sample))


def _open(desk: Desk, act: Act) -> None:
    saving.answer(act.row)
    if act.do == "history":
        open_history()
    else:
        toggle_guidelines(desk.modes.guidelines)


def _meant(desk: Desk, act: Act) -> Sample | None:
    """The sample that was on the screen, if it is still what it was."""
    if act.sample is None or act.sample[0] != desk.view.dataset.name:
        return None
    number = number_of(desk.view, act.sample[1], act.sample[2])
    sample = sample_at(desk.view, number) if number is not None else None
    return sample if sample is not None and sample.caption_hash == act.sample[3] else None


def _after(desk: Desk, sample: Sample) -> tuple[str, str] | None:
    following = desk.queue.upcoming(desk.view, sample, 1)
    return (following[0].part, following[0].id) if following else None
