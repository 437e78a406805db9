"""From the path in an annotation file to the clip on disk, and never to a file outside the configured folders."""

import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple, Protocol

from dfec_explore.clips.folders import Folders
from dfec_explore.clips.frames import DEFAULT_RATE, is_frame
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


class Known(Protocol):
    """Who may know already where clips lie: the answers of a catalogue."""

    def get(self, source: str, video: str) -> Clip | None:
        """Return where the clip of a sample was found to lie; None where that is not known."""


class _Place(NamedTuple):
    """A place to look into. A tuple: made by the million, and made and hashed faster than a dataclass."""

    root: Path
    pattern: tuple[str, ...]
    wildcards: bool = False
    kind: str = "video"
    substitute: str | None = None
    frame_rate: float | None = None

    @property
    def path(self) -> Path:
        return self.root.joinpath(*self.pattern)


@dataclass(slots=True)
class _Search:
    """What was met on the way, for the person who is told that there is no clip."""

    list_tried: bool
    tried: list[Path] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def resolve(
    video: str,
    *,
    source: str,
    roots: ClipRoots,
    candidates: Iterable[Candidate] | None = None,
    folders: Folders | None = None,
    list_tried: bool = True,
    answers: Known | None = None,
) -> Clip:
    """Find the clip of a sample.

    Where the catalogue has an answer it counts, as far as it still holds: the catalogue has seen the whole folders, and
    forgives roots that are off by a level. What it did not find is looked for once more.

    The path as it stands in the file is tried under the parent of all sources, then under the source's own folder;
    then the other places where the dataset keeps its clips, in their order. The first place that holds a readable,
    regular file, or a folder with frames in it where the source keeps frames, is the answer.

    Args:
        video: relative POSIX path from the annotation file; trusted with nothing.
        source: source id.
        roots: the configured folders.
        candidates: where the source's clips may lie, best first; by default what ``sources`` knows of it.
        folders: listings of the folders, to share between calls.
        list_tried: whether the answer lists the places; a run over very many clips does without.
        answers: what the catalogue said.

    Returns:
        The clip; its ``path`` has all links resolved and lies inside the folder it was found under.
    """
    refusal = refused(video)
    if refusal:
        return Clip(ClipStatus.MISSING, None, reason=refusal)
    answer = answers.get(source, video) if answers else None
    if answer is not None and _still_holds(answer, roots, source):
        return answer
    clip = _search(video, source, roots, candidates, folders or Folders(), list_tried)
    if answer is None or clip.path is not None or answer.path is not None:
        return clip
    return replace(answer, tried=clip.tried)


def _search(
    video: str,
    source: str,
    roots: ClipRoots,
    candidates: Iterable[Candidate] | None,
    folders: Folders,
    list_tried: bool,
) -> Clip:
    known = clip_candidates(video) if candidates is None else candidates
    places = list(dict.fromkeys(_places(video, source, roots, known)))
    if not places:
        return Clip(ClipStatus.MISSING, None, reason=no_folder(source, roots))
    search = _Search(list_tried)
    for place in places:
        if place.substitute and search.problems:
            break  # The clip itself is there, and that it is damaged must be seen.
        clip = _look(place, folders, search)
        if clip is not None:
            return clip
    return _not_found(search, places)


def places_tried(video: str, *, source: str, roots: ClipRoots) -> tuple[Path, ...]:
    """Return where the clip of a sample is looked for, in order; nothing for a path that is refused."""
    if refused(video):
        return ()
    places = _places(video, source, roots, clip_candidates(video), any_depth=True)
    return tuple(dict.fromkeys(place.path for place in places))


def _still_holds(answer: Clip, roots: ClipRoots, source: str) -> bool:
    """Whether the catalogue would say the same today of a clip that it found. Looks at it, opens nothing."""
    if answer.status is ClipStatus.AMBIGUOUS:
        return sum(map(os.path.lexists, answer.places)) > 1
    if answer.path is None:
        return False
    for root in filter(None, (roots.own(source), roots.parent)):
        real = Path(os.path.realpath(root))
        if answer.path.is_relative_to(real):
            found, _ = _inspect(answer.path, real, is_folder=answer.frame_rate is not None)
            return found == answer.path
    return False


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


def _places(
    video: str, source: str, roots: ClipRoots, candidates: Iterable[Candidate], *, any_depth: bool = False
) -> Iterator[_Place]:
    pieces, own = _pieces(video), roots.own(source)
    if roots.parent is not None:
        yield _Place(roots.parent, pieces)
    root, prefix = (own, ()) if own is not None else (roots.parent, pieces[:-1][:1])
    if root is None:
        return
    for candidate in candidates:
        if _may_be_tried(candidate, video, any_depth=any_depth):
            pattern = (*prefix, *_pieces(candidate.path))
            yield _Place(
                root, pattern, candidate.is_pattern, candidate.kind, candidate.substitute, candidate.frame_rate
            )


def _may_be_tried(candidate: Candidate, video: str, *, any_depth: bool) -> bool:
    # Any depth (**) takes a scan of the whole folder, which a single look-up cannot pay for.
    # A star that the path itself brought would fit other samples' clips.
    return not candidate.is_pattern or not (("**" in candidate.path and not any_depth) or "*" in video)


def _pieces(path: str) -> tuple[str, ...]:
    return tuple(piece for piece in path.split("/") if piece not in ("", "."))


def _look(place: _Place, folders: Folders, search: _Search) -> Clip | None:
    if search.list_tried:
        search.tried.append(place.path)
    is_folder = place.kind != "video"
    found = {}
    for hit in folders.match(os.fspath(place.root), place.pattern, wildcards=place.wildcards):
        if is_folder and not any(map(is_frame, folders.names(hit))):
            continue
        real, problem = _inspect(Path(hit), place.root, is_folder=is_folder)
        if real is not None:
            found[real] = Path(hit)
        else:
            search.problems.append(problem)
    return _answer(place, found, tuple(search.tried)) if found else None


def _answer(place: _Place, found: Mapping[Path, Path], tried: tuple[Path, ...]) -> Clip:
    if len(found) > 1:
        kind = "files" if place.kind == "video" else "folders of frames"
        names = ", ".join(sorted(str(hit.relative_to(place.root)) for hit in found.values()))
        reason = f"{len(found)} {kind} fit equally well: {names}. Remove or rename all but one."
        return Clip(ClipStatus.AMBIGUOUS, None, tried, reason)
    (real,) = found
    rate = None if place.kind == "video" else place.frame_rate or DEFAULT_RATE
    if place.substitute:
        reason = f"This is not the clip that was captioned but a stand-in: {place.substitute}."
        return Clip(ClipStatus.SUBSTITUTE, real, tried, reason, rate)
    return Clip(ClipStatus.FOUND, real, tried, frame_rate=rate)


def _inspect(hit: Path, root: Path, *, is_folder: bool) -> tuple[Path | None, str]:
    """Return the real file (or folder) behind a name, or why it is none that may be opened. Opens nothing."""
    shown = hit.relative_to(root)
    try:
        real = hit.resolve(strict=True)
        found = real.stat()
        inside = real.is_relative_to(root.resolve(strict=True))
    except (OSError, RuntimeError):
        return None, f"{shown} is a link that leads nowhere, or may not be looked at."
    if not inside:
        return None, f"{shown} is a link that leads out of the clip folder and is not followed."
    if is_folder:
        return _readable(real, shown, os.R_OK | os.X_OK)
    if not stat.S_ISREG(found.st_mode):
        return None, f"{shown} is {'a folder' if stat.S_ISDIR(found.st_mode) else 'no regular file'}, not a clip."
    if found.st_size == 0:
        return None, f"{shown} is an empty file: its download or copy did not finish."
    return _readable(real, shown, os.R_OK)


def _readable(real: Path, shown: Path, way: int) -> tuple[Path | None, str]:
    if not os.access(real, way):
        return None, f"{shown} may not be read by this program: its permissions forbid it."
    return real, ""


def no_folder(source: str, roots: ClipRoots) -> str:
    """Say that no folder is configured for the clips of a source, and what to set."""
    if roots.by_source:
        return f"No clip folder is configured for {source}; add it to [clips] in dfec.toml or set DFEC_CLIPS."
    return "No clip folder is configured; set DFEC_CLIPS to the folder that holds the clips of all sources."


def _not_found(search: _Search, places: Sequence[_Place]) -> Clip:
    tried = tuple(search.tried)
    if search.problems:
        return Clip(ClipStatus.UNREADABLE, None, tried, search.problems[0])
    roots = list(dict.fromkeys(place.root for place in places))
    if not any(root.is_dir() for root in roots):
        return Clip(ClipStatus.MISSING, None, tried, f"The clip folder {roots[0]} does not exist.")
    return Clip(ClipStatus.MISSING, None, tried, f"There is no such file; places searched: {len(places)}.")
