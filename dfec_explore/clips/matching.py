"""Rules held against a tree: the folders that a rule means, also where the root was given too high or too low."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from dfec_explore.clips.rules import ANY_DEPTH, Pieces, Rule, fits
from dfec_explore.clips.tree import ROOT, Tree
from dfec_explore.sources import folder_source, recalled_source

TOO_HIGH = 2
"""Levels that a root may lie above the one that the rules are written for."""
TOO_LOW = 3
"""Levels that it may lie below it; the names above it must be those of the rule."""
NEAR = 3
"""Names above a root that may tell that it is another source's."""
MAX_KEPT = 50_000

_COMMON = frozenset({"clip", "clips", "data", "original", "unzip", "video", "videos"})
"""Names of folders that many datasets have: a clip's number in one of them does not tell whose clip it is."""


class Base(NamedTuple):
    """A folder that rules are relative to."""

    folder: int
    cost: int
    """Levels that it lies away from where it was said to be."""


class Match(NamedTuple):
    """Folders in which a rule looks for its clip."""

    cost: int
    """Twice the levels by which the root was given too high or too low; one more where a folder of the rule is there
    and these are its namesakes in another case."""
    folders: tuple[int, ...]
    above: int | None = None
    """Where the rule says any depth: the folder below which, instead of ``folders``."""


class _Start(NamedTuple):
    """Where a rule is begun with."""

    level: int
    """Levels by which the root is too high or too low if this is right."""
    folders: list[int]
    pieces: Pieces
    """What is left of the folders that the rule names."""


_Refusal = tuple[int, str, str]
"""The folder, the name in it that was refused, and the reason."""


class Matcher:
    """Finds the folders that rules mean. Thousands of clips ask for the same few.

    Args:
        tree: the scan.
        source: id; folders that bear another source's name are left out.
        bases: the folders that rules are relative to.
    """

    def __init__(self, tree: Tree, source: str, bases: tuple[Base, ...]) -> None:
        self.tree = tree
        self._source, self._bases = source, bases
        self._above = tuple(reversed(tree.root.parts[1:]))
        self._kept: dict[tuple[Pieces, bool], tuple[Match, ...]] = {}
        self._barred: dict[tuple[Pieces, bool], tuple[_Refusal, ...]] = {}
        self._levels: dict[int, list[list[int]]] = {}

    def matches(self, rule: Rule) -> tuple[Match, ...]:
        """Return where the folders above a rule's clip are, the likeliest first."""
        key = (rule.parents, rule.is_pattern)
        known = self._kept.get(key)
        if known is None:
            if len(self._kept) >= MAX_KEPT:
                self._kept.clear()
            known = self._kept[key] = self._search(rule)
        return known

    def folders(self, match: Match, stem: str) -> Iterable[int]:
        """Return the folders of a match in which a clip of some name may lie."""
        if match.above is None:
            return match.folders
        return [
            folder
            for folder in self.tree.folders_with(stem)
            if self.tree.is_below(folder, match.above) and not self._is_foreign(folder, match.above)
        ]

    def blocked(self, rule: Rule) -> list[_Refusal]:
        """Return what was refused on the way to a rule's clip: in which folder, its name, and the reason."""
        if not self.tree.has_refusals:
            return []
        key = (rule.parents, rule.is_pattern)
        if key not in self._barred:
            if len(self._barred) >= MAX_KEPT:
                self._barred.clear()
            self._barred[key] = tuple(dict.fromkeys(self._on_the_way(rule)))
        found = list(self._barred[key])
        for folder in self.tree.refusing(rule.name):
            if any(self._holds(match, folder) for match in self.matches(rule)):
                found += self._refusals([folder], rule.name)
        return found

    def _on_the_way(self, rule: Rule) -> Iterator[_Refusal]:
        for base in self._bases:
            for start in self._starts(base.folder, rule.parents, rule):
                folders = start.folders
                for piece in start.pieces:
                    if piece == ANY_DEPTH:
                        break
                    starred = rule.is_pattern and "*" in piece
                    yield from () if starred else self._refusals(folders, piece)
                    folders = self._step(folders, piece, starred=starred)

    def _refusals(self, folders: Iterable[int], name: str) -> list[_Refusal]:
        refusals = [(folder, self.tree.refusal(folder, name)) for folder in folders]
        return [(folder, *refusal) for folder, refusal in refusals if refusal]

    def _holds(self, match: Match, folder: int) -> bool:
        if match.above is None:
            return folder in match.folders
        return self.tree.is_below(folder, match.above) and not self._is_foreign(folder, match.above)

    def _search(self, rule: Rule) -> tuple[Match, ...]:
        parents = rule.parents
        any_depth = rule.is_pattern and parents[-1:] == (ANY_DEPTH,)
        bases = self._bases
        if any_depth and bases:
            parents = parents[:-1]
            # What lies at any depth below a folder lies there below the folder's parent too.
            bases = bases[:1] if not parents and bases[0].folder == ROOT else bases
        by_cost: dict[int, list[int]] = {}
        for base in bases:
            for cost, folders in self._ways(base.folder, parents, rule):
                kept = [folder for folder in folders if not self._is_foreign(folder, base.folder)]
                by_cost.setdefault(2 * base.cost + cost, []).extend(kept)
        found = [(cost, tuple(dict.fromkeys(folders))) for cost, folders in sorted(by_cost.items()) if folders]
        if any_depth:
            return tuple(Match(cost, (), folder) for cost, folders in found for folder in folders)
        return tuple(Match(cost, folders) for cost, folders in found)

    def _ways(self, base: int, parents: Pieces, rule: Rule) -> Iterator[tuple[int, list[int]]]:
        """Yield the folders that fit, with their cost as in ``Match``."""
        for start in self._starts(base, parents, rule):
            exact = self._descend(start.folders, start.pieces, rule)
            yield 2 * start.level, exact
            if self.tree.has_namesakes:
                known = set(exact)
                loose = self._descend(start.folders, start.pieces, rule, any_case=True)
                yield 2 * start.level + 1, [folder for folder in loose if folder not in known]

    def _starts(self, base: int, parents: Pieces, rule: Rule) -> Iterator[_Start]:
        """Yield where to begin with the folders of a rule, also where the root was given too high or too low."""
        is_weak = all(piece.casefold() in _COMMON or not piece.strip("*") for piece in parents)
        if is_weak and is_anothers((*reversed(self.tree.trail(base)), *self._above), self._source):
            return
        yield _Start(0, [base], parents)
        if rule.tells:
            yield from self._from_above(base, parents, rule)
            yield from self._from_below(base, parents, rule)

    def _from_above(self, base: int, parents: Pieces, rule: Rule) -> Iterator[_Start]:
        trail = (*reversed(self.tree.trail(base)), *self._above)
        for level in range(1, min(TOO_LOW, len(parents), len(trail)) + 1):
            if _same_names(parents[:level], trail[:level][::-1], is_pattern=rule.is_pattern):
                yield _Start(level, [base], parents[level:])

    def _from_below(self, base: int, parents: Pieces, rule: Rule) -> Iterator[_Start]:
        if not parents:
            return
        first = parents[0]
        if rule.is_pattern and "*" in first:
            for level, folders in enumerate(self._below(base), 1):
                yield _Start(level, folders, parents)
            return
        for folder in self.tree.by_name.get(first.casefold(), ()):
            level = self.tree.depths[folder] - self.tree.depths[base] - 1
            if 1 <= level <= TOO_HIGH and self.tree.is_below(folder, base):
                yield _Start(level, [folder], parents[1:])

    def _below(self, base: int) -> list[list[int]]:
        """Return the folders below a base, one list for each level that it may be too high by."""
        if base not in self._levels:
            levels = [[base]]
            for _ in range(TOO_HIGH):
                levels.append(self._step(levels[-1], "*", starred=True))
            self._levels[base] = levels[1:]
        return self._levels[base]

    def _descend(self, folders: list[int], pieces: Pieces, rule: Rule, *, any_case: bool = False) -> list[int]:
        for piece in pieces:
            if not folders:
                break
            folders = self._step(folders, piece, starred=rule.is_pattern and "*" in piece, any_case=any_case)
        return folders

    def _step(self, folders: Iterable[int], piece: str, *, starred: bool, any_case: bool = False) -> list[int]:
        if starred and piece == ANY_DEPTH:
            return [below for folder in folders for below in self.tree.descendants(folder)]
        children = partial(self.tree.children, piece=piece, starred=starred, any_case=any_case)
        return [child for folder in folders for child in children(folder)]

    def _is_foreign(self, folder: int, base: int) -> bool:
        """Whether a folder lies in one that bears the name of another source."""
        while folder != base and folder != ROOT:
            if recalled_source(self.tree.names[folder]) not in (None, self._source):
                return True
            folder = self.tree.parents[folder]
        return False


def bases_of(tree: Tree, source: str, *, holds_all: bool) -> tuple[Base, ...]:
    """Return the folders that the rules of a source are relative to: the root itself, and those that bear its name.

    Args:
        tree: the scan.
        source: id.
        holds_all: whether the root holds all sources, one folder each; then it counts only if it bears the name.
    """
    named = [
        Base(folder, depth - holds_all)
        for folder, depth in enumerate(tree.depths)
        if 1 <= depth <= TOO_HIGH + holds_all and bears_name(tree.names[folder], source)
    ]
    if not holds_all or bears_name(tree.root.name, source):
        return (Base(ROOT, 0), *named)
    return tuple(named)


def is_anothers(names: Sequence[str], source: str) -> bool:
    """Whether the nearest name that tells a source, of a folder and those above it, tells another one.

    Args:
        names: the folder's own, then that of the folder which it lies in, and so on.
        source: id.
    """
    for name in names[:NEAR]:
        if bears_name(name, source):
            return False
        if folder_source(name) is not None:
            return True
    return False


def bears_name(name: str, source: str) -> bool:
    """Whether a folder of this name commonly belongs to a source."""
    return name.casefold() == source.casefold() or folder_source(name) == source


def _same_names(pieces: Pieces, names: Pieces, *, is_pattern: bool) -> bool:
    pairs = zip(pieces, names, strict=True)
    if is_pattern:
        return all(fits(piece, name) for piece, name in pairs)
    return all(piece.casefold() == name.casefold() for piece, name in pairs)
