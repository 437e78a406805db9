"""Facts and pictures of a clip, by PyAV, decord and Pillow. Runs in the decoding process only: see ``worker``."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import av
import av.error
import av.logging
import numpy as np
from av.container import InputContainer
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from dfec_explore.clips.frame_pictures import folder_facts, frames_of, open_frame
from dfec_explore.clips.frames import DEFAULT_RATE
from dfec_explore.clips.limits import FORMATS, MAX_PIXELS, Unreadable
from dfec_explore.clips.playback import container_name, plays_in_browser
from dfec_explore.model import ClipFacts

COUNTED_BYTES = 256 * 2**20
"""Up to this size a file is read through to count its frames; a film is not."""
QUALITY = 82

# Without these a text file that calls itself .mp4 can name other files or addresses for FFmpeg to open.
_OPEN_OPTIONS = {
    "protocol_whitelist": "file",
    "format_whitelist": FORMATS,
}
# None, not a level: with any level each message of FFmpeg's threads waits for Python's lock, which the thread that
# closes a clip holds while it waits for them (https://github.com/PyAV-Org/PyAV/issues/751).
av.logging.set_level(None)


def read_facts(path: Path, *, frame_rate: float | None = None) -> ClipFacts:
    """Read what a clip is and make sure that its first frame can be decoded.

    Frames are counted, for the count in the header may be wrong or absent; width and height are those of the
    picture as it is shown, after rotation.

    Args:
        path: the clip.
        frame_rate: frames a second at which a folder of frames is shown; a file has its own.

    Raises:
        Unreadable: the file is no video, or a damaged one.
    """
    if path.is_dir():
        return folder_facts(path, frame_rate=frame_rate or DEFAULT_RATE)
    with opened(path) as (container, stream):
        rate = float(stream.average_rate or stream.guessed_rate or 0)
        duration = duration_of(container, stream)
        counted = path.stat().st_size <= COUNTED_BYTES
        first, times = _first_frame_and_times(container, stream, count=counted)
        frames = len(times) if counted else stream.frames or round(duration * rate)
        sideways = first.rotation % 180 != 0
        codec = stream.codec_context.codec.canonical_name
        name = container_name(container.format.name, path)
        return ClipFacts(
            codec=codec,
            container=name,
            width=first.height if sideways else first.width,
            height=first.width if sideways else first.height,
            frame_rate=rate or (frames / duration if duration else 0.0),
            frames=frames,
            duration=duration or (frames / rate if rate else 0.0),
            has_sound=bool(container.streams.audio),
            plays_in_browser=plays_in_browser(codec=codec, container=name, pixel_format=first.format.name),
            pixel_format=first.format.name,
            rotation=first.rotation % 360,
            constant_rate=_is_constant(times, tick=float(stream.time_base or 0)) if counted else None,
            first_frame_decodes=_is_first(first, times),
        )


def _is_constant(times: Sequence[int | None], *, tick: float) -> bool | None:
    """Say whether frames follow one another at even distances; None where their times are not told.

    A container that keeps times in milliseconds rounds them: a distance may be off by one and a half of its ticks.

    Args:
        times: of the frames in the order of decoding, in ticks.
        tick: in seconds.
    """
    known = sorted(time for time in times if time is not None)
    if len(known) < len(times) or len(known) < 2 or not tick:
        return None
    distances = np.diff(known)
    return bool(np.abs(distances - np.median(distances)).max() <= max(1.5, 0.02 * float(np.median(distances))))


def _is_first(frame: VideoFrame, times: Sequence[int | None]) -> bool:
    """Say whether the first frame that could be decoded is the first that there is."""
    known = [time for time in times if time is not None]
    return frame.pts is None or not known or frame.pts <= min(known)


def thumbnail(path: Path, *, height: int) -> bytes:
    """Return the key frame at or before the middle as a JPEG ``height`` pixels high.

    Raises:
        Unreadable: no frame can be decoded.
    """
    if path.is_dir():
        frames = frames_of(path)
        return _jpeg(_scaled(open_frame(frames[len(frames) // 2]), height=height))
    with opened(path) as (container, stream):
        stream.codec_context.skip_frame = "NONKEY"
        middle = duration_of(container, stream) / 2
        try:
            container.seek(int(middle * av.time_base))
            frame = next(container.decode(stream), None)
        except av.error.FFmpegError:
            frame = None
        if frame is not None:
            return _jpeg(_picture(frame, stream, height=height))
    # The middle is damaged or has no key frame before it: the beginning is better than nothing.
    with opened(path) as (container, stream):
        frame = first_frame(container, stream)
        return _jpeg(_picture(frame, stream, height=height))


def filmstrip(path: Path, *, tiles: int, height: int, reader: str) -> bytes:
    """Return one JPEG of ``tiles`` frames side by side, each from the middle of an equal share of the clip.

    Args:
        path: the clip.
        tiles: how many frames.
        height: of the picture, in pixels; the width of a tile follows from the clip's shape.
        reader: ``decord``, or ``pyav`` where decord is absent or fails.

    Raises:
        Unreadable: the frames cannot be decoded.
    """
    frames = read_facts(path).frames
    middles = [int((tile + 0.5) * frames / tiles) for tile in range(tiles)]
    return _jpeg(Image.fromarray(np.concatenate(read_frames(path, middles, height=height, reader=reader), axis=1)))


def read_frames(path: Path, indices: Sequence[int], *, height: int, reader: str) -> Any:
    """Decode single frames, scaled.

    Args:
        path: the clip.
        indices: numbers of frames, ascending; beyond the last one means the last one.
        height: of the frames, in pixels.
        reader: ``decord`` or ``pyav``.

    Returns:
        An array of unsigned bytes, (frames, height, width, 3) in RGB.

    Raises:
        Unreadable: the frames cannot be decoded.
    """
    if path.is_dir():
        return _frames_of_folder(path, indices, height=height)
    with opened(path) as (container, stream):
        first = first_frame(container, stream)
        width = _picture(first, stream, height=height).width
    if reader == "decord":
        frames = _frames_by_decord(path, indices, width=width, height=height)
        if frames is not None:
            return frames
    return _frames_by_pyav(path, indices, height=height)


def _frames_of_folder(folder: Path, indices: Sequence[int], *, height: int) -> Any:
    frames = frames_of(folder)
    size = _scaled(open_frame(frames[0]), height=height).size
    chosen = [frames[min(index, len(frames) - 1)] for index in indices]
    return np.stack([np.asarray(open_frame(frame).resize(size)) for frame in chosen])


def _frames_by_decord(path: Path, indices: Sequence[int], *, width: int, height: int) -> Any | None:
    try:
        import decord
    except ImportError:  # There is no decord for this machine.
        return None
    decord.logging.set_level(decord.logging.QUIET)
    try:
        video = decord.VideoReader(str(path), ctx=decord.cpu(0), width=width, height=height, num_threads=2)
        return video.get_batch([min(index, len(video) - 1) for index in indices]).asnumpy()
    except (decord.DECORDError, RuntimeError, IndexError, ValueError):
        return None


def _frames_by_pyav(path: Path, indices: Sequence[int], *, height: int) -> Any:
    wanted, pictures = list(indices), []
    with opened(path) as (container, stream):
        # Not by frames: those threads are still at work on a damaged clip while it is closed.
        stream.thread_type = "SLICE"
        frame = None
        for number, frame in enumerate(decoded(container, stream)):
            while wanted and number == wanted[0]:
                pictures.append(np.asarray(_picture(frame, stream, height=height)))
                wanted.pop(0)
            if not wanted:
                break
        if frame is None:
            raise Unreadable("no frame in it can be decoded")
        pictures += [np.asarray(_picture(frame, stream, height=height))] * len(wanted)
    return np.stack(pictures)


@contextmanager
def opened(path: Path) -> Iterator[tuple[InputContainer, VideoStream]]:
    """Open a file of a kind that is read here, with its first moving picture; nothing else is opened through it.

    Raises:
        Unreadable: it is none.
    """
    try:
        container = av.open(str(path), options=_OPEN_OPTIONS, metadata_errors="replace")
    except av.error.ArgumentError as error:
        raise Unreadable("it is no video file of a kind that is read here") from error
    except av.error.InvalidDataError as error:
        raise Unreadable("it is no video, or a damaged one: no container could be made out") from error
    except av.error.FFmpegError as error:
        raise Unreadable(f"it cannot be opened: {error.strerror}") from error
    with container:
        yield container, _video_stream(container)


def _video_stream(container: InputContainer) -> VideoStream:
    for stream in container.streams.video:
        if not stream.disposition & Disposition.attached_pic:
            return _sane(stream)
    raise Unreadable("it has no moving picture, only sound or a cover")


def _sane(stream: VideoStream) -> VideoStream:
    if stream.codec_context is None:
        raise Unreadable("its codec is not known")
    if stream.width * stream.height > MAX_PIXELS:
        raise Unreadable(f"its header claims frames of {stream.width} x {stream.height} pixels")
    return stream


def decoded(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    """Yield the frames that can be decoded, in order; what is damaged between them is passed over."""
    for packet in _packets(container, stream):
        try:
            yield from packet.decode()
        except av.error.FFmpegError:
            continue  # One damaged packet does not end a clip.


def _packets(container: InputContainer, stream: VideoStream) -> Iterator[Any]:
    try:
        yield from container.demux(stream)
    except av.error.FFmpegError:
        return  # Cut off here: what came before it counts.


def first_frame(container: InputContainer, stream: VideoStream) -> VideoFrame:
    """Decode the first frame that can be decoded.

    Raises:
        Unreadable: there is none.
    """
    return _first_frame_and_times(container, stream, count=False)[0]


def _first_frame_and_times(
    container: InputContainer, stream: VideoStream, *, count: bool
) -> tuple[VideoFrame, list[int | None]]:
    """Return the first frame, and the times of all frames (in the order of decoding) if they are to be counted."""
    first = None
    times: list[int | None] = []
    for packet in _packets(container, stream):
        if packet.size and not packet.is_discard:
            times.append(packet.dts if packet.pts is None else packet.pts)
        if first is None:
            first = _frame_of(packet)
        if first is not None and not count:
            break
    if first is None:
        raise Unreadable("no frame in it can be decoded")
    return first, times


def _frame_of(packet: Any) -> VideoFrame | None:
    try:
        return next(iter(packet.decode()), None)
    except av.error.FFmpegError:
        return None


def duration_of(container: InputContainer, stream: VideoStream) -> float:
    """Return the length that the header claims, in seconds; 0 where it claims none."""
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return (container.duration or 0) / av.time_base


def _picture(frame: VideoFrame, stream: VideoStream, *, height: int) -> Image.Image:
    """Scale a frame to ``height`` as it is shown: square pixels, upright."""
    shape = frame.width * float(stream.sample_aspect_ratio or 1) / frame.height
    if frame.rotation % 180:
        size = {"width": height, "height": _bounded(height / shape, height)}
    else:
        size = {"width": _bounded(height * shape, height), "height": height}
    image: Image.Image = frame.to_image(**size)  # type: ignore[no-untyped-call]
    return image.rotate(frame.rotation, expand=True) if frame.rotation else image


def _scaled(image: Image.Image, *, height: int) -> Image.Image:
    return image.resize((_bounded(height * image.width / image.height, height), height))


def _bounded(length: float, height: int) -> int:
    """Keep a width between 1 pixel and eight heights, whatever shape a header claims."""
    return max(1, min(round(length), 8 * height))


def _jpeg(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()
