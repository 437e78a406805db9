"""What all sessions of one server share: settings, background jobs, verdict stores, clips."""

import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from dfec_explore import language
from dfec_explore.clips import ClipCache, ClipRoots, ClipSigner, CopyFolder, load_or_create_secret, shared_prober
from dfec_explore.demo import demo_clips_folder, demo_dataset, demo_folder_ready, write_annotations
from dfec_explore.errors import ClipError
from dfec_explore.index.build import dataset_arguments
from dfec_explore.jobs import JobRunner, JobState, Task
from dfec_explore.model import Clip, Dataset
from dfec_explore.reviews import ReviewStore, open_store
from dfec_explore.settings import Settings, load_settings
from dfec_explore.web.copies import ClipCopies, Wanted
from dfec_explore.web.reading_ahead import ReadingAhead

WARM_UP_AFTER = 3.0
"""Seconds after the first page was sent."""


@dataclass
class Services:
    """The shared parts of one server; made once, closed when the server stops."""

    settings: Settings
    jobs: JobRunner
    signer: ClipSigner
    clip_cache: ClipCache
    copies: ClipCopies
    datasets: tuple[Dataset, ...]
    _stores: dict[str, ReviewStore] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _warming: threading.Timer | None = None

    def __post_init__(self) -> None:
        self._ahead = ReadingAhead(self._read_quietly)

    def dataset(self, name: str) -> Dataset | None:
        """The dataset with this name, or None."""
        return next((dataset for dataset in self.datasets if dataset.name == name), None)

    def store(self, dataset: Dataset) -> ReviewStore:
        """The verdict store of a dataset; the demo has one of its own.

        Raises:
            StoreError: the database can't be opened.
        """
        url = self.settings.database_url
        if dataset.is_demo:
            url = f"sqlite:///{(self.demo_folder / 'reviews.sqlite').as_posix()}"
        with self._lock:
            if url not in self._stores:
                self._stores[url] = open_store(url)
            return self._stores[url]

    @property
    def demo_folder(self) -> Path:
        """Where the demo's captions, clips and verdicts lie."""
        return self.settings.state_folder / "demo"

    def roots(self, dataset: Dataset) -> ClipRoots:
        """The folders in which the clips of a dataset are looked for."""
        if dataset.is_demo:
            return ClipRoots(parent=demo_clips_folder(self.demo_folder), by_source={})
        return ClipRoots(parent=self.settings.clips_parent, by_source=self.settings.clips_by_source)

    def build_index(self, dataset: Dataset, key: str, *, again: bool = False) -> JobState:
        """Start (or find) the job that builds the index with this key; one that failed starts ``again`` on request."""
        known = self.jobs.job(f"index:{key}")
        if known is not None and not again:
            return known.state
        job = self.jobs.start(
            Task(
                key=f"index:{key}",
                title=f"Read the captions of {dataset.name}",
                target="dfec_explore.index.build:build_index_job",
                arguments={
                    "dataset": dataset_arguments(dataset),
                    "cache": str(self.settings.cache_folder),
                    "workers": self.settings.workers,
                },
            ),
            again=again,
        )
        return job.state

    def draw_demo(self) -> None:
        """Start the job that draws the demo's clips, once; it does nothing when they are all there."""
        key = f"demo:{self.demo_folder}"
        if self.jobs.job(key) is not None:
            return
        done, total = demo_folder_ready(self.demo_folder)
        if done == total:
            return
        self.jobs.start(
            Task(
                key=key,
                title="Draw the clips of the demo",
                target="dfec_explore.demo:draw_demo",
                arguments={"folder": str(self.demo_folder)},
            )
        )

    def warm_up(self) -> None:
        """Load what pages after the first one need, once and in the background: the parser and its spaCy.

        Not at once: an import holds up all threads, and browsers still ask for the scripts of the first page.
        """
        with self._lock:
            if self._warming is not None:
                return
            self._warming = threading.Timer(WARM_UP_AFTER, lambda: language.make_pipeline())
        self._warming.daemon = True
        self._warming.start()

    def read_ahead(self, viewer: str, clips: Sequence[Clip], roots: ClipRoots) -> None:
        """Have what is shown of the clips that come next made before they come: facts, filmstrip, copy.

        Args:
            viewer: names the session; what it wanted before and has not got is dropped.
            clips: in the order in which they come; those that were not found are left out.
            roots: where they were found.
        """
        there = [clip for clip in clips if clip.path is not None]
        self._ahead.want(viewer, there)
        self.copies.read_ahead(viewer, [Wanted(clip, roots) for clip in there])

    def _read_quietly(self, clip: Clip) -> None:
        assert clip.path is not None
        # Whoever opens the clip is told what is wrong with it.
        with suppress(ClipError):
            self.clip_cache.facts(clip.path, frame_rate=clip.frame_rate)
            self.clip_cache.filmstrip(clip.path)

    def close(self) -> None:
        """Stop background work and close what is open."""
        if self._warming is not None:
            self._warming.cancel()
        self._ahead.close()
        self.copies.close()
        self.jobs.close()
        shared_prober().close()
        for store in self._stores.values():
            store.close()


def open_services(settings: Settings | None = None) -> Services:
    """Make the shared parts from the settings in force; writes the demo's captions where no dataset is declared.

    Raises:
        SettingError: a setting is wrong.
    """
    settings = settings or load_settings()
    settings.state_folder.mkdir(parents=True, exist_ok=True)
    clip_cache = ClipCache(settings.cache_folder / "pictures", settings.cache_megabytes * 1_000_000)
    copies = CopyFolder(settings.cache_folder / "transcoded", settings.transcoded_megabytes * 1_000_000)
    services = Services(
        settings=settings,
        jobs=JobRunner(max_parallel=settings.workers),
        signer=ClipSigner(load_or_create_secret(settings.state_folder / "clip-links.key")),
        clip_cache=clip_cache,
        copies=ClipCopies(copies, clip_cache, workers=settings.workers),
        datasets=settings.datasets,
    )
    if not services.datasets:
        write_annotations(services.demo_folder)
        services.datasets = (demo_dataset(services.demo_folder),)
    return services


_shared: list[Services] = []
_opening = threading.Lock()


def services() -> Services:
    """The shared parts of this server; opened at the first call.

    Raises:
        SettingError: a setting is wrong.
    """
    with _opening:
        if not _shared:
            _shared.append(open_services())
        return _shared[0]


def close_services() -> None:
    """Close the shared parts; the next call of ``services`` opens them again."""
    with _opening:
        _close(_shared)


def _close(opened: Iterable[Services]) -> None:
    closing = list(opened)
    _shared.clear()  # First: parts that can't be closed must not be handed out again.
    for shared in closing:
        shared.close()
