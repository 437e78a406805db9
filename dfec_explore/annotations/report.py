"""What validation says of an annotation file: counts, rejects, and warnings about what was accepted."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dfec_explore.annotations.raw import Notes
from dfec_explore.annotations.reasons import shortened
from dfec_explore.model import Annotation, Rejected
from dfec_explore.sources import NO_FOLDER, registry, source_id, source_of

MAX_EXAMPLES = 20
"""Warnings of one kind that are spelled out; the others are counted."""

MAX_SOURCES = 1000
"""Unknown sources that are told apart; a file with more has no folders by source."""


@dataclass(frozen=True, slots=True)
class FileWarning:
    """Something about a file that a person should know, though its records were accepted."""

    kind: str
    """``video-used-twice``, ``unknown-source``, ``lone-surrogates``, ``undecodable-bytes`` or ``loose-commas``."""
    message: str
    count: int
    """How many records, or places in the file, it is about."""
    ids: tuple[str, ...] = ()
    """Ids of those records, or of the first of them."""

    def to_json_dict(self) -> dict[str, Any]:
        """The warning as plain values."""
        return {"kind": self.kind, "message": self.message, "count": self.count, "ids": list(self.ids)}


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """The outcome of reading an annotation file to its end."""

    file: str
    format: str
    records: int
    """Annotations and rejects; each answer of a conversation is a record of its own."""
    accepted: int
    rejected: tuple[Rejected, ...]
    warnings: tuple[FileWarning, ...]
    fingerprint: str

    @property
    def exit_code(self) -> int:
        """0 when every record was accepted, 1 when some or all were rejected."""
        return 1 if self.rejected else 0

    def to_json_dict(self) -> dict[str, Any]:
        """The report as plain values, as ``validate --json`` prints it."""
        return {
            "file": self.file,
            "format": self.format,
            "records": self.records,
            "accepted": self.accepted,
            "rejected": [_rejected_dict(record) for record in self.rejected],
            "warnings": [warning.to_json_dict() for warning in self.warnings],
            "fingerprint": self.fingerprint,
        }


def _rejected_dict(record: Rejected) -> dict[str, Any]:
    place = {} if record.line is None else {"line": record.line}
    return {"index": record.index, "id": record.id, "reason": record.reason, "value": record.value} | place


class Tally:
    """Counts what comes out of a file while it is read; memory grows by some 100 bytes a record."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._accepted = 0
        self._rejected: list[Rejected] = []
        # A video is known by its hash: two of a million are taken for one with a chance of 1 in 40 million, and then
        # the price is a warning too many.
        self._first_use: dict[int, str] = {}
        self._uses: dict[str, list[str]] = {}
        self._more_uses = 0
        self._unknown: Counter[str] = Counter()
        self._more_unknown = 0
        self._repaired = 0
        self._repaired_ids: list[str] = []

    def reject(self, record: Rejected) -> None:
        """Count a reject."""
        self._rejected.append(record)

    def accept(self, annotation: Annotation, *, same_record: bool) -> None:
        """Count an annotation; ``same_record``: it is a further answer of the record before."""
        self._accepted += 1
        source = source_of(annotation.video)
        if source not in registry():
            self._count_unknown(source)
        if not same_record:
            first = self._first_use.setdefault(hash(annotation.video), annotation.id)
            if first != annotation.id:
                self._used_again(annotation, first)

    def repaired(self, name: str | None) -> None:
        """Count a record whose text had to be repaired."""
        self._repaired += 1
        if name is not None and len(self._repaired_ids) < MAX_EXAMPLES:
            self._repaired_ids.append(shortened(name))

    def report(self, path: Path, *, form: str, fingerprint: str) -> ValidationReport:
        """Everything that was counted."""
        return ValidationReport(
            file=str(path),
            format=form,
            records=self._accepted + len(self._rejected),
            accepted=self._accepted,
            rejected=tuple(self._rejected),
            warnings=(*self._about_text(), *self._about_sources(), *self._about_videos()),
            fingerprint=fingerprint,
        )

    def _count_unknown(self, source: str) -> None:
        if source in self._unknown or len(self._unknown) < MAX_SOURCES:
            self._unknown[source] += 1
        else:
            self._more_unknown += 1

    def _used_again(self, annotation: Annotation, first: str) -> None:
        if annotation.video in self._uses:
            self._uses[annotation.video].append(annotation.id)
        elif len(self._uses) < MAX_EXAMPLES:
            self._uses[annotation.video] = [first, annotation.id]
        else:
            self._more_uses += 1

    def _about_text(self) -> Iterator[FileWarning]:
        notes = self._notes
        if notes.undecodable:
            message = (
                f"Bytes that are no text stand in {_many(notes.undecodable, 'place')}, first in line "
                f"{notes.undecodable_line}; U+FFFD stands for them."
            )
            yield FileWarning("undecodable-bytes", message, notes.undecodable)
        if self._repaired:
            message = (
                f"{_many(self._repaired, 'record')} with half of a surrogate pair, which is no character; "
                "U+FFFD stands for it."
            )
            yield FileWarning("lone-surrogates", message, self._repaired, tuple(self._repaired_ids))
        if notes.loose_commas:
            message = (
                f"A comma is missing or one too many in {_many(notes.loose_commas, 'place')}, first in line "
                f"{notes.loose_comma_line}; other programs may refuse the file."
            )
            yield FileWarning("loose-commas", message, notes.loose_commas)

    def _about_sources(self) -> Iterator[FileWarning]:
        ordered = self._unknown.most_common()
        for source, count in ordered[:MAX_EXAMPLES]:
            yield FileWarning("unknown-source", _unknown_source(source, count), count)
        if count := self._more_unknown + sum(number for _, number in ordered[MAX_EXAMPLES:]):
            yield FileWarning("unknown-source", f"{_many(count, 'record')} of further unknown sources.", count)

    def _about_videos(self) -> Iterator[FileWarning]:
        for video, ids in self._uses.items():
            listed = tuple(shortened(name) for name in ids[:MAX_EXAMPLES])
            more = ", ..." if len(ids) > MAX_EXAMPLES else ""
            message = (
                f"{_many(len(ids), 'record')} have the same video {shortened(video)}: ids {', '.join(listed)}{more}."
            )
            yield FileWarning("video-used-twice", message, len(ids), listed)
        if self._more_uses:
            message = f"{_many(self._more_uses, 'further record')} have the video of an earlier one."
            yield FileWarning("video-used-twice", message, self._more_uses)


def _unknown_source(source: str, count: int) -> str:
    if source == NO_FOLDER:
        return f"The source of {_many(count, 'record')} is unknown: the video path has no folder."
    meant = source_id(source)
    hint = f" {meant} may be meant." if meant else ""
    return f"{shortened(source)} ({_many(count, 'record')}) is not one of the known sources.{hint}"


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
