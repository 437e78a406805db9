"""The kinds of rows that leave the store and come in: verdicts on captions, verdicts on flags."""

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from dfec_explore.model import FlagReview, Review
from dfec_explore.reviews import flag_records, records
from dfec_explore.reviews.flag_reviews import flag_reviews, retracted_flag_ids
from dfec_explore.reviews.store import ReviewStore
from dfec_explore.reviews.tables import FLAG_REVIEWS, REVIEWS

AnyReview = Review | FlagReview


@dataclass(frozen=True, slots=True)
class RowKind:
    """How rows of a kind are written to files, read from them, and merged."""

    name: str
    """In messages: "reviews"."""
    table: sa.Table
    schema: pa.Schema
    """Columns of the Parquet export, in the order of every export; ``counts`` is the last one."""
    fields: tuple[str, ...]
    """The fields of a record: the columns without ``counts``."""
    lists: frozenset[str]
    """Fields that are JSON in a cell of CSV."""
    required: tuple[str, ...]
    """Columns without which a table holds no such rows."""
    read: Callable[[ReviewStore, str | None], tuple[Iterator[AnyReview], Set[str]]]
    """The rows as of now, of a dataset or of all, in the order of the store, and the ids of those taken back."""
    to_record: Callable[[Any], dict[str, Any]]
    from_record: Callable[[Mapping[str, Any]], AnyReview]
    to_row: Callable[[Any], dict[str, Any]]
    from_row: Callable[[Any], AnyReview]
    may_retract: Callable[[Any, Any], bool]
    """(a retraction, the row that it takes back): whether it may."""
    is_retracted_once: bool
    """Whether the table holds one retraction of a row at most; a second one says nothing new."""


_OF_WHAT = [
    ("sequence", pa.int64()),
    ("row_id", pa.string()),
    ("created_at", pa.timestamp("us", tz="UTC")),
    ("dataset", pa.string()),
    ("part", pa.string()),
    ("id", pa.string()),
    ("caption_hash", pa.string()),
]
"""Columns that rows of every kind have: which row it is, and of which caption."""

_REVIEW_SCHEMA = pa.schema(
    [
        *_OF_WHAT,
        ("reviewer", pa.string()),
        ("verdict", pa.string()),
        ("reasons", pa.list_(pa.string())),
        ("note", pa.string()),
        ("corrected_caption", pa.string()),
        ("mode", pa.string()),
        ("plan", pa.string()),
        ("seconds", pa.float64()),
        ("watched", pa.float64()),
        ("spans", pa.list_(pa.list_(pa.int64()))),
        ("parts", pa.map_(pa.string(), pa.string())),
        ("retracts", pa.string()),
        ("counts", pa.bool_()),
    ]
)
_FLAG_SCHEMA = pa.schema(
    [
        *_OF_WHAT,
        ("check", pa.string()),
        ("reviewer", pa.string()),
        ("verdict", pa.string()),
        ("reason", pa.string()),
        ("retracts", pa.string()),
        ("counts", pa.bool_()),
    ]
)


def _reviews(store: ReviewStore, dataset: str | None) -> tuple[Iterator[Review], Set[str]]:
    end = store.last_sequence()
    gone = store.retracted_ids(dataset, through_sequence=end)
    return store.reviews(dataset=dataset, through_sequence=end), gone


def _flag_reviews(store: ReviewStore, dataset: str | None) -> tuple[Iterator[FlagReview], Set[str]]:
    return flag_reviews(store, dataset), retracted_flag_ids(store)


def _own_row(retraction: Review, target: Review) -> bool:
    return (target.reviewer, target.key) == (retraction.reviewer, retraction.key)


def _same_flag(retraction: FlagReview, target: FlagReview) -> bool:
    # A flag is everybody's: anybody may take back what was said of it.
    same = (target.key, target.caption_hash, target.check) == (
        retraction.key,
        retraction.caption_hash,
        retraction.check,
    )
    return same and target.verdict is not None


REVIEW_ROWS = RowKind(
    name="reviews",
    table=REVIEWS,
    schema=_REVIEW_SCHEMA,
    fields=records.FIELDS,
    lists=frozenset({"reasons", "spans", "parts"}),
    required=("row_id", "dataset", "part", "id", "caption_hash", "reviewer"),
    read=_reviews,
    to_record=records.to_record,
    from_record=records.from_record,
    to_row=records.to_row,
    from_row=records.from_row,
    may_retract=_own_row,
    is_retracted_once=False,
)
FLAG_ROWS = RowKind(
    name="verdicts on flags",
    table=FLAG_REVIEWS,
    schema=_FLAG_SCHEMA,
    fields=flag_records.FIELDS,
    lists=frozenset(),
    required=("row_id", "dataset", "part", "id", "caption_hash", "check", "reviewer"),
    read=_flag_reviews,
    to_record=flag_records.to_record,
    from_record=flag_records.from_record,
    to_row=flag_records.to_row,
    from_row=flag_records.from_row,
    may_retract=_same_flag,
    is_retracted_once=True,
)
KINDS = {"reviews": REVIEW_ROWS, "flags": FLAG_ROWS}
"""By the name that the command line has for them."""
