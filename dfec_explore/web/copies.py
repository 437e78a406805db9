"""Copies of clips that browsers can play: made in the background, one job each, the clip in view first."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from dfec_explore.clips import ClipCache, ClipRoots, CopyFolder, CopyPlace
from dfec_explore.errors import ClipError, JobError
from dfec_explore.jobs import Job, JobRunner, JobState, JobStatus, Task
from dfec_explore.model import Clip

SILENCE = 120.0
"""Seconds without progress after which a job is ended: its decoder hangs."""
BEHIND = 10
"""Niceness of what nobody waits for yet: beside it, the clip in view has nine tenths of the processor."""
LOOK_AGAIN = 0.2
MOST_VIEWERS = 100
"""Sessions whose next clips are remembered."""


class CopyStatus(StrEnum):
    """Where a copy stands."""

    ABSENT = "absent"
    PREPARING = "preparing"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class CopyState:
    """What is known of a copy at one moment."""

    status: CopyStatus
    percent: int = 0
    reason: str = ""
    """A sentence, if it failed."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A clip of which a copy is wanted."""

    clip: Clip
    roots: ClipRoots
    encode: bool = False
    """Encode the picture anew: the browser refused one that it was thought to play."""


class ClipCopies:
    """Makes copies of clips, and knows how far each is. Safe to share by threads.

    Clips that somebody looks at are converted as soon as a place is free, those that come next one at a time, behind
    them. Its jobs are run apart from the others, so that neither wait for each other.

    Args:
        folder: where the copies lie.
        cache: says what a clip is.
        workers: how many clips in view are converted at once.
    """

    def __init__(self, folder: CopyFolder, cache: ClipCache, *, workers: int) -> None:
        self._folder, self._cache = folder, cache
        self._jobs = JobRunner(max_parallel=workers + 1)
        self._change = threading.Condition()
        self._viewed: set[str] = set()
        self._next: OrderedDict[str, Sequence[Wanted]] = OrderedDict()
        self._thread: threading.Thread | None = None
        self._closed = False

    def needs_copy(self, clip: Clip) -> bool:
        """Say whether browsers can't play a clip as it is.

        Raises:
            ClipError: it can't be read; says why.
        """
        if clip.path is None or clip.frame_rate is not None:
            return clip.path is not None
        return not self._cache.facts(clip.path).plays_in_browser

    def find(self, wanted: Wanted) -> Path | None:
        """Return the copy, if it is there; the clip itself if it needs none. Whoever asks is about to watch it.

        Raises:
            ClipError: the clip itself is gone.
        """
        place = self._place(wanted)
        if place.is_there:
            return place.path
        return wanted.clip.path if self._is_known_to_play(wanted) else None

    def state(self, wanted: Wanted) -> CopyState:
        """Return how far the copy is, and start nothing; a clip that needs none is ready.

        Raises:
            ClipError: the clip itself is gone.
        """
        place = self._place(wanted)
        if place.is_there or self._is_known_to_play(wanted):
            return CopyState(CopyStatus.READY, 100)
        job = self._jobs.job(place.key)
        return _described(job.state, place) if job else CopyState(CopyStatus.ABSENT)

    def view(self, wanted: Wanted, *, again: bool = False) -> CopyState:
        """Have a copy made for somebody who is waiting for it, and return how far it is.

        Args:
            wanted: the clip.
            again: try it once more if it has failed.

        Raises:
            ClipError: the clip itself is gone.
        """
        known = self.state(wanted)
        if known.status is CopyStatus.ABSENT or (known.status is CopyStatus.FAILED and again):
            with suppress(JobError):  # The server is shutting down.
                self._start(wanted, niceness=0)
                known = CopyState(CopyStatus.PREPARING)
        if known.status is CopyStatus.PREPARING:
            with self._change:
                self._viewed.add(self._place(wanted).key)
        return known

    def read_ahead(self, viewer: str, upcoming: Sequence[Wanted]) -> None:
        """Have the copies made that a viewer will want next, in this order; replaces what the viewer wanted before."""
        with self._change:
            self._next.pop(viewer, None)
            self._next[viewer] = tuple(upcoming)
            while len(self._next) > MOST_VIEWERS:
                self._next.popitem(last=False)
            if self._thread is None and not self._closed:
                thread = threading.Thread(target=self._work_ahead, name="copies ahead", daemon=True)
                thread.start()
                self._thread = thread  # Only now: one that could not be started must not be waited for.
            self._change.notify_all()

    def jobs(self) -> tuple[JobState, ...]:
        """Return the states of the jobs, newest first."""
        return self._jobs.jobs()

    def close(self) -> None:
        """End all work; nothing is made afterwards."""
        with self._change:
            self._closed = True
            self._change.notify_all()
        self._jobs.close()
        if self._thread is not None:
            self._thread.join()

    def _is_known_to_play(self, wanted: Wanted) -> bool:
        if wanted.encode or wanted.clip.path is None or wanted.clip.frame_rate is not None:
            return False
        facts = self._cache.known_facts(wanted.clip.path)
        return facts is not None and facts.plays_in_browser

    def _place(self, wanted: Wanted) -> CopyPlace:
        assert wanted.clip.path is not None
        return self._folder.place(wanted.clip.path, frame_rate=wanted.clip.frame_rate, encode=wanted.encode)

    def _start(self, wanted: Wanted, *, niceness: int) -> Job:
        place, path = self._place(wanted), wanted.clip.path
        assert path is not None
        arguments: dict[str, Any] = {
            "source": str(path),
            "target": str(place.path),
            "roots": [str(root) for root in (wanted.roots.parent, *wanted.roots.by_source.values()) if root],
            "max_bytes": self._folder.max_bytes,
            "frame_rate": wanted.clip.frame_rate,
            "encode": wanted.encode,
            "niceness": niceness,
        }
        task = Task(
            key=place.key,
            title=f"Prepare {path.name} for browsers",
            target="dfec_explore.clips.transcoding:transcode_in_job",
            arguments=arguments,
            deadline=SILENCE,
        )
        # One that is done, though its copy is gone: it was removed to make room.
        return self._jobs.start(task, again=True)

    def _work_ahead(self) -> None:
        while (wanted := self._take()) is not None:
            # Whoever opens the clip is told what is wrong with it.
            with suppress(ClipError, JobError):
                if self.needs_copy(wanted.clip) and self.state(wanted).status is CopyStatus.ABSENT:
                    self._wait_for_viewers()
                    self._start(wanted, niceness=BEHIND).wait()

    def _take(self) -> Wanted | None:
        """Wait for the next clip that is wanted ahead; None when there will be no more."""
        with self._change:
            while not self._closed:
                for viewer, upcoming in self._next.items():
                    if upcoming:
                        self._next[viewer] = upcoming[1:]
                        self._next.move_to_end(viewer)
                        return upcoming[0]
                self._change.wait()
        return None

    def _wait_for_viewers(self) -> None:
        with self._change:
            while not self._closed and self._has_viewers():
                self._change.wait(LOOK_AGAIN)

    def _has_viewers(self) -> bool:
        jobs = {key: self._jobs.job(key) for key in self._viewed}
        self._viewed = {key for key, job in jobs.items() if job is not None and not job.state.is_over}
        return bool(self._viewed)


def _described(job: JobState, place: CopyPlace) -> CopyState:
    match job.status:
        case JobStatus.QUEUED | JobStatus.RUNNING:
            return CopyState(CopyStatus.PREPARING, round(100 * job.done / job.total) if job.total else 0)
        case JobStatus.FAILED:
            return CopyState(CopyStatus.FAILED, reason=job.error or "")
        case JobStatus.DONE if place.is_there:
            return CopyState(CopyStatus.READY, 100)
        case _:
            return CopyState(CopyStatus.ABSENT)
