"""The places where a clip may lie, as rules to hold against the names in a folder."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from dfec_explore.clips.listing import CLIP_ENDINGS, ending_of
from dfec_explore.sources import Candidate, clip_candidates

ANY_DEPTH = "**"
ALIKE_ENDINGS = CLIP_ENDINGS - {".gif"}
"""Endings that stand for one another: a clip that was packed anew keeps its name. A GIF beside it is a preview."""

Pieces = tuple[str, ...]


class Rule(NamedTuple):
    """One place. A tuple: made by the million."""

    text: str
    """The place as ``sources`` names it, relative to the folder of its source."""
    parents: Pieces
    """The folders above the clip; where the rule is a pattern, ``*`` is any part of a name and ``**`` any depth."""
    name: str
    is_pattern: bool
    is_folder: bool
    """Whether the clip is a folder of frames."""
    substitute: str | None
    frame_rate: float | None
    group: int
    """Rules of one group name the same place, one of them more closely: what they find is compared."""

    @property
    def tells(self) -> bool:
        """Whether a folder above the clip is named, so that the clip is known by more than its own name."""
        return any(not self.is_pattern or piece.strip("*") for piece in self.parents)


def rules_of(video: str, candidates: Sequence[Candidate] | None = None) -> list[Rule]:
    """Return the places of a clip in their order.

    Args:
        video: relative POSIX path from the annotation file.
        candidates: the places, by default those that ``sources`` knows.
    """
    # A star that the path itself brought would fit other samples' clips.
    starless = "*" not in video
    known = clip_candidates(video) if candidates is None else candidates
    rules: list[Rule] = []
    for candidate in known:
        if starless or not candidate.is_pattern:
            head, _, name = candidate.path.rpartition("/")
            if not name or name == ".":
                continue
            parents, is_numbered = _parents(head, candidate.is_pattern)
            group = _group(rules, candidate, parents, name) if is_numbered else len(rules)
            kind, stand_in = candidate.kind != "video", candidate.substitute
            rules.append(
                Rule(candidate.path, parents, name, candidate.is_pattern, kind, stand_in, candidate.frame_rate, group)
            )
    return rules


def pieces_of(path: str) -> Pieces:
    """Split a path into its names."""
    return tuple(piece for piece in path.split("/") if piece not in ("", "."))


def fits(pattern: str, name: str) -> bool:
    """Whether a name fits a pattern, in any case."""
    return _compiled(pattern).fullmatch(name) is not None


def alike(name: str, there: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """Choose among files whose names differ from a wanted one in case and ending only.

    The exact name alone counts where it is there; else those that differ in case; else those with another ending of
    a clip.

    Returns:
        The names, and whether their ending is another one.
    """
    if name in there:
        return (name,), False
    folded = name.casefold()
    same = tuple(other for other in there if other.casefold() == folded)
    if same or ending_of(name) not in ALIKE_ENDINGS:
        return same, False
    return tuple(other for other in there if ending_of(other) in ALIKE_ENDINGS), True


@lru_cache(maxsize=1_000)
def stem_of(name: str) -> str:
    """Return what a clip's name and its namesakes with other endings or in another case have in common."""
    ending = ending_of(name)
    return (name[: -len(ending)] if ending in CLIP_ENDINGS else name).casefold()


@lru_cache(maxsize=10_000)
def _parents(head: str, is_pattern: bool) -> tuple[Pieces, bool]:
    """Return the folders of a place, and whether they say any of several that are numbered, as ``part_*`` does."""
    pieces = pieces_of(head)
    starred = [piece for piece in pieces if "*" in piece] if is_pattern else []
    return pieces, bool(starred) and all(piece.strip("*") for piece in starred)


def _group(rules: Sequence[Rule], pattern: Candidate, parents: Pieces, name: str) -> int:
    """Number a rule that says any part: like the one before it that names a part by number, if there is one.

    Which part a clip lies in was worked out, not read: a clip in two parts is not decided by it.
    """
    for rule in rules:
        same = (rule.name, rule.is_folder, rule.substitute) == (name, pattern.kind != "video", pattern.substitute)
        if same and not rule.is_pattern and len(rule.parents) == len(parents) and all(map(fits, parents, rule.parents)):
            return rule.group
    return len(rules)


@lru_cache(maxsize=10_000)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, pattern.split("*"))), re.IGNORECASE | re.DOTALL)
