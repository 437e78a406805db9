"""One action, chosen once for several views of a page: its mentions in their captions."""

import streamlit as st

from dfec_explore.charts import colour
from dfec_explore.charts.text import count
from dfec_explore.language import load_lexicon, related_au
from dfec_explore.query import NOT_STATED, concordance, vocabulary
from dfec_explore.web import page, state
from dfec_explore.web.context import show_lines
from dfec_explore.web.view import View

LINES = 15
"""Lines of a page."""


def choose_action(view: View) -> str | None:
    """The action that is looked at closely: chosen here, else the filter's, else the most frequent; None without any.

    It stands in the address, and makes room for the filter's when that changes.
    """
    labels = [str(label) for label in view.ask(vocabulary.action_counts)["action"]]
    if not labels:
        return None
    wanted = [state.param("context"), *view.filters.action, labels[0]]
    current = next(label for label in wanted if label in labels)
    state.set_widget("context", current)
    st.selectbox(
        "Facial action",
        labels,
        format_func=lambda label: view.explorer.vocabulary.title("action", label),
        key=state.widget_key("context"),
        on_change=_action_chosen,
        width=260,
    )
    return current


def _action_chosen() -> None:
    state.set_param("context", state.widget_value("context"))
    for name in ("direction", "page"):
        state.set_param(name, None)


def in_context(view: View) -> None:
    """Each mention of an action with the words around it."""
    page.head_line(
        "In context", "Mentions with the words around them, in the order of the file; a line opens its clip."
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        action = choose_action(view)
        direction = _choose_direction(view, action) if action else ""
    if action is None:
        st.caption("The selected captions mention no facial action.")
        return
    number = int(state.param("page")) if state.param("page").isdecimal() else 1
    found = _ask(view, action, direction, max(number, 1))
    if not found.lines:
        number, found = 1, _ask(view, action, direction, 1)
    st.caption(f"{count(found.found, 'mention')}. {_about(action, direction)}.")
    show_lines(view, found.lines, name="context", colour=colour("region", _region(action), view.mode))
    _pages(found.found, max(number, 1), name=f"context.page.{hash((view.filters, action, direction))}")


def _about(action: str, direction: str) -> str:
    """The related action units, for the stated direction or for each."""
    stated = direction if direction != NOT_STATED else ""
    ways = load_lexicon().actions[action].by_direction
    aus = ", ".join(related_au(action, stated or None))
    if not aus and ways and not stated:
        aus = ", ".join(f"{' and '.join(units)} ({way})" for way, units in ways.items())
    return f"Related {aus}, from the text, not FACS-coded" if aus else "No related AU"


def _ask(view: View, action: str, direction: str, number: int) -> concordance.Concordance:
    offset = LINES * (number - 1)
    return view.ask(concordance.concordance, action=action, direction=direction, limit=LINES, offset=offset)


def _region(action: str) -> str:
    return load_lexicon().actions[action].region


def _choose_direction(view: View, action: str) -> str:
    """One of the directions that captions state of the action; empty for all."""
    directions = view.ask(concordance.directions, action=action)
    if len(directions) < 2:
        return ""
    current = state.param("direction") if state.param("direction") in directions else ""
    state.set_widget("context.direction", current)
    st.selectbox(
        "Direction",
        ["", *directions],
        format_func=lambda way: _direction_title(way, directions),
        key=state.widget_key("context.direction"),
        on_change=_direction_chosen,
        width=220,
    )
    return current


def _direction_title(way: str, directions: dict[str, int]) -> str:
    if not way:
        return f"Any ({sum(directions.values()):,})"
    return f"{'Not stated' if way == NOT_STATED else way.capitalize()} ({directions[way]:,})"


def _direction_chosen() -> None:
    state.set_param("direction", state.widget_value("context.direction") or None)
    state.set_param("page", None)


def _pages(found: int, number: int, *, name: str) -> None:
    pages = -(-found // LINES)
    if pages < 2:
        return
    st.pagination(
        pages,
        default=number,
        key=state.widget_key(name),
        on_change=lambda: state.set_param("page", str(state.widget_value(name))),
    )
