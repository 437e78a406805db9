"""What a job is to do, and how far it is: a task and the states that it goes through."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One piece of background work, named by its content.

    Raises:
        ValueError: ``target`` is not of the form ``package.module:function``, or the deadline is not positive.
    """

    key: str
    """Names the work by what goes in and what makes it: two tasks with one key are one job."""
    title: str
    """What a person reads while it runs."""
    target: str
    """``package.module:function``, called in the child as ``function(progress, **arguments)``."""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    """Values that JSON can hold."""
    deadline: float | None = None
    """Seconds without a progress report after which the job is killed; None waits for ever."""

    def __post_init__(self) -> None:
        module, _, function = self.target.partition(":")
        if not all(name.isidentifier() for name in (*module.split("."), function)):
            raise ValueError(f"target {self.target!r} is not of the form package.module:function")
        if self.deadline is not None and self.deadline <= 0:
            raise ValueError(f"deadline {self.deadline!r} is not a positive number of seconds")


class JobStatus(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class JobState:
    """What is known of a job at one moment; it never changes, a later moment has another one."""

    key: str
    title: str
    status: JobStatus
    done: int = 0
    total: int | None = None
    """None as long as nobody knows how much there is to do."""
    message: str = ""
    data: Any = None
    """What the last report carried along."""
    started_at: datetime | None = None
    """UTC; None while it is queued."""
    ended_at: datetime | None = None
    """UTC; None until it is over."""
    error: str | None = None
    """A sentence, if it failed."""
    details: str = ""
    """The last lines that the child wrote to its standard error: a traceback, if it failed by one."""
    result: Any = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.status in (JobStatus.DONE, JobStatus.FAILED, JobStatus.CANCELLED)
