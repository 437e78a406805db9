"""Runs the ffmpeg program: a list of arguments, no shell, progress, a deadline, and its end in plain words."""

import os
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

import imageio_ffmpeg

QUIET = ("-hide_banner", "-nostdin", "-nostats", "-v", "error", "-y")
LAST_LINES = 8
"""Lines of what ffmpeg printed that are kept; the cause stands in the last ones."""

_CAUSES = (
    ("No space left on device", "the disk of the cache is full; make room, then try again"),
    ("Disk quota exceeded", "the disk of the cache is full; make room, then try again"),
    ("moov atom not found", "the file is cut off before its end, where its table of contents stands"),
    ("Invalid data found", "its data are damaged, or no video"),
    ("not on whitelist", "it refers to other files or addresses, which are not opened"),
    ("Cannot allocate memory", "converting it takes more memory than is allowed"),
    ("Permission denied", "a file may not be read or written: permissions forbid it"),
    ("Decoder not found", "no decoder for it is there"),
    ("Decoding requested, but no decoder found", "no decoder for it is there"),
)
"""What ffmpeg prints, and what it means to a person; the first that fits."""

_SIGNALS = {int(getattr(signal, "SIGXFSZ", 0)): "the copy grew larger than a file may be here"}


class FfmpegFailed(Exception):
    """ffmpeg ended without a result; the text is a sentence's end for a person."""


def run_ffmpeg(
    arguments: Sequence[str],
    *,
    on_time: Callable[[float], None],
    deadline: float,
    feed: Iterable[bytes] | None = None,
) -> None:
    """Run ffmpeg to its end.

    Args:
        arguments: what stands after the program's name; the caller's paths in them begin with ``file:``.
        on_time: is told how many seconds of the clip are written, from another thread, whenever that has grown.
        deadline: seconds after which it is killed.
        feed: what is written to its standard input, piece by piece; without it the input is empty.

    Raises:
        FfmpegFailed: it ended with an error, or was killed at the deadline.
        OSError: it could not be started.
    """
    process = subprocess.Popen(
        [imageio_ffmpeg.get_ffmpeg_exe(), *QUIET, "-progress", "pipe:1", "-stats_period", "0.2", *arguments],
        stdin=subprocess.DEVNULL if feed is None else subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Its report for debugging would be written to the working folder.
        env={name: value for name, value in os.environ.items() if name != "FFREPORT"},
    )
    late = threading.Event()
    timer = threading.Timer(deadline, _end_late, args=(process, late))
    lines: deque[str] = deque(maxlen=LAST_LINES)
    readers = [
        threading.Thread(target=_read_progress, args=(process.stdout, on_time), daemon=True),
        threading.Thread(target=_read_errors, args=(process.stderr, lines), daemon=True),
    ]
    for thread in (timer, *readers):
        thread.start()
    try:
        if feed is not None:
            _feed(cast(BinaryIO, process.stdin), feed)
        process.wait()
    finally:
        timer.cancel()
        process.kill()
        process.wait()
        for reader in readers:
            reader.join()
    if late.is_set():
        raise FfmpegFailed(f"it was not done within {deadline:g} s and was stopped")
    if process.returncode:
        raise FfmpegFailed(explain(list(lines), process.returncode))


def explain(lines: Sequence[str], code: int) -> str:
    """Say in plain words why ffmpeg ended, with its own last words.

    Args:
        lines: the last lines that it printed.
        code: its exit code, or a signal's number below zero.
    """
    text = "\n".join(lines)
    cause = next((words for sign, words in _CAUSES if sign in text), "")
    said = f"ffmpeg said: {' / '.join(lines[-3:])}" if lines else "ffmpeg said nothing"
    if code < 0:
        cause = cause or _SIGNALS.get(-code, f"ffmpeg was ended by signal {-code}")
    return f"{cause} ({said})" if cause else f"{said} (exit code {code})"


def file_argument(path: Path) -> str:
    """Name a file so that ffmpeg takes it for nothing else, whatever its name looks like."""
    return f"file:{path}"


def _end_late(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _feed(stream: BinaryIO, pieces: Iterable[bytes]) -> None:
    # A broken pipe: it has ended, and its exit code says why.
    with suppress(BrokenPipeError), stream:
        for piece in pieces:
            stream.write(piece)


def _read_progress(stream: BinaryIO, on_time: Callable[[float], None]) -> None:
    written = 0
    with stream:
        for line in stream:
            name, _, value = line.strip().partition(b"=")
            # Only growth is progress: it goes on printing while a decoder hangs. There is no value before a frame.
            if name == b"out_time_us" and value.isdigit() and int(value) > written:
                written = int(value)
                on_time(written / 1e6)


def _read_errors(stream: BinaryIO, lines: deque[str]) -> None:
    with stream:
        while line := stream.readline(2000):
            if text := line.decode("utf-8", "replace").strip():
                lines.append(text)
