"""Files of predictions that were uploaded: kept by content, listed by name, taken away on request."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from dfec_explore.annotations import whole_file
from dfec_explore.model import Dataset

MAX_MEGABYTES = 64
"""Size of an uploaded file: some 80,000 captions of the released length."""

MAX_NAME = 60
"""Letters of a model's name."""


@dataclass(frozen=True, slots=True)
class Upload:
    """One uploaded file and what it was called."""

    name: str
    dataset: str
    part: str
    content: str
    """SHA-256 of the file: two uploads of one content share it."""
    file: str
    """The name that the file had."""
    uploaded_at: str


def uploads(folder: Path, dataset: Dataset) -> tuple[Upload, ...]:
    """What was uploaded for a dataset, the oldest first."""
    found = [entry for entry in _all(folder) if entry.dataset == dataset.name]
    return tuple(sorted(found, key=lambda entry: (entry.uploaded_at, entry.name)))


def _all(folder: Path) -> Iterator[Upload]:
    for path in folder.glob("*.json"):
        # Half a file of a crash long ago is left out: the predictions can be uploaded again.
        with suppress(OSError, ValueError, TypeError):
            yield Upload(**json.loads(path.read_text(encoding="utf-8")))


def keep(folder: Path, content: bytes, *, file: str, name: str, dataset: str, part: str) -> Upload:
    """Keep a file under a name; the same name for the same part is replaced.

    Raises:
        OSError: it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(content).hexdigest()
    if not content_path(folder, digest).is_file():
        with whole_file(content_path(folder, digest)) as stream:
            stream.write(content)
    written = datetime.now(UTC).isoformat(timespec="seconds")
    entry = Upload(" ".join(name.split())[:MAX_NAME] or file, dataset, part, digest, file, written)
    known = [other for other in _all(folder) if _entry_path(folder, other) == _entry_path(folder, entry)]
    with whole_file(_entry_path(folder, entry)) as stream:
        stream.write(json.dumps(asdict(entry), ensure_ascii=False).encode())
    for other in known:
        _drop_content(folder, other)
    return entry


def forget(folder: Path, entry: Upload) -> None:
    """Take an upload off the list, and its file where no other name has it."""
    _entry_path(folder, entry).unlink(missing_ok=True)
    _drop_content(folder, entry)


def _drop_content(folder: Path, entry: Upload) -> None:
    """Remove a file that no name has any more."""
    if not any(other.content == entry.content for other in _all(folder)):
        content_path(folder, entry.content).unlink(missing_ok=True)


def content_path(folder: Path, content: str) -> Path:
    """Where the content of a file lies."""
    return folder / f"{content}.predictions"


def _entry_path(folder: Path, entry: Upload) -> Path:
    """One place for each name of a part; names may hold anything, so their hash is the file's name."""
    key = json.dumps([entry.dataset, entry.part, entry.name])
    return folder / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.json"
