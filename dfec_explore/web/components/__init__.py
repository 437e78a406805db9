"""What runs in the browser: the clip player, the caption with its events marked, and the pictures of charts."""

from dfec_explore.web.components.caption import caption_view
from dfec_explore.web.components.judged import judged_caption
from dfec_explore.web.components.marking import EventLabel
from dfec_explore.web.components.memory import remembered_in_browser
from dfec_explore.web.components.picture import picture_buttons
from dfec_explore.web.components.player import clip_player
from dfec_explore.web.components.source import ClipCopy, ClipSource
from dfec_explore.web.components.verdicts import verdict_bar

__all__ = [
    "ClipCopy",
    "ClipSource",
    "EventLabel",
    "caption_view",
    "clip_player",
    "judged_caption",
    "picture_buttons",
    "remembered_in_browser",
    "verdict_bar",
]
