"""Captions: length by source, unusual lengths, openings and phrases."""

import streamlit as st

from dfec_explore import charts
from dfec_explore.query import lengths, wording
from dfec_explore.web import page, state
from dfec_explore.web.figure import show_chart
from dfec_explore.web.lists import sample_list
from dfec_explore.web.view import View

OUTLIERS = 20


def choose_measure(view: View) -> str:
    """How length is measured; kept in the address."""
    current = state.param("measure") if state.param("measure") in lengths.MEASURES else "words"
    state.set_widget("measure", current)
    st.segmented_control(
        "Length in",
        lengths.MEASURES,
        format_func=str.capitalize,
        required=True,
        key=state.widget_key("measure"),
        on_change=lambda: state.set_param("measure", state.widget_value("measure")),
    )
    return current


def figures(view: View, measure: str) -> None:
    """Mean, median and range of the length."""
    found = view.ask(lengths.summary, measure=measure)
    if found is None:
        return
    page.metrics(
        {
            f"{measure}, median": (f"{found.median:,.0f}", "Half of the captions are shorter"),
            "mean": (f"{found.mean:,.1f}", ""),
            "shortest": (f"{found.shortest:,}", ""),
            "longest": (f"{found.longest:,}", ""),
            "5 % are shorter than": (f"{found.p5:,.0f}", "5th percentile"),
            "5 % are longer than": (f"{found.p95:,.0f}", "95th percentile"),
        }
    )


def histogram(view: View, measure: str) -> None:
    """Captions by length."""
    found = view.ask(lengths.summary, measure=measure)
    assert found is not None
    width = lengths.bin_width(measure, found)
    chart = charts.length_histogram(
        view.ask(lengths.histogram, measure=measure, width=width), measure=measure, mode=view.mode
    )
    show_chart(
        view, chart, name="lengths", title=f"Length in {measure}", about="Coloured by source. Click a bar to filter."
    )


def cumulative(view: View, measure: str) -> None:
    """Share of captions up to a length."""
    chart = charts.length_curves(view.ask(lengths.cumulative, measure=measure), measure=measure, mode=view.mode)
    show_chart(
        view,
        chart,
        name="curves",
        title="Share of captions up to a length",
        about="One line for each source.",
        picks=False,
    )


def boxes(view: View, measure: str) -> None:
    """Median and spread by source."""
    chart = charts.length_boxes(view.ask(lengths.quantiles_by_source, measure=measure), measure=measure, mode=view.mode)
    show_chart(
        view,
        chart,
        name="boxes",
        title="Length by source",
        about="Median, middle half, and the range without outliers (Tukey).",
    )


def openings(view: View) -> None:
    """How captions begin."""
    chart = charts.openings(view.ask(wording.openings), mode=view.mode)
    show_chart(view, chart, name="openings", title="How captions begin", about="The first five words.")


def phrases(view: View) -> None:
    """Phrases that stand in many captions."""
    chart = charts.phrases(view.ask(wording.phrases), mode=view.mode)
    show_chart(
        view,
        chart,
        name="phrases",
        title="Most frequent phrases",
        about="Of three words and more, between punctuation marks.",
    )


def outliers(view: View, measure: str) -> None:
    """Captions unlike the others of their source."""
    found = view.ask(lengths.outliers, measure=measure, limit=OUTLIERS)
    page.head_line(
        "Unusual lengths",
        "More than 3.5 robust standard deviations from the median of their source; the furthest first.",
    )
    if found.empty:
        st.caption("None of the selected captions.")
        return
    notes = {
        (str(row.part), str(row.id)): f"{row.length:,} {measure}, {row.deviation:+.1f} deviations"
        for row in found.itertuples()
    }
    sample_list(view, list(notes), notes=notes, name="outliers")
