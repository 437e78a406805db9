"""Browse: the selected captions with a picture of their clips, page by page."""

from dataclasses import dataclass

import streamlit as st

from dfec_explore.query.samples import ORDERS, Page, page
from dfec_explore.web import state
from dfec_explore.web.links import page_link
from dfec_explore.web.lists import show_samples
from dfec_explore.web.view import View
from dfec_explore.web.views.review.sidebar import ORDER_TITLES


@dataclass(frozen=True, slots=True)
class Choice:
    """Which page of the list, in which order."""

    number: int
    order: str


def choose(view: View) -> Choice:
    """The order of the list and the way to review it; both in the address."""
    order = state.param("order") if state.param("order") in ORDERS else "file"
    number = int(state.param("page")) if state.param("page").isdecimal() else 1
    state.set_widget("browse.order", order)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.selectbox(
            "Order",
            list(ORDERS),
            format_func=lambda value: ORDER_TITLES[value],
            key=state.widget_key("browse.order"),
            on_change=_order_changed,
            width=260,
        )
        page_link(view, "review", "Review these captions", icon=":material/rate_review:", filters=view.filters)
    return Choice(max(number, 1), order)


def _order_changed() -> None:
    state.set_param("order", str(state.widget_value("browse.order")))
    state.set_param("page", None)


def cards(view: View, choice: Choice) -> None:
    """One page of samples."""
    shown: Page = view.ask(page, number=choice.number, size=view.services.settings.page_size, order=choice.order)
    show_samples(view, shown.samples, name="browse")
    if shown.pages > 1:
        # A key for each page: the widget starts at the page of the address, whoever put it there.
        name = f"browse.page.{shown.number}"
        st.pagination(
            shown.pages,
            default=shown.number,
            key=state.widget_key(name),
            on_change=lambda: state.set_param("page", str(state.widget_value(name))),
        )
