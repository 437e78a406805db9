"""What lies in the clip folders, read once for many look-ups and matched without regard to upper and lower case."""

import os
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain

MAX_NAMES = 500_000
"""Names of files that are remembered before the folders read longest ago are forgotten."""
MAX_WAYS = 10_000
"""Patterns of folders whose matches are remembered."""


@dataclass(frozen=True, slots=True)
class _Listing:
    names: Mapping[str, tuple[str, ...]]
    """What is in the folder, by its name in lower case."""
    folders: frozenset[str]
    read_at: float


class Folders:
    """Finds files by relative patterns. Safe to share between threads.

    No text of a pattern is ever handed to the operating system: it is compared with the names that are there.

    Args:
        max_age: seconds for which a folder that was read is not read again; infinite for one run over many clips.
    """

    def __init__(self, *, max_age: float = 5.0) -> None:
        self._max_age = max_age
        self._listings: OrderedDict[str, _Listing] = OrderedDict()
        self._names = 0
        self._ways: dict[tuple[str, tuple[str, ...], bool], tuple[float, tuple[str, ...]]] = {}
        self._lock = threading.Lock()

    def match(self, root: str, pattern: tuple[str, ...], *, wildcards: bool) -> list[str]:
        """Return the paths under ``root`` that fit a pattern, one piece for each level.

        Where the exact name is there it alone counts, else every name that differs in case only.

        Args:
            root: an existing folder, or not.
            pattern: the names on the way down.
            wildcards: whether ``*`` stands for any part of one name; otherwise it is a character like others.
        """
        if not pattern:
            return [root]
        *above, name = pattern
        return [
            os.path.join(folder, found)
            for folder in self._folders(root, tuple(above), wildcards=wildcards)
            for found in self._names_in(folder, name, starred=wildcards and "*" in name)
        ]

    def names(self, folder: str) -> Iterable[str]:
        """Return the names of what is in a folder; nothing where it can't be read, or is none."""
        return chain.from_iterable(self._listing(folder).names.values())

    def _folders(self, root: str, pattern: tuple[str, ...], *, wildcards: bool) -> tuple[str, ...]:
        """Return the folders that fit a pattern. Thousands of clips ask for the same few."""
        if not pattern:
            return (root,)
        key = (root, pattern, wildcards)
        known = self._ways.get(key)
        if known is not None and self._is_fresh(known[0]):
            return known[1]
        read_at = time.monotonic()
        *above, piece = pattern
        folders = tuple(
            os.path.join(place, name)
            for place in self._folders(root, tuple(above), wildcards=wildcards)
            for name in self._folders_in(place, piece, starred=wildcards and "*" in piece)
        )
        if len(self._ways) >= MAX_WAYS:
            self._ways.clear()
        self._ways[key] = (read_at, folders)
        return folders

    def _folders_in(self, place: str, piece: str, *, starred: bool) -> tuple[str, ...]:
        listing = self._listing(place)
        if starred:
            return _fitting(piece, listing.folders)
        return tuple(name for name in _alike(listing, piece) if name in listing.folders)

    def _names_in(self, folder: str, name: str, *, starred: bool) -> tuple[str, ...]:
        listing = self._listing(folder)
        if starred:
            return _fitting(name, (found for alike in listing.names.values() for found in alike))
        return _alike(listing, name)

    def _is_fresh(self, read_at: float) -> bool:
        return time.monotonic() - read_at <= self._max_age

    def _listing(self, folder: str) -> _Listing:
        with self._lock:
            known = self._listings.get(folder)
            if known is not None and self._is_fresh(known.read_at):
                return known
        listing = _read(folder)
        with self._lock:
            self._remember(folder, listing)
        return listing

    def _remember(self, folder: str, listing: _Listing) -> None:
        self._forget(folder)
        self._listings[folder] = listing
        self._names += len(listing.names) + 1
        while self._names > MAX_NAMES and len(self._listings) > 1:
            self._forget(next(iter(self._listings)))

    def _forget(self, folder: str) -> None:
        old = self._listings.pop(folder, None)
        self._names -= len(old.names) + 1 if old else 0


def _read(folder: str) -> _Listing:
    names: dict[str, tuple[str, ...]] = {}
    folders = []
    now = time.monotonic()
    # No folder, one that may not be read, or a disk that goes away midway: what was seen by then is there.
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            key = entry.name.casefold()
            names[key] = (*names.get(key, ()), entry.name)
            if _is_folder(entry):
                folders.append(entry.name)
    return _Listing(names, frozenset(folders), now)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # A link to itself.
        return False


def _alike(listing: _Listing, name: str) -> tuple[str, ...]:
    alike = listing.names.get(name.casefold(), ())
    return (name,) if name in alike else alike


def _fitting(pattern: str, names: Iterable[str]) -> tuple[str, ...]:
    fits = re.compile(".*".join(map(re.escape, pattern.split("*"))), re.IGNORECASE | re.DOTALL).fullmatch
    return tuple(sorted(name for name in names if fits(name)))
