"""Sources, the clips: how long, large and fast they are, which ones are odd, and the labels that come with them."""

import pandas as pd
import streamlit as st

from dfec_explore.charts import clips_by, facts_by_source, valence_arousal
from dfec_explore.query import clip_health, clip_labels
from dfec_explore.query.clip_health import ODD, FactsFile, Measure
from dfec_explore.web import coverage, page, state
from dfec_explore.web.figure import show_chart, show_head
from dfec_explore.web.links import link_params, page_link
from dfec_explore.web.view import View
from dfec_explore.web.views.clips_on_disk import running

LISTED = 200
"""Odd clips that are listed at once."""
CHARTS: tuple[tuple[Measure, str, str], ...] = (
    ("duration", "Length of the clips", "Of the clips on disk that could be opened."),
    ("resolution", "Size of the picture", "Width and height in pixels, as the clip is shown."),
    ("frame_rate", "Frames a second", "Of single frames in a folder, the rate at which they are shown."),
)


def labels(view: View) -> None:
    """Emotion by source and the plane of valence and arousal, as the datasets' own labels say."""
    if view.opened.folder is None:
        return
    kept = coverage.labels_file(view)
    files = view.ask(clip_labels.from_files, labels=kept)
    if not files:
        return
    named = ", ".join(list(files)[:6]) if len(files) <= 6 else f"{len(files):,} files"
    plane = view.ask(clip_labels.valence_arousal, labels=kept)
    left, right = st.columns(2, gap="large")
    with left:
        show_chart(
            view,
            facts_by_source(
                view.ask(clip_labels.emotions_by_source, labels=kept),
                mode=view.mode,
                fact="emotion",
                said_by="labels and paths",
                picks="label",
            ),
            name="labels",
            title="Emotion in the datasets' own labels",
            about=f"From label files that lie with the clips ({named}), else from the path. Click a bar to filter.",
        )
    if plane.empty:
        return
    with right:
        show_chart(
            view,
            valence_arousal(plane, mode=view.mode),
            name="valence-arousal",
            title="Valence and arousal",
            about="Each point is a clip of AFEW-VA at the means of its frames, on the dataset's scale of -10 to 10.",
        )


def health(view: View) -> None:
    """What the clips on disk are like, and which ones are odd."""
    if view.opened.folder is None:
        return
    page.head_line("The clips on disk", "What a look into each file says; filters apply.")
    job = coverage.survey(view) if coverage.has_folders(view) else None
    facts = coverage.facts_file(view)
    totals = view.ask(clip_health.totals, facts=facts)
    if job is not None and not job.is_over:
        running(view, job.key)
    if not totals.opened:
        st.info("No clip of these captions has been opened.", icon=":material/videocam_off:")
        page_link(view, "data", "Which clips are on disk, and what to do next", icon=":material/database:")
        return
    page.metrics(
        {
            "clips opened": (f"{totals.opened:,}", "Samples whose clip could be opened"),
            "minutes": (f"{totals.minutes:,.1f}", "Length of all of them"),
            "seconds, median": (f"{totals.median_seconds:.1f}", "Half of the clips are shorter"),
            "with sound": (f"{totals.with_sound:,}", "Clips that have a sound track"),
            "read to the end": (f"{totals.measured:,}", "Clips that were decoded whole, for motion and cuts"),
        }
    )
    with st.grid(min_column_width=420, gap="large"):
        for measure, title, about in CHARTS:
            with st.container():
                frame = view.ask(clip_health.distribution, facts=facts, measure=measure)
                show_chart(
                    view,
                    clips_by(frame, mode=view.mode, measure=measure),
                    name=f"clips-{measure}",
                    title=title,
                    about=about,
                )
    _odd(view, facts)


def _odd(view: View, facts: FactsFile) -> None:
    counts = view.ask(clip_health.odd_counts, facts=facts)
    if not counts:
        st.success("No clip is odd: constant rates, even sizes, every frame decodes.", icon=":material/check_circle:")
        return
    kinds: tuple[str, ...] = tuple(state.widget_value("odd.kinds") or ())
    found = view.ask(clip_health.odd_clips, facts=facts, kinds=tuple(kind for kind in kinds if kind in counts))
    table = _odd_table(view, found)
    show_head(
        view,
        name="odd-clips",
        title="Odd clips",
        about="Not wrong by themselves: what differs from an ordinary clip, and may matter when it is judged or used.",
        table=table.drop(columns="Review"),
    )
    st.pills(
        "Reasons",
        list(counts),
        format_func=lambda kind: f"{ODD[kind]} ({counts[kind]:,})",
        key=state.widget_key("odd.kinds"),
        selection_mode="multi",
        label_visibility="collapsed",
    )
    st.dataframe(
        table,
        hide_index=True,
        column_config={
            "Review": st.column_config.LinkColumn("Review", display_text="Open", width="small"),
            "Why": st.column_config.TextColumn(width="large"),
        },
        alt="One row for each odd clip with what is odd about it",
    )
    if len(table) == LISTED:
        st.caption(f"The first {LISTED:,}; choose a reason to see others.")


def _odd_table(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    links = [
        page.address(
            link_params(view, view.filters) | {"in": [str(part)], "sample": [str(id_)], "queue": ["all"]},
            screen="review",
        )
        for part, id_ in zip(frame["part"], frame["id"], strict=True)
    ]
    return pd.DataFrame(
        {
            "Sample": frame["part"] + " / " + frame["id"],
            "Source": frame["title"],
            "Review": links,
            "Why": frame["why"],
            "Path in the file": frame["video"],
        }
    )
