"""Lists of captions with a figure each, that open beside their clip."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dfec_explore.web.errors import literal
from dfec_explore.web.view import View
from dfec_explore.web.views.models.caption import open_caption

SHORT = 110


@dataclass(frozen=True, slots=True)
class Item:
    """A caption in a list."""

    id: str
    source: str
    note: str
    """Its figure."""
    text: str
    """What the model said."""


def captions(view: View, items: Sequence[Item], *, name: str) -> None:
    """Captions one below the other; each opens on this page beside its clip."""
    with st.container(key=f"captions-{name}", gap=None):
        for item in items:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.button(
                    literal(f"{view.explorer.vocabulary.title('source', item.source)} {item.id}"[:26]),
                    key=f"open.{name}.{item.id}",
                    icon=":material/play_circle:",
                    type="tertiary",
                    help="Open it beside its clip",
                    on_click=open_caption,
                    args=(item.id,),
                    width=150,
                )
                st.text(item.note, width=130)
                st.text(item.text[:SHORT] + ("…" if len(item.text) > SHORT else "") or "no prediction", width="stretch")
