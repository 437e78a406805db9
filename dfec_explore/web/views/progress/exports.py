"""All that reviewers said, to be taken away as a file that is written when it is asked for."""

import io
from functools import partial

import streamlit as st

from dfec_explore.reviews import export_reviews
from dfec_explore.web import page
from dfec_explore.web.figure import export_name
from dfec_explore.web.view import View
from dfec_explore.web.views.progress.sections import Visit

FILES = {
    "csv": ("CSV", "text/csv", "For spreadsheets; no cell is read as a formula"),
    "jsonl": ("JSON Lines", "application/jsonl", "One review a line, as the store has it"),
    "parquet": ("Parquet", "application/vnd.apache.parquet", "For pandas, DuckDB and the like"),
}


def downloads(visit: Visit) -> None:
    """One button for each format."""
    page.head_line(
        "All reviews as a file",
        "Every verdict with reasons, note, correction, marks, time, plan and mode, also those that were taken back; of "
        "the whole dataset, whatever the filters are.",
    )
    if visit.hides_others:
        st.caption(":material/visibility_off: In blind mode there is no file: it would hold what others said.")
        return
    with st.container(horizontal=True, gap="small"):
        for format_, (title, mime, words) in FILES.items():
            st.download_button(
                title,
                partial(_written, visit.view, format_),
                file_name=f"{export_name(visit.view, 'reviews')}.{format_}",
                mime=mime,
                key=f"export.{format_}",
                help=words,
                icon=":material/download:",
                on_click="ignore",
            )


def _written(view: View, format_: str) -> bytes:
    out = io.BytesIO()
    export_reviews(view.services.store(view.dataset), out, format=format_, dataset=view.dataset.name)
    return out.getvalue()
