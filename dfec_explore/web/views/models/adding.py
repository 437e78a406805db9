"""Adding predictions: the upload, scoring in the background, and what was read of each file."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

import pandas as pd
import streamlit as st

from dfec_explore.jobs import JobState
from dfec_explore.query import EMPTY
from dfec_explore.scoring import Counts
from dfec_explore.web import state
from dfec_explore.web.errors import literal
from dfec_explore.web.links import link_params
from dfec_explore.web.models import Model, current_part, folder_of_uploads, models, scores_of, start
from dfec_explore.web.services import services
from dfec_explore.web.uploads import MAX_MEGABYTES, MAX_NAME, forget, keep
from dfec_explore.web.view import View

OPEN = "models.adding"
"""Whether the form is open, in what a session keeps."""


def upload(view: View) -> None:
    """A button that opens the form for a file of predictions."""
    st.button("Add predictions", icon=":material/upload_file:", type="primary", key="models.open", on_click=_open)
    if state.get(OPEN):
        # Kept open by every run: work that ends in the background draws the page anew.
        _form(view)


def _open() -> None:
    state.put(OPEN, True)


def _close() -> None:
    state.drop(OPEN)


@st.dialog("Add predictions", width="medium", on_dismiss=_close)
def _form(view: View) -> None:
    st.caption(
        "A file with one caption for each clip: JSON, JSON Lines, CSV, TSV or Parquet, gzipped or not. A record "
        "has `id` or `video`, and `prediction`, `caption` or `text`; conversations are read too."
    )
    file = st.file_uploader("File", key=state.widget_key("models.file"), max_upload_size=MAX_MEGABYTES)
    name = st.text_input(
        "Model's name",
        key=state.widget_key("models.name"),
        max_chars=MAX_NAME,
        placeholder=PurePath(file.name).name.split(".")[0] if file else "",
    )
    if st.button("Score", key="models.add", type="primary", disabled=file is None) and file is not None:
        _add(view, file.name, file.getvalue(), name)


def _add(view: View, file: str, content: bytes, name: str) -> None:
    called = name.strip() or PurePath(file).name.split(".")[0]
    try:
        keep(
            folder_of_uploads(view),
            content,
            file=file,
            name=called,
            dataset=view.dataset.name,
            part=current_part(view).name,
        )
    except OSError as error:
        st.error(f"The file could not be kept: {error.strerror}. Nothing is lost; try again.", icon=":material/error:")
        return
    _close()
    st.rerun()


def work(view: View) -> bool:
    """Score what is not scored yet and show how far that is; returns whether anything is still to come."""
    pending = [model for model in models(view) if scores_of(view, model) is None]
    readable = [model for model in pending if model.is_own and _is_there(model)]
    states = [_named(model, start(view, [model])) for model in readable]
    baselines = [model for model in models(view) if not model.is_own]
    if any(not model.is_own for model in pending):
        states.append(start(view, baselines))
    for model in pending:
        if model.is_own and not _is_there(model):
            st.error(
                f"{literal(model.name)}: there is no file {literal(str(model.path))}. See `predictions` in dfec.toml.",
                icon=":material/error:",
            )
    running = [one for one in states if not one.is_over]
    for one in states:
        if one.error:
            st.error(f"{literal(one.title)}: {literal(one.error)}", icon=":material/error:")
    if running:
        _watch([one.key for one in running])
    return bool(running)


def _named(model: Model, job: JobState) -> JobState:
    """The job with the name that an uploaded file had, instead of the one that it lies under here."""
    if job.error is None or model.upload is None:
        return job
    return replace(job, error=job.error.replace(str(model.path), model.upload.file))


def _is_there(model: Model) -> bool:
    return model.path is None or model.path.is_file()


@st.fragment(run_every=1.0)
def _watch(keys: Sequence[str]) -> None:
    known = {job.key: job for job in services().jobs.jobs()}
    states = [known[key] for key in keys if key in known]
    if not state.get(OPEN) and (len(states) < len(keys) or any(one.is_over for one in states)):
        st.rerun()
    for one in states:
        st.progress(_share(one), text=f"{literal(one.title)}: {literal(one.message or 'waiting')}")


def _share(job: JobState) -> float:
    return min(job.done / job.total, 1.0) if job.total else 0.0


def files(view: View) -> None:
    """What was read of each model's file, with the way on and the way out."""
    own = [model for model in models(view) if model.is_own]
    for model in own:
        kept = scores_of(view, model)
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"model-{model.id}"):
            st.markdown(f"**{literal(model.name)}**", width="content")
            st.text(_said(kept[1]) if kept else "not scored", width="stretch")
            if kept:
                params = link_params(view, EMPTY) | {"of": [model.part.name]}
                for screen, label, which in (("failures", "Failures", "model"), ("compare", "Compare", "b")):
                    st.page_link(
                        view.pages[screen], label=label, query_params=params | {which: [model.id]}, width="content"
                    )
            if model.upload is not None:
                st.button(
                    "Remove",
                    key=f"remove.{model.id}",
                    type="tertiary",
                    icon=":material/delete:",
                    help="Take the file off the list",
                    on_click=forget,
                    args=(folder_of_uploads(view), model.upload),
                )
        if kept:
            _problems(model, kept[1])


def _said(counts: Counts) -> str:
    words = f"{counts.answered:,} of {counts.captions:,} captions"
    for number, kind in (
        (counts.missing, "missing"),
        (counts.empty, "empty"),
        (counts.extra, "extra"),
        (counts.duplicates, "duplicates"),
        (counts.conflicts, "contradict themselves"),
        (len(counts.rejected), "rejected"),
    ):
        words += f" · {number:,} {kind}" if number else ""
    return words


def _problems(model: Model, counts: Counts) -> None:
    """Rejected records and predictions without a place, where there are some."""
    left = {kind: names for kind, names in counts.examples.items() if names}
    if not counts.rejected and not left:
        return
    with st.expander("What of the file was not used", icon=":material/report:"):
        for kind, names in left.items():
            st.text(f"{kind}: {', '.join(names)}")
        if counts.rejected:
            table = pd.DataFrame(
                {
                    "Record": record.index,
                    "Line": record.line,
                    "Id": record.id,
                    "Reason": record.reason,
                    "Value": record.value,
                }
                for record in counts.rejected[:500]
            )
            st.dataframe(table, hide_index=True, key=f"rejects.{model.id}", alt="One row for each rejected record")
