"""Facts, frames and pictures of clips, decoded in processes that are killed when they hang or crash."""

import functools
import queue
import stat
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from dfec_explore.clips.decode_worker import DecoderLost, DecodeWorker
from dfec_explore.clips.motion import Motion, motion_of
from dfec_explore.errors import ClipError
from dfec_explore.model import ClipFacts

MOTION_SHARE = 0.6
"""Part of the deadline after which motion is told as far as it was read; the rest is left for one slow frame."""
STUCK_SECONDS = 1.0
"""Time at one clip after which a decoding process no longer counts: another takes its place for those who wait."""
LOOK_SECONDS = 0.2
MAX_TILES = 100
MAX_HEIGHT = 2160


class DecoderBusy(ClipError):
    """Every decoder was at work on other clips for too long; says nothing about the clip."""


class Prober:
    """Facts and pictures of clips for many threads at once, from a few decoding processes.

    Args:
        workers: decoding processes at most, those left out that are stuck at a clip.
        spares: processes at most that take the place of stuck ones while somebody waits.
        deadline: seconds that one clip may take.
        patience: seconds that a request waits for a free process.
        recycle_after: see ``DecodeWorker``.
    """

    def __init__(
        self,
        *,
        workers: int = 2,
        spares: int = 4,
        deadline: float = 10.0,
        patience: float = 60.0,
        recycle_after: int = 500,
    ) -> None:
        self._deadline, self._patience, self._recycle_after = deadline, patience, recycle_after
        self._at_once, self._spares = workers, spares
        self._change = threading.Lock()
        self._since: dict[DecodeWorker, float] = {}
        """When the workers that are busy began."""
        self.workers = tuple(DecodeWorker(recycle_after=recycle_after) for _ in range(workers))
        # Last in, first out: a lone user keeps one process warm, and the others are never started.
        self._idle: queue.LifoQueue[DecodeWorker] = queue.LifoQueue()
        for worker in self.workers:
            self._idle.put(worker)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def idle(self) -> int:
        """How many workers have nothing to do now."""
        return self._idle.qsize()

    def close(self) -> None:
        """End the decoding processes."""
        for worker in self.workers:
            worker.close()

    def facts(self, path: Path, *, frame_rate: float | None = None, deadline: float | None = None) -> ClipFacts:
        """Return what a clip is: see ``media.read_facts``.

        Raises:
            ClipError: it cannot be read; says why.
        """
        header, _ = self._request("facts", path, deadline=deadline, frame_rate=frame_rate)
        return ClipFacts(**header["facts"])

    def thumbnail(self, path: Path, *, height: int = 120) -> bytes:
        """Return a JPEG of the key frame at or before the middle, ``height`` pixels high.

        Raises:
            ClipError: it cannot be read; says why.
        """
        _, picture = self._request("thumbnail", path, height=_within("height", height, MAX_HEIGHT))
        return picture

    def filmstrip(self, path: Path, *, tiles: int = 10, height: int = 64) -> bytes:
        """Return a JPEG of ``tiles`` frames side by side, from the middles of equal shares of the clip.

        Raises:
            ClipError: it cannot be read; says why.
        """
        _, picture = self._decode(
            "filmstrip",
            path,
            tiles=_within("tiles", tiles, MAX_TILES),
            height=_within("height", height, MAX_HEIGHT),
        )
        return picture

    def motion(self, path: Path, *, frame_rate: float | None = None) -> Motion:
        """Return how much moves in a clip over time: see ``motion_reading.read_motion``.

        A clip that takes longer than the deadline allows is measured as far as time allows.

        Raises:
            ClipError: it cannot be read; says why.
        """
        seconds = MOTION_SHARE * self._deadline
        header, _ = self._request("motion", path, seconds=seconds, frame_rate=frame_rate)
        return motion_of(header["motion"])

    def frames(self, path: Path, indices: Sequence[int], *, height: int) -> npt.NDArray[np.uint8]:
        """Return the frames of the given numbers (from 0), scaled to ``height``: (frames, height, width, 3), RGB.

        Raises:
            ClipError: it cannot be read; says why.
        """
        ascending = sorted(set(indices))
        header, body = self._decode("frames", path, indices=ascending, height=_within("height", height, MAX_HEIGHT))
        frames = np.frombuffer(body, dtype=np.uint8).reshape(header["shape"])
        return frames[[ascending.index(index) for index in indices]]

    def _decode(self, kind: str, path: Path, **options: Any) -> tuple[dict[str, Any], bytes]:
        """Try decord, the faster one, then PyAV: decord hangs or crashes on some clips that others can read."""
        half = self._deadline / 2
        try:
            return self._request(kind, path, deadline=half, reader="decord", **options)
        except DecoderLost:
            return self._request(kind, path, deadline=half, reader="pyav", **options)

    def _request(
        self, kind: str, path: Path, *, deadline: float | None = None, **options: Any
    ) -> tuple[dict[str, Any], bytes]:
        _refuse_special_file(path)
        with self._worker(path) as worker:
            return worker.request(kind, path, deadline=deadline or self._deadline, **options)

    @contextmanager
    def _worker(self, path: Path) -> Iterator[DecodeWorker]:
        worker = self._take(path)
        with self._change:
            self._since[worker] = time.monotonic()
        try:
            yield worker
        finally:
            self._give_back(worker)

    def _take(self, path: Path) -> DecodeWorker:
        end = time.monotonic() + self._patience
        while (left := end - time.monotonic()) > 0:
            with suppress(queue.Empty):
                return self._idle.get(timeout=min(LOOK_SECONDS, left))
            spare = self._spare()
            if spare is not None:
                return spare
        raise DecoderBusy(path, f"every decoder was busy with other clips for {self._patience:g} s; try again")

    def _spare(self) -> DecodeWorker | None:
        """Return another worker in the place of one that is stuck, if there is one without."""
        with self._change:
            now = time.monotonic()
            stuck = sum(now - since > STUCK_SECONDS for since in self._since.values())
            if len(self.workers) - self._at_once >= min(stuck, self._spares):
                return None
            spare = DecodeWorker(recycle_after=self._recycle_after)
            self.workers = (*self.workers, spare)
            return spare

    def _give_back(self, worker: DecodeWorker) -> None:
        with self._change:
            del self._since[worker]
            # Of more than are needed, one whose process was stopped goes first: the others are warm.
            is_over = len(self.workers) > self._at_once and (worker.pid is None or not self._idle.empty())
            if is_over:
                self.workers = tuple(other for other in self.workers if other is not worker)
        if is_over:
            worker.close()
        else:
            self._idle.put(worker)


@functools.cache
def shared_prober() -> Prober:
    """Return the prober of this process, for callers that have none of their own."""
    import atexit

    prober = Prober()
    atexit.register(prober.close)
    return prober


def _refuse_special_file(path: Path) -> None:
    """Look before anything is opened: to open a FIFO or a device can block for ever."""
    try:
        found = path.stat()
    except OSError as error:
        raise ClipError(path, f"it cannot be opened: {error.strerror}") from error
    except ValueError as error:
        raise ClipError(path, f"its name cannot be used: {error}") from error
    if stat.S_ISDIR(found.st_mode):
        return
    if not stat.S_ISREG(found.st_mode):
        raise ClipError(path, "it is no regular file")
    if found.st_size == 0:
        raise ClipError(path, "the file is empty")


def _within(name: str, value: int, most: int) -> int:
    if not 1 <= value <= most:
        raise ValueError(f"{name} is {value}; it must be from 1 to {most}")
    return value
