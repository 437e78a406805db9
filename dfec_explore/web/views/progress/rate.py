"""The error rate, from verdicts on captions that were drawn by lot alone."""

from urllib.parse import parse_qs

import pandas as pd
import streamlit as st

from dfec_explore import charts
from dfec_explore.charts.text import count, percent
from dfec_explore.model import Plan
from dfec_explore.query import from_params, progress
from dfec_explore.query.population import STRATA, stratum_title, value_filter, value_title
from dfec_explore.reviews import Estimate, more_needed, required_size
from dfec_explore.web import page, state
from dfec_explore.web.errors import literal
from dfec_explore.web.figure import show_chart
from dfec_explore.web.filter_bar import apply_filters
from dfec_explore.web.plans import SOURCE, STRATUM, groupings, plans_of, rate_of, rates_by
from dfec_explore.web.view import View
from dfec_explore.web.views.progress import new_plan
from dfec_explore.web.views.progress.methods import RATE
from dfec_explore.web.views.progress.sections import Visit, show

LEVELS = ("90", "95", "99")
"""Levels of confidence in per cent, as in the address."""
WIDTHS = ("1", "2", "3", "5", "10")
"""Half-widths in percentage points, as in the address."""


def choose(visit: Visit) -> Plan | None:
    """The plan that is looked at; None where there is none, or others' verdicts are hidden."""
    if visit.hides_others:
        st.caption(":material/visibility_off: In blind mode the error rate is hidden: it tells what others said.")
        return None
    plans = {plan.id: plan for plan in plans_of(visit.view, archived=True) if plan.is_random}
    if not plans:
        _no_plan()
        return None
    current = _chosen(visit, plans)
    state.set_widget("rate.plan", current)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.selectbox(
            "Plan",
            list(plans),
            format_func=lambda id_: plans[id_].name + (" (put away)" if plans[id_].is_archived else ""),
            key=state.widget_key("rate.plan"),
            on_change=lambda: state.set_param("plan", str(state.widget_value("rate.plan"))),
            width=320,
        )
        _level_control()
    return plans[current]


def _chosen(visit: Visit, plans: dict[str, Plan]) -> str:
    """The plan of the address, else the newest one that is not put away and has a verdict, else the newest."""
    wanted = state.param("plan")
    if wanted in plans:
        return wanted
    if wanted:
        st.warning(f"The link names a plan that is not there: “{literal(wanted[:40])}”.", icon=":material/link_off:")
    current = [plan for plan in plans.values() if not plan.is_archived] or list(plans.values())
    return next((plan.id for plan in current if rate_of(visit.view, plan, 0.95).judged), current[0].id)


def _no_plan() -> None:
    with st.container(border=True, key="rate-empty", gap="small"):
        st.markdown("##### No sampling plan yet")
        st.text(
            "The error rate is worked out from captions that were drawn by lot, and from no others: captions that "
            "somebody picked, by a filter or because they looked wrong, say nothing about the rest."
        )
        st.button("Make a sampling plan", type="primary", icon=":material/casino:", on_click=show, args=("plans",))


def _level_control() -> None:
    state.set_widget("rate.level", _level_text())
    st.segmented_control(
        "Confidence",
        list(LEVELS),
        format_func=lambda level: f"{level} %",
        required=True,
        key=state.widget_key("rate.level"),
        on_change=lambda: state.set_param("level", str(state.widget_value("rate.level"))),
        help="How sure the intervals are",
    )


def _level_text() -> str:
    return state.param("level") if state.param("level") in LEVELS else "95"


def _level() -> float:
    return int(_level_text()) / 100


def figures(visit: Visit, plan: Plan) -> None:
    """The rate with its interval, and what it rests on."""
    estimate = rate_of(visit.view, plan, _level())
    about = "" if plan.population.startswith("All ") else f" ({literal(plan.population)})"
    if estimate.rate is None or estimate.low is None or estimate.high is None:
        st.info(f"No error rate yet. {estimate.reason}", icon=":material/hourglass_empty:")
    else:
        page.metrics(_metrics(estimate))
        st.markdown(
            f"Of **{count(estimate.population, 'caption')}**{about}, **{percent(estimate.rate)}** have an error, "
            f"{percent(estimate.low)} to {percent(estimate.high)} with {_level_text()} % confidence: worked out from "
            f"{count(estimate.judged)} of the {count(estimate.drawn)} that were drawn."
        )
    if visit.filters:
        st.caption(":material/filter_alt_off: The filters do not apply here: a plan is about what it was drawn from.")
    notes = _notes(visit, plan, estimate)
    if notes:
        st.caption("  \n".join(notes))


def _metrics(estimate: Estimate) -> dict[str, tuple[str, str]]:
    assert estimate.rate is not None
    assert estimate.low is not None
    assert estimate.high is not None
    return {
        "error rate": (percent(estimate.rate), "Captions to fix or to reject, of those that could be decided"),
        f"interval, {_level_text()} %": (f"{percent(estimate.low)} – {percent(estimate.high)}", "Wilson"),
        "half its width": (f"± {percent(estimate.half_width or 0)}", "Precision"),
        f"of {estimate.drawn:,} drawn judged": (f"{estimate.judged:,}", "Captions of the plan with a verdict"),
    }


def _notes(visit: Visit, plan: Plan, estimate: Estimate) -> list[str]:
    notes = [
        f":material/checklist: {count(estimate.accept)} accepted, {count(estimate.fix)} to fix, "
        f"{count(estimate.reject)} rejected, {count(estimate.disputed)} disputed (counted by the share of their "
        f"reviewers); {count(estimate.unsure)} unsure, which are left out of the rate."
    ]
    if not estimate.judged:
        notes.clear()
    if estimate.stale:
        notes.append(f":material/history: {count(estimate.stale, 'drawn caption')} changed before being judged.")
    if 0 < estimate.effective_size < float("inf") and estimate.rate is not None:
        notes.append(
            f":material/functions: As precise as {estimate.effective_size:,.0f} captions drawn simply from an endless "
            f"set (effective sample size); finite-population correction {estimate.correction:.2f}."
        )
    if estimate.collapsed:
        names = "; ".join(_stratum_words(visit.view, plan, stratum) for stratum in estimate.collapsed[:6])
        more = f" and {len(estimate.collapsed) - 6} more" if len(estimate.collapsed) > 6 else ""
        notes.append(f":material/merge: Strata with too few judged captions, taken together: {literal(names)}{more}.")
    return notes


def _stratum_words(view: View, plan: Plan, stratum: tuple[str, ...]) -> str:
    pairs = zip(plan.strata, stratum, strict=True)
    return ", ".join(value_title(view.explorer, name, value) for name, value in pairs) or "all captions"


def by_group(visit: Visit, plan: Plan) -> None:
    """The rate of each source or stratum."""
    options = groupings(plan)
    by = state.param("by") if state.param("by") in options else options[0]
    frame = _frame(visit, plan, by)
    state.set_widget("rate.by", by)
    if len(options) > 1:
        st.segmented_control(
            "By",
            list(options),
            format_func=lambda name: _grouping_title(visit.view, name),
            required=True,
            key=state.widget_key("rate.by"),
            on_change=lambda: state.set_param("by", str(state.widget_value("rate.by"))),
        )
    show_chart(
        visit.view,
        charts.error_rates(frame, mode=visit.view.mode, by=by),
        name="rates",
        title=f"Error rate by {_grouping_title(visit.view, by).lower()}",
        about=f"{_level_text()} % intervals; in brackets how many captions are judged; dotted: the whole. "
        "Few captions, wide intervals: overlapping ones are no evidence of a difference.",
    )


def _grouping_title(view: View, by: str) -> str:
    return "Stratum" if by == STRATUM else STRATA[SOURCE] if by == SOURCE else stratum_title(view.explorer, by)


def _frame(visit: Visit, plan: Plan, by: str) -> pd.DataFrame:
    whole = {"all": rate_of(visit.view, plan, _level())}
    rates = {group: rate for group, rate in rates_by(visit.view, plan, by, _level()).items() if group}
    rows = [
        {
            "group": group,
            "title": "All captions" if group == "all" else _group_title(visit.view, by, group),
            "rate": rate.rate,
            "low": rate.low,
            "high": rate.high,
            "population": rate.population,
            **{name: getattr(rate, name) for name in COUNTED},
            "pick": value_filter(by, group) if group != "all" else [],
        }
        for group, rate in (whole | rates).items()
    ]
    return pd.DataFrame(rows)


COUNTED = ("drawn", "judged", "accept", "fix", "reject", "unsure", "disputed")


def _group_title(view: View, by: str, group: str) -> str:
    return group if by == STRATUM else value_title(view.explorer, by, group)


def more(visit: Visit, plan: Plan) -> None:
    """How many more captions a wanted precision takes."""
    estimate = rate_of(visit.view, plan, _level())
    page.head_line("How many more", "Captions still to be judged for an interval of a wanted width.")
    current = state.param("width") if state.param("width") in WIDTHS else "2"
    state.set_widget("rate.width", current)
    st.segmented_control(
        "Half-width",
        list(WIDTHS),
        format_func=lambda width: f"± {width} %",
        required=True,
        key=state.widget_key("rate.width"),
        on_change=lambda: state.set_param("width", str(state.widget_value("rate.width"))),
        label_visibility="collapsed",
    )
    half_width = int(current) / 100
    needed = more_needed(estimate, half_width)
    if not needed:
        st.markdown(f":material/task_alt: **± {current} % is reached.**")
        return
    st.markdown(f"**{count(needed)} more** for ± {current} %, if the rate stays as it is.")
    if needed <= estimate.left:
        st.caption(f"The plan has {count(estimate.left)} left: that is enough.")
        return
    size = required_size(
        estimate.population, half_width=half_width, expected_rate=estimate.rate or 0.5, confidence=_level()
    )
    st.caption(
        f"The plan has {count(estimate.left)} left. A new plan of {count(size, 'caption')} from the same "
        f"{count(estimate.population)} would do."
    )
    st.button(
        f"Begin a plan of {count(size)}",
        key="rate.larger",
        icon=":material/casino:",
        on_click=_larger,
        args=(visit, plan, size),
    )


def _larger(visit: Visit, plan: Plan, size: int) -> None:
    """Begin a plan of the same captions: the filters become those that this one was drawn with."""
    apply_filters(from_params(parse_qs(plan.query), visit.view.explorer.vocabulary).filters)
    new_plan.begin(way="size", size=size)
    show("plans")


def not_counted(visit: Visit, plan: Plan) -> None:
    """Which verdicts are not in the rate, and why."""
    found = visit.ask(progress.counted_for, plan=plan.id)
    page.head_line("Which verdicts count", "Only those on captions that were drawn by lot, under this plan.")
    lines = [f"**{count(found.counted, 'verdict')}** under this plan **count**"]
    if found.no_plan:
        lines.append(
            f"**{count(found.no_plan)}** outside of plans do not: their captions were picked by a reviewer or a filter"
        )
    if found.other_plans:
        lines.append(f"**{count(found.other_plans)}** under other plans do not: each plan is a draw of its own")
    if found.stale:
        lines.append(f"**{count(found.stale)}** do not: their captions changed since, or are gone")
    st.markdown("\n".join(f"- {line}" for line in lines))


def method() -> None:
    """How the numbers are worked out, with references."""
    with st.expander("How this is worked out", icon=":material/menu_book:", key="rate-method"):
        st.markdown(RATE)
