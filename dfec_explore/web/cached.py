"""The only home of Streamlit's caches: open indexes, and answers to questions about them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from dfec_explore.charts import Picture
from dfec_explore.index import IndexFolder
from dfec_explore.model import Clause
from dfec_explore.query import Explorer, Filters, open_explorer
from dfec_explore.query.clip_labels import SampleLabel
from dfec_explore.query.samples import Sample

if TYPE_CHECKING:  # Only the pages of models need that room, which takes long to import.
    from dfec_explore.scoring import Counts, Scores

Answer = TypeVar("Answer")

MAX_ANSWERS = 1000
"""Answers kept in memory; most are tables of some dozen rows."""


@st.cache_resource(max_entries=4, show_spinner=False)
def explorer_of(path: str, version: str, memory_megabytes: int, _folder: IndexFolder) -> Explorer:
    """The open index in a folder; ``version`` changes when the folder's content does."""
    return open_explorer(_folder, memory_megabytes=memory_megabytes)


@st.cache_data(max_entries=MAX_ANSWERS, show_spinner=False)
def _answer(
    index: str,
    verdicts: int,
    question: str,
    filters: Filters,
    options: tuple[tuple[str, Any], ...],
    _ask: Callable[[], Any],
) -> Any:
    return _ask()


def ask(
    question: Callable[..., Answer],
    explorer: Explorer,
    filters: Filters,
    *,
    index: str,
    verdicts: int = 0,
    judged: bool = False,
    **options: Any,
) -> Answer:
    """Ask a question of ``query`` once for each index, filters and options.

    Args:
        question: a function of the query room that takes an explorer, filters and keyword options.
        explorer: the open index.
        filters: which captions.
        index: names the index and its content.
        verdicts: the verdict store's last sequence number; part of the key only where the answer depends on verdicts.
        judged: whether it does so whatever the filters are.
        options: keyword options of the question.
    """
    key = verdicts if judged or filters.verdict or filters.review else 0
    if question.__module__.endswith(".flags") or filters.flag or filters.severity:
        index = f"{index} flags {explorer.database.flags_sequence}"
    if filters.label:
        index = f"{index} labels {explorer.database.labels_stamp}"
    name = f"{question.__module__}.{question.__qualname__}"
    kept: Answer = _answer(
        index, key, name, filters, tuple(sorted(options.items())), lambda: question(explorer, filters, **options)
    )
    return kept


def clear() -> None:
    """Forget everything that is cached; for tests."""
    for kept in (explorer_of, _answer, frozen_queue, sample, number, clauses, label, scores, worked_out):
        kept.clear()


@st.cache_resource(max_entries=64, show_spinner=False)
def frozen_queue(
    index: str, filters: Filters, kind: str, order: str, opened: str, _open: Callable[[], npt.NDArray[np.int32]]
) -> npt.NDArray[np.int32]:
    """The samples of a queue as they were when it was opened; ``opened`` names the opening."""
    return _open()


@st.cache_resource(max_entries=2000, show_spinner=False)
def sample(index: str, number: int, _read: Callable[[], Sample | None]) -> Sample | None:
    """A sample of an index by its number, as it is there: without its verdict."""
    return _read()


@st.cache_resource(max_entries=20_000, show_spinner=False)
def number(index: str, part: str, id_: str, _find: Callable[[], int | None]) -> int | None:
    """The number of a sample of an index by its part and id."""
    return _find()


@st.cache_resource(max_entries=2000, show_spinner=False)
def clauses(caption_hash: str, _cut: Callable[[], tuple[Clause, ...]]) -> tuple[Clause, ...]:
    """The clauses of a caption."""
    return _cut()


@st.cache_resource(max_entries=2000, show_spinner=False)
def label(
    file: str, stamp: int, source: str, video: str, _read: Callable[[], SampleLabel | None]
) -> SampleLabel | None:
    """What a table of labels, in one state, says of a sample."""
    return _read()


@st.cache_data(max_entries=64, show_spinner=False)
def drawn(name: str, frame: pd.DataFrame, *, mode: str, _draw: Callable[..., Picture]) -> Picture:
    """A picture of a table, drawn once for each name, content and theme."""
    return _draw(frame, mode=mode)


@st.cache_resource(max_entries=24, show_spinner=False)
def scores(folder: str, _read: "Callable[[], tuple[Scores, Counts] | None]") -> "tuple[Scores, Counts] | None":
    """The scores of a model, by the folder that is named by their content; read only."""
    return _read()


def forget_scores() -> None:
    """Forget the scores that are kept in memory."""
    scores.clear()


@st.cache_resource(max_entries=400, show_spinner=False)
def worked_out(index: str, verdicts: int, name: str, options: tuple[Any, ...], _work: Callable[[], Any]) -> Any:
    """What follows from the verdicts, worked out once for each index, last verdict, name and options; read only."""
    return _work()
