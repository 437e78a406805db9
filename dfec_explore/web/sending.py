"""Sending flagged captions to Review, as a plan that somebody picked."""

import streamlit as st

from dfec_explore.errors import StoreError
from dfec_explore.web import state
from dfec_explore.web.errors import literal
from dfec_explore.web.flags import reviewer_of, send_to_review
from dfec_explore.web.links import link_params
from dfec_explore.web.view import View

MOST = 500


def send_button(view: View) -> None:
    """A popover that makes a plan of the flagged captions, and the way to it."""
    by = reviewer_of(view)
    with st.popover("Send to review", icon=":material/playlist_add_check:", disabled=not by):
        st.caption(
            "The flagged captions, gravest and likeliest first, as a plan that reviewers share. They were picked, so "
            "what is found in them says nothing about the error rate of all."
        )
        st.text_input("Name of the plan", key=state.widget_key("send.name"), max_chars=100)
        st.number_input("Captions at most", 1, 10_000, MOST, key=state.widget_key("send.most"))
        st.button("Make the plan", key="send.make", type="primary", on_click=_make, args=(view, by))
        if trouble := state.get("send.trouble"):
            st.error(literal(str(trouble)))
        if made := state.get("send.made"):
            st.success(literal(f"{made['size']:,} captions are in the plan “{made['name']}”."))
            params = link_params(view, view.filters.without("flag").without("severity")) | {"show": ["plans"]}
            st.page_link(view.pages["progress"], label="To the plans", query_params=params)


def _make(view: View, by: str) -> None:
    name = str(state.widget_value("send.name") or "").strip()
    state.drop("send.made")
    if not name:
        state.put("send.trouble", "Give the plan a name.")
        return
    try:
        plan = send_to_review(view, view.filters, name=name, most=int(state.widget_value("send.most", MOST)), by=by)
    except StoreError as error:
        state.put("send.trouble", str(error))
        return
    state.drop("send.trouble")
    state.put("send.made", {"name": plan.name, "size": plan.size})
    # Also where the form has closed meanwhile: the page is drawn anew when background work ends.
    st.toast(literal(f"{plan.size:,} captions are in the plan “{plan.name}”."), icon=":material/playlist_add_check:")
