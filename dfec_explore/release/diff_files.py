"""The differences of two annotation files, worked out once and kept in a folder that is named by what made them."""

import json
import os
import shutil
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from dfec_explore.language import lexicon_hash
from dfec_explore.model import CheckSettings, Rejected, caption_hash
from dfec_explore.release.changes import ChangeKind, DiffSummary, FlagsOf, RecordChange
from dfec_explore.release.checking import caption_checks
from dfec_explore.release.differing import compare_sides
from dfec_explore.release.sides import Side, SideReport, read_side

VERSION = 1
"""Raised when the table changes: what was kept before is then worked out again."""
CHANGES, SUMMARY = "changes.parquet", "summary.json"
GROUP = 5_000
"""Rows of a group of the table."""
KEPT_FOLDERS = 20
"""Comparisons that are kept; the ones that were opened longest ago go first."""

TABLE = pa.schema(
    [
        ("number", pa.int64()),
        ("id", pa.string()),
        ("source", pa.string()),
        *((f"is_{kind}", pa.bool_()) for kind in ChangeKind),
        ("old_video", pa.string()),
        ("new_video", pa.string()),
        ("old_caption", pa.string()),
        ("new_caption", pa.string()),
        ("old_hash", pa.string()),
        ("fields", pa.string()),
        ("events", pa.string()),
        ("flags", pa.string()),
        ("has_fixed", pa.bool_()),
        ("has_new", pa.bool_()),
    ]
)
"""One row for each record that differs; ``fields``, ``events`` and ``flags`` are lists as JSON."""


class Progress(Protocol):
    """Takes reports of how far the work is."""

    def report(self, done: int, total: int | None, message: str = "") -> None:
        """Tell that ``done`` of ``total`` (None: not known yet) records are ready."""


def diff_key(old: str, new: str, *, checks: str = "") -> str:
    """Name a comparison by what goes in: 32 letters and digits.

    Args:
        old: fingerprint of the older file.
        new: fingerprint of the newer file.
        checks: names the checks in force with their limits; empty where captions are not checked.
    """
    return caption_hash(json.dumps([VERSION, old, new, lexicon_hash(), checks]))


def write_diff(
    old: Path, new: Path, folder: Path, progress: Progress, *, flags_of: FlagsOf | None = None
) -> DiffSummary:
    """Compare two annotation files and write the differences into a folder, which appears once it is whole.

    Memory stays flat: both files are read once, as streams, into tables on the disk that are removed afterwards.

    Args:
        old: the older file, in any of the accepted shapes.
        new: the newer file, in any of them.
        folder: where the differences go; one that is there already is replaced.
        progress: told how far it is.
        flags_of: checks captions, if they are to be checked.

    Raises:
        AnnotationFileError: a file can't be read, or has no record structure.
    """
    building = folder.with_name(f".{folder.name}.{uuid.uuid4().hex}.partial")
    building.mkdir(parents=True)
    try:
        before = read_side(old, building / "old", lambda done: progress.report(done, None, f"{done:,} older records"))
        after = read_side(new, building / "new", lambda done: progress.report(done, None, f"{done:,} newer records"))
        summary = _write(before, after, building, progress, flags_of)
        for spill in ("old", "new"):
            (building / spill).unlink()
        shutil.rmtree(folder, ignore_errors=True)
        os.replace(building, folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return summary


def read_summary(folder: Path) -> DiffSummary | None:
    """The numbers of a comparison that was written; None where there is none."""
    try:
        values = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    with suppress(OSError):
        os.utime(folder)
    return DiffSummary(**values | {side: _report(values[side]) for side in ("old", "new")})


def prune_diffs(home: Path) -> None:
    """Remove comparisons that nobody has opened for the longest time."""
    folders = sorted((path for path in home.glob("*") if (path / SUMMARY).is_file()), key=lambda p: -p.stat().st_mtime)
    for path in folders[KEPT_FOLDERS:]:
        shutil.rmtree(path, ignore_errors=True)


def _report(values: dict[str, Any]) -> SideReport:
    return SideReport(**values | {"examples": tuple(Rejected(**one) for one in values["examples"])})


class _Tally:
    """Counts changes as they go by."""

    def __init__(self) -> None:
        self.counts = dict.fromkeys((str(kind) for kind in ChangeKind), 0)
        self.by_source: dict[str, Counter[str]] = {}
        self.actions: dict[str, Counter[str]] = {}
        self.flags: dict[str, Counter[str]] = {}
        self.changed_kept = self.new_errors = 0

    def add(self, change: RecordChange) -> None:
        for kind in change.kinds:
            self.counts[kind] += 1
            self.by_source.setdefault(change.source, Counter())[str(kind)] += 1
        if change.old_video is not None and change.new_video is not None:
            self.changed_kept += 1
        for event in change.events:
            self.actions.setdefault(event.action, Counter())[event.kind] += 1
        for flag in change.flags:
            self.flags.setdefault(flag.check, Counter())["new" if flag.is_new else "fixed"] += 1
            self.new_errors += flag.is_new and flag.severity == "error"

    def summary(self, old: Side, new: Side, *, is_checked: bool) -> DiffSummary:
        kept = len(new) - self.counts[ChangeKind.ADDED]
        kinds = ("added", "removed", "changed")
        return DiffSummary(
            old=old.report,
            new=new.report,
            kept=kept,
            unchanged=kept - self.changed_kept,
            counts=self.counts,
            by_source={source: dict(found) for source, found in sorted(self.by_source.items())},
            events={kind: sum(found[kind] for found in self.actions.values()) for kind in kinds},
            actions={action: dict(found) for action, found in sorted(self.actions.items())},
            flags={check: dict(found) for check, found in sorted(self.flags.items())},
            new_errors=self.new_errors,
            is_checked=is_checked,
        )


def _write(old: Side, new: Side, folder: Path, progress: Progress, flags_of: FlagsOf | None) -> DiffSummary:
    tally, total = _Tally(), len(new)

    def tell(done: int) -> None:
        progress.report(done, total, f"{done:,} of {total:,} records compared")

    with pq.ParquetWriter(folder / CHANGES, TABLE, compression="zstd") as writer:
        changes = compare_sides(old, new, flags_of=flags_of, progress=tell)
        for table in _tables(changes, tally):
            writer.write_table(table)
    summary = tally.summary(old, new, is_checked=flags_of is not None)
    (folder / SUMMARY).write_text(json.dumps(asdict(summary), ensure_ascii=False), encoding="utf-8")
    return summary


def _tables(changes: Iterator[RecordChange], tally: _Tally) -> Iterator[pa.Table]:
    rows: list[dict[str, Any]] = []
    for number, change in enumerate(changes):
        tally.add(change)
        rows.append(_row(number, change))
        if len(rows) == GROUP:
            yield pa.Table.from_pylist(rows, schema=TABLE)
            rows.clear()
    yield pa.Table.from_pylist(rows, schema=TABLE)


def _row(number: int, change: RecordChange) -> dict[str, Any]:
    return {
        "number": number,
        "id": change.id,
        "source": change.source,
        **{f"is_{kind}": kind in change.kinds for kind in ChangeKind},
        "old_video": change.old_video,
        "new_video": change.new_video,
        "old_caption": change.old_caption,
        "new_caption": change.new_caption,
        "old_hash": caption_hash(change.old_caption) if change.old_caption is not None else None,
        "fields": _json(change.fields),
        "events": _json(change.events),
        "flags": _json(change.flags),
        "has_fixed": any(not flag.is_new for flag in change.flags),
        "has_new": any(flag.is_new for flag in change.flags),
    }


def _json(values: tuple[Any, ...]) -> str | None:
    return json.dumps([asdict(value) for value in values], ensure_ascii=False) if values else None


def write_diff_job(
    progress: Progress, *, old: str, new: str, folder: str, off: list[str], limits: dict[str, dict[str, float]]
) -> None:
    """Compare two files in a background job; ``off`` and ``limits`` as in ``CheckSettings``, the rest as above."""
    flags_of, _ = caption_checks(CheckSettings(tuple(off), limits))
    write_diff(Path(old), Path(new), Path(folder), progress, flags_of=flags_of)
    prune_diffs(Path(folder).parent)
