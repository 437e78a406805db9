"""The verdicts that stand, as Arrow tables: one scan in the order of the samples, so a million rows need no memory."""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from dfec_explore.reviews.standing import sample_verdict, taken_back
from dfec_explore.reviews.tables import REVIEWS

ROWS = REVIEWS.c

BATCH = 20_000
"""Rows of an Arrow batch, and rows fetched at once."""

SAMPLE_VERDICTS = pa.schema(
    [
        ("dataset", pa.string()),
        ("part", pa.string()),
        ("id", pa.string()),
        ("caption_hash", pa.string()),
        ("verdict", pa.string()),
        ("reviewers", pa.int64()),
    ]
)

REVIEWER_VERDICTS = pa.schema(
    [
        ("dataset", pa.string()),
        ("part", pa.string()),
        ("id", pa.string()),
        ("caption_hash", pa.string()),
        ("reviewer", pa.string()),
        ("verdict", pa.string()),
        ("sequence", pa.int64()),
        ("created_at", pa.timestamp("us", tz="UTC")),
    ]
)

_SCANNED = (ROWS.part, ROWS.sample_id, ROWS.caption_hash, ROWS.reviewer, ROWS.sequence, ROWS.verdict)
"""What a scan reads, in this order; an index holds it all, in the order of the scan."""

_of_sample = itemgetter(0, 1, 2)
_of_reviewer = itemgetter(0, 1, 2, 3)

Scanned = tuple[Any, ...]


def verdict_table(connection: sa.Connection, dataset: str, *, since_sequence: int = 0) -> pa.Table:
    """Return the verdict on each sample and caption hash, with columns as `SAMPLE_VERDICTS`.

    Args:
        connection: to the store.
        dataset: whose samples.
        since_sequence: only samples with a row after this place; those on which no verdict is left are then rows
            too, without a verdict and with 0 reviewers.
    """
    rows, gone = _scan(connection, _SCANNED, dataset, since_sequence)
    if not since_sequence:
        return _arrow(_judged_samples(_standing(rows, gone), dataset), SAMPLE_VERDICTS)
    changed = list(rows)
    judged = list(_judged_samples(_standing(changed, gone), dataset))
    unjudged = {_of_sample(row) for row in changed}.difference(row[1:4] for row in judged)
    return _arrow(iter([*judged, *((dataset, *sample, None, 0) for sample in sorted(unjudged))]), SAMPLE_VERDICTS)


def reviewer_verdict_table(connection: sa.Connection, dataset: str) -> pa.Table:
    """Return each reviewer's verdict on each sample and caption hash, with columns as `REVIEWER_VERDICTS`."""
    rows, gone = _scan(connection, (*_SCANNED, ROWS.created_at), dataset, 0)
    standing = _standing(rows, gone)
    return _arrow(((dataset, *row[:4], row[5], row[4], row[6]) for row in standing), REVIEWER_VERDICTS)


def retracted_ids(connection: sa.Connection, dataset: str | None, through_sequence: int | None) -> set[str]:
    """Return the row ids that do not count, as of a place in the sequence."""
    statement = sa.select(ROWS.row_id, ROWS.retracts).where(ROWS.retracts.is_not(None))
    if dataset is not None:
        statement = statement.where(ROWS.dataset == dataset)
    if through_sequence is not None:
        statement = statement.where(ROWS.sequence <= through_sequence)
    return taken_back(connection.execute(statement.order_by(ROWS.sequence.desc())))


def _scan(
    connection: sa.Connection, columns: Iterable[sa.Column[Any]], dataset: str, since_sequence: int
) -> tuple[Iterator[Scanned], set[int]]:
    """The rows sample by sample, reviewer by reviewer, newest first, and the sequence numbers that do not count."""
    end = connection.scalar(sa.select(sa.func.max(ROWS.sequence))) or 0
    wanted = sa.and_(ROWS.dataset == dataset, ROWS.sequence <= end)
    if since_sequence:
        changed = sa.select(ROWS.dataset, ROWS.part, ROWS.sample_id).where(ROWS.sequence > since_sequence)
        wanted = sa.and_(wanted, sa.tuple_(ROWS.dataset, ROWS.part, ROWS.sample_id).in_(changed.correlate(None)))
    gone = _gone(connection, wanted)
    order = (*_SCANNED[:4], ROWS.sequence.desc())
    statement = sa.select(*columns).where(wanted).order_by(*order).execution_options(yield_per=BATCH)
    return chain.from_iterable(connection.execute(statement).partitions()), gone


def _gone(connection: sa.Connection, wanted: sa.ColumnElement[bool]) -> set[int]:
    target = REVIEWS.alias("target")
    pairs = (
        sa.select(ROWS.sequence, target.c.sequence)
        .join(target, target.c.row_id == ROWS.retracts)
        .where(wanted)
        .order_by(ROWS.sequence.desc())
    )
    return taken_back(connection.execute(pairs))


def _standing(rows: Iterable[Scanned], gone: set[int]) -> Iterator[Scanned]:
    """Of each reviewer's rows on a sample, the newest verdict that counts."""
    last = None
    for row in rows:
        if row[5] is None or row[4] in gone:
            continue
        group = _of_reviewer(row)
        if group != last:
            last = group
            yield row


def _judged_samples(standing: Iterable[Scanned], dataset: str) -> Iterator[tuple[Any, ...]]:
    for sample, group in groupby(standing, _of_sample):
        verdicts = [row[5] for row in group]
        yield (dataset, *sample, sample_verdict(verdicts), len(verdicts))


def _arrow(rows: Iterator[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    batches = []
    while batch := list(islice(rows, BATCH)):
        columns = zip(*batch, strict=True)
        batches.append(pa.RecordBatch.from_arrays([*map(_array, columns, schema)], schema=schema))
    return pa.Table.from_batches(batches, schema)


def _array(values: tuple[Any, ...], field: pa.Field) -> pa.Array:
    if pa.types.is_timestamp(field.type):
        return pa.array(values, pa.string()).cast(field.type)
    return pa.array(values, field.type)
