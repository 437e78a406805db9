"""What reviewers say of flags: rows that stay, and the verdicts that stand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from dfec_explore.errors import StoreError
from dfec_explore.model import FlagReview
from dfec_explore.reviews.engine import writing
from dfec_explore.reviews.failures import telling
from dfec_explore.reviews.flag_records import from_row, to_row
from dfec_explore.reviews.records import timestamp
from dfec_explore.reviews.store import ReviewStore
from dfec_explore.reviews.tables import FLAG_REVIEWS

ROWS = FLAG_REVIEWS.c
PAGE = 1_000
"""Rows that are read at once."""

STANDING = pa.schema(
    [
        ("part", pa.string()),
        ("id", pa.string()),
        ("caption_hash", pa.string()),
        ("check", pa.string()),
        ("verdict", pa.string()),
        ("reviewer", pa.string()),
        ("reason", pa.string()),
        ("row_id", pa.string()),
        ("created_at", pa.string()),
    ]
)
"""The verdict that stands on a check's flags on a caption: the newest one that was not taken back."""


def save_flag_review(store: ReviewStore, review: FlagReview) -> FlagReview:
    """Append a verdict on a flag, and return it with its place and time once it is on the disk.

    The row id makes a retry safe: a row that is already there is returned, not written again.

    Raises:
        StoreError: the verdict does not fit its bounds, or another one has its row id.
    """
    if review.verdict is None or review.retracts is not None:
        raise _unsaved("it has no verdict", "Dismiss or confirm the flag.")
    return _append(store, review)


def retract_flag_review(store: ReviewStore, row_id: str, *, reviewer: str, new_row_id: str) -> FlagReview:
    """Append a row that takes back a verdict on a flag; anybody may, as the flag is everybody's.

    Raises:
        StoreError: there is no such verdict, or it was taken back already.
    """
    with telling("read the verdict on a flag"), store.engine.connect() as connection:
        found = _find(connection, row_id)
    if found is None or found.verdict is None:
        raise _unsaved(f"there is no verdict on a flag with the row id {row_id!r}", "Reload the page.")
    taken_back = replace(
        found, row_id=new_row_id, reviewer=reviewer, verdict=None, reason="", retracts=row_id, created_at=None
    )
    return _append(store, taken_back)


def flag_reviews(store: ReviewStore, dataset: str | None = None) -> Iterator[FlagReview]:
    """Read all rows as of now in the order of the store, retracted ones and retractions included; memory stays flat."""
    end, place = last_flag_sequence(store), 0
    wanted = sa.true() if dataset is None else ROWS.dataset == dataset
    while place < end:
        condition = sa.and_(wanted, ROWS.sequence > place, ROWS.sequence <= end)
        statement = sa.select(FLAG_REVIEWS).where(condition).order_by(ROWS.sequence).limit(PAGE)
        with telling("read its verdicts on flags"), store.engine.connect() as connection:
            page = [from_row(dict(row)) for row in connection.execute(statement).mappings()]
        yield from page
        place = page[-1].sequence or end if len(page) == PAGE else end


def retracted_flag_ids(store: ReviewStore) -> set[str]:
    """The ids of the rows that were taken back."""
    with telling("read its verdicts on flags"), store.engine.connect() as connection:
        return set(connection.scalars(sa.select(ROWS.retracts).where(ROWS.retracts.is_not(None))))


def last_flag_sequence(store: ReviewStore) -> int:
    """The place of the newest row, 0 if there is none: unchanged, everything else is unchanged too."""
    with telling("read its verdicts on flags"), store.engine.connect() as connection:
        return connection.scalar(sa.select(sa.func.max(ROWS.sequence))) or 0


def flag_verdicts(store: ReviewStore, dataset: str) -> pa.Table:
    """The verdicts on flags of a dataset that stand, with columns as ``STANDING``."""
    back = sa.select(ROWS.retracts).where(ROWS.dataset == dataset, ROWS.retracts.is_not(None))
    statement = (
        sa.select(
            ROWS.part,
            ROWS.sample_id,
            ROWS.caption_hash,
            ROWS.check_id,
            ROWS.verdict,
            ROWS.reviewer,
            ROWS.reason,
            ROWS.row_id,
            ROWS.created_at,
        )
        .where(ROWS.dataset == dataset, ROWS.verdict.is_not(None), ROWS.row_id.not_in(back))
        .order_by(ROWS.created_at, ROWS.sequence)
    )
    with telling("read its verdicts on flags"), store.engine.connect() as connection:
        newest = {tuple(row[:4]): tuple(row) for row in connection.execute(statement)}
    columns = list(zip(*newest.values(), strict=True)) or [()] * len(STANDING)
    return pa.Table.from_arrays([pa.array(column, pa.string()) for column in columns], schema=STANDING)


def _append(store: ReviewStore, review: FlagReview) -> FlagReview:
    row = to_row(review)
    with telling("save the verdict on a flag"), writing(store.engine) as connection:
        stored = _find(connection, review.row_id)
        if stored is None:
            if review.retracts is not None and _is_retracted(connection, review.retracts):
                raise _unsaved("it was taken back already", "Reload the page.")
            now = _next_moment(connection, row)
            insert = FLAG_REVIEWS.insert().values(**row, created_at=timestamp(now)).returning(ROWS.sequence)
            return replace(review, sequence=connection.scalar(insert), created_at=now)
    if to_row(stored) != row:
        raise _unsaved(f"another one has the row id {review.row_id!r}", "Save it again under a new row id.")
    return stored


def _next_moment(connection: sa.Connection, row: dict[str, Any]) -> datetime:
    """The time now, but later than that of any row on the same sample: the newest by time stands."""
    of_sample = [ROWS[name] == row[name] for name in ("dataset", "part", "sample_id")]
    newest = connection.scalar(sa.select(sa.func.max(ROWS.created_at)).where(*of_sample))
    now = datetime.now(UTC)
    return now if newest is None else max(now, datetime.fromisoformat(newest) + timedelta(microseconds=1))


def _find(connection: sa.Connection, row_id: str) -> FlagReview | None:
    row = connection.execute(sa.select(FLAG_REVIEWS).where(ROWS.row_id == row_id)).mappings().first()
    return None if row is None else from_row(dict(row))


def _is_retracted(connection: sa.Connection, row_id: str) -> bool:
    return connection.scalar(sa.select(sa.func.count()).where(ROWS.retracts == row_id)) != 0


def _unsaved(problem: str, remedy: str) -> StoreError:
    return StoreError("save the verdict on a flag", problem, remedy)
