"""Clips that come next are read before they come, whatever becomes of those that others wait for."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dfec_explore.model import Clip, ClipStatus
from dfec_explore.web.reading_ahead import ReadingAhead

LONG = 20.0
"""Seconds; a limit that only a failure reaches."""


def clip(name: str) -> Clip:
    return Clip(ClipStatus.FOUND, Path(name))


class Reader:
    """Notes what it reads; some clips it reads for as long as it is told to."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.goes_on = threading.Event()
        self._change = threading.Condition()

    def __call__(self, clip: Clip) -> None:
        with self._change:
            self.read.append(str(clip.path))
            self._change.notify_all()
        if str(clip.path).startswith("bad"):
            raise OSError("the disk is gone")
        if str(clip.path).startswith("hangs"):
            self.goes_on.wait(LONG)

    def wait_for(self, *names: str) -> None:
        with self._change:
            assert self._change.wait_for(lambda: set(names) <= set(self.read), LONG), self.read


@contextmanager
def reading() -> Iterator[tuple[Reader, ReadingAhead]]:
    reader = Reader()
    ahead = ReadingAhead(reader)
    yield reader, ahead
    ahead.close()
    reader.goes_on.set()


def test_reading_ahead_is_in_order() -> None:
    with reading() as (reader, ahead):
        ahead.want("Ada", [clip("1"), clip("2"), clip("3")])
        reader.wait_for("3")
        assert reader.read == ["1", "2", "3"]


def test_reading_ahead_of_one_viewer_does_not_wait_for_what_hangs_for_another() -> None:
    with reading() as (reader, ahead):
        ahead.want("Ada", [clip("hangs 1"), clip("hangs 2")])
        reader.wait_for("hangs 1")
        ahead.want("Ben", [clip("1"), clip("2")])
        reader.wait_for("1", "2")
        assert "hangs 2" not in reader.read


def test_reading_ahead_goes_on_after_one_that_fails() -> None:
    with reading() as (reader, ahead):
        ahead.want("Ada", [clip("bad"), clip("2")])
        reader.wait_for("bad", "2")
        ahead.want("Ada", [clip("3")])
        reader.wait_for("3")


def test_reading_ahead_drops_what_is_no_longer_wanted() -> None:
    with reading() as (reader, ahead):
        ahead.want("Ada", [clip("hangs 1"), clip("2")])
        reader.wait_for("hangs 1")
        ahead.want("Ada", [clip("3")])
        reader.goes_on.set()
        reader.wait_for("3")
        assert reader.read == ["hangs 1", "3"]


def test_reading_ahead_that_was_closed_begins_nothing_more() -> None:
    with reading() as (reader, ahead):
        ahead.want("Ada", [clip("hangs 1"), clip("2")])
        reader.wait_for("hangs 1")
        ahead.close()
        reader.goes_on.set()
        ahead._pool.shutdown(wait=True)
        assert reader.read == ["hangs 1"]
