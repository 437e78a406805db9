"""Duplicates in groups: each with its captions side by side, and the words in which they differ from the first."""

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from dfec_explore.checks.registry import known_checks
from dfec_explore.model import FlagVerdict
from dfec_explore.query.flag_groups import FlagGroup, group_page
from dfec_explore.query.samples import Sample, samples
from dfec_explore.web import state
from dfec_explore.web.errors import literal
from dfec_explore.web.flagged_cards import BADGES, ICONS, REASONS, name_line
from dfec_explore.web.flags import reviewer_of, say_of_group
from dfec_explore.web.lists import thumbnail
from dfec_explore.web.view import View
from dfec_explore.web.word_diff import word_diff

GROUPED = frozenset({"identical-caption", "near-duplicate", "clip-twice"})
"""Checks whose flags come in groups."""
PAGE = 6
"""Groups on one page."""
MOST = 6
"""Captions of a group that are shown side by side; the others are counted."""

PICTURE = 200
"""Pixels of a picture's width: what is compared here is the words."""


def are_chosen(view: View) -> bool:
    """Whether all checks that are asked for speak of groups."""
    return bool(view.filters.flag) and GROUPED.issuperset(view.filters.flag)


def groups(view: View, number: int) -> int:
    """Draw a page of groups; returns how many pages there are, 0 where there is no group."""
    found, total = view.ask(group_page, number=number, size=PAGE, most=MOST)
    if not total:
        return 0
    st.caption(f"{total:,} {'group' if total == 1 else 'groups'}. Words are compared with the first caption of each.")
    for group in found:
        with st.container(border=True, key=f"card-group-{group.check}-{group.numbers[0]}", gap="small"):
            _group(view, group, view.ask_one(samples, group.numbers))
    return -(-total // PAGE)


def _group(view: View, group: FlagGroup, members: Sequence[Sample]) -> None:
    check = known_checks().get(group.check)
    title = check.title if check else group.check
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f":{BADGES[group.severity]}-badge[{ICONS[group.severity]} {literal(title)}] {group.size:,} captions",
            width="stretch",
        )
        if group.severity != "info" and group.size <= MOST:
            _buttons(view, group, members)
    with st.grid(min_column_width=360, gap="medium"):
        for place, sample in enumerate(members):
            with st.container(key=f"member-{group.check}-{sample.sample_no}", gap="small"):
                _member(view, sample, members[0], is_first=place == 0)
    if group.size > len(members):
        st.caption(f"And {group.size - len(members):,} more; turn the groups off to go through all.")


def _member(view: View, sample: Sample, first: Sample, *, is_first: bool) -> None:
    name_line(view, sample)
    with st.container(width=PICTURE):
        thumbnail(view, sample)
    if not is_first and sample.caption == first.caption:
        st.caption("The same, word for word.")
        return
    words = escape(sample.caption) if is_first else word_diff(first.caption, sample.caption)
    st.html(f'<div class="diff"><div class="diff-words">{words}</div></div>')


def _buttons(view: View, group: FlagGroup, members: Sequence[Sample]) -> None:
    nobody, key = not reviewer_of(view), f"{group.check}.{group.numbers[0]}"
    st.button(
        "Right",
        key=f"group.right.{key}",
        icon=":material/check:",
        type="tertiary",
        disabled=nobody,
        help="They are duplicates: all but one have to change",
        on_click=say_of_group,
        args=(view, members, group.check, FlagVerdict.CONFIRMED),
    )
    with st.popover("Dismiss", icon=":material/close:", type="tertiary", disabled=nobody):
        name = f"group.reason.{key}"
        st.selectbox("Why is it no mistake?", REASONS, key=state.widget_key(name), accept_new_options=True)
        st.button(
            "Dismiss the group",
            key=f"group.dismiss.{key}",
            type="primary",
            help="It stays away until one of its captions changes",
            on_click=partial(_dismiss, view, members, group.check, name),
        )


def _dismiss(view: View, members: Sequence[Sample], check: str, name: str) -> None:
    say_of_group(view, members, check, FlagVerdict.DISMISSED, str(state.widget_value(name) or ""))
