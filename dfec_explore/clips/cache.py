"""Pictures and facts of clips on disk: made once, bounded in size, thrown away without loss."""

import hashlib
import json
import logging
import os
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import asdict
from pathlib import Path

from dfec_explore.clips.fingerprint import fingerprint
from dfec_explore.clips.prober import DecoderBusy, Prober, shared_prober
from dfec_explore.errors import ClipError
from dfec_explore.model import ClipFacts

PICTURE_VERSION = 3
"""Raised whenever the same request gives another picture, or other facts, than before."""
FAILURE_SECONDS = 600.0
"""Time for which a clip that could not be read is not tried again, unless its file changes."""
MAX_FAILURES = 10_000
MEASURE_PATIENCE = 20.0
"""Seconds that a request waits while the motion of other clips is measured."""
_ABANDONED_SECONDS = 3600.0
_DIGEST_BYTES = 32

_log = logging.getLogger(__name__)


class ClipCache:
    """Thumbnails, filmstrips and facts by (resolved path, size, time of change, options). Safe to share by threads.

    Args:
        folder: where entries are kept; made when missing.
        max_bytes: size at which the oldest entries are removed.
        prober: what decodes; the one of this process by default.
        measured_at_once: clips whose motion is measured at the same time: fewer than decoders where people wait.
    """

    def __init__(
        self, folder: Path, max_bytes: int, *, prober: Prober | None = None, measured_at_once: int = 1
    ) -> None:
        self._folder, self._max_bytes = folder, max_bytes
        self._prober = prober or shared_prober()
        self._lock = threading.Lock()
        self._measuring = threading.Semaphore(measured_at_once)
        self._running: dict[str, Future[bytes]] = {}
        self._failures: dict[str, tuple[float, ClipError]] = {}
        # Other processes may write to the same folder: its size is looked up again before long.
        self._unchecked_bytes = max_bytes

    def thumbnail(self, path: Path, *, height: int = 120) -> bytes:
        """Return a JPEG of one frame: see ``Prober.thumbnail``.

        Raises:
            ClipError: it cannot be read; says why.
        """
        key = _key(path, "thumbnail", height=height)
        return self._once(key, lambda: self._prober.thumbnail(path, height=height))

    def filmstrip(self, path: Path, *, tiles: int = 10, height: int = 64) -> bytes:
        """Return a JPEG of frames side by side: see ``Prober.filmstrip``.

        Raises:
            ClipError: it cannot be read; says why.
        """
        key = _key(path, "filmstrip", tiles=tiles, height=height)
        return self._once(key, lambda: self._prober.filmstrip(path, tiles=tiles, height=height))

    def facts(self, path: Path, *, frame_rate: float | None = None) -> ClipFacts:
        """Return what a clip is: see ``Prober.facts``.

        Raises:
            ClipError: it cannot be read; says why.
        """
        key = _key(path, "facts", frame_rate=frame_rate)
        entry = self._once(key, lambda: json.dumps(asdict(self._prober.facts(path, frame_rate=frame_rate))).encode())
        return ClipFacts(**json.loads(entry))

    def motion(self, path: Path, *, frame_rate: float | None = None) -> bytes:
        """Return how much moves in a clip as JSON of ``Motion.as_json``: see ``Prober.motion``.

        Nobody waits for it to see a clip: of many that are asked for at once, one is measured at a time, so that
        decoders are left for what people wait for.

        Raises:
            ClipError: it cannot be read; says why.
        """

        def measure() -> bytes:
            if not self._measuring.acquire(timeout=MEASURE_PATIENCE):
                raise DecoderBusy(path, "the motion of other clips is measured; try again")
            try:
                return json.dumps(self._prober.motion(path, frame_rate=frame_rate).as_json()).encode("ascii")
            finally:
                self._measuring.release()

        return self._once(_key(path, "motion", frame_rate=frame_rate), measure)

    def known_facts(self, path: Path, *, frame_rate: float | None = None) -> ClipFacts | None:
        """Return what a clip is if that has been read before; opens no clip."""
        try:
            entry = self._read(_key(path, "facts", frame_rate=frame_rate))
        except ClipError:
            return None
        return ClipFacts(**json.loads(entry)) if entry else None

    def _once(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return the entry of a key; of many threads that want it at once, one makes it."""
        with self._lock:
            self._raise_known_failure(key)
            running = self._running.get(key)
            if running is None:
                mine = self._running[key] = Future[bytes]()
        if running is not None:
            return running.result()
        try:
            mine.set_result(self._read_or_make(key, make))
        except ClipError as error:
            mine.set_exception(error)
        finally:
            mine.cancel()  # After an error that nobody expected: those who wait must not wait for ever.
            with self._lock:
                del self._running[key]
        return mine.result()

    def _read_or_make(self, key: str, make: Callable[[], bytes]) -> bytes:
        entry = self._read(key)
        if entry is not None:
            return entry
        try:
            entry = make()
        except DecoderBusy:
            raise
        except ClipError as error:
            self._remember_failure(key, error)
            raise
        self._write(key, entry)
        return entry

    def _raise_known_failure(self, key: str) -> None:
        until, error = self._failures.get(key, (0.0, None))
        if error is not None and time.monotonic() < until:
            raise error.with_traceback(None)

    def _remember_failure(self, key: str, error: ClipError) -> None:
        with self._lock:
            if len(self._failures) >= MAX_FAILURES:
                self._failures.clear()
            self._failures[key] = (time.monotonic() + FAILURE_SECONDS, error)

    def _place(self, key: str) -> Path:
        return self._folder / key[:2] / key

    def _read(self, key: str) -> bytes | None:
        try:
            stored = self._place(key).read_bytes()
        except OSError:
            return None
        digest, entry = stored[:_DIGEST_BYTES], stored[_DIGEST_BYTES:]
        return entry if hashlib.sha256(entry).digest() == digest else None

    def _write(self, key: str, entry: bytes) -> None:
        """Keep an entry. A full disk costs the entry, not the answer."""
        place = self._place(key)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=place.parent, suffix=".part", delete=False) as file:
                file.write(hashlib.sha256(entry).digest() + entry)
            os.replace(file.name, place)
        except OSError as error:
            _log.warning("The clip cache %s could not be written: %s", self._folder, error)
            return
        with self._lock:
            self._unchecked_bytes += len(entry)
            due = self._unchecked_bytes > self._max_bytes // 20
            self._unchecked_bytes = 0 if due else self._unchecked_bytes
        if due:
            _remove_oldest(self._folder, self._max_bytes)


def _key(path: Path, kind: str, **options: float | None) -> str:
    made_by = [*fingerprint(path), kind, sorted(options.items()), PICTURE_VERSION]
    return hashlib.sha256(json.dumps(made_by).encode("ascii")).hexdigest()


def _remove_oldest(folder: Path, max_bytes: int) -> None:
    """Bring a folder down to nine tenths of its bound if it is above it."""
    entries = []
    for place in folder.glob("*/*"):
        try:
            found = place.stat()
        except OSError:
            continue  # Another process was quicker.
        # One that is being written right now is nobody's to remove.
        if place.suffix != ".part" or time.time() - found.st_mtime > _ABANDONED_SECONDS:
            entries.append((found.st_mtime_ns, found.st_size, place))
    total = sum(size for _, size, _ in entries)
    if total <= max_bytes:
        return
    for _, size, place in sorted(entries):
        place.unlink(missing_ok=True)
        total -= size
        if total <= max_bytes * 9 // 10:
            return
