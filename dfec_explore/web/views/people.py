"""People: what captions state of the persons, by source and beside facial actions."""

import streamlit as st

from dfec_explore import charts
from dfec_explore.charts.text import percent
from dfec_explore.query import people
from dfec_explore.web import page, state
from dfec_explore.web.figure import show_chart
from dfec_explore.web.view import View


def figures(view: View) -> None:
    """How many captions state each attribute."""
    st.caption("Captions that state")
    frame = view.ask(people.stated)
    page.metrics(
        {
            str(title).lower(): (percent(captions / of), f"{captions:,} of {of:,} captions state it")
            for title, captions, of in zip(frame["title"], frame["captions"], frame["of"], strict=True)
        }
    )


def choose_attribute(view: View) -> str:
    """What the page is about; kept in the address."""
    current = state.param("attribute") if state.param("attribute") in people.ATTRIBUTES else "gender"
    state.set_widget("person-attribute", current)
    st.segmented_control(
        "Attribute",
        list(people.ATTRIBUTES),
        format_func=lambda attribute: people.ATTRIBUTES[attribute],
        required=True,
        key=state.widget_key("person-attribute"),
        on_change=lambda: state.set_param("attribute", state.widget_value("person-attribute")),
        label_visibility="collapsed",
    )
    return current


def by_source(view: View, attribute: str) -> None:
    """What captions state by source."""
    show_chart(
        view,
        charts.people_by_source(view.ask(people.by_source, attribute=attribute), mode=view.mode, attribute=attribute),
        name="people",
        title=f"{people.ATTRIBUTES[attribute]} by source",
        about="As the captions state it; nothing is guessed from the clips. Click a bar to filter.",
    )


def actions(view: View, attribute: str) -> None:
    """Facial actions by what captions state."""
    frame = view.ask(people.actions_by_value, attribute=attribute)
    show_chart(
        view,
        charts.actions_by_person(frame, mode=view.mode, attribute=attribute),
        name="person-actions",
        title=f"Facial actions by {people.ATTRIBUTES[attribute].lower()}",
        about="Share of captions that mention an action; values of five captions and more. Click a cell to filter.",
    )
