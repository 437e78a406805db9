"""Files and clips, the clips: the matrix by source, what to do next for each, and what can't be shown and why."""

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from dfec_explore.charts import safe_csv
from dfec_explore.demo import demo_folder_ready
from dfec_explore.jobs import JobState
from dfec_explore.query.clip_facts import STATUSES
from dfec_explore.query.clip_health import FactsFile
from dfec_explore.sources import Source, registry
from dfec_explore.web import coverage, state
from dfec_explore.web.errors import literal
from dfec_explore.web.figure import export_name
from dfec_explore.web.links import link_params
from dfec_explore.web.next_steps import NextStep, next_step
from dfec_explore.web.page import address, head_line
from dfec_explore.web.services import services
from dfec_explore.web.view import View

LISTED = 200
"""Samples that are listed at once."""
EXPORTED = 100_000
"""Samples that a file of them holds at most."""
STATUS_TITLES = {
    "found": "Found",
    "substitute": "Substitute",
    "ambiguous": "Ambiguous",
    "packed": "In an archive",
    "missing": "Missing",
    "unreadable": "Unreadable",
}
STATUS_HELP = {
    "Playable": "Share of the samples whose clip, or a substitute for it, can be shown",
    "Found": "The clip itself lies where its dataset keeps it",
    "Substitute": "A face crop, or another take of the sound, where the clip was meant; marked wherever it is shown",
    "Ambiguous": "Several files fit equally well; none is shown",
    "In an archive": "The clip lies in a file that is not unpacked",
    "Missing": "No file fits",
    "Unreadable": "A file is there, but it can't be opened or decoded, or may not be",
    "Minutes": "Length of all clips that could be opened",
}


def clips(view: View) -> None:
    """How many clips are on disk, by source; what to do next for each source; what can't be shown."""
    head_line("Clips on disk", "Found by their path below the clip folders; nothing else is served.")
    if view.dataset.is_demo and not _is_drawn(view):
        return
    if not coverage.has_folders(view):
        st.info(
            "No clip folder is configured. Set DFEC_CLIPS to the folder that holds all sources, or name one folder "
            "for each source under [clips] in dfec.toml. Captions can be explored and judged without clips.",
            icon=":material/folder_off:",
        )
    job = coverage.survey(view)
    if job is not None and not job.is_over:
        running(view, job.key)
    if job is not None and job.error:
        st.error(literal(f"{job.title}: {job.error}"), icon=":material/error:")
    frame = coverage.counts(view)
    _matrix(view, frame, job)
    if not view.dataset.is_demo:
        _next_steps(view, frame)
        _label_files(view)
    if coverage.files(view).facts.is_file():
        _problems(view, frame)


def _matrix(view: View, frame: pd.DataFrame, job: JobState | None) -> None:
    table = coverage.table(frame)
    st.dataframe(
        table,
        hide_index=True,
        column_config={
            **{name: st.column_config.NumberColumn(help=words) for name, words in STATUS_HELP.items()},
            "Playable": st.column_config.ProgressColumn(
                format="%d %%", min_value=0, max_value=100, help=STATUS_HELP["Playable"]
            ),
        },
        alt="One row for each source: how many samples have their clip, and what became of the others",
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if coverage.has_folders(view):
            st.button(
                "Look again",
                icon=":material/refresh:",
                on_click=coverage.survey_again,
                args=(view,),
                disabled=job is not None and not job.is_over,
                help="Folders that have not changed are not read again, files that have not changed are not opened",
            )
        _csv(view, lambda: table, "coverage")
        st.caption(_total(frame))


def _total(frame: pd.DataFrame) -> str:
    sums = frame[["samples", *STATUSES]].sum()
    playable, looked_for = int(sums["found"] + sums["substitute"]), int(sums[list(STATUSES)].sum())
    if not looked_for:
        return f"{int(sums['samples']):,} samples; no clip was looked for yet."
    asked = "" if looked_for == sums["samples"] else f"; {looked_for:,} were looked for so far"
    return f"{playable:,} of {int(sums['samples']):,} samples have a clip to show{asked}."


def _is_drawn(view: View) -> bool:
    done, total = demo_folder_ready(view.services.demo_folder)
    if done < total:
        st.progress(done / total, text=f"The demo's clips are being drawn: {done} of {total}")
    return done == total


def running(view: View, key: str) -> None:
    """How far the survey is; the page is drawn anew when more is known, and when it is over."""
    _running(key, coverage.facts_file(view))


@st.fragment(run_every=1.0)
def _running(key: str, facts: FactsFile) -> None:
    job = next((one for one in services().jobs.jobs() if one.key == key), None)
    if job is None or job.is_over or coverage.has_changed(facts):
        st.rerun()
    share = job.done / job.total if job.total else 0.0
    words = job.message or job.title
    st.progress(min(share, 1.0), text=f"{words}: {job.done:,} of {job.total:,}" if job.total else words)


def _next_steps(view: View, frame: pd.DataFrame) -> None:
    advice, known = coverage.advice(view), registry()
    if not advice and coverage.has_folders(view):
        return  # Nobody has looked yet: what there is to do is not known.
    steps: dict[str, NextStep] = {}
    for row in frame.to_dict("records"):
        source = str(row["source"])
        numbers = {name: int(row[name]) for name in ("samples", *STATUSES)}
        steps[source] = next_step(source, numbers, advice.get(source), known.get(source))
    head_line(
        "What to do next",
        "Each user obtains the datasets under their own terms. What is said of access and licence carries how sure it "
        "is; the official page decides.",
    )
    done = [view.explorer.vocabulary.title("source", source) for source, step in steps.items() if step.is_done]
    if done:
        st.success(literal(f"Complete: {', '.join(done)}."), icon=":material/check_circle:")
    with st.grid(min_column_width=430, gap="medium"):
        for source, step in steps.items():
            if not step.is_done or len(step.sentences) > 1 or frame.set_index("source")["substitute"][source]:
                with st.container(border=True, key=f"card-next-{source}", gap="small"):
                    _step(view, source, step, known.get(source))


def _step(view: View, source: str, step: NextStep, known: Source | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{literal(view.explorer.vocabulary.title('source', source))}**", width="content")
        st.badge(literal(step.state), color=step.colour)
        st.space("stretch")
        if known is not None:
            st.link_button("Official page", known.url, type="tertiary", icon=":material/open_in_new:")
    bullet = "- " if len(step.sentences) > 1 else ""
    st.markdown("\n".join(f"{bullet}{literal(sentence)}" for sentence in step.sentences))
    if step.config:
        st.caption("In dfec.toml (then start the app again):")
        st.code(step.config, language="toml", wrap_lines=True)
    if known is None or step.is_done:
        return
    access = f"Access: {literal(known.access)} :gray-badge[{known.access_confidence.value}]"
    licence = f"Licence: {literal(known.licence)} :gray-badge[{known.licence_confidence.value}]"
    st.markdown(f"{access}  \n{licence}")
    if known.wrong_packages:
        st.caption(literal(f"Not to be mistaken: {' '.join(known.wrong_packages)}"))


def _label_files(view: View) -> None:
    """Label files that could not be read, or not whole; nothing where all could."""
    problems = coverage.labels_file(view).problems()
    table = pd.DataFrame(
        [
            {"Source": view.explorer.vocabulary.title("source", source), "What was found": sentence}
            for source, sentences in problems.items()
            for sentence in sentences
        ]
    )
    if table.empty:
        return
    head_line("Label files with gaps", "What is wrong in them does not count; the rest does.")
    st.dataframe(
        table,
        hide_index=True,
        column_config={
            "Source": st.column_config.TextColumn(width="small"),
            "What was found": st.column_config.TextColumn(width="large"),
        },
        alt="One row for each thing that was wrong with a label file",
    )


def _problems(view: View, frame: pd.DataFrame) -> None:
    counts = {status: int(frame[status].sum()) for status in STATUSES if status != "found"}
    present = [status for status, number in counts.items() if number]
    if not present:
        st.success("Every sample has its own clip, and each could be opened.", icon=":material/check_circle:")
        return
    head_line("Clips that can't be shown, and substitutes", "Each with the reason and the places that were tried.")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        chosen = st.pills(
            "Status",
            present,
            format_func=lambda status: f"{STATUS_TITLES[status]} ({counts[status]:,})",
            key=state.widget_key("clips.status"),
            selection_mode="multi",
        )
        titles = dict(zip(frame["source"], frame["title"], strict=True))
        source = st.selectbox(
            "Source",
            ["", *titles],
            format_func=lambda name: titles.get(name, "All sources"),
            key=state.widget_key("clips.source"),
            width=220,
        )
    wanted = tuple(chosen) or tuple(status for status in present if status != "substitute") or tuple(present)
    ask = partial(coverage.problems, view, statuses=wanted, source=source or None)
    found = ask(limit=LISTED)
    table = _problem_table(view, found.samples)
    st.dataframe(
        table,
        hide_index=True,
        column_config={
            "Review": st.column_config.LinkColumn("Review", display_text="Open", width="small"),
            "Reason": st.column_config.TextColumn(width=320),
            "Places tried": st.column_config.ListColumn(width="medium"),
        },
        alt="One row for each sample without its clip: the reason, and the places that were tried",
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _csv(view, lambda: _problem_table(view, ask(limit=EXPORTED).samples), "clips-not-shown")
        st.caption(f"{len(table):,} of {found.total:,}" if len(table) < found.total else f"{found.total:,} samples")


def _problem_table(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    links = [
        address(
            link_params(view, view.filters) | {"in": [str(part)], "sample": [str(id_)], "queue": ["all"]},
            screen="review",
        )
        for part, id_ in zip(frame["part"], frame["id"], strict=True)
    ]
    named = frame.assign(
        sample=frame["part"] + " / " + frame["id"],
        status=[STATUS_TITLES[status] for status in frame["status"]],
        review=links,
    )
    return named[list(coverage.PROBLEM_COLUMNS)].rename(columns=coverage.PROBLEM_COLUMNS)


def _csv(view: View, make: Callable[[], pd.DataFrame], name: str) -> None:
    st.download_button(
        "CSV",
        lambda: safe_csv(make()),
        file_name=f"{export_name(view, name)}.csv",
        mime="text/csv",
        key=f"csv.{name}",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )
