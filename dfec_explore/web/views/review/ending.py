"""What stands there at the end of a queue, or where it was empty from the start."""

import streamlit as st

from dfec_explore.web import queues
from dfec_explore.web.links import page_link
from dfec_explore.web.views.review.desk import Desk

EMPTY = {
    "todo": "Nothing is left to do here: you have judged all of these captions.",
    "mine": "You have judged none of these captions yet.",
    "disputed": "Reviewers agree on all of these captions that were judged.",
    "stale": "No caption has changed since it was judged, or you have judged it anew.",
    "all": "No caption fits these filters.",
}


def ending(desk: Desk) -> None:
    """Say that the queue is finished, or why it is empty, and where to go on."""
    queue = desk.queue
    if len(queue.numbers):
        st.success(f"The queue of {len(queue.numbers):,} is finished.", icon=":material/task_alt:")
    elif queue.plan is not None:
        st.success("Nothing is left to do in this plan.", icon=":material/task_alt:")
    elif queue.kind == "todo":
        st.success(EMPTY["todo"], icon=":material/task_alt:")
    else:
        st.info(EMPTY[queue.kind], icon=":material/inbox:")
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button("Open the queue anew", icon=":material/refresh:", on_click=queues.reopen, key="reopen.end")
        page_link(desk.view, "browse", "Browse these captions", icon=":material/grid_view:", filters=queue.filters)
