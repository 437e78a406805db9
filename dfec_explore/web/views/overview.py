"""Overview: what is loaded, how whole it is, what needs attention, how to cite it."""

import pandas as pd
import streamlit as st

from dfec_explore.charts import action_shares, captions_by_source
from dfec_explore.language import load_lexicon
from dfec_explore.query import EMPTY, Filters, composition, vocabulary
from dfec_explore.query.explorer import Explorer
from dfec_explore.sources import dataset_facts
from dfec_explore.web import coverage, page, state
from dfec_explore.web.figure import show_chart
from dfec_explore.web.links import page_link
from dfec_explore.web.view import View

MOST_ACTIONS = 14


def figures(view: View) -> None:
    """The figures on top."""
    totals = view.ask(composition.totals)
    per_caption = totals.events / totals.captions if totals.captions else 0.0
    page.metrics(
        {
            "captions": (f"{totals.captions:,}", "Accepted records that the filters select"),
            "sources": (f"{totals.sources}", "Public datasets that the clips come from"),
            "facial actions": (f"{totals.events:,}", "Mentions of a facial action, found by the parser"),
            "per caption": (f"{per_caption:.1f}", "Facial actions mentioned in a caption, on average"),
            f"of {len(load_lexicon().actions)} actions used": (f"{totals.actions_used}", "Different facial actions"),
            "words, median": (f"{totals.median_words:.0f}", "Length of a caption"),
            "have an emotion label": (f"{totals.emotion_known:,}", "Clips whose path states an emotion label"),
        }
    )


def by_source(view: View) -> None:
    """Captions by source."""
    chart = captions_by_source(view.ask(composition.by_source), mode=view.mode)
    show_chart(view, chart, name="sources", title="Captions by source", about="Click a bar to filter.")


def most_mentioned(view: View) -> None:
    """The facial actions that most captions mention."""
    chart = action_shares(view.ask(vocabulary.action_counts), mode=view.mode, limit=MOST_ACTIONS)
    show_chart(
        view,
        chart,
        name="actions",
        title="Facial actions by share of captions",
        about="Share of captions that mention an action; coloured by region. Click a bar to filter.",
    )


def parts(view: View) -> None:
    """How whole the dataset is: files against the plan; of the demo, what it is."""
    if view.dataset.is_demo:
        page.head_line("What this is")
        st.markdown(
            "An embedded demo: drawn faces in the place of the clips, moved by known facial actions, and captions "
            "written from the same actions. Three captions disagree with their clips on purpose, for a reviewer to "
            "find. Open your own annotation file with `DFEC_ANNOTATIONS`; verdicts on the demo are kept apart."
        )
        return
    page.head_line("How whole it is", "What is loaded, against what the authors announced.")
    folder = view.opened.folder
    manifest = folder.manifest if folder else None
    loaded = {part.name: part for part in manifest.parts} if manifest else {}
    rows = []
    for plan in dataset_facts().plans:
        part = loaded.pop(plan.id, None)
        rows.append(
            {
                "Part": plan.title,
                "Announced": f"{plan.planned:,}{'+' if plan.at_least else ''}",
                "Loaded": part.accepted if part else 0,
                "Rejected": part.rejected if part else 0,
            }
        )
    rows += [
        {"Part": name, "Announced": "", "Loaded": part.accepted, "Rejected": part.rejected}
        for name, part in loaded.items()
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt="One row for each part: announced, loaded, rejected")


def attention(view: View) -> None:
    """What needs attention, each line one click from the samples concerned."""
    page.head_line("What needs attention", "Each line opens what it counts.")
    lines = view.ask_one(concerns, EMPTY)
    for icon, text, filters in lines:
        _line(view, icon, text, filters)
    rejected = len(view.ask_one(composition.rejects))
    if rejected:
        page_link(view, "data", f"{rejected:,} rejected records, with reasons", icon=":material/block:")
    for words in coverage.problem_words(view):
        page_link(view, "data", words, icon=":material/videocam_off:")
    if not lines and not rejected:
        st.success("Nothing: every record was accepted and every caption mentions a facial action.")


def concerns(explorer: Explorer, filters: Filters) -> list[tuple[str, str, Filters]]:
    """What needs attention in a dataset: icon, sentence, and the filters that select it."""
    unjudged = explorer.count(Filters(verdict=("none",)))
    disputed = explorer.count(Filters(verdict=("disputed",)))
    without = composition.without_events(explorer, filters)
    found = []
    if without:
        found.append((":material/help:", f"{without:,} captions mention no facial action", Filters(events=(0, 0))))
    if unjudged:
        text = f"{unjudged:,} of {explorer.total:,} captions {'is' if unjudged == 1 else 'are'} not judged yet"
        found.append((":material/rate_review:", text, Filters(verdict=("none",))))
    if disputed:
        found.append((":material/balance:", f"{disputed:,} captions are disputed", Filters(verdict=("disputed",))))
    return found


def _line(view: View, icon: str, text: str, filters: Filters) -> None:
    page_link(view, "browse", text, icon=icon, filters=filters)


def citation(view: View) -> None:
    """How to cite the dataset, and what is said of its licence."""
    facts = dataset_facts()
    page.head_line("How to cite", facts.licence_note)
    st.markdown(f"{facts.full_title} ({facts.title}): [{facts.url.removeprefix('https://')}]({facts.url})")
    entry = st.expander("BibTeX", key=state.widget_key("bibtex"), on_change="rerun")
    if entry.open:  # Closed at first: what colours the entry is a large script, and the charts would wait for it.
        entry.code(facts.bibtex, language="bibtex", wrap_lines=True)
