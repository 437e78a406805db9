"""Reading one JSON value out of text, with the faults that Python's own reader lets pass."""

import json
import math
from typing import Any, NamedTuple

from dfec_explore.annotations.reasons import Reason

MAX_DIGITS = 640
"""Digits of a whole number: what every Python is willing to convert."""

CUT_MARGIN = 16
"""Characters: the longest piece of JSON that can be cut in two by the end of the text (an escaped pair)."""


class Decoded(NamedTuple):
    """A JSON value and where it ended, or the fault and where it is."""

    value: Any
    end: int
    fault: Reason | None = None
    what: str = ""
    """The offending piece of a value that is whole but faulty."""
    may_be_cut: bool = False
    """Whether more text could mend the fault."""
    unterminated: bool = False
    """Whether a piece of text has no closing quote."""


class JsonValues:
    """Reads values; a field twice in one object, NaN and over-long numbers are faults of the whole value."""

    def __init__(self) -> None:
        self._faults: list[tuple[Reason, str]] = []
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_constant=self._constant, parse_int=self._int, parse_float=self._float
        )

    def decode(self, text: str, start: int) -> Decoded:
        """Read the value that begins at ``start``.

        A value that is whole but faulty ends behind itself, so that reading can go on; where the text is no JSON
        (``BROKEN_JSON``) or too deep, ``end`` is the place of the fault.
        """
        self._faults.clear()
        try:
            value, end = self._decoder.raw_decode(text, start)
        except json.JSONDecodeError as error:
            unterminated = error.msg.startswith("Unterminated string")
            cut = unterminated or error.pos >= len(text) - CUT_MARGIN
            return Decoded(None, error.pos, Reason.BROKEN_JSON, may_be_cut=cut, unterminated=unterminated)
        except RecursionError:
            return Decoded(None, start, Reason.TOO_DEEP)
        if self._faults:
            reason, what = self._faults[0]
            return Decoded(value, end, reason, what)
        return Decoded(value, end)

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        fields = dict(pairs)
        if len(fields) < len(pairs):
            names = [name for name, _ in pairs]
            self._faults.append((Reason.REPEATED_FIELD, next(name for name in names if names.count(name) > 1)))
        return fields

    def _constant(self, name: str) -> None:
        self._faults.append((Reason.NUMBER, name))

    def _int(self, digits: str) -> int:
        if len(digits) <= MAX_DIGITS:
            return int(digits)
        self._faults.append((Reason.NUMBER, digits))
        return 0

    def _float(self, digits: str) -> float:
        number = float(digits)
        if math.isinf(number):
            self._faults.append((Reason.NUMBER, digits))
        return number
