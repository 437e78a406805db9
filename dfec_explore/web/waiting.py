"""What a page shows while the index of its dataset is being built, when that failed, or when its files are gone."""

import streamlit as st

from dfec_explore.errors import DfecError
from dfec_explore.index.folders import index_key
from dfec_explore.jobs import JobState, JobStatus
from dfec_explore.web.errors import literal, show_error
from dfec_explore.web.opening import Opened
from dfec_explore.web.screens import Screen
from dfec_explore.web.services import services

POLL_SECONDS = 1.0


def wait_for_index(opened: Opened) -> None:
    """Show how far the first reading of the captions is, and draw the page as soon as something is ready."""
    if opened.job is None or _failed(opened, opened.job):
        return
    st.markdown("### Reading the captions")
    st.caption("Each caption is read once; the next start takes a second. This page opens by itself.")
    _poll(opened.job.key, str(opened.job.title))


def cannot_open(screen: Screen, error: DfecError) -> None:
    """Say why a dataset has nothing to show, and where it is said what is read."""
    st.markdown(f"# {screen.title}")
    show_error(error)
    st.caption(
        "Which files are read is said by `annotations` or `[[dataset]]` in dfec.toml, or by DFEC_ANNOTATIONS; "
        "`python -m dfec_explore settings` prints what is in force. Nothing that was saved is lost."
    )
    st.button("Try again", icon=":material/refresh:", help="Look for the files again")


def building_notice(opened: Opened) -> None:
    """Say above a page that what it shows is not all, or not the newest."""
    if opened.job is None or _failed(opened, opened.job):
        return
    shown = "the captions as they were before" if opened.is_older else f"{_total(opened):,} captions so far"
    st.info(f"The files are being read: this page shows {shown}.", icon=":material/hourglass_top:")
    _poll(opened.job.key, str(opened.job.title))


def _total(opened: Opened) -> int:
    return opened.explorer.total if opened.explorer else 0


def _failed(opened: Opened, job: JobState) -> bool:
    if job.status not in (JobStatus.FAILED, JobStatus.CANCELLED):
        return False
    st.error(f"{job.title}: {literal(job.error or 'stopped')}", icon=":material/error:")
    st.button("Try again", icon=":material/refresh:", on_click=_again, args=(opened,))
    return True


def _again(opened: Opened) -> None:
    shared = services()
    shared.build_index(opened.dataset, index_key(opened.dataset, shared.settings.cache_folder), again=True)


@st.fragment(run_every=POLL_SECONDS)
def _poll(key: str, title: str) -> None:
    job = next((job for job in services().jobs.jobs() if job.key == key), None)
    if job is None or job.is_over:
        st.rerun()
    share = job.done / job.total if job.total else 0.0
    st.progress(min(share, 1.0), text=job.message or f"{title} …")
