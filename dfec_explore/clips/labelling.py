"""The batch job that reads the labels which come with the datasets, and the table that it makes of them."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

import pyarrow as pa

from dfec_explore.clips.cataloguing import read_wanted
from dfec_explore.clips.facts_table import replace_table
from dfec_explore.clips.progress import Progress
from dfec_explore.clips.resolve import ClipRoots
from dfec_explore.errors import ClipError
from dfec_explore.sources import ClipLabel, Labels, clip_name, path_label, read_labels, registry

LABELS = pa.schema(
    [
        ("source", pa.string()),  # source id
        ("video", pa.string()),  # path as in the annotation file; with source, the key
        ("emotions", pa.list_(pa.string())),  # in the project's words; several where the label is a compound
        ("valence", pa.float64()),  # mean over the frames, or one figure for the clip, on the source's own scale
        ("arousal", pa.float64()),  # mean over the frames
        ("valence_span", pa.list_(pa.float64())),  # least and greatest of the frames; null where they are not told
        ("arousal_span", pa.list_(pa.float64())),
        ("frames", pa.int32()),  # frames that have valence and arousal
        ("actor", pa.string()),
        ("file", pa.string()),  # name of the file that says so; null: the path of the clip does
        ("conflict", pa.string()),  # what another file says instead, as a sentence's end; empty where none does
    ]
)
PROBLEMS = b"problems"
"""Metadata of the table: by source, sentences about files that could not be read, or not whole (JSON)."""
MAX_PROBLEMS = 200
"""Sentences that are kept of a source."""


def label_clips(
    progress: Progress,
    *,
    clips: str,
    labels: str,
    parent: str | None = None,
    by_source: Mapping[str, str] | None = None,
) -> dict[str, int]:
    """Read the labels of the clips of a dataset, from the files that come with the sources and from the paths.

    Args:
        progress: is told after every source.
        clips: the samples, as for ``cataloguing.catalogue_clips``.
        labels: the Parquet file of ``LABELS`` to write, with ``PROBLEMS``; samples without a label have no row.
        parent: the folder that holds the clips of all sources.
        by_source: the folders of single sources.

    Returns:
        How many samples of each source have a label.

    Raises:
        ClipError: the table cannot be written.
    """
    roots = ClipRoots(Path(parent) if parent else None, {name: Path(path) for name, path in (by_source or {}).items()})
    videos: dict[str, list[str]] = {}
    for source, video in read_wanted(Path(clips)):
        videos.setdefault(source, []).append(video)
    rows: list[dict[str, Any]] = []
    counts: dict[str, int] = {}
    problems: dict[str, list[str]] = {}
    for number, (source, own) in enumerate(videos.items()):
        progress.report(number, len(videos), "Reading the labels of the datasets")
        read = _labels_of(source, roots)
        if read is not None and read.problems:
            problems[source] = read.problems[:MAX_PROBLEMS]
        found = _rows_of(source, own, read)
        counts[source] = len(found)
        rows += found
    try:
        Path(labels).parent.mkdir(parents=True, exist_ok=True)
        table = pa.Table.from_pylist(rows, schema=LABELS)
        replace_table(Path(labels), table.replace_schema_metadata({PROBLEMS: json.dumps(problems)}))
    except OSError as error:
        raise ClipError(Path(labels), f"the labels of the clips could not be written: {error}") from error
    return counts


def _labels_of(source: str, roots: ClipRoots) -> Labels | None:
    """Return the labels in the folder of a source: its own, or below that of all sources."""
    own = roots.own(source)
    if source not in registry() or (own is None and roots.parent is None):
        return None
    if own is not None:
        return read_labels(source, own)
    assert roots.parent is not None
    names = (source, *registry()[source].root_hints)
    folders = [roots.parent / name for name in dict.fromkeys(names) if (roots.parent / name).is_dir()]
    return read_labels(source, folders[0] if folders else roots.parent)


def _rows_of(source: str, videos: Sequence[str], labels: Labels | None) -> list[dict[str, Any]]:
    if source not in registry():
        return []
    conflicts = {found.clip: found for found in labels.conflicts} if labels else {}
    rows = []
    for video in videos:
        label = labels.of(video) if labels else path_label(video)
        if label is None:
            continue
        other = conflicts.get(clip_name(video) or "")
        said = other and f"{other.other.file.name if other.other.file else 'the path'} says {_words(other.other)}"
        rows.append({"source": source, "video": video, "conflict": said or "", **_columns(label)})
    return rows


def _columns(label: ClipLabel) -> dict[str, Any]:
    affect = label.affect
    columns: dict[str, Any] = {
        "emotions": list(label.emotions),
        "valence": label.valence,
        "actor": label.actor,
        "file": label.file.name.encode("utf-8", "replace").decode() if label.file else None,
    }
    if affect is not None and affect.frames:
        columns |= {
            "valence": fmean(affect.valence),
            "arousal": fmean(affect.arousal),
            "valence_span": [min(affect.valence), max(affect.valence)],
            "arousal_span": [min(affect.arousal), max(affect.arousal)],
            "frames": len(affect.frames),
        }
    return columns


def _words(label: ClipLabel) -> str:
    return " + ".join(label.emotions) or "nothing"
