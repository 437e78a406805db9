"""Words: the content words of the captions as a cloud and as numbers."""

import streamlit as st

from dfec_explore import charts
from dfec_explore.charts import safe_csv
from dfec_explore.query import EMPTY, wording
from dfec_explore.query.regions import term_regions
from dfec_explore.web import cached, page
from dfec_explore.web.figure import export_name, show_chart
from dfec_explore.web.view import View

IN_CLOUD = 120
IN_BARS = 25


def cloud(view: View) -> None:
    """The word cloud, from the same counts as the bars beside it."""
    page.head_line(
        "Word cloud",
        "Content words in their base form; the larger, the more captions have the word. Coloured by the region of the "
        "face whose actions they name, as on all pages; grey: none, or several.",
    )
    words = view.ask(wording.terms, limit=IN_CLOUD)
    frame = words.merge(view.ask(term_regions, EMPTY), on="term", how="left")
    picture = cached.drawn("cloud", frame, mode=view.mode, _draw=charts.word_cloud)
    st.image(picture.png, width="stretch", alt=picture.alt)
    with st.container(horizontal=True):
        st.download_button(
            "PNG",
            picture.png,
            file_name=f"{export_name(view, 'cloud')}.png",
            mime="image/png",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
        )
        st.download_button(
            "CSV",
            lambda: safe_csv(picture.table),
            file_name=f"{export_name(view, 'cloud')}.csv",
            mime="text/csv",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
        )


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
