"""The sections of Progress, who looks at it, and what may be shown in blind mode."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import streamlit as st

from dfec_explore.query import Filters
from dfec_explore.web import identity, state
from dfec_explore.web.modes import modes, recall
from dfec_explore.web.view import View

SECTIONS = {"so-far": "So far", "plans": "Plans", "rate": "Error rate", "agreement": "Agreement"}
"""Sections by their name in the address."""

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Visit:
    """One run of Progress: the page, who looks at it, and whether others' verdicts are hidden."""

    view: View
    reviewer: str
    """Empty where no name is known."""
    hides_others: bool

    @property
    def only(self) -> str | None:
        """Whose verdicts alone are shown; None: everybody's."""
        return self.reviewer if self.hides_others else None

    @property
    def filters(self) -> Filters:
        """The filters in force: blind, none that would tell of others' verdicts."""
        return replace(self.view.filters, verdict=(), review=()) if self.hides_others else self.view.filters

    def ask(self, question: Callable[..., Answer], **options: Any) -> Answer:
        """Ask a question about the verdicts on the selected captions."""
        return self.view.ask(question, self.filters, judged=True, only=self.only, **options)


def visit(view: View) -> Visit | None:
    """Find out who looks at the page; says so where others' verdicts are hidden.

    None as long as the browser has not said whether they are: it does so at once, and the page runs again.
    """
    user = identity.signed_in(view.services.settings.login_claim)
    recall(view.services.settings.reviewer)
    kept = state.get("reviewer")
    name = user.reviewer if user else str(view.services.settings.reviewer if kept is None else kept)
    in_force = modes()
    if not in_force.is_known:
        st.caption("Asking the browser whether you review in blind mode …")
        return None
    if in_force.blind:
        st.info(
            "You review in blind mode: what others said of captions is hidden here too, so that it can't lead your "
            "own verdicts. Counts are of your verdicts; plans tell how much is done, not what was said; filters by "
            "verdict and review are not in force. Blind mode is switched off in Review.",
            icon=":material/visibility_off:",
        )
    return Visit(view, name, in_force.blind)


def choose() -> tuple[str, AbstractContextManager[Any]]:
    """The sections as tabs; which one is open stands in the address."""
    current = state.param("show") if state.param("show") in SECTIONS else "so-far"
    state.set_widget("progress.show", SECTIONS[current])
    tabs = st.tabs(list(SECTIONS.values()), key=state.widget_key("progress.show"), on_change=_changed)
    return current, tabs[list(SECTIONS).index(current)]


def show(section: str, **params: str | None) -> None:
    """Open a section. For callbacks."""
    state.set_param("show", section)
    for name, value in params.items():
        state.set_param(name, value)


def _changed() -> None:
    title = state.widget_value("progress.show")
    show(next((name for name, words in SECTIONS.items() if words == title), "so-far"))


def minutes_ahead() -> int:
    """How far the viewer's clock is ahead of UTC; browsers count the other way."""
    return -int(st.context.timezone_offset or 0)


def name_field(visit_: Visit) -> None:
    """Ask for a name where none is known: it stands in what is created here."""
    if visit_.reviewer:
        return
    st.text_input(
        "Your name",
        key=state.widget_key("progress.name"),
        max_chars=80,
        help="Self-declared: whoever opens this app may write any name.",
        on_change=lambda: state.put("reviewer", str(state.widget_value("progress.name") or "").strip()),
    )
