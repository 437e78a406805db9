"""An annotation file written again in its own format: other captions in some records, some records left out.

Everything else stays as it is, byte for byte in text formats: fields, order, indentation, escapes, line ends, encoding.
"""

import codecs
import gzip
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from dfec_explore.annotations.acceptance import Acceptance
from dfec_explore.annotations.conversations import FIELD, MODEL, is_conversation
from dfec_explore.annotations.lines import json_lines_records
from dfec_explore.annotations.parquet_writing import rewrite_parquet
from dfec_explore.annotations.raw import Raw
from dfec_explore.annotations.shapes import Shape, document_records, find_shape
from dfec_explore.annotations.tables import table_rows
from dfec_explore.annotations.tape import Tape
from dfec_explore.annotations.tokens import Change, answer_changes, answer_with, cell_change, json_change, with_changes
from dfec_explore.annotations.whole_file import whole_file
from dfec_explore.errors import AnnotationFileError
from dfec_explore.model import Annotation, Rejected

SEPARATOR = re.compile(r"[ \t\r\n]*,?[ \t\r\n]*")
"""What stands between two records of the same list."""

Outcomes = Sequence[Annotation | Rejected]


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to become of one record."""

    is_kept: bool = True
    captions: Mapping[int, str] = field(default_factory=dict)
    """New captions, by the number of the outcome (from 0; a conversation may have several)."""


Decide = Callable[[Outcomes], Edit]
"""From what a record was read as, one annotation or reject for each of its captions, to what is to become of it."""


@dataclass(slots=True)
class Rewritten:
    """What was done."""

    captions: int = 0
    """Captions that were changed."""
    left_out: int = 0
    """Records that were left out."""
    unplaced: list[str] = field(default_factory=list)
    """Ids of answers that stay as they are, because a media tag stands among their words."""


class _Piece(NamedTuple):
    """A record in the text of its file."""

    gap: str
    """What stands before it."""
    text: str
    """Empty for a record of JSON that is broken: then it stands in the next gap."""
    raw: Raw | None
    """None for a header."""
    at: int = 0
    """Where the value begins in the text."""
    column: int = -1
    """Which cell holds the caption, in a table."""


def rewrite_annotations(source: Path, target: Path, decide: Decide) -> Rewritten:
    """Write an annotation file again, with what is decided for each of its records in order.

    Where nothing changes the new file is a copy of the old one. A gzipped file stays gzipped. A Parquet file is written
    anew, with other values in the column of the captions alone.

    Args:
        source: the file as it is; it is only read.
        target: the new file; it appears under its name once it is whole.
        decide: called once for each record.

    Raises:
        AnnotationFileError: the file cannot be read, written, or taken apart without loss.
    """
    if target.exists() and target.samefile(source):
        raise AnnotationFileError(source, "the new file has the name of the old one", "Write it beside the old one.")
    work = _Rewriting(source, find_shape(source), decide)
    try:
        with whole_file(target) as stream:
            work.write(stream)
    except OSError as error:
        problem = f"the file cannot be written ({error.strerror or type(error).__name__})"
        raise AnnotationFileError(target, problem, "Check the folder, its rights and the disk.") from error
    return work.done


class _Rewriting:
    """One file on its way to another."""

    def __init__(self, source: Path, shape: Shape, decide: Decide) -> None:
        self._source, self._shape, self._decide = source, shape, decide
        self._acceptance, self._records = Acceptance(), 0
        self._kept_one = self._left_one = False
        """Whether a record of the list that is being written was kept, and whether one was left out."""
        self.done = Rewritten()

    def write(self, stream: BinaryIO) -> None:
        """Write the new file, or a copy where nothing changes."""
        with _packed(stream, self._shape) as out:
            if self._shape.encoding is None:
                rewrite_parquet(self._source, out, self._new_values)
            else:
                self._write_text(out)
        if not self.done.captions and not self.done.left_out:
            stream.seek(0)
            stream.truncate()
            with self._source.open("rb") as original:
                shutil.copyfileobj(original, stream)

    def _write_text(self, out: BinaryIO) -> None:
        assert self._shape.encoding is not None
        tape = Tape(self._source, self._shape.encoding)
        encoder = codecs.getincrementalencoder(self._shape.encoding.name)(tape.errors)
        out.write(tape.mark)
        for piece in self._pieces(tape):
            out.write(encoder.encode(self._written(piece, tape)))
        out.write(encoder.encode(tape.rest(), True))

    def _pieces(self, tape: Tape) -> Iterator[_Piece]:
        chunks = iter(tape)
        if self._shape.name == "jsonl":
            for raw in json_lines_records(chunks):
                assert raw.line is not None
                gap, text = tape.lines_up_to(raw.line - 1), tape.lines_up_to(raw.line)
                yield _Piece(gap, text, raw, at=len(text) - len(text.lstrip(" \t\r")))
        elif self._shape.delimiter:
            for row in table_rows(chunks, self._shape.delimiter):
                column = row.header.index("caption") if "caption" in row.header else -1
                yield _Piece(tape.lines_up_to(row.first - 1), tape.lines_up_to(row.last), row.raw, column=column)
        else:
            for raw in document_records(self._shape, chunks, tape.notes):
                if raw.span is None or raw.span[0] < tape.taken:
                    yield _Piece("", "", raw)
                    continue
                start, at, end = raw.span
                yield _Piece(tape.up_to(start), tape.up_to(end), raw, at=at - start)

    def _written(self, piece: _Piece, tape: Tape) -> str:
        outcomes, edit = ((), Edit()) if piece.raw is None else self._decided(piece.raw)
        gap = self._gap(piece, edit)
        if edit.is_kept:
            return gap + with_changes(piece.text, self._changes(piece, outcomes, edit, tape))
        if not piece.text:
            problem = f"its JSON is broken at line {piece.raw.line if piece.raw else 1}"
            raise AnnotationFileError(self._source, problem, "Mend it first: no record can be left out safely.")
        self.done.left_out += 1
        return gap

    def _gap(self, piece: _Piece, edit: Edit) -> str:
        """What is written before a record: a comma goes with the record behind it."""
        by_lines = self._shape.name == "jsonl" or bool(self._shape.delimiter)
        if by_lines or not SEPARATOR.fullmatch(piece.gap):
            self._kept_one = self._left_one = False
            gap = piece.gap
        else:
            gap = piece.gap if edit.is_kept and (self._kept_one or not self._left_one) else ""
        self._kept_one = self._kept_one or edit.is_kept
        self._left_one = self._left_one or not edit.is_kept
        return gap

    def _decided(self, raw: Raw) -> tuple[Outcomes, Edit]:
        outcomes = list(self._acceptance.judged(self._records, raw))
        self._records += 1
        return outcomes, self._decide(outcomes)

    def _changes(self, piece: _Piece, outcomes: Outcomes, edit: Edit, tape: Tape) -> list[Change]:
        if not edit.captions or piece.raw is None:
            return []
        if piece.column >= 0:
            caption = edit.captions[0].replace("\n", tape.newline)
            changes = [cell_change(piece.text, piece.column, caption, self._shape.delimiter)]
        elif is_conversation(piece.raw.value):
            changes = self._placed(answer_changes(piece.text, piece.at, edit.captions), outcomes, edit)
        else:
            changes = [json_change(piece.text, piece.at, edit.captions[0])]
        self.done.captions += len(changes)
        return changes

    def _placed(self, changes: list[Change] | None, outcomes: Outcomes, edit: Edit) -> list[Change]:
        if changes is not None:
            return changes
        self.done.unplaced += [outcomes[number].id or "" for number in edit.captions]
        return []

    def _new_values(self, raw: Raw) -> Mapping[str, Any] | None:
        """The new values of a row of Parquet."""
        outcomes, edit = self._decided(raw)
        if not edit.is_kept:
            self.done.left_out += 1
            return None
        if not edit.captions:
            return {}
        if not is_conversation(raw.value):
            self.done.captions += 1
            return {"caption": edit.captions[0]}
        turns = [dict(turn) for turn in raw.value[FIELD]]
        answers = [turn for turn in turns if turn["from"] == MODEL]
        said = {number: answer_with(answers[number]["value"], caption) for number, caption in edit.captions.items()}
        if None in said.values():
            self.done.unplaced += [outcomes[number].id or "" for number in said]
            return {}
        for number, words in said.items():
            answers[number]["value"] = words
        self.done.captions += len(said)
        return {FIELD: turns}


@contextmanager
def _packed(stream: BinaryIO, shape: Shape) -> Iterator[BinaryIO]:
    """Where the content goes: the file itself, or gzip around it, without name and time, so that it can be repeated."""
    if not shape.gzipped:
        yield stream
        return
    with gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0) as packed:
        yield cast(BinaryIO, packed)
