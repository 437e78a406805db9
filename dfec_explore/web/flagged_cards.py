"""Flagged captions as cards: the words marked, the evidence, and what one can say of it."""

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from dfec_explore.charts import colour
from dfec_explore.checks.registry import known_checks
from dfec_explore.model import FacialEvent, Flag, FlagVerdict
from dfec_explore.query.explorer import SEVERITY_TITLES
from dfec_explore.query.flags import JudgedFlag
from dfec_explore.query.samples import Sample
from dfec_explore.web import state
from dfec_explore.web.components import EventLabel, caption_view
from dfec_explore.web.errors import literal
from dfec_explore.web.flags import reviewer_of, say, take_back
from dfec_explore.web.links import link_params
from dfec_explore.web.lists import thumbnail
from dfec_explore.web.modes import modes
from dfec_explore.web.view import View

HEIGHT = 210
ICONS = {"error": ":material/error:", "warning": ":material/warning:", "info": ":material/info:"}
BADGES = {"error": "red", "warning": "orange", "info": "violet"}
REASONS = ("The caption is right", "Meant so by our guidelines", "The check misread the words", "Too small to matter")


def cards(view: View, samples: Sequence[Sample], flags: Mapping[int, Sequence[JudgedFlag]]) -> None:
    """One card for each caption, two or more beside each other where there is room."""
    with st.grid(min_column_width=520, gap="medium"):
        for sample in samples:
            with st.container(border=True, key=f"flagged-{sample.sample_no}"):
                _card(view, sample, flags.get(sample.sample_no, ()))


def _card(view: View, sample: Sample, flags: Sequence[JudgedFlag]) -> None:
    picture, words = st.columns([3, 7], gap="small")
    with picture:
        thumbnail(view, sample)
    with words:
        caption_view(
            sample.caption,
            marks([judged.flag for judged in flags if judged.said != "dismissed"], sample.caption),
            labels=flag_labels(),
            key=f"flagged-caption-{sample.sample_no}",
            height=HEIGHT,
            legend=False,
        )
    name_line(view, sample)
    said = set[str]()
    for judged in flags:
        _line(view, sample, judged, first=judged.flag.check not in said)
        said.add(judged.flag.check)


def name_line(view: View, sample: Sample) -> None:
    """Which caption it is, and the way to its clip."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        source = view.explorer.vocabulary.title("source", sample.source)
        st.text(f"{sample.part} / {sample.id} · {source}", width="stretch")
        params = link_params(view, view.filters) | {"in": [sample.part], "sample": [sample.id], "queue": ["all"]}
        st.page_link(
            view.pages["review"], label="Review", icon=":material/play_circle:", query_params=params, width="content"
        )


def _line(view: View, sample: Sample, judged: JudgedFlag, *, first: bool) -> None:
    flag = judged.flag
    check = known_checks().get(flag.check)
    title = check.title if check else flag.check
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(gap=None, width="stretch"):
            st.markdown(
                f":{BADGES[flag.severity]}-badge[{ICONS[flag.severity]} {literal(title)}] {literal(flag.message)}",
                help=f"{SEVERITY_TITLES[flag.severity].capitalize()}, right with an estimated probability of "
                f"{flag.score:.0%}. {literal(check.explanation) if check else ''}",
            )
            if judged.said and not _is_hidden(view, judged):
                reason = f": {judged.reason}" if judged.reason else ""
                st.caption(literal(f"{judged.said.capitalize()} by {judged.said_by}{reason}"))
        if first and flag.severity != "info":
            _buttons(view, sample, judged)


def _is_hidden(view: View, judged: JudgedFlag) -> bool:
    """Whether it was said by another, and is hidden from who reviews in blind mode."""
    return modes().hides_others and judged.said_by != reviewer_of(view)


def _buttons(view: View, sample: Sample, judged: JudgedFlag) -> None:
    check, key = judged.flag.check, f"{sample.sample_no}.{judged.flag.check}"
    if judged.said is not None and judged.said_row is not None and not _is_hidden(view, judged):
        st.button(
            "Undo",
            key=f"flag.undo.{key}",
            icon=":material/undo:",
            type="tertiary",
            help="Take back what was said of this flag",
            on_click=take_back,
            args=(view, judged.said_row),
        )
        return
    nobody = not reviewer_of(view)
    st.button(
        "Right",
        key=f"flag.right.{key}",
        icon=":material/check:",
        type="tertiary",
        disabled=nobody,
        help="The flag is right: the caption has to change",
        on_click=say,
        args=(view, sample, check, FlagVerdict.CONFIRMED),
    )
    with st.popover("Dismiss", icon=":material/close:", type="tertiary", disabled=nobody):
        name = state.widget_key(f"flag.reason.{key}")
        st.selectbox("Why is the flag wrong?", REASONS, key=name, accept_new_options=True)
        st.button(
            "Dismiss it",
            key=f"flag.dismiss.{key}",
            type="primary",
            help="It stays away for this text of the caption",
            on_click=partial(_dismiss, view, sample, check, f"flag.reason.{key}"),
        )


def _dismiss(view: View, sample: Sample, check: str, widget: str) -> None:
    say(view, sample, check, FlagVerdict.DISMISSED, str(state.widget_value(widget) or ""))


def marks(flags: Sequence[Flag], caption: str) -> list[FacialEvent]:
    """Flags with a place as marks of a caption."""
    return [
        FacialEvent(
            f"{flag.severity}:{flag.check}",
            None,
            None,
            None,
            None,
            flag.start,
            flag.end,
            caption[flag.start : flag.end],
            "",
        )
        for flag in flags
        if flag.start is not None and flag.end is not None and flag.start < flag.end
    ]


def flag_labels() -> dict[str, EventLabel]:
    """How marks of flags are named and coloured."""
    return {
        f"{severity}:{check.id}": EventLabel(
            title=check.title,
            region=severity,
            region_title=SEVERITY_TITLES[severity],
            aus=(),
            colour_light=colour("severity", severity, "light"),
            colour_dark=colour("severity", severity, "dark"),
        )
        for severity in SEVERITY_TITLES
        for check in known_checks().values()
    }
