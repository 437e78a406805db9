"""Where an index lies: folders keyed by what made them, so that unchanged input is never read again."""

import hashlib
import json
import logging
import os
import re
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from dfec_explore.annotations import fingerprint
from dfec_explore.checks import load_checks
from dfec_explore.index.manifest import MANIFEST_FILE, Manifest
from dfec_explore.index.schema import SCHEMA_VERSION
from dfec_explore.language import lexicon_hash
from dfec_explore.model import Dataset

log = logging.getLogger(__name__)

KEPT = 2
"""Finished indexes of a dataset that stay on disk: the current one, and the one that a page may still be reading."""


@dataclass(frozen=True, slots=True)
class IndexFolder:
    """An index on disk; while it is being built it holds the partitions that are ready."""

    path: Path
    manifest: Manifest | None
    """None while it is being built."""

    @property
    def is_complete(self) -> bool:
        """Whether every partition is there."""
        return self.manifest is not None

    def files(self, table: str) -> tuple[Path, ...]:
        """Parquet files of a table, in order of their partitions."""
        return tuple(sorted(self.path.glob(f"{table}-*.parquet")))


def index_key(dataset: Dataset, cache: Path) -> str:
    """Name an index by what it is made from: files, lexicon and table layout.

    Raises:
        AnnotationFileError: a file can't be read.
    """
    made_from = {
        "schema": SCHEMA_VERSION,
        "lexicon": lexicon_hash(),
        "checks": load_checks(dataset.checks).hash,
        "dataset": dataset.name,
        "parts": [[part.name, known_fingerprint(part.path, cache)] for part in dataset.parts],
    }
    return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()[:16]


def index_home(dataset: Dataset, cache: Path) -> Path:
    """Folder of all indexes of a dataset; its name is readable and has no character that a path could mind."""
    readable = re.sub(r"[^A-Za-z0-9_-]+", "-", dataset.name)[:40]
    return cache / "index" / f"{readable}-{hashlib.sha256(dataset.name.encode()).hexdigest()[:8]}"


def current_index(dataset: Dataset, cache: Path) -> IndexFolder | None:
    """The finished index of exactly these files, or None where it has to be built."""
    return _open(index_home(dataset, cache) / index_key(dataset, cache))


def newest_index(dataset: Dataset, cache: Path) -> IndexFolder | None:
    """The last index that was finished for the dataset, whatever its files were; None where there is none."""
    finished = finished_indexes(dataset, cache)
    return finished[0] if finished else None


def finished_indexes(dataset: Dataset, cache: Path) -> list[IndexFolder]:
    """All finished indexes of a dataset, newest first."""
    folders = [found for path in index_home(dataset, cache).glob("*") if (found := _open(path)) is not None]
    return sorted(folders, key=lambda folder: (folder.path / MANIFEST_FILE).stat().st_mtime_ns, reverse=True)


def building_folder(dataset: Dataset, cache: Path) -> Path:
    """A folder for an index under construction, beside the finished ones."""
    return index_home(dataset, cache) / f"{index_key(dataset, cache)}.building"


def partial_index(dataset: Dataset, cache: Path) -> IndexFolder | None:
    """What is ready of the index that is being built, or None where nothing is."""
    folder = IndexFolder(building_folder(dataset, cache), None)
    return folder if folder.files("samples") else None


def prune(dataset: Dataset, cache: Path) -> None:
    """Remove indexes that a newer one has replaced."""
    for folder in finished_indexes(dataset, cache)[KEPT:]:
        shutil.rmtree(folder.path, ignore_errors=True)


def _open(path: Path) -> IndexFolder | None:
    if path.suffix == ".building" or not (path / MANIFEST_FILE).is_file():
        return None
    try:
        manifest = Manifest.read(path)
    except (ValidationError, OSError) as error:
        log.debug("index %s is not readable and will be built again: %s", path, error)
        return None
    return IndexFolder(path, manifest) if manifest.schema_version == SCHEMA_VERSION else None


def known_fingerprint(path: Path, cache: Path) -> str:
    """Fingerprint of a file, remembered by its size and time of change: a large file is hashed once."""
    try:
        stat = path.stat()
    except OSError:
        return fingerprint(path)
    name = hashlib.sha256(f"{path.absolute()}\0{stat.st_size}\0{stat.st_mtime_ns}".encode()).hexdigest()[:32]
    record = cache / "fingerprints" / name
    try:
        return record.read_text(encoding="ascii")
    except OSError:
        value = fingerprint(path)
    record.parent.mkdir(parents=True, exist_ok=True)
    temporary = record.with_name(f"{record.name}.{uuid.uuid4().hex}")
    temporary.write_text(value, encoding="ascii")
    os.replace(temporary, record)
    return value
