"""The clip of a sample: where the last scan found it, looked at anew each time it is asked for."""

import hashlib
import json
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from dfec_explore.clips import RATES, Answers, Folders, resolve
from dfec_explore.model import Clip, Dataset
from dfec_explore.sources import source_of
from dfec_explore.web.services import Services


@lru_cache(maxsize=1)
def _folders() -> Folders:
    """Listings of the clip folders, shared by all sessions; they look again after some seconds."""
    return Folders()


@lru_cache(maxsize=32)
def _answers(file: Path) -> Answers:
    return Answers(file)


def answers_file(services: Services, dataset: Dataset) -> Path:
    """Where the scan of these clip folders keeps what it found; other folders have another file."""
    roots = services.roots(dataset)
    named = [dataset.name, str(roots.parent), sorted((name, str(path)) for name, path in roots.by_source.items())]
    key = hashlib.sha256(json.dumps(named).encode()).hexdigest()[:32]
    return services.settings.cache_folder / "clips" / f"{key}.sqlite"


def find_clip(services: Services, dataset: Dataset, video: str, *, rate: float | None = None) -> Clip:
    """Where the clip of a sample lies, or the places that were searched.

    Args:
        services: the server's shared parts.
        dataset: which one.
        video: path as in the annotation file.
        rate: frames a second, one of ``RATES``, at which single frames are shown instead of their source's own.
    """
    answers = _answers(answers_file(services, dataset))
    roots = services.roots(dataset)
    clip = resolve(video, source=source_of(video), roots=roots, folders=_folders(), answers=answers)
    return replace(clip, frame_rate=rate) if rate in RATES and clip.frame_rate is not None else clip
