"""The only door to what a session keeps (``st.session_state``) and to its address (``st.query_params``)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import streamlit as st

from dfec_explore.query.filters import EMPTY, Filters

UNDO_STEPS = 50
"""Filter changes that can be taken back."""


def params() -> dict[str, list[str]]:
    """All values of each parameter of the address."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def param(name: str, default: str = "") -> str:
    """The last value of one parameter of the address."""
    values = st.query_params.get_all(name)
    return values[-1] if values else default


def set_param(name: str, value: str | None) -> None:
    """Set or (None) remove one parameter of the address."""
    if value is None:
        if name in st.query_params:
            del st.query_params[name]
        return
    if st.query_params.get_all(name) != [value]:
        st.query_params[name] = value


def replace_params(values: Mapping[str, Sequence[str]]) -> None:
    """Replace the whole query part of the address."""
    wanted = {key: list(value) for key, value in values.items()}
    if params() != wanted:
        st.query_params.from_dict(wanted)


def get(name: str, default: Any = None) -> Any:
    """A value that this session keeps across reruns and pages."""
    return st.session_state.get(f"dfec.{name}", default)


def put(name: str, value: Any) -> None:
    """Keep a value across reruns and pages."""
    st.session_state[f"dfec.{name}"] = value


def drop(name: str) -> None:
    """Forget a value that was kept."""
    st.session_state.pop(f"dfec.{name}", None)


def widget_key(name: str) -> str:
    """The key of a widget; widgets have a name space of their own."""
    return f"widget.{name}"


def widget_value(name: str, default: Any = None) -> Any:
    """What a widget holds now (also inside its callback)."""
    return st.session_state.get(widget_key(name), default)


def set_widget(name: str, value: Any) -> None:
    """Set a widget's value before it is drawn."""
    st.session_state[widget_key(name)] = value


def remembered_filters() -> Filters:
    """The filters in force when the session last drew a page."""
    kept = get("filters")
    if not kept:
        return EMPTY
    return Filters(**kept)


def remember_filters(filters: Filters) -> None:
    """Keep the filters for the next page, as plain values."""
    put("filters", asdict(filters))


def push_undo(filters: Filters) -> None:
    """Keep filters that are about to change."""
    put("undo", [*get("undo", []), asdict(filters)][-UNDO_STEPS:])


def pop_undo() -> Filters | None:
    """Take back the last change of the filters; None where there is none."""
    stack = get("undo", [])
    if not stack:
        return None
    put("undo", stack[:-1])
    return Filters(**stack[-1])


def can_undo() -> bool:
    """Whether a change of the filters can be taken back."""
    return bool(get("undo"))
