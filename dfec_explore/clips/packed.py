"""Archives that lie where clips should: which of them holds, or probably holds, the clip of a sample."""

import io
import os
import re
import stat
import struct
import zipfile
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from dfec_explore.clips.frames import is_frame
from dfec_explore.clips.listing import CLIP_ENDINGS, ending_of
from dfec_explore.clips.rules import ANY_DEPTH, Pieces, Rule, fits, pieces_of, stem_of
from dfec_explore.clips.tree import Tree
from dfec_explore.sources import clip_archives, recalled_source, source_archives, wrong_package

MAX_DIRECTORY = 16 * 2**20
"""Bytes of a zip file's list of contents; a longer one is not read (100,000 clips take about 10 MB)."""
MAX_ARCHIVES = 2_000
"""Archives that are looked into, or held against a clip."""

_ENDING = re.compile(
    r"(?:\.part\d+)?(?:\.tar)?\.(?:zip|rar|7z|tar|tgz|tbz2|txz|gz|bz2|xz|zst|[zr]\d{2})(?:\.\d{2,4})?\Z", re.IGNORECASE
)
_NO_CLIPS = re.compile(r"label|annot|landmark|audio|wav", re.IGNORECASE)


class Packed(NamedTuple):
    """An archive that holds a clip."""

    path: str
    is_sure: bool
    """Whether it lists the clip; otherwise its name and place say so."""


class _Archive(NamedTuple):
    path: str
    pieces: Pieces
    """The names that lead to it from the scanned folder, its own without its ending at the end."""


class Archives:
    """The archives of a scan that may hold clips of a source.

    Args:
        tree: the scan.
        source: id; archives that bear another source's name are left out.
        wanted: what the names of clips have in common, as for ``Tree``; other contents are not kept.
    """

    def __init__(self, tree: Tree, source: str, wanted: Collection[str]) -> None:
        self._tree, self._source = tree, source
        self._members: dict[str, list[tuple[_Archive, Pieces]]] = {}
        self._closed: list[_Archive] = []
        self._kept: dict[tuple[Pieces, bool], tuple[_Archive, ...]] = {}
        for archive in self._of_source():
            names = zip_names(archive.path) if archive.path.lower().endswith(".zip") else None
            if names is None:
                self._closed.append(archive)
            else:
                self._list(archive, names, wanted)
        self._lone = [one for one in self._closed if not (_NO_CLIPS.search(one.pieces[-1]) or self._known(one))]

    def holding(self, video: str, rules: Sequence[Rule]) -> Packed | None:
        """Return the archive that holds a clip: one that lists it, or one of those that can't be listed by its name."""
        rules = [rule for rule in rules if not rule.substitute]
        for rule in rules:
            stem = rule.name.casefold() if rule.is_folder else stem_of(rule.name)
            for archive, member in self._members.get(stem, ()):
                if self._holds(rule, archive, member):
                    return Packed(archive.path, True)
        named = self._named(clip_archives(video))
        for archive in (*named, *(archive for rule in rules for archive in self._placed(rule))):
            return Packed(archive.path, False)
        if self._tree.has_hits or not self._lone:
            return None
        return Packed(self._lone[0].path, False)

    def _of_source(self) -> Iterable[_Archive]:
        for folder, name in self._tree.archives[:MAX_ARCHIVES]:
            pieces = (*self._tree.trail(folder), _ENDING.sub("", name))
            is_foreign = any(recalled_source(piece) not in (None, self._source) for piece in pieces)
            if not is_foreign and wrong_package(self._source, pieces[-1]) is None:
                yield _Archive(os.path.join(self._tree.path(folder), name), pieces)

    def _list(self, archive: _Archive, names: Iterable[str], wanted: Collection[str]) -> None:
        for name in names:
            pieces = pieces_of(name)
            if not pieces or name.endswith("/"):
                continue
            if is_frame(pieces[-1]):
                pieces = pieces[:-1]
                stem = pieces[-1].casefold() if pieces else ""
            else:
                stem = stem_of(pieces[-1]) if ending_of(name) in CLIP_ENDINGS else ""
            if stem and stem in wanted:
                known = self._members.setdefault(stem, [])
                if (archive, pieces) not in known[-1:]:
                    known.append((archive, pieces))

    def _holds(self, rule: Rule, archive: _Archive, member: Pieces) -> bool:
        if rule.tells or ANY_DEPTH in rule.parents:
            # Unpacked beside the archive, or in a folder of the archive's name.
            around = ((*archive.pieces[:-1], *member), (*archive.pieces, *member))
            return any(ends_with(way[:-1], rule.parents, is_pattern=rule.is_pattern) for way in around)
        return any(_is_called(archive, glob) for glob in source_archives(self._source))

    def _named(self, globs: Iterable[str]) -> tuple[_Archive, ...]:
        return tuple(archive for glob in globs for archive in self._closed if _is_called(archive, glob))

    def _placed(self, rule: Rule) -> tuple[_Archive, ...]:
        """Return the archives that would unpack to the folders of a rule, by their names."""
        key = (rule.parents, rule.is_pattern)
        if key not in self._kept:
            starts = [rule.parents[:length] for length in range(1, len(rule.parents) + 1)]
            starts = [start for start in starts if not rule.is_pattern or start[-1].strip("*")]
            self._kept[key] = tuple(
                archive
                for archive in self._closed
                if not self._known(archive)
                and any(ends_with(archive.pieces, start, is_pattern=rule.is_pattern) for start in starts)
            )
        return self._kept[key]

    def _known(self, archive: _Archive) -> bool:
        """Whether its name is one that the source gives, and so says which clips are in it."""
        globs = [glob for glob in source_archives(self._source) if _ENDING.sub("", glob.rpartition("/")[2]).strip("*")]
        return any(_is_called(archive, glob) for glob in globs)


def zip_names(path: str) -> list[str] | None:
    """Return the names that a zip file lists, or None where it can't be listed: damaged, in parts, or too long.

    Reads the list at its end and nothing else; unpacks nothing.
    """
    try:
        with _Bounded(path) as file, zipfile.ZipFile(file) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, struct.error, NotImplementedError, EOFError, OverflowError):
        return None


def ends_with(names: Pieces, pieces: Pieces, *, is_pattern: bool) -> bool:
    """Whether the last of some names fit the pieces of a path or a pattern, in any case."""
    if not pieces:
        return True
    *above, last = pieces
    if is_pattern and last == ANY_DEPTH:
        return any(ends_with(names[:end], tuple(above), is_pattern=True) for end in range(len(names) + 1))
    if not names:
        return False
    same = fits(last, names[-1]) if is_pattern else last.casefold() == names[-1].casefold()
    return same and ends_with(names[:-1], tuple(above), is_pattern=is_pattern)


def _is_called(archive: _Archive, glob: str) -> bool:
    *above, name = pieces_of(glob)
    return ends_with(archive.pieces, (*above, _ENDING.sub("", name.rstrip("*"))), is_pattern=True)


class _Bounded(io.FileIO):
    """A regular file of which no long piece is read at once, whatever its header claims."""

    def __init__(self, path: str) -> None:
        # Neither a link nor a FIFO that took the file's place is opened.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(path, flags)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise OSError(f"{path} is no regular file")
        super().__init__(descriptor, closefd=True)

    def read(self, size: int | None = -1) -> bytes:
        """Read a piece.

        Raises:
            OSError: it is longer than ``MAX_DIRECTORY``.
        """
        if size is not None and 0 <= size <= MAX_DIRECTORY:
            return super().read(size) or b""
        left = os.fstat(self.fileno()).st_size - self.tell()
        if (size is not None and size >= 0) or left > MAX_DIRECTORY:
            raise OSError("its list of contents is too long")
        return super().read(-1) or b""
