"""What a browser remembers for its user between visits, in its local storage; never sent anywhere else."""

from typing import Any

import streamlit as st

_SCRIPT = """
export default function ({ data, setStateValue }) {
  const name = `dfec.${data.name}`;
  if (data.value !== null) {
    // The user has chosen: keep it. Storage may be switched off.
    try { localStorage.setItem(name, data.value); } catch {}
    return;
  }
  let kept = null;
  try { kept = localStorage.getItem(name); } catch {}
  if (kept) setStateValue("value", kept);
}
"""

_component = st.components.v2.component("dfec_memory", js=_SCRIPT)


def _ignore() -> None:
    """Streamlit keeps a state only if somebody asks to be told of it."""


def remembered_in_browser(name: str, value: str | None) -> str:
    """Keep a value in the browser, or (with None) ask for the one that it kept.

    Returns:
        The value that was kept; empty as long as the browser has not answered, or has none.
    """
    result: Any = _component(data={"name": name, "value": value}, key=f"memory.{name}", on_value_change=_ignore)
    return str(result.get("value") or "")[:200]
