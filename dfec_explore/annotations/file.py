"""An annotation file: its records in order, accepted or rejected with the reason, and the report about it."""

import hashlib
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from dfec_explore.annotations.acceptance import Acceptance
from dfec_explore.annotations.expected import ACCEPTED
from dfec_explore.annotations.raw import Notes, Raw
from dfec_explore.annotations.reasons import UNFINISHED, Reason
from dfec_explore.annotations.report import Tally, ValidationReport
from dfec_explore.annotations.shapes import Shape, find_shape, read_records
from dfec_explore.errors import AnnotationFileError
from dfec_explore.model import Annotation, Rejected


class AnnotationFile:
    """The records of one file. Iterating reads the file from its beginning, a piece at a time."""

    def __init__(self, path: Path, shape: Shape) -> None:
        self.path = path
        self._shape = shape
        self._read: Tally | None = None

    @property
    def format(self) -> str:
        """How the records are written down, such as ``json``, ``jsonl+gzip`` or ``csv``."""
        return self._shape.label

    def __iter__(self) -> Iterator[Annotation | Rejected]:
        """Every record in file order.

        Raises:
            AnnotationFileError: the file turns out to hold no records, or can't be read any more.
        """
        notes = Notes()
        tally, acceptance = Tally(notes), Acceptance()
        for index, raw in enumerate(self._records(notes)):
            same_record = False
            for outcome in acceptance.judged(index, raw):
                if isinstance(outcome, Rejected):
                    tally.reject(outcome)
                else:
                    tally.accept(outcome, same_record=same_record)
                    same_record = True
                yield outcome
            if acceptance.was_repaired:
                tally.repaired(outcome.id)
        self._read = tally

    def report(self) -> ValidationReport:
        """What the last iteration to the end saw; reads the file first where there was none."""
        if self._read is None:
            for _ in self:
                pass
        assert self._read is not None
        return self._read.report(self.path, form=self.format, fingerprint=fingerprint(self.path))

    def _records(self, notes: Notes) -> Iterator[Raw]:
        try:
            yield from self._checked(read_records(self.path, self._shape, notes), notes)
        except OSError as error:
            problem = f"the file can no longer be read ({error.strerror or type(error).__name__})"
            raise AnnotationFileError(self.path, problem, "Check the disk and open it again.") from error

    def _checked(self, records: Iterator[Raw], notes: Notes) -> Iterator[Raw]:
        """The records, with a last reject where the packed data broke off between two of them."""
        first = list(islice(records, 2))
        if len(first) == 1 and first[0].fault in UNFINISHED and not first[0].what.startswith(("{", "…")):
            raise AnnotationFileError(self.path, "there are no records in it that could be read", ACCEPTED)
        last: Raw | None = None
        for last in chain(first, records):
            yield last
        if notes.damaged and (last is None or last.fault is None):
            yield Raw(None, fault=Reason.DAMAGED)


def open_annotations(path: Path) -> AnnotationFile:
    """Open an annotation file of any accepted shape; the shape is told from its content.

    Raises:
        AnnotationFileError: the file can't be read, or nothing in it looks like records.
    """
    return AnnotationFile(path, find_shape(path))


def validate(path: Path) -> ValidationReport:
    """Read an annotation file to its end and report on it.

    Raises:
        AnnotationFileError: the file can't be read, or no record structure could be read.
    """
    return open_annotations(path).report()


def fingerprint(path: Path) -> str:
    """Name a file by its bytes: ``sha256:`` and 64 hexadecimal digits.

    Raises:
        AnnotationFileError: the file can't be read.
    """
    try:
        with path.open("rb") as stream:
            return f"sha256:{hashlib.file_digest(stream, 'sha256').hexdigest()}"
    except OSError as error:
        problem = f"the file cannot be read ({error.strerror or type(error).__name__})"
        raise AnnotationFileError(path, problem, "Check its name and rights.") from error
