"""Where the clip of a path may lie: places and archives to look into, in order."""

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

from dfec_explore.sources.paths import path_fields
from dfec_explore.sources.registry import below_source, registry, source_of
from dfec_explore.sources.schema import Confidence, Kind, Place

Fields = Mapping[str, str]


class Candidate(NamedTuple):
    """One place where a clip may lie. A tuple: made by the million, and made faster than a dataclass."""

    path: str
    """Relative POSIX path."""
    kind: Kind
    substitute: str | None
    """What is there instead of the clip itself, such as ``face crop``; None: the clip."""
    confidence: Confidence
    is_pattern: bool = False
    """Whether ``path`` is a glob (``*`` is one level, ``**`` any depth). Where not, a ``*`` is only a character."""
    frames: str | None = None
    """Glob of the frames in a folder of frames."""
    frame_rate: float | None = None
    """Default for display of a folder of frames, in frames/s; None where the timing is lost or it is no folder."""


def clip_candidates(video: str) -> tuple[Candidate, ...]:
    """Places to look for a clip, in order.

    The first is the path as it stands, relative to the parent of all sources; the second is the path below the folder
    of its source. The others are relative to the folder that the user names for the source, and only exist where
    the path follows the pattern of its source.
    """
    below = below_source(video)
    verbatim = [Candidate(path, "video", None, Confidence.DFEC) for path in dict.fromkeys((video, below)) if path]
    source, fields = source_of(video), path_fields(video)
    if fields is None:
        return tuple(verbatim)
    told = _with_derived(source, fields)
    return (*verbatim, *(_expanded(place, told) for place in registry()[source].candidates))


def clip_archives(video: str) -> tuple[str, ...]:
    """Globs of the archives that would hold the clip, relative to the folder of its source."""
    source, fields = source_of(video), path_fields(video)
    if fields is None:
        return ()
    told = _with_derived(source, fields)
    return tuple(archive.format_map(told) for archive in registry()[source].archives)


def _expanded(place: Place, told: Fields) -> Candidate:
    path = place.path.format_map(told)
    frames = place.frames.format_map(told) if place.frames and "{" in place.frames else place.frames
    return Candidate(path, place.kind, place.substitute, place.confidence, "*" in path, frames, place.frame_rate)


def _with_derived(source: str, fields: Fields) -> Fields:
    derive = DERIVED.get(source)
    return {**fields, **derive(fields)} if derive else fields


def _afew_va(fields: Fields) -> Fields:
    """Copies in twelve numbered archives of 50 clips are reported."""
    return {"archive": f"{math.ceil(int(fields['clip']) / 50):02d}"}


def _caer(fields: Fields) -> Fields:
    split = fields["split"]
    return {"split_short": "val" if split == "validation" else split, "emotion_lower": fields["emotion"].lower()}


def _dfew(fields: Fields) -> Fields:
    """1,600 clips a part fit the published totals of the parts exactly; the number is not confirmed otherwise."""
    number = int(fields["id"])
    return {"id5": f"{number:05d}", "part": str((number - 1) // 1600 + 1)}


def _ravdess(fields: Fields) -> Fields:
    name = fields["name"]
    other = {"01": "02", "02": "01"}.get(fields["modality"], fields["modality"])
    return {"channel_name": "Speech" if fields["channel"] == "01" else "Song", "twin": other + name[2:]}


DERIVED: Mapping[str, Callable[[Fields], Fields]] = {
    "AFEW-VA": _afew_va,
    "CAER_mp4": _caer,
    "DFEW": _dfew,
    "RAVDESS": _ravdess,
}
"""Fields of a place that follow from those of the path, by source."""
