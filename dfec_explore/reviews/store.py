"""The store of reviews: rows come in one by one and stay; what stands now is asked for in whole tables."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from dfec_explore.errors import StoreError
from dfec_explore.model import Review, SampleKey
from dfec_explore.reviews import judgements, migrations, tables, verdicts
from dfec_explore.reviews.engine import make_engine, writing
from dfec_explore.reviews.failures import telling
from dfec_explore.reviews.records import from_row, normalised, timestamp, to_row
from dfec_explore.reviews.standing import HistoryEntry, history_entries

PAGE = 1_000
"""Rows that are read at once: memory stays flat, and no transaction stays open while a caller works."""

BUSY_SECONDS = 10.0
"""How long a writer waits for another one; a save takes some milliseconds."""

ROWS = tables.REVIEWS.c


def open_store(url: str, *, busy_seconds: float = BUSY_SECONDS) -> "ReviewStore":
    """Open the store of reviews, make it if it is not there, and bring its tables up to date.

    Several processes may do so at once.

    Args:
        url: ``sqlite:///FILE`` (folders are made, the file is readable by its owner alone) or
            ``postgresql+psycopg://USER@HOST/NAME``.
        busy_seconds: how long a writer waits for another one.

    Raises:
        StoreError: the address is wrong, the database cannot be reached or used, or a newer version wrote it.
    """
    with telling("open its database"):
        engine = make_engine(url, busy_seconds=busy_seconds)
        with ExitStack() as unless_opened:
            unless_opened.callback(engine.dispose)
            migrations.migrate(engine)
            unless_opened.pop_all()
    return ReviewStore(engine)


class ReviewStore:
    """Append-only reviews in a database; made by `open_store`, safe to use from any thread.

    Every method opens its own connection (PostgreSQL: takes it from a pool) and raises `StoreError` when the
    database fails; what was returned by then is on the disk, and nothing is half-written.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    @property
    def engine(self) -> sa.Engine:
        """The database, for the other parts of this room."""
        return self._engine

    def close(self) -> None:
        """Close the pool's connections."""
        self._engine.dispose()

    def migrations(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the names of the migrations that were applied, and of those that are still to come."""
        with telling("read its migrations"), self._engine.connect() as connection:
            return migrations.applied(connection), migrations.pending(connection)

    def save(self, review: Review) -> Review:
        """Append a review, and return it with its place in the sequence and its time once it is on the disk.

        The row id makes a retry safe: a row that is already there is returned, not written again. The time is that
        of the clock here, but later than that of any row on the same sample: a clock that was set back makes no
        verdict older than the one it changes.

        Args:
            review: has a verdict, or the row id of one of the reviewer's own rows that it retracts, or both;
                ``sequence`` and ``created_at`` are ignored, and the tokens of ``mode`` are put in order.

        Raises:
            StoreError: the review does not fit its bounds, another review has its row id, or what it retracts is
                missing, another reviewer's, of another sample, or taken back already.
        """
        review = normalised(review)
        row = to_row(review)
        with telling("save the review"), writing(self._engine) as connection:
            stored = _find(connection, review.row_id)
            if stored is None:
                _check_retraction(connection, review)
                now = _next_moment(connection, review.key)
                insert = tables.REVIEWS.insert().values(**row, created_at=timestamp(now)).returning(ROWS.sequence)
                return replace(review, sequence=connection.scalar(insert), created_at=now)
        if to_row(stored) != row:
            raise StoreError(
                "save the review",
                f"another review has the row id {review.row_id!r}",
                "Save it again under a new row id.",
            )
        return stored

    def retract(self, row_id: str, *, reviewer: str, new_row_id: str) -> Review:
        """Append a row that takes back one of the reviewer's own: undo of a verdict, redo of an undo.

        Args:
            row_id: the row to take back.
            reviewer: who does so.
            new_row_id: made by the client; a retry with it is still one row.

        Raises:
            StoreError: as in `save`.
        """
        with telling("take back the review"), self._engine.connect() as connection:
            target = _find(connection, row_id)
        if target is None:
            raise _no_retraction(f"there is no review with the row id {row_id!r}", "Reload the page.")
        return self.save(
            Review(
                row_id=new_row_id,
                key=target.key,
                caption_hash=target.caption_hash,
                reviewer=reviewer,
                verdict=None,
                retracts=row_id,
            )
        )

    def last_sequence(self) -> int:
        """Return the place of the newest row, 0 if there is none: unchanged, everything else is unchanged too."""
        with telling("read its state"), self._engine.connect() as connection:
            return connection.scalar(sa.select(sa.func.max(ROWS.sequence))) or 0

    def reviews(
        self,
        *,
        key: SampleKey | None = None,
        dataset: str | None = None,
        reviewer: str | None = None,
        since_sequence: int = 0,
        through_sequence: int | None = None,
        limit: int | None = None,
    ) -> Iterator[Review]:
        """Read rows in the order of the store, retracted ones and retractions included; memory stays flat.

        Args:
            key: only of this sample.
            dataset: only of this dataset.
            reviewer: only of this reviewer.
            since_sequence: only rows after this place.
            through_sequence: only rows up to this place; the newest one at the first step by default.
            limit: at most so many.
        """
        wanted = _condition(key, dataset, reviewer)
        end = self.last_sequence() if through_sequence is None else through_sequence
        place, left = since_sequence, limit
        while left is None or left > 0:
            size = PAGE if left is None else min(PAGE, left)
            page = self._page(sa.and_(wanted, ROWS.sequence > place, ROWS.sequence <= end), size)
            yield from page
            if len(page) < size:
                return
            place = page[-1].sequence or place
            left = None if left is None else left - size

    def history(self, dataset: str, reviewer: str, limit: int = 100) -> list[HistoryEntry]:
        """Return a reviewer's newest rows by time, newest first, each with whether it still counts."""
        statement = (
            sa.select(tables.REVIEWS)
            .where(_condition(None, dataset, reviewer))
            .order_by(ROWS.created_at.desc(), ROWS.sequence.desc())
            .limit(limit)
        )
        with telling("read the history"), self._engine.connect() as connection:
            newest = [from_row(row) for row in connection.execute(statement).mappings()]
            return history_entries(newest, verdicts.retracted_among(connection, [row.row_id for row in newest]))

    def retracted_ids(self, dataset: str | None = None, *, through_sequence: int | None = None) -> set[str]:
        """Return the row ids that do not count, because a row that counts retracts them."""
        with telling("read what was taken back"), self._engine.connect() as connection:
            return verdicts.retracted_ids(connection, dataset, through_sequence)

    def verdict_table(self, dataset: str, *, since_sequence: int = 0) -> pa.Table:
        """Return the verdict on each judged sample.

        It is the newest adjudication, else the unanimous verdict of its reviewers, else ``disputed``. Columns:
        dataset, part, id, caption_hash, verdict, reviewers (how many judged it, adjudications apart), adjudicated.
        One row for each caption hash of a sample: who joins by hash leaves out verdicts on a caption that has
        changed.

        Args:
            dataset: whose samples.
            since_sequence: only samples with a row after this place, to bring an older table up to date; one on
                which no verdict is left is then there too, with null as its verdict and 0 reviewers.
        """
        with telling("read the verdicts"), self._engine.connect() as connection:
            return verdicts.verdict_table(connection, dataset, since_sequence=since_sequence)

    def reviewer_verdict_table(self, dataset: str) -> pa.Table:
        """Return each reviewer's verdict on each sample: the newest that counts for that caption hash.

        Columns: dataset, part, id, caption_hash, reviewer, verdict, sequence, created_at, mode, plan, seconds. A
        reviewer's adjudication is a row of its own.
        """
        with telling("read the verdicts"), self._engine.connect() as connection:
            return verdicts.reviewer_verdict_table(connection, dataset)

    def judgement_table(self, dataset: str, *, since_sequence: int = 0) -> pa.Table:
        """Return every judgement that stands, for rates and agreement.

        Columns: part, id, caption_hash, reviewer, verdict, adjudication, plan, mode, reasons (list), seconds,
        watched, sequence, created_at, standing. Where ``standing`` is false the reviewer has judged the caption
        again since, outside the plan of that row: it then stands in its plan alone.

        Args:
            dataset: whose samples.
            since_sequence: only samples with a row after this place, each with all its rows; one on which nothing
                is left is a row with null as its reviewer and verdict.
        """
        with telling("read the judgements"), self._engine.connect() as connection:
            return judgements.judgement_table(connection, dataset, since_sequence=since_sequence)

    def _page(self, condition: sa.ColumnElement[bool], size: int) -> list[Review]:
        statement = sa.select(tables.REVIEWS).where(condition).order_by(ROWS.sequence).limit(size)
        with telling("read the reviews"), self._engine.connect() as connection:
            return [from_row(row) for row in connection.execute(statement).mappings()]


def _condition(key: SampleKey | None, dataset: str | None, reviewer: str | None) -> sa.ColumnElement[bool]:
    wanted: dict[str, Any] = {"dataset": dataset, "reviewer": reviewer}
    condition = sa.and_(sa.true(), *(ROWS[name] == value for name, value in wanted.items() if value is not None))
    if key is None:
        return condition
    return sa.and_(condition, ROWS.dataset == key.dataset, ROWS.part == key.part, ROWS.sample_id == key.id)


def _find(connection: sa.Connection, row_id: str) -> Review | None:
    row = connection.execute(sa.select(tables.REVIEWS).where(ROWS.row_id == row_id)).mappings().one_or_none()
    return None if row is None else from_row(row)


def _next_moment(connection: sa.Connection, key: SampleKey) -> datetime:
    newest = connection.scalar(sa.select(sa.func.max(ROWS.created_at)).where(_condition(key, None, None)))
    now = datetime.now(UTC)
    return now if newest is None else max(now, datetime.fromisoformat(newest) + timedelta(microseconds=1))


def _check_retraction(connection: sa.Connection, review: Review) -> None:
    if review.retracts is None:
        return
    target = _find(connection, review.retracts)
    if target is None:
        raise _no_retraction(f"there is no review with the row id {review.retracts!r}", "Reload the page.")
    if target.reviewer != review.reviewer:
        raise _no_retraction(f"it is {target.reviewer}'s, not {review.reviewer}'s", "Give a verdict of your own.")
    if target.key != review.key:
        raise _no_retraction(f"it is of the sample {target.key}, not of {review.key}", "Take it back from there.")
    if target.row_id in verdicts.retracted_among(connection, [target.row_id]):
        raise _no_retraction("it was taken back already", "Reload the page to see what stands.")


def _no_retraction(problem: str, remedy: str) -> StoreError:
    return StoreError("take back the review", problem, remedy)
