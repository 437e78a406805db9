"""Text cut into its lines, and records that stand one on a line (JSON Lines)."""

from collections.abc import Iterator

from dfec_explore.annotations.json_values import JsonValues
from dfec_explore.annotations.raw import MAX_RECORD, Raw, around
from dfec_explore.annotations.reasons import Reason


def split_lines(chunks: Iterator[str]) -> Iterator[str]:
    """Lines of a text, without their newline.

    Only a newline ends a line: JSON and quoted cells may hold the other characters that Unicode calls line ends.
    Of a line longer than ``MAX_RECORD`` the middle is left out; it is still longer than that.
    """
    rest = ""
    for chunk in chunks:
        lines = (rest + chunk).split("\n")
        rest = lines.pop()
        yield from lines
        if len(rest) > 2 * MAX_RECORD:
            rest = rest[: MAX_RECORD + 1]
    if rest:
        yield rest


def json_lines_records(chunks: Iterator[str]) -> Iterator[Raw]:
    """Records of JSON Lines; a broken line is one record with a fault, blank lines are none."""
    values = JsonValues()
    for number, line in enumerate(split_lines(chunks), start=1):
        text = line.strip(" \t\r")
        if text:
            yield _record(values, text, number)


def _record(values: JsonValues, text: str, number: int) -> Raw:
    if len(text) > MAX_RECORD:
        return Raw(None, number, fault=Reason.TOO_LONG, what=text[:200])
    decoded = values.decode(text, 0)
    if decoded.value is None and decoded.fault:
        return Raw(None, number, fault=decoded.fault, what=around(text, 0, decoded.end))
    if decoded.end < len(text):
        return Raw(None, number, fault=Reason.BROKEN_JSON, what=around(text, 0, decoded.end))
    return Raw(decoded.value, number, fault=decoded.fault, what=decoded.what)
