"""A chart on a page: its title, the figure with what it says in words, its numbers as CSV, and clicks that filter."""

from typing import Any

import streamlit as st

from dfec_explore.charts import Chart, safe_csv
from dfec_explore.web import state
from dfec_explore.web.filter_bar import pick
from dfec_explore.web.page import head_line
from dfec_explore.web.view import View

CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "modeBarButtonsToRemove": ["lasso2d", "select2d", "autoScale2d", "zoomIn2d", "zoomOut2d", "pan2d", "zoom2d"],
    "responsive": True,
}
"""What plotly offers on every chart: the picture as a file, and the way back after zooming."""


def show_chart(view: View, chart: Chart, *, name: str, title: str, about: str = "", picks: bool = True) -> None:
    """Draw a chart with its head.

    Args:
        view: the page.
        chart: the figure, its description and its numbers.
        name: names the chart on its page, for its key and its files.
        title: what it shows.
        about: a sentence under the title.
        picks: whether a click on a mark filters.
    """
    with st.container(key=f"chart-{name}"):
        _head(view, chart, name=name, title=title, about=about)
        key = f"figure.{name}.{hash(view.filters)}.{state.get('picked', 0)}"
        if not picks:
            st.plotly_chart(chart.figure, key=key, config=_config(view, name), alt=chart.alt, theme=None)
            return
        st.plotly_chart(
            chart.figure,
            key=state.widget_key(key),
            config=_config(view, name),
            alt=chart.alt,
            theme=None,
            on_select=lambda: _picked(key),
            selection_mode="points",
        )


def export_name(view: View, name: str) -> str:
    """The name of a file that leaves the app; the demo's files say so."""
    return f"{'demo-' if view.dataset.is_demo else ''}dfec-{view.screen.name}-{name}"


def _head(view: View, chart: Chart, *, name: str, title: str, about: str) -> None:
    with st.container(horizontal=True, vertical_alignment="top", gap="small"):
        head_line(title, about)
        st.download_button(
            "CSV",
            lambda: safe_csv(chart.table),
            file_name=f"{export_name(view, name)}.csv",
            mime="text/csv",
            key=f"csv.{name}",
            help="The numbers of this chart, for the captions that are selected",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
            wrap=False,
        )


def _config(view: View, name: str) -> dict[str, Any]:
    picture = {"format": "png", "filename": export_name(view, name), "scale": 2}
    return CONFIG | {"toImageButtonOptions": picture}


def _picked(key: str) -> None:
    event = state.widget_value(key)
    points = event.get("selection", {}).get("points", []) if event else []
    pairs = _pairs(points[0].get("customdata")) if points else []
    if pairs:
        # Another key draws the chart anew, without the mark of the click.
        state.put("picked", state.get("picked", 0) + 1)
        pick(pairs)


def _pairs(customdata: Any) -> list[Any]:
    """The names and values behind a mark; the browser may hand a list over as an object with numbered keys."""
    if isinstance(customdata, dict):
        customdata = [customdata[key] for key in sorted(customdata, key=int)]
    return customdata if isinstance(customdata, list) else []
