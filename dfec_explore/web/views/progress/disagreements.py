"""Captions on which reviewers disagree: what each said, and a final verdict that settles it."""

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from dfec_explore.model import Review, SampleKey
from dfec_explore.query.review_facts import reason_titles
from dfec_explore.query.samples import Sample
from dfec_explore.reviews import Disagreement
from dfec_explore.reviews.modes import is_adjudication
from dfec_explore.web import state
from dfec_explore.web.agreements import Overlap
from dfec_explore.web.components import caption_view
from dfec_explore.web.figure import show_head
from dfec_explore.web.labels import event_labels
from dfec_explore.web.links import link_params
from dfec_explore.web.lists import thumbnail
from dfec_explore.web.media import find_clip
from dfec_explore.web.plans import worked_out
from dfec_explore.web.samples import number_of, sample_at
from dfec_explore.web.view import View
from dfec_explore.web.views.progress.sections import Visit, name_field
from dfec_explore.web.views.progress.settling import ROW, final_buttons, final_verdict, outcome_of_click, verdict_tag

PAGE = 10
CAPTION_HEIGHT = 210
KINDS = {"open": "Open", "settled": "Settled", "all": "All"}


def listed(visit: Visit, overlap: Overlap) -> None:
    """The disagreements, page by page."""
    everything = overlap.disagreements
    by_kind = {
        "open": [one for one in everything if one.final is None],
        "settled": [one for one in everything if one.final is not None],
        "all": list(everything),
    }
    show_head(
        visit.view,
        name="disagreements",
        title="Disagreements",
        about="A final verdict settles a caption: it counts in its place, and what reviewers said is kept beside it.",
        table=_table(everything) if everything else None,
    )
    if not everything:
        st.success("Reviewers agree on every caption that several of them judged.", icon=":material/task_alt:")
        return
    kind = _choose({name: len(found) for name, found in by_kind.items()})
    outcome_of_click()
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


def _table(everything: Sequence[Disagreement]) -> pd.DataFrame:
    """The disagreements for a file: a row for each, a column for each reviewer."""
    reviewers = sorted({reviewer for one in everything for reviewer in one.said})
    columns = {f"Verdict of {name}": [one.said.get(name) for one in everything] for name in reviewers}
    return pd.DataFrame(
        {
            "Part": [one.item.key.part for one in everything],
            "Id": [one.item.key.id for one in everything],
            **columns,
            "Could see others' verdicts": [", ".join(sorted(one.in_sight)) for one in everything],
            "Final verdict": [one.final for one in everything],
        }
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
            final_verdict(visit, one, reviews)
        final_buttons(visit, one, name)


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
        rows.append(f'<div style="{ROW}">{verdict_tag(verdict, view)}<span>{words}</span></div>')
    return "".join(rows)


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
