"""Watching one child: its messages, its deadline, the wish to stop it, and its end."""

import contextlib
import json
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import IO, Any, cast

from dfec_explore.jobs.process import describe_end, kill_tree
from dfec_explore.jobs.task import JobStatus, Task

TICK = 0.05
"""Seconds between two looks at the deadline and at the wish to stop."""

EXIT_GRACE = 10.0
"""Seconds that a child may take to leave after its result: some libraries hang in their clean-up."""

DETAIL_LINES, DETAIL_WIDTH = 60, 2_000
"""How much of a child's standard error is kept: its end."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended."""

    status: JobStatus
    error: str | None = None
    details: str = ""
    result: Any = None


class _Mailbox:
    """What a child has said so far, filled by two reading threads."""

    def __init__(self, report: Callable[[dict[str, Any]], None]) -> None:
        self.heard_at = time.monotonic()
        self.final: tuple[str, Any] | None = None
        self.lines: deque[str] = deque(maxlen=DETAIL_LINES)
        self._report = report

    def read_messages(self, stream: IO[bytes]) -> None:
        with stream:
            for line in stream:
                self._take(line)

    def read_errors(self, stream: IO[bytes]) -> None:
        with stream:
            while line := stream.readline(DETAIL_WIDTH):
                self.lines.append(line.decode("utf-8", "replace").rstrip())

    def _take(self, line: bytes) -> None:
        try:
            ((kind, content),) = json.loads(line).items()
        except (ValueError, AttributeError):
            # Printed before the child took over its standard output, or cut short by a crash.
            self.lines.append(line[:DETAIL_WIDTH].decode("utf-8", "replace").rstrip())
            return
        self.heard_at = time.monotonic()
        if kind == "progress":
            self._report(content)
        elif kind in ("result", "failure"):
            self.final = (kind, content)


def supervise(
    process: subprocess.Popen[bytes],
    task: Task,
    *,
    stop: threading.Event,
    report: Callable[[dict[str, Any]], None],
) -> Outcome:
    """Hand a task to a fresh child and watch it to its end; afterwards nothing that it started is left.

    Args:
        process: the child, waiting for its task.
        task: what it is to do.
        stop: set from another thread to cancel.
        report: called with the fields of each progress report, from another thread.
    """
    box = _Mailbox(report)
    readers = [
        threading.Thread(target=box.read_messages, args=(process.stdout,), daemon=True),
        threading.Thread(target=box.read_errors, args=(process.stderr,), daemon=True),
    ]
    for reader in readers:
        reader.start()
    _send(process, task)
    _send(process, task)
    ended_by_us = _watch(process, task, box, stop)
    kill_tree(process)
    process.wait()
    for reader in readers:
        reader.join(EXIT_GRACE)
    _close_input(process)
    outcome = _outcome(process.returncode, box, ended_by_us)
    return replace(outcome, details="\n".join(box.lines))


def _send(process: subprocess.Popen[bytes], task: Task) -> None:
    line = json.dumps({"target": task.target, "arguments": dict(task.arguments)}).encode("ascii") + b"\n"
    # A child that is dead already is told of by its exit code.
    with contextlib.suppress(OSError):
        _input(process).write(line)
        _input(process).flush()


def _close_input(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        _input(process).close()


def _input(process: subprocess.Popen[bytes]) -> IO[bytes]:
    return cast(IO[bytes], process.stdin)


def _watch(process: subprocess.Popen[bytes], task: Task, box: _Mailbox, stop: threading.Event) -> Outcome | None:
    """Wait until the child has ended or is to be killed; return an outcome only where that was our wish."""
    while process.poll() is None:
        silence = time.monotonic() - box.heard_at
        limit = task.deadline if box.final is None else EXIT_GRACE
        if stop.wait(TICK):
            return Outcome(JobStatus.CANCELLED)
        if limit is not None and silence > limit:
            return Outcome(JobStatus.FAILED, error=f"no progress for {limit:g} s, so it was stopped")
    return None


def _outcome(code: int, box: _Mailbox, ended_by_us: Outcome | None) -> Outcome:
    if box.final is None:
        return ended_by_us or Outcome(JobStatus.FAILED, error=describe_end(code))
    kind, content = box.final
    if kind == "failure":
        return Outcome(JobStatus.FAILED, error=content)
    return Outcome(JobStatus.DONE, result=content)
