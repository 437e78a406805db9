"""Makes reviews for the tests."""

import uuid
from typing import Any

import sqlalchemy as sa

from dfec_explore.model import Review, SampleKey, Verdict


def make_review(sample: str = "clip-1", **changes: Any) -> Review:
    values: dict[str, Any] = {
        "row_id": uuid.uuid4().hex,
        "key": SampleKey("DFEC", "test", sample),
        "caption_hash": "a" * 32,
        "reviewer": "Ann",
        "verdict": Verdict.ACCEPT,
    }
    return Review(**values | changes)


def full_review(**changes: Any) -> Review:
    """A review with something in every field."""
    values: dict[str, Any] = {
        "verdict": Verdict.FIX,
        "reasons": ("wrong-action", "left-right"),
        "note": "She's \"winking\", not blinking;\r\n眨眼 🙂 = 1% \\ '",
        "corrected_caption": "The woman winks with her left eye.",
        "mode": "blind,mirrored",
        "plan": "first pass",
        "seconds": 12.345678901234567,
        "watched": 0.1 + 0.2,
        "spans": ((0, 3), (10, 17)),
        "parts": {"event:3": "wrong", "clause:0-21": "right"},
    }
    return make_review(**values | changes)


def database(url: str) -> sa.Engine:
    """The database behind a store, to look at or to spoil."""
    return sa.create_engine(url, poolclass=sa.NullPool)
