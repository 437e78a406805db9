"""Opening a dataset: its index when there is one, what is ready of it while it is being built."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from dfec_explore.index.clip_flags import CLIP_FLAGS
from dfec_explore.index.folders import IndexFolder, current_index, index_key, newest_index, partial_index
from dfec_explore.jobs import JobState, JobStatus
from dfec_explore.model import Dataset
from dfec_explore.query import Explorer, Filters
from dfec_explore.web import cached
from dfec_explore.web.services import Services


@dataclass(frozen=True, slots=True)
class Opened:
    """A dataset as far as it can be asked now."""

    dataset: Dataset
    folder: IndexFolder | None
    explorer: Explorer | None
    """None while nothing of it is ready."""
    job: JobState | None
    """The work on its index, where there is some: running or failed."""
    is_older: bool = False
    """What is shown is the index of an earlier version of the files."""


def open_dataset(services: Services, dataset: Dataset) -> Opened:
    """Open a dataset for questions; starts building its index when it is missing.

    Raises:
        AnnotationFileError: an annotation file can't be read at all.
    """
    cache = services.settings.cache_folder
    folder = current_index(dataset, cache)
    if folder is not None:
        return Opened(dataset, folder, _explorer(services, folder), None)
    job = services.build_index(dataset, index_key(dataset, cache))
    older = newest_index(dataset, cache)
    if job.status is JobStatus.DONE and older is not None:
        # The files or the program changed while it was built; the next start brings it up to date.
        return Opened(dataset, older, _explorer(services, older), None)
    shown = older or partial_index(dataset, cache)
    explorer = _explorer(services, shown) if shown else None
    return Opened(dataset, shown, explorer, job, is_older=older is not None)


def _explorer(services: Services, folder: IndexFolder) -> Explorer:
    return cached.explorer_of(
        str(folder.path), version_of(folder), services.settings.query_memory_megabytes, _folder=folder
    )


def version_of(folder: IndexFolder) -> str:
    """Names what an index holds: when it was built, or how many partitions are ready."""
    if folder.manifest is not None:
        clips = folder.path / CLIP_FLAGS
        compared = f" {clips.stat().st_mtime_ns}" if clips.is_file() else ""
        return f"{folder.manifest.built_at}{compared}"
    return f"{len(folder.files('samples'))} partitions"


def asker(opened: Opened, verdicts: int) -> Any:
    """A function that answers a question about this dataset, from the cache where it can."""
    assert opened.explorer is not None
    assert opened.folder is not None
    return partial(
        _ask, explorer=opened.explorer, index=f"{opened.folder.path} {version_of(opened.folder)}", verdicts=verdicts
    )


def _ask(question: Any, filters: Filters, **options: Any) -> Any:
    return cached.ask(question, options.pop("explorer"), filters, **options)
