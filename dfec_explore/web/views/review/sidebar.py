"""What stands in the sidebar of Review: who judges, and which queue."""

from collections.abc import Mapping

import streamlit as st

from dfec_explore.query.queues import QUEUES
from dfec_explore.web import identity, queues, state
from dfec_explore.web.links import page_link
from dfec_explore.web.modes import Modes
from dfec_explore.web.queues import Queue
from dfec_explore.web.view import View

ORDER_TITLES = {
    "file": "As in the file",
    "shortest": "Shortest first",
    "longest": "Longest first",
    "most-events": "Most facial actions first",
    "fewest-events": "Fewest facial actions first",
    "random": "At random",
}


def reviewer(view: View) -> str:
    """The signed-in user, else the name that was given (the browser remembers it); empty while there is none."""
    if (user := identity.signed_in(view.services.settings.login_claim)) is not None:
        return user.reviewer
    name = str(state.get("reviewer") or ("" if state.get("reviewer") == "" else view.services.settings.reviewer))
    state.set_widget("reviewer", name)
    with st.sidebar:
        st.text_input(
            "Reviewer",
            key=state.widget_key("reviewer"),
            placeholder="Your name",
            max_chars=80,
            help="Self-declared: whoever opens this app may write any name. It stands in every verdict.",
            on_change=lambda: state.put("reviewer", (state.widget_value("reviewer") or "").strip()),
        )
    return name


def queue_choice(view: View, queue: Queue, modes: Modes) -> None:
    """The choice of a queue and its order."""
    with st.sidebar:
        if queue.plan is None:
            kinds = {kind: title for kind, title in QUEUES.items() if not (modes.blind and kind == "disputed")}
            within = "Within the filters of the address" if queue.filters else None
            _choice("queue", "Queue", kinds, queue.kind, within)
            _choice("order", "Order", ORDER_TITLES, queue.order, _order_help(queue))
        else:
            st.button("Leave the plan", icon=":material/logout:", on_click=_leave_plan, width="stretch")
        st.button(
            "Open the queue anew",
            icon=":material/refresh:",
            on_click=queues.reopen,
            width="stretch",
            help="What was judged since leaves it; until then it stays as it was opened",
        )
        page_link(view, "browse", "Choose captions in Browse", icon=":material/grid_view:", filters=queue.filters)


def _order_help(queue: Queue) -> str | None:
    return (
        "The seed of the order is in the address: the same link gives the same order"
        if queue.order == "random"
        else None
    )


def _choice(name: str, label: str, titles: Mapping[str, str], current: str, words: str | None) -> None:
    state.set_widget(f"review.{name}", current)
    st.selectbox(
        label,
        list(titles),
        format_func=titles.__getitem__,
        key=state.widget_key(f"review.{name}"),
        help=words,
        on_change=lambda: queues.choose(name, str(state.widget_value(f"review.{name}"))),
    )


def _leave_plan() -> None:
    state.set_param("plan", None)
    queues.reopen()
