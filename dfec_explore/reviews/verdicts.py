"""The verdicts that stand, as Arrow tables: one scan in the order of the samples, so a million rows need no memory."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from dfec_explore.reviews.modes import ADJUDICATION
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
        ("adjudicated", pa.bool_()),
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
        ("mode", pa.string()),
        ("plan", pa.string()),
        ("seconds", pa.float64()),
    ]
)

SCANNED = (
    ROWS.part,
    ROWS.sample_id,
    ROWS.caption_hash,
    ROWS.reviewer,
    ROWS.created_at,
    ROWS.sequence,
    ROWS.verdict,
    ROWS.mode,
)
"""What a scan reads first, in this order; an index holds it all, in the order of the scan."""

CREATED_AT, SEQUENCE, VERDICT, MODE = 4, 5, 6, 7
"""Places in a scanned row."""

of_sample = itemgetter(0, 1, 2)
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
    rows, gone = scan(connection, SCANNED, dataset, since_sequence)
    if not since_sequence:
        return arrow(_judged_samples(standing(rows, gone), dataset), SAMPLE_VERDICTS)
    changed = list(rows)
    judged = list(_judged_samples(standing(changed, gone), dataset))
    unjudged = {of_sample(row) for row in changed}.difference(row[1:4] for row in judged)
    left = ((dataset, *sample, None, 0, False) for sample in sorted(unjudged))
    return arrow(chain(judged, left), SAMPLE_VERDICTS)


def reviewer_verdict_table(connection: sa.Connection, dataset: str) -> pa.Table:
    """Return each reviewer's verdict on each sample and caption hash, with columns as `REVIEWER_VERDICTS`."""
    rows, gone = scan(connection, (*SCANNED, ROWS.plan, ROWS.seconds), dataset, 0)
    table = (
        (dataset, *row[:4], row[VERDICT], row[SEQUENCE], row[CREATED_AT], *row[MODE:]) for row in standing(rows, gone)
    )
    return arrow(table, REVIEWER_VERDICTS)


def retracted_ids(connection: sa.Connection, dataset: str | None, through_sequence: int | None) -> set[str]:
    """Return the row ids that do not count, as of a place in the sequence."""
    statement = sa.select(ROWS.row_id, ROWS.retracts).where(ROWS.retracts.is_not(None))
    if dataset is not None:
        statement = statement.where(ROWS.dataset == dataset)
    if through_sequence is not None:
        statement = statement.where(ROWS.sequence <= through_sequence)
    return taken_back(connection.execute(statement))


def retracted_among(connection: sa.Connection, row_ids: Iterable[str]) -> set[str]:
    """Return which of a few rows do not count; what retracts them is followed wherever it stands."""
    found = sa.select(ROWS.row_id, ROWS.retracts).where(ROWS.retracts.in_(list(row_ids))).cte(recursive=True)
    later = REVIEWS.alias("later")
    found = found.union(sa.select(later.c.row_id, later.c.retracts).where(later.c.retracts == found.c.row_id))
    return taken_back(connection.execute(sa.select(found.c.row_id, found.c.retracts)))


def scan(
    connection: sa.Connection, columns: Iterable[sa.Column[Any]], dataset: str, since_sequence: int
) -> tuple[Iterator[Scanned], set[int]]:
    """Read the rows sample by sample, reviewer by reviewer, newest first, and which of them do not count.

    Args:
        connection: to the store.
        columns: `SCANNED`, and more behind it.
        dataset: whose samples.
        since_sequence: only samples with a row after this place.

    Returns:
        The rows, and the sequence numbers that do not count.
    """
    end = connection.scalar(sa.select(sa.func.max(ROWS.sequence))) or 0
    # The sum keeps SQLite from choosing its index by sequence, which would read every row of the dataset.
    wanted = sa.and_(ROWS.dataset == dataset, ROWS.sequence + 0 <= end)
    if since_sequence:
        changed = sa.select(ROWS.dataset, ROWS.part, ROWS.sample_id).where(ROWS.sequence > since_sequence)
        wanted = sa.and_(wanted, sa.tuple_(ROWS.dataset, ROWS.part, ROWS.sample_id).in_(changed.correlate(None)))
    gone = _gone(connection, wanted)
    order = (*SCANNED[:4], ROWS.created_at.desc(), ROWS.sequence.desc())
    statement = sa.select(*columns).where(wanted).order_by(*order).execution_options(yield_per=BATCH)
    return chain.from_iterable(connection.execute(statement).partitions()), gone


def is_final(row: Scanned) -> bool:
    """Whether a scanned row is an adjudication."""
    return ADJUDICATION in row[MODE]


def standing(
    rows: Iterable[Scanned], gone: set[int], track: Callable[[Scanned], Hashable] = is_final
) -> Iterator[Scanned]:
    """Of each reviewer's rows on a caption, the newest verdict that counts, in each of its tracks.

    Args:
        rows: as `scan` gives them.
        gone: sequence numbers that do not count.
        track: what keeps verdicts of one reviewer on one caption apart.
    """
    reviewer, seen = None, set[Hashable]()
    for row in rows:
        if row[VERDICT] is None or row[SEQUENCE] in gone:
            continue
        if (group := _of_reviewer(row)) != reviewer:
            reviewer, seen = group, set()
        if (name := track(row)) not in seen:
            seen.add(name)
            yield row


def newest_final(rows: Iterable[Scanned]) -> Scanned | None:
    """Of the standing rows on one caption, the adjudication that settles it."""
    return max((row for row in rows if is_final(row)), key=itemgetter(CREATED_AT, SEQUENCE), default=None)


def _gone(connection: sa.Connection, wanted: sa.ColumnElement[bool]) -> set[int]:
    target = REVIEWS.alias("target")
    pairs = sa.select(ROWS.sequence, target.c.sequence).join(target, target.c.row_id == ROWS.retracts).where(wanted)
    return taken_back(connection.execute(pairs))


def _judged_samples(rows: Iterable[Scanned], dataset: str) -> Iterator[tuple[Any, ...]]:
    for sample, group in groupby(rows, of_sample):
        verdicts = list(group)
        final = newest_final(verdicts)
        ordinary = [row[VERDICT] for row in verdicts if not is_final(row)]
        verdict = sample_verdict(ordinary, final[VERDICT] if final else None)
        yield (dataset, *sample, verdict, len(ordinary), final is not None)


def with_changes(table: pa.Table, changes: pa.Table) -> pa.Table:
    """Bring a table of verdicts or judgements up to date.

    Args:
        table: as it was.
        changes: the same table of the samples that changed since.
    """
    left = table.filter(pc.invert(pc.is_in(_names(table), value_set=_names(changes))))
    return pa.concat_tables([left, changes.filter(pc.is_valid(changes["verdict"]))])


def _names(table: pa.Table) -> pa.Array:
    # No text in the store has a NUL.
    return pc.binary_join_element_wise(table["part"], table["id"], "\0").combine_chunks()


def arrow(rows: Iterable[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    """Collect rows in a table, batch by batch; moments are text as the store has it."""
    left, batches = iter(rows), []
    while batch := list(islice(left, BATCH)):
        columns = zip(*batch, strict=True)
        batches.append(pa.RecordBatch.from_arrays([*map(_array, columns, schema)], schema=schema))
    return pa.Table.from_batches(batches, schema)


def _array(values: tuple[Any, ...], field: pa.Field) -> pa.Array:
    if pa.types.is_timestamp(field.type):
        return pa.array(values, pa.string()).cast(field.type)
    return pa.array(values, field.type)
