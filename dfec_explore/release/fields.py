"""The other fields of two records side by side, whatever format each was read from."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from dfec_explore.annotations import Reason
from dfec_explore.annotations.conversations import FIELD, MODEL, answers
from dfec_explore.model import Annotation

NOTHING: tuple[Any, ...] = (None, "", [], {})
"""Values that say no more than a field that is not there: a table has a cell for every field."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that differs between two versions of a record."""

    name: str
    before: str
    """As text; empty where it was not there."""
    after: str


def comparable(annotation: Annotation) -> str:
    """The fields of a record beside id, video and caption as canonical JSON; empty where it has none.

    Where the caption is an answer in a conversation, the answers are compared as captions: only the rest of the
    conversation is a field.
    """
    if not annotation.extra:
        return ""
    fields = dict(annotation.extra)
    if FIELD in fields and annotation.caption in _answers(fields):
        fields[FIELD] = [turn for turn in fields[FIELD] if turn["from"] != MODEL]
    fields = {name: value for name, value in fields.items() if value not in NOTHING}
    return json.dumps(fields, ensure_ascii=False, sort_keys=True) if fields else ""


def _answers(fields: Mapping[str, Any]) -> tuple[Any, ...]:
    found = answers(fields)
    return () if isinstance(found, Reason) else found


def compare_fields(before: str, after: str) -> tuple[FieldChange, ...]:
    """The fields that differ, by name, of what ``comparable`` gave for two records.

    A number, a truth value, a list or an object is the same as the text that a table has for it. A conversation that
    one of the two records does not have is a matter of format, not of content.
    """
    if before == after:
        return ()
    old, new = (json.loads(text) if text else {} for text in (before, after))
    if (FIELD in old) != (FIELD in new):
        old.pop(FIELD, None)
        new.pop(FIELD, None)
    return tuple(
        FieldChange(name, _text(old.get(name)), _text(new.get(name)))
        for name in sorted({*old, *new})
        if not _is_same(old.get(name), new.get(name))
    )


def _is_same(before: Any, after: Any) -> bool:
    if isinstance(before, str) == isinstance(after, str):
        return bool(before == after) and isinstance(before, bool) == isinstance(after, bool)
    written, value = (before, after) if isinstance(before, str) else (after, before)
    with suppress(ValueError):
        read = json.loads(written.lower() if isinstance(value, bool) else written)
        return bool(read == value) and isinstance(read, bool) == isinstance(value, bool)
    return False


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
