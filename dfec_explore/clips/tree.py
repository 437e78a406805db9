"""A scan as a tree to search in, with only those names in memory that somebody looks for."""

import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from dfec_explore.clips.listing import Listing
from dfec_explore.clips.rules import fits, stem_of
from dfec_explore.clips.scan import ScannedFolder

ROOT = 0
"""Number of the scanned folder itself."""


class Tree:
    """Folders by number, and the clips in them by what their names have in common.

    Args:
        root: the scanned folder, links resolved.
        folders: of its scan, each after the one that it lies in.
        wanted: ``stem_of`` the clips, and names of folders of frames in lower case; others are left out.
    """

    def __init__(self, root: Path, folders: Iterable[ScannedFolder], wanted: Collection[str]) -> None:
        self.root = root
        self.names: list[str] = []
        self.parents: list[int] = []
        self.depths: list[int] = []
        self.archives: list[tuple[int, str]] = []
        self.by_name: dict[str, list[int]] = {}
        self.has_hits = False
        self._below: dict[int, dict[str, list[int]]] = {}
        self._clips: dict[int, dict[str, tuple[str, ...]]] = {}
        self._by_stem: dict[str, list[int]] | None = None
        self._frames: set[int] = set()
        self._targets: dict[int, str] = {}
        self._links: dict[tuple[int, str], str] = {}
        self._refused: dict[tuple[int, str], tuple[str, str]] = {}
        self._refusing: dict[str, list[int]] = {}
        self.has_namesakes = False
        """Whether two folders in one folder differ in the case of their names only."""
        self._paths: dict[int, str] = {}
        self._build(folders, wanted)

    def __len__(self) -> int:
        return len(self.names)

    @property
    def has_refusals(self) -> bool:
        """Whether anything in it was refused."""
        return bool(self._refused)

    def children(self, folder: int, piece: str, *, starred: bool, any_case: bool = False) -> list[int]:
        """Return the folders in a folder that fit a name, or a pattern.

        The exact name alone where it is there, unless those in another case are asked for too.
        """
        below = self._below.get(folder, {})
        if starred:
            return [child for same in below.values() for child in same if fits(piece, self.names[child])]
        same = below.get(piece.casefold(), [])
        exact = [child for child in same if self.names[child] == piece]
        return same if any_case else exact or same

    def descendants(self, folder: int) -> Iterator[int]:
        """Yield a folder and all below it that no dot hides."""
        yield folder
        for same in self._below.get(folder, {}).values():
            for child in same:
                if not self.names[child].startswith("."):
                    yield from self.descendants(child)

    def is_below(self, folder: int, above: int) -> bool:
        """Whether a folder is another one, or lies below it at any depth that no dot hides."""
        while folder != above:
            if folder == ROOT or self.names[folder].startswith("."):
                return False
            folder = self.parents[folder]
        return True

    def clips(self, folder: int, stem: str) -> tuple[str, ...]:
        """Return the names in a folder that differ in ending and case only."""
        return self._clips.get(folder, {}).get(stem, ())

    def folders_with(self, stem: str) -> list[int]:
        """Return every folder that has a clip of such a name."""
        if self._by_stem is None:
            self._by_stem = {}
            for folder, stems in self._clips.items():
                for one in stems:
                    self._by_stem.setdefault(one, []).append(folder)
        return self._by_stem.get(stem, [])

    def has_frames(self, folder: int) -> bool:
        """Whether pictures lie in a folder."""
        return folder in self._frames

    def link_of(self, folder: int, name: str) -> str | None:
        """Return where a link really leads, below the root."""
        return self._links.get((folder, name))

    def refusal(self, folder: int, name: str) -> tuple[str, str] | None:
        """Return the name of what was refused there, whatever its case, and the reason."""
        return self._refused.get((folder, name.casefold()))

    def refusing(self, name: str) -> list[int]:
        """Return the folders in which something of a name was refused, whatever its case."""
        return self._refusing.get(name.casefold(), [])

    def path(self, folder: int) -> str:
        """Return where a folder lies, by the names that lead to it."""
        known = self._paths.get(folder)
        if known is None:
            known = os.path.join(self.path(self.parents[folder]), self.names[folder]) if folder else str(self.root)
            self._paths[folder] = known
        return known

    def real_path(self, folder: int) -> str:
        """Return where a folder really lies."""
        target = self._targets.get(folder)
        return self.path(folder) if target is None else os.path.join(self.root, target)

    def trail(self, folder: int) -> tuple[str, ...]:
        """Return the names that lead to a folder from the root."""
        names: list[str] = []
        while folder != ROOT:
            names.append(self.names[folder])
            folder = self.parents[folder]
        return tuple(reversed(names))

    def _build(self, folders: Iterable[ScannedFolder], wanted: Collection[str]) -> None:
        # Each folder comes after the one that it lies in, so the way to it is always at hand.
        way: list[int] = []
        for folder in folders:
            pieces = folder.path.split("/") if folder.path else []
            name = pieces[-1] if pieces else ""
            del way[len(pieces) :]
            if way and _is_passed_over(folder.listing, name, wanted):
                continue
            number = self._add(folder, name, way)
            self._keep(number, folder, wanted)
            way.append(number)

    def _add(self, folder: ScannedFolder, name: str, way: list[int]) -> int:
        number = len(self.names)
        self.names.append(name)
        self.parents.append(way[-1] if way else ROOT)
        self.depths.append(len(way))
        if way:
            same = self._below.setdefault(way[-1], {}).setdefault(name.casefold(), [])
            same.append(number)
            self.has_namesakes |= len(same) > 1
            self.by_name.setdefault(name.casefold(), []).append(number)
        if folder.target is not None:
            self._targets[number] = folder.target
        return number

    def _keep(self, number: int, folder: ScannedFolder, wanted: Collection[str]) -> None:
        listing = folder.listing
        if listing.pictures:
            self._frames.add(number)
            self.has_hits |= self.names[number].casefold() in wanted
        self.archives += [(number, name) for name in listing.archives]
        for refused, why in folder.refused:
            self._refused[number, refused.casefold()] = (refused, why)
            self._refusing.setdefault(refused.casefold(), []).append(number)
        self._links |= {(number, name): target for name, target in folder.clip_links.items()}
        clips: dict[str, tuple[str, ...]] = {}
        for name in (*listing.clips, *folder.clip_links):
            stem = stem_of(name)
            if stem in wanted:
                clips[stem] = (*clips.get(stem, ()), name)
        if clips:
            self.has_hits = True
            self._clips[number] = clips


def _is_passed_over(listing: Listing, name: str, wanted: Collection[str]) -> bool:
    """Whether a folder holds nothing that can matter: datasets of face crops have them by the ten thousand."""
    if name.casefold() in wanted:
        return False
    return not (listing.folders or listing.links or listing.clips or listing.archives or listing.refused)
