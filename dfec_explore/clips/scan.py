"""The scan of a clip folder: every name in it, read once, kept in a file, and read again only where it changed.

A folder's time of change tells that a name came or went. It does not tell that a file was written anew in place: what
a file is, is looked at when it is found and again when it is opened. File systems whose times are coarse (FAT: two
seconds) are provided for: a folder that changed shortly before it was read is read again. Network disks that hand out
old times are not: a whole scan (``fresh``) is for them.
"""

import hashlib
import json
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from dfec_explore.clips.listing import (
    CLIP_ENDINGS,
    LEADS_BACK,
    LEADS_NOWHERE,
    LEADS_OUT,
    NOT_REGULAR,
    TOO_DEEP,
    Listing,
    ending_of,
    list_folder,
    stamp_of,
    unfit,
)
from dfec_explore.clips.progress import Progress

SCAN_VERSION = 1
"""Raised whenever the file of a scan is written otherwise than before."""
MAX_DEPTH = 40
MAX_ENTRIES = 20_000_000
"""Names after which a scan stops: this is no clip folder but a whole disk."""
COARSE_NS = 2_000_000_000
REPORT_SECONDS = 0.25
MAX_EXAMPLES = 100


@dataclass(frozen=True, slots=True)
class ScannedFolder:
    """One folder of a scan."""

    path: str
    """Below the scanned folder, with forward slashes; empty: that folder itself."""
    listing: Listing
    target: str | None = None
    """Where it really lies, below the scanned folder, if a link inside leads to it or to a folder above it."""
    clip_links: dict[str, str] = field(default_factory=dict)
    """Links to regular files inside with a clip's ending, and where those really lie."""
    link_folders: tuple[str, ...] = ()
    """Links to folders inside, which come as folders of their own."""
    refused: tuple[tuple[str, str], ...] = ()
    """Name and the reason, as the rest of a sentence."""


@dataclass(slots=True)
class ScanSummary:
    """What a scan saw."""

    folders: int = 0
    read: int = 0
    """Folders that were read; the others had not changed."""
    clips: int = 0
    pictures: int = 0
    archives: int = 0
    others: int = 0
    refused: int = 0
    examples: list[tuple[str, str]] = field(default_factory=list)
    """Some of what was refused: path and reason."""
    is_cut: bool = False
    """Whether it stopped at ``MAX_ENTRIES``."""
    seconds: float = 0.0

    @property
    def files(self) -> int:
        """All files that were seen, links and refused ones left out."""
        return self.clips + self.pictures + self.archives + self.others

    def add(self, folder: ScannedFolder) -> None:
        """Count one folder."""
        listing = folder.listing
        self.folders += 1
        self.clips += len(listing.clips) + len(folder.clip_links)
        self.pictures += listing.pictures
        self.archives += len(listing.archives)
        self.others += listing.others
        self.refused += len(folder.refused) + listing.more_refused
        for name, why in folder.refused[: MAX_EXAMPLES - len(self.examples)]:
            self.examples.append(("/".join(filter(None, (folder.path, name))), why))


def scan_file(scans: Path, root: Path) -> Path:
    """Return where the scan of a clip folder is kept."""
    key = hashlib.sha256(os.fsencode(os.path.realpath(root))).hexdigest()
    return scans / f"{key[:32]}.jsonl"


def scan_folder(root: Path, file: Path, progress: Progress, *, fresh: bool = False) -> ScanSummary:
    """Scan a clip folder, or bring its scan up to date.

    Nothing is opened but folders. Links that lead out are not followed; one that leads to a folder inside is, once.
    What is held at a time is one folder and the folders beside its ancestors.

    Args:
        root: the clip folder; one that is not there has no folders.
        file: the scan; replaced as a whole when it is done.
        progress: is told how many folders were seen.
        fresh: read every folder, whatever its time of change says.

    Raises:
        OSError: the file cannot be written.
    """
    started = time.monotonic()
    summary = ScanSummary()
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=file.parent, suffix=".part", delete=False) as lines:
        temporary = Path(lines.name)
        try:
            lines.write(json.dumps({"version": SCAN_VERSION, "root": os.path.realpath(root)}) + "\n")
            walk = _Walk(root, iter(()) if fresh else read_scan(file), summary)
            for folder in _told(walk.folders(), summary, progress, None if fresh else _known_folders(file)):
                lines.write(_line(folder))
            lines.flush()
            os.replace(temporary, file)
        finally:
            temporary.unlink(missing_ok=True)
    summary.seconds = time.monotonic() - started
    _counts_file(file).write_text(str(summary.folders), encoding="ascii")
    return summary


def read_scan(file: Path) -> Iterator[ScannedFolder]:
    """Read the folders of a scan, each after the one that it lies in; nothing from a file that is none, or an old one.

    A file that is damaged midway ends there.
    """
    try:
        with file.open(encoding="ascii") as lines:
            if json.loads(next(lines, "{}")).get("version") != SCAN_VERSION:
                return
            for line in lines:
                yield _folder(json.loads(line))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return


class _Step(NamedTuple):
    key: tuple[str, ...]
    path: str
    target: str | None
    """Where it really lies, if not where its path says."""


class _Walk:
    """One pass over a clip folder, beside the folders of an older scan, which come in the same order."""

    def __init__(self, root: Path, old: Iterator[ScannedFolder], summary: ScanSummary) -> None:
        self._root = os.path.realpath(root)
        self._old, self._next = old, next(old, None)
        self._summary = summary
        self._by_link: set[str] = set()
        self._left = MAX_ENTRIES

    def folders(self) -> Iterator[ScannedFolder]:
        steps = [_Step((), self._root, None)] if os.path.isdir(self._root) else []
        while steps:
            if self._left <= 0:
                self._summary.is_cut = True
                return
            step = steps.pop()
            folder, below = self._visit(step)
            yield folder
            steps.extend(reversed(below))

    def _visit(self, step: _Step) -> tuple[ScannedFolder, list[_Step]]:
        listing = self._listing(step)
        self._left -= 1 + len(listing.clips) + listing.pictures + listing.others
        refused, clip_links, link_targets = list(listing.refused), {}, {}
        for name in listing.links:
            kind, where = self._follow(step, name)
            if kind == "clip":
                clip_links[name] = where
            elif kind == "folder":
                link_targets[name] = where
            elif kind == "refused":
                refused.append((name, where))
        names = sorted((*listing.folders, *link_targets))
        if len(step.key) >= MAX_DEPTH:
            refused.extend((name, TOO_DEEP) for name in names)
            names = []
        below = [_Step((*step.key, name), os.path.join(step.path, name), link_targets.get(name)) for name in names]
        if step.target is not None:
            below = [one if one.target else one._replace(target=f"{step.target}/{one.key[-1]}") for one in below]
        path = "/".join(step.key)
        links = tuple(name for name in names if name in link_targets)
        return ScannedFolder(path, listing, step.target, clip_links, links, tuple(refused)), below

    def _listing(self, step: _Step) -> Listing:
        while self._next is not None and _key(self._next) < step.key:
            self._next = next(self._old, None)
        if self._next is not None and _key(self._next) == step.key and _is_current(self._next.listing, step.path):
            return self._next.listing
        self._summary.read += 1
        return list_folder(step.path)

    def _follow(self, step: _Step, name: str) -> tuple[str, str]:
        """Say what a link leads to: a kind, and the place below the root or the reason why it is refused."""
        try:
            real = os.path.realpath(os.path.join(step.path, name), strict=True)
            mode = os.stat(real).st_mode
        except OSError:
            return "refused", LEADS_NOWHERE
        inside = os.path.relpath(real, self._root)
        if inside.startswith("..") or os.path.isabs(inside):
            return "refused", LEADS_OUT
        where = inside.replace(os.sep, "/")
        if unfit(where):
            return "refused", unfit(where)
        if stat.S_ISREG(mode):
            return ("clip" if ending_of(name) in CLIP_ENDINGS else "other"), where
        if not stat.S_ISDIR(mode):
            return "refused", NOT_REGULAR
        # One that leads above itself never ends, and many that lead to one another end after all paths between them.
        here = "/".join(step.key) if step.target is None else step.target
        if where in self._by_link or where == "." or f"{here}/".startswith(f"{where}/"):
            return "refused", LEADS_BACK
        self._by_link.add(where)
        return "folder", where


def _is_current(listing: Listing, folder: str) -> bool:
    if listing.read_at - max(listing.stamp[:2]) < COARSE_NS:
        return False
    try:
        return stamp_of(folder) == listing.stamp
    except OSError:
        return False


def _told(
    folders: Iterator[ScannedFolder], summary: ScanSummary, progress: Progress, expected: int | None
) -> Iterator[ScannedFolder]:
    told_at = 0.0
    for folder in folders:
        summary.add(folder)
        if time.monotonic() - told_at > REPORT_SECONDS:
            told_at = time.monotonic()
            total = max(expected, summary.folders) if expected else None
            progress.report(summary.folders, total, f"{summary.files:,} files in {summary.folders:,} folders")
        yield folder
    progress.report(summary.folders, summary.folders, f"{summary.files:,} files in {summary.folders:,} folders")


def _key(folder: ScannedFolder) -> tuple[str, ...]:
    return tuple(folder.path.split("/")) if folder.path else ()


def _counts_file(file: Path) -> Path:
    return file.with_suffix(".count")


def _known_folders(file: Path) -> int | None:
    try:
        return int(_counts_file(file).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


_NAMES = {"folders": "d", "clips": "c", "archives": "a", "links": "l"}
_COUNTS = {"pictures": "p", "others": "o", "more_refused": "m"}


def _line(folder: ScannedFolder) -> str:
    # Most folders have few of these: what is empty is left out.
    listing = folder.listing
    record: dict[str, Any] = {
        "n": folder.path,
        "s": listing.stamp,
        "r": listing.read_at,
        **{short: getattr(listing, name) for name, short in (_NAMES | _COUNTS).items()},
        "x": listing.refused,
        "t": folder.target,
        "cl": folder.clip_links,
        "lf": folder.link_folders,
        "y": folder.refused[len(listing.refused) :],
    }
    kept = {short: value for short, value in record.items() if value or short == "n"}
    return json.dumps(kept, separators=(",", ":")) + "\n"


def _folder(record: dict[str, Any]) -> ScannedFolder:
    names: dict[str, Any] = {name: tuple(record.get(short, ())) for name, short in _NAMES.items()}
    counts: dict[str, Any] = {name: int(record.get(short, 0)) for name, short in _COUNTS.items()}
    refused, on_the_way = (tuple((name, why) for name, why in record.get(short, ())) for short in "xy")
    listing = Listing(tuple(record["s"]), int(record["r"]), refused=refused, **names, **counts)
    links = tuple(record.get("lf", ()))
    return ScannedFolder(
        str(record["n"]), listing, record.get("t"), record.get("cl", {}), links, (*refused, *on_the_way)
    )
