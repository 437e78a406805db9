"""Questions to a comparison that was written: pages of its changes, all of them, and the verdicts gone stale."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from dfec_explore.language.comparing import EventChange
from dfec_explore.release.changes import ChangeKind, FlagChange, RecordChange, StaleVerdict
from dfec_explore.release.diff_files import CHANGES, TABLE
from dfec_explore.release.fields import FieldChange
from dfec_explore.reviews import FinalVerdict

CARRIED_OUT, CHANGED, REMOVED = "carried-out", "changed", "removed"
"""What became of a caption that has a verdict."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which changes; nothing set means all of them."""

    kinds: tuple[str, ...] = ()
    """Of one of these kinds."""
    sources: tuple[str, ...] = ()
    text: str = ""
    """A piece of the id or of a caption, upper and lower case alike."""
    flags: str = ""
    """``fixed`` or ``new``: with a flag that is."""


@dataclass(frozen=True, slots=True)
class ChangePage:
    """One page of changes, how many there are in all, and which page it is (from 1)."""

    changes: tuple[RecordChange, ...]
    found: int
    number: int
    pages: int


def change_page(folder: Path, wanted: Wanted, *, number: int, size: int) -> ChangePage:
    """A page of the changes; a number past the last page gives the last."""
    table = _dataset(folder)
    chosen = table.to_table(columns=["number"], filter=_condition(wanted)).column("number")
    pages = max(-(-len(chosen) // size), 1)
    number = min(max(number, 1), pages)
    numbers = chosen.slice((number - 1) * size, size)
    shown = table.to_table(filter=pc.field("number").isin(numbers.to_pylist())).sort_by("number")
    return ChangePage(tuple(_changes(shown)), len(chosen), number, pages)


def changes(folder: Path, wanted: Wanted | None = None) -> Iterator[RecordChange]:
    """All the changes in their order, as a stream."""
    for batch in _dataset(folder).to_batches(filter=_condition(wanted or Wanted()), batch_size=5_000):
        yield from _changes(pa.Table.from_batches([batch]))


def stale_verdicts(folder: Path, verdicts: Iterable[FinalVerdict], *, part: str) -> list[StaleVerdict]:
    """The verdicts on captions of the older file that the newer one does not have any more.

    Args:
        folder: the comparison.
        verdicts: of the dataset, as ``reviews.final_verdicts`` gives them.
        part: the part that the files hold.
    """
    given = {(one.key.id, one.caption_hash): one for one in verdicts if one.key.part == part}
    columns = ["id", "source", "old_hash", "new_caption"]
    is_lost = pc.field("is_caption") | pc.field("is_removed")
    batches = _dataset(folder).to_batches(columns=columns, filter=is_lost) if given else ()
    return [
        StaleVerdict(id_, source, final.verdict, final.reviewers, final.reasons, _outcome(final, new_caption))
        for batch in batches
        for id_, source, hash_, new_caption in zip(*(batch.column(name).to_pylist() for name in columns), strict=True)
        if (final := given.get((id_, hash_))) is not None
    ]


def _outcome(final: FinalVerdict, caption: str | None) -> str:
    if caption is None:
        return REMOVED
    return CARRIED_OUT if caption == final.correction else CHANGED


def _dataset(folder: Path) -> ds.Dataset:
    return ds.dataset(folder / CHANGES, schema=TABLE, format="parquet")


def _condition(wanted: Wanted) -> pc.Expression:
    pieces: list[pc.Expression] = []
    if wanted.kinds:
        pieces.append(_any(pc.field(f"is_{kind}") for kind in ChangeKind if kind in wanted.kinds))
    if wanted.sources:
        pieces.append(pc.field("source").isin(list(wanted.sources)))
    if wanted.flags:
        pieces.append(pc.field(f"has_{wanted.flags}"))
    if wanted.text:
        pieces.append(_any(_contains(name, wanted.text) for name in ("id", "old_caption", "new_caption")))
    condition = pc.scalar(True)
    for piece in pieces:
        condition = condition & piece
    return condition


def _contains(name: str, text: str) -> pc.Expression:
    found = pc.match_substring(pc.field(name), text, ignore_case=True)
    return pc.coalesce(found, pc.scalar(False))


def _any(pieces: Iterable[pc.Expression]) -> pc.Expression:
    condition = pc.scalar(False)
    for piece in pieces:
        condition = condition | piece
    return condition


def _changes(table: pa.Table) -> Iterator[RecordChange]:
    for row in table.to_pylist():
        yield RecordChange(
            id=row["id"],
            kinds=tuple(kind for kind in ChangeKind if row[f"is_{kind}"]),
            source=row["source"],
            old_video=row["old_video"],
            new_video=row["new_video"],
            old_caption=row["old_caption"],
            new_caption=row["new_caption"],
            fields=tuple(FieldChange(**one) for one in _listed(row["fields"])),
            events=tuple(EventChange(**one) for one in _listed(row["events"])),
            flags=tuple(FlagChange(**one) for one in _listed(row["flags"])),
        )


def _listed(text: str | None) -> Sequence[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text) if text else []
    return found
