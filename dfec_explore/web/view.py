"""What a page knows when it is drawn: the dataset, the filters, and a way to ask."""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import streamlit as st

from dfec_explore.model import Dataset
from dfec_explore.query import Explorer, Filters
from dfec_explore.web.opening import Opened
from dfec_explore.web.screens import Screen
from dfec_explore.web.services import Services

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class View:
    """One run of one page."""

    screen: Screen
    services: Services
    opened: Opened
    filters: Filters
    problems: tuple[str, ...]
    """Sentences about values in the address that could not be used."""
    pages: Mapping[str, Any]
    """All pages of the app (``st.Page``) by the name of their screen, for links."""
    _asker: Callable[..., Any]

    @property
    def dataset(self) -> Dataset:
        """The dataset that is shown."""
        return self.opened.dataset

    @property
    def explorer(self) -> Explorer:
        """The open index."""
        assert self.opened.explorer is not None
        return self.opened.explorer

    @property
    def mode(self) -> Literal["light", "dark"]:
        """The theme that the browser shows."""
        return "dark" if st.context.theme.type == "dark" else "light"

    def ask(self, question: Callable[..., Answer], filters: Filters | None = None, **options: Any) -> Answer:
        """Ask a question of the query room about the selected captions (or those of other filters)."""
        answer: Answer = self._asker(question, self.filters if filters is None else filters, **options)
        return answer

    def ask_one(self, question: Callable[..., Answer], *values: Any) -> Answer:
        """Ask a question about single samples, which is quick and not kept."""
        return question(self.explorer, *values)


_current: ContextVar[View] = ContextVar("view")


def set_current(view: View) -> None:
    """Tell the page that is about to run what it shows."""
    _current.set(view)


def current_view() -> View:
    """What the running page shows; set by the frame."""
    return _current.get()
