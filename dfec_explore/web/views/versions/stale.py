"""Verdicts on captions that the newer file does not have any more."""

from collections import Counter

import pandas as pd
import streamlit as st

from dfec_explore.errors import StoreError
from dfec_explore.query.explorer import VERDICT_TITLES
from dfec_explore.release import StaleVerdict
from dfec_explore.web import state
from dfec_explore.web.errors import show_error
from dfec_explore.web.figure import show_head
from dfec_explore.web.modes import modes
from dfec_explore.web.versions import Comparison, review_params, verdicts_of
from dfec_explore.web.view import View
from dfec_explore.web.views.versions.filtering import Listing

OUTCOMES = {
    "carried-out": "carried out: the newer caption is the correction",
    "changed": "stale: the caption changed",
    "removed": "its record is gone",
}
PICKED = "versions.stale"
SHOWN = 1_000
"""Rows of the table; the file has all."""


def shown_verdicts(view: View, found: Comparison) -> tuple[StaleVerdict, ...] | None:
    """The verdicts on older captions; None where they are hidden (blind mode) or can't be read."""
    if modes().hides_others:
        return None
    try:
        return verdicts_of(view, found)
    except StoreError as error:
        show_error(error)
        return None


def verdicts(view: View, found: Comparison, listing: Listing) -> None:
    """The verdicts, with what became of their captions."""
    everything = shown_verdicts(view, found)
    if everything is None:
        if modes().hides_others:
            st.info(
                "You review in blind mode: what others said of captions is hidden here too.",
                icon=":material/visibility_off:",
            )
        return
    shown = [one for one in everything if not listing.wanted.sources or one.source in listing.wanted.sources]
    dataset = found.dataset or view.dataset
    where = f"{dataset.name}, part {found.part or dataset.parts[0].name}"
    st.text(f"{listing.sentence(view, len(shown))} ({where})")
    if not shown:
        st.info("No verdict is lost: none was given on a caption that changed or went.", icon=":material/check_circle:")
        return
    counts = Counter(one.outcome for one in shown)
    said = "; ".join(f"{counts[outcome]:,} {words}" for outcome, words in OUTCOMES.items() if counts[outcome])
    table = _table(view, shown)
    show_head(view, name="stale", title="Verdicts on older captions", about=f"{said}.", table=table)
    st.dataframe(
        table.head(SHOWN),
        hide_index=True,
        alt="One row for each verdict with what became of its caption",
        key=state.widget_key(PICKED),
        on_select="rerun",
        selection_mode="single-row",
    )
    if len(table) > SHOWN:
        st.caption(f"The first {SHOWN:,} of {len(table):,}; the file has all.")
    _open_picked(view, found, shown)


def _table(view: View, shown: list[StaleVerdict]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Id": one.id,
            "Source": view.explorer.vocabulary.title("source", one.source),
            "Verdict": VERDICT_TITLES.get(one.verdict, one.verdict),
            "What became of it": OUTCOMES[one.outcome],
            "Reasons": ", ".join(one.reasons),
            "Reviewers": ", ".join(one.reviewers),
        }
        for one in shown
    )


def _open_picked(view: View, found: Comparison, shown: list[StaleVerdict]) -> None:
    rows = (state.widget_value(PICKED) or {}).get("selection", {}).get("rows", [])
    if not rows or rows[0] >= len(shown):
        st.caption("Pick a row to open it in Review.")
        return
    one = shown[rows[0]]
    params = review_params(view, found, one.id, is_in_old=True, is_in_new=one.outcome != "removed")
    if params is not None:
        st.page_link(
            view.pages["review"],
            label="Open it in Review",
            icon=":material/play_circle:",
            query_params=dict(params),
            width="content",
        )
