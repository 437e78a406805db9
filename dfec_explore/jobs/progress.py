"""How a job tells how far it is."""

import json
import threading
import time
from typing import IO, Any, Protocol

MIN_INTERVAL = 0.1
"""Seconds between two reports that are sent: faster than anybody reads, slow enough to cost nothing."""


class Progress(Protocol):
    """Takes reports of how far the work is."""

    def report(self, done: int, total: int | None, message: str = "", data: Any = None) -> None:
        """Tell how far the work is.

        Args:
            done: how many items are done.
            total: how many there are; None when that is not known.
            message: a few words for a person.
            data: anything that JSON can hold, for the one who started the job.
        """


class Channel:
    """Messages from a child to the process that started it, one JSON object a line; safe to use from threads."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def send(self, kind: str, content: Any) -> None:
        """Send one message at once.

        Raises:
            TypeError: the content is nothing that JSON can hold.
        """
        line = json.dumps({kind: content}).encode("ascii") + b"\n"
        with self._lock:
            self._stream.write(line)
            self._stream.flush()


class ChannelProgress:
    """Sends reports through a channel, at most one each `MIN_INTERVAL` seconds.

    The first report that says all is done goes out at once; one that came too early waits for the next, or for
    `flush`.
    """

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._waiting: dict[str, Any] | None = None
        self._sent_at = float("-inf")
        self._sent_complete = False

    def report(self, done: int, total: int | None, message: str = "", data: Any = None) -> None:
        """Tell how far the work is; see `Progress`."""
        self._waiting = {"done": done, "total": total, "message": message, "data": data}
        complete = done == total and not self._sent_complete
        if complete or time.monotonic() - self._sent_at >= MIN_INTERVAL:
            self._sent_complete = done == total
            self.flush()

    def flush(self) -> None:
        """Send the report that waits, if one does."""
        if self._waiting is None:
            return
        self._channel.send("progress", self._waiting)
        self._waiting = None
        self._sent_at = time.monotonic()
