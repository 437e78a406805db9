"""A record as it stands in a file, before anything is asked of it; and what readers note about the file."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from dfec_explore.annotations.reasons import Reason

MAX_RECORD = 1 << 24
"""Characters of one record. The longest known caption has some thousands; a lost quote could swallow a whole file."""


class Raw(NamedTuple):
    """One record as a reader found it, or the reason why it could not be read."""

    value: Any
    """What stands in the file; None where it could not be read."""
    line: int | None = None
    """Line from 1, where the format has lines."""
    key: str | None = None
    """The record's key in an object keyed by id."""
    fault: Reason | None = None
    what: str = ""
    """The offending text, where there is a fault."""
    span: tuple[int, int, int] | None = None
    """In a JSON document, characters from its beginning to the record (with its key), to its value, and to its end;
    None where the value is not whole."""


@dataclass
class Notes:
    """What a reader saw that concerns the file rather than one record."""

    undecodable: int = 0
    """Places where bytes were no text and became U+FFFD."""
    undecodable_line: int | None = None
    """Line of the first of them."""
    loose_commas: int = 0
    """Commas too many or too few between records."""
    loose_comma_line: int | None = None
    damaged: bool = False
    """Whether the compressed data broke off."""


def around(text: str, start: int, place: int) -> str:
    """What a report shows of broken text: its beginning, or the surroundings of the fault where that is further on."""
    if place - start < 40:
        return text[start : start + 200]
    return f"…{text[max(start, place - 30) : place + 170]}"
