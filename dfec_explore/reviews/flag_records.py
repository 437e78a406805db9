"""A verdict on a flag as a row of the database, as an exported record, and the bounds of what is stored."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from dfec_explore.errors import StoreError
from dfec_explore.model import FlagReview, FlagVerdict, SampleKey
from dfec_explore.reviews.records import Id, Name, Text, first_problem, of_what


class _Record(BaseModel):
    """An exported record; its constraints are also those of what is saved."""

    model_config = ConfigDict(extra="ignore")

    sequence: int | None = None
    row_id: Name
    created_at: AwareDatetime | None = None
    dataset: Name
    part: Annotated[Id, Field(min_length=1)]
    id: Annotated[Id, Field(min_length=1)]
    caption_hash: Name
    check: Name
    reviewer: Name
    verdict: FlagVerdict | None = None
    reason: Annotated[Text, Field(max_length=10_000)] = ""
    retracts: Name | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> "_Record":
        if (self.verdict is None) == (self.retracts is None):
            raise ValueError("it has to have either a verdict or a row that it takes back")
        if self.retracts == self.row_id:
            raise ValueError("it takes back itself")
        return self


FIELDS = tuple(_Record.model_fields)
"""The fields of a record, in the order of an export."""


def to_record(review: FlagReview) -> dict[str, Any]:
    """Turn a verdict on a flag into a flat record, as exports have it."""
    return {
        **of_what(review),
        "check": review.check,
        "reviewer": review.reviewer,
        "verdict": review.verdict,
        "reason": review.reason,
        "retracts": review.retracts,
    }


def from_record(record: Mapping[str, Any]) -> FlagReview:
    """Turn an exported record back into a verdict on a flag; fields that are not its own are ignored.

    Raises:
        StoreError: the record is not one of a verdict on a flag.
    """
    try:
        fields = dict(vars(_Record.model_validate(record)))
    except ValidationError as error:
        raise StoreError("read an exported verdict on a flag", first_problem(error), "Export it again.") from error
    key = SampleKey(fields.pop("dataset"), fields.pop("part"), fields.pop("id"))
    return FlagReview(key=key, **fields)


def to_row(review: FlagReview) -> dict[str, Any]:
    """Turn a verdict on a flag into the values of a row, without what the store sets itself.

    Raises:
        StoreError: it cannot be stored; the error names the field and what is allowed.
    """
    record = to_record(review)
    try:
        _Record.model_validate(record)
    except ValidationError as error:
        raise StoreError("save the verdict on a flag", first_problem(error), "Change it and save again.") from error
    for name in ("sequence", "created_at"):
        del record[name]
    record["sample_id"], record["check_id"] = record.pop("id"), record.pop("check")
    record["verdict"] = str(review.verdict) if review.verdict else None
    return record


def from_row(row: Mapping[str, Any]) -> FlagReview:
    """Turn a row of the table back into a verdict on a flag."""
    return FlagReview(
        row_id=row["row_id"],
        key=SampleKey(row["dataset"], row["part"], row["sample_id"]),
        caption_hash=row["caption_hash"],
        check=row["check_id"],
        reviewer=row["reviewer"],
        verdict=FlagVerdict(row["verdict"]) if row["verdict"] else None,
        reason=row["reason"],
        retracts=row["retracts"],
        created_at=datetime.fromisoformat(row["created_at"]),
        sequence=row["sequence"],
    )
