"""Lines of captions with a key word in the middle, each with the way to its clip."""

from collections.abc import Sequence
from html import escape
from itertools import repeat

import streamlit as st

from dfec_explore.query.concordance import Line
from dfec_explore.web.errors import literal
from dfec_explore.web.links import link_params
from dfec_explore.web.view import View

ROW = "display:flex;gap:.45rem;line-height:1.9;font-size:.9rem;white-space:nowrap"
NOTE = "flex:none;width:2.6rem;text-align:right;opacity:.75"
LEFT = "flex:5;display:flex;justify-content:flex-end;white-space:pre;min-width:0;overflow:hidden;opacity:.75"
CUT = "flex:7;white-space:pre;min-width:0;overflow:hidden;text-overflow:ellipsis"


def show_lines(view: View, lines: Sequence[Line], *, name: str, colour: str, notes: Sequence[str] = ()) -> None:
    """Lines of captions, each with a link to Review.

    Args:
        view: the page.
        lines: what to show.
        name: names the list on its page.
        colour: of the key words, ``#rrggbb``.
        notes: a word or two before each line.
    """
    with st.container(key=f"lines-{name}", gap=None):
        for line, note in zip(lines, notes or repeat(""), strict=False):
            words, link = st.columns([9, 2], gap="small", vertical_alignment="center")
            with words:
                st.html(_words(line, colour, note))
            with link:
                _link(view, line)


def _link(view: View, line: Line) -> None:
    params = link_params(view, view.filters) | {"in": [line.part], "sample": [line.id], "queue": ["all"]}
    source = view.explorer.vocabulary.title("source", line.source)
    st.page_link(
        view.pages["review"],
        label=literal(f"{source} {line.id}"[:24]),
        icon=":material/play_circle:",
        query_params=params,
        help=f"Open {literal(f'{line.part} / {line.id}')} in Review",
    )


def _words(line: Line, colour: str, note: str) -> str:
    return (
        f'<div style="{ROW}" title="{escape(f"{line.left}{line.quote}{line.right}")}">'
        f'<span style="{NOTE if note else "display:none"}">{escape(note)}</span>'
        f'<span style="{LEFT}"><span>{escape(line.left)}</span></span>'
        f'<span style="{CUT}"><b style="color:{colour}">{escape(line.quote)}</b>'
        f'<span style="opacity:.75">{escape(line.right)}</span></span></div>'
    )
