"""What lies in one folder, by the names alone: nothing in it is opened, no link in it is followed."""

import os
import re
import time
from dataclasses import dataclass

from dfec_explore.clips.frames import ENDINGS as PICTURE_ENDINGS

CLIP_ENDINGS = frozenset(
    {".mp4", ".m4v", ".mov", ".avi", ".mkv", ".webm", ".wmv", ".asf", ".mpg", ".mpeg", ".flv", ".ogv", ".ts", ".mts"}
    | {".m2ts", ".3gp", ".dv", ".gif"}
)
"""Endings of files that may be clips, in lower case."""
ARCHIVE_ENDINGS = frozenset({".zip", ".rar", ".7z", ".tar", ".tgz", ".tbz2", ".txz"})
MAX_REFUSED = 1_000
"""Names that are kept of what is refused in one folder; what is beyond is only counted."""

LEADS_OUT = "is a link that leads out of the clip folder and is not followed"
LEADS_NOWHERE = "is a link that leads nowhere, or may not be looked at"
LEADS_BACK = "is a link that leads to a folder which is reached already"
NOT_REGULAR = "is no regular file, not a clip"
NOT_READABLE = "may not be read by this program: its permissions forbid it"
BAD_CHARACTERS = "has control characters in its name and is refused"
NOT_UTF8 = "has a name that is not in UTF-8 and is refused"
TOO_DEEP = "lies deeper in the folder than clips do and is not looked into"

_OF_AN_ARCHIVE = re.compile(r"\.(?:zip|7z|rar|tar)\.\d{2,4}\Z|\.[zr]\d{2}\Z|\.tar\.(?:gz|bz2|xz|zst)\Z", re.IGNORECASE)
"""Archives in parts (``.zip.001``, ``.z01``, ``.r00``) and compressed ones."""
_NO_TEXT = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Listing:
    """The names in one folder, each kind sorted."""

    stamp: tuple[int, ...]
    """Changes whenever a name is added, removed or renamed, on file systems that keep the time of that."""
    read_at: int
    """When it was read, in nanoseconds since 1970."""
    folders: tuple[str, ...] = ()
    clips: tuple[str, ...] = ()
    """Regular files with the ending of a clip."""
    archives: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    """Symbolic links of any kind."""
    refused: tuple[tuple[str, str], ...] = ()
    """Name and the reason, as the rest of a sentence; an empty name is the folder itself."""
    more_refused: int = 0
    pictures: int = 0
    """Files that may be frames."""
    others: int = 0


def stamp_of(folder: str) -> tuple[int, ...]:
    """Return what tells whether a folder changed: times of its change, and which folder it is.

    Raises:
        OSError: it cannot be looked at.
    """
    found = os.stat(folder)
    return found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev


def list_folder(folder: str) -> Listing:
    """Read the names in a folder. One that cannot be read is listed as refused, with what was seen until then."""
    read_at = time.time_ns()
    stamp: tuple[int, ...] = (0,)
    found = _Names()
    try:
        stamp = stamp_of(folder)
        with os.scandir(folder) as entries:
            for entry in entries:
                found.take(entry)
    except OSError:
        found.refuse("", NOT_READABLE)
    return Listing(
        stamp,
        read_at,
        folders=tuple(sorted(found.folders)),
        clips=tuple(sorted(found.clips)),
        archives=tuple(sorted(found.archives)),
        links=tuple(sorted(found.links)),
        refused=tuple(sorted(found.refused)),
        more_refused=found.more_refused,
        pictures=found.pictures,
        others=found.others,
    )


def unfit(name: str) -> str:
    """Return why a name is refused, or nothing when it is one that can be shown, stored and asked for."""
    if name.isprintable():
        return ""
    if _NO_TEXT.search(name):
        return NOT_UTF8
    return BAD_CHARACTERS if _CONTROL.search(name) else ""


def ending_of(name: str) -> str:
    """Return the ending of a name with its dot, in lower case."""
    dot = name.rfind(".")
    return name[dot:].lower() if dot > 0 else ""


class _Names:
    def __init__(self) -> None:
        self.folders: list[str] = []
        self.clips: list[str] = []
        self.archives: list[str] = []
        self.links: list[str] = []
        self.refused: list[tuple[str, str]] = []
        self.more_refused = self.pictures = self.others = 0

    def take(self, entry: os.DirEntry[str]) -> None:
        name = entry.name
        why = "" if name.isprintable() else unfit(name)
        if why:
            self.refuse(name, why)
        elif entry.is_symlink():
            self.links.append(name)
        elif entry.is_dir(follow_symlinks=False):
            self.folders.append(name)
        elif entry.is_file(follow_symlinks=False):
            self._take_file(name)
        else:
            self.refuse(name, NOT_REGULAR)

    def refuse(self, name: str, why: str) -> None:
        if len(self.refused) < MAX_REFUSED:
            self.refused.append((name, why))
        else:
            self.more_refused += 1

    def _take_file(self, name: str) -> None:
        ending = ending_of(name)
        if ending in PICTURE_ENDINGS and not name.startswith("."):
            self.pictures += 1
        elif ending in CLIP_ENDINGS:
            self.clips.append(name)
        elif ending in ARCHIVE_ENDINGS or _OF_AN_ARCHIVE.search(name):
            self.archives.append(name)
        else:
            self.others += 1
