"""What the player is given to play, or why there is nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dfec_explore.model import ClipFacts, ClipStatus

_TITLES: Mapping[ClipStatus, str] = {
    ClipStatus.FOUND: "",
    ClipStatus.SUBSTITUTE: "Substitute: a face crop",
    ClipStatus.AMBIGUOUS: "Several files could be this clip",
    ClipStatus.PACKED: "This clip lies in an archive",
    ClipStatus.MISSING: "This clip was not found",
    ClipStatus.UNREADABLE: "This clip cannot be read",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipSource:
    """A sample's clip as a browser gets it."""

    id: str
    """Names the clip: as long as it stays, the player keeps its place, even if the URL is renewed."""
    status: ClipStatus
    url: str | None = None
    """Where the clip is served, with Range requests; None if there is nothing to play."""
    reason: str = ""
    """A sentence for the reviewer, where the clip is not simply there."""
    tried: tuple[str, ...] = ()
    """Places that were searched."""
    poster_url: str | None = None
    filmstrip_url: str | None = None
    """One image of frames side by side, spread evenly over the clip."""
    facts: ClipFacts | None = None

    def as_data(self) -> dict[str, Any]:
        """Say the same in JSON-ready form."""
        return {
            "id": self.id,
            "url": self.url,
            "title": _TITLES[self.status],
            "reason": self.reason,
            "tried": list(self.tried),
            "poster": self.poster_url,
            "filmstrip": self.filmstrip_url,
            "facts": _facts(self.facts) if self.facts else None,
        }


@dataclass(frozen=True, slots=True)
class NextClip:
    """The clip that most likely comes next, to be loaded ahead."""

    id: str
    url: str


def _facts(facts: ClipFacts) -> dict[str, Any]:
    return {
        "duration": facts.duration,
        "frameRate": facts.frame_rate,
        "codec": facts.codec,
        "container": facts.container,
        "hasSound": facts.has_sound,
    }
