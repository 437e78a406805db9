"""From the path in an annotation file to the clip on disk, and never to a file outside the configured folders."""

import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from dfec_explore.clips.folders import Folders
from dfec_explore.model import Clip, ClipStatus
from dfec_explore.sources import Candidate, clip_candidates, source_id

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class ClipRoots:
    """The folders that clips are looked for in, and served from.

    Attributes:
        parent: the folder that holds all sources, one folder each.
        by_source: the folders of single sources, by source id or alias.
    """

    parent: Path | None = None
    by_source: Mapping[str, Path] = field(default_factory=dict)

    def own(self, source: str) -> Path | None:
        """Return the folder that is configured for one source."""
        for name, folder in self.by_source.items():
            if source in (name, source_id(name)):
                return folder
        return None


class _Place(NamedTuple):
    """A place to look into. A tuple: made by the million, and made and hashed faster than a dataclass."""

    root: Path
    pattern: tuple[str, ...]
    wildcards: bool = False
    kind: str = "video"
    substitute: str | None = None

    @property
    def path(self) -> Path:
        return self.root.joinpath(*self.pattern)


@dataclass(slots=True)
class _Search:
    """What was met on the way, for the person who is told that there is no clip."""

    list_tried: bool
    tried: list[Path] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    frames: list[Path] = field(default_factory=list)


def resolve(
    video: str,
    *,
    source: str,
    roots: ClipRoots,
    candidates: Iterable[Candidate] | None = None,
    folders: Folders | None = None,
    list_tried: bool = True,
) -> Clip:
    """Find the clip of a sample.

    The path as it stands in the file is tried under the parent of all sources, then under the source's own folder;
    then the other places where the dataset keeps its clips, in their order. The first place that holds a readable,
    regular file is the answer.

    Args:
        video: relative POSIX path from the annotation file; trusted with nothing.
        source: source id.
        roots: the configured folders.
        candidates: where the source's clips may lie, best first; by default what ``sources`` knows of it.
        folders: listings of the folders, to share between calls.
        list_tried: whether the answer lists the places; a run over very many clips does without.

    Returns:
        The clip; its ``path`` has all links resolved and lies inside the folder it was found under.
    """
    refusal = refused(video)
    if refusal:
        return Clip(ClipStatus.MISSING, None, reason=refusal)
    known = clip_candidates(video) if candidates is None else candidates
    places = list(dict.fromkeys(_places(video, source, roots, known)))
    if not places:
        return Clip(ClipStatus.MISSING, None, reason=_no_folder(source, roots))
    folders, search = folders or Folders(), _Search(list_tried)
    for place in places:
        clip = _look(place, folders, search)
        if clip is not None:
            return clip
    return _not_found(search, places)


def refused(video: str) -> str:
    """Return why a path of an annotation file is not even looked for, or nothing when it may be."""
    shown = repr(video[:80])
    if not _pieces(video.strip()):
        return "The record names no clip."
    if _CONTROL.search(video):
        return f"The path {shown} has control characters in it and is refused."
    if video.startswith("/") or _DRIVE.match(video) or "\\" in video:
        return f"The path {shown} is not a relative path with forward slashes and is refused."
    if ".." in video.split("/"):
        return f"The path {shown} climbs out of the clip folder and is refused."
    return ""


def _places(video: str, source: str, roots: ClipRoots, candidates: Iterable[Candidate]) -> Iterator[_Place]:
    pieces, own = _pieces(video), roots.own(source)
    if roots.parent is not None:
        yield _Place(roots.parent, pieces)
    root, prefix = (own, ()) if own is not None else (roots.parent, pieces[:-1][:1])
    if root is None:
        return
    for candidate in candidates:
        if _may_be_tried(candidate, video):
            pattern = (*prefix, *_pieces(candidate.path))
            yield _Place(root, pattern, candidate.is_pattern, candidate.kind, candidate.substitute)


def _may_be_tried(candidate: Candidate, video: str) -> bool:
    # Any depth (**) takes a scan of the whole folder, which a single look-up cannot pay for.
    # A star that the path itself brought would fit other samples' clips.
    return not candidate.is_pattern or not ("**" in candidate.path or "*" in video)


def _pieces(path: str) -> tuple[str, ...]:
    return tuple(piece for piece in path.split("/") if piece not in ("", "."))


def _look(place: _Place, folders: Folders, search: _Search) -> Clip | None:
    if search.list_tried:
        search.tried.append(place.path)
    hits = folders.match(os.fspath(place.root), place.pattern, wildcards=place.wildcards)
    if place.kind != "video":
        search.frames += [Path(hit) for hit in hits if not folders.is_empty(hit)]
        return None
    files = {}
    for hit in hits:
        real, problem = _inspect(Path(hit), place.root)
        if real is not None:
            files[real] = Path(hit)
        else:
            search.problems.append(problem)
    if not files:
        return None
    if len(files) > 1:
        names = ", ".join(sorted(str(hit.relative_to(place.root)) for hit in files.values()))
        reason = f"{len(files)} files fit equally well: {names}. Remove or rename all but one."
        return Clip(ClipStatus.AMBIGUOUS, None, tuple(search.tried), reason)
    (real,) = files
    if place.substitute:
        reason = f"This is not the clip that was captioned but a stand-in: {place.substitute}."
        return Clip(ClipStatus.SUBSTITUTE, real, tuple(search.tried), reason)
    return Clip(ClipStatus.FOUND, real, tuple(search.tried))


def _inspect(hit: Path, root: Path) -> tuple[Path | None, str]:
    """Return the real file behind a name, or why it is none that may be opened. Opens nothing."""
    shown = hit.relative_to(root)
    try:
        real = hit.resolve(strict=True)
        found = real.stat()
        inside = real.is_relative_to(root.resolve(strict=True))
    except (OSError, RuntimeError):
        return None, f"{shown} is a link that leads nowhere, or may not be looked at."
    if not inside:
        return None, f"{shown} is a link that leads out of the clip folder and is not followed."
    if not stat.S_ISREG(found.st_mode):
        return None, f"{shown} is {'a folder' if stat.S_ISDIR(found.st_mode) else 'no regular file'}, not a clip."
    if found.st_size == 0:
        return None, f"{shown} is an empty file: its download or copy did not finish."
    if not os.access(real, os.R_OK):
        return None, f"{shown} may not be read by this program: its permissions forbid it."
    return real, ""


def _no_folder(source: str, roots: ClipRoots) -> str:
    if roots.by_source:
        return f"No clip folder is configured for {source}; add it to [clips] in dfec.toml or set DFEC_CLIPS."
    return "No clip folder is configured; set DFEC_CLIPS to the folder that holds the clips of all sources."


def _not_found(search: _Search, places: Sequence[_Place]) -> Clip:
    tried = tuple(search.tried)
    if search.problems:
        return Clip(ClipStatus.UNREADABLE, None, tried, search.problems[0])
    if search.frames:
        reason = f"Single frames were found in {search.frames[0].name}, but image folders cannot be played yet."
        return Clip(ClipStatus.MISSING, None, tried, reason)
    roots = list(dict.fromkeys(place.root for place in places))
    if not any(root.is_dir() for root in roots):
        return Clip(ClipStatus.MISSING, None, tried, f"The clip folder {roots[0]} does not exist.")
    return Clip(ClipStatus.MISSING, None, tried, f"There is no such file; places searched: {len(places)}.")
