"""A clip folder that was probably meant, where the one that was given holds few of its source's clips."""

import os
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from dfec_explore.clips.folders import Folders
from dfec_explore.clips.frames import is_frame
from dfec_explore.clips.matching import bears_name, is_anothers
from dfec_explore.clips.rules import Rule, rules_of
from dfec_explore.sources import recalled_source

UP = 3
DOWN = 3
MAX_FOLDERS = 3_000
"""Folders that are looked at around the given one."""
MAX_SECONDS = 5.0
MAX_BESIDE = 300
"""Folders in one folder that are looked at: more are the clips themselves, as folders of frames."""
FIRST_LOOK = 10
"""Samples that decide whether a folder is worth more."""
SECOND_LOOK = 300

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A folder that holds clips of a source where its dataset has them."""

    folder: Path
    found: int
    """Of the samples that were looked for: how many have their clip there."""
    looked_for: int
    clips_in: Path
    """The folder below it that the clips have in common."""

    @property
    def share(self) -> float:
        """The part of the samples that have their clip there, 0..1."""
        return self.found / self.looked_for


def suggest_root(
    source: str,
    videos: Sequence[str],
    root: Path,
    *,
    max_folders: int = MAX_FOLDERS,
    max_seconds: float = MAX_SECONDS,
) -> Suggestion | None:
    """Look around a folder for the one in which the clips of a source lie.

    Up to three levels above it and three below, breadth first, what bears the source's name before the rest. Names are
    read; nothing is opened.

    Args:
        source: id.
        videos: its samples; of many, some are looked for.
        root: the folder that was given; it need not exist.
        max_folders: after which the search ends.
        max_seconds: after which it ends.

    Returns:
        The folder with the greatest share, or None where no clip was found.
    """
    deadline, folders = time.monotonic() + max_seconds, Folders(max_age=max_seconds * 2)
    some = [_own_rules(video) for video in _spread(videos, SECOND_LOOK)]
    few, best = _spread(some, FIRST_LOOK), None
    for number, folder in enumerate(_around(source, root)):
        if number >= max_folders or time.monotonic() > deadline:
            break
        if any(_hit(folder, rules, folders) for rules in few):
            found = _judge(folder, some, folders)
            if best is None or _rank(found, source) > _rank(best, source):
                best = found
        if best is not None and best.share == 1 and bears_name(best.folder.name, source):
            break
    return best


def _own_rules(video: str) -> list[Rule]:
    """The rules that find the clip itself; at any depth would be found from far above."""
    return [rule for rule in rules_of(video) if rule.substitute is None and "**" not in rule.parents]


def _judge(folder: str, some: Sequence[Sequence[Rule]], folders: Folders) -> Suggestion:
    hits = [hit for rules in some if (hit := _hit(folder, rules, folders))]
    return Suggestion(
        Path(folder), len(hits), len(some), Path(os.path.commonpath([os.path.dirname(hit) for hit in hits]))
    )


def _hit(folder: str, rules: Sequence[Rule], folders: Folders) -> str | None:
    for rule in rules:
        for hit in folders.match(folder, (*rule.parents, rule.name), wildcards=rule.is_pattern):
            if not rule.is_folder or any(map(is_frame, folders.names(hit))):
                return hit
    return None


def _rank(suggestion: Suggestion, source: str) -> tuple[float, bool, int]:
    return suggestion.share, bears_name(suggestion.folder.name, source), -len(suggestion.folder.parts)


def _around(source: str, root: Path) -> Iterator[str]:
    """Yield the folder and what lies around it, the nearest first, each once, links not followed."""
    seen: set[str] = set()
    real = Path(os.path.realpath(root))
    for start in (real, *real.parents[:UP]):
        if start == start.parent:
            continue  # A whole disk is no clip folder.
        waiting = deque([(str(start), 0)])
        while waiting:
            folder, depth = waiting.popleft()
            if folder not in seen:
                seen.add(folder)
                if not is_anothers(Path(folder).parts[:0:-1], source):
                    yield folder
            if depth < DOWN:
                waiting.extend((below, depth + 1) for below in _below(folder, source))


def _below(folder: str, source: str) -> list[str]:
    """Return the folders in a folder, those that bear the source's name first, those that bear another's left out."""
    try:
        with os.scandir(folder) as entries:
            names = islice((one.name for one in entries if one.is_dir(follow_symlinks=False)), MAX_BESIDE)
            whose = {name: recalled_source(name) for name in names if not name.startswith(".")}
    except OSError:
        return []
    mine = [name for name in sorted(whose) if whose[name] == source]
    nobodys = [name for name in sorted(whose) if whose[name] is None]
    return [os.path.join(folder, name) for name in (*mine, *nobodys)]


def _spread(items: Sequence[Item], most: int) -> list[Item]:
    step = max(1, -(-len(items) // most))
    return list(items[::step])
