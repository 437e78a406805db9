"""The published figures: a table, one metric as bars, two against each other, and where they come from."""

from collections.abc import Hashable

import pandas as pd
import streamlit as st

from dfec_explore import charts
from dfec_explore.charts import safe_csv
from dfec_explore.scoring import published
from dfec_explore.web import page, state
from dfec_explore.web.figure import export_name, show_chart
from dfec_explore.web.view import View
from dfec_explore.web.views.models.board import BEST

SELECTED = "published figures, as the papers report them"


def _frame() -> pd.DataFrame:
    table = published()
    return pd.DataFrame(
        {
            "Model": row.method,
            "Size": row.size,
            "Input": row.modality,
            "Paper": row.paper,
            **{metric.title: row.figures[name] for name, metric in table.metrics.items()},
        }
        for row in table.rows
    )


def figures(view: View) -> None:
    """The table; in each paper's rows the best figure is marked."""
    frame, metrics = _frame(), published().metrics

    def best(column: pd.Series) -> list[str]:
        most = column.groupby(frame["Paper"]).transform("max")
        return [BEST if is_best else "" for is_best in column == most]

    titles: list[Hashable] = [metric.title for metric in metrics.values()]
    with st.container(key="chart-published", gap="small"):
        page.head_line(
            "Published figures",
            "As the papers report them; higher is better in every column. The best of each paper is marked: rows of "
            "two papers, and own figures, are not ranked together.",
        )
        st.dataframe(
            frame.style.format(precision=3, na_rep="")
            .format(precision=2, na_rep="", subset=titles[:4])
            .apply(best, subset=titles),
            hide_index=True,
            column_config={
                "Model": st.column_config.TextColumn("Model", width=160),
                "Size": st.column_config.TextColumn("Size", width=48, help="Parameters"),
                "Input": st.column_config.TextColumn("Input", width=50, help="V: video; AV: video and sound"),
                "Paper": st.column_config.TextColumn("Paper", width=104),
                **{
                    metric.title: st.column_config.NumberColumn(metric.title, help=metric.meaning, width=72)
                    for metric in metrics.values()
                },
            },
            alt="One row for each model of the two papers with its published figures",
            key="models.published",
        )
        st.download_button(
            "CSV",
            lambda: safe_csv(frame),
            file_name=f"{export_name(view, 'published')}.csv",
            mime="text/csv",
            key="csv.published",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
        )


def _choose(label: str, name: str, default: str) -> str:
    metrics = published().metrics
    current = state.param(name) if state.param(name) in metrics else default
    state.set_widget(f"published.{name}", current)
    st.selectbox(
        label,
        list(metrics),
        format_func=lambda value: metrics[value].title,
        key=state.widget_key(f"published.{name}"),
        on_change=lambda: state.set_param(name, str(state.widget_value(f"published.{name}"))),
        width=190,
    )
    return current


def one_metric(view: View) -> None:
    """One metric as bars, paper by paper."""
    metric = _choose("Metric", "p", "cider")
    about = published().metrics[metric]
    rows = [{"name": row.method, "paper": row.paper, "value": row.figures[metric]} for row in published().rows]
    judge = "judged by a language model" if about.judge != "none" else "counted, no judge"
    show_chart(
        view,
        charts.published_bars(pd.DataFrame(rows), mode=view.mode, metric=about.title),
        name="published-bars",
        title=f"{about.title}, published",
        about=f"{about.unit}, {judge}. {about.meaning}",
        picks=False,
        selected=SELECTED,
    )


def two_metrics(view: View) -> None:
    """Any two published metrics against each other."""
    with st.container(horizontal=True, gap="small"):
        x, y = _choose("Across", "px", "rouge_l"), _choose("Up", "py", "autodq")
    table = published()
    rows = [
        {
            "name": row.method,
            "group": f"{row.paper}, {table.modalities[row.modality].title}",
            "x": row.figures[x],
            "y": row.figures[y],
        }
        for row in table.rows
    ]
    titles = (table.metrics[x].title, table.metrics[y].title)
    show_chart(
        view,
        charts.metric_scatter(pd.DataFrame(rows), mode=view.mode, x=titles[0], y=titles[1]),
        name="published-two",
        title=f"{titles[1]} against {titles[0]}, published",
        about="Marked by paper and by what the model is given of a clip.",
        picks=False,
        selected=SELECTED,
    )


def provenance() -> None:
    """The papers, what the columns mean, and what cannot be compared."""
    table = published()
    left, right = st.columns(2, gap="large")
    with left:
        page.head_line("What cannot be compared")
        for caution in table.cautions:
            st.markdown(f"- {caution.text}".replace("*", r"\*"))
    with right:
        page.head_line("Where the figures come from")
        for paper in table.papers.values():
            st.markdown(f"- **{paper.id}**: {paper.title}, [arXiv {paper.arxiv}]({paper.url}). {paper.note}")
        with st.expander("What the columns mean"):
            for metric in table.metrics.values():
                judge = "; judge: a language model" if metric.judge != "none" else ""
                st.markdown(f"- **{metric.title}** ({metric.unit}{judge}): {metric.meaning}")
