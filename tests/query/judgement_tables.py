"""Makes tables of judgements for the tests, as the verdict store gives them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa

from dfec_explore.model import caption_hash
from dfec_explore.reviews.judgements import JUDGEMENTS

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def judgement(
    id_: str, caption: str, reviewer: str, verdict: str, *, minutes: float = 0, **more: Any
) -> dict[str, Any]:
    """One judgement, so many minutes after nine on a Monday."""
    return {
        "part": "test",
        "id": id_,
        "caption_hash": caption_hash(caption),
        "reviewer": reviewer,
        "verdict": verdict,
        "adjudication": False,
        "plan": None,
        "mode": "",
        "reasons": [],
        "seconds": None,
        "watched": None,
        "sequence": 1,
        "created_at": MONDAY + timedelta(minutes=minutes),
        "standing": True,
        **more,
    }


def judgement_table(rows: list[dict[str, Any]]) -> pa.Table:
    """Judgements as one table."""
    return pa.Table.from_pylist(rows, JUDGEMENTS)
