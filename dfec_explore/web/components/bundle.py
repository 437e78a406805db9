"""The two Streamlit components, made of the plain scripts and style sheets beside this file.

The scripts of a component are joined, in order, into one module: Streamlit takes inline script as one text, and files
only from packages that are installed. Every mount carries its text, so the caption takes only what it needs.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

ASSETS = Path(__file__).parent / "assets"
CAPTION_SCRIPTS = ("dom.js", "text.js", "hub.js", "tooltip.js", "caption.js", "mount.js")
PLAYER_SCRIPTS = ("transport.js", "zoom.js", "bar.js", "timeline.js", "notice.js", "help.js", "keys.js", "player.js")
CAPTION_STYLES = ("base.css", "caption.css")


def _joined(names: tuple[str, ...]) -> str:
    return "\n".join((ASSETS / name).read_text(encoding="utf-8") for name in names)


_caption = st.components.v2.component(
    "dfec_caption", js=_joined((*CAPTION_SCRIPTS, "main_caption.js")), css=_joined(CAPTION_STYLES)
)
_player = st.components.v2.component(
    "dfec_player",
    js=_joined((*CAPTION_SCRIPTS, *PLAYER_SCRIPTS, "main_player.js")),
    css=_joined((*CAPTION_STYLES, "player.css")),
)


def mount_caption(data: Mapping[str, Any], *, key: str, height: int | None = None) -> None:
    """Draw a caption from its JSON-ready description; beyond ``height`` pixels it scrolls."""
    _caption(data=dict(data), key=key, height=height or "content")


def mount_player(data: Mapping[str, Any], *, key: str) -> None:
    """Draw the player from its JSON-ready description; the same key keeps what is drawn."""
    _player(data=dict(data), key=key)
