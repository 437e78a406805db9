"""What is shown of the clips that come next, made before they come: one clip at a time for each viewer."""

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from dfec_explore.model import Clip

VIEWERS_AT_ONCE = 4
"""A clip that hangs the decoder keeps its viewer's turn until its deadline; the others have theirs."""

_log = logging.getLogger(__name__)


class ReadingAhead:
    """Reads clips in the background, those that each viewer wants now.

    Args:
        read: what is done with a clip; what it raises is logged.
    """

    def __init__(self, read: Callable[[Clip], None]) -> None:
        self._read = read
        self._pool = ThreadPoolExecutor(VIEWERS_AT_ONCE, thread_name_prefix="read-ahead")
        self._change = threading.Lock()
        self._wanted: dict[str, list[Clip]] = {}
        """By viewer, for those who have something under way: what comes after that."""

    def want(self, viewer: str, clips: Sequence[Clip]) -> None:
        """Read clips in this order, in place of what the viewer wanted before and has not got."""
        with self._change:
            is_under_way = viewer in self._wanted
            self._wanted[viewer] = list(clips)
        if not is_under_way:
            self._pool.submit(self._read_all, viewer)

    def close(self) -> None:
        """Begin nothing more."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        with self._change:
            for clips in self._wanted.values():
                clips.clear()

    def _read_all(self, viewer: str) -> None:
        while True:
            with self._change:
                clips = self._wanted[viewer]
                if not clips:
                    del self._wanted[viewer]
                    return
                clip = clips.pop(0)
            try:
                self._read(clip)
            except Exception:
                # Those after it are read all the same; whoever opens this one is told what is wrong.
                _log.exception("Reading ahead: %s", clip.path)
