"""The leaderboard of own models and baselines: a table, one metric with intervals, two against each other."""

from collections.abc import Hashable
from typing import Any

import pandas as pd
import streamlit as st

from dfec_explore import charts
from dfec_explore.charts import safe_csv
from dfec_explore.scoring import Scores
from dfec_explore.web import page
from dfec_explore.web.figure import export_name, show_chart
from dfec_explore.web.models import current_part, intervals_of
from dfec_explore.web.view import View
from dfec_explore.web.views.models.choosing import Scored, answered_only, choose_metric, choose_part, explain, scored
from dfec_explore.web.views.models.words import METRICS, title

KINDS = {"declared": "own", "uploaded": "own", "baseline": "baseline"}
BEST = "font-weight: 700; background-color: rgba(64, 120, 255, .18)"
QUIET = "opacity: .7"


def controls(view: View) -> bool:
    """Part and switch; returns whether only answered captions count."""
    choose_part(view)
    return answered_only()


def table(view: View, *, answered: bool) -> None:
    """Every model and baseline with its metrics; the best of the own models is marked."""
    there = scored(view)
    if not there:
        return
    frame = pd.DataFrame([_row(model.name, KINDS[model.kind], scores, answered) for model, scores in there.values()])
    with st.container(key="chart-own", gap="small"):
        page.head_line(
            f"Own models and baselines, {current_part(view).name}",
            "Scored here on the captions that are loaded. Click a column to sort; the best own model is marked. "
            "Baselines are made of the references: no model saw a clip for them.",
        )
        st.dataframe(
            _marked(frame),
            hide_index=True,
            column_config=_columns(),
            alt="One row for each model and baseline with its metrics",
            key="models.table",
        )
        st.download_button(
            "CSV",
            lambda: safe_csv(frame),
            file_name=f"{export_name(view, 'own')}.csv",
            mime="text/csv",
            key="csv.own",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
        )


def _row(name: str, kind: str, scores: Scores, answered: bool) -> dict[str, object]:
    found = scores.metrics(scores.answered if answered else None)
    return {
        "Model": name,
        "Kind": kind,
        "Captions": int(scores.answered.sum()) if answered else len(scores.ids),
        "Missing": len(scores.ids) - int(scores.answered.sum()),
        **{title(metric): found[metric] for metric in METRICS},
    }


def _marked(frame: pd.DataFrame) -> "pd.io.formats.style.Styler":
    own = frame["Kind"] == "own"
    shown: list[Hashable] = [title(metric) for metric in METRICS if metric != "length_ratio"]

    def best(column: pd.Series) -> list[str]:
        values = column.where(own)
        return [BEST if is_best else "" for is_best in own & (values == values.max())]

    styled = frame.style.format(precision=3).apply(best, subset=shown)
    return styled.apply(lambda row: [QUIET if row["Kind"] == "baseline" else ""] * len(row), axis=1)


def _columns() -> dict[str, Any]:
    columns: dict[str, Any] = {
        "Model": st.column_config.TextColumn("Model", width=200),
        "Kind": st.column_config.TextColumn("Kind", width=70),
        "Captions": st.column_config.NumberColumn("Captions", width=72),
        "Missing": st.column_config.NumberColumn("Missing", width=66, help="No prediction, or an empty one"),
    }
    for name, sentence in METRICS.values():
        columns[name] = st.column_config.NumberColumn(name, help=sentence, format="%.3f", width=92)
    return columns


def one_metric(view: View) -> None:
    """One metric of every model with its interval."""
    there = scored(view)
    if not there:
        return
    metric = choose_metric("metric", tuple(METRICS))
    frame = pd.DataFrame([_interval_row(entry, metric) for entry in there.values()])
    show_chart(
        view,
        charts.model_scores(frame, mode=view.mode, metric=title(metric)),
        name="scores",
        title=f"{title(metric)} with 95 % intervals",
        about=f"{explain(metric)}. All captions; intervals by the bootstrap over captions.",
        picks=False,
        selected=f"{current_part(view).name}, all captions",
    )


def _interval_row(entry: Scored, metric: str) -> dict[str, object]:
    model, scores = entry
    found = intervals_of(model, scores)[metric]
    kind = "model" if model.is_own else "baseline"
    return {"name": model.name, "kind": kind, "value": found.value, "low": found.low, "high": found.high}


def two_metrics(view: View) -> None:
    """Any two metrics of every model against each other."""
    there = scored(view)
    if not there:
        return
    with st.container(horizontal=True, gap="small"):
        x = choose_metric("x", ("cider", *(name for name in METRICS if name != "cider")), "Across")
        y = choose_metric("y", tuple(METRICS), "Up")
    rows = []
    for model, scores in there.values():
        found = scores.metrics()
        group = "own models" if model.is_own else "baselines"
        rows.append({"name": model.name, "group": group, "x": found[x], "y": found[y]})
    show_chart(
        view,
        charts.metric_scatter(pd.DataFrame(rows), mode=view.mode, x=title(x), y=title(y)),
        name="two",
        title=f"{title(y)} against {title(x)}",
        about="Models that know the words but not the face stand to the right and low.",
        picks=False,
        selected=f"{current_part(view).name}, all captions",
    )


def scale(view: View) -> None:
    """What the baselines mean, in figures of this part."""
    there = scored(view)
    same = there.get("baseline.same-source")
    if same is None:
        return
    found = same[1].metrics()
    st.info(
        f"A scale: the caption of *another* clip of the same source has ROUGE-L {found['rouge_l']:.2f}, CIDEr "
        f"{found['cider']:.2f} and event F1 {found['event_f1']:.2f}. Captions follow one template, and ROUGE-L mostly "
        "pays for the template: a model below that does not know the template, which says little of whether it saw "
        "the face. Read a model's figures as the distance from the baselines.",
        icon=":material/straighten:",
    )


def how_to_add(view: View) -> None:
    """What to do where no model is there yet."""
    if any(model.is_own for model, _ in scored(view).values()):
        return
    st.info(
        "No model of your own yet. Add a file of predictions above, or declare it in dfec.toml as `[[model]]` with "
        "`name`, `predictions` and `dataset`. Until then the baselines give the scale.",
        icon=":material/upload_file:",
    )
