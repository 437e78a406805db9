"""What every page has: its head with the filter sentence, and the words for what is empty."""

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from dfec_explore.web import state
from dfec_explore.web.errors import literal
from dfec_explore.web.filter_bar import chips
from dfec_explore.web.links import page_link
from dfec_explore.web.view import View, current_view

__all__ = ["current_view", "empty_notice", "head", "metrics"]


def head() -> View:
    """Draw the head of the running page; returns what the page shows."""
    view = current_view()
    with st.container(key="page-head", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            st.markdown(f"# {view.screen.title}", width="content")
            if view.screen.has_filters:
                st.text(view.ask(type(view.explorer).sentence), width="content")
                if view.screen.name != "browse":
                    page_link(view, "browse", "Read them", icon=":material/grid_view:", filters=view.filters)
                st.space("stretch")
            else:
                st.text(view.screen.about, width="stretch")
            link_button()
        link_problems(view)
        if view.screen.has_filters:
            chips(view.explorer, view.filters)
    return view


def link_problems(view: View) -> None:
    """Name what the address holds and the dataset does not."""
    for problem in view.problems:
        st.warning(f"The link names something that is not there. {literal(problem)}", icon=":material/link_off:")


def link_button() -> None:
    """The address of this view, to be copied."""
    with st.popover("Link", icon=":material/link:", help="The address of exactly this view", type="tertiary"):
        st.caption("This view, with its filters:")
        st.code(address(state.params()), language=None, wrap_lines=True)


def address(params: Mapping[str, list[str]], *, screen: str | None = None) -> str:
    """The full address of a view of this app."""
    parts = urlsplit(st.context.url or "")
    path = parts.path if screen is None else f"{parts.path.rsplit('/', 1)[0]}/{screen}"
    return urlunsplit((parts.scheme, parts.netloc, path, urlencode(params, doseq=True), ""))


def origin() -> str:
    """Scheme and host of this server as the browser names it."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}"


def empty_notice(view: View) -> bool:
    """Say so where no caption is selected; True if that is so, and the page has nothing more to draw."""
    if view.ask(type(view.explorer).count):
        return False
    if not view.explorer.total:
        st.info(
            "The files of this dataset hold no accepted caption. Files and clips says which records were rejected "
            "and why.",
            icon=":material/inbox:",
        )
        return True
    st.info("No caption fits these filters. Take one away, or undo the last change.", icon=":material/filter_alt_off:")
    return True


def metrics(values: Mapping[str, tuple[str, str]]) -> None:
    """A row of figures: label -> (value, explanation); every text is escaped."""
    items = "".join(
        f'<li title="{escape(explanation)}"><b>{escape(value)}</b><span>{escape(label)}</span></li>'
        for label, (value, explanation) in values.items()
    )
    st.html(f'<ul class="figures">{items}</ul>')


def head_line(title: str, about: str = "") -> None:
    """The head of a section, in the same style above charts, tables and lists."""
    with st.container(gap=None, width="stretch", key=f"head-{title}"):
        st.markdown(f"##### {title}")
        if about:
            st.caption(about)
