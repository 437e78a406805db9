"""The clip player: video, transport, filmstrip, time axis, and the one owner of the keys."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dfec_explore.model import Clause, FacialEvent
from dfec_explore.web.components.axis import axis_events
from dfec_explore.web.components.bundle import mount_player
from dfec_explore.web.components.marking import EventLabel, bands, lay_out
from dfec_explore.web.components.source import ClipSource

PAGE_KEYS: Mapping[str, str] = MappingProxyType(
    {"a": "accept", "f": "fix", "d": "reject", "u": "unsure", "n": "next", "p": "previous", "b": "undo"}
)
"""Keys that belong to the page's buttons (``shortcut=``): the player lets them pass and lists them in its help."""


def clip_player(
    *,
    source: ClipSource,
    key: str,
    clauses: Sequence[Clause] = (),
    caption: str | None = None,
    events: Sequence[FacialEvent] = (),
    labels: Mapping[str, EventLabel] = MappingProxyType({}),
    next_clip: ClipSource | None = None,
    autoplay: bool = False,
    report_url: str | None = None,
    verdict_buttons: Sequence[str] = (),
    verdict_shortcuts: str = "afdu",
    page_keys: Mapping[str, str] = PAGE_KEYS,
) -> None:
    """Draw the player; with ``caption``, the caption stands beside it (below it where there is little room).

    Nothing that is done in the player reruns the page. How the clip was watched goes to ``report_url`` instead: every
    two seconds while the tab is visible, when the picture is paused or mirrored, and just ahead of a verdict.

    Args:
        source: the clip. While its id stays the same the player keeps its place, speed and loop.
        key: of the widget; keep it the same from clip to clip.
        clauses: give the time axis its bands.
        caption: shown beside the player; for another place on the page use ``caption_view(..., player=key)``.
        events: marked in ``caption``, and on the time axis.
        labels: names and colours of events by action.
        next_clip: loaded ahead, so that it plays at once when its turn comes; a script of the page may let it start
            before the server has answered (``goAhead`` in ``player.js``).
        autoplay: starts a new clip by itself, muted; not for people who asked for reduced motion.
        report_url: takes ``{"clip", "watched", "seconds", "mirrored"}`` by POST (JSON): the clip's id, the share of the
            clip that was played (0..1), seconds since it was opened while the tab was visible, and whether the
            picture is mirrored now.
        verdict_buttons: keys of the buttons, or of a container around them, that give a verdict.
        verdict_shortcuts: their keys; a held key gives one verdict, not many.
        page_keys: keys of the page (several with "|" between them) and what they do, for the help.
    """
    data = {
        "key": key,
        "clip": source.as_data(),
        "next": next_clip.as_data() if next_clip else None,
        "bands": bands(clauses),
        "events": axis_events(events, clauses, labels),
        "caption": lay_out(caption, events, clauses, labels) if caption is not None else None,
        "autoplay": autoplay,
        "reportUrl": report_url,
        "verdicts": {"classes": [_css_class(button) for button in verdict_buttons], "keys": verdict_shortcuts},
        "pageKeys": [list(item) for item in page_keys.items()],
    }
    mount_player(data, key=key)


def _css_class(widget_key: str) -> str:
    """Name the CSS class that Streamlit gives to the element with this key."""
    return "st-key-" + re.sub(r"[^a-zA-Z0-9_-]", "-", widget_key.strip())
