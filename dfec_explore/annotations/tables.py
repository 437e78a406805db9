"""Records of a table as text: CSV, TSV, or with semicolons."""

import csv
from collections.abc import Iterator
from typing import NamedTuple

from dfec_explore.annotations.expected import ANNOTATIONS, Expected
from dfec_explore.annotations.lines import split_lines
from dfec_explore.annotations.raw import MAX_RECORD, Raw
from dfec_explore.annotations.reasons import Reason

DELIMITERS = {",": "csv", "\t": "tsv", ";": "csv"}
"""Characters between cells, and the name of the format."""


def find_delimiter(head: str, expected: Expected = ANNOTATIONS) -> str | None:
    """The character that separates the cells of a table with an expected column; None for other text."""
    for delimiter in DELIMITERS:
        if not set(expected.texts).isdisjoint(header_of(head, delimiter)):
            return delimiter
    return None


def header_of(head: str, delimiter: str) -> tuple[str, ...]:
    """The names of the columns in the first line of a text; empty where it is no row."""
    first = next((line for line in head.split("\n") if line.strip()), "")
    try:
        cells = next(csv.reader([first[:100_000]], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return ()
    return tuple(cell.strip() for cell in cells)


class TableRow(NamedTuple):
    """A row of a table and the lines that it stands on, from 1, both included."""

    first: int
    last: int
    raw: Raw | None
    """The record; None for the header."""
    header: tuple[str, ...] = ()
    """Names of the columns; none before the header."""


def table_records(chunks: Iterator[str], delimiter: str) -> Iterator[Raw]:
    """Rows of a table as records; a row with broken quotes is one record with a fault, blank lines are none."""
    for row in table_rows(chunks, delimiter):
        if row.raw is not None:
            yield row.raw


def table_rows(chunks: Iterator[str], delimiter: str) -> Iterator[TableRow]:
    """Rows of a table, the header among them, and where each stands; blank lines are none."""
    # The limit holds for the whole process and is only ever raised: longer captions are rejected, not cut.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_RECORD))
    lines = _Lines(chunks)
    header: tuple[str, ...] = ()
    for number, cells in _rows(lines, delimiter):
        raw: Raw | None = None
        if isinstance(cells, Raw):
            raw = cells
        elif not header:
            header = tuple(cell.strip() for cell in cells)
        elif len(cells) != len(header):
            raw = Raw(None, number, fault=Reason.ROW_LENGTH, what=delimiter.join(cells))
        else:
            raw = Raw(dict(zip(header, cells, strict=True)), number)
        yield TableRow(number, lines.number, raw, header)


class _Lines:
    """Lines with their newline, that can be put back to be read again."""

    def __init__(self, chunks: Iterator[str]) -> None:
        self._lines = split_lines(chunks)
        self._again: list[str] = []
        self.taken: list[str] = []
        self.number = 0
        """Line that was read last, from 1."""

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else next(self._lines) + "\n"
        self.taken.append(line)
        self.number += 1
        return line

    def put_back(self, count: int) -> None:
        """Put the last ``count`` lines back."""
        for _ in range(count):
            self._again.append(self.taken.pop())
        self.number -= count


def _rows(lines: _Lines, delimiter: str) -> Iterator[tuple[int, list[str] | Raw]]:
    """Rows with the line where each begins."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.taken.clear()
        first = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield first, Raw(None, first, fault=Reason.BROKEN_ROW, what=lines.taken[0])
            # An open quote swallows the rows behind it: they are read again, as rows of their own.
            lines.put_back(len(lines.taken) - 1)
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            continue
        if cells and (len(cells) > 1 or cells[0].strip()):
            yield first, cells
