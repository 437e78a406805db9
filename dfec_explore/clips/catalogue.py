"""From the scan of the clip folders to where the clip of each sample lies, for all samples of a source at once."""

import os
import stat
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from dfec_explore.clips.folders import Folders
from dfec_explore.clips.frames import DEFAULT_RATE
from dfec_explore.clips.listing import ARCHIVE_ENDINGS, CLIP_ENDINGS, NOT_READABLE, ending_of
from dfec_explore.clips.matching import Base, Matcher, bases_of
from dfec_explore.clips.packed import Archives, Packed
from dfec_explore.clips.resolve import ClipRoots, no_folder, places_tried, refused, resolve
from dfec_explore.clips.rules import Rule, alike, rules_of, stem_of
from dfec_explore.clips.scan import read_scan, scan_file
from dfec_explore.clips.tree import ROOT, Tree
from dfec_explore.model import Clip, ClipStatus
from dfec_explore.sources import wrong_package

FEW = 10_000
"""Samples up to which only their names are kept of a scan; for more, choosing costs more than keeping."""

_Key = tuple[int, bool, int, int]
"""How far from the best a hit is: levels that the root is off, another ending, which root, which rule."""


class _Look(NamedTuple):
    matcher: Matcher
    verbatim: bool
    """Whether only the path as it stands is looked for."""

    def rules(self, rules: Sequence[Rule]) -> Sequence[Rule]:
        return rules[:1] if self.verbatim else rules


@dataclass(slots=True)
class _Hits:
    """The best files or folders met so far, and what was wrong with others."""

    key: _Key | None = None
    rule: Rule | None = None
    found: dict[str, str] = field(default_factory=dict)
    """Where a hit is called, by where it really lies."""
    problems: list[str] = field(default_factory=list)

    def may_better(self, key: _Key) -> bool:
        return self.key is None or key <= self.key

    def take(self, key: _Key, rule: Rule, real: str, place: str) -> None:
        if self.key is None or key < self.key:
            self.key, self.rule, self.found = key, rule, {}
        if key == self.key:
            self.found.setdefault(real, place)


class Catalogue:
    """Where the clips of one source lie, as the scans of its folders say. Looks at files, opens none but archives.

    Args:
        source: id.
        roots: the configured folders.
        scans: the folder of their scans.
        videos: the samples that will be asked for; for others it may say missing.
    """

    def __init__(self, source: str, *, roots: ClipRoots, scans: Path, videos: Collection[str]) -> None:
        self._source, self._roots = source, roots
        wanted = _wanted(videos)
        self._looks: list[_Look] = []
        self._trees: list[Tree] = []
        own = roots.own(source)
        if roots.parent is not None:
            tree = self._plant(roots.parent, scans, wanted)
            self._looks.append(_Look(Matcher(tree, source, (Base(ROOT, 0),)), True))
            if own is None:
                self._looks.append(_Look(Matcher(tree, source, bases_of(tree, source, holds_all=True)), False))
        if own is not None:
            tree = self._plant(own, scans, wanted)
            self._looks.append(_Look(Matcher(tree, source, bases_of(tree, source, holds_all=False)), False))
        self._archives = [Archives(tree, source, wanted) for tree in self._trees]
        self._hints = list(dict.fromkeys(chain.from_iterable(map(self._wrong_packages, self._trees))))

    def find(self, video: str, *, list_tried: bool = True) -> Clip:
        """Say where the clip of a sample lies.

        The first place of ``sources.clip_candidates`` that holds it is the answer; a stand-in only where no place
        holds the clip itself. Before that, places count more the fewer levels the root is off.

        Args:
            video: relative POSIX path from the annotation file; trusted with nothing.
            list_tried: whether the answer lists the places that were searched.
        """
        refusal = refused(video)
        if refusal:
            return Clip(ClipStatus.MISSING, None, reason=refusal)
        if not self._trees:
            return Clip(ClipStatus.MISSING, None, reason=no_folder(self._source, self._roots))
        if ending_of(video) not in CLIP_ENDINGS:
            # A scan keeps the names of clips only.
            folders = Folders(max_age=0)
            return resolve(video, source=self._source, roots=self._roots, folders=folders, list_tried=list_tried)
        rules = rules_of(video)
        tried = places_tried(video, source=self._source, roots=self._roots) if list_tried else ()
        hits = self._best(rules)
        if hits.rule is not None:
            return self._answer(hits, hits.rule, tried, video, rules)
        return self._not_found(video, rules, tried, hits.problems)

    def _plant(self, root: Path, scans: Path, wanted: Collection[str]) -> Tree:
        tree = Tree(Path(os.path.realpath(root)), read_scan(scan_file(scans, root)), wanted)
        self._trees.append(tree)
        return tree

    def _best(self, rules: Sequence[Rule]) -> _Hits:
        hits = _Hits()
        for is_stand_in in (False, True):
            if is_stand_in and (hits.rule is not None or self._problem(rules, hits)):
                break  # The clip itself is there, and that it is damaged must be seen.
            for order, look in enumerate(self._looks):
                for rule in look.rules(rules):
                    is_wanted = (rule.substitute is not None) == is_stand_in
                    if is_wanted and hits.may_better((0, False, order, rule.group)):
                        self._look(look.matcher, rule, order, hits)
        return hits

    def _problem(self, rules: Sequence[Rule], hits: _Hits) -> bool:
        if not hits.problems:
            hits.problems += islice(self._blocked([rule for rule in rules if rule.substitute is None]), 1)
        return bool(hits.problems)

    def _look(self, matcher: Matcher, rule: Rule, order: int, hits: _Hits) -> None:
        stem = stem_of(rule.name)
        for match in matcher.matches(rule):
            if not hits.may_better((match.cost, False, order, rule.group)):
                return
            for folder in matcher.folders(match, stem):
                names, other = _names(matcher.tree, folder, rule, stem)
                key = (match.cost, other, order, rule.group)
                for name in names if hits.may_better(key) else ():
                    real, problem = _inspect(matcher.tree, folder, name, is_folder=rule.is_folder)
                    if problem:
                        hits.problems.append(problem)
                    else:
                        hits.take(key, rule, real, os.path.join(matcher.tree.path(folder), name))

    def _answer(self, hits: _Hits, rule: Rule, tried: tuple[Path, ...], video: str, rules: Sequence[Rule]) -> Clip:
        if len(hits.found) > 1:
            places = tuple(map(Path, sorted(hits.found.values())))
            kind = "folders of frames" if rule.is_folder else "files"
            names = ", ".join(str(self._shown(place)) for place in places)
            reason = f"{len(places)} {kind} fit equally well: {names}. Remove or rename all but one."
            return Clip(ClipStatus.AMBIGUOUS, None, tried, reason, rule=rule.text, places=places)
        (real,) = hits.found
        rate = (rule.frame_rate or DEFAULT_RATE) if rule.is_folder else None
        if rule.substitute is None:
            return Clip(ClipStatus.FOUND, Path(real), tried, frame_rate=rate, rule=rule.text)
        reason = f"This is not the clip that was captioned but a stand-in: {rule.substitute}."
        packed = self._packed(video, rules)
        if packed:
            reason += f" {self._packed_words(packed)}"
        return Clip(ClipStatus.SUBSTITUTE, Path(real), tried, reason, rate, rule=rule.text)

    def _not_found(self, video: str, rules: Sequence[Rule], tried: tuple[Path, ...], problems: Sequence[str]) -> Clip:
        problems = problems or list(islice(self._blocked(rules), 1))
        if problems:
            return Clip(ClipStatus.UNREADABLE, None, tried, problems[0])
        packed = self._packed(video, rules)
        if packed:
            reason = " ".join([self._packed_words(packed), "Unpack it where it lies."])
            return Clip(ClipStatus.PACKED, None, tried, reason, archive=Path(packed.path))
        gone = [tree.root for tree in self._trees if not len(tree)]
        if len(gone) == len(self._trees):
            if ending_of(gone[0].name) in ARCHIVE_ENDINGS and gone[0].is_file():
                reason = f"{gone[0]} is an archive and no folder. Unpack it, and name the folder."
                return Clip(ClipStatus.PACKED, None, tried, reason, archive=gone[0])
            return Clip(ClipStatus.MISSING, None, tried, f"The clip folder {gone[0]} does not exist.")
        places = sum(len(look.rules(rules)) for look in self._looks)
        words = [f"There is no such file; places searched: {places}.", *self._hints]
        return Clip(ClipStatus.MISSING, None, tried, " ".join(words))

    def _blocked(self, rules: Sequence[Rule]) -> Iterator[str]:
        """Say what stands where a clip was looked for and is none."""
        for look in self._looks:
            tree = look.matcher.tree
            for rule in look.rules(rules):
                for folder, name, why in look.matcher.blocked(rule):
                    yield f"{_below(tree, folder, name)} {why}."
                matches = () if rule.is_folder else look.matcher.matches(rule)
                for folder in chain.from_iterable(match.folders for match in matches):
                    for child in tree.children(folder, rule.name, starred=False):
                        yield f"{_below(tree, folder, tree.names[child])} is a folder, not a clip."

    def _packed(self, video: str, rules: Sequence[Rule]) -> Packed | None:
        found = (archives.holding(video, rules) for archives in self._archives)
        return next((packed for packed in found if packed), None)

    def _packed_words(self, packed: Packed) -> str:
        sure = "It is" if packed.is_sure else "It may be"
        return f"{sure} in the archive {self._shown(Path(packed.path))}, which is not unpacked."

    def _shown(self, place: Path) -> Path:
        roots = [tree.root for tree in self._trees if place.is_relative_to(tree.root)]
        return place.relative_to(roots[-1]) if roots else place

    def _wrong_packages(self, tree: Tree) -> Iterator[str]:
        for name in chain(dict.fromkeys(tree.names), dict.fromkeys(name for _, name in tree.archives)):
            said = wrong_package(self._source, name)
            if said:
                yield said


def _names(tree: Tree, folder: int, rule: Rule, stem: str) -> tuple[Sequence[str], bool]:
    """Return what in a folder may be the clip of a rule, and whether only by another ending."""
    if rule.is_folder:
        children = tree.children(folder, rule.name, starred=False)
        return [tree.names[child] for child in children if tree.has_frames(child)], False
    return alike(rule.name, tree.clips(folder, stem))


def _inspect(tree: Tree, folder: int, name: str, *, is_folder: bool) -> tuple[str, str]:
    """Return where a hit really lies, and what speaks against it. Opens nothing."""
    if is_folder:
        (child,) = (one for one in tree.children(folder, name, starred=False) if tree.names[one] == name)
        real, way = tree.real_path(child), os.R_OK | os.X_OK
    else:
        link = tree.link_of(folder, name)
        real = os.path.join(tree.real_path(folder), name) if link is None else os.path.join(tree.root, link)
        way = os.R_OK
    try:
        found = os.lstat(real)
    except OSError:
        return real, f"{_below(tree, folder, name)} was there when the folder was scanned, and is gone."
    if not (stat.S_ISDIR if is_folder else stat.S_ISREG)(found.st_mode):
        return real, f"{_below(tree, folder, name)} is no longer what it was when the folder was scanned."
    if not is_folder and found.st_size == 0:
        return real, f"{_below(tree, folder, name)} is an empty file: its download or copy did not finish."
    if not os.access(real, way):
        return real, f"{_below(tree, folder, name)} {NOT_READABLE}."
    return real, ""


def _below(tree: Tree, folder: int, name: str) -> str:
    return "/".join((*tree.trail(folder), name))


def _wanted(videos: Collection[str]) -> Collection[str]:
    if len(videos) > FEW:
        return _Everything()
    return {stem for video in videos for rule in rules_of(video) for stem in (stem_of(rule.name), rule.name.casefold())}


class _Everything(frozenset[str]):
    def __contains__(self, name: object) -> bool:
        return True
