"""Where the copies lie that browsers can play: made once, bounded in size, the longest unused removed first."""

import hashlib
import json
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from dfec_explore.clips.fingerprint import fingerprint

TRANSCODE_VERSION = 1
"""Raised whenever the same clip gives another copy than before."""
GRACE_SECONDS = 900.0
"""Time for which a copy that was made or served is not removed: somebody may be watching it."""
_MARK_SECONDS = 60.0
_ABANDONED_SECONDS = 6 * 3600.0


@dataclass(frozen=True, slots=True)
class CopyPlace:
    """Where the copy of one clip in its present state lies, or will lie."""

    key: str
    """Names what is copied, and how."""
    path: Path

    @property
    def is_there(self) -> bool:
        """Whether it has been made, and not been removed since. Marks it as used."""
        try:
            found = self.path.stat()
        except OSError:
            return False
        if time.time() - found.st_atime > _MARK_SECONDS:
            # The time of its last use; the time of change stays, for browsers take it for a change of the content.
            with suppress(OSError):
                os.utime(self.path, ns=(time.time_ns(), found.st_mtime_ns))
        return True


@dataclass(frozen=True, slots=True)
class CopyFolder:
    """The folder of copies.

    Attributes:
        folder: made when missing.
        max_bytes: size at which the copies that were not used for the longest time are removed.
    """

    folder: Path
    max_bytes: int

    def place(self, path: Path, *, frame_rate: float | None = None, encode: bool = False) -> CopyPlace:
        """Return where the copy of a clip lies or will lie.

        Args:
            path: the clip, or a folder of frames.
            frame_rate: frames a second at which a folder of frames is shown.
            encode: a copy whose picture was encoded anew even if a new container would do.

        Raises:
            ClipError: the clip is not there.
        """
        made_by = [*fingerprint(path), frame_rate, encode, TRANSCODE_VERSION]
        key = hashlib.sha256(json.dumps(made_by).encode("ascii")).hexdigest()
        return CopyPlace(key, self.folder / key[:2] / f"{key}.mp4")


def clean(folder: Path, max_bytes: int) -> None:
    """Bring a folder of copies down to its bound, if it is above it, by removing those unused for longest.

    One that was made, or served, within the last ``GRACE_SECONDS`` stays, even if the bound is exceeded by it.
    """
    now = time.time()
    entries = []
    for place in folder.glob("*/*"):
        with suppress(OSError):  # Another process was quicker.
            found = place.stat()
            used = found.st_mtime if _is_unfinished(place) else max(found.st_atime, found.st_mtime)
            entries.append((used, found.st_size, place))
    total = sum(size for _, size, _ in entries)
    for used, size, place in sorted(entries):
        quiet = _ABANDONED_SECONDS if _is_unfinished(place) else GRACE_SECONDS
        is_abandoned = _is_unfinished(place) and now - used > quiet
        if (total > max_bytes and now - used > quiet) or is_abandoned:
            with suppress(OSError):  # Windows keeps a file that is open.
                place.unlink(missing_ok=True)
                total -= size


def _is_unfinished(place: Path) -> bool:
    return place.suffix == ".part"
