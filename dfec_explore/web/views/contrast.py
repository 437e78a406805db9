"""How sources differ: each against all others, what a source never mentions, and left against right."""

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dfec_explore import charts
from dfec_explore.charts.text import count
from dfec_explore.language import load_lexicon
from dfec_explore.query import contrast, variants
from dfec_explore.web import state
from dfec_explore.web.figure import show_chart, show_head
from dfec_explore.web.view import View

SHOWN = 20
NAMED = 12
"""Actions of a source that are named; the file has all."""


def against_rest(view: View) -> None:
    """Each source against all others."""
    limit = len(load_lexicon().actions) if state.widget_value("all-actions", False) else SHOWN
    chart = charts.source_contrast(view.ask(contrast.sources_against_rest), mode=view.mode, limit=limit)
    show_chart(
        view,
        chart,
        name="contrast",
        title="Sources, each against all others",
        about="Percentage points of captions; • holds after Benjamini-Hochberg at 5 % (Fisher's exact test). Click a "
        "cell to filter by both.",
    )


def never(view: View) -> None:
    """Actions that a source never mentions and others do."""
    frame = contrast.missing_in(view.ask(contrast.sources_against_rest))
    with st.container(key="chart-never"):
        show_head(
            view,
            name="never",
            title="Never mentioned in a source",
            about="Actions that captions of other sources mention; those that they mention most come first.",
            table=_table(frame) if len(frame) else None,
        )
        if frame.empty:
            st.caption("None: every action that other sources mention is mentioned here too.")
            return
        rows = [_row(list(group.itertuples(index=False))) for _, group in frame.groupby("source_title", sort=True)]
        st.space("xxsmall")
        st.html("".join(rows))


def _table(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Source": frame["source_title"],
            "Source id": frame["source"],
            "Captions of the source": frame["of"],
            "Action": frame["title"],
            "Other captions that mention it": frame["others"],
            "Share of other captions, %": (100 * frame["share"]).round(2),
            "P adjusted (Benjamini-Hochberg)": frame["adjusted"],
        }
    )


def _row(actions: list[Any]) -> str:
    named = ", ".join(f"{escape(row.title)} ({row.others:,})" for row in actions[:NAMED])
    more = f" and {len(actions) - NAMED} more" if len(actions) > NAMED else ""
    first = actions[0]
    said = f"never mentions {len(actions)} in {count(first.of, 'caption')}:"
    return (
        f'<p style="margin:0 0 .4rem;line-height:1.45;font-size:.9rem"><b>{escape(first.source_title)}</b> '
        f'<span style="opacity:.7">{said}</span> {named}{more}</p>'
    )


def balance(view: View) -> None:
    """How often captions say left and right."""
    show_chart(
        view,
        charts.left_and_right(view.ask(variants.balance), mode=view.mode),
        name="balance",
        title="Left and right",
        about="Share of left among left and right, with 95 % intervals (Wilson). Whose left it is, captions don't say.",
    )
