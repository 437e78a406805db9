"""Checks against clips: run in the background when the clips were measured, and again when their facts change."""

from pathlib import Path

import streamlit as st

from dfec_explore.index.build import dataset_arguments
from dfec_explore.index.clip_flags import CLIP_FLAGS
from dfec_explore.jobs import JobState, Task
from dfec_explore.web import coverage
from dfec_explore.web.errors import literal
from dfec_explore.web.services import services
from dfec_explore.web.view import View

POLL_SECONDS = 1.0


def compare_with_clips(view: View) -> None:
    """Look at the clips, then compare captions with them, in the background; the page draws itself anew at each end.

    Nothing is done again that is there: clips are looked at once, and compared only where their facts are newer than
    the flags.
    """
    folder = view.opened.folder
    if folder is None or not folder.is_complete:
        return
    job = coverage.survey(view) if coverage.has_folders(view) else None
    if job is None or job.is_over:
        job = _comparison(view, folder.path)
    if job is None:
        return
    if job.error:
        st.warning(literal(f"{job.title}: {job.error}"), icon=":material/warning:")
    elif not job.is_over:
        _follow(job.key)


def _comparison(view: View, folder: Path) -> JobState | None:
    """The job that compares; None where there is nothing newer to compare with."""
    facts = coverage.facts_file(view)
    flags = folder / CLIP_FLAGS
    if not facts.stamp or (flags.is_file() and flags.stat().st_mtime_ns >= facts.stamp):
        return None
    task = Task(
        key=f"clip-checks:{folder}:{facts.stamp}",
        title=f"Compare the captions of {view.dataset.name} with their clips",
        target="dfec_explore.index.clip_flags:clip_flags_job",
        arguments={"folder": str(folder), "facts": facts.path, "checks": dataset_arguments(view.dataset)["checks"]},
    )
    known = view.services.jobs.job(task.key)
    return known.state if known is not None else view.services.jobs.start(task).state


@st.fragment(run_every=POLL_SECONDS)
def _follow(key: str) -> None:
    """How far the work is; the page is drawn anew when it is over."""
    job = next((one for one in services().jobs.jobs() if one.key == key), None)
    if job is None or job.is_over:
        st.rerun()
    words = f"Flags against the clips follow. {literal(job.message or job.title)}"
    if job.total:
        st.progress(min(job.done / job.total, 1.0), text=f"{words}: {job.done:,} of {job.total:,}")
    else:
        st.caption(f":material/hourglass_top: {words}")
