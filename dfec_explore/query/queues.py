"""Queues for review: which samples, in which order, as a list that stays as it is while verdicts come in."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dfec_explore.query.database import selection
from dfec_explore.query.explorer import Explorer
from dfec_explore.query.filters import Filters
from dfec_explore.query.samples import ORDERS

QUEUES = {
    "todo": "To do",
    "mine": "Judged by me",
    "disputed": "Disputed",
    "stale": "Caption changed since",
    "all": "All",
}
"""Kinds of queues, by their name in the URL."""

RANDOM = "random"
QUEUE_ORDERS = (*ORDERS, RANDOM)
"""Orders of a queue, by their name in the URL; the random one is the same for the same seed."""

GIVEN = pa.schema(
    [("part", pa.string()), ("id", pa.string()), ("caption_hash", pa.string()), ("reviewer", pa.string())]
)
"""What a queue needs to know of the verdicts: who judged which caption."""


def queue(
    explorer: Explorer,
    filters: Filters,
    *,
    given: pa.Table | None = None,
    reviewer: str = "",
    kind: str = "all",
    order: str = "file",
    seed: str = "",
) -> npt.NDArray[np.int32]:
    """Numbers of the selected samples, in order.

    Args:
        explorer: the dataset.
        filters: which captions.
        given: the verdicts that stand, with columns as ``GIVEN``; None: nobody has judged anything.
        reviewer: whose queue it is.
        kind: one of ``QUEUES``. ``todo`` leaves out what the reviewer has judged, ``mine`` keeps only that,
            ``disputed`` keeps what reviewers disagree on, ``stale`` what somebody judged when the caption was another
            one and the reviewer has not judged since.
        order: one of ``QUEUE_ORDERS``.
        seed: of the random order.
    """
    table, condition = selection(filters, explorer.vocabulary)
    extra, values = _which(kind, reviewer)
    rows = explorer.database.frame(
        f"SELECT sample_no FROM {'judged' if kind == 'disputed' else table} "  # noqa: S608
        f"WHERE {condition.sql} AND {extra} ORDER BY {'md5(? || part || id), ' if order == RANDOM else ''}"
        f"{ORDERS.get(order, ORDERS['file'])}",
        [*condition.values, *values, *([f"{seed}/"] if order == RANDOM else [])],
        tables={"given": (GIVEN.empty_table() if given is None else given).select(GIVEN.names)},
    )
    return rows["sample_no"].to_numpy(dtype=np.int32)


def _which(kind: str, reviewer: str) -> tuple[str, list[str]]:
    """The condition of a kind of queue, and the values bound in it."""
    mine = "(part, id, caption_hash) {} (SELECT (part, id, caption_hash) FROM given WHERE reviewer = ?)"
    if kind == "todo":
        return mine.format("NOT IN"), [reviewer]
    if kind == "mine":
        return mine.format("IN"), [reviewer]
    if kind == "stale":
        changed = (
            "SELECT s.sample_no FROM given g JOIN samples s USING (part, id) WHERE g.caption_hash <> s.caption_hash"
        )
        return f"sample_no IN ({changed}) AND {mine.format('NOT IN')}", [reviewer]
    return ("verdict = 'disputed'" if kind == "disputed" else "TRUE"), []


def keys_of(explorer: Explorer, numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
    """The (part, id) of samples by their numbers; numbers that do not exist are left out."""
    rows = explorer.database.rows(
        "SELECT sample_no, part, id FROM samples WHERE sample_no IN (SELECT unnest(?::INTEGER[]))", [list(numbers)]
    )
    return {number: (part, id_) for number, part, id_ in rows}


def numbers_of(explorer: Explorer, keys: Sequence[tuple[str, str]]) -> npt.NDArray[np.int32]:
    """The numbers of samples by their (part, id), in this order; samples that do not exist are left out."""
    wanted = pa.table(
        {
            "part": pa.array([part for part, _ in keys], pa.string()),
            "id": pa.array([id_ for _, id_ in keys], pa.string()),
            "place": pa.array(range(len(keys)), pa.int32()),
        }
    )
    rows = explorer.database.frame(
        "SELECT s.sample_no FROM wanted w JOIN samples s USING (part, id) ORDER BY w.place",
        tables={"wanted": wanted},
    )
    return rows["sample_no"].to_numpy(dtype=np.int32)
