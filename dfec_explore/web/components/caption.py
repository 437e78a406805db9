"""The caption with its events marked."""

from collections.abc import Mapping, Sequence

from dfec_explore.model import Clause, FacialEvent
from dfec_explore.web.components.bundle import mount_caption
from dfec_explore.web.components.marking import EventLabel, lay_out


def caption_view(
    caption: str,
    events: Sequence[FacialEvent],
    *,
    clauses: Sequence[Clause] = (),
    labels: Mapping[str, EventLabel],
    key: str,
    height: int | None = None,
    duration: float | None = None,
    player: str | None = None,
    legend: bool = True,
    framed: bool = False,
) -> None:
    """Draw a caption as text, its events underlined in the colours of their regions, cut into its clauses.

    Args:
        caption: shown as text, whatever it holds.
        events: overlapping ones are underlined one below the other.
        clauses: drawn as blocks with their estimated share of the clip; none: one block without a note.
        labels: names and colours by action, in display order.
        key: of the widget.
        height: in pixels, beyond which it scrolls.
        duration: of the clip in seconds: estimates are then in seconds instead of per cent.
        player: key of a ``clip_player`` on the same page: its current clause is lit, a click on a clause loops it.
        legend: whether the regions that occur are listed below.
        framed: whether it stands in a frame, under a heading that counts clauses and facial actions.
    """
    data = {
        "caption": lay_out(caption, events, clauses, labels),
        "duration": duration,
        "player": player,
        "legend": legend,
        "framed": framed,
    }
    mount_caption(data, key=key, height=height)
