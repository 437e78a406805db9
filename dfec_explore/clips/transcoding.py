"""The job that makes a copy of a clip that browsers can play. Apart from the rest, for it brings PyAV and Pillow."""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

from PIL import Image

from dfec_explore.clips import media, recipe
from dfec_explore.clips.copies import clean
from dfec_explore.clips.ffmpeg import FfmpegFailed, run_ffmpeg
from dfec_explore.clips.frame_pictures import frames_of, open_frame
from dfec_explore.clips.frames import DEFAULT_RATE
from dfec_explore.clips.limits import Unreadable
from dfec_explore.clips.progress import Progress
from dfec_explore.clips.worker import limit_resources
from dfec_explore.errors import ClipError

DEADLINE = 3600.0
"""Seconds that one clip may take in all; clips are seconds long, and a film is not meant to be one."""
MAX_RATE_DENOMINATOR = 1001


def transcode_in_job(progress: Progress, *, niceness: int = 0, **arguments: Any) -> dict[str, str | int]:
    """Run ``transcode_clip`` in a job's own process, whose memory is bounded first, for good.

    Args:
        progress: see ``transcode_clip``.
        niceness: added to the process's own: a copy that nobody waits for yet is made behind the others.
        arguments: those of ``transcode_clip``.

    Raises:
        ClipError: it can't be done; says why.
    """
    limit_resources()
    if hasattr(os, "nice"):
        os.nice(niceness)
    return transcode_clip(progress, **arguments)


def transcode_clip(
    progress: Progress,
    *,
    source: str,
    target: str,
    roots: Sequence[str],
    max_bytes: int,
    frame_rate: float | None = None,
    encode: bool = False,
    deadline: float = DEADLINE,
) -> dict[str, str | int]:
    """Make a copy that browsers play: H.264 in MP4.

    Args:
        progress: is told the percentage that is done.
        source: the clip, or a folder of numbered frames.
        target: where the copy goes; it appears there when it is whole.
        roots: the folders that clips may lie in; a source anywhere else is refused.
        max_bytes: size of the folder of copies (two levels above ``target``) at which old copies are removed.
        frame_rate: frames a second of a folder of frames.
        encode: encode the picture anew even if a new container would do.
        deadline: seconds that it may take in all.

    Returns:
        ``way`` (``copied``, ``encoded`` or ``frames``) and ``bytes``, the size of the copy.

    Raises:
        ClipError: it can't be done; says why.
    """
    real, place = _inside(Path(source), roots), Path(target)
    try:
        with _written_beside(place) as unfinished:
            if real.is_dir():
                way = _join_frames(progress, real, unfinished, frame_rate or DEFAULT_RATE, deadline)
            else:
                way = _convert(progress, real, unfinished, encode=encode, deadline=deadline)
    except (FfmpegFailed, Unreadable) as error:
        raise ClipError(real, str(error)) from error
    except OSError as error:
        raise ClipError(real, f"its copy could not be written: {error}") from error
    size = place.stat().st_size
    clean(place.parents[1], max_bytes)
    return {"way": way, "bytes": size}


def _convert(progress: Progress, source: Path, target: Path, *, encode: bool, deadline: float) -> str:
    original = recipe.read_original(source)
    on_time = _percent(progress, original.duration)
    if recipe.needs_new_container_only(original) and not encode:
        # Some files have no usable times, and fit into no MP4 as they are.
        with suppress(FfmpegFailed, Unreadable):
            run_ffmpeg(recipe.copying(original, source, target), on_time=on_time, deadline=deadline)
            _check(target, original)
            return "copied"
    run_ffmpeg(recipe.encoding(original, source, target), on_time=on_time, deadline=deadline)
    _check(target, original)
    return "encoded"


def _check(target: Path, original: recipe.Original) -> None:
    """Look at what was written: ffmpeg can end well with next to nothing in the file."""
    facts = media.read_facts(target)
    if original.duration and facts.duration < original.duration / 2 - 1:
        lengths = f"{facts.duration:.1f} of {original.duration:.1f} s"
        raise Unreadable(f"only {lengths} of it could be converted: its data are damaged")


def _join_frames(progress: Progress, folder: Path, target: Path, frame_rate: float, deadline: float) -> str:
    frames = frames_of(folder)
    first = open_frame(frames[0])
    rate = Fraction(frame_rate).limit_denominator(MAX_RATE_DENOMINATOR)
    run_ffmpeg(
        recipe.encoding_frames(first.width, first.height, rate, target),
        on_time=_percent(progress, len(frames) / float(rate)),
        deadline=deadline,
        feed=_raw(frames, first.size),
    )
    return "frames"


def _raw(frames: Sequence[Path], size: tuple[int, int]) -> Iterator[bytes]:
    """Yield the pixels of each frame, all of one size. A damaged frame shows the one before it: the time stays."""
    shown = b""
    for frame in frames:
        with suppress(Unreadable):
            picture = open_frame(frame)
            shown = (picture if picture.size == size else _fitted(picture, size)).tobytes()
        yield shown


def _fitted(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Scale a picture into another size, whole and undistorted, on black."""
    scale = min(size[0] / picture.width, size[1] / picture.height)
    inner = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    ground = Image.new("RGB", size)
    ground.paste(picture.resize(inner), ((size[0] - inner[0]) // 2, (size[1] - inner[1]) // 2))
    return ground


def _percent(progress: Progress, duration: float) -> Callable[[float], None]:
    def on_time(seconds: float) -> None:
        # The last per cent is the moving of the table of contents to the front.
        done = min(99, int(100 * seconds / duration)) if duration else 0
        progress.report(done, 100, f"{seconds:.1f} s of {duration:.1f} s" if duration else f"{seconds:.1f} s")

    progress.report(0, 100)
    return on_time


@contextmanager
def _written_beside(place: Path) -> Iterator[Path]:
    """Give a file to write to; it gets its name when the block has ended well, and is gone otherwise."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, suffix=".part", delete=False) as file:
        unfinished = Path(file.name)
    try:
        yield unfinished
        unfinished.replace(place)
    finally:
        unfinished.unlink(missing_ok=True)


def _inside(source: Path, roots: Sequence[str]) -> Path:
    try:
        real = source.resolve(strict=True)
        allowed = any(real.is_relative_to(Path(root).resolve(strict=True)) for root in roots)
    except (OSError, RuntimeError) as error:
        raise ClipError(source, f"it cannot be opened: {error}") from error
    if not allowed:
        raise ClipError(source, "it lies outside of the clip folders and is not opened")
    return real
