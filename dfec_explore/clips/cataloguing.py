"""The batch job that scans the clip folders and says for a whole dataset where its clips lie."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from dfec_explore.clips.answers import Answer, write_answers
from dfec_explore.clips.catalogue import Catalogue
from dfec_explore.clips.progress import Progress
from dfec_explore.clips.resolve import ClipRoots
from dfec_explore.clips.scan import ScanSummary, scan_file, scan_folder

TOLD_EVERY = 1_000


def catalogue_clips(
    progress: Progress,
    *,
    clips: str,
    answers: str,
    scans: str,
    parent: str | None = None,
    by_source: Mapping[str, str] | None = None,
    fresh: bool = False,
) -> dict[str, int]:
    """Scan the clip folders and keep where each clip lies, for a job that runs in a process of its own.

    Args:
        progress: is told how many folders were seen, then how many samples were looked for.
        clips: a JSON Lines file of objects with ``source`` and ``video``; the same pair again is done once.
        answers: the file of ``answers.Answers``; replaced at the end.
        scans: the folder in which scans are kept from one time to the next.
        parent: the folder that holds the clips of all sources.
        by_source: the folders of single sources.
        fresh: read every folder again, whatever its time of change says.

    Returns:
        How many samples there are of each status.

    Raises:
        ClipError: the answers cannot be written.
        OSError: the scans cannot be written.
    """
    roots = ClipRoots(Path(parent) if parent else None, {name: Path(path) for name, path in (by_source or {}).items()})
    wanted = read_wanted(Path(clips))
    scan_roots(roots, Path(scans), progress, sources={source for source, _ in wanted}, fresh=fresh)
    counts: Counter[str] = Counter()
    write_answers(Path(answers), _told(locate(wanted, roots=roots, scans=Path(scans)), counts, len(wanted), progress))
    return dict(counts)


def scan_roots(
    roots: ClipRoots, scans: Path, progress: Progress, *, sources: Iterable[str], fresh: bool = False
) -> dict[Path, ScanSummary]:
    """Scan the folders in which the clips of some sources are looked for, each once.

    Raises:
        OSError: a scan cannot be written.
    """
    own = (roots.own(source) for source in sources)
    folders = {scan_file(scans, root): root for root in (roots.parent, *own) if root is not None}
    return {root: scan_folder(root, file, progress, fresh=fresh) for file, root in folders.items()}


def locate(
    wanted: Sequence[tuple[str, str]], *, roots: ClipRoots, scans: Path, list_tried: bool = False
) -> Iterator[Answer]:
    """Say where the clips of samples lie, source by source; the folders must have been scanned.

    Args:
        wanted: source id and path of each sample.
        roots: the configured folders.
        scans: the folder of their scans.
        list_tried: whether the answers list the places that were searched.
    """
    by_source: dict[str, list[str]] = {}
    for source, video in wanted:
        by_source.setdefault(source, []).append(video)
    for source, videos in by_source.items():
        catalogue = Catalogue(source, roots=roots, scans=scans, videos=videos)
        for video in videos:
            yield source, video, catalogue.find(video, list_tried=list_tried)


def read_wanted(file: Path) -> list[tuple[str, str]]:
    """Read the samples of a job, each pair of source and path once, in their order."""
    with file.open(encoding="utf-8") as lines:
        records = (json.loads(line) for line in lines if line.strip())
        return list(dict.fromkeys((str(record["source"]), str(record["video"])) for record in records))


def _told(answers: Iterator[Answer], counts: Counter[str], total: int, progress: Progress) -> Iterator[Answer]:
    for answer in answers:
        counts[answer[2].status.value] += 1
        if counts.total() % TOLD_EVERY == 0:
            progress.report(counts.total(), total, "Looking for clips")
        yield answer
    progress.report(total, total, "Looking for clips")
