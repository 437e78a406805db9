"""Lists of captions with a figure each, that open beside their clip."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dfec_explore.web.errors import literal
from dfec_explore.web.view import View
from dfec_explore.web.views.models.caption import open_caption

SHORT = 200
"""Letters of a prediction in a list; what does not fit the line is cut there."""


@dataclass(frozen=True, slots=True)
class Item:
    """A caption in a list."""

    id: str
    source: str
    note: str
    """Its figure."""
    text: str
    """What the model said."""


def captions(view: View, items: Sequence[Item], *, name: str, narrow: bool = False) -> None:
    """Captions one below the other; each opens on this page beside its clip.

    Args:
        view: the page.
        items: the captions.
        name: names the list on its page.
        narrow: whether it stands in half of the page.
    """
    with st.container(key=f"captions-{name}", gap=None):
        for item in items:
            link, note, said = st.columns([6, 5, 7] if narrow else [3, 2, 9], gap="small", vertical_alignment="center")
            with link:
                st.button(
                    literal(f"{view.explorer.vocabulary.title('source', item.source)} {item.id}"[:26]),
                    key=f"open.{name}.{item.id}",
                    icon=":material/play_circle:",
                    type="tertiary",
                    help="Open it beside its clip",
                    on_click=open_caption,
                    args=(item.id,),
                    wrap=False,
                )
            with note:
                st.text(item.note)
            with said:
                st.text(item.text[:SHORT] or "no prediction")
