"""Building an index: read the files once, analyse partition by partition, put the finished folder in place."""

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from dfec_explore.annotations import AnnotationFile, open_annotations
from dfec_explore.checks import load_checks
from dfec_explore.index.corpus_flags import count_flags, write_corpus_flags
from dfec_explore.index.folders import (
    IndexFolder,
    building_folder,
    current_index,
    index_home,
    index_key,
    newest_index,
    prune,
)
from dfec_explore.index.manifest import Manifest, PartRecord
from dfec_explore.index.partition import write_partition
from dfec_explore.index.pool import write_in_pool
from dfec_explore.index.rows import Numbered
from dfec_explore.index.schema import REJECTS, SCHEMA_VERSION
from dfec_explore.language import lexicon_hash
from dfec_explore.model import CheckSettings, Dataset, DatasetPart, Rejected

PARTITION = 20_000
"""Samples of a partition: about 20 MB of captions in a worker, some ten seconds of work."""

POOL_FROM = 4_000
"""Captions from which starting more processes takes less time than it saves."""


class Progress(Protocol):
    """Takes reports of how far the work is."""

    def report(self, done: int, total: int | None, message: str = "") -> None:
        """Tell that ``done`` of ``total`` (None: not known yet) captions are ready."""


@dataclass(frozen=True, slots=True)
class Work:
    """What every partition of a build has in common."""

    folder: Path
    older: Path | None
    """A finished index to copy from."""
    checks: CheckSettings


@dataclass
class _Tally:
    samples: int = 0
    events: int = 0
    copied: int = 0
    partitions: int = 0
    rejected: list[tuple[str, Rejected]] = field(default_factory=list)


def build_index(
    dataset: Dataset, cache: Path, progress: Progress, *, workers: int = 1, partition: int = PARTITION
) -> IndexFolder:
    """Bring the index of a dataset up to date; does nothing when it is.

    Args:
        dataset: what to read.
        cache: folder for everything that can be made again.
        progress: told after each partition.
        workers: processes that analyse captions.
        partition: samples of one partition.

    Raises:
        AnnotationFileError: a file has no record structure.
    """
    if (current := current_index(dataset, cache)) is not None:
        return current
    started = time.monotonic()
    older = newest_index(dataset, cache)
    reusable = older.path if older and older.manifest and _knows_the_same(older.manifest, dataset) else None
    target = index_home(dataset, cache) / index_key(dataset, cache)
    folder = building_folder(dataset, cache)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    files = [(part, open_annotations(part.path)) for part in dataset.parts]
    tally = _Tally()
    work = Work(folder, reusable, dataset.checks)
    _write_partitions(files, work, tally, progress, workers=workers, partition=partition)
    _write_rejects(tally.rejected, folder)
    progress.report(tally.samples, tally.samples, f"Comparing {tally.samples:,} captions with each other")
    write_corpus_flags(folder, load_checks(dataset.checks))
    manifest = Manifest(
        dataset=dataset.name,
        schema_version=SCHEMA_VERSION,
        lexicon=lexicon_hash(),
        checks=load_checks(dataset.checks).hash,
        parts=[_part_record(part, file) for part, file in files],
        samples=tally.samples,
        events=tally.events,
        flags=count_flags(folder),
        copied=tally.copied,
        partitions=tally.partitions,
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
        seconds=round(time.monotonic() - started, 3),
    )
    manifest.write(folder)
    shutil.rmtree(target, ignore_errors=True)
    os.replace(folder, target)
    prune(dataset, cache)
    return IndexFolder(target, manifest)


def build_index_job(progress: Progress, *, dataset: dict[str, Any], cache: str, workers: int) -> dict[str, Any]:
    """Build an index in a background job; ``dataset`` as ``dataset_arguments`` gives it. Returns the counts."""
    parts = tuple(DatasetPart(part["name"], Path(part["path"])) for part in dataset["parts"])
    folder = build_index(
        Dataset(dataset["name"], parts, dataset["left_right"], dataset["is_demo"], CheckSettings(**dataset["checks"])),
        Path(cache),
        progress,
        workers=workers,
    )
    assert folder.manifest is not None
    return {"samples": folder.manifest.samples, "events": folder.manifest.events, "seconds": folder.manifest.seconds}


def dataset_arguments(dataset: Dataset) -> dict[str, Any]:
    """A dataset as plain values, for a job in another process."""
    return {
        "name": dataset.name,
        "parts": [{"name": part.name, "path": str(part.path)} for part in dataset.parts],
        "left_right": dataset.left_right,
        "is_demo": dataset.is_demo,
        "checks": {
            "off": list(dataset.checks.off),
            "limits": {check: dict(limits) for check, limits in dataset.checks.limits.items()},
        },
    }


def _knows_the_same(manifest: Manifest, dataset: Dataset) -> bool:
    """Whether an older index was made by the same lexicon and checks."""
    return manifest.lexicon == lexicon_hash() and manifest.checks == load_checks(dataset.checks).hash


def _numbered(files: list[tuple[DatasetPart, AnnotationFile]], tally: _Tally) -> Iterator[Numbered]:
    number = 0
    for part, file in files:
        for record in file:
            if isinstance(record, Rejected):
                tally.rejected.append((part.name, record))
                continue
            yield Numbered(number, part.name, record)
            number += 1


def _write_partitions(
    files: list[tuple[DatasetPart, AnnotationFile]],
    work: Work,
    tally: _Tally,
    progress: Progress,
    *,
    workers: int,
    partition: int,
) -> None:
    batches = _batches(_numbered(files, tally), partition)
    first = next(batches, ())
    write = partial(write_partition, folder=work.folder, older=work.older, settings=work.checks)

    def finished(samples: int, counts: tuple[int, int]) -> None:
        tally.samples += samples
        tally.partitions += 1
        tally.events += counts[0]
        tally.copied += counts[1]
        progress.report(tally.samples, None, f"{tally.samples:,} captions read")

    if workers > 1 and len(first) >= min(POOL_FROM, partition):
        write_in_pool(chain([first], batches), write, finished, workers=workers)
        return
    # Even a dataset without captions has one partition: empty tables can be asked like any others.
    for number, batch in enumerate(chain([first], batches)):
        finished(len(batch), write(number, batch))


def _batches(samples: Iterator[Numbered], size: int) -> Iterator[tuple[Numbered, ...]]:
    while batch := tuple(islice(samples, size)):
        yield batch


def _write_rejects(rejected: list[tuple[str, Rejected]], folder: Path) -> None:
    rows = [
        {
            "part": part,
            "index": record.index,
            "line": record.line,
            "id": record.id,
            "reason": record.reason,
            "value": record.value,
        }
        for part, record in rejected
    ]
    pq.write_table(pa.Table.from_pylist(rows, schema=REJECTS), folder / "rejects.parquet")


def _part_record(part: DatasetPart, file: AnnotationFile) -> PartRecord:
    report = file.report().to_json_dict()
    return PartRecord(
        name=part.name,
        file=str(part.path),
        format=report["format"],
        fingerprint=report["fingerprint"],
        records=report["records"],
        accepted=report["accepted"],
        rejected=len(report["rejected"]),
        warnings=report["warnings"],
    )
