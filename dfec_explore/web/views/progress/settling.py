"""A final verdict on a caption that reviewers dispute: giving it, showing it, taking it back."""

import uuid
from collections.abc import Sequence
from datetime import UTC, timedelta
from html import escape

import streamlit as st

from dfec_explore.charts import colour
from dfec_explore.charts.palette import ink_on
from dfec_explore.errors import StoreError
from dfec_explore.model import Review, SampleKey, Verdict
from dfec_explore.query.explorer import VERDICT_TITLES
from dfec_explore.reviews import ADJUDICATION, Disagreement, current_verdicts
from dfec_explore.reviews.modes import is_adjudication
from dfec_explore.web import state
from dfec_explore.web.errors import literal
from dfec_explore.web.view import View
from dfec_explore.web.views.progress.sections import Visit, minutes_ahead

FINALS: tuple[tuple[Verdict, str, str], ...] = (
    (Verdict.ACCEPT, "Accept", ":material/check:"),
    (Verdict.FIX, "Fix", ":material/edit:"),
    (Verdict.REJECT, "Reject", ":material/close:"),
    (Verdict.UNSURE, "Unsure", ":material/question_mark:"),
)
ROW = "display:grid;grid-template-columns:6.2rem 1fr;gap:.1rem .7rem;margin:0 0 .5rem;font-size:.9rem;line-height:1.45"
TAG = "border-radius:999px;padding:.05rem .6rem;font-size:.8rem;font-weight:600;text-align:center;align-self:start"


def verdict_tag(verdict: str, view: View) -> str:
    """A verdict as a coloured word."""
    fill = colour("verdict", verdict, view.mode)
    title = VERDICT_TITLES.get(verdict, verdict)
    return f'<span style="{TAG};background:{fill};color:{ink_on(fill)}">{escape(title)}</span>'


def final_verdict(visit: Visit, one: Disagreement, reviews: Sequence[Review]) -> None:
    """The final verdict, and its undo for who gave it."""
    finals = [row for row in current_verdicts(reviews) if is_adjudication(row.mode)]
    finals = [row for row in finals if row.caption_hash == one.item.caption_hash]
    if not finals or finals[-1].verdict is None:
        return
    final = finals[-1]
    when = ""
    if final.created_at is not None:
        when = f", {final.created_at.astimezone(UTC) + timedelta(minutes=minutes_ahead()):%d %b %H:%M}"
    words = f"<b>Final</b>, by {escape(final.reviewer)}{when}" + (f" “{escape(final.note)}”" if final.note else "")
    style = f"{ROW};border-top:1px solid rgba(128,138,155,.35);padding-top:.5rem"
    st.html(f'<div style="{style}">{verdict_tag(str(final.verdict), visit.view)}<span>{words}</span></div>')
    if final.reviewer == visit.reviewer:
        st.button(
            "Take the final verdict back",
            key=f"final.undo.{final.row_id}",
            type="tertiary",
            icon=":material/undo:",
            on_click=_take_back,
            args=(visit, final),
        )


def final_buttons(visit: Visit, one: Disagreement, name: str) -> None:
    """One button for each final verdict, and a note."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key=f"final-{name}"):
        st.text_input(
            "Note for the final verdict",
            key=state.widget_key(f"final.note.{name}"),
            placeholder="Note for the final verdict (may stay empty)",
            label_visibility="collapsed",
            max_chars=2000,
        )
        for verdict, title, icon in FINALS:
            st.button(
                title,
                key=f"final.{verdict}.{name}",
                icon=icon,
                disabled=not visit.reviewer,
                help=f"Settle it: {VERDICT_TITLES[verdict]}" if visit.reviewer else "Enter your name above first",
                on_click=_settle,
                args=(visit, one.item.key, one.item.caption_hash, verdict, name),
            )


def _settle(visit: Visit, key: SampleKey, caption: str, verdict: Verdict, name: str) -> None:
    row = str(state.get(f"final.row.{name}") or uuid.uuid4().hex)
    # A retry after a failure is the same row.
    state.put(f"final.row.{name}", row)
    review = Review(
        row_id=row,
        key=key,
        caption_hash=caption,
        reviewer=visit.reviewer,
        verdict=verdict,
        note=str(state.widget_value(f"final.note.{name}") or "").strip(),
        mode=ADJUDICATION,
    )
    try:
        visit.view.services.store(visit.view.dataset).save(review)
    except StoreError as error:
        state.put("final", {"problem": str(error)})
        return
    state.drop(f"final.row.{name}")
    state.set_widget(f"final.note.{name}", "")
    state.put("final", {"done": f"{key.part} / {key.id} settled: {VERDICT_TITLES[verdict]}"})


def _take_back(visit: Visit, final: Review) -> None:
    store = visit.view.services.store(visit.view.dataset)
    try:
        store.retract(final.row_id, reviewer=visit.reviewer, new_row_id=uuid.uuid4().hex)
    except StoreError as error:
        state.put("final", {"problem": str(error)})
        return
    state.put("final", {"done": f"{final.key.part} / {final.key.id}: the final verdict is taken back"})


def outcome_of_click() -> None:
    """What the last click came to, once."""
    said = state.get("final") or {}
    if "problem" in said:
        st.error(f"Not saved; what you entered is kept. {literal(said['problem'])}", icon=":material/error:")
    elif "done" in said:
        st.badge(literal(said["done"]), icon=":material/check:", color="green")
    state.drop("final")
