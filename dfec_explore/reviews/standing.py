"""Which rows count: undo, redo, the verdict that stands, and the final one.

A row *counts* if no row that counts retracts it. Undo appends a row that retracts a verdict; redo appends a row that
retracts that retraction. Each row retracts one row at most and never, by a detour, itself, so this is well defined
in whatever order the rows arrived. Nothing is ever changed or removed.

Of a reviewer's verdicts on a caption that count, the newest *stands*. Newest is meant by time, so that rows from
another database find their place among those that are here; rows of one moment stand in the store's order. A final
verdict (an adjudication) stands beside its reviewer's ordinary one.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from dfec_explore.model import Review, SampleKey
from dfec_explore.reviews.modes import is_adjudication

DISPUTED = "disputed"
"""The verdict on a sample whose reviewers disagree, while nobody has settled it."""

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


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
        retractions: of every retracting row, in any order, its name and the name of what it retracts; rows may be
            named by row id or by sequence.
    """
    # Not dict(): it takes a cursor for a mapping.
    target_of = {row: target for row, target in retractions}
    undecided = Counter(target_of.values())
    decided = [row for row in target_of if row not in undecided]
    gone: set[RowName] = set()
    for row in decided:
        target = target_of.get(row)
        if target is None:
            continue
        if row not in gone:
            gone.add(target)
        undecided[target] -= 1
        if not undecided[target]:
            # All that retracts it has been looked at; the loop comes to it in its turn.
            decided.append(target)
    return gone


def history_entries(newest_first: Sequence[Review], gone: set[str]) -> list[HistoryEntry]:
    """Say of each row whether it counts, given the row ids of those that do not."""
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
    """Return each reviewer's verdict on each (sample, caption hash): the newest that counts, oldest first.

    A final verdict and an ordinary one of the same reviewer are both there.

    Args:
        reviews: rows as the store gives them, none left out.
    """
    rows = sorted(reviews, key=lambda row: row.created_at or _LONG_AGO)
    gone = taken_back((row.row_id, row.retracts) for row in rows if row.retracts)
    last: dict[tuple[SampleKey, str, str, bool], Review] = {}
    for row in rows:
        if row.verdict and row.row_id not in gone:
            key = (row.key, row.caption_hash, row.reviewer, is_adjudication(row.mode))
            last.pop(key, None)
            last[key] = row
    return list(last.values())


def sample_verdict(verdicts: Iterable[str], final: str | None = None) -> str | None:
    """Return the verdict on a sample: the final one, else the unanimous one of its reviewers, else ``disputed``.

    None if there is none.

    Args:
        verdicts: of its reviewers, one each.
        final: of the newest adjudication that stands.
    """
    if final is not None:
        return str(final)
    distinct = set(verdicts)
    if len(distinct) > 1:
        return DISPUTED
    return str(distinct.pop()) if distinct else None
