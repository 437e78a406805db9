"""The one place where an error becomes a notice on the screen."""

import logging

import streamlit as st

from dfec_explore.errors import DfecError

log = logging.getLogger(__name__)


def show_error(error: DfecError) -> None:
    """Show an error that the package raised on purpose: it says itself what happened and what to do."""
    st.error(literal(str(error)), icon=":material/error:")


def unexpected(error: Exception) -> bool:
    """Explain an error that nobody expected; the details go to the log. For ``st.App(on_script_error=...)``."""
    if isinstance(error, DfecError):
        show_error(error)
        return True
    log.error("a page failed", exc_info=error)
    st.error(
        "This page could not be drawn: an error that should not happen. Nothing that was saved is lost. "
        "Reload the page; if it comes again, the server's log has the details.",
        icon=":material/error:",
    )
    return True


def literal(text: str) -> str:
    """Text for a place where Streamlit reads Markdown: every character with a meaning there is escaped."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!$:|~<>^" else c for c in text)
