"""Text that cannot be stored (halves of surrogate pairs) is repaired; nesting without end is refused."""

import re
from typing import Any

SURROGATE = re.compile("[\ud800-\udfff]")
MAX_DEPTH = 64
"""Levels of nesting in one record: whatever walks over it later has room."""


class TooDeepError(Exception):
    """A record has more levels than ``MAX_DEPTH``."""


def is_broken(text: str) -> bool:
    """Whether a text has half a surrogate pair, which no encoding can write."""
    return not text.isascii() and SURROGATE.search(text) is not None


def repaired_text(text: str) -> str:
    """The text with U+FFFD for each half of a surrogate pair; the same length, so offsets stay."""
    return text if text.isascii() else SURROGATE.sub("\ufffd", text)


def repaired(fields: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """A record fit to be stored, and whether something in it had to be repaired.

    Raises:
        TooDeepError: it is nested too deeply.
    """
    if not any(map(_needs_a_look, fields.values())) and not any(map(is_broken, fields)):
        return fields, False
    walk = _Walk()
    whole = walk.repaired(fields, 0)
    return whole, walk.found


def _needs_a_look(value: Any) -> bool:
    if isinstance(value, str):
        return not value.isascii() and is_broken(value)
    return isinstance(value, dict | list)


class _Walk:
    def __init__(self) -> None:
        self.found = False

    def repaired(self, value: Any, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise TooDeepError
        if isinstance(value, str):
            if not is_broken(value):
                return value
            self.found = True
            return repaired_text(value)
        if isinstance(value, dict):
            return {self.repaired(name, depth): self.repaired(part, depth + 1) for name, part in value.items()}
        if isinstance(value, list):
            return [self.repaired(part, depth + 1) for part in value]
        return value
