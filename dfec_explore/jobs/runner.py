"""The runner: starts jobs in child processes, one per key, and knows how far each is."""

import json
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dfec_explore.errors import JobError
from dfec_explore.jobs.process import start_child
from dfec_explore.jobs.supervise import Outcome, supervise
from dfec_explore.jobs.task import JobState, JobStatus, Task

HISTORY = 200
"""Jobs that are remembered; those that are over go first, oldest first."""


@dataclass(eq=False)
class _Run:
    """One job as the runner keeps it; `state` is replaced, never changed, and only under the runner's lock."""

    task: Task
    state: JobState
    stop: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)


class Job:
    """A job that was started; several holders may watch the same one, from any thread."""

    def __init__(self, run: _Run) -> None:
        self._run = run

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Job) and other._run is self._run

    def __hash__(self) -> int:
        return hash(self._run)

    @property
    def state(self) -> JobState:
        """What is known of it now."""
        return self._run.state

    def wait(self, timeout: float | None = None) -> JobState:
        """Wait until it is over, at most `timeout` seconds, and return what is known then."""
        self._run.over.wait(timeout)
        return self._run.state

    def result(self, timeout: float | None = None) -> Any:
        """Wait for its result.

        Raises:
            JobError: it failed, was cancelled, or is not over after `timeout` seconds.
        """
        state = self.wait(timeout)
        if state.status is JobStatus.DONE:
            return state.result
        raise JobError(state.title, state.error or f"it is {state.status}")


class JobRunner:
    """Runs tasks in child processes, at most `max_parallel` at once, in the order they came.

    One runner serves a whole server and may be used from any thread. A task whose key is queued, running or done is
    not run again: its job is handed out. A child's crash, hang or memory concerns its own job alone.

    Args:
        max_parallel: how many jobs run at once.
        python_path: further folders from which children may import their targets.
        history: how many jobs are remembered, those that wait or run not counted.
    """

    def __init__(self, *, max_parallel: int = 2, python_path: Sequence[Path] = (), history: int = HISTORY) -> None:
        self._max_parallel = max_parallel
        self._python_path = tuple(python_path)
        self._history = history
        self._lock = threading.Lock()
        self._runs: list[_Run] = []
        self._queue: deque[_Run] = deque()
        self._threads: set[threading.Thread] = set()
        self._closed = False

    def start(self, task: Task, *, again: bool = False) -> Job:
        """Start a task, or join the job that already has its key.

        Args:
            task: what to do.
            again: run it although the job with this key is done. One that waits or runs is joined even so; one
                that failed or was cancelled is always run again.

        Raises:
            TypeError: the arguments are nothing that JSON can hold.
            JobError: the runner is closed.
        """
        json.dumps(dict(task.arguments))
        with self._lock:
            if self._closed:
                raise JobError(task.title, "the program is shutting down")
            run = self._find(task.key)
            if run is None or (run.state.is_over and (again or run.state.status is not JobStatus.DONE)):
                run = _Run(task, JobState(task.key, task.title, JobStatus.QUEUED))
                self._runs.append(run)
                self._queue.append(run)
                self._fill()
            return Job(run)

    def job(self, key: str) -> Job | None:
        """Return the newest job with this key, if one is remembered."""
        with self._lock:
            run = self._find(key)
        return None if run is None else Job(run)

    def jobs(self) -> tuple[JobState, ...]:
        """Return the states of all jobs that are remembered, newest first."""
        with self._lock:
            return tuple(run.state for run in reversed(self._runs))

    def cancel(self, key: str) -> None:
        """Take a job from the queue, or kill its processes; one that is over stays as it is."""
        with self._lock:
            run = self._find(key)
            if run is not None:
                self._stop(run)

    def close(self) -> None:
        """Cancel everything, and return when no child is left; nothing can be started afterwards."""
        with self._lock:
            self._closed = True
            for run in list(self._runs):
                self._stop(run)
            threads = list(self._threads)
        for thread in threads:
            thread.join()

    def _find(self, key: str) -> _Run | None:
        return next((run for run in reversed(self._runs) if run.task.key == key), None)

    def _stop(self, run: _Run) -> None:
        run.stop.set()
        if run in self._queue:
            self._queue.remove(run)
            self._end(run, Outcome(JobStatus.CANCELLED))

    def _fill(self) -> None:
        while self._queue and len(self._threads) < self._max_parallel:
            run = self._queue.popleft()
            run.state = replace(run.state, status=JobStatus.RUNNING, started_at=datetime.now(UTC))
            thread = threading.Thread(target=self._execute, args=(run,), name=f"job {run.task.title}", daemon=True)
            self._threads.add(thread)
            thread.start()

    def _execute(self, run: _Run) -> None:
        outcome = self._outcome(run)
        with self._lock:
            self._end(run, outcome)
            self._threads.discard(threading.current_thread())
            self._fill()

    def _outcome(self, run: _Run) -> Outcome:
        try:
            process = start_child(self._python_path)
        except OSError as error:
            return Outcome(JobStatus.FAILED, error=f"no process could be started ({error}); try it again later")
        return supervise(process, run.task, stop=run.stop, report=self._reporter(run))

    def _reporter(self, run: _Run) -> Callable[[dict[str, Any]], None]:
        def report(values: dict[str, Any]) -> None:
            with self._lock:
                run.state = replace(run.state, **values)

        return report

    def _end(self, run: _Run, outcome: Outcome) -> None:
        run.state = replace(
            run.state,
            status=outcome.status,
            ended_at=datetime.now(UTC),
            error=outcome.error,
            details=outcome.details,
            result=outcome.result,
        )
        run.over.set()
        over = [known for known in self._runs if known.state.is_over]
        for old in over[: max(0, len(over) - self._history)]:
            self._runs.remove(old)
