"""Captions on which reviewers disagree: what each said, and a final verdict that settles it."""

import uuid
from collections.abc import Sequence
from html import escape

import streamlit as st

from dfec_explore.charts import colour
from dfec_explore.charts.palette import ink_on
from dfec_explore.errors import StoreError
from dfec_explore.model import Review, SampleKey, Verdict
from dfec_explore.query.explorer import VERDICT_TITLES
from dfec_explore.query.review_facts import reason_titles
from dfec_explore.query.samples import Sample
from dfec_explore.reviews import ADJUDICATION, Disagreement, current_verdicts
from dfec_explore.reviews.modes import is_adjudication
from dfec_explore.web import state
from dfec_explore.web.agreements import Overlap
from dfec_explore.web.components import caption_view
from dfec_explore.web.errors import literal
from dfec_explore.web.labels import event_labels
from dfec_explore.web.links import link_params
from dfec_explore.web.lists import thumbnail
from dfec_explore.web.media import find_clip
from dfec_explore.web.plans import worked_out
from dfec_explore.web.samples import number_of, sample_at
from dfec_explore.web.view import View
from dfec_explore.web.views.progress.sections import Visit, heading, name_field

PAGE = 10
CAPTION_HEIGHT = 210
KINDS = {"open": "Open", "settled": "Settled", "all": "All"}
FINALS: tuple[tuple[Verdict, str, str], ...] = (
    (Verdict.ACCEPT, "Accept", ":material/check:"),
    (Verdict.FIX, "Fix", ":material/edit:"),
    (Verdict.REJECT, "Reject", ":material/close:"),
    (Verdict.UNSURE, "Unsure", ":material/question_mark:"),
)
ROW = "display:grid;grid-template-columns:6.2rem 1fr;gap:.1rem .7rem;margin:0 0 .5rem;font-size:.9rem;line-height:1.45"
TAG = "border-radius:999px;padding:.05rem .6rem;font-size:.8rem;font-weight:600;text-align:center;align-self:start"


def listed(visit: Visit, overlap: Overlap) -> None:
    """The disagreements, page by page."""
    everything = overlap.disagreements
    by_kind = {
        "open": [one for one in everything if one.final is None],
        "settled": [one for one in everything if one.final is not None],
        "all": list(everything),
    }
    heading(
        "Disagreements",
        "A final verdict settles a caption: it counts in its place, and what reviewers said is kept beside it.",
    )
    if not everything:
        st.success("Reviewers agree on every caption that several of them judged.", icon=":material/task_alt:")
        return
    kind = _choose({name: len(found) for name, found in by_kind.items()})
    _outcome_of_click()
    name_field(visit)
    found = by_kind[kind]
    if not found:
        st.caption("None of these." if kind == "settled" else "All are settled.")
        return
    pages = -(-len(found) // PAGE)
    number = min(int(state.param("page")) if state.param("page").isdecimal() else 1, pages)
    for one in found[(max(number, 1) - 1) * PAGE : max(number, 1) * PAGE]:
        _card(visit, one)
    if pages > 1:
        name = f"disagreements.page.{kind}.{number}"
        st.pagination(
            pages,
            default=max(number, 1),
            key=state.widget_key(name),
            on_change=lambda: state.set_param("page", str(state.widget_value(name))),
        )


def _choose(numbers: dict[str, int]) -> str:
    kind = state.param("disputes") if state.param("disputes") in KINDS else "open"
    state.set_widget("disputes", kind)
    st.segmented_control(
        "Which",
        list(KINDS),
        format_func=lambda name: f"{KINDS[name]} {numbers[name]:,}",
        required=True,
        key=state.widget_key("disputes"),
        on_change=_kind_changed,
        label_visibility="collapsed",
    )
    return kind


def _kind_changed() -> None:
    state.set_param("disputes", str(state.widget_value("disputes")))
    state.set_param("page", None)


def _card(visit: Visit, one: Disagreement) -> None:
    key = one.item.key
    number = number_of(visit.view, key.part, key.id)
    sample = None if number is None else sample_at(visit.view, number)
    name = f"{key.part}-{key.id}"
    with st.container(border=True, key=f"card-dispute-{name}", gap="small"):
        if sample is None or sample.caption_hash != one.item.caption_hash:
            st.text(f"{key}: the caption changed since, or is gone.")
            return
        left, right = st.columns([6, 5], gap="medium")
        with left:
            _caption(visit.view, sample, name)
        reviews = _reviews(visit.view, key)
        with right:
            st.html(_said(one, reviews, visit.view))
            _settled(visit, one, reviews)
        _final_buttons(visit, one, name)


def _reviews(view: View, key: SampleKey) -> Sequence[Review]:
    """Every row on a sample, oldest first."""
    store = view.services.store(view.dataset)
    rows: Sequence[Review] = worked_out(view, "reviews", (key.part, key.id), lambda: tuple(store.reviews(key=key)))
    return rows


def _caption(view: View, sample: Sample, name: str) -> None:
    if find_clip(view.services, view.dataset, sample.video).path is None:
        _words(sample, name)
    else:
        picture, words = st.columns([3, 8], gap="small")
        with picture:
            thumbnail(view, sample)
        with words:
            _words(sample, name)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        source = view.explorer.vocabulary.title("source", sample.source)
        st.text(f"{sample.part} / {sample.id} · {source} · {sample.words} words", width="content")
        st.page_link(
            view.pages["review"],
            label="Watch in Review",
            icon=":material/play_circle:",
            query_params=link_params(view, type(view.filters)())
            | {"in": [sample.part], "sample": [sample.id], "queue": ["all"]},
            width="content",
        )


def _words(sample: Sample, name: str) -> None:
    caption_view(
        sample.caption,
        sample.events,
        labels=event_labels(),
        key=f"caption-dispute-{name}",
        height=CAPTION_HEIGHT,
        legend=False,
    )


def _said(one: Disagreement, reviews: Sequence[Review], view: View) -> str:
    """What each reviewer said, as rows."""
    titles = reason_titles()
    rows = []
    for reviewer, verdict in sorted(one.said.items()):
        review = _review_of(reviews, reviewer, verdict, one.item.caption_hash)
        details = []
        if review and review.reasons:
            details.append(escape(", ".join(titles.get(reason, reason) for reason in review.reasons)))
        if review and review.note:
            details.append(f"“{escape(review.note)}”")
        if review and review.corrected_caption:
            details.append(f"<i>Corrected:</i> {escape(review.corrected_caption)}")
        if reviewer in one.in_sight:
            details.append('<span style="opacity:.7">could see others’ verdicts</span>')
        words = f"<b>{escape(reviewer)}</b> {'<br>'.join(details)}"
        rows.append(f'<div style="{ROW}">{_tag(verdict, view)}<span>{words}</span></div>')
    return "".join(rows)


def _tag(verdict: str, view: View) -> str:
    fill = colour("verdict", verdict, view.mode)
    title = VERDICT_TITLES.get(verdict, verdict)
    return f'<span style="{TAG};background:{fill};color:{ink_on(fill)}">{escape(title)}</span>'


def _review_of(reviews: Sequence[Review], reviewer: str, verdict: str, caption: str) -> Review | None:
    """The newest row in which a reviewer said that."""
    fitting = (
        row
        for row in reversed(reviews)
        if row.reviewer == reviewer
        and row.verdict == verdict
        and row.caption_hash == caption
        and not is_adjudication(row.mode)
    )
    return next(fitting, None)


def _settled(visit: Visit, one: Disagreement, reviews: Sequence[Review]) -> None:
    """The final verdict, and its undo for who gave it."""
    finals = [row for row in current_verdicts(reviews) if is_adjudication(row.mode)]
    finals = [row for row in finals if row.caption_hash == one.item.caption_hash]
    if not finals or finals[-1].verdict is None:
        return
    final = finals[-1]
    when = f", {final.created_at.astimezone():%d %b %H:%M}" if final.created_at else ""
    note = f" “{escape(final.note)}”" if final.note else ""
    st.html(
        f'<div style="{ROW};border-top:1px solid rgba(128,138,155,.35);padding-top:.5rem">'
        f"{_tag(str(final.verdict), visit.view)}<span><b>Final</b>, by {escape(final.reviewer)}{escape(when)}{note}"
        "</span></div>"
    )
    if final.reviewer == visit.reviewer:
        st.button(
            "Take the final verdict back",
            key=f"final.undo.{final.row_id}",
            type="tertiary",
            icon=":material/undo:",
            on_click=_take_back,
            args=(visit, final),
        )


def _final_buttons(visit: Visit, one: Disagreement, name: str) -> None:
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


def _outcome_of_click() -> None:
    """What the last click came to, once."""
    said = state.get("final") or {}
    if "problem" in said:
        st.error(f"Not saved; what you entered is kept. {literal(said['problem'])}", icon=":material/error:")
    elif "done" in said:
        st.badge(literal(said["done"]), icon=":material/check:", color="green")
    state.drop("final")
