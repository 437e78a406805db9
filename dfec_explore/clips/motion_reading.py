"""Motion of a clip, read frame by frame by PyAV and Pillow. Runs in the decoding process only: see ``worker``."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from av.video.reformatter import VideoReformatter
from PIL import Image

from dfec_explore.clips.frame_pictures import frames_of, open_frame
from dfec_explore.clips.frames import DEFAULT_RATE
from dfec_explore.clips.landmarks import Points, as_points, face_box, movements
from dfec_explore.clips.limits import Unreadable
from dfec_explore.clips.media import decoded, duration_of, opened
from dfec_explore.clips.motion import Motion, summarise
from dfec_explore.sources.label_files import UnreadLabels, read_landmarks

WIDTH = 96
"""Pixels that frames are scaled to before they are compared: noise is averaged away, movements are not."""
RANGE = 255.0

Grey = npt.NDArray[np.int16]


def read_motion(path: Path, *, seconds: float, frame_rate: float | None = None) -> Motion:
    """Measure how much changes from each frame of a clip to the next.

    Args:
        path: the clip, or a folder of frames; with AFEW-VA's landmarks beside them, the face and its parts.
        seconds: after which it ends with what was read so far.
        frame_rate: frames a second at which a folder of frames is shown.

    Raises:
        Unreadable: no frame can be decoded.
    """
    end = time.monotonic() + seconds
    if path.is_dir():
        return _motion_of_folder(path, rate=frame_rate or DEFAULT_RATE, end=end)
    return _motion_of_file(path, end=end)


def _motion_of_file(path: Path, *, end: float) -> Motion:
    times: list[float] = []
    changes: list[float] = []
    before: Grey | None = None
    size: dict[str, int] = {}
    is_whole, last_is_good = True, True
    scaler = VideoReformatter()  # One for all: each frame's own would be set up anew.
    with opened(path) as (container, stream):
        # Not by frames: those threads are still at work on a damaged clip while it is closed.
        stream.thread_type = "SLICE"
        duration, start = duration_of(container, stream), None
        for frame in decoded(container, stream):
            at = frame.time if frame.time is not None else len(times) / float(stream.average_rate or DEFAULT_RATE)
            start = at if start is None else start
            size = size or {"width": WIDTH, "height": max(1, min(8 * WIDTH, WIDTH * frame.height // frame.width))}
            now = scaler.reformat(frame, **size, format="gray", interpolation="AREA").to_ndarray().astype(np.int16)
            if before is not None:
                changes.append(_change(before, now))
            # A clock that stands still or goes back is damaged; the order of frames is not.
            times.append(max(at - start, times[-1] if times else 0.0))
            before, last_is_good = now, not frame.is_corrupt
            if time.monotonic() > end:
                is_whole = False
                break
    if not times:
        raise Unreadable("no frame in it can be decoded")
    # Cut off or damaged at the end: what is missing is more than a few frames or the last one.
    reaches_end = times[-1] >= duration - max(0.25, 0.1 * duration)
    return summarise(
        times,
        changes,
        changes,
        duration=duration or times[-1],
        is_whole=is_whole,
        last_frame_decodes=last_is_good and reaches_end,
    )


def _motion_of_folder(folder: Path, *, rate: float, end: float) -> Motion:
    frames = frames_of(folder)
    points = _landmarks(folder, [frame.stem for frame in frames])
    whole: list[float] = []
    faces: list[float] = []
    is_whole = last_is_good = True
    before: Image.Image | None = None
    read = 0
    for number, image in enumerate(_readable(frames)):
        read = number + 1
        last_is_good = image is not None
        if image is None:
            image = before or Image.new("L", (1, 1))
        if before is not None:
            whole.append(_change(_small(before), _small(image)))
            if points is not None:
                box = face_box(points[number - 1 : number + 1], width=image.width, height=image.height)
                faces.append(_change(_small(before.crop(box)), _small(image.crop(box))))
        before = image
        if time.monotonic() > end:
            is_whole = read == len(frames)
            break
    return summarise(
        [number / rate for number in range(read)],
        whole,
        faces if points is not None else whole,
        duration=len(frames) / rate,
        region="face" if points is not None else "frame",
        parts=movements(points[:read]) if points is not None and read > 1 else None,
        is_whole=is_whole,
        last_frame_decodes=last_is_good,
    )


def _readable(frames: list[Path]) -> Iterator[Image.Image | None]:
    """Yield the frames in grey; None for one that can't be read, unless it is the first."""
    yield open_frame(frames[0]).convert("L")
    for frame in frames[1:]:
        try:
            yield open_frame(frame).convert("L")
        except Unreadable:
            yield None


def _landmarks(folder: Path, stems: list[str]) -> Points | None:
    """Return the landmarks that AFEW-VA keeps in a file beside the frames, if they are those of these frames."""
    file = folder / f"{folder.name}.json"
    if not file.is_file():
        return None
    try:
        by_frame = read_landmarks(file)
    except UnreadLabels:
        return None
    if not set(stems) <= by_frame.keys():
        return None
    return as_points([by_frame[stem] for stem in stems])


def _small(image: Image.Image) -> Grey:
    height = max(1, min(8 * WIDTH, WIDTH * image.height // image.width))
    return np.asarray(image.resize((WIDTH, height), Image.Resampling.BOX)).astype(np.int16)


def _change(before: Any, now: Any) -> float:
    """Return the mean change of brightness in percent of its range; pictures of other sizes are another shot."""
    if before.shape != now.shape:
        return 100.0
    return float(np.abs(now - before).mean()) * 100 / RANGE
