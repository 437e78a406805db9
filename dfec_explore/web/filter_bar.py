"""The filters: widgets in the sidebar, the sentence and chips above a page, and the address that holds them."""

from typing import Any

import streamlit as st

from dfec_explore.language import load_lexicon
from dfec_explore.query import EMPTY, Explorer, Filters, describe, from_params, to_params
from dfec_explore.query.filters import FIELD_TITLES, NOT_STATED, PHASE_WORDS, RANGES
from dfec_explore.query.lengths import summary
from dfec_explore.query.links import Parsed
from dfec_explore.web import state
from dfec_explore.web.errors import literal
from dfec_explore.web.screens import Screen
from dfec_explore.web.view import View

LISTS = ("part", "source", "action", "phase", "verdict", "severity", "flag")
"""Filters with a list in the sidebar; the others come from clicks on charts."""

KEPT_PARAMS = ("dataset",)
"""Parameters that stay when the page changes."""


def read_filters(explorer: Explorer, screen: Screen) -> Parsed:
    """The filters in the address; on the way to another page of the same session those of the page before."""
    arrived = state.get("screen") != screen.name
    state.put("screen", screen.name)
    parsed = from_params(state.params(), explorer.vocabulary)
    remembered = state.remembered_filters()
    if arrived and not parsed.filters and not parsed.problems and remembered:
        state.replace_params(_other_params() | to_params(remembered))
        parsed = from_params(state.params(), explorer.vocabulary)
    state.remember_filters(parsed.filters)
    return parsed


def apply_filters(filters: Filters) -> None:
    """Put filters in force: into the address, with the ones before kept for undo. For callbacks."""
    before = state.remembered_filters()
    if filters == before:
        return
    state.push_undo(before)
    _put_in_address(filters)


def _put_in_address(filters: Filters) -> None:
    others = _other_params()
    if filters.action != state.remembered_filters().action:
        # The action that is looked at closely follows the filter.
        others = {key: values for key, values in others.items() if key not in ("context", "direction")}
    state.remember_filters(filters)
    state.replace_params(others | to_params(filters))


def _other_params() -> dict[str, list[str]]:
    """What the address holds beside filters; the page of a list starts anew when the filters change."""
    ours = {*FIELD_TITLES, "page"}
    return {key: values for key, values in state.params().items() if key not in ours}


def undo() -> None:
    """Take back the last change of the filters. For callbacks."""
    before = state.pop_undo()
    if before is not None:
        _put_in_address(before)


def sidebar(view: View) -> None:
    """Draw the filters in the sidebar, each holding what the address says."""
    explorer, filters = view.explorer, view.filters
    with st.sidebar:
        for key in LISTS:
            options = _options(explorer, key)
            if len(options) < 2:
                continue
            state.set_widget(f"filter.{key}", [value for value in getattr(filters, key) if value in options])
            st.multiselect(
                FIELD_TITLES[key],
                options,
                format_func=lambda value, key=key: _option_title(explorer, key, value),
                key=state.widget_key(f"filter.{key}"),
                placeholder="All of these" if key == "action" else "Any",
                help="Captions that mention all of them" if key == "action" else None,
                on_change=_list_changed,
                args=(key,),
            )
        _words_slider(view)
        state.set_widget("filter.text", filters.text)
        st.text_input(
            FIELD_TITLES["text"],
            key=state.widget_key("filter.text"),
            placeholder="e.g. corners of his mouth",
            max_chars=200,
            on_change=_text_changed,
        )


def _option_title(explorer: Explorer, key: str, value: str) -> str:
    if key == "phase":
        return PHASE_WORDS[value].capitalize()
    title = explorer.vocabulary.title(key, value)
    return title.capitalize() if key in ("verdict", "severity") else title


def _options(explorer: Explorer, key: str) -> list[str]:
    options = list(explorer.vocabulary.options.get(key, ()))
    if key == "action":
        actions = load_lexicon().actions
        return sorted(options, key=lambda label: actions[label].title)
    return [value for value in options if value != NOT_STATED]


def _words_slider(view: View) -> None:
    found = view.ask(summary, EMPTY, measure="words")
    if found is None or found.shortest == found.longest:
        return
    bounds = (found.shortest, found.longest)
    low, high = view.filters.words or bounds
    state.set_widget("filter.words", (min(max(low, bounds[0]), bounds[1]), max(min(high, bounds[1]), bounds[0])))
    st.slider(
        FIELD_TITLES["words"], *bounds, key=state.widget_key("filter.words"), on_change=_words_changed, args=(bounds,)
    )


def _list_changed(key: str) -> None:
    apply_filters(state.remembered_filters().with_value(key, tuple(state.widget_value(f"filter.{key}", ()))))


def _words_changed(bounds: tuple[int, int]) -> None:
    chosen = tuple(state.widget_value("filter.words"))
    apply_filters(state.remembered_filters().with_value("words", None if chosen == bounds else chosen))


def _text_changed() -> None:
    apply_filters(state.remembered_filters().with_value("text", (state.widget_value("filter.text") or "").strip()))


def _remove(key: str) -> None:
    apply_filters(state.remembered_filters().without(key))


def _clear() -> None:
    apply_filters(EMPTY)


def chips(explorer: Explorer, filters: Filters) -> None:
    """One button for each filter that is set, which takes it away; and undo."""
    if not filters and not state.can_undo():
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="chips"):
        for key in filters.set_keys():
            words = describe(filters, key, explorer.vocabulary)
            st.button(
                literal(words if len(words) <= 60 else f"{words[:59]}…"),
                key=f"chip.{key}",
                icon=":material/close:",
                icon_position="right",
                help=f"Take this filter away ({FIELD_TITLES[key].lower()})",
                on_click=_remove,
                args=(key,),
            )
        if filters:
            st.button("Clear all", key="chips.clear", type="tertiary", on_click=_clear)
        if state.can_undo():
            st.button(
                "Undo",
                key="chips.undo",
                type="tertiary",
                icon=":material/undo:",
                help="Take back the last change of the filters",
                on_click=undo,
            )


def pick(pairs: list[Any]) -> None:
    """Filter by what was clicked in a chart: alternating names and values, as charts give them."""
    chosen: dict[str, list[str]] = {}
    for key, value in zip(pairs[::2], pairs[1::2], strict=False):
        chosen.setdefault(key, []).append(str(value))
    filters = state.remembered_filters()
    for key, values in chosen.items():
        if key in RANGES:
            low, _, high = values[-1].partition("-")
            filters = filters.with_value(key, (int(low), int(high)))
        elif key in ("text", "opening", "phrase", "term"):
            filters = filters.with_value(key, values[-1])
        elif key in FIELD_TITLES:
            filters = filters.with_value(key, tuple(dict.fromkeys(values)))
    apply_filters(filters)
