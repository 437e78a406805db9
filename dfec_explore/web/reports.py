"""What the player tells about a viewing: it posts it while the clip plays, so that no rerun disturbs the viewer."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, ValidationError

MOST = 10_000
"""Viewings that are remembered; each takes some hundred bytes."""


@dataclass(frozen=True, slots=True)
class PlayerReport:
    """How one clip was watched."""

    clip: str
    """The clip that the report speaks of, as the page named it to the player."""
    watched: float
    """Share of the clip that was played, 0..1."""
    seconds: float
    """Time since the clip was opened, while its tab was visible."""
    mirrored: bool


class _Body(BaseModel):
    model_config = ConfigDict(extra="ignore")
    clip: str = Field(max_length=4000)
    watched: float = Field(default=0.0, ge=0, le=1)
    seconds: float = Field(default=0.0, ge=0, le=1e7)
    mirrored: bool = False


class ViewingReports:
    """The last report of each session; bounded, oldest out first, safe for threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._reports: OrderedDict[str, PlayerReport] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, viewer: str, body: bytes) -> bool:
        """Keep a report as the player posts it (JSON); False where it is none."""
        try:
            report = _Body.model_validate_json(body)
        except ValidationError:
            return False
        with self._lock:
            self._reports[viewer] = PlayerReport(report.clip, report.watched, report.seconds, report.mirrored)
            self._reports.move_to_end(viewer)
            while len(self._reports) > self._most:
                self._reports.popitem(last=False)
        return True

    def get(self, viewer: str, clip: str) -> PlayerReport | None:
        """The last report of a session; None where there is none, or it speaks of another clip."""
        with self._lock:
            report = self._reports.get(viewer)
        return report if report is not None and report.clip == clip else None


viewing_reports = ViewingReports()
"""Of this server; what is in it is lost with the server, and a verdict is saved without it."""
