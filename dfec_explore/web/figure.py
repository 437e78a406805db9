"""A chart on a page: its title, the figure with what it says in words, its files, and clicks that filter."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from dfec_explore.charts import Chart, safe_csv
from dfec_explore.charts.theme import FONT, SURFACES
from dfec_explore.web import page, state
from dfec_explore.web.components import picture_buttons
from dfec_explore.web.filter_bar import pick
from dfec_explore.web.view import View

CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "modeBarButtonsToRemove": [
        *("lasso2d", "select2d", "autoScale2d", "resetScale2d"),
        *("zoomIn2d", "zoomOut2d", "pan2d", "zoom2d", "toImage", "resetViewSankey"),
    ],
    "responsive": True,
}
"""Plotly's own buttons would cover labels; only the one that fills the window is left."""


CLICKS: dict[str, Any] = {"clickmode": "event+select", "dragmode": "pan"}
"""What Streamlit would add in the browser to a chart that can be clicked. It does so in a second drawing, and not for
sure where a chart has taken the place of another with the same key: a click there could be lost."""

Pick = Callable[[list[Any]], None]


def show_chart(
    view: View,
    chart: Chart,
    *,
    name: str,
    title: str,
    about: str = "",
    picks: bool = True,
    on_pick: Pick = pick,
    selected: str | None = None,
) -> None:
    """Draw a chart with its head.

    Args:
        view: the page.
        chart: the figure, its description and its numbers.
        name: names the chart on its page, for its key and its files.
        title: what it shows.
        about: a sentence under the title.
        picks: whether a click on a mark does something.
        on_pick: what it does with the names and values behind the mark; by default it filters.
        selected: what is shown, for the picture's second line; by default what the filters select.
    """
    with st.container(key=f"chart-{name}"):
        has_figure = bool(chart.figure.data)
        show_head(
            view, name=name, title=title, about=about, table=chart.table, has_figure=has_figure, selected=selected
        )
        key = f"figure.{name}.{hash(view.filters)}.{state.get('picked', 0)}"
        if not picks:
            st.plotly_chart(chart.figure, key=key, config=CONFIG, alt=chart.alt, theme=None)
            return
        st.plotly_chart(
            chart.figure.update_layout(CLICKS),
            key=state.widget_key(key),
            config=CONFIG,
            alt=chart.alt,
            theme=None,
            on_select=lambda: _picked(key, on_pick),
            selection_mode="points",
        )


def show_head(
    view: View,
    *,
    name: str,
    title: str,
    about: str = "",
    table: pd.DataFrame | None = None,
    has_figure: bool = False,
    svg: str | None = None,
    selected: str | None = None,
) -> None:
    """Draw the head of a chart or list: its title, the files that it can be taken away as, a sentence below.

    Args:
        view: the page.
        name: names it on its page, for its keys and its files.
        title: what it shows.
        about: a sentence under the title.
        table: its numbers, for a CSV file.
        has_figure: whether the container ``chart-`` and its name has a figure whose picture can be saved.
        svg: the picture to save, where it is no figure.
        selected: what is shown, for the picture's second line; by default what the filters select.
    """
    with st.container(key=f"head-{name}", gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            page.head_line(title)
            if table is not None:
                _csv_button(view, name, table)
            if has_figure or svg:
                _picture_buttons(view, name, title, svg, selected)
        if about:
            st.caption(about)


def export_name(view: View, name: str) -> str:
    """The name of a file that leaves the app; the demo's files say so."""
    return f"{'demo-' if view.dataset.is_demo else ''}dfec-{view.screen.name}-{name}"


def _csv_button(view: View, name: str, table: pd.DataFrame) -> None:
    st.download_button(
        "CSV",
        lambda: safe_csv(table),
        file_name=f"{export_name(view, name)}.csv",
        mime="text/csv",
        key=f"csv.{name}",
        help="The numbers behind it",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
        wrap=False,
    )


def _picture_buttons(view: View, name: str, title: str, svg: str | None, selected: str | None) -> None:
    surface = SURFACES[view.mode]
    selected = f"{view.dataset.name}: {selected or view.ask(type(view.explorer).sentence)}"
    picture_buttons(
        key=f"picture.{name}",
        file=export_name(view, name),
        title=title,
        lines=(selected, "Demo: drawn faces") if view.dataset.is_demo else (selected,),
        chart=f"chart-{name}",
        svg=svg,
        ground=surface.background,
        ink=surface.text,
        quiet=surface.quiet,
        font=FONT,
    )


def _picked(key: str, on_pick: Pick) -> None:
    event = state.widget_value(key)
    points = event.get("selection", {}).get("points", []) if event else []
    pairs = _pairs(points[0].get("customdata")) if points else []
    if pairs:
        # Another key draws the chart anew, without the mark of the click.
        state.put("picked", state.get("picked", 0) + 1)
        on_pick(pairs)


def _pairs(customdata: Any) -> list[Any]:
    """The names and values behind a mark; the browser may hand a list over as an object with numbered keys."""
    if isinstance(customdata, dict):
        customdata = [customdata[key] for key in sorted(customdata, key=int)]
    return customdata if isinstance(customdata, list) else []
