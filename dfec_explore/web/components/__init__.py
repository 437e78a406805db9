"""What runs in the browser: the clip player and the caption with its events marked."""

from dfec_explore.web.components.caption import caption_view
from dfec_explore.web.components.marking import EventLabel
from dfec_explore.web.components.memory import remembered_in_browser
from dfec_explore.web.components.player import clip_player
from dfec_explore.web.components.source import ClipSource, NextClip

__all__ = ["ClipSource", "EventLabel", "NextClip", "caption_view", "clip_player", "remembered_in_browser"]
