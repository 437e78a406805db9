"""Similar captions: the nearest to one of them by its facial actions or its words, with the likeness in words."""

from collections.abc import Mapping

import streamlit as st

from dfec_explore.query import Filters
from dfec_explore.query.samples import Sample, find_sample, samples
from dfec_explore.query.similar import Near, Nearest, nearest_by_actions, nearest_by_words
from dfec_explore.web import state
from dfec_explore.web.errors import literal
from dfec_explore.web.labels import event_labels
from dfec_explore.web.links import link_params
from dfec_explore.web.lists import show_samples
from dfec_explore.web.view import View

WAYS = {"actions": "By facial actions", "words": "By words"}
SECTION = 6
"""Captions that the section in Review shows."""
NAMED = 6
"""Actions or words that are named of those that both have."""
EXPLAINED = (
    "By facial actions: the weight of what both captions mention over the weight of what either mentions (weighted "
    "Jaccard similarity); an action counts once, and once more within its phase; rare ones weigh more. By words: the "
    "cosine of tf-idf vectors of content words. 100 % is the same actions in the same phases, or the same words."
)


def liked(view: View) -> Sample | None:
    """The caption that the address wants to see the like of (``like=part/id``); says so where it is not there."""
    named = state.param("like")
    if not named:
        return None
    part, _, id_ = named.partition("/")
    found = view.ask_one(find_sample, part, id_)
    if found is None:
        st.warning(
            f"The link asks for captions like {literal(named[:60])}, which is not in this dataset.",
            icon=":material/link_off:",
        )
    return found


def listed(view: View, sample: Sample) -> None:
    """The captions most like one of them, among those that the filters select; the choices stand in the address."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"##### Most like {literal(f'{sample.part} / {sample.id}')}", width="content")
        st.button(
            "Back to the list",
            icon=":material/arrow_back:",
            type="tertiary",
            on_click=state.set_param,
            args=("like", None),
        )
    show_samples(view, [sample], name="liked", notes={(sample.part, sample.id): "the caption itself"})
    found = _ask(view, sample, view.filters, in_address=True, limit=view.services.settings.page_size)
    _cards(view, found, name="similar")


def section(view: View, sample: Sample) -> None:
    """A section that is closed until it is asked for, and asks nothing before."""
    opened = st.expander(
        "Similar captions",
        key=state.widget_key("similar.section"),
        icon=":material/join_inner:",
        on_change="rerun",
    )
    if not opened.open:
        return
    with opened:
        found = _ask(view, sample, Filters(), in_address=False, limit=SECTION)
        st.page_link(
            view.pages["browse"],
            label="More of them in Browse",
            icon=":material/grid_view:",
            query_params=like_params(view, sample),
            width="content",
        )
        # The verdicts of others are no part of it: they would lead one's own.
        _cards(view, found, name="similar", with_verdicts=False)


def like_params(view: View, sample: Sample) -> dict[str, list[str]]:
    """The parameters of a link to the captions most like one of them."""
    return link_params(view, Filters()) | {"like": [f"{sample.part}/{sample.id}"]}


def _ask(view: View, sample: Sample, filters: Filters, *, in_address: bool, limit: int) -> Nearest:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        way = _way(in_address=in_address)
        across = _across(in_address=in_address)
        with st.popover("How", icon=":material/help:", type="tertiary"):
            st.caption(EXPLAINED)
    question = nearest_by_words if way == "words" else nearest_by_actions
    with st.spinner("Looking for similar captions …", show_time=True):
        found: Nearest = view.ask(question, filters, number=sample.sample_no, other_sources=across, limit=limit)
    st.caption(_looked_at(found, way))
    return found


def _way(*, in_address: bool) -> str:
    way = _kept("by", in_address=in_address)
    way = way if way in WAYS else "actions"
    state.set_widget("similar.by", way)
    st.segmented_control(
        "Similar by",
        list(WAYS),
        format_func=lambda name: WAYS[name],
        required=True,
        key=state.widget_key("similar.by"),
        on_change=_changed,
        args=("by", in_address),
        label_visibility="collapsed",
    )
    return way


def _across(*, in_address: bool) -> bool:
    is_on = _kept("across", in_address=in_address) == "yes"
    state.set_widget("similar.across", is_on)
    st.toggle(
        "Other sources only",
        key=state.widget_key("similar.across"),
        on_change=_changed,
        args=("across", in_address),
        help="Leave out captions of the same source, whose wording is often alike anyway",
    )
    return is_on


def _kept(name: str, *, in_address: bool) -> str:
    return state.param(name) if in_address else str(state.get(f"similar.{name}", ""))


def _changed(name: str, in_address: bool) -> None:
    value = state.widget_value(f"similar.{name}")
    text = ("yes" if value else "") if isinstance(value, bool) else str(value or "")
    if in_address:
        state.set_param(name, text or None)
    else:
        state.put(f"similar.{name}", text)


def _looked_at(found: Nearest, way: str) -> str:
    if not found.near:
        what = "facial action" if way == "actions" else "content word"
        return f"No other caption has a {what} in common with this one."
    if found.is_sample:
        return (
            f"Chosen from the {found.compared:,} captions that share its rarest words, of {found.selected:,}: the "
            "others were not looked at."
        )
    return f"Chosen from all {found.selected:,} others."


def _cards(view: View, found: Nearest, *, name: str, with_verdicts: bool = True) -> None:
    by_number = {near.sample_no: near for near in found.near}
    shown = view.ask_one(samples, list(by_number))
    notes = {(one.part, one.id): likeness(by_number[one.sample_no], _titles()) for one in shown}
    show_samples(view, shown, name=name, notes=notes, with_verdicts=with_verdicts)


def likeness(near: Near, titles: Mapping[str, str]) -> str:
    """How near a caption is, in words.

    Args:
        near: the caption.
        titles: of facial actions, by their label.
    """
    is_by_actions = near.same_phase is not None
    named = [titles.get(name, name).lower() if is_by_actions else name for name in near.shared[:NAMED]]
    more = " …" if len(near.shared) > NAMED else ""
    what = "facial actions" if is_by_actions else "words"
    phases = f", {near.same_phase} in the same phase" if is_by_actions else ""
    share = f"{100 * near.score:.0f} % alike"
    return f"{share}: {len(near.shared)} of {near.of} {what} in common{phases} ({', '.join(named)}{more})"


def _titles() -> Mapping[str, str]:
    return {label: one.title for label, one in event_labels().items()}
