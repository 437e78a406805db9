"""Single samples: pages of them, one of them with its events, and queues for review."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dfec_explore.model import FacialEvent
from dfec_explore.query.database import selection
from dfec_explore.query.explorer import Explorer
from dfec_explore.query.filters import Filters

ORDERS = {
    "file": "sample_no",
    "shortest": "words, sample_no",
    "longest": "words DESC, sample_no",
    "most-events": "events DESC, sample_no",
    "fewest-events": "events, sample_no",
}
"""Orders of a list of samples, by their name in the URL."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample as pages show it."""

    sample_no: int
    part: str
    id: str
    video: str
    caption: str
    caption_hash: str
    source: str
    source_split: str | None
    emotion: str | None
    actor: str | None
    scenario: str | None
    words: int
    events: tuple[FacialEvent, ...]
    verdict: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: its samples, how many there are in all, and which page it is (from 1)."""

    samples: tuple[Sample, ...]
    found: int
    number: int
    pages: int


COLUMNS = (
    "sample_no",
    "part",
    "id",
    "video",
    "caption",
    "caption_hash",
    "source",
    "source_split",
    "emotion",
    "actor",
    "scenario",
    "words",
    "verdict",
)
"""Fields of ``Sample`` that stand in the table."""


def page(explorer: Explorer, filters: Filters, *, number: int, size: int, order: str = "file") -> Page:
    """A page of the selected samples; a number past the last page gives the last."""
    found = explorer.count(filters)
    pages = max(-(-found // size), 1)
    number = min(max(number, 1), pages)
    condition = selection(filters, explorer.vocabulary)[1]
    numbers = explorer.database.rows(
        f"SELECT sample_no FROM {'judged' if filters.verdict else 'samples'} WHERE {condition.sql} "  # noqa: S608
        f"ORDER BY {ORDERS[order]} LIMIT ? OFFSET ?",
        [*condition.values, size, (number - 1) * size],
    )
    return Page(samples(explorer, [row[0] for row in numbers]), found, number, pages)


def samples(explorer: Explorer, numbers: Sequence[int]) -> tuple[Sample, ...]:
    """The samples with these numbers, in this order; numbers that do not exist are left out."""
    if not numbers:
        return ()
    wanted = list(numbers)
    rows = explorer.database.rows(
        f"SELECT {', '.join(COLUMNS)} FROM judged WHERE sample_no IN (SELECT unnest(?::INTEGER[]))",  # noqa: S608
        [wanted],
    )
    events = _events(explorer, wanted)
    found = {row[0]: Sample(**dict(zip(COLUMNS, row, strict=True)), events=events.get(row[0], ())) for row in rows}
    return tuple(found[number] for number in wanted if number in found)


def find_sample(explorer: Explorer, part: str, id_: str) -> Sample | None:
    """The sample with this id in this part, or None."""
    rows = explorer.database.rows("SELECT sample_no FROM samples WHERE part = ? AND id = ?", [part, id_])
    return samples(explorer, [rows[0][0]])[0] if rows else None


QUEUES = {"todo": "To do", "all": "All", "mine": "Judged by me"}
"""Kinds of queues, by their name in the URL."""


def queue(
    explorer: Explorer, filters: Filters, *, mine: pa.Table, kind: str = "all", order: str = "file"
) -> npt.NDArray[np.int32]:
    """Numbers of the selected samples, in order: a list that stays as it is while verdicts come in.

    Args:
        explorer: the dataset.
        filters: which captions.
        mine: what the reviewer has judged, with columns ``part, id, caption_hash``.
        kind: ``todo`` leaves out what the reviewer has judged, ``mine`` keeps only that, ``all`` takes both.
        order: one of ``ORDERS``.
    """
    table, condition = selection(filters, explorer.vocabulary)
    judged = {"todo": "NOT IN", "mine": "IN"}.get(kind)
    extra = f" AND (part, id, caption_hash) {judged} (SELECT (part, id, caption_hash) FROM mine)" if judged else ""  # noqa: S608
    rows = explorer.database.frame(
        f"SELECT sample_no FROM {table} WHERE {condition.sql}{extra} ORDER BY {ORDERS[order]}",  # noqa: S608
        condition.values,
        tables={"mine": mine.select(["part", "id", "caption_hash"])},
    )
    return rows["sample_no"].to_numpy(dtype=np.int32)


def _events(explorer: Explorer, numbers: Sequence[int]) -> dict[int, tuple[FacialEvent, ...]]:
    rows = explorer.database.rows(
        'SELECT sample_no, action, direction, side, intensity, phase, start, "end", quote, rule FROM events '
        "WHERE sample_no IN (SELECT unnest(?::INTEGER[])) ORDER BY sample_no, ordinal",
        [list(numbers)],
    )
    events: dict[int, list[FacialEvent]] = {}
    for number, *values in rows:
        events.setdefault(number, []).append(FacialEvent(*values))
    return {number: tuple(found) for number, found in events.items()}
