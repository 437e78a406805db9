"""Words: the content words of the captions as a cloud and as numbers."""

import streamlit as st

from dfec_explore import charts
from dfec_explore.query import EMPTY, wording
from dfec_explore.query.regions import term_regions
from dfec_explore.web import cached
from dfec_explore.web.figure import show_chart, show_head
from dfec_explore.web.view import View

IN_CLOUD = 120
IN_BARS = 25


def cloud(view: View) -> None:
    """The word cloud, from the same counts as the bars beside it."""
    words = view.ask(wording.terms, limit=IN_CLOUD)
    frame = words.merge(view.ask(term_regions, EMPTY), on="term", how="left")
    picture = cached.drawn("cloud", frame, mode=view.mode, _draw=charts.word_cloud)
    with st.container(key="chart-cloud"):
        show_head(
            view,
            name="cloud",
            title="Word cloud",
            about="Content words in their base form; the larger, the more captions have the word. In the colour of the "
            "region of the face whose actions they name; grey: none, or several.",
            table=picture.table,
            svg=picture.svg,
        )
        st.space("xxsmall")
        st.image(picture.png, width="stretch", alt=picture.alt)


def counts(view: View) -> None:
    """The same words as bars."""
    chart = charts.terms(view.ask(wording.terms, limit=IN_CLOUD), mode=view.mode, limit=IN_BARS)
    show_chart(
        view,
        chart,
        name="terms",
        title="Most frequent words",
        about="Captions that have the word. Click a bar to filter.",
    )
