"""The batch job that finds and probes the clips of a whole dataset. Apart from the rest, for it brings pyarrow."""

import math
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from dfec_explore.clips.answers import Answers
from dfec_explore.clips.cataloguing import catalogue_clips, read_wanted
from dfec_explore.clips.facts_table import FactsTable, Row, file_columns
from dfec_explore.clips.folders import Folders
from dfec_explore.clips.prober import Prober
from dfec_explore.clips.progress import Progress
from dfec_explore.clips.resolve import ClipRoots, resolve
from dfec_explore.errors import ClipError
from dfec_explore.model import Clip, ClipStatus

BATCH = 500
"""Samples that are looked up between two looks at the clock."""
SAVE_SECONDS = 10.0
"""Time between two writings of the table, which is written as a whole."""


def probe_clips(
    progress: Progress,
    *,
    clips: str,
    facts: str,
    parent: str | None = None,
    by_source: Mapping[str, str] | None = None,
    answers: str | None = None,
    scans: str | None = None,
    deadline: float = 10.0,
    workers: int = 1,
) -> dict[str, int]:
    """Find and probe clips and keep what was found, for a job that runs in a process of its own.

    A file that has not changed since it was last probed is not opened again, whatever came of it then.

    Args:
        progress: is told after every clip.
        clips: a JSON Lines file of objects with ``source`` and ``video``; the same pair again is done once.
        facts: the Parquet file of ``facts_table.SCHEMA``; replaced every few seconds and at the end.
        parent: the folder that holds the clips of all sources.
        by_source: the folders of single sources.
        answers: the file of ``answers.Answers``, which says where the clips lie; without it, each clip is looked for
            by itself.
        scans: the folder in which scans are kept; with it, the answers are written first.
        deadline: seconds that one clip may take.
        workers: decoding processes.

    Returns:
        How many samples there are of each status.

    Raises:
        ClipError: the table cannot be written.
    """
    table = FactsTable(Path(facts))
    roots = ClipRoots(Path(parent) if parent else None, {name: Path(path) for name, path in (by_source or {}).items()})
    wanted = read_wanted(Path(clips))
    if answers and scans:
        catalogue_clips(progress, clips=clips, answers=answers, scans=scans, parent=parent, by_source=by_source)
    located = Answers(Path(answers)) if answers else None
    counts: Counter[str] = Counter()
    saved_at = time.monotonic()
    with Prober(workers=workers, deadline=deadline) as prober, ThreadPoolExecutor(workers) as pool:
        folders = Folders(max_age=math.inf)
        for batch in _batches(wanted):
            samples = [_look_up(source, video, roots, folders, table, located) for source, video in batch]
            probed = pool.map(partial(_probe, prober), [sample.to_probe for sample in samples if sample.to_probe])
            rows = []
            for sample in samples:
                rows.append(sample.row | next(probed) if sample.to_probe else sample.row)
                counts[rows[-1]["status"]] += 1
                progress.report(counts.total(), len(wanted), "Opening clips")
            table.add(rows)
            if time.monotonic() - saved_at > SAVE_SECONDS:
                table.save()
                saved_at = time.monotonic()
    table.save()
    return dict(counts)


@dataclass(frozen=True, slots=True)
class _Sample:
    """The row of a sample as far as it is known, and the clip to open for the rest."""

    row: Row
    to_probe: Clip | None = None


def _look_up(
    source: str, video: str, roots: ClipRoots, folders: Folders, table: FactsTable, located: Answers | None
) -> _Sample:
    clip = located.get(source, video) if located else None
    clip = clip or resolve(video, source=source, roots=roots, folders=folders, list_tried=False)
    row = {"source": source, "video": video, "status": clip.status.value, "reason": clip.reason}
    if clip.path is None:
        return _Sample(row)
    try:
        row |= file_columns(clip.path)
    except OSError as error:
        return _Sample(row | _unreadable(f"{clip.path.name}: {error.strerror}"))
    known = table.known(row)
    if known is None:
        return _Sample(row, clip)
    # Whether it is a substitute depends on where it was found today, not on the file.
    return _Sample(row | known if known["status"] == ClipStatus.UNREADABLE else known | row)


def _probe(prober: Prober, clip: Clip) -> Row:
    assert clip.path is not None
    try:
        return asdict(prober.facts(clip.path, frame_rate=clip.frame_rate))
    except ClipError as error:
        return _unreadable(str(error))


def _unreadable(reason: str) -> Row:
    return {"status": ClipStatus.UNREADABLE.value, "reason": reason}


def _batches(wanted: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    remaining = iter(wanted)
    while batch := list(islice(remaining, BATCH)):
        yield batch
