"""What the player is given to play, or why there is nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dfec_explore.model import ClipFacts, ClipStatus

_TITLES: Mapping[ClipStatus, str] = {
    ClipStatus.FOUND: "",
    ClipStatus.SUBSTITUTE: "Substitute",
    ClipStatus.AMBIGUOUS: "Several files could be this clip",
    ClipStatus.PACKED: "This clip lies in an archive",
    ClipStatus.MISSING: "This clip was not found",
    ClipStatus.UNREADABLE: "This clip cannot be read",
}


@dataclass(frozen=True, slots=True)
class ClipCopy:
    """What every browser plays in the place of a clip: a copy that the server makes when somebody asks for it."""

    url: str
    """Where it is served, once it is ready."""
    preparing_url: str
    """Tells how far it is, as JSON: ``state`` (absent, preparing, ready, failed), ``percent``, ``reason``. GET has it
    made, with ``?ahead=1`` only asks; POST tries again what has failed."""

    def as_data(self) -> dict[str, str]:
        """Say the same in JSON-ready form."""
        return {"url": self.url, "preparing": self.preparing_url}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipSource:
    """A sample's clip as a browser gets it."""

    id: str
    """Names the clip: as long as it stays, the player keeps its place, even if the URL is renewed."""
    status: ClipStatus
    url: str | None = None
    """Where the clip is served, with Range requests; None if there is nothing to play, or nothing yet."""
    copy: ClipCopy | None = None
    """What is played where ``url`` is None, or turns out not to be played by this browser."""
    note: str = ""
    """A few words that stand on the picture: what the reviewer must know of how it is shown."""
    reason: str = ""
    """A sentence for the reviewer, where the clip is not simply there."""
    tried: tuple[str, ...] = ()
    """Places that were searched."""
    poster_url: str | None = None
    filmstrip_url: str | None = None
    """One image of frames side by side, spread evenly over the clip."""
    motion_url: str | None = None
    """Tells how much moves over time, as JSON of ``clips.motion.Motion``; asked for once the clip is shown."""
    facts: ClipFacts | None = None

    @property
    def _title(self) -> str:
        """A few words; of a substitute, what is shown instead, which ends its reason."""
        _, _, instead = self.reason.partition(": ")
        title = _TITLES[self.status]
        return f"{title}: {instead.rstrip('.')}" if self.status is ClipStatus.SUBSTITUTE and instead else title

    def as_data(self) -> dict[str, Any]:
        """Say the same in JSON-ready form."""
        return {
            "id": self.id,
            "url": self.url,
            "copy": self.copy.as_data() if self.copy else None,
            "note": self.note,
            "title": self._title,
            "reason": self.reason,
            "tried": list(self.tried),
            "poster": self.poster_url,
            "filmstrip": self.filmstrip_url,
            "motion": self.motion_url,
            "facts": _facts(self.facts) if self.facts else None,
        }


def _facts(facts: ClipFacts) -> dict[str, Any]:
    return {
        "duration": facts.duration,
        "frameRate": facts.frame_rate,
        "codec": facts.codec,
        "container": facts.container,
        "hasSound": facts.has_sound,
    }
