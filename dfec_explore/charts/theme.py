"""How every figure looks: one plotly template in a light and a dark variant, with the page's own colours."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import plotly.graph_objects as go

Mode = Literal["light", "dark"]
"""The theme of the page that a figure stands on."""

FONT = (
    '"Source Sans", "Source Sans 3", "Source Sans Pro", system-ui, -apple-system, "Segoe UI", Roboto, '
    '"Helvetica Neue", "DejaVu Sans", Arial, sans-serif'
)
"""The page's own font where it is loaded, the system's otherwise; nothing is fetched."""


@dataclass(frozen=True, slots=True)
class Surface:
    """The colours of a page: what a figure is drawn on, with and between."""

    background: str
    """The same as ``backgroundColor`` in ``.streamlit/config.toml``."""
    text: str
    quiet: str
    """Axis titles, ticks and second lines."""
    grid: str
    panel: str
    """Hover labels, empty cells."""
    line: str
    """Outlines of plans and panels."""


SURFACES: dict[Mode, Surface] = {
    "light": Surface("#ffffff", "#1c2330", "#566072", "#e9ecf2", "#ffffff", "#8a93a3"),
    "dark": Surface("#0e1117", "#e8ebf1", "#a7b0c0", "#232a36", "#1a1f2a", "#788396"),
}


@lru_cache(maxsize=2)
def template(mode: Mode) -> go.layout.Template:
    """The template of all figures: titles stand outside, margins grow with the labels, the grid is quiet.

    Args:
        mode: the theme of the page.
    """
    surface = SURFACES[mode]
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": 13, "color": surface.text},
            "paper_bgcolor": surface.background,
            "plot_bgcolor": surface.background,
            "separators": ".,",
            "margin": {"l": 8, "r": 12, "t": 8, "b": 8, "pad": 4},
            "bargap": 0.26,
            "barcornerradius": 2,
            # Plotly would rather let labels overlap than make a plot lower than this.
            "minreducedheight": 16,
            "hovermode": "closest",
            "hoverdistance": 12,
            "hoverlabel": _hover_label(surface),
            "legend": _legend(surface),
            "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": surface.line, "activecolor": surface.text},
            "xaxis": _axis(surface),
            "yaxis": _axis(surface),
        }
    )


def _axis(surface: Surface) -> dict[str, Any]:
    return {
        "automargin": True,
        "fixedrange": True,
        "showgrid": True,
        "gridcolor": surface.grid,
        "zeroline": False,
        "linecolor": surface.grid,
        "tickfont": {"color": surface.text, "size": 12.5},
        "title": {"font": {"color": surface.quiet, "size": 12.5}, "standoff": 10},
        "separatethousands": True,
    }


def _legend(surface: Surface) -> dict[str, Any]:
    """Above the plot, in as many lines as it takes: plotly moves the plot down to make room."""
    return {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "y": 1,
        "yanchor": "top",
        "xref": "container",
        "yref": "container",
        "font": {"color": surface.text, "size": 12.5},
        "bgcolor": "rgba(0,0,0,0)",
        "itemsizing": "constant",
        "traceorder": "normal",
        "title": {"text": ""},
    }


def _hover_label(surface: Surface) -> dict[str, Any]:
    return {
        "bgcolor": surface.panel,
        "bordercolor": surface.line,
        "font": {"family": FONT, "size": 13, "color": surface.text},
        "align": "left",
        "namelength": -1,
    }
