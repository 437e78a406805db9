"""Checks against clips: run in the background when the clips were looked for, and again when their facts change."""

import streamlit as st

from dfec_explore.index.build import dataset_arguments
from dfec_explore.index.clip_flags import CLIP_FLAGS
from dfec_explore.jobs import Task
from dfec_explore.web.coverage import facts_file
from dfec_explore.web.view import View


def compare_with_clips(view: View) -> None:
    """Start comparing captions with the facts of their clips, where there are newer facts than flags; says so."""
    folder = view.opened.folder
    facts = facts_file(view)
    if folder is None or not folder.is_complete or not facts.is_file():
        return
    flags, newest = folder.path / CLIP_FLAGS, facts.stat().st_mtime_ns
    if flags.is_file() and flags.stat().st_mtime_ns >= newest:
        return
    job = view.services.jobs.start(
        Task(
            key=f"clip-checks:{folder.path}:{newest}",
            title=f"Compare the captions of {view.dataset.name} with their clips",
            target="dfec_explore.index.clip_flags:clip_flags_job",
            arguments={
                "folder": str(folder.path),
                "facts": str(facts),
                "checks": dataset_arguments(view.dataset)["checks"],
            },
        )
    )
    if not job.state.is_over:
        st.caption(":material/hourglass_top: Captions are being compared with their clips; reload to see the flags.")
