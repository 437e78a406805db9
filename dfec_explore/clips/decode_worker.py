"""One decoding process at a time: asked over pipes, killed when it hangs, started again when it is gone."""

import os
import queue
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

import dfec_explore
from dfec_explore.clips.wire import BrokenStream, read_message, write_message
from dfec_explore.errors import ClipError

START_SECONDS = 60.0
"""Time that a new decoding process has to load its libraries, on a busy machine with a cold disk."""
_PACKAGE_FOLDER = str(Path(dfec_explore.__file__).resolve().parents[1])


class DecoderLost(ClipError):
    """The decoder hung or crashed on a clip and was killed; another try may go better."""


class _Child:
    """One decoding process. A thread of its own reads its replies, so that waiting can always be given up."""

    def __init__(self) -> None:
        path = os.pathsep.join(filter(None, [_PACKAGE_FOLDER, os.environ.get("PYTHONPATH", "")]))
        self.process = subprocess.Popen(
            # -P: a file av.py in the working folder is not the library.
            [sys.executable, "-P", "-m", "dfec_explore.clips.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )
        self.served = 0
        self._replies: queue.SimpleQueue[tuple[dict[str, Any], bytes] | None] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def send(self, header: dict[str, Any]) -> None:
        write_message(cast(BinaryIO, self.process.stdin), header)
        self.served += 1

    def receive(self, seconds: float) -> tuple[dict[str, Any], bytes] | None:
        """Return the next message, or None when the process has ended.

        Raises:
            queue.Empty: nothing came in time.
        """
        return self._replies.get(timeout=seconds)

    def kill(self) -> None:
        self.process.kill()
        with suppress(OSError):  # It had not read all of its last request.
            cast(BinaryIO, self.process.stdin).close()
        with suppress(subprocess.TimeoutExpired):  # Stuck in the kernel, on a dead network disk.
            self.process.wait(timeout=5)

    def _listen(self) -> None:
        with cast(BinaryIO, self.process.stdout) as stream:
            while True:
                try:
                    self._replies.put(read_message(stream))
                except BrokenStream:
                    self._replies.put(None)
                    return


class DecodeWorker:
    """One decoding process at a time, started at the first request and again after a hang or a crash.

    Args:
        recycle_after: requests after which the process is replaced, so that what its libraries leak stays bounded.
    """

    def __init__(self, *, recycle_after: int = 500) -> None:
        self._recycle_after = recycle_after
        self._lock = threading.Lock()
        self._child: _Child | None = None

    @property
    def pid(self) -> int | None:
        """Number of the process that is alive now, if one is."""
        child = self._child
        return child.process.pid if child else None

    def request(self, kind: str, path: Path, *, deadline: float, **options: Any) -> tuple[dict[str, Any], bytes]:
        """Have one thing decoded.

        Args:
            kind: ``facts``, ``thumbnail``, ``filmstrip``, ``motion`` or ``frames``.
            path: the clip.
            deadline: seconds that the answer may take.
            options: what the function of that name in ``media`` takes.

        Raises:
            DecoderLost: no answer in time, or the process ended; the next request starts another.
            ClipError: the clip cannot be read; says why.
        """
        message = {"kind": kind, "path": str(path), "options": options, "deadline": deadline}
        with self._lock:
            has_served = self._child is not None and self._child.served > 0
            reply = self._ask(path, message, deadline)
            if reply is None and has_served:
                # It may have been dead before this clip came: only one that was started for it was crashed by it.
                reply = self._ask(path, message, deadline)
            if reply is None:
                raise DecoderLost(path, "it crashed the decoder")
            if self._child is not None and self._child.served >= self._recycle_after:
                self._end()
        header, body = reply
        if "problem" in header:
            raise ClipError(path, header["problem"])
        return header, body

    def close(self) -> None:
        """End the process; a later request starts another."""
        with self._lock:
            self._end()

    def _ask(self, path: Path, message: dict[str, Any], deadline: float) -> tuple[dict[str, Any], bytes] | None:
        """Return the reply, or None when the process ended without one."""
        child = self._ready_child(path)
        try:
            child.send(message)
            reply = child.receive(deadline)
        except queue.Empty:
            self._end()
            raise DecoderLost(path, f"the decoder did not answer within {deadline:g} s and was stopped") from None
        except OSError:
            reply = None
        if reply is None:
            self._end()
        return reply

    def _ready_child(self, path: Path) -> _Child:
        if self._child is not None and self._child.process.poll() is not None:
            self._end()
        if self._child is None:
            self._child = _Child()
            try:
                started = self._child.receive(START_SECONDS)
            except queue.Empty:
                started = None
            if started is None:
                self._end()
                raise DecoderLost(path, "the decoding process could not be started; the server's log says why")
        return self._child

    def _end(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child = None
