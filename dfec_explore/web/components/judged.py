"""The caption as a reviewer judges it: words can be marked, clauses and facial actions called right or wrong."""

from collections.abc import Mapping, Sequence
from typing import Any

from dfec_explore.language.comparing import PHASE_TITLES
from dfec_explore.model import Clause, FacialEvent
from dfec_explore.web.components.bundle import mount_judged_caption
from dfec_explore.web.components.marking import EventLabel, lay_out


def judged_caption(
    caption: str,
    events: Sequence[FacialEvent],
    *,
    clauses: Sequence[Clause],
    labels: Mapping[str, EventLabel],
    name: str,
    key: str,
    player: str,
    clip: str,
    duration: float | None = None,
    is_held_back: bool = False,
    token: str = "",
) -> None:
    """Draw the caption that is being judged, in a frame that is as high as there is room above the verdicts.

    What the reviewer does with it is a draft in the browser; ``verdict_bar`` sends it with the verdict.

    Args:
        caption: shown as text, whatever it holds.
        events: underlined, and listed on demand.
        clauses: drawn as blocks.
        labels: names and colours by action; these are the actions that may be missing.
        name: of the draft (``draft_name``).
        key: of the widget.
        player: key of the ``clip_player`` that it belongs to.
        clip: id of the clip that the player is given with this caption.
        duration: of the clip in seconds.
        token: what the page's root has as ``data-caption-shown`` once the caption is no longer held back.
        is_held_back: whether it appears only when the clip was played once (or on demand).
    """
    data: dict[str, Any] = {
        "caption": lay_out(caption, events, clauses, labels),
        "duration": duration,
        "player": player,
        "legend": True,
        "framed": True,
        "judging": {
            "name": name,
            "text": caption,
            "clip": clip,
            "isHeldBack": is_held_back,
            "token": token,
            "phases": [*PHASE_TITLES.items(), ("any", "at any time")],
            "actions": [
                {"label": action, "title": label.title, "region": label.region, "regionTitle": label.region_title}
                for action, label in labels.items()
            ],
            "regions": region_colours(labels),
        },
    }
    mount_judged_caption(data, key=key)


def region_colours(labels: Mapping[str, EventLabel]) -> list[dict[str, str]]:
    """The colours of all regions, JSON-ready."""
    colours = {
        label.region: {"id": label.region, "light": label.colour_light, "dark": label.colour_dark}
        for label in labels.values()
    }
    return list(colours.values())
