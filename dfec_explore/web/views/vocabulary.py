"""Vocabulary: facial actions by share of captions, by source, by phase, and how they are modified."""

import pandas as pd
import streamlit as st

from dfec_explore import charts
from dfec_explore.charts.vocabulary import Modifier
from dfec_explore.language import load_lexicon
from dfec_explore.query import vocabulary
from dfec_explore.web import page, state
from dfec_explore.web.figure import show_chart
from dfec_explore.web.view import View

SHOWN = 20
DRAWN_AS = {"bars": "Bars", "areas": "Areas"}
MODIFIERS: dict[Modifier, str] = {"direction": "Direction", "side": "Side", "intensity": "Intensity"}


def figures(view: View) -> None:
    """The figures on top."""
    counts = view.ask(vocabulary.action_counts)
    events, captions = int(counts["events"].sum()), view.ask(type(view.explorer).count)
    never = len(load_lexicon().actions) - len(counts)
    page.metrics(
        {
            "facial actions": (f"{events:,}", "Mentions, found by the parser"),
            "per caption": (f"{events / captions:.1f}", "On average"),
            "different actions": (f"{len(counts)}", "Of the labels of the vocabulary"),
            "never mentioned": (f"{never}", "Labels that no selected caption mentions"),
        }
    )


def actions(view: View) -> None:
    """Actions by share of captions, as bars or as areas of their regions."""
    frame, everything = view.ask(vocabulary.action_counts), state.widget_value("all-actions", False)
    areas = state.widget_value("actions-as") == "areas"
    if areas:
        chart = charts.action_treemap(frame, mode=view.mode)
        about = "Mentions as areas within their regions. Click an area to filter."
    else:
        chart = charts.action_shares(frame, mode=view.mode, limit=None if everything else SHOWN)
        about = "Share of captions that mention an action; coloured by region. Click a bar to filter."
    title = "Actions by region" if areas else "Actions by share of captions"
    show_chart(view, chart, name="actions", title=title, about=about)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.segmented_control(
            "Drawn as",
            list(DRAWN_AS),
            format_func=lambda kind: DRAWN_AS[kind],
            default="bars",
            required=True,
            key=state.widget_key("actions-as"),
            label_visibility="collapsed",
        )
        if len(frame) > SHOWN and not areas:
            st.toggle(f"All {len(frame)} actions", key=state.widget_key("all-actions"))


def by_source(view: View) -> None:
    """Share of each source's captions that mention an action."""
    everything = state.widget_value("all-actions", False)
    limit = len(load_lexicon().actions) if everything else SHOWN
    chart = charts.action_heatmap(view.ask(vocabulary.action_shares_by_source), mode=view.mode, limit=limit)
    show_chart(
        view,
        chart,
        name="by-source",
        title="Share of captions by source",
        about="Which share of a source's captions mentions an action. Click a cell to filter by both.",
    )


def by_phase(view: View) -> None:
    """Regions by phase."""
    chart = charts.regions_by_phase(view.ask(vocabulary.regions_by_phase), mode=view.mode)
    show_chart(
        view,
        chart,
        name="phases",
        title="Regions by phase",
        about="Share of actions by phase of the clip, as the text says.",
    )


def choose_modifier() -> Modifier:
    """What the two views of how actions are qualified show, and of which actions."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        chosen: Modifier = st.segmented_control(
            "Modifier",
            list(MODIFIERS),
            format_func=lambda value: MODIFIERS[value],
            default="direction",
            required=True,
            key=state.widget_key("modifier"),
            label_visibility="collapsed",
        )
        st.toggle("Stated only", key=state.widget_key("stated-only"), help="Shares of the mentions that state one")
        st.toggle("All actions", key=state.widget_key("all-profiles"))
    return chosen


def profiles(view: View, attribute: Modifier) -> None:
    """Direction, side or intensity of each action."""
    chart = charts.modifier_profiles(
        view.ask(vocabulary.modifier_profiles, attribute=attribute),
        mode=view.mode,
        attribute=attribute,
        limit=None if state.widget_value("all-profiles", False) else SHOWN,
        stated_only=state.widget_value("stated-only", False),
    )
    show_chart(
        view,
        chart,
        name="profiles",
        title=f"{MODIFIERS[attribute]} of each action",
        about="Shares of the action's mentions, as the text says; actions with the most stated values first, their "
        "mentions at the end. Click a bar to filter by the action.",
    )


def modifiers(view: View, attribute: Modifier) -> None:
    """Direction, side or intensity of all actions together."""
    frame = vocabulary.in_all(view.ask(vocabulary.modifier_profiles, attribute=attribute))
    show_chart(
        view,
        charts.modifiers(frame, attribute=attribute, mode=view.mode),
        name="modifiers",
        title=f"{MODIFIERS[attribute]} of all actions",
        about="What the text says of an action besides its name; most say nothing.",
        picks=False,
    )


def definitions(view: View) -> None:
    """Every label with its region, related AU, definition and example."""
    lexicon = load_lexicon()
    titles = {region.id: region.title for region in lexicon.regions}
    counts = view.ask(vocabulary.action_counts).set_index("action")["captions"]
    with st.expander(f"What the {len(lexicon.actions)} labels mean"):
        st.caption("The related AU follows from the text; nobody has coded these clips with FACS.")
        rows = [
            {
                "Action": action.title,
                "Region": titles[action.region],
                "Related AU": ", ".join(action.aus),
                "Captions": int(counts.get(label, 0)),
                "Definition": action.definition,
                "Example": action.example,
            }
            for label, action in lexicon.actions.items()
        ]
        st.dataframe(
            pd.DataFrame(rows), hide_index=True, alt="One row for each action: region, related AU, definition, example"
        )
