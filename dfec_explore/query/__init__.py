"""Questions to an index: filters in, typed results and DataFrames out."""

from dfec_explore.query.explorer import Explorer, open_explorer
from dfec_explore.query.filters import EMPTY, NOT_STATED, Filters, Vocabulary, describe, sentence
from dfec_explore.query.links import Parsed, from_params, to_params

__all__ = [
    "EMPTY",
    "NOT_STATED",
    "Explorer",
    "Filters",
    "Parsed",
    "Vocabulary",
    "describe",
    "from_params",
    "open_explorer",
    "sentence",
    "to_params",
]
