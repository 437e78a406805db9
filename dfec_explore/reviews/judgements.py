"""Every judgement that stands, as one table: what progress, rates and agreement are worked out from."""

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from dfec_explore.reviews import verdicts
from dfec_explore.reviews.verdicts import CREATED_AT, MODE, ROWS, SCANNED, SEQUENCE, VERDICT, Scanned

JUDGEMENTS = pa.schema(
    [
        ("part", pa.string()),
        ("id", pa.string()),
        ("caption_hash", pa.string()),
        ("reviewer", pa.string()),
        ("verdict", pa.string()),
        ("adjudication", pa.bool_()),
        ("plan", pa.string()),
        ("mode", pa.string()),
        ("reasons", pa.list_(pa.string())),
        ("seconds", pa.float64()),
        ("watched", pa.float64()),
        ("sequence", pa.int64()),
        ("created_at", pa.timestamp("us", tz="UTC")),
        ("standing", pa.bool_()),
    ]
)

PLAN, REASONS, SECONDS, WATCHED = 8, 9, 10, 11
"""Places in a scanned row, behind those of `verdicts`."""

_COLUMNS = (*SCANNED, ROWS.plan, ROWS.reasons, ROWS.seconds, ROWS.watched)


def judgement_table(connection: sa.Connection, dataset: str, *, since_sequence: int = 0) -> pa.Table:
    """Return the judgements that stand, with columns as `JUDGEMENTS`.

    A reviewer's verdict on a caption stands, and so does what the reviewer said of it under each sampling plan: who
    judges a caption again outside a plan does not change the plan's random sample. ``standing`` is true of the
    former and false of a judgement that stands in its plan alone.

    Args:
        connection: to the store.
        dataset: whose samples.
        since_sequence: only samples with a row after this place, all that stands on each of them; one on which
            nothing is left is a row without reviewer and verdict.
    """
    rows, gone = verdicts.scan(connection, _COLUMNS, dataset, since_sequence)
    if not since_sequence:
        return verdicts.arrow(_judgements(rows, gone), JUDGEMENTS)
    changed = list(rows)
    judged = list(_judgements(iter(changed), gone))
    unjudged = {verdicts.of_sample(row) for row in changed}.difference(row[:3] for row in judged)
    left = [(*sample, *[None] * (len(JUDGEMENTS) - 4), False) for sample in sorted(unjudged)]
    return verdicts.arrow([*judged, *left], JUDGEMENTS)


def _judgements(rows: Iterator[Scanned], gone: set[int]) -> Iterator[tuple[Any, ...]]:
    group, kinds = None, set[bool]()
    for row in verdicts.standing(rows, gone, _track):
        if row[:4] != group:
            group, kinds = row[:4], set()
        final = verdicts.is_final(row)
        # Of a reviewer's final verdicts on a caption, and of the ordinary ones, the newest comes first.
        is_newest = final not in kinds
        kinds.add(final)
        yield (
            *row[:4],
            row[VERDICT],
            final,
            row[PLAN],
            row[MODE],
            _reasons(row[REASONS]),
            row[SECONDS],
            row[WATCHED],
            row[SEQUENCE],
            row[CREATED_AT],
            is_newest,
        )


@lru_cache(maxsize=1_000)
def _reasons(text: str) -> tuple[str, ...]:
    # A team has few reasons, and few combinations of them.
    return tuple(json.loads(text))


def _track(row: Scanned) -> tuple[bool, str | None]:
    return verdicts.is_final(row), row[PLAN]
