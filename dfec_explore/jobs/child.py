"""The child process of a job: reads a task from standard input, runs it, and writes messages to standard output.

Standard input stays open as long as the starting process lives: when it ends, this process and its own children end
too, whatever happened over there.
"""

import contextlib
import functools
import importlib
import json
import os
import signal
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import IO

from dfec_explore.errors import DfecError
from dfec_explore.jobs.progress import Channel, ChannelProgress

NICENESS = 5
"""Added to the child's: pages are drawn first."""

OUT_OF_MEMORY_SCORE = "500"
"""Of 1000: when memory runs out, Linux ends a job, not the server."""


def main() -> None:
    """Run the task on standard input; the message that ends it is ``result`` or ``failure``."""
    tasks, channel = _take_over_pipes()
    task = json.loads(tasks.readline())
    threading.Thread(target=_die_with_parent, args=(tasks,), daemon=True).start()
    sys.excepthook = functools.partial(_report_failure, channel)
    _be_modest()
    module, _, function = task["target"].partition(":")
    target = getattr(importlib.import_module(module), function)
    channel.send("ready", None)
    progress = ChannelProgress(channel)
    result = target(progress, **task["arguments"])
    progress.flush()
    channel.send("result", result)


def _take_over_pipes() -> tuple[IO[bytes], Channel]:
    """Keep the two pipes for messages: what libraries print goes to standard error, what they read is empty."""
    tasks = os.fdopen(os.dup(0), "rb")
    channel = Channel(os.fdopen(os.dup(1), "wb"))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return tasks, channel


def _die_with_parent(tasks: IO[bytes]) -> None:
    # Past the buffer: a daemon thread that holds a buffer's lock makes the interpreter abort when it ends.
    while os.read(tasks.fileno(), 1024):
        pass
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _be_modest() -> None:
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(OUT_OF_MEMORY_SCORE, encoding="ascii")


def _report_failure(
    channel: Channel, kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    # First the traceback, then the message: by then the other side has all of it.
    sys.__excepthook__(kind, error, trace)
    sys.stderr.flush()
    text = str(error)
    sentence = text if isinstance(error, DfecError) else f"{kind.__name__}: {text}" if text else kind.__name__
    channel.send("failure", sentence)


if __name__ == "__main__":
    main()
