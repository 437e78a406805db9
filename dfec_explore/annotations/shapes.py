"""Telling the shape of an annotation file from its content (never its name), and reading its records."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dfec_explore.annotations.decoding import (
    CHUNK,
    Encoding,
    find_encoding,
    head_bytes,
    head_text,
    is_gzipped,
    text_chunks,
)
from dfec_explore.annotations.expected import ANNOTATIONS, Expected
from dfec_explore.annotations.json_documents import JsonDocument, is_record
from dfec_explore.annotations.json_values import JsonValues
from dfec_explore.annotations.lines import json_lines_records
from dfec_explore.annotations.parquet import MAGIC, parquet_columns, parquet_records
from dfec_explore.annotations.raw import Notes, Raw
from dfec_explore.annotations.tables import DELIMITERS, find_delimiter, header_of, table_records
from dfec_explore.errors import AnnotationFileError

LOOKED_AT = 5
"""Lines that are tried as JSON to tell JSON Lines from other text."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How the records of a file are written down."""

    name: str
    """``json`` (a list), ``json-object`` (keyed by id, or around a list), ``json-sequence``, ``jsonl``, ``csv``,
    ``tsv`` or ``parquet``."""
    gzipped: bool
    encoding: Encoding | None = None
    """None where the file is no text."""
    delimiter: str = ""
    expected: Expected = ANNOTATIONS

    @property
    def label(self) -> str:
        """The name as reports show it."""
        return f"{self.name}+gzip" if self.gzipped else self.name


def find_shape(path: Path, expected: Expected = ANNOTATIONS) -> Shape:
    """Tell the shape of a file.

    Args:
        path: the file.
        expected: which records it is to hold.

    Raises:
        AnnotationFileError: the file can't be read, or nothing in it looks like records.
    """
    try:
        gzipped, head = is_gzipped(path), head_bytes(path)
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise AnnotationFileError(path, f"the file cannot be read ({problem})", "Check its name and rights.") from error
    if head.startswith(MAGIC):
        _check_columns(path, parquet_columns(path), expected)
        return Shape("parquet", gzipped, expected=expected)
    encoding = find_encoding(head)
    if encoding is None:
        raise AnnotationFileError(path, "the file is not text", expected.accepted)
    text = head_text(head, encoding)
    if not text.strip():
        problem = "nothing could be unpacked from it" if gzipped else "the file is empty"
        raise AnnotationFileError(path, problem, expected.accepted)
    name, delimiter = _text_shape(path, text, expected, is_whole=len(head) < CHUNK)
    return Shape(name, gzipped, encoding, delimiter, expected)


def read_records(path: Path, shape: Shape, notes: Notes) -> Iterator[Raw]:
    """The records of a file in their order; what concerns the file as a whole goes into ``notes``."""
    if shape.encoding is None:
        yield from parquet_records(path)
        return
    chunks = text_chunks(path, shape.encoding, notes)
    if shape.name == "jsonl":
        yield from json_lines_records(chunks)
    elif shape.delimiter:
        yield from table_records(chunks, shape.delimiter)
    else:
        yield from document_records(shape, chunks, notes)


def document_records(shape: Shape, chunks: Iterator[str], notes: Notes) -> Iterator[Raw]:
    """The records of a JSON document, whose text comes in chunks; what concerns it as a whole goes into ``notes``."""
    document = JsonDocument(chunks, notes, shape.expected)
    readers = {"json": document.list_records, "json-object": document.object_records}
    yield from readers.get(shape.name, document.sequence_records)()


def _text_shape(path: Path, text: str, expected: Expected, *, is_whole: bool) -> tuple[str, str]:
    """Name and delimiter of a text's shape."""
    first = text.lstrip(" \t\r\n")[:1]
    if _is_json_lines(text, expected, is_whole=is_whole):
        return "jsonl", ""
    if first == "[":
        return "json", ""
    if first == "{":
        decoded = JsonValues().decode(text.lstrip(" \t\r\n"), 0)
        return ("json-sequence" if is_record(decoded.value, expected) else "json-object"), ""
    delimiter = find_delimiter(text, expected)
    if delimiter is None:
        raise AnnotationFileError(path, "there are no records in it that could be read", expected.accepted)
    _check_columns(path, header_of(text, delimiter), expected)
    return DELIMITERS[delimiter], delimiter


def _is_json_lines(text: str, expected: Expected, *, is_whole: bool) -> bool:
    """Whether the first lines are records of their own, a broken one among them or not."""
    lines = [line.strip() for line in text.split("\n")[: None if is_whole else -1] if line.strip()]
    values = JsonValues()
    whole = [_is_object(values, line) for line in lines[:LOOKED_AT]]
    if not any(whole):
        return False
    if whole[0]:
        return len(lines) > 1 or is_record(values.decode(lines[0], 0).value, expected)
    # A line of a document that is laid out over lines ends where something more has to come.
    return lines[0][-1] not in "[{,:" and lines[0] not in "]}"


def _is_object(values: JsonValues, line: str) -> bool:
    decoded = values.decode(line, 0)
    return isinstance(decoded.value, dict) and decoded.end == len(line)


def _check_columns(path: Path, columns: tuple[str, ...] | None, expected: Expected) -> None:
    if columns is None:
        raise AnnotationFileError(path, "the Parquet file is damaged", "Write or copy it again.")
    repeated = sorted({name for name in columns if columns.count(name) > 1})
    if repeated:
        problem = f"the columns {', '.join(map(repr, repeated))} occur twice"
        raise AnnotationFileError(path, problem, "Give every column a name of its own.")
    if expected.columns.isdisjoint(columns):
        wanted = " or ".join(map(repr, expected.texts))
        problem = f"none of the columns {', '.join(map(repr, columns))} is {wanted}"
        raise AnnotationFileError(path, problem, expected.accepted)
