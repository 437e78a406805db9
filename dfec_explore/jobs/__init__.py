"""Jobs: work that takes long, done in child processes that can be watched, cancelled and killed."""

from dfec_explore.jobs.progress import Progress
from dfec_explore.jobs.runner import Job, JobRunner
from dfec_explore.jobs.task import JobState, JobStatus, Task

__all__ = ["Job", "JobRunner", "JobState", "JobStatus", "Progress", "Task"]
