"""The form for a new sampling plan: it says what will be drawn, and how sure the error rate will be, before it is."""

import secrets
from collections.abc import Mapping, Sequence

import streamlit as st

from dfec_explore.charts.text import count, percent
from dfec_explore.errors import SamplingError, StoreError
from dfec_explore.language import load_lexicon
from dfec_explore.model import Stratum
from dfec_explore.query import Explorer
from dfec_explore.query.population import ACTION, STRATA, strata_sizes, value_title
from dfec_explore.reviews.sampling import allocate, required_size
from dfec_explore.web import page, state
from dfec_explore.web.errors import literal
from dfec_explore.web.plans import PlanDraft, create_plan, plans_of, reached_half_width
from dfec_explore.web.view import View
from dfec_explore.web.views.progress.sections import Visit, name_field

FIRST_SIZE = 200
HALF_WIDTHS = (0.01, 0.02, 0.03, 0.04, 0.05, 0.075, 0.1)
CONFIDENCES = (0.9, 0.95, 0.99)
EXPECTED = {0.5: "not known", 0.05: "about 5 %", 0.1: "about 10 %", 0.2: "about 20 %", 0.3: "about 30 %"}
WAYS = {"size": "A number of captions", "precision": "A precision"}
ALLOCATIONS = {"proportional": "As large as they are", "equal": "All alike"}
NAMED = 8
"""Strata whose numbers are named; the others are counted."""
SEED_DIGITS = 10**6


def form(visit: Visit) -> None:
    """Everything that makes a plan, with what follows from it."""
    view = visit.view
    population = view.ask(Explorer.count, visit.filters)
    page.head_line("New plan", "Nothing is drawn before you say so below.")
    with st.container(border=True, key="new-plan", gap="small"):
        name_field(visit)
        _widget("name", _free_name(view))
        name = st.text_input("Name of the plan", key=_key("name"), max_chars=80)
        _drawn_from(view.ask(Explorer.sentence, visit.filters))
        strata = _strata(view)
        sizes = view.ask(strata_sizes, visit.filters, strata=strata)
        size = _size(population)
        overlap, seed, allocation = _details()
        problem = _problem(name, visit, sizes, size, view)
        if not problem:
            _outlook(view, strata, sizes, size, overlap, allocation)
        else:
            st.warning(problem, icon=":material/info:")
        st.button(
            f"Draw {count(size, 'caption')}",
            key="new-plan.create",
            type="primary",
            icon=":material/casino:",
            disabled=bool(problem),
            on_click=_create,
            args=(visit, PlanDraft(name.strip(), size, strata, seed, allocation, overlap)),
        )
        _failure()


def _drawn_from(sentence: str) -> None:
    with st.container(gap=None, key="new-plan-from"):
        st.caption("Drawn from, as the filters in the sidebar say")
        st.text(sentence)


def begin(**values: object) -> None:
    """Put values into the form. For callbacks."""
    for name, value in values.items():
        state.put(f"new-plan.{name}", value)
        state.set_widget(f"new-plan.{name}", value)


def _key(name: str) -> str:
    return state.widget_key(f"new-plan.{name}")


def _widget(name: str, default: object) -> None:
    """Let a widget begin with a value; what is entered stays while one is on other pages."""
    entered = state.widget_value(f"new-plan.{name}")
    state.set_widget(f"new-plan.{name}", state.get(f"new-plan.{name}", default) if entered is None else entered)
    state.put(f"new-plan.{name}", state.widget_value(f"new-plan.{name}"))


def _free_name(view: View) -> str:
    taken = {plan.name for plan in plans_of(view, archived=True)}
    return next(name for number in range(1, len(taken) + 2) if (name := f"Random sample {number}") not in taken)


def _strata(view: View) -> tuple[str, ...]:
    options = [name for name in STRATA if _divides(view, name)]
    _widget("strata", ["source"] if "source" in options else [])
    chosen = st.pills(
        "Stratified by",
        options,
        format_func=lambda name: STRATA[name],
        selection_mode="multi",
        key=_key("strata"),
        help="Each stratum gets its share of the draw, so that none is missed and the rate can be told for each.",
    )
    strata = [name for name in STRATA if name in chosen]
    if ACTION in strata:
        strata[strata.index(ACTION)] = f"{ACTION}:{_action(view)}"
    return tuple(strata)


def _divides(view: View, name: str) -> bool:
    known = view.explorer.vocabulary.options.get(name)
    return known is None or len(known) > 1


def _action(view: View) -> str:
    titles = {label: action.title for label, action in load_lexicon().actions.items()}
    options = sorted(view.explorer.vocabulary.options["action"], key=lambda label: titles[label])
    _widget("action", options[0])
    return st.selectbox("Facial action", options, format_func=lambda label: titles[label], key=_key("action"))


def _size(population: int) -> int:
    _widget("way", "size")
    way = st.segmented_control(
        "How many", list(WAYS), format_func=WAYS.__getitem__, required=True, key=_key("way"), width="stretch"
    )
    if way == "size":
        _widget("size", min(FIRST_SIZE, population))
        return int(st.number_input("Captions", min_value=1, step=10, key=_key("size"), label_visibility="collapsed"))
    left, middle, right = st.columns(3, gap="small")
    with left:
        _widget("half-width", 0.05)
        half_width = st.selectbox("Precision", HALF_WIDTHS, format_func=_plus_minus, key=_key("half-width"))
    with middle:
        _widget("confidence", 0.95)
        confidence = st.selectbox(
            "Confidence", CONFIDENCES, format_func=lambda share: f"{100 * share:.0f} %", key=_key("confidence")
        )
    with right:
        _widget("expected", 0.5)
        expected = st.selectbox(
            "Errors expected",
            list(EXPECTED),
            format_func=EXPECTED.__getitem__,
            key=_key("expected"),
            help="Not known is the worst case: half of the captions. A good guess makes the sample smaller.",
        )
    return required_size(population, half_width=half_width, expected_rate=expected, confidence=confidence)


def _plus_minus(share: float) -> str:
    return f"± {100 * share:g} %"


def _details() -> tuple[int, int, str]:
    left, right = st.columns(2, gap="small")
    with left:
        _widget("overlap", 1)
        overlap = st.number_input(
            "Reviewers each",
            min_value=1,
            max_value=10,
            key=_key("overlap"),
            help="How many reviewers judge each caption. Two and more tell how far they agree.",
        )
    with right:
        _widget("seed", secrets.randbelow(SEED_DIGITS))
        seed = st.number_input(
            "Seed", min_value=0, step=1, key=_key("seed"), help="The same seed draws the same captions again."
        )
    _widget("allocation", "proportional")
    allocation = st.segmented_control(
        "Shares of the strata",
        list(ALLOCATIONS),
        format_func=ALLOCATIONS.__getitem__,
        required=True,
        key=_key("allocation"),
        help="All alike tells more of small strata; the rate of the whole is weighted back in either case.",
    )
    return int(overlap), int(seed), str(allocation)


def _problem(name: str, visit: Visit, sizes: Mapping[Stratum, int], size: int, view: View) -> str:
    """Why this plan cannot be made, and what to do; empty where it can."""
    population = sum(sizes.values())
    if not name.strip():
        return "Give the plan a name: reviewers will know it by that."
    if name.strip() in {plan.name for plan in plans_of(view, archived=True)}:
        return f"There is a plan called “{literal(name.strip())}” already. Give this one another name."
    if not visit.reviewer:
        return "Enter your name above: a plan says who made it."
    if size > population:
        return f"There are only {count(population, 'caption')} to draw from. Ask for fewer, or take a filter away."
    if size < len(sizes):
        strata = count(len(sizes))
        return (
            f"{count(size, 'caption')} cannot hold one of each of {strata} strata. Ask for more, or stratify by less."
        )
    return ""


def _outlook(
    view: View, strata: Sequence[str], sizes: Mapping[Stratum, int], size: int, overlap: int, allocation: str
) -> None:
    """What this draw will tell, before it is made."""
    population = sum(sizes.values())
    worst, likely = (reached_half_width(population, size, expected_rate=rate, confidence=0.95) for rate in (0.5, 0.1))
    lines = [
        f"**{count(size)} of {count(population, 'caption')}**, {count(size * overlap, 'verdict')} in all.",
        f"The error rate will be known to ± {percent(likely)} if one caption in ten has an error, to "
        f"± {percent(worst)} at worst (95 % confidence, with finite-population correction)."
        if size < population
        else "All captions: the error rate will be known without a sampling error.",
    ]
    if strata:
        lines.append(_shares(view, strata, sizes, allocate(sizes, size, allocation=allocation)))
    st.markdown("  \n".join(lines))


def _shares(view: View, strata: Sequence[str], sizes: Mapping[Stratum, int], shares: Mapping[Stratum, int]) -> str:
    named = [
        f"{_stratum_title(view, strata, stratum)} {shares[stratum]:,} of {sizes[stratum]:,}"
        for stratum in sorted(sizes, key=lambda stratum: -sizes[stratum])
    ]
    rest = f" and {len(named) - NAMED} more strata" if len(named) > NAMED else ""
    return f"{literal('; '.join(named[:NAMED]))}{rest}."


def _stratum_title(view: View, strata: Sequence[str], stratum: Stratum) -> str:
    return ", ".join(value_title(view.explorer, name, value) for name, value in zip(strata, stratum, strict=True))


def first_plan(visit: Visit) -> None:
    """Offer a good first plan where there is none: what it is, and one button that makes it."""
    view = visit.view
    population = view.ask(Explorer.count, visit.filters)
    strata = ("source",) if _divides(view, "source") else ()
    size = min(FIRST_SIZE, population)
    if size < len(view.ask(strata_sizes, visit.filters, strata=strata)):
        return
    worst = reached_half_width(population, size, expected_rate=0.5, confidence=0.95)
    by = ", stratified by source" if strata else ""
    reach = f"± {percent(worst)} at worst" if worst else "all that there are"
    draft = PlanDraft(_free_name(view), size, strata, secrets.randbelow(SEED_DIGITS), "proportional", 1)
    st.button(
        f"Draw {count(size, 'caption')}{by}: {reach}",
        key="new-plan.first",
        type="primary",
        icon=":material/casino:",
        disabled=not visit.reviewer,
        help=None if visit.reviewer else "Enter your name first, in the form for a new plan",
        on_click=_create,
        args=(visit, draft),
    )


def _create(visit: Visit, draft: PlanDraft) -> None:
    try:
        create_plan(visit.view, draft, visit.filters, by=visit.reviewer)
    except (SamplingError, StoreError) as error:
        state.put("new-plan.failure", str(error))
        return
    begin(name=_free_name(visit.view), seed=secrets.randbelow(SEED_DIGITS))


def _failure() -> None:
    if failure := state.get("new-plan.failure"):
        st.error(literal(failure), icon=":material/error:")
        state.drop("new-plan.failure")
