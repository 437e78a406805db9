"""Two models on the same captions: differences with intervals, captions as points, wins and losses."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from dfec_explore import charts
from dfec_explore.scoring import Difference, length_groups
from dfec_explore.scoring.statistics import metrics_of
from dfec_explore.web import page
from dfec_explore.web.figure import show_chart
from dfec_explore.web.models import current_part, differences
from dfec_explore.web.view import View
from dfec_explore.web.views.models.caption import open_caption
from dfec_explore.web.views.models.choosing import (
    Scored,
    answered_only,
    choose_metric,
    choose_model,
    choose_part,
    scored,
)
from dfec_explore.web.views.models.listing import Item, captions
from dfec_explore.web.views.models.words import METRICS, title

SHOWN = 8
"""Wins and losses that are listed."""
FIRST, SECOND = 1, 0
"""Models that are compared where the address names none: the second and the first of the list."""


def choose(view: View) -> tuple[Scored, Scored, str] | None:
    """The two models and the metric; None where fewer than two are scored."""
    there = scored(view)
    if len(there) < 2:
        st.info("Two scored models are needed. They are being scored, or wait on Leaderboard.", icon=":material/info:")
        return None
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        choose_part(view)
        first = choose_model("First model", "a", there, FIRST)
        second = choose_model("Second model", "b", there, SECOND)
        metric = choose_metric("metric")
    if first[0] == second[0]:
        st.info("This is one model beside itself: choose another to compare it with.", icon=":material/info:")
    return first, second, metric


def chosen(first: Scored, second: Scored) -> npt.NDArray[np.bool_] | None:
    """The captions that count: all, or those that both models answered."""
    return first[1].answered & second[1].answered if answered_only() else None


def overall(view: View, first: Scored, second: Scored, counted: npt.NDArray[np.bool_] | None) -> None:
    """Every metric with its difference."""
    name = "answered" if counted is not None else "all"
    found = differences(first, second, counted, name)
    # In one scale with the others; how long captions are is no merit.
    tenth = {name: getattr(found["cider"], name) / 10 for name in ("first", "second", "difference", "low", "high")}
    found = found | {"cider": replace(found["cider"], **tenth)}
    titles = {metric: title(metric) for metric in METRICS if metric != "length_ratio"} | {"cider": "CIDEr ÷ 10"}
    frame = _frame([(metric, words, found[metric]) for metric, words in titles.items()])
    show_chart(
        view,
        charts.metric_differences(frame, mode=view.mode, first=first[0].name, second=second[0].name),
        name="differences",
        title="How far they are apart",
        about="Second minus first, with 95 % intervals of the paired bootstrap; grey and n.s.: zero is within it. "
        "Twelve metrics are tested: one of twenty differs by chance.",
        picks=False,
        selected=_selected(view, first, second),
    )


def scatter(view: View, first: Scored, second: Scored, metric: str) -> None:
    """Every caption as a point."""
    rows = pd.DataFrame(
        {
            "place": range(len(first[1].ids)),
            "id": first[1].ids,
            "source": first[1].sources,
            "title": [view.explorer.vocabulary.title("source", source) for source in first[1].sources],
            "first": metrics_of(first[1].rows)[metric],
            "second": metrics_of(second[1].rows)[metric],
        }
    )
    show_chart(
        view,
        charts.caption_scatter(rows, mode=view.mode, first=first[0].name, second=second[0].name, metric=title(metric)),
        name="captions",
        title=f"{title(metric)} of each caption",
        about="Above the line the second model is better. Click a point to open the caption beside its clip.",
        on_pick=lambda pairs: open_caption(first[1].ids[int(pairs[1])]),
        selected=_selected(view, first, second),
    )


def groups(view: View, first: Scored, second: Scored, metric: str, counted: npt.NDArray[np.bool_] | None) -> None:
    """The difference by source and by length of the reference."""
    everything = np.ones(len(first[1].ids), dtype=bool) if counted is None else counted
    rows = []
    for source in sorted(set(first[1].sources)):
        here = first[1].of_source(source) & everything
        rows.append((f"source {source}", view.explorer.vocabulary.title("source", source), here))
    for name, here in length_groups(first[1]).items():
        rows.append((f"length {name}", name, here & everything))
    kind = "answered" if counted is not None else "all"
    frame = _frame(
        [
            (name, f"{words} ({int(here.sum())})", differences(first, second, here, f"{kind} {name}")[metric])
            for name, words, here in rows
        ]
    )
    show_chart(
        view,
        charts.metric_differences(frame, mode=view.mode, first=first[0].name, second=second[0].name),
        name="groups",
        title=f"{title(metric)} by source and by length",
        about="Captions in brackets; length of the reference in thirds. CIDEr by the whole set's frequencies.",
        picks=False,
        selected=_selected(view, first, second),
    )


def wins(view: View, first: Scored, second: Scored, metric: str, *, losses: bool) -> None:
    """The captions in which the second model is furthest ahead, or furthest behind."""
    one, other = (np.asarray(metrics_of(entry[1].rows)[metric]) for entry in (first, second))
    moved = np.nan_to_num(other - one)
    order = np.argsort(moved if losses else -moved, kind="stable")
    found = [int(place) for place in order[:SHOWN] if (moved[place] < 0 if losses else moved[place] > 0)]
    better = first[0].name if losses else second[0].name
    page.head_line(
        f"Where {better} is furthest ahead", f"{title(metric)}, first and second model. Open one beside its clip."
    )
    if not found:
        st.caption("In no caption.")
    items = [
        Item(
            second[1].ids[place],
            second[1].sources[place],
            f"{one[place]:.2f} → {other[place]:.2f}",
            second[1].predictions[place] or "",
        )
        for place in found
    ]
    captions(view, items, name="losses" if losses else "wins", narrow=True)


def _frame(rows: list[tuple[str, str, Difference]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "what": name,
            "title": words,
            "first": found.first,
            "second": found.second,
            "difference": found.difference,
            "low": found.low,
            "high": found.high,
            "p": found.p,
        }
        for name, words, found in rows
    )


def _selected(view: View, first: Scored, second: Scored) -> str:
    return f"{current_part(view).name}, {first[0].name} and {second[0].name}"
