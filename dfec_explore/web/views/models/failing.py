"""Where one model fails: regions, actions, directions, and its worst captions."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from dfec_explore import charts
from dfec_explore.charts import OUTCOMES
from dfec_explore.language import load_lexicon
from dfec_explore.scoring import Profile, action_profiles, captions_with, region_profiles, turns
from dfec_explore.scoring.statistics import metrics_of
from dfec_explore.web import page, state
from dfec_explore.web.errors import literal
from dfec_explore.web.figure import show_chart, show_head
from dfec_explore.web.models import current_part
from dfec_explore.web.view import View
from dfec_explore.web.views.models.choosing import (
    Scored,
    choose_metric,
    choose_model,
    choose_part,
    chosen_source,
    scored,
)
from dfec_explore.web.views.models.listing import Item, captions
from dfec_explore.web.views.models.words import METRICS, title

ACTIONS = 22
"""Actions that are drawn; the table has all."""
WORST = 12
Chosen = npt.NDArray[np.bool_] | None
HEADLINE = ("event_f1", "event_precision", "event_recall", "ordered_event_f1", "direction_accuracy", "phase_accuracy")


def choose(view: View) -> tuple[Scored, Chosen] | None:
    """The model and the captions that are looked at; None where no model is scored."""
    there = scored(view)
    if not there:
        st.info("Nothing is scored yet; this page fills by itself when something is.", icon=":material/info:")
        return None
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        choose_part(view)
        entry = choose_model("Model", "model", there)
        chosen = chosen_source(view, entry[1])
    return entry, chosen


def figures(entry: Scored, chosen: Chosen) -> None:
    """The figures on top."""
    found = entry[1].metrics(chosen)
    missing = int((~entry[1].answered if chosen is None else ~entry[1].answered & chosen).sum())
    page.metrics(
        {
            title(metric): ("–" if np.isnan(found[metric]) else f"{found[metric]:.3f}", METRICS[metric][1])
            for metric in HEADLINE
        }
        | {"no prediction": (f"{missing:,}", "Captions that the model said nothing of; they count as empty")}
    )


def by_region(view: View, entry: Scored, chosen: Chosen) -> None:
    """Matched, turned, missed and hallucinated actions by region."""
    titles = {region.id: region.title for region in load_lexicon().regions}
    frame = _frame([(profile, titles[profile.name]) for profile in region_profiles(entry[1], chosen)])
    show_chart(
        view,
        charts.event_outcomes(frame, mode=view.mode, what="region"),
        name="regions",
        title="Missed and hallucinated by region",
        about="Facial actions of both texts; at the end the share of the references' actions that the model says.",
        picks=False,
        selected=_selected(view, entry),
    )


def by_action(view: View, entry: Scored, chosen: Chosen) -> None:
    """The same by action, the most frequent failures first."""
    profiles = sorted(action_profiles(entry[1], chosen), key=lambda one: -(one.missed + one.extra + one.turned))
    actions = load_lexicon().actions
    frame = _frame([(profile, actions[profile.name].title) for profile in profiles])
    show_chart(
        view,
        charts.event_outcomes(frame, mode=view.mode, what="action", limit=ACTIONS),
        name="actions",
        title="Missed and hallucinated by action",
        about=f"The {ACTIONS} actions with the most failures. Click a piece to list its captions.",
        on_pick=_picked,
        selected=_selected(view, entry),
    )


def _picked(pairs: list[object]) -> None:
    state.set_param("act", str(pairs[1]))
    state.set_param("kind", str(pairs[3]))
    state.set_param("caption", None)


def habits(entry: Scored, chosen: Chosen) -> None:
    """Actions that are never said, and those that are said too often."""
    profiles, actions = action_profiles(entry[1], chosen), load_lexicon().actions
    never = sorted((one for one in profiles if one.is_never_said), key=lambda one: -one.reference)
    often = sorted((one for one in profiles if one.rate > 1.5 and one.extra > 2), key=lambda one: -one.extra)
    for head, about, found in (
        ("Never said", "The references mention it so often, the model not once.", never),
        ("Over-said", "The model says it half as often again as the references, or more.", often),
    ):
        page.head_line(head, about)
        words = (f"{actions[one.name].title} {_times(one)}" for one in found[:12])
        st.markdown(" · ".join(literal(word) for word in words) or "None.")


def _times(profile: Profile) -> str:
    if profile.is_never_said:
        return f"({profile.reference})"
    return f"({profile.predicted} for {profile.reference})"


def directions(view: View, entry: Scored, chosen: Chosen) -> None:
    """Which way the reference goes and which way the model says, where they differ."""
    actions = load_lexicon().actions
    found = turns(entry[1], chosen).most_common()
    frame = pd.DataFrame(
        [(actions[action].title, wanted, said, number) for (action, wanted, said), number in found],
        columns=["Action", "Reference", "Prediction", "Times"],
    )
    show_head(
        view,
        name="turned",
        title="Wrong directions",
        about="Both texts say where, and not the same.",
        table=frame,
        selected=_selected(view, entry),
    )
    if frame.empty:
        st.caption("None.")
        return
    st.dataframe(frame, hide_index=True, height=min(38 + 35 * len(frame), 330), alt="Turned directions by action")


def worst(view: View, entry: Scored, chosen: Chosen) -> None:
    """The captions that the model does worst in, or those of the action that was clicked."""
    if _of_action(view, entry, chosen):
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        page.head_line("Worst captions", "The lowest first. Open one beside its clip, its events side by side.")
        metric = choose_metric("metric")
    values = np.asarray(metrics_of(entry[1].rows)[metric], dtype=np.float64)
    order = np.argsort(np.where(np.isnan(values), np.inf, values), kind="stable")
    places = [int(place) for place in order if (chosen is None or chosen[place]) and not np.isnan(values[place])]
    captions(
        view, [_item(entry, place, f"{title(metric)} {values[place]:.2f}") for place in places[:WORST]], name="worst"
    )


def _of_action(view: View, entry: Scored, chosen: Chosen) -> bool:
    action, kind = state.param("act"), state.param("kind")
    if action not in load_lexicon().actions or kind not in OUTCOMES:
        return False
    places = [place for place in captions_with(entry[1], action, kind) if chosen is None or chosen[place]]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        name = load_lexicon().actions[action].title
        page.head_line(f"{name}, {OUTCOMES[kind]}: {len(places):,} captions", "The most often first.")
        st.button("Worst captions instead", icon=":material/close:", type="tertiary", on_click=_forget_action)
    captions(view, [_item(entry, place, OUTCOMES[kind]) for place in places[: 2 * WORST]], name="action")
    return True


def _forget_action() -> None:
    state.set_param("act", None)
    state.set_param("kind", None)


def _item(entry: Scored, place: int, note: str) -> Item:
    scores = entry[1]
    return Item(scores.ids[place], scores.sources[place], note, scores.predictions[place] or "")


def _frame(rows: list[tuple[Profile, str]]) -> pd.DataFrame:
    return pd.DataFrame(
        [(one.name, words, one.matched, one.turned, one.missed, one.extra) for one, words in rows],
        columns=["name", "title", *OUTCOMES],
    )


def _selected(view: View, entry: Scored) -> str:
    return f"{current_part(view).name}, {entry[0].name}"
