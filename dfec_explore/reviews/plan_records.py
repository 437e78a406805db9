"""A sampling plan as rows of the database, and the bounds of what is stored."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from dfec_explore.errors import StoreError
from dfec_explore.model import Plan, PlanItem
from dfec_explore.reviews.records import Id, Name, Text, first_problem
from dfec_explore.reviews.sampling import ALLOCATIONS

_Label = Annotated[Text, Field(max_length=1_000)]


class _Checked(BaseModel):
    """The bounds of a plan."""

    model_config = ConfigDict(from_attributes=True, extra="ignore")

    id: Name
    dataset: Name
    name: Name
    created_by: Name
    size: Annotated[int, Field(ge=1, le=10_000_000)]
    sizes: dict[tuple[_Label, ...], Annotated[int, Field(ge=1)]]
    strata: tuple[_Label, ...]
    is_random: bool
    seed: Annotated[int, Field(ge=0, lt=2**63)] | None
    allocation: str
    overlap: Annotated[int, Field(ge=1, le=100)]
    population: Annotated[Text, Field(max_length=10_000)]
    query: Annotated[Text, Field(max_length=100_000)]

    @model_validator(mode="after")
    def _belongs_together(self) -> "_Checked":
        if self.is_random and self.seed is None:
            raise ValueError("a random plan has a seed")
        if self.allocation not in ALLOCATIONS:
            raise ValueError(f"the allocation is none of {', '.join(ALLOCATIONS)}")
        if any(len(stratum) != len(self.strata) for stratum in self.sizes):
            raise ValueError("each stratum has a value for each name")
        return self


class _CheckedItem(BaseModel):
    """The bounds of a plan's item."""

    part: Annotated[Id, Field(min_length=1)]
    sample_id: Annotated[Id, Field(min_length=1)]
    caption_hash: Name


def check_plan(plan: Plan, items: Sequence[PlanItem]) -> None:
    """Check that a plan and its items can be stored as they are, and belong together.

    Raises:
        StoreError: they cannot; the error says why.
    """
    try:
        _Checked.model_validate(plan)
        for item in items:
            _CheckedItem(part=item.key.part, sample_id=item.key.id, caption_hash=item.caption_hash)
    except ValidationError as error:
        raise unsaved(first_problem(error), "Change it and save again.") from error
    if len(items) != plan.size or [item.position for item in items] != list(range(plan.size)):
        raise unsaved(f"it has {len(items)} items in places other than 0 to {plan.size - 1}", "Draw it again.")
    if any(item.key.dataset != plan.dataset or item.stratum not in plan.sizes for item in items):
        raise unsaved("an item is of another dataset or of a stratum that it does not have", "Draw it again.")
    if len({item.key for item in items}) < len(items):
        raise unsaved("a sample is in it twice", "Draw it again.")
    if any(drawn > plan.sizes[stratum] for stratum, drawn in Counter(item.stratum for item in items).items()):
        raise unsaved("it has more captions of a stratum than there are", "Draw it again.")


def unsaved(problem: str, remedy: str) -> StoreError:
    """Return the error of a plan that is not stored."""
    return StoreError("save the plan", problem, remedy)


def plan_row(plan: Plan) -> dict[str, Any]:
    """Turn a plan into the values of a row, without what the store sets itself."""
    return {
        "id": plan.id,
        "dataset": plan.dataset,
        "name": plan.name,
        "created_by": plan.created_by,
        "size": plan.size,
        "sizes": json.dumps(sorted(plan.sizes.items()), ensure_ascii=False),
        "strata": json.dumps(plan.strata, ensure_ascii=False),
        "is_random": plan.is_random,
        "seed": plan.seed,
        "allocation": plan.allocation,
        "overlap": plan.overlap,
        "population": plan.population,
        "query": plan.query,
    }


def plan_from_row(row: sa.RowMapping, archived: set[str]) -> Plan:
    """Turn a row back into a plan, given the ids of those that were put away."""
    fields = dict(row)
    fields["sizes"] = {tuple(stratum): size for stratum, size in json.loads(row["sizes"])}
    fields["strata"] = tuple(json.loads(row["strata"]))
    fields["created_at"] = datetime.fromisoformat(row["created_at"])
    return Plan(**fields, is_archived=row["id"] in archived)


def item_rows(plan: str, items: Sequence[PlanItem]) -> list[dict[str, Any]]:
    """Turn the items of a plan, given by its id, into rows."""
    return [
        {
            "plan": plan,
            "position": item.position,
            "part": item.key.part,
            "sample_id": item.key.id,
            "caption_hash": item.caption_hash,
            "stratum": json.dumps(item.stratum, ensure_ascii=False),
        }
        for item in items
    ]
