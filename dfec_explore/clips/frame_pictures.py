"""Frames of a folder as pictures, by Pillow. Runs in the decoding process and in jobs, never in the server."""

from pathlib import Path

from PIL import Image, ImageOps

from dfec_explore.clips.frames import list_frames
from dfec_explore.clips.limits import MAX_PIXELS, Unreadable
from dfec_explore.errors import ClipError
from dfec_explore.model import ClipFacts

CONTAINER = "frames"
"""Stands where a file has the name of its container."""
_FORMATS = ("PNG", "JPEG", "BMP")


def frames_of(folder: Path) -> list[Path]:
    """List the frames as ``list_frames`` does.

    Raises:
        Unreadable: there are none, or too many.
    """
    try:
        return list_frames(folder)
    except ClipError as error:
        raise Unreadable(error.problem) from error


def folder_facts(folder: Path, *, frame_rate: float) -> ClipFacts:
    """Return what a folder of frames is when it is shown at some rate; its size is that of its first frame.

    Raises:
        Unreadable: there are no frames, or the first one is no picture.
    """
    frames = frames_of(folder)
    first = open_frame(frames[0])
    return ClipFacts(
        codec=frames[0].suffix.lower().removeprefix(".").replace("jpg", "jpeg"),
        container=CONTAINER,
        width=first.width,
        height=first.height,
        frame_rate=frame_rate,
        frames=len(frames),
        duration=len(frames) / frame_rate,
        has_sound=False,
        plays_in_browser=False,
        pixel_format=first.mode,
    )


def open_frame(path: Path) -> Image.Image:
    """Decode one frame: upright, in RGB.

    Raises:
        Unreadable: it is no picture, a damaged one, or claims to be huge.
    """
    try:
        with Image.open(path, formats=_FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise Unreadable(f"the frame {path.name} claims to have {image.width} x {image.height} pixels")
            return ImageOps.exif_transpose(image).convert("RGB")
    # Pillow's decoders raise what they stumble over: also SyntaxError for a broken PNG.
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise Unreadable(f"the frame {path.name} is no picture, or a damaged one") from error
