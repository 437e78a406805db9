"""How far reviewers agree on the captions that several of them judged."""

import pandas as pd
import streamlit as st

from dfec_explore import charts
from dfec_explore.charts.text import count, percent
from dfec_explore.model import Plan
from dfec_explore.query.explorer import VERDICT_TITLES
from dfec_explore.reviews import Agreement, Measure
from dfec_explore.web import page, state
from dfec_explore.web.agreements import Overlap, overlap_of
from dfec_explore.web.errors import literal
from dfec_explore.web.figure import show_chart
from dfec_explore.web.plans import plans_of
from dfec_explore.web.views.progress.methods import AGREEMENT
from dfec_explore.web.views.progress.sections import Visit, show

EVERYTHING = "all"
MOST_PAIRS = 12
"""Pairs of reviewers that are drawn, those with the most captions; the file has all."""
SKEWED = 0.8
"""Share of one verdict from which coefficients that expect much agreement by chance mislead."""


def choose(visit: Visit) -> Overlap | None:
    """Of what agreement is shown; None where there is nothing to show."""
    if visit.hides_others:
        st.caption(":material/visibility_off: In blind mode agreement is hidden: it tells what others said.")
        return None
    plans = {plan.id: plan for plan in plans_of(visit.view, archived=True)}
    current = state.param("plan") if state.param("plan") in plans else EVERYTHING
    if plans:
        _plan_choice(plans, current)
    overlap = overlap_of(visit.view, visit.filters, plans.get(current))
    if not overlap.agreement.captions:
        _no_overlap(current)
        return None
    return overlap


def _plan_choice(plans: dict[str, Plan], current: str) -> None:
    state.set_widget("agreement.plan", current)
    st.selectbox(
        "Captions",
        [EVERYTHING, *plans],
        format_func=lambda id_: "All that several reviewers judged" if id_ == EVERYTHING else plans[id_].name,
        key=state.widget_key("agreement.plan"),
        on_change=_plan_chosen,
        width=320,
    )


def _plan_chosen() -> None:
    value = str(state.widget_value("agreement.plan"))
    state.set_param("plan", None if value == EVERYTHING else value)


def _no_overlap(current: str) -> None:
    where = "among the selected ones" if current == EVERYTHING else "under this plan"
    with st.container(border=True, key="agreement-empty", gap="small"):
        st.markdown("##### No caption has verdicts of two reviewers yet")
        st.text(
            f"Agreement is measured on captions that two reviewers and more have judged; there is none {where}. A plan "
            "with two reviewers each sees to that; blind mode in Review keeps them from following one another."
        )
        st.button("Make a sampling plan", type="primary", icon=":material/casino:", on_click=show, args=("plans",))


def figures(overlap: Overlap) -> None:
    """What the coefficients rest on."""
    found = overlap.agreement
    page.metrics(
        {
            "captions judged by two or more": (f"{found.captions:,}", "The overlap: all that is shown here"),
            "verdicts on them": (f"{found.verdicts:,}", "Final verdicts apart"),
            "reviewers": (f"{len(found.reviewers)}", ", ".join(found.reviewers)),
            "disagreements": (f"{len(overlap.disagreements):,}", "Captions on which not all say the same"),
        }
    )


def coefficients(visit: Visit, overlap: Overlap) -> None:
    """The coefficients with their intervals."""
    show_chart(
        visit.view,
        charts.agreement(_frame(overlap.agreement), mode=visit.view.mode),
        name="agreement",
        title="Agreement",
        about="On the captions that several reviewers judged, their number in brackets; 95 % bootstrap intervals.",
        picks=False,
    )


def _frame(found: Agreement) -> pd.DataFrame:
    whole = {
        "percent": ("Share of agreement", found.percent),
        "alpha": ("Krippendorff's alpha", found.alpha),
        "ac1": ("Gwet's AC1", found.ac1),
    }
    rows = [_row(name, title, measure, found.captions) for name, (title, measure) in whole.items()]
    pairs = sorted(found.pairs, key=lambda pair: -pair.captions)[:MOST_PAIRS]
    rows += [
        _row(f"kappa {place}", f"Kappa, {pair.first} – {pair.second}", pair.kappa, pair.captions)
        for place, pair in enumerate(pairs)
    ]
    return pd.DataFrame(rows)


def _row(name: str, title: str, measure: Measure, captions: int) -> dict[str, object]:
    return {
        "measure": name,
        "title": title,
        "value": measure.value,
        "low": measure.low,
        "high": measure.high,
        "captions": captions,
        "about": measure.reason,
    }


def meaning(overlap: Overlap) -> None:
    """What the coefficients say here, in sentences."""
    found = overlap.agreement
    st.space(1)
    page.head_line("What it means")
    lines = []
    if found.percent.value is not None:
        lines.append(f"Two reviewers of a caption say the same in **{percent(found.percent.value)}** of cases.")
    if found.alpha.value is not None:
        lines.append(f"Alpha is **{found.alpha.value:.2f}**: {_grade(found.alpha.value)}.")
    if found.ac1.value is not None:
        lines.append(f"AC1 is **{found.ac1.value:.2f}**. {_why_ac1(found)}")
    lines += [f"{literal(measure.reason)}" for measure in (found.alpha,) if measure.value is None and measure.reason]
    if found.in_sight:
        lines.append(
            f":material/visibility: {count(found.in_sight)} of {count(found.verdicts, 'verdict')} were given where "
            "others' verdicts could be seen (not in blind mode): agreement may owe to that."
        )
    st.markdown("\n".join(f"- {line}" for line in lines))
    _pairs_of(overlap)
    with st.expander("How this is worked out", icon=":material/menu_book:", key="agreement-method"):
        st.markdown(AGREEMENT)


def _grade(alpha: float) -> str:
    if alpha >= 0.8:
        return "0.80 and more is what Krippendorff asks for"
    return (
        "enough for tentative conclusions (0.667), short of 0.80"
        if alpha >= 0.667
        else "less than the 0.667 that \
tentative conclusions take"
    )


def _why_ac1(found: Agreement) -> str:
    if found.alpha.value is None or found.ac1.value is None:
        return "It is defined also where nearly all verdicts are the same."
    if found.ac1.value - found.alpha.value > 0.1:
        return (
            "It lies well above alpha because most verdicts are the same: alpha then takes nearly all agreement for "
            "chance. Look at the disagreements below rather than at one number."
        )
    return "It is near alpha: the verdicts are not so one-sided that chance matters much."


def _pairs_of(overlap: Overlap) -> None:
    """What stands against what in the disagreements."""
    numbers: dict[tuple[str, ...], int] = {}
    for one in overlap.disagreements:
        names = tuple(sorted(set(one.said.values())))
        numbers[names] = numbers.get(names, 0) + 1
    if numbers:
        ranked = sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0]))
        words = "; ".join(
            f"{' – '.join(VERDICT_TITLES.get(name, name) for name in names)} {number:,}" for names, number in ranked
        )
        st.caption(f"Disagreements by what was said: {words}.")
