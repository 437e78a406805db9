"""Folders of numbered frames: which files in them are the frames, and in which order."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from dfec_explore.errors import ClipError

ENDINGS = frozenset({".png", ".jpg", ".jpeg", ".bmp"})
MAX_FRAMES = 10_000
"""More frames than this (almost seven minutes at 25 a second) are no clip, and are not listed."""
DEFAULT_RATE = 25.0
"""Frames a second where neither the source nor the viewer names a rate."""

RATES = (10.0, 12.5, 15.0, 20.0, 24.0, 25.0, 30.0, 50.0, 60.0)
"""Rates that a viewer may choose."""

_DIGITS = re.compile(r"(\d+)")


def is_frame(name: str) -> bool:
    """Say whether a file of this name is a frame. Names that begin with a dot (``._1.jpg``) are a system's own."""
    return not name.startswith(".") and os.path.splitext(name)[1].lower() in ENDINGS


def in_order(names: Iterable[str]) -> list[str]:
    """Sort frames by the numbers in their names: 2.jpg before 10.jpg and after 0001.png.

    Where two files differ in their ending only (``7.jpg``, ``7.png``), they are one frame, and the first by name
    counts.
    """
    by_stem: dict[str, str] = {}
    for name in sorted(filter(is_frame, names)):
        by_stem.setdefault(os.path.splitext(name)[0].lower(), name)
    return [by_stem[stem] for stem in sorted(by_stem, key=_natural)]


def list_frames(folder: Path) -> list[Path]:
    """Return the frames of a folder in order. Links are not followed: a frame lies where its folder lies.

    Raises:
        ClipError: the folder can't be read, or has no frame in it, or more than ``MAX_FRAMES``.
    """
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if is_frame(entry.name) and entry.is_file(follow_symlinks=False)]
    except OSError as error:
        raise ClipError(folder, f"the folder of frames cannot be read: {error.strerror}") from error
    frames = in_order(names)
    if not frames:
        raise ClipError(folder, f"no frames ({', '.join(sorted(ENDINGS))}) lie in this folder")
    if len(frames) > MAX_FRAMES:
        raise ClipError(folder, f"it holds {len(frames):,} frames; up to {MAX_FRAMES:,} are shown as one clip")
    return [folder / name for name in frames]


def _natural(stem: str) -> tuple[list[tuple[str, int]], str]:
    pieces = _DIGITS.split(stem)
    # Text and number alternate; the last tie (01 and 1) is broken by the name itself.
    pairs = [(text, int(number)) for text, number in zip(pieces[::2], [*pieces[1::2], "-1"], strict=True)]
    return pairs, stem
