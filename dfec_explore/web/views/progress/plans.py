"""The list of sampling plans: what each is, how far it is, and the way to its queue."""

import uuid
from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from dfec_explore.charts.palette import INK
from dfec_explore.charts.text import count, listed, percent
from dfec_explore.errors import StoreError
from dfec_explore.model import Plan
from dfec_explore.query.population import stratum_title
from dfec_explore.reviews import archive_plan, restore_plan
from dfec_explore.web import state
from dfec_explore.web.errors import literal
from dfec_explore.web.figure import show_head
from dfec_explore.web.links import link_params
from dfec_explore.web.plans import PlanProgress, plans_of, progress_of, rate_of
from dfec_explore.web.views.progress.new_plan import first_plan
from dfec_explore.web.views.progress.sections import Visit, show

CONFIDENCE = 0.95
MOST_BARS = 8
"""Reviewers of a plan with a bar of their own, those with the most captions."""
BAR = "height:.55rem;border-radius:999px;background:rgba(128,138,155,.22);overflow:hidden;display:flex"
ROW = (
    "display:grid;grid-template-columns:minmax(3rem,6.5rem) 1fr 5.5rem;gap:.6rem;align-items:center;font-size:.88rem;"
    "line-height:1.7"
)
NAME = "overflow:hidden;text-overflow:ellipsis;white-space:nowrap"
NUMBER = "text-align:right;font-variant-numeric:tabular-nums"


def listed_plans(visit: Visit) -> None:
    """All plans, newest first; what plans are for where there is none."""
    everything = plans_of(visit.view, archived=True)
    current = [plan for plan in everything if not plan.is_archived]
    show_head(
        visit.view,
        name="plans",
        title="Sampling plans",
        about="Captions drawn by lot, once and for all: what reviewers say of them holds for all captions that they "
        "were drawn from.",
        table=_table(visit, everything) if everything else None,
    )
    _problem()
    if not current:
        _why(visit)
    for plan in current:
        _card(visit, plan)
    if away := [plan for plan in everything if plan.is_archived]:
        with st.expander(f"Put away ({len(away)})", key="plans-archived"):
            for plan in away:
                _card(visit, plan)


def _table(visit: Visit, plans: Sequence[Plan]) -> pd.DataFrame:
    """The plans with how far they are, for a file."""
    progress = [progress_of(visit.view, plan) for plan in plans]
    return pd.DataFrame(
        {
            "Plan": [plan.name for plan in plans],
            "Id": [plan.id for plan in plans],
            "Drawn from": [plan.population for plan in plans],
            "Population": [sum(plan.sizes.values()) for plan in plans],
            "Size": [plan.size for plan in plans],
            "Reviewers each": [plan.overlap for plan in plans],
            "Stratified by": [", ".join(plan.strata) for plan in plans],
            "Seed": [plan.seed for plan in plans],
            "Made by": [plan.created_by for plan in plans],
            "Done": [one.done for one in progress],
            "Begun": [one.started for one in progress],
            "Changed since the draw": [one.stale for one in progress],
            "Captions by reviewer": [
                "; ".join(f"{name}: {number}" for name, number in one.by_reviewer.items()) for one in progress
            ],
            "Put away": [plan.is_archived for plan in plans],
        }
    )


def _why(visit: Visit) -> None:
    with st.container(border=True, key="plans-empty", gap="small"):
        st.markdown("**No plan yet.** Who picks captions by eye or by a filter learns of these captions alone.")
        st.text(
            "A plan draws a number of captions by lot, evenly from every source if you wish, and gives each reviewer "
            "a queue of them. From their verdicts follow the share of captions with an error and how sure that is; "
            "captions that two reviewers judge tell how far reviewers agree. A plan can be left and taken up again "
            "at any time; verdicts count as soon as they are given. A good one to begin with:"
        )
        first_plan(visit)


def _card(visit: Visit, plan: Plan) -> None:
    progress = progress_of(visit.view, plan)
    with st.container(border=True, key=f"card-plan-{plan.id}", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{literal(plan.name)}**", width="content")
            if not plan.is_random:
                st.badge("picked, not drawn", color="orange")
            if progress.done + progress.stale == plan.size:
                st.badge("finished", icon=":material/check:", color="green")
            st.space("stretch")
            _queue_link(visit, plan, progress)
        st.text(facts(visit, plan))
        st.html(_bars(plan, progress, INK[visit.view.mode]))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            _rate_line(visit, plan)
            st.space("stretch")
            _archive_button(visit, plan)


def facts(visit: Visit, plan: Plan) -> str:
    """What a plan is, in a line."""
    strata = listed([stratum_title(visit.view.explorer, name).lower() for name in plan.strata])
    population = sum(plan.sizes.values())
    whole = f"{count(population, 'caption')}"
    is_all = not plan.population or plan.population.startswith("All ")
    pieces = [
        f"{count(plan.size)} of all {whole}" if is_all else f"{count(plan.size)} of {whole}: {plan.population}",
        f"stratified by {strata}, {plan.allocation}" if strata else "not stratified",
        f"{count(plan.overlap)} reviewers each" if plan.overlap > 1 else "one reviewer each",
        f"seed {plan.seed}" if plan.seed is not None else "",
        f"by {plan.created_by}" + (f", {plan.created_at.day} {plan.created_at:%B %Y}" if plan.created_at else ""),
    ]
    return " · ".join(piece for piece in pieces if piece)


def _queue_link(visit: Visit, plan: Plan, progress: PlanProgress) -> None:
    mine = progress.by_reviewer.get(visit.reviewer, 0)
    st.page_link(
        visit.view.pages["review"],
        label="Go on judging" if mine else "Start judging",
        icon=":material/play_arrow:",
        query_params=link_params(visit.view, type(visit.view.filters)()) | {"plan": [plan.id]},
        width="content",
        help="Opens your queue of this plan in Review: what is left for you to judge",
    )


def _bars(plan: Plan, progress: PlanProgress, ink: str) -> str:
    said = f"{progress.done:,} of {plan.size:,}"
    rows = [_bar("Done", said, [(progress.done / plan.size, 1.0), (progress.started / plan.size, 0.4)], ink)]
    by_reviewer = list(progress.by_reviewer.items())
    rows += [_bar(name, f"{number:,}", [(number / plan.size, 0.7)], ink) for name, number in by_reviewer[:MOST_BARS]]
    notes = [f"and {len(by_reviewer) - MOST_BARS} more reviewers"] if len(by_reviewer) > MOST_BARS else []
    if progress.started:
        notes.append(f"{count(progress.started, 'caption')} judged, but not by {plan.overlap} reviewers yet (paler)")
    if progress.stale:
        notes.append(f"{count(progress.stale, 'caption')} changed since the draw: left out, counted as not judged")
    below = f'<p style="margin:.15rem 0 0;font-size:.83rem;opacity:.75">{"; ".join(notes)}</p>' if notes else ""
    return f"<div>{''.join(rows)}{below}</div>"


def _bar(name: str, number: str, shares: Sequence[tuple[float, float]], ink: str) -> str:
    """A bar of pieces, each a share of the whole and how strongly it is filled."""
    pieces = "".join(
        f'<span style="width:{100 * share:.2f}%;background:{ink};opacity:{strength}"></span>'
        for share, strength in shares
    )
    return (
        f'<div style="{ROW}"><span style="{NAME}" title="{escape(name)}">{escape(name)}</span>'
        f'<span style="{BAR}" role="img" aria-label="{escape(number)}">{pieces}</span>'
        f'<span style="{NUMBER}">{escape(number)}</span></div>'
    )


def _rate_line(visit: Visit, plan: Plan) -> None:
    if visit.hides_others or not plan.is_random:
        return
    estimate = rate_of(visit.view, plan, CONFIDENCE)
    if estimate.rate is None or estimate.low is None or estimate.high is None:
        st.caption("No error rate yet: nothing is judged.")
        return
    words = f"Error rate so far {percent(estimate.rate)} ({percent(estimate.low)} to {percent(estimate.high)})"
    st.button(
        words,
        key=f"plan.rate.{plan.id}",
        type="tertiary",
        icon=":material/percent:",
        on_click=show,
        args=("rate",),
        kwargs={"plan": plan.id},
    )


def _archive_button(visit: Visit, plan: Plan) -> None:
    st.button(
        "Take out again" if plan.is_archived else "Put away",
        key=f"plan.archive.{plan.id}",
        type="tertiary",
        icon=":material/unarchive:" if plan.is_archived else ":material/archive:",
        disabled=not visit.reviewer,
        help="Nothing is lost: the plan and its verdicts are kept, and it can be taken out again"
        if visit.reviewer
        else "Enter your name first, in the form for a new plan",
        on_click=_put_away,
        args=(visit, plan),
    )


def _put_away(visit: Visit, plan: Plan) -> None:
    change = restore_plan if plan.is_archived else archive_plan
    try:
        change(visit.view.services.store(visit.view.dataset), plan, by=visit.reviewer, row_id=uuid.uuid4().hex)
    except StoreError as error:
        state.put("plans.problem", str(error))


def _problem() -> None:
    """What went wrong in a click, once."""
    if problem := state.get("plans.problem"):
        st.error(literal(problem), icon=":material/error:")
        state.drop("plans.problem")
