"""Files and clips: what was read, what was not accepted, jobs, settings."""

import pandas as pd
import streamlit as st

from dfec_explore.charts import safe_csv
from dfec_explore.jobs import JobState, JobStatus
from dfec_explore.query import composition
from dfec_explore.web.figure import export_name
from dfec_explore.web.page import head_line
from dfec_explore.web.services import services
from dfec_explore.web.view import View

STATUS_WORDS = {
    JobStatus.QUEUED: "waiting",
    JobStatus.RUNNING: "running",
    JobStatus.DONE: "done",
    JobStatus.FAILED: "failed",
    JobStatus.CANCELLED: "cancelled",
}


def files(view: View) -> None:
    """The annotation files, as they were when the index was built."""
    head_line("Annotation files", "Each file is one part of the dataset; a rejected record never stops the others.")
    folder = view.opened.folder
    manifest = folder.manifest if folder else None
    if manifest is None:
        st.info(
            "The files are being read; their figures stand here when that is done.", icon=":material/hourglass_top:"
        )
        return
    table = pd.DataFrame(
        {
            "Part": part.name,
            "File": part.file,
            "Format": part.format,
            "Records": part.records,
            "Accepted": part.accepted,
            "Rejected": part.rejected,
            "Warnings": len(part.warnings),
            "Fingerprint": part.fingerprint,
        }
        for part in manifest.parts
    )
    st.dataframe(table, hide_index=True, alt="One row for each annotation file with its counts")
    st.caption(
        f"Read in {manifest.seconds:.1f} s at {manifest.built_at.replace('T', ' ').removesuffix('+00:00')} UTC; "
        f"{manifest.events:,} facial actions; {manifest.copied:,} captions copied from an older index."
    )
    for part in manifest.parts:
        for warning in part.warnings[:20]:
            st.warning(f"{part.name}: {warning.get('message', '')}", icon=":material/warning:")


def rejects(view: View) -> None:
    """Records that were not accepted, with the reason."""
    found = view.ask_one(composition.rejects)
    if found.empty:
        st.success("Every record was accepted.", icon=":material/check_circle:")
        return
    head_line("Rejected records", "They are counted and shown, and nowhere else in the app.")
    table = found.rename(columns=lambda name: {"id": "Id"}.get(name, name.capitalize()))
    st.dataframe(table, hide_index=True, alt="One row for each rejected record with its reason")
    st.download_button(
        "CSV",
        safe_csv(table),
        file_name=f"{export_name(view, 'rejected')}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def jobs(view: View) -> None:
    """Background work of this server."""
    head_line("Background work", "Shared by everybody who uses this server.")
    _job_list()


@st.fragment(run_every=2.0)
def _job_list() -> None:
    runner = services().jobs
    states = runner.jobs()
    if not states:
        st.caption("Nothing has run since the server was started.")
        return
    for state in states[:12]:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.text(state.title, width="stretch")
            st.text(_progress(state), width="content")
            if not state.is_over:
                st.button(
                    "Cancel", key=f"cancel.{state.key}", type="tertiary", on_click=runner.cancel, args=(state.key,)
                )
        if state.error:
            st.error(state.error, icon=":material/error:")


def _progress(state: JobState) -> str:
    if state.status is not JobStatus.RUNNING:
        return STATUS_WORDS[state.status]
    return f"{state.done:,} of {state.total:,}" if state.total else state.message or "running"


def settings(view: View) -> None:
    """Every setting, its value, and where the value comes from."""
    head_line("Settings in force", "Command line, environment, dfec.toml, default: the first that names it counts.")
    table = pd.DataFrame(
        {"Setting": item.setting.name, "Value": _shown(item.setting.name, item.value), "From": item.origin}
        for item in view.services.settings.in_force
    )
    st.dataframe(table, hide_index=True, alt="One row for each setting with its value and origin")


def _shown(name: str, value: object) -> str:
    """A value as it may be shown to everybody who opens the app: no passwords."""
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value or "")
    if name == "database_url" and "@" in text:
        scheme, _, rest = text.partition("://")
        return f"{scheme}://…@{rest.rpartition('@')[2]}"
    return text
