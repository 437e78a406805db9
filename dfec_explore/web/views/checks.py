"""Checks: what was found, what the checks mean, and every flagged caption with its evidence."""

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from dfec_explore.charts import flags_by_check, flags_by_source, safe_csv
from dfec_explore.charts.frames import rows_of
from dfec_explore.checks.calibration import score_of
from dfec_explore.checks.registry import known_checks
from dfec_explore.query.flags import (
    flag_counts,
    flag_table,
    flagged_captions,
    flagged_page,
    flags_of,
    precision_counts,
)
from dfec_explore.query.samples import samples
from dfec_explore.query.statistics import wilson
from dfec_explore.web import page, state
from dfec_explore.web.clip_checks import compare_with_clips
from dfec_explore.web.errors import literal
from dfec_explore.web.figure import export_name, show_chart
from dfec_explore.web.flagged_cards import cards
from dfec_explore.web.flags import reviewer_of, take_back
from dfec_explore.web.modes import modes
from dfec_explore.web.sending import send_button
from dfec_explore.web.view import View
from dfec_explore.web.views import duplicate_groups

PAGE = 12
"""Captions on one page of the list."""


def without_flags(view: View) -> View:
    """The page as if no check and severity were chosen: where no flag is left, there is still something to see."""
    return replace(view, filters=view.filters.without("flag").without("severity"))


def against_clips(view: View) -> None:
    """Compare captions with their clips in the background, where facts of clips are there."""
    with st.container():
        # Of its own, so that the page keeps its place when the progress goes: an open form would close.
        compare_with_clips(view)


def figures(view: View) -> None:
    """How many captions have a flag of each severity."""
    found = view.ask(flagged_captions)
    hides = modes().hides_others
    said = view.ask(precision_counts)
    dismissed = int(said["dismissed"].sum()) if len(said) else 0
    counts = {
        "with an error": (f"{found.get('error', 0):,}", "Captions that are wrong and have to change"),
        "with a warning": (f"{found.get('warning', 0):,}", "Captions that are probably worth a look"),
        "with a measure": (f"{found.get('info', 0):,}", "Measures of the text, no fault by themselves"),
    }
    if not hides:
        counts["dismissed"] = (f"{dismissed:,}", "Flags that a reviewer found wrong, on captions as they are now")
    page.metrics(counts)


def by_check(view: View) -> None:
    """Flags by check and severity."""
    titles = {check.id: check.title for check in known_checks().values()}
    chart = flags_by_check(view.ask(flag_counts), mode=view.mode, titles=titles)
    about = "Flags that nobody dismissed. Click a bar to see its captions."
    show_chart(view, chart, name="flags", title="Flags by check", about=about)


def by_source(view: View) -> None:
    """Flags by source and severity."""
    titles = view.explorer.vocabulary.titles["source"]
    chart = flags_by_source(view.ask(flag_counts), mode=view.mode, titles=titles)
    show_chart(view, chart, name="flags-by-source", title="Flags by source")


def explanation(view: View) -> None:
    """What the chosen checks look for."""
    chosen = [known_checks()[name] for name in view.filters.flag if name in known_checks()]
    if not chosen:
        with st.expander("What the checks look for", icon=":material/help:"):
            st.dataframe(_listed(), hide_index=True, width="stretch", height=320)
        return
    for check in chosen:
        with st.container(border=True, key=f"check-{check.id}"):
            page.head_line(check.title, f"{check.family.value} · {check.id}")
            st.text(check.explanation)
            st.caption(f"For example: {literal(check.example)}")


def _listed() -> pd.DataFrame:
    rows = [(c.title, c.family.value, c.explanation, c.example, c.id) for c in known_checks().values()]
    return pd.DataFrame(rows, columns=["Check", "About", "What it finds", "Example", "Id"])


def precision(view: View) -> None:
    """How often reviewers found the flags of a check right, beside what the scores promise."""
    said = view.ask(precision_counts)
    page.head_line("How often flags are right", "From verdicts on flags, with Wilson's 95 % interval.")
    if modes().hides_others:
        st.caption(
            ":material/visibility_off: You review in blind mode: what others said of flags is hidden here too."
            if modes().is_known
            else ""
        )
        return
    if said.empty:
        st.caption("Nobody has judged a flag yet: confirm or dismiss some below, and the share appears here.")
        return
    rows = []
    for row in rows_of(said):
        judged = int(row.confirmed + row.dismissed)
        interval = wilson(int(row.confirmed), judged)
        check = known_checks().get(str(row.check))
        title = check.title if check else str(row.check)
        between = f"{interval.low:.0%} – {interval.high:.0%}"
        rows.append(
            (title, judged, f"{interval.value:.0%}", between, f"{score_of(str(row.check), _gravest(view, row)):.0%}")
        )
    columns = ["Check", "Judged", "Right", "Interval", "Promised"]
    st.dataframe(pd.DataFrame(rows, columns=columns), hide_index=True, width="stretch")


def _gravest(view: View, row: Any) -> str:
    counts = view.ask(flag_counts)
    found = set(counts[counts["check"] == row.check]["severity"])
    return next((severity for severity in ("error", "warning") if severity in found), "info")


def flagged(view: View) -> None:
    """The flagged captions, page by page, likeliest and gravest first."""
    page.head_line(
        "Flagged captions", "Gravest and likeliest first. A dismissed flag stays away until the caption changes."
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        grouped = duplicate_groups.are_chosen(view) and st.toggle(
            "In groups",
            value=True,
            key=state.widget_key("checks.groups"),
            help="Captions that belong together side by side, with the words in which they differ",
        )
        if not modes().hides_others:
            st.toggle("Dismissed ones", key=state.widget_key("checks.dismissed"))
        st.download_button(
            "CSV",
            lambda: safe_csv(_flag_table(view)),
            file_name=f"{export_name(view, 'flags')}.csv",
            mime="text/csv",
            key="csv.flags-all",
            help="Every flag of the selected captions, with what was said of it",
            icon=":material/download:",
            on_click="ignore",
        )
        send_button(view)
    _notices(view)
    dismissed = bool(state.widget_value("checks.dismissed", False)) and not modes().hides_others
    number = max(int(state.param("page")) if state.param("page").isdecimal() else 1, 1)
    if grouped and not dismissed:
        pages = duplicate_groups.groups(view, number)
        if pages:
            _pages(number, pages)
            return
    numbers, total = view.ask(flagged_page, number=number, size=PAGE, dismissed=dismissed)
    if not total:
        what = "No flag was dismissed" if dismissed else "The checks found nothing"
        st.info(f"{what} in these captions.", icon=":material/check_circle:")
        return
    cards(view, view.ask_one(samples, numbers), view.ask_one(flags_of, numbers))
    _pages(number, -(-total // PAGE))


def _pages(number: int, pages: int) -> None:
    if pages > 1:
        name = f"checks.page.{number}"
        st.pagination(
            pages,
            default=min(number, pages),
            key=state.widget_key(name),
            on_change=lambda: state.set_param("page", str(state.widget_value(name))),
        )


def _flag_table(view: View) -> pd.DataFrame:
    table = flag_table(view.explorer, view.filters)
    return table.drop(columns=["said", "said_by", "reason"]) if modes().hides_others else table


def _notices(view: View) -> None:
    if trouble := state.get("flag.trouble"):
        st.error(literal(str(trouble)), icon=":material/error:")
        state.drop("flag.trouble")
    if last := state.get("flag.last"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.text(f"{str(last['verdict']).capitalize()}: {last['check']} on {last['of']}.")
            rows = [str(row) for row in last["rows"]]
            st.button(
                "Take it back", key="flag.undo.last", icon=":material/undo:", on_click=take_back, args=(view, *rows)
            )
    if not reviewer_of(view):
        _ask_for_name()


def _ask_for_name() -> None:
    with st.container(border=True, key="card-name", horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.text_input(
            "Your name",
            key=state.widget_key("checks.name"),
            placeholder="Your name",
            max_chars=80,
            width=260,
            help="Self-declared, as in Review, and remembered by this browser. It stands in every verdict.",
            on_change=lambda: state.put("reviewer", str(state.widget_value("checks.name") or "").strip()),
        )
        st.caption("With a name you can confirm and dismiss flags, and send captions to review.")
