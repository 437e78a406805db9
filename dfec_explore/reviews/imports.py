"""Taking in reviews: rows are merged by their id, and nothing is overwritten.

A row keeps the time at which it was given; its place in the sequence is one of this store. Since the newest verdict by
time stands, an imported row that is older than one that is here is history, and a newer one takes its place; the
clocks of the machines decide.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import sqlalchemy as sa

from dfec_explore.reviews.engine import writing
from dfec_explore.reviews.failures import telling
from dfec_explore.reviews.kinds import REVIEW_ROWS, AnyReview, RowKind
from dfec_explore.reviews.reading import Read, read_reviews
from dfec_explore.reviews.records import timestamp
from dfec_explore.reviews.store import ReviewStore

BATCH = 2_000
"""Records of one transaction."""

MAX_PROBLEMS = 1_000
"""Problems of a kind that a report tells one by one; all are counted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A record that was not taken in."""

    place: str
    """Where it stands: "line 3"."""
    row_id: str
    what: str


@dataclass(slots=True)
class ImportReport:
    """What became of the records of an import; asked to import the same again, all of ``added`` are ``known``."""

    read: int = 0
    added: int = 0
    known: int = 0
    """Rows that were here already, with the same content."""
    conflicting: int = 0
    """Rows whose id another review has here; that one stays."""
    invalid: int = 0
    conflicts: list[Problem] = field(default_factory=list)
    """The first `MAX_PROBLEMS` of them."""
    refused: list[Problem] = field(default_factory=list)
    """The first `MAX_PROBLEMS` of the invalid ones."""
    plans_added: int = 0
    plans_renamed: dict[str, str] = field(default_factory=dict)
    """Name there -> name here, of plans whose name another plan has here."""


def import_reviews(
    store: ReviewStore, source: BinaryIO | Path, *, format: str | None = None, kind: RowKind = REVIEW_ROWS
) -> ImportReport:
    """Take in an export of reviews; a record that does not fit is reported, and the others are taken in.

    Importing again what was imported changes nothing, so an import that broke off is simply started again.

    Args:
        store: where to.
        source: a stream, or a file.
        format: ``jsonl``, ``csv`` or ``parquet``; by default what the file's ending says.
        kind: verdicts on captions, or on flags.

    Raises:
        StoreError: the format is unknown, reading failed, or the database did; batches before that are in.
    """
    return take_in(store, read_reviews(source, format=format, kind=kind), ImportReport(), kind)


def take_in(
    store: ReviewStore, records: Iterator[Read], report: ImportReport, kind: RowKind = REVIEW_ROWS
) -> ImportReport:
    """Take in records as they are read, and count them in a report, which is returned.

    Raises:
        StoreError: reading or the database failed; batches before that are in.
    """
    work = _Import(store, report, kind)
    while batch := list(islice(records, BATCH)):
        report.read += len(batch)
        work.take(batch)
    work.finish()
    return report


class _Import:
    """An import under way; what takes back a row that is still to come waits for it."""

    def __init__(self, store: ReviewStore, report: ImportReport, kind: RowKind) -> None:
        self._store, self._report, self._kind = store, report, kind
        self._waiting: dict[str, list[Read]] = {}
        """Retractions, by the id of the row that they take back."""
        self._conflicting: set[str] = set()
        self._retracted: set[str] = set()

    def take(self, batch: Sequence[Read]) -> None:
        """Take in a batch in one transaction."""
        valid = [read for read in batch if read.review is not None]
        for read in batch:
            if read.review is None:
                self._refuse(read, read.problem)
        with telling(f"import the {self._kind.name}"), writing(self._store.engine) as connection:
            stored = self._stored_rows(connection, valid)
            self._retracted = self._retracted_here(connection, valid)
            if rows := [row for read in valid if (row := self._new_row(read, stored)) is not None]:
                connection.execute(self._kind.table.insert(), rows)
        # Counted once the database has them.
        self._report.added += len(rows)

    def finish(self) -> None:
        """Take in what waited for rows that came later, and refuse what waited in vain."""
        with telling(f"import the {self._kind.name}"), self._store.engine.connect() as connection:
            here = self._existing(connection, self._waiting)
        ready = [read for target in sorted(here) for read in self._waiting.pop(target)]
        for read in ready:
            ready += self._waiting.pop(read.row_id, [])
        for start in range(0, len(ready), BATCH):
            self.take(ready[start : start + BATCH])
        for target, reads in self._waiting.items():
            for read in reads:
                self._refuse(read, f"it takes back {target!r}, which is neither here nor in the import")

    def _new_row(self, read: Read, stored: dict[str, AnyReview]) -> dict[str, Any] | None:
        """The values of a row to be written; None where it is known, does not fit, or has to wait."""
        review = read.review
        assert review is not None
        if (known := stored.get(review.row_id)) is not None:
            self._compare(read, review, known)
            return None
        if review.retracts is not None:
            target = stored.get(review.retracts)
            if target is None:
                self._waiting.setdefault(review.retracts, []).append(read)
                return None
            if not self._kind.may_retract(review, target) or target.row_id in self._conflicting:
                self._refuse(read, f"it takes back {review.retracts!r}, which is another review here")
                return None
            if review.retracts in self._retracted:
                self._report.known += 1
                return None
            if self._kind.is_retracted_once:
                self._retracted.add(review.retracts)
        stored[review.row_id] = review
        return {**self._kind.to_row(review), "created_at": timestamp(review.created_at or datetime.now(UTC))}

    def _compare(self, read: Read, review: AnyReview, known: AnyReview) -> None:
        if self._kind.to_row(known) == self._kind.to_row(review):
            self._report.known += 1
            return
        self._conflicting.add(review.row_id)
        self._report.conflicting += 1
        if len(self._report.conflicts) < MAX_PROBLEMS:
            other = f"{known.reviewer}'s, of {known.key}"
            self._report.conflicts.append(Problem(read.place, read.row_id, f"the review with its id here is {other}"))

    def _refuse(self, read: Read, what: str) -> None:
        self._report.invalid += 1
        if len(self._report.refused) < MAX_PROBLEMS:
            self._report.refused.append(Problem(read.place, read.row_id, what))

    def _stored_rows(self, connection: sa.Connection, reads: Iterable[Read]) -> dict[str, AnyReview]:
        """The rows of these ids, and those that they take back, as far as the store has them."""
        ids = {name for read in reads if read.review for name in (read.review.row_id, read.review.retracts) if name}
        table = self._kind.table
        rows = connection.execute(sa.select(table).where(table.c.row_id.in_(sorted(ids)))).mappings()
        return {row["row_id"]: self._kind.from_row(row) for row in rows}

    def _retracted_here(self, connection: sa.Connection, reads: Iterable[Read]) -> set[str]:
        """Which of the rows that these take back were taken back already, where that can be so once."""
        if not self._kind.is_retracted_once:
            return set()
        targets = {read.review.retracts for read in reads if read.review and read.review.retracts}
        column = self._kind.table.c.retracts
        return set(connection.scalars(sa.select(column).where(column.in_(sorted(targets)))))

    def _existing(self, connection: sa.Connection, ids: Iterable[str]) -> set[str]:
        column = self._kind.table.c.row_id
        found, left = set[str](), iter(ids)
        while batch := list(islice(left, BATCH)):
            found.update(connection.scalars(sa.select(column).where(column.in_(batch))))
        return found
