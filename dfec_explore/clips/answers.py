"""The answers of the catalogue, kept for whoever asks for one sample: found by source and path, one row read."""

import json
import os
import sqlite3
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from dfec_explore.errors import ClipError
from dfec_explore.model import Clip, ClipStatus

ANSWERS_VERSION = 1
"""Raised whenever the file is written otherwise than before."""

_TABLE = """
CREATE TABLE answers (
    source TEXT NOT NULL,
    video TEXT NOT NULL,
    status TEXT NOT NULL,
    path TEXT,
    reason TEXT NOT NULL,
    rule TEXT NOT NULL,
    frame_rate REAL,
    places TEXT NOT NULL,
    archive TEXT,
    PRIMARY KEY (source, video)
) WITHOUT ROWID
"""
_INSERT = "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_SELECT = """
SELECT status, path, reason, rule, frame_rate, places, archive FROM answers WHERE source = ? AND video = ?
"""

Answer = tuple[str, str, Clip]
"""Source id, path as in the annotation file, and where the clip was found to lie."""


def write_answers(file: Path, answers: Iterable[Answer]) -> None:
    """Write the answers to a file; a reader sees the old one or the new one.

    Raises:
        ClipError: it cannot be written; the old one stays.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with _beside(file) as temporary, closing(sqlite3.connect(temporary)) as database:
            # A file that was not finished is thrown away: nothing has to survive a power cut.
            database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
            database.execute(_TABLE)
            database.execute(f"PRAGMA user_version = {ANSWERS_VERSION}")
            database.executemany(_INSERT, (_row(*answer) for answer in answers))
            database.commit()
            database.close()
            os.replace(temporary, file)
    except (OSError, sqlite3.Error) as error:
        raise ClipError(file, f"where clips lie could not be written: {error}") from error


class Answers:
    """Answers from a file that may be replaced, or be absent, at any moment. Safe to share between threads."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._database: sqlite3.Connection | None = None
        self._opened: tuple[int, ...] = ()

    def get(self, source: str, video: str) -> Clip | None:
        """Return what the catalogue said of a sample, or None where it was not asked."""
        with self._lock:
            database = self._current()
            if database is None:
                return None
            try:
                row = database.execute(_SELECT, (source, video)).fetchone()
            except (sqlite3.Error, UnicodeEncodeError):
                return None
        return None if row is None else _clip(*row)

    def close(self) -> None:
        """Close the file; a later question opens it again."""
        with self._lock:
            self._close()

    def _current(self) -> sqlite3.Connection | None:
        try:
            found = self._file.stat()
        except OSError:
            self._close()
            return None
        state = (found.st_ino, found.st_mtime_ns, found.st_size)
        if state != self._opened:
            self._close()
            self._database, self._opened = _open(self._file), state
        return self._database

    def _close(self) -> None:
        if self._database is not None:
            self._database.close()
        self._database, self._opened = None, ()


def _open(file: Path) -> sqlite3.Connection | None:
    database = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    try:
        (version,) = database.execute("PRAGMA user_version").fetchone()
    except sqlite3.Error:
        version = None
    if version == ANSWERS_VERSION:
        return database
    database.close()
    return None


def _row(source: str, video: str, clip: Clip) -> tuple[str | float | None, ...]:
    return (
        source,
        video,
        clip.status.value,
        None if clip.path is None else str(clip.path),
        clip.reason,
        clip.rule,
        clip.frame_rate,
        json.dumps([str(place) for place in clip.places]),
        None if clip.archive is None else str(clip.archive),
    )


def _clip(
    status: str, path: str | None, reason: str, rule: str, rate: float | None, places: str, archive: str | None
) -> Clip:
    return Clip(
        ClipStatus(status),
        None if path is None else Path(path),
        reason=reason,
        frame_rate=rate,
        rule=rule,
        places=tuple(map(Path, json.loads(places))),
        archive=None if archive is None else Path(archive),
    )


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as made:
        temporary = Path(made.name)
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)
