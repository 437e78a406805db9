"""The choice of two files, and the wait for their comparison."""

from collections.abc import Mapping

import streamlit as st

from dfec_explore.errors import DfecError
from dfec_explore.jobs import JobState, JobStatus
from dfec_explore.web import state
from dfec_explore.web.errors import literal, show_error
from dfec_explore.web.modes import recall
from dfec_explore.web.services import services
from dfec_explore.web.versions import (
    UPLOAD_MEGABYTES,
    Comparison,
    VersionFile,
    compare,
    compare_again,
    keep_upload,
    version_files,
)
from dfec_explore.web.view import View

SIDES = {"old": "Older file", "new": "Newer file"}
POLL_SECONDS = 0.5
TYPES = ["json", "jsonl", "csv", "tsv", "parquet", "gz", "txt"]


def choose(view: View) -> Comparison | None:
    """Pick two files; both stand in the address. None as long as there is nothing to compare."""
    recall(view.services.settings.reviewer)
    files = version_files(view)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        picked = {side: _pick(side, files) for side in SIDES}
        st.button("Swap", icon=":material/swap_horiz:", help="Older for newer", on_click=_swap, args=(files,))
        with st.popover("Upload", icon=":material/upload_file:"):
            _upload(view)
    old, new = files.get(picked["old"] or ""), files.get(picked["new"] or "")
    if old is None or new is None:
        _nothing_picked(files)
        return None
    try:
        found = compare(view, old, new)
    except DfecError as error:
        show_error(error)
        return None
    if found.summary is None and found.job is not None:
        _wait(view, found, found.job)
    return found


def _pick(side: str, files: Mapping[str, VersionFile]) -> str | None:
    named = state.param(side)
    if named and named not in files:
        st.warning(
            f"The link names a file that is not there any more: {literal(named[:60])}. Pick another one.",
            icon=":material/link_off:",
        )
    chosen = named if named in files else _first(files) if side == "old" else None
    state.set_widget(f"versions.{side}", chosen)
    picked: str | None = st.selectbox(
        SIDES[side],
        list(files),
        index=None,
        format_func=lambda name: files[name].title,
        key=state.widget_key(f"versions.{side}"),
        placeholder="Pick a file",
        on_change=_picked,
        args=(side,),
    )
    return picked


def _first(files: Mapping[str, VersionFile]) -> str | None:
    return next(iter(files), None)


def _picked(side: str) -> None:
    state.set_param(side, state.widget_value(f"versions.{side}"))
    _start_anew()


def _start_anew() -> None:
    for name in ("kind", "of", "find", "flags", "page"):
        state.set_param(name, None)


def _swap(files: Mapping[str, VersionFile]) -> None:
    old, new = state.param("old") or _first(files), state.param("new") or None
    state.set_param("old", new)
    state.set_param("new", old)
    _start_anew()


def _upload(view: View) -> None:
    for side, title in SIDES.items():
        st.file_uploader(
            title,
            type=TYPES,
            max_upload_size=UPLOAD_MEGABYTES,
            key=state.widget_key(f"versions.upload.{side}"),
            on_change=_uploaded,
            args=(view, side),
        )
    st.caption(
        f"Up to {UPLOAD_MEGABYTES} MB. Larger files: declare them in dfec.toml as a dataset of their own, or compare "
        "them on the command line with “python -m dfec_explore diff OLD NEW”."
    )


def _uploaded(view: View, side: str) -> None:
    file = state.widget_value(f"versions.upload.{side}")
    if file is not None:
        state.set_param(side, keep_upload(view, file.name, file.getvalue()))
        _start_anew()


def _nothing_picked(files: Mapping[str, VersionFile]) -> None:
    more = "" if len(files) > 1 else " Only one file is declared: upload the other, or declare it in dfec.toml."
    st.info(
        "Pick an older and a newer file: what differs stands here, caption by caption, with the verdicts that went "
        f"stale.{more}",
        icon=":material/difference:",
    )


def _wait(view: View, found: Comparison, job: JobState) -> None:
    if job.status in (JobStatus.FAILED, JobStatus.CANCELLED):
        st.error(f"{literal(job.title)}: {literal(job.error or 'stopped')}", icon=":material/error:")
        st.button("Try again", icon=":material/refresh:", on_click=compare_again, args=(view, found.old, found.new))
        return
    _running(job.key)


def _running(key: str) -> None:
    """Show how far the work is until it is over; whatever is clicked meanwhile ends the wait, not the work."""
    st.caption("The work goes on when you leave this page.")
    st.button("Cancel", key="versions.cancel", type="tertiary", on_click=services().jobs.cancel, args=(key,))
    bar = st.empty()
    while (job := services().jobs.job(key)) is not None and not job.state.is_over:
        now = job.state
        share = now.done / now.total if now.total else 0.0
        bar.progress(min(share, 1.0), text=literal(now.message or now.title))
        job.wait(POLL_SECONDS)
    st.rerun()
