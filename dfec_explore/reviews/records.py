"""A review as a row of the database, as an exported record, and the bounds of what is stored."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from dfec_explore.errors import StoreError
from dfec_explore.model import FlagReview, Review, SampleKey, Verdict
from dfec_explore.reviews import modes

NOTE_LENGTH = 20_000
CAPTION_LENGTH = 100_000
NAME_LENGTH = 200
ID_LENGTH = 4_000
"""Characters; an id may be the path of a video."""

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""NUL, which PostgreSQL refuses, and halves of surrogate pairs, which are no text."""


def _storable(text: str) -> str:
    if found := _UNSTORABLE.search(text):
        raise ValueError(f"it has the character U+{ord(found[0]):04X}, which no database can store")
    return text


def _no_outer_space(text: str) -> str:
    if text != text.strip():
        raise ValueError("it begins or ends with a blank")
    return text


def _known_mode(mode: str) -> str:
    return modes.joined(modes.tokens(mode))


Text = Annotated[str, AfterValidator(_storable)]
Name = Annotated[Text, Field(min_length=1, max_length=NAME_LENGTH), AfterValidator(_no_outer_space)]
Short = Annotated[Text, Field(max_length=NAME_LENGTH)]
Id = Annotated[Text, Field(max_length=ID_LENGTH)]
Offset = Annotated[int, Field(ge=0)]


class _Record(BaseModel):
    """An exported record; its constraints are also those of `normalised`."""

    model_config = ConfigDict(extra="ignore", allow_inf_nan=False)

    sequence: int | None = None
    row_id: Name
    created_at: AwareDatetime | None = None
    dataset: Name
    part: Annotated[Id, Field(min_length=1)]
    id: Annotated[Id, Field(min_length=1)]
    caption_hash: Name
    reviewer: Name
    verdict: Verdict | None = None
    reasons: Annotated[tuple[Short, ...], Field(max_length=50)] = ()
    note: Annotated[Text, Field(max_length=NOTE_LENGTH)] = ""
    corrected_caption: Annotated[Text, Field(max_length=CAPTION_LENGTH)] | None = None
    mode: Annotated[str, AfterValidator(_known_mode)] = ""
    plan: Name | None = None
    seconds: Annotated[float, Field(ge=0)] | None = None
    watched: Annotated[float, Field(ge=0, le=1)] | None = None
    spans: Annotated[tuple[tuple[Offset, Offset], ...], Field(max_length=1_000)] = ()
    parts: Annotated[dict[Id, Short], Field(max_length=1_000)] = Field(default_factory=dict)
    retracts: Name | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "_Record":
        if self.verdict is None and self.retracts is None:
            raise ValueError("it has neither a verdict nor a row that it takes back")
        if self.retracts == self.row_id:
            raise ValueError("it takes back itself")
        if any(start >= end for start, end in self.spans):
            raise ValueError("a marked span ends before it starts")
        return self


FIELDS = tuple(_Record.model_fields)
"""The fields of a record, in the order of an export."""


def normalised(review: Review) -> Review:
    """Return a review as it is stored, on every backend: its mode in order, an empty correction as none.

    Raises:
        StoreError: it cannot be stored; the error names the field and what is allowed.
    """
    try:
        checked = _Record.model_validate(to_record(review), strict=True)
    except ValidationError as error:
        raise StoreError("save the review", first_problem(error), "Change it and save again.") from error
    return replace(review, mode=checked.mode, corrected_caption=review.corrected_caption or None)


def first_problem(error: ValidationError) -> str:
    """Say which field does not fit, and what is allowed."""
    first = error.errors(include_url=False)[0]
    place = ".".join(str(piece) for piece in first["loc"]) or "review"
    return f"{place} does not fit: {first['msg'].removeprefix('Value error, ')}"


def of_what(review: Review | FlagReview) -> dict[str, Any]:
    """The fields with which every record begins: which row it is, and of which caption."""
    return {
        "sequence": review.sequence,
        "row_id": review.row_id,
        "created_at": review.created_at,
        "dataset": review.key.dataset,
        "part": review.key.part,
        "id": review.key.id,
        "caption_hash": review.caption_hash,
    }


def to_record(review: Review) -> dict[str, Any]:
    """Turn a review into a flat record, as exports have it."""
    return {
        **of_what(review),
        "reviewer": review.reviewer,
        "verdict": review.verdict,
        "reasons": review.reasons,
        "note": review.note,
        "corrected_caption": review.corrected_caption,
        "mode": review.mode,
        "plan": review.plan,
        "seconds": review.seconds,
        "watched": review.watched,
        "spans": review.spans,
        "parts": dict(review.parts),
        "retracts": review.retracts,
    }


def from_record(record: Mapping[str, Any]) -> Review:
    """Turn an exported record (of JSON Lines or Parquet) back into a review; fields that are not its own are ignored.

    Raises:
        StoreError: the record is not one of a review.
    """
    try:
        values = _Record.model_validate(record)
    except ValidationError as error:
        raise StoreError("read an exported review", first_problem(error), "Export it again.") from error
    fields = dict(vars(values))
    key = SampleKey(fields.pop("dataset"), fields.pop("part"), fields.pop("id"))
    fields["corrected_caption"] = values.corrected_caption or None
    return Review(key=key, **fields)


def to_row(review: Review) -> dict[str, Any]:
    """Turn a review into the values of a row, without what the store sets itself."""
    record = to_record(review)
    for name in ("sequence", "created_at"):
        del record[name]
    record["sample_id"] = record.pop("id")
    record["verdict"] = None if review.verdict is None else str(review.verdict)
    record["reasons"] = _json(review.reasons, "[]")
    record["spans"] = _json(review.spans, "[]")
    record["parts"] = _json(record["parts"], "{}")
    return record


def _json(value: Any, empty: str) -> str:
    # Most are empty, and a large import asks for each of them.
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else empty


def from_row(row: sa.RowMapping) -> Review:
    """Turn a row of the table back into a review."""
    return Review(
        row_id=row["row_id"],
        key=SampleKey(row["dataset"], row["part"], row["sample_id"]),
        caption_hash=row["caption_hash"],
        reviewer=row["reviewer"],
        verdict=None if row["verdict"] is None else Verdict(row["verdict"]),
        reasons=tuple(json.loads(row["reasons"])),
        note=row["note"],
        corrected_caption=row["corrected_caption"],
        mode=row["mode"],
        plan=row["plan"],
        seconds=row["seconds"],
        watched=row["watched"],
        spans=tuple((start, end) for start, end in json.loads(row["spans"])),
        parts=json.loads(row["parts"]),
        retracts=row["retracts"],
        created_at=datetime.fromisoformat(row["created_at"]),
        sequence=row["sequence"],
    )


def timestamp(moment: datetime) -> str:
    """Write a moment as the store does: UTC, microseconds, always of one width."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
