"""Makes populations, plans and judgements for the tests."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from dfec_explore.model import Plan, PlanItem, SampleKey, Stratum
from dfec_explore.reviews import Candidate, Outcome, Sample, random_plan
from dfec_explore.reviews.judgements import JUDGEMENTS

HASH = "a" * 32


def population(**sizes: int) -> list[Candidate]:
    """Captions of strata with one value each: ``population(A=3)`` has A-0, A-1, A-2."""
    return [
        Candidate(SampleKey("DFEC", "test", f"{name}-{number}"), HASH, (name,))
        for name, size in sizes.items()
        for number in range(size)
    ]


def make_plan(sample: Sample, **changes: Any) -> Plan:
    values: dict[str, Any] = {
        "dataset": "DFEC",
        "name": "first pass",
        "created_by": "Ann",
        "seed": 1,
        "strata": ("source",),
    }
    return random_plan(sample, **values | changes)


def judged_plan(said: Mapping[str, tuple[int, str]], **changes: Any) -> tuple[Plan, list[Outcome]]:
    """A plan and what one reviewer said of it, written as ``A=(100, "aafru.")``.

    The stratum A has 100 captions, of which six were drawn: two accepted, then fix, reject, unsure, not judged.
    """
    words = {"a": "accept", "f": "fix", "r": "reject", "u": "unsure"}
    found = []
    for stratum, (_, letters) in said.items():
        for letter in letters:
            item = PlanItem(len(found), SampleKey("DFEC", "test", f"{stratum}-{len(found)}"), HASH, (stratum,))
            found.append(Outcome(item, {} if letter == "." else {"Ann": words[letter]}))
    sizes: dict[Stratum, int] = {(stratum,): size for stratum, (size, _) in said.items()}
    return make_plan(Sample(tuple(outcome.item for outcome in found), sizes), **changes), found


def judgement(item: PlanItem, reviewer: str, verdict: str, plan: str | None, **changes: Any) -> dict[str, Any]:
    """A row of the table of judgements."""
    values: dict[str, Any] = {
        "part": item.key.part,
        "id": item.key.id,
        "caption_hash": item.caption_hash,
        "reviewer": reviewer,
        "verdict": verdict,
        "adjudication": False,
        "plan": plan,
        "mode": "",
        "reasons": [],
        "seconds": None,
        "watched": None,
        "sequence": 1,
        "created_at": datetime(2026, 1, 1, tzinfo=UTC),
        "standing": True,
    }
    return values | changes


def table(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist([dict(row) for row in rows], JUDGEMENTS)
