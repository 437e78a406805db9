"""Which rows count: undo, redo, and the verdict that stands.

A row *counts* if no row that counts retracts it. Rows retract earlier rows only, so this is well defined: the newest
row counts; going backwards, each row is decided by those after it. Undo appends a row that retracts a verdict; redo
appends a row that retracts that retraction. Nothing is ever changed or removed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from dfec_explore.model import Review, SampleKey

DISPUTED = "disputed"
"""The verdict on a sample whose reviewers disagree."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One row of a reviewer's own history."""

    review: Review
    counts: bool
    """False if it was taken back."""


RowName = TypeVar("RowName", str, int)


def taken_back(retractions: Iterable[tuple[RowName, RowName]]) -> set[RowName]:
    """Find the rows that do not count.

    Args:
        retractions: of every retracting row, newest first, its name and the name of what it retracts; rows may be
            named by row id or by sequence.
    """
    gone: set[RowName] = set()
    for row_id, target in retractions:
        if row_id not in gone:
            gone.add(target)
    return gone


def history_entries(newest_first: Sequence[Review]) -> list[HistoryEntry]:
    """Say of each row whether it counts, given all rows that came after it."""
    gone = taken_back((review.row_id, review.retracts) for review in newest_first if review.retracts)
    return [HistoryEntry(review, review.row_id not in gone) for review in newest_first]


def undoable(newest_first: Sequence[HistoryEntry]) -> Review | None:
    """Return the verdict that undo takes back: the newest that counts."""
    return next((entry.review for entry in newest_first if entry.counts and entry.review.verdict), None)


def redoable(newest_first: Sequence[HistoryEntry]) -> Review | None:
    """Return the retraction that redo takes back: the newest undo that counts, unless a verdict was given since."""
    verdicts = {entry.review.row_id for entry in newest_first if entry.review.verdict}
    for entry in newest_first:
        if entry.review.verdict:
            return None
        if entry.counts and entry.review.retracts in verdicts:
            return entry.review
    return None


def current_verdicts(reviews: Iterable[Review]) -> list[Review]:
    """Return each reviewer's verdict on each (sample, caption hash): the last that counts, oldest first.

    Args:
        reviews: rows as the store gives them, oldest first, none left out.
    """
    rows = list(reviews)
    gone = taken_back((row.row_id, row.retracts) for row in reversed(rows) if row.retracts)
    last: dict[tuple[SampleKey, str, str], Review] = {}
    for row in rows:
        if row.verdict and row.row_id not in gone:
            key = (row.key, row.caption_hash, row.reviewer)
            last.pop(key, None)
            last[key] = row
    return list(last.values())


def sample_verdict(verdicts: Iterable[str]) -> str | None:
    """Return the verdict on a sample from those of its reviewers: the unanimous one, else ``disputed``.

    None if there is none.
    """
    distinct = set(verdicts)
    if len(distinct) > 1:
        return DISPUTED
    return str(distinct.pop()) if distinct else None
