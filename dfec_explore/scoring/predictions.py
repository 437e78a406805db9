"""Files of predictions: what a model says of each clip, in every shape in which annotation files come."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dfec_explore.annotations import fingerprint
from dfec_explore.annotations.conversations import answers, is_conversation
from dfec_explore.annotations.expected import WRAPPERS, Expected
from dfec_explore.annotations.raw import Notes, Raw
from dfec_explore.annotations.reasons import Reason, shortened, shown
from dfec_explore.annotations.repair import TooDeepError, repaired, repaired_text
from dfec_explore.annotations.shapes import find_shape, read_records
from dfec_explore.errors import AnnotationFileError
from dfec_explore.model import Rejected

TEXT_FIELDS = ("prediction", "caption", "text")
"""Fields that may hold the model's words; the first that a record has counts."""

EXPECTED = Expected(
    texts=(*TEXT_FIELDS, "video"),
    accepted=(
        "Give a JSON list, JSON Lines, a JSON object keyed by id, CSV or TSV with a header, or Parquet; a record has "
        "id or video, and caption, prediction or text, or it is a conversation."
    ),
    wrappers=WRAPPERS | {"predictions", "results", "captions", "outputs"},
)

NO_NAME = "The record has neither id nor video."
NO_TEXT = "The record has no caption, prediction or text."
TEXT_TYPE = "The prediction is not text."


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a model says of one clip."""

    index: int
    """Position of its record in the file, from 0."""
    id: str | None
    video: str | None
    text: str
    """May be empty: the model had nothing to say."""


@dataclass(frozen=True, slots=True)
class Predictions:
    """The records of a file of predictions."""

    path: Path
    format: str
    fingerprint: str
    records: tuple[Prediction, ...]
    rejected: tuple[Rejected, ...]
    undecodable: int = 0
    """Places where bytes were no text; U+FFFD stands for them."""


def read_predictions(path: Path) -> Predictions:
    """Read a file of predictions to its end; a record that cannot be read concerns no other.

    Raises:
        AnnotationFileError: the file can't be read, or nothing in it looks like predictions.
    """
    shape, notes = find_shape(path, EXPECTED), Notes()
    records: list[Prediction] = []
    rejected: list[Rejected] = []
    try:
        for index, raw in enumerate(read_records(path, shape, notes)):
            for outcome in _judged(index, raw):
                (rejected if isinstance(outcome, Rejected) else records).append(outcome)  # type: ignore[arg-type]
    except OSError as error:
        problem = f"the file can no longer be read ({error.strerror or type(error).__name__})"
        raise AnnotationFileError(path, problem, "Check the disk and open it again.") from error
    if notes.damaged:
        rejected.append(Rejected(len(records) + len(rejected), None, Reason.DAMAGED.value, "", None))
    if not records and not any(record.id for record in rejected):
        first = f": {rejected[0].reason}" if rejected else ""
        raise AnnotationFileError(path, f"there are no predictions in it that could be read{first}", EXPECTED.accepted)
    return Predictions(path, shape.label, fingerprint(path), tuple(records), tuple(rejected), notes.undecodable)


def _judged(index: int, raw: Raw) -> Iterator[Prediction | Rejected]:
    if raw.fault is not None:
        yield _rejected(index, raw, raw.fault.value, raw.what)
        return
    try:
        fields, _ = repaired(_fields(raw))
    except TooDeepError:
        yield _rejected(index, raw, Reason.TOO_DEEP.value, "")
        return
    if not fields:
        yield _rejected(index, raw, Reason.NOT_AN_OBJECT.value, raw.value)
        return
    name, video = _name(raw, fields), _text(fields.get("video"))
    if isinstance(name, Reason):
        yield _rejected(index, raw, name.value, fields["id"])
    elif name is None and video is None:
        yield _rejected(index, raw, NO_NAME, fields)
    elif is_conversation(fields) and not any(fields.get(field) is not None for field in TEXT_FIELDS):
        yield from _conversation(index, raw, fields, name, video)
    else:
        yield _record(index, raw, fields, name, video)


def _fields(raw: Raw) -> dict[str, Any]:
    """The record's fields; under a key, the text alone or in a list of one is a record too."""
    value = raw.value
    if raw.key is not None and isinstance(value, list) and len(value) == 1:
        value = value[0]
    if raw.key is not None and (value is None or isinstance(value, str)):
        return {"prediction": value}
    return value if isinstance(value, dict) else {}


def _name(raw: Raw, fields: Mapping[str, Any]) -> str | Reason | None:
    written = repaired_text(raw.key) if raw.key is not None else fields.get("id")
    if isinstance(written, int) and not isinstance(written, bool):
        return str(written)
    if written is None or written == "":
        return None
    return written if isinstance(written, str) else Reason.ID_TYPE


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _record(
    index: int, raw: Raw, fields: Mapping[str, Any], name: str | None, video: str | None
) -> Prediction | Rejected:
    field = next((field for field in TEXT_FIELDS if field in fields), None)
    if field is None:
        return _rejected(index, raw, NO_TEXT, fields, name or video)
    said = fields[field]
    if said is not None and not isinstance(said, str):
        return _rejected(index, raw, TEXT_TYPE, said, name or video)
    return Prediction(index, name, video, (said or "").strip())


def _conversation(
    index: int, raw: Raw, fields: Mapping[str, Any], name: str | None, video: str | None
) -> Iterator[Prediction | Rejected]:
    """One prediction for each answer; the ones behind the first are called as annotation files call them."""
    said = answers(fields)
    if isinstance(said, Reason):
        yield _rejected(index, raw, said.value, fields, name or video)
        return
    base = name or video
    for number, text in enumerate(said, start=1):
        if not isinstance(text, str):
            yield _rejected(index, raw, TEXT_TYPE, text, base)
        else:
            yield Prediction(index, name if number == 1 else f"{base}#{number}", video, text)


def _rejected(index: int, raw: Raw, reason: str, value: Any, name: str | None = None) -> Rejected:
    named = name if name is not None else raw.key
    return Rejected(index, shortened(named) if named else None, reason, repaired_text(shown(value)), raw.line)
