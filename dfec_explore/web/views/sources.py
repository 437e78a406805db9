"""Sources: counts against the plan, what the paths say, access and licence."""

import streamlit as st

from dfec_explore.charts import captions_against_plan, captions_by_fact, captions_by_source, facts_by_source
from dfec_explore.query import composition
from dfec_explore.sources import Source, dataset_facts, registry
from dfec_explore.web import page
from dfec_explore.web.errors import literal
from dfec_explore.web.figure import show_chart
from dfec_explore.web.view import View


def against_plan(view: View) -> None:
    """Captions by part, beside what was announced; the demo has no plan."""
    if view.dataset.is_demo:
        return
    planned = {plan.id: plan.planned for plan in dataset_facts().plans}
    chart = captions_against_plan(view.ask(composition.by_source), mode=view.mode, planned=planned)
    show_chart(
        view,
        chart,
        name="plan",
        title="Captions against the plan",
        about="What the authors announced, as outlines; of the 200 team-collected clips nothing is published.",
    )


def by_source(view: View) -> None:
    """Captions by source, parts side by side."""
    chart = captions_by_source(view.ask(composition.by_source), mode=view.mode)
    show_chart(view, chart, name="sources", title="Captions by source", about="Click a bar to filter.")


def emotions(view: View) -> None:
    """The emotion that the path states, by source."""
    chart = facts_by_source(view.ask(composition.by_source_and, column="emotion"), mode=view.mode, fact="emotion")
    show_chart(
        view,
        chart,
        name="emotions",
        title="Emotion in the path, by source",
        about="A label of the source dataset, known where its file names tell it.",
    )


def splits(view: View) -> None:
    """The split of the source dataset that the path names."""
    chart = facts_by_source(view.ask(composition.by_source_and, column="source_split"), mode=view.mode, fact="split")
    show_chart(
        view,
        chart,
        name="splits",
        title="Split in the source dataset",
        about="Which split of its own dataset a clip was taken from, where the path says so.",
    )


def scenarios(view: View) -> None:
    """Scenes of FERV39k."""
    frame = view.ask(composition.by_source_and, column="scenario")
    chart = captions_by_fact(frame, mode=view.mode, fact="scenario")
    show_chart(
        view,
        chart,
        name="scenarios",
        title="Scenario",
        about="The scene that the path names (FERV39k names one of 22).",
    )


def actors(view: View) -> None:
    """Actors of RAVDESS."""
    chart = captions_by_fact(view.ask(composition.by_source_and, column="actor"), mode=view.mode, fact="actor")
    show_chart(
        view,
        chart,
        name="actors",
        title="Actor",
        about="The actor that the path names (RAVDESS: 24, odd male, even female).",
    )


def registry_cards(view: View) -> None:
    """What is known of the source datasets, and how sure that is."""
    page.head_line(
        "The source datasets",
        "Each user downloads the clips under the dataset's own terms. What is said here carries how sure it is; "
        "the official page decides.",
    )
    with st.grid(min_column_width=420, gap="medium"):
        for source in registry().values():
            with st.container(border=True, key=f"card-source-{source.id}", gap="small"):
                _card(source)


def _card(source: Source) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{source.title}**", width="content")
        st.caption(f"{source.year} · {source.clips:,} clips", width="stretch")
        st.link_button("Official page", source.url, type="tertiary", icon=":material/open_in_new:")
    st.text(f"{source.full_title}. {source.venue}.")
    st.markdown(f"Licence: {literal(source.licence)} :gray-badge[{source.licence_confidence.value}]")
    st.markdown(f"Access: {literal(source.access)} :gray-badge[{source.access_confidence.value}]")
    if source.path_tells:
        st.caption(f"The path tells: {', '.join(source.path_tells)}.")
