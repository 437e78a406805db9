"""What differs between two files, in numbers."""

from collections import Counter

import pandas as pd
import streamlit as st

from dfec_explore.charts import changes_by_source
from dfec_explore.language import load_lexicon
from dfec_explore.release import KIND_TITLES, DiffSummary
from dfec_explore.web.errors import literal
from dfec_explore.web.figure import show_chart, show_head
from dfec_explore.web.page import metrics
from dfec_explore.web.versions import Comparison
from dfec_explore.web.view import View
from dfec_explore.web.views.versions.stale import shown_verdicts

MOST_ACTIONS = 7
"""Rows of the table of actions that are seen at once."""


def figures(view: View, found: Comparison, summary: DiffSummary) -> None:
    """The counts, and what each file lost on the way in."""
    if not summary.changed:
        st.success(f"All {summary.unchanged:,} records are the same.", icon=":material/check_circle:")
    words = {
        "unchanged": (summary.unchanged, "Records that are the same in both files"),
        "changed": (summary.counts["caption"], "Another caption: verdicts on the older one are stale"),
        "added": (summary.counts["added"], "Only in the newer file"),
        "removed": (summary.counts["removed"], "Only in the older file"),
        "moved": (summary.counts["video"], "Another path of the clip"),
        "other fields": (summary.counts["fields"], "Another value of some other field"),
    }
    if summary.is_checked:
        fixed, new = (sum(one.get(name, 0) for one in summary.flags.values()) for name in ("fixed", "new"))
        words |= {
            "flags fixed": (fixed, "Flags of older captions that newer ones do not have"),
            "flags new": (new, f"Flags of newer captions that older ones did not have; {summary.new_errors:,} errors"),
        }
    if (verdicts := shown_verdicts(view, found)) is not None:
        counts = Counter(one.outcome for one in verdicts)
        lost = counts["changed"] + counts["removed"]
        words |= {
            "verdicts stale": (lost, "Verdicts on captions that the newer file does not have any more"),
            "carried out": (counts["carried-out"], "Corrections that the newer file has"),
        }
    metrics({label: (f"{number:,}", explanation) for label, (number, explanation) in words.items()})
    for title, side in (("older", summary.old), ("newer", summary.new)):
        if side.rejected:
            st.warning(
                f"{side.rejected:,} of {side.records:,} records of the {title} file were rejected and are not "
                f"compared. The first, record {side.examples[0].index + 1:,}: {literal(side.examples[0].reason)}",
                icon=":material/rule:",
            )


def by_source(view: View, summary: DiffSummary) -> None:
    """Changes of each source by their kind."""
    titles = view.explorer.vocabulary
    rows = [
        {"source": source, "title": titles.title("source", source), "kind": kind, "records": found[kind]}
        for source, found in summary.by_source.items()
        for kind in KIND_TITLES
        if found.get(kind)
    ]
    frame = pd.DataFrame(rows, columns=["source", "title", "kind", "records"])
    chart = changes_by_source(frame, kinds=KIND_TITLES, mode=view.mode)
    about = "A record that differs in several ways counts in each of them."
    show_chart(view, chart, name="changes", title="Changes by source", about=about, picks=False)


def by_action(view: View, summary: DiffSummary) -> None:
    """Facial actions that changed captions gained, lost, or state otherwise; the most concerned first."""
    actions = load_lexicon().actions
    rows = [
        {
            "Action": actions[label].title if label in actions else label,
            "Gained": found.get("added", 0),
            "Lost": found.get("removed", 0),
            "Stated otherwise": found.get("changed", 0),
        }
        for label, found in sorted(summary.actions.items(), key=lambda pair: -sum(pair[1].values()))
    ]
    table = pd.DataFrame(rows, columns=["Action", "Gained", "Lost", "Stated otherwise"])
    sums = summary.events
    about = f"{sums['added']:,} gained, {sums['removed']:,} lost, {sums['changed']:,} stated otherwise."
    show_head(view, name="actions", title="Facial actions of changed captions", about=about, table=table)
    if table.empty:
        st.caption("No facial action differs.")
        return
    height = 36 + 35 * min(len(table), MOST_ACTIONS)
    st.dataframe(table, hide_index=True, height=height, alt="One row for each facial action: gained, lost, changed")
