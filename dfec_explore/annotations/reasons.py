"""Why a record is rejected: every reason in one place, and how the offending value is shown."""

import json
from enum import StrEnum

VALUE_LENGTH = 80
"""Characters of an offending value that are kept."""


class Reason(StrEnum):
    """Why a record was not accepted. The text is stable: reports and tests name it."""

    NOT_AN_OBJECT = "The record is not an object with fields."
    NO_ID = "The record has no id."
    EMPTY_ID = "The id is empty."
    ID_TYPE = "The id is neither text nor a whole number."
    DUPLICATE_ID = "An earlier record has the same id."
    NO_CAPTION = "The record has no caption."
    EMPTY_CAPTION = "The caption is empty."
    CAPTION_TYPE = "The caption is not text."
    NO_VIDEO = "The record has no video."
    EMPTY_VIDEO = "The video path is empty."
    VIDEO_TYPE = "The video path is not text."
    ABSOLUTE_VIDEO = "The video path is not relative."
    CLIMBING_VIDEO = "The video path leaves its folder by '..'."
    VIDEO_CHARACTERS = "The video path has a backslash or a NUL character; folders are separated by '/'."
    CONVERSATION_TYPE = "The conversations are not a list of turns with 'from' and 'value'."
    NO_ANSWER = "The conversation has no answer of the model ('from': 'gpt')."
    REPEATED_FIELD = "The record has a field twice."
    NUMBER = "The record has a number that JSON cannot hold (NaN, infinite or too long)."
    TOO_DEEP = "The record is nested too deeply."
    TOO_LONG = "The record is too long to be read."
    BROKEN_JSON = "The JSON is broken here."
    CUT_OFF = "The file ends in the middle."
    AFTER_THE_END = "There is more text after the end of the JSON."
    BROKEN_ROW = "The quotes of the row are broken."
    ROW_LENGTH = "The row has more or fewer cells than the header."
    DAMAGED = "The file is damaged from here on."
    UNREADABLE_ROW = "The row has a value that cannot be read."


def shown(value: object) -> str:
    """A value as a report shows it: text as it is, anything else as JSON, cut short."""
    if isinstance(value, str):
        return shortened(value)
    pieces: list[str] = []
    length = 0
    # The pieces come one by one, so a huge or deep value is only walked as far as it is shown.
    for piece in json.JSONEncoder(ensure_ascii=False, default=str).iterencode(value):
        pieces.append(piece)
        length += len(piece)
        if length > VALUE_LENGTH:
            break
    return shortened("".join(pieces))


def shortened(text: str) -> str:
    """Text of at most ``VALUE_LENGTH`` characters; an ellipsis stands for the rest."""
    return text if len(text) <= VALUE_LENGTH else f"{text[: VALUE_LENGTH - 1]}…"


UNFINISHED = frozenset({Reason.BROKEN_JSON, Reason.CUT_OFF, Reason.TOO_DEEP, Reason.TOO_LONG})
"""Faults behind which the next record has to be searched for."""
