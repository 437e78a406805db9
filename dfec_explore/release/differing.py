"""Comparing two annotation files record by record, some thousand records in memory at a time."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

import pyarrow as pa
import pyarrow.compute as pc

from dfec_explore import language
from dfec_explore.language.comparing import EventChange, compare_events
from dfec_explore.model import Annotation, FacialEvent, Flag
from dfec_explore.release.changes import ChangeKind, FlagChange, FlagsOf, RecordChange
from dfec_explore.release.fields import compare_fields
from dfec_explore.release.sides import BATCH, ROW, Row, Side, rows_of
from dfec_explore.sources import source_of

Pair = tuple[Row | None, Row | None]
"""A record as it was and as it is; None where it is not there."""


def compare_sides(
    old: Side, new: Side, *, flags_of: FlagsOf | None = None, progress: Callable[[int], None] | None = None
) -> Iterator[RecordChange]:
    """The records that differ, by id: those of the newer file in its order, then the removed ones in theirs.

    Args:
        old: the older file.
        new: the newer file.
        flags_of: checks captions; changed, added and removed ones are checked where it is given.
        progress: told how many records have been compared.
    """
    pairs = differing_pairs(old, new, progress or _quiet)
    while batch := list(islice(pairs, BATCH)):
        yield from _changes(batch, flags_of)


def differing_pairs(old: Side, new: Side, progress: Callable[[int], None]) -> Iterator[Pair]:
    """Pairs of records that differ, in the order of ``compare_sides``; what differs in format alone is among them."""
    old_ids, new_ids = old.ids(), new.ids()
    places = pc.index_in(new_ids, value_set=old_ids).to_pylist()
    for start in range(0, len(places), BATCH):
        rows = range(start, min(start + BATCH, len(places)))
        there = [row for row in rows if places[row] is not None]
        differing = dict(_differing(old, new, there, [places[row] for row in there]))
        added = [row for row in rows if places[row] is None]
        alone = dict(zip(added, rows_of(new.rows(added)), strict=True)) if added else {}
        for row in rows:
            if row in differing:
                yield differing[row]
            elif row in alone:
                yield None, alone[row]
        progress(rows.stop)
    gone = pc.indices_nonzero(pc.is_null(pc.index_in(old_ids, value_set=new_ids))).to_pylist()
    for start in range(0, len(gone), BATCH):
        yield from ((row, None) for row in rows_of(old.rows(gone[start : start + BATCH])))


def _differing(old: Side, new: Side, rows: Sequence[int], places: Sequence[int]) -> Iterator[tuple[int, Pair]]:
    if not rows:
        return
    before, after = old.rows(places), new.rows(rows)
    is_other = pa.array([False] * len(rows))
    for name in ROW.names:
        is_other = pc.or_(is_other, pc.not_equal(_whole(before, name), _whole(after, name)))
    chosen = pc.indices_nonzero(is_other)
    pairs = zip(rows_of(before.take(chosen)), rows_of(after.take(chosen)), strict=True)
    yield from zip((rows[place] for place in chosen.to_pylist()), pairs, strict=True)


def _whole(table: pa.Table, name: str) -> pa.Array:
    return table.column(name).combine_chunks()


def _changes(pairs: Sequence[Pair], flags_of: FlagsOf | None) -> Iterator[RecordChange]:
    """The changes of some pairs; their captions are parsed together."""
    read = _read_captions(pairs, flags_of)
    for pair in pairs:
        before, after = pair
        row = after or before
        assert row is not None
        fields = compare_fields(before.fields, after.fields) if before and after else ()
        kinds = _kinds(before, after, has_fields=bool(fields))
        if not kinds:
            continue
        events: tuple[EventChange, ...] = ()
        flags: tuple[FlagChange, ...] = ()
        if before is None or after is None or ChangeKind.CAPTION in kinds:
            events, flags = next(read)
        yield RecordChange(
            id=row.id,
            kinds=kinds,
            source=source_of(row.video),
            old_video=before.video if before else None,
            new_video=after.video if after else None,
            old_caption=before.caption if before else None,
            new_caption=after.caption if after else None,
            fields=fields,
            events=events,
            flags=flags,
        )


def _kinds(before: Row | None, after: Row | None, *, has_fields: bool) -> tuple[ChangeKind, ...]:
    if before is None:
        return (ChangeKind.ADDED,)
    if after is None:
        return (ChangeKind.REMOVED,)
    found = {
        ChangeKind.CAPTION: before.caption != after.caption,
        ChangeKind.VIDEO: before.video != after.video,
        ChangeKind.FIELDS: has_fields,
    }
    return tuple(kind for kind, differs in found.items() if differs)


Read = tuple[tuple[EventChange, ...], tuple[FlagChange, ...]]


def _read_captions(pairs: Sequence[Pair], flags_of: FlagsOf | None) -> Iterator[Read]:
    """Changes of events and flags of each pair whose caption is not in both files."""
    wanted = [
        (before, after) for before, after in pairs if before is None or after is None or before.caption != after.caption
    ]
    if flags_of is None:
        texts = (row.caption for pair in wanted if all(pair) for row in pair if row)
        events = language.extract_events(texts)
        for before, after in wanted:
            yield (_event_changes(events) if before and after else ()), ()
        return
    analyses = language.analyse(row.caption for pair in wanted for row in pair if row)
    for before, after in wanted:
        found: list[tuple[tuple[FacialEvent, ...], list[tuple[str, Flag]]]] = []
        for row in (before, after):
            if row is None:
                found.append(((), []))
                continue
            analysis = next(analyses)
            flags = flags_of(Annotation(row.id, row.video, row.caption), analysis)
            found.append((analysis.events, [(_concerned(flag, row.caption), flag) for flag in flags]))
        (old_events, old_flags), (new_events, new_flags) = found
        events_changed = tuple(compare_events(old_events, new_events)) if before and after else ()
        yield events_changed, tuple(compare_flags(old_flags, new_flags))


def _event_changes(events: Iterator[tuple[FacialEvent, ...]]) -> tuple[EventChange, ...]:
    before = next(events)
    return tuple(compare_events(before, next(events)))


def compare_flags(before: Iterable[tuple[str, Flag]], after: Iterable[tuple[str, Flag]]) -> Iterator[FlagChange]:
    """Flags that one of two captions has alone; one of the same check about the same words is the same flag.

    Args:
        before: (words concerned, flag) of the older caption.
        after: those of the newer one.
    """
    old, new = list(before), list(after)
    for is_new, mine, others in ((False, old, new), (True, new, old)):
        left = Counter((flag.check, words) for words, flag in others)
        for words, flag in mine:
            if left[flag.check, words]:
                left[flag.check, words] -= 1
            else:
                yield FlagChange(is_new, flag.check, str(flag.severity), flag.message)


def _concerned(flag: Flag, caption: str) -> str:
    return "" if flag.start is None else " ".join(caption[flag.start : flag.end].split())


def _quiet(done: int) -> None:
    """Tell nobody."""
