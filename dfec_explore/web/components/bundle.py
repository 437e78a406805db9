"""The Streamlit components, made of the plain scripts and style sheets beside this file.

The scripts and styles of a component are joined, in order, into one module. Streamlit would send that text with every
mount, at every run: instead a few lines go with the mount, and the module has an address of its own (``/components``)
that changes with its content, so that a browser fetches it once.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

ASSETS = Path(__file__).parent / "assets"
CAPTION_SCRIPTS = ("dom.js", "colours.js", "text.js", "hub.js", "tooltip.js", "caption.js", "mount.js")
PLAYER_SCRIPTS = (
    "preparation.js",
    "loading.js",
    "transport.js",
    "zoom.js",
    "bar.js",
    "motion.js",
    "timeline.js",
    "notice.js",
    "help.js",
    "keys.js",
    "player.js",
)
JUDGE_SCRIPTS = ("drafts.js", "marks.js", "parts.js", "judge.js")
VERDICT_SCRIPTS = (
    "dom.js",
    "colours.js",
    "hub.js",
    "drafts.js",
    "hint.js",
    "correction.js",
    "acts.js",
    "verdicts.js",
    "mount.js",
)
CAPTION_STYLES = ("base.css", "caption.css")


def _joined(names: tuple[str, ...]) -> str:
    return "\n".join((ASSETS / name).read_text(encoding="utf-8") for name in names)


_modules: dict[str, str] = {}
"""The text of each module by its name in the address."""


def _component(name: str, scripts: tuple[str, ...], styles: tuple[str, ...]) -> Any:
    text = f"const STYLES = {json.dumps(_joined(styles))};\n{_joined(scripts)}"
    module = f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:12]}.js"
    _modules[module] = text
    return st.components.v2.component(name, js=_joined(("loader.js",)).replace("MODULE", f"/components/{module}"))


_caption = _component("dfec_caption", (*CAPTION_SCRIPTS, "main_caption.js"), CAPTION_STYLES)
_judged = _component(
    "dfec_judged_caption", (*CAPTION_SCRIPTS, *JUDGE_SCRIPTS, "main_judged.js"), (*CAPTION_STYLES, "judge.css")
)
_verdicts = _component("dfec_verdicts", (*VERDICT_SCRIPTS, "main_verdicts.js"), ("base.css", "verdicts.css"))
_player = _component(
    "dfec_player", (*CAPTION_SCRIPTS, *PLAYER_SCRIPTS, "main_player.js"), (*CAPTION_STYLES, "player.css")
)
_picture = _component(
    "dfec_picture", ("dom.js", "mount.js", "picture.js", "main_picture.js"), ("base.css", "picture.css")
)
_memory = st.components.v2.component("dfec_memory", js=_joined(("memory.js",)))


async def component_module(request: Request) -> Response:
    """The scripts and styles of a component, by the name in its address."""
    text = _modules.get(request.path_params["module"])
    if text is None:
        # A page that was opened before the program changed: the reload that it needs anyway brings the new address.
        return PlainTextResponse("There is no such component; reload the page.", status_code=404)
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return Response(text, media_type="text/javascript", headers=headers)


def mount_caption(data: Mapping[str, Any], *, key: str, height: int | None = None) -> None:
    """Draw a caption from its JSON-ready description; beyond ``height`` pixels it scrolls."""
    _caption(data=dict(data), key=key, height=height or "content")


def mount_judged_caption(data: Mapping[str, Any], *, key: str) -> None:
    """Draw a caption that is being judged; the same key keeps what is drawn."""
    _judged(data=dict(data), key=key)


def mount_verdicts(data: Mapping[str, Any], *, key: str, on_act: Callable[[], None]) -> None:
    """Draw the bar of verdicts; ``on_act`` is called when the reviewer acts, before the page is drawn again."""
    _verdicts(data=dict(data), key=key, on_act_change=on_act)


def mount_memory(data: Mapping[str, Any], *, key: str) -> Any:
    """Mount what reads and writes the browser's storage; returns its state."""
    # Streamlit keeps a state only if somebody asks to be told of it.
    return _memory(data=dict(data), key=key, on_kept_change=lambda: None)


def mount_player(data: Mapping[str, Any], *, key: str) -> None:
    """Draw the player from its JSON-ready description; the same key keeps what is drawn."""
    _player(data=dict(data), key=key)


def mount_picture(data: Mapping[str, Any], *, key: str) -> None:
    """Draw the buttons that save a chart's picture, as wide as they are."""
    _picture(data=dict(data), key=key, width="content")
