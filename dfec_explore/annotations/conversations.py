"""Records of instruction tuning: a conversation about a clip, whose answers by the model are the captions."""

import re
from collections.abc import Mapping
from typing import Any

from dfec_explore.annotations.reasons import Reason

FIELD = "conversations"
MODEL = "gpt"
MEDIA_TAG = re.compile(r"</?(?:video|image|audio)>", re.IGNORECASE)


def is_conversation(fields: Mapping[str, Any]) -> bool:
    """Whether a record's captions stand in a conversation."""
    return fields.get(FIELD) is not None and fields.get("caption") is None


def answers(fields: Mapping[str, Any]) -> tuple[Any, ...] | Reason:
    """What the model said, in order, without media tags; or why there is nothing.

    An answer that is not text is handed on as it is, to be rejected as a caption.
    """
    turns = fields[FIELD]
    if not isinstance(turns, list) or not all(
        isinstance(turn, dict) and {"from", "value"} <= turn.keys() for turn in turns
    ):
        return Reason.CONVERSATION_TYPE
    said = tuple(_without_tags(turn["value"]) for turn in turns if turn["from"] == MODEL)
    return said or Reason.NO_ANSWER


def _without_tags(value: Any) -> Any:
    return MEDIA_TAG.sub("", value).strip() if isinstance(value, str) else value
