"""What the pages about models are set to: part, models, metric; all of it in the address."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import streamlit as st

from dfec_explore.scoring import Scores
from dfec_explore.web import state
from dfec_explore.web.models import Model, current_part, models, scores_of
from dfec_explore.web.view import View
from dfec_explore.web.views.models.words import METRICS, PER_CAPTION, title

Scored = tuple[Model, Scores]


def choose_part(view: View) -> None:
    """Which part's captions are scored, where there is a choice."""
    names = [part.name for part in view.dataset.parts]
    if len(names) > 1:
        _select("Part", "of", names, current_part(view).name, width=150)


def scored(view: View) -> dict[str, Scored]:
    """The models of the part that are scored, by id."""
    found = {}
    for model in models(view):
        if (kept := scores_of(view, model)) is not None:
            found[model.id] = (model, kept[0])
    return found


def choose_model(label: str, name: str, there: dict[str, Scored], default: int = 0) -> Scored:
    """One of the models that are scored."""
    ids = list(there)
    wanted = state.param(name) or state.get(f"models.{name}", "")
    current = wanted if wanted in there else ids[min(default, len(ids) - 1)]
    state.put(f"models.{name}", current)
    _select(label, name, ids, current, titles={id_: model.name for id_, (model, _) in there.items()}, width=290)
    return there[current]


def choose_metric(name: str = "metric", options: Sequence[str] = PER_CAPTION, label: str = "Metric") -> str:
    """One of the metrics."""
    current = state.param(name) if state.param(name) in options else options[0]
    _select(label, name, list(options), current, titles={one: title(one) for one in options}, width=190)
    return current


def answered_only() -> bool:
    """Whether captions that a model said nothing of are left out."""
    current = state.param("answered") == "1"
    state.set_widget("models.answered", current)
    st.toggle(
        "Answered only",
        key=state.widget_key("models.answered"),
        help="Leave captions without a prediction out; otherwise they count as empty",
        on_change=lambda: state.set_param("answered", "1" if state.widget_value("models.answered") else None),
    )
    return current


def chosen_source(view: View, scores: Scores) -> npt.NDArray[np.bool_] | None:
    """The captions of one source, or None for all."""
    options = ["", *sorted(set(scores.sources))]
    current = state.param("from") if state.param("from") in options else ""
    titles = {one: view.explorer.vocabulary.title("source", one) if one else "All sources" for one in options}
    _select("Source", "from", options, current, titles=titles, width=170)
    return scores.of_source(current) if current else None


def explain(metric: str) -> str:
    """A metric in a sentence."""
    return METRICS[metric][1]


def _select(
    label: str, name: str, options: list[str], current: str, *, width: int, titles: dict[str, str] | None = None
) -> None:
    state.set_widget(f"models.{name}", current)
    st.selectbox(
        label,
        options,
        format_func=lambda value: (titles or {}).get(value, value),
        key=state.widget_key(f"models.{name}"),
        on_change=_changed,
        args=(name,),
        width=width,
    )


def _changed(name: str) -> None:
    value = str(state.widget_value(f"models.{name}") or "")
    state.put(f"models.{name}", value)
    state.set_param(name, value or None)
    if name in ("of", "model", "from"):
        for other in ("caption", "act", "kind"):
            state.set_param(other, None)
