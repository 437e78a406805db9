"""The batch job over the clips of a whole dataset: where they lie, what would help, labels, facts, motion."""

from collections.abc import Mapping
from typing import Any

from dfec_explore.clips.advising import advise
from dfec_explore.clips.cataloguing import catalogue_clips
from dfec_explore.clips.labelling import label_clips
from dfec_explore.clips.measuring import measure_clips
from dfec_explore.clips.probing import probe_clips
from dfec_explore.clips.progress import Progress


def survey_clips(
    progress: Progress,
    *,
    clips: str,
    facts: str,
    answers: str,
    scans: str,
    advice: str,
    labels: str,
    parent: str | None = None,
    by_source: Mapping[str, str] | None = None,
    pictures: str | None = None,
    max_bytes: int = 0,
    deadline: float = 10.0,
    workers: int = 1,
) -> dict[str, int]:
    """Find, label, probe and measure clips, the quickest first: each table is there as soon as its step is done.

    Args:
        progress: is told how far the step is that runs now.
        clips: the samples; see ``cataloguing.catalogue_clips``.
        facts: the table of clip facts; see ``probing.probe_clips``.
        answers: the file that says where clips lie.
        scans: the folder in which scans are kept.
        advice: the file of ``advising.advise``.
        labels: the table of ``labelling.label_clips``.
        parent: the folder that holds the clips of all sources.
        by_source: the folders of single sources.
        pictures: the folder of the cache of pictures, for the motion of each clip; without it none is measured.
        max_bytes: size at which the oldest entries of that cache are removed.
        deadline: seconds that one clip may take.
        workers: decoding processes.

    Returns:
        How many samples there are of each status.

    Raises:
        ClipError: a table cannot be written.
        OSError: a scan cannot be written.
    """
    folders: dict[str, Any] = {"parent": parent, "by_source": by_source}
    catalogue_clips(progress, clips=clips, answers=answers, scans=scans, **folders)
    advise(progress, clips=clips, answers=answers, advice=advice, **folders)
    label_clips(progress, clips=clips, labels=labels, **folders)
    counts = probe_clips(
        progress, clips=clips, facts=facts, answers=answers, deadline=deadline, workers=workers, **folders
    )
    if pictures:
        measure_clips(progress, facts=facts, pictures=pictures, max_bytes=max_bytes, deadline=deadline, workers=workers)
    return counts
