"""A reviewer's own history: the last verdicts, each with the way to its sample and the way back."""

import secrets
from collections.abc import Sequence
from typing import Literal

import streamlit as st

from dfec_explore.errors import StoreError
from dfec_explore.model import Review, Verdict
from dfec_explore.reviews import HistoryEntry
from dfec_explore.reviews.reasons import REASONS_FILE, reasons
from dfec_explore.web import saving, state
from dfec_explore.web.errors import literal, show_error
from dfec_explore.web.labels import event_labels
from dfec_explore.web.links import link_params
from dfec_explore.web.parts import summary
from dfec_explore.web.view import View
from dfec_explore.web.views.review.desk import Desk

SHOWN = 50
COLOURS: dict[str, Literal["green", "orange", "red", "blue"]] = {
    "accept": "green",
    "fix": "orange",
    "reject": "red",
    "unsure": "blue",
}


def open_dialogs(desk: Desk) -> None:
    """Open the dialog that was asked for, once."""
    if state.get("dialog") == "history":
        state.drop("dialog")
        _history(desk)


@st.dialog("Your last verdicts", width="large", on_dismiss="rerun")
def _history(desk: Desk) -> None:
    if not desk.reviewer:
        st.info("Enter your name in the sidebar: the history is that of a reviewer.", icon=":material/person:")
        return
    try:
        entries = desk.store.history(desk.view.dataset.name, desk.reviewer, 4 * SHOWN)
    except StoreError as error:
        show_error(error)
        return
    verdicts = [entry for entry in entries if entry.review.verdict is not None][:SHOWN]
    if not verdicts:
        st.info("You have given no verdict yet.", icon=":material/inbox:")
        return
    wanted = st.pills(
        "Verdict",
        [str(verdict) for verdict in Verdict],
        format_func=str.capitalize,
        selection_mode="multi",
        label_visibility="collapsed",
        key=state.widget_key("history.verdicts"),
    )
    if problem := state.get("history.problem"):
        st.error(literal(problem), icon=":material/error:")
    shown = [entry for entry in verdicts if not wanted or str(entry.review.verdict) in wanted]
    st.caption(f"{len(shown)} of your last {len(verdicts)} verdicts, newest first")
    with st.container(height=460, border=False, key="history", gap=None):
        for entry in shown:
            _row(desk, entry, entries)


def _row(desk: Desk, entry: HistoryEntry, entries: Sequence[HistoryEntry]) -> None:
    review = entry.review
    when, where, verdict, words, back = st.columns([2, 2.2, 1.2, 7, 2], gap="small", vertical_alignment="center")
    with when:
        st.text(review.created_at.astimezone().strftime("%d %b %H:%M:%S") if review.created_at else "")
    with where:
        target = {"in": [review.key.part], "sample": [review.key.id], "queue": ["all"]}
        params = link_params(desk.view, desk.queue.filters) | target
        st.page_link(desk.view.pages["review"], label=literal(str(review.key))[:60], icon=None, query_params=params)
    with verdict:
        shown = str(review.verdict).capitalize()
        st.badge(shown, color=COLOURS[str(review.verdict)] if entry.counts else "gray")
    with words:
        st.text(" · ".join([*([] if entry.counts else ["taken back"]), *_words(desk.view, review)]))
    with back:
        _way_back(desk, entry, entries)


def _words(view: View, review: Review) -> list[str]:
    titles = {reason.id: reason.title for reason in reasons(view.services.settings.reasons_file or REASONS_FILE)}
    said = [titles.get(reason, reason) for reason in review.reasons]
    said += summary(review.parts, {action: label.title for action, label in event_labels().items()})
    quoted = [f"{len(review.spans)} marked"] if review.spans else []
    corrected = ["corrected"] if review.corrected_caption else []
    return [*([f"“{review.note}”"] if review.note else []), *said, *quoted, *corrected]


def _way_back(desk: Desk, entry: HistoryEntry, entries: Sequence[HistoryEntry]) -> None:
    row = entry.review.row_id
    if entry.counts:
        st.button(
            "Take back",
            key=f"back-{row}",
            on_click=_take_back,
            args=(desk, entry.review),
            type="tertiary",
            icon=":material/undo:",
        )
        return
    retraction = saving.retraction_of(entries, entry.review)
    if retraction is not None:
        st.button(
            "Bring back",
            key=f"back-{row}",
            on_click=_bring_back,
            args=(desk, retraction),
            type="tertiary",
            icon=":material/redo:",
        )


def _take_back(desk: Desk, review: Review) -> None:
    _done(saving.take_back(desk.store, review, secrets.token_hex(16)))


def _bring_back(desk: Desk, retraction: Review) -> None:
    _done(saving.bring_back(desk.store, retraction, secrets.token_hex(16)))


def _done(is_saved: bool) -> None:
    state.put("history.problem", "" if is_saved else state.get("answer")["problem"])
