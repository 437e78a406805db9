"""What would help where clips are not found: another folder, archives to unpack, what of a dataset to obtain."""

import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from dfec_explore.clips.answers import Answers
from dfec_explore.clips.cataloguing import read_wanted
from dfec_explore.clips.progress import Progress
from dfec_explore.clips.resolve import ClipRoots
from dfec_explore.clips.suggesting import suggest_root
from dfec_explore.errors import ClipError
from dfec_explore.model import Clip, ClipStatus
from dfec_explore.sources import below_source, clip_archives, clip_candidates

MANY_MISSING = 0.5
"""Where more than this part of a source is missing, the folder itself is doubted and another one is looked for."""
MOST_NAMED = 40
"""Archives and folders that are named for one source: those that hold the most samples."""
VERBATIM = 2
"""Candidates that only repeat the path of the annotation file, before those of the dataset's own layout."""


class Advice(BaseModel):
    """What is known of a source whose clips are not all there."""

    model_config = ConfigDict(frozen=True)

    root: str | None = None
    """The folder that was searched: the source's own, or that of all sources."""
    root_exists: bool = False
    total: int = 0
    found: int = 0
    suggested: str | None = None
    """A folder around it in which more clips of the source lie."""
    suggested_found: int = 0
    suggested_of: int = 0
    """Samples that were looked for there."""
    clips_in: str | None = None
    """The folder below the suggested one that the clips have in common."""
    archives: Mapping[str, int] = {}
    """Archives on disk that hold missing clips, and how many."""
    obtain: Mapping[str, int] = {}
    """Archives of the published dataset that hold missing clips, and how many."""
    expected: Mapping[str, int] = {}
    """Folders of the published layout in which missing clips lie, and how many."""


_FILE = TypeAdapter(dict[str, Advice])


def advise(
    progress: Progress,
    *,
    clips: str,
    answers: str,
    advice: str,
    parent: str | None = None,
    by_source: Mapping[str, str] | None = None,
) -> None:
    """Write what would help each source, for a job that runs in a process of its own, after the catalogue's.

    Args:
        progress: is told after every source.
        clips: the samples, as for ``cataloguing.catalogue_clips``.
        answers: its answers.
        advice: the file to write, JSON by source id.
        parent: the folder that holds the clips of all sources.
        by_source: the folders of single sources.

    Raises:
        ClipError: it cannot be written.
    """
    roots = ClipRoots(Path(parent) if parent else None, {name: Path(path) for name, path in (by_source or {}).items()})
    videos: dict[str, list[str]] = {}
    for source, video in read_wanted(Path(clips)):
        videos.setdefault(source, []).append(video)
    located, found = Answers(Path(answers)), {}
    for number, (source, own) in enumerate(videos.items()):
        progress.report(number, len(videos), "Looking around the clip folders")
        found[source] = _advice(source, own, located, roots)
    located.close()
    _write(Path(advice), found)


def read_advice(file: Path) -> dict[str, Advice]:
    """Return what ``advise`` wrote, by source id; nothing where it wrote nothing that can be read."""
    try:
        return _FILE.validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return {}


def _advice(source: str, videos: Sequence[str], answers: Answers, roots: ClipRoots) -> Advice:
    root = roots.own(source) or roots.parent
    missing: list[tuple[str, Clip]] = []
    for video in videos:
        clip = answers.get(source, video)
        if clip is None or clip.status in (ClipStatus.MISSING, ClipStatus.PACKED):
            missing.append((video, clip or Clip(ClipStatus.MISSING, None)))
    found = len(videos) - len(missing)
    # What lies in an archive here need not be obtained again.
    gone = [video for video, clip in missing if clip.archive is None]
    told = Advice(
        root=_text(root),
        root_exists=root is not None and os.path.isdir(root),
        total=len(videos),
        found=found,
        archives=_most(str(clip.archive) for _, clip in missing if clip.archive is not None),
        obtain=_most(name for video in gone for name in clip_archives(video)[:1]),
        expected=_most(folder for video in gone if (folder := _official_folder(video))),
    )
    if root is None or len(gone) <= MANY_MISSING * len(videos):
        return told
    better = suggest_root(source, videos, root)
    if better is None or better.share <= found / len(videos):
        return told
    return told.model_copy(
        update={
            "suggested": _text(better.folder),
            "suggested_found": better.found,
            "suggested_of": better.looked_for,
            "clips_in": _text(better.clips_in),
        }
    )


def _official_folder(video: str) -> str:
    """Return the folder, below that of the source, in which its dataset keeps a clip; nothing where none is known."""
    below = below_source(video)
    for place in clip_candidates(video)[VERBATIM:]:
        if place.substitute is None and not place.is_pattern:
            # A source whose clips lie as the annotation file says has other names for the folder above alone.
            path = below if place.path.endswith(f"/{below}") else place.path
            return path.rpartition("/")[0]
    return ""


def _most(names: Iterable[str]) -> dict[str, int]:
    return dict(Counter(names).most_common(MOST_NAMED))


def _text(path: Path | None) -> str | None:
    return None if path is None else os.fsencode(path).decode("utf-8", "replace")


def _write(file: Path, advice: dict[str, Advice]) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as made:
            made.write(_FILE.dump_json(advice))
        os.replace(made.name, file)
    except OSError as error:
        raise ClipError(file, f"what would help could not be written: {error}") from error
