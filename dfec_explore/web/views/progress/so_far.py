"""What is judged so far: by source, part, reviewer and day, for which reasons, and how long it took."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dfec_explore import charts
from dfec_explore.charts import Chart
from dfec_explore.charts.text import count
from dfec_explore.query import progress
from dfec_explore.query.review_facts import fact
from dfec_explore.web import page, state
from dfec_explore.web.figure import show_chart, show_head
from dfec_explore.web.filter_bar import pick
from dfec_explore.web.links import link_params
from dfec_explore.web.plans import worked_out
from dfec_explore.web.views.progress.sections import Visit, minutes_ahead, show


def figures(visit: Visit) -> bool:
    """The figures on top; False where nothing is judged and there is nothing more to draw."""
    totals = visit.ask(progress.totals)
    if not totals.verdicts and not totals.finals:
        _nothing(visit)
        return False
    seconds = "–" if totals.median_seconds is None else f"{totals.median_seconds:.0f} s"
    shown = {
        f"of {count(totals.captions, 'caption')} judged": (f"{totals.judged:,}", "Selected captions with a verdict"),
        _plural(totals.verdicts, "verdict"): (
            f"{totals.verdicts:,}",
            "Verdicts that stand, of all reviewers, final ones apart",
        ),
        _plural(totals.reviewers, "reviewer"): (f"{totals.reviewers:,}", "Who gave them"),
        "a caption, median": (seconds, "Time from opening a clip to the verdict"),
        "judged by two or more": (f"{totals.overlap:,}", "Captions with verdicts of several reviewers"),
        "disputed": (f"{totals.disputed:,}", "Captions on which reviewers disagree and that nobody has settled"),
        "settled": (f"{totals.finals:,}", "Captions with a final verdict"),
    }
    if visit.only is not None:
        shown = {label: shown[label] for label in list(shown)[:4] if "reviewer" not in label}
    page.metrics(shown)
    _stale(visit)
    return True


def _plural(number: int, noun: str) -> str:
    return noun if number == 1 else f"{noun}s"


def _nothing(visit: Visit) -> None:
    with st.container(border=True, key="progress-empty", gap="small"):
        who = "You have judged none" if visit.only is not None else "Nobody has judged any"
        st.markdown(f"##### {who} of these captions yet")
        st.text(
            "Progress shows what reviewers said as soon as there is a verdict: by source, reviewer and day, with "
            "reasons and times. Only verdicts on captions that were drawn by lot tell how many captions of the whole "
            "set have an error: begin with a sampling plan."
        )
        with st.container(horizontal=True, gap="small"):
            st.button("Make a sampling plan", type="primary", icon=":material/casino:", on_click=show, args=("plans",))
            st.page_link(
                visit.view.pages["review"],
                label="Review the selected captions",
                icon=":material/rate_review:",
                query_params=link_params(visit.view, visit.filters),
                width="content",
            )


def _stale(visit: Visit) -> None:
    found = visit.ask(progress.stale)
    if not found.verdicts and not found.gone:
        return
    pieces = []
    if found.verdicts:
        pieces.append(
            f"{count(found.verdicts, 'verdict')} {'is' if found.verdicts == 1 else 'are'} on captions that changed "
            f"since; {count(found.captions)} of these captions {'has' if found.captions == 1 else 'have'} no other"
        )
    if found.gone:
        pieces.append(f"{count(found.gone, 'verdict')} on captions that are not in the files any more")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="progress-stale"):
        st.caption(f":material/history: Kept, not counted: {'; '.join(pieces)}.", width="content")
        if found.verdicts:
            st.page_link(
                visit.view.pages["review"],
                label="Review them",
                icon=":material/rate_review:",
                query_params=link_params(visit.view, visit.filters) | {"queue": ["stale"]},
                width="content",
            )


def _drawn(
    visit: Visit,
    chart: Callable[..., Chart],
    question: Callable[..., pd.DataFrame],
    asked: Mapping[str, Any] | None = None,
    **options: Any,
) -> Chart:
    """A chart of the answer to a question, drawn once until there are other verdicts or filters: figures take time.

    Args:
        visit: who looks at which captions.
        chart: draws it, with ``options``.
        question: of ``query.progress``, with the options ``asked``.
        asked: see there.
        options: see there.
    """
    mode = visit.view.mode
    name = f"chart {chart.__name__}"
    key = (visit.filters, visit.only, mode, *sorted(options.items()))
    drawn: Chart = worked_out(
        visit.view, name, key, lambda: chart(visit.ask(question, **(asked or {})), mode=mode, **options)
    )
    return drawn


def by_source(visit: Visit) -> None:
    """Verdicts by source, and by part where there are several."""
    frame = visit.ask(progress.coverage)
    parts = frame["part"].nunique() > 1
    judged_only = state.param("of") == "judged"
    for by in ("source", "part") if parts else ("source",):
        show_chart(
            visit.view,
            _drawn(visit, charts.verdicts_by, progress.coverage, by=by, judged_only=judged_only),
            name=f"verdicts-{by}",
            title=f"Verdicts by {by}",
            about="Share of captions; at the end, how many are judged. Click a bar to filter.",
            picks=visit.only is None,
        )
    state.set_widget("progress.of", judged_only)
    st.toggle(
        "Judged captions alone",
        key=state.widget_key("progress.of"),
        on_change=lambda: state.set_param("of", "judged" if state.widget_value("progress.of") else None),
    )


def reasons(visit: Visit) -> None:
    """Why captions are not right."""
    show_chart(
        visit.view,
        _drawn(visit, charts.reasons, progress.by_reason),
        name="reasons",
        title="Reasons",
        about="A verdict with two reasons counts in both. Click a bar for its captions.",
        picks=visit.only is None,
    )


def by_day(visit: Visit) -> None:
    """Verdicts by day."""
    days = {"offset_minutes": minutes_ahead()}
    show_chart(
        visit.view,
        _drawn(visit, charts.verdicts_by_day, progress.by_day, days, **days),
        name="days",
        title="Verdicts by day",
        about="Of the verdicts that stand; days as on your clock.",
        picks=visit.only is None,
    )


def times(visit: Visit) -> None:
    """How long a caption takes."""
    found = visit.ask(progress.quantiles)
    middle = f" Half of them took {found[0]:.0f} to {found[2]:.0f} s, the median is {found[1]:.0f} s." if found else ""
    show_chart(
        visit.view,
        _drawn(visit, charts.review_times, progress.times),
        name="times",
        title="Time for a caption",
        about=f"While its tab was in sight; the classes grow wider.{middle}",
        picks=visit.only is None,
    )


def by_reviewer(visit: Visit) -> None:
    """What each reviewer did."""
    frame = visit.ask(progress.by_reviewer)
    table = _reviewer_table(frame, minutes_ahead())
    with st.container(key="chart-reviewers"):
        show_head(
            visit.view,
            name="reviewers",
            title="Reviewers",
            about="An hour: captions in an hour at work, pauses of more than 5 minutes left out. Watched: share of the "
            "clip that was played. Choose a row for the captions of one reviewer.",
            table=table,
        )
        # A key for each state of the filters: a row that was chosen is not chosen again.
        name = f"reviewers.{hash(visit.view.filters)}.{state.get('picked', 0)}"
        st.dataframe(
            table,
            hide_index=True,
            key=state.widget_key(name),
            on_select=lambda: _reviewer_picked(name, [str(value) for value in frame["reviewer"]]),
            selection_mode="single-row",
            column_config={
                "Captions": st.column_config.ProgressColumn(
                    format="localized", min_value=0, max_value=int(table["Captions"].max()) if len(table) else 1
                ),
                "Watched, %": st.column_config.NumberColumn(format="%.0f"),
                "Median, s": st.column_config.NumberColumn(format="%.0f"),
                "An hour": st.column_config.NumberColumn(format="%.0f"),
                "Last": st.column_config.DatetimeColumn(format="D MMM, HH:mm"),
            },
            column_order=[column for column in table.columns if column != "First"],
            alt="One row for each reviewer: captions, speed, share of the clip that was watched, verdicts",
        )


def _reviewer_table(frame: pd.DataFrame, offset: int) -> pd.DataFrame:
    shift = pd.Timedelta(minutes=offset)
    return pd.DataFrame(
        {
            "Reviewer": frame["reviewer"],
            "Captions": frame["captions"],
            "An hour": frame["hourly"].astype(float).round(1),
            "Median, s": frame["seconds"].astype(float).round(1),
            "Watched, %": (100 * frame["watched"].astype(float)).round(1),
            "Accepted": frame["accept"],
            "To fix": frame["fix"],
            "Rejected": frame["reject"],
            "Unsure": frame["unsure"],
            "Final": frame["finals"],
            "First": frame["first"] + shift,
            "Last": frame["last"] + shift,
        }
    )


def _reviewer_picked(name: str, reviewers: list[str]) -> None:
    event = state.widget_value(name)
    rows = event.get("selection", {}).get("rows", []) if event else []
    if rows and rows[0] < len(reviewers):
        state.put("picked", state.get("picked", 0) + 1)
        pick(["review", fact("reviewer", reviewers[rows[0]])])
