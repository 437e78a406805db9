"""Order: which action follows which, which ones go together, and when each is mentioned."""

import streamlit as st

from dfec_explore import charts
from dfec_explore.charts.text import percent
from dfec_explore.query import order
from dfec_explore.web import page, state
from dfec_explore.web.figure import show_chart
from dfec_explore.web.view import View

DRAWN_AS = {"table": "Table", "bands": "Bands"}
LEAST_STEPS, STEPS, MOST_STEPS = 10, 30, 80
"""Steps that are drawn as bands: the fewest, those at first, and the most."""


def figures(view: View) -> None:
    """The figures on top."""
    frame = view.ask(order.transitions)
    following = frame[frame["next_action"] != order.LAST]
    steps, kinds = int(following["events"].sum()), len(following)
    again = int(following.loc[following["action"] == following["next_action"], "events"].sum())
    page.metrics(
        {
            "steps": (f"{steps:,}", "Mentions of an action that are followed by another one in the same caption"),
            "different steps": (f"{kinds:,}", "Pairs of an action and the next one"),
            "the same action again": (percent(again / max(steps, 1)), "Of all steps"),
        }
    )


def transitions(view: View) -> None:
    """What follows what, as a table of colours or as bands."""
    frame, bands = view.ask(order.transitions), state.widget_value("transitions-as") == "bands"
    if bands:
        chart = charts.transition_flow(frame, mode=view.mode, limit=state.widget_value("steps", STEPS))
        about = "From each action (left) to the one mentioned next (right); the wider, the more often."
    else:
        chart = charts.transitions(frame, mode=view.mode)
        about = "Of 100 mentions of the row's action, so many have the column's next. Click a cell to filter by both."
    show_chart(view, chart, name="transitions", title="What is mentioned next", about=about, picks=not bands)
    with st.container(horizontal=True, vertical_alignment="center", gap="large"):
        st.segmented_control(
            "Drawn as",
            list(DRAWN_AS),
            format_func=lambda kind: DRAWN_AS[kind],
            default="table",
            required=True,
            key=state.widget_key("transitions-as"),
            label_visibility="collapsed",
        )
        if bands:
            st.slider(
                "Steps drawn, the most frequent",
                *(LEAST_STEPS, MOST_STEPS, STEPS),
                step=5,
                key=state.widget_key("steps"),
                width=260,
            )


def together(view: View) -> None:
    """Lift of pairs of actions."""
    show_chart(
        view,
        charts.together(view.ask(order.cooccurrence), mode=view.mode),
        name="together",
        title="What goes together in a caption",
        about="Blue: in the same caption more often than chance would have it; orange: less often.",
    )


def strongest(view: View) -> None:
    """The pairs that go together most."""
    show_chart(
        view,
        charts.strongest_pairs(view.ask(order.cooccurrence), mode=view.mode),
        name="pairs",
        title="Strongest pairs",
        about="Of the pairs that chance alone would give five captions and more.",
    )


def phases(view: View) -> None:
    """When each action is mentioned."""
    show_chart(
        view,
        charts.phase_profile(view.ask(order.phase_profile), mode=view.mode),
        name="profile",
        title="When each action is mentioned",
        about="Mentions by phase of the clip, as the text says; the number of mentions at the end.",
    )
