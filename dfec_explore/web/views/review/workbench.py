"""The workbench: the clip, its caption beside it, and the guidelines where they are open."""

from collections.abc import Sequence

import streamlit as st

from dfec_explore.model import Clause
from dfec_explore.query.samples import Sample
from dfec_explore.web import state
from dfec_explore.web.components import judged_caption
from dfec_explore.web.components.verdicts import draft_name
from dfec_explore.web.labels import event_labels
from dfec_explore.web.player import PLAYER, clip_facts, clip_name, has_clip, show_player
from dfec_explore.web.samples import clauses_of, read_ahead
from dfec_explore.web.views import similar
from dfec_explore.web.views.review import flags
from dfec_explore.web.views.review.desk import Desk
from dfec_explore.web.views.review.guidelines import guidelines

AHEAD = 3
"""Clips that are made ready before they come."""


def workbench(desk: Desk, sample: Sample) -> None:
    """Draw the clip and its caption."""
    clauses = clauses_of(sample)
    is_held_back = desk.modes.watch_first and desk.own is None and has_clip(desk.view, sample)
    with st.container(key="workbench"):
        with st.container(key="bench-clip"):
            upcoming = desk.queue.upcoming(desk.view, sample, AHEAD)
            show_player(desk.view, sample, () if is_held_back else sample.events, clauses, upcoming)
        with st.container(key="bench-caption"):
            _caption(desk, sample, clauses, is_held_back=is_held_back)
            flags.notes(desk, sample, is_held_back=is_held_back)
        if desk.modes.guidelines:
            guidelines(desk.view)
    if not is_held_back:
        similar.section(desk.view, sample)


def _caption(desk: Desk, sample: Sample, clauses: Sequence[Clause], *, is_held_back: bool) -> None:
    view = desk.view
    facts = clip_facts(view, sample)
    judged_caption(
        sample.caption,
        sample.events,
        clauses=clauses,
        labels=event_labels(),
        name=draft_name(view.dataset.name, sample.part, sample.id, sample.caption_hash),
        key="caption",
        player=state.widget_key(PLAYER),
        clip=clip_name(view, sample),
        duration=facts.duration if facts else None,
        is_held_back=is_held_back,
        token=f"{sample.caption_hash}-{sample.sample_no}",
    )


def look_ahead(desk: Desk) -> None:
    """Prepare the next sample; last of all, so that nobody waits for it."""
    if desk.sample is not None:
        for following in desk.queue.upcoming(desk.view, desk.sample, 1):
            read_ahead(desk.view, following)
