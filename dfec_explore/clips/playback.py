"""What browsers play: containers, codecs and media types."""

from pathlib import PurePath

_FORMATS = {
    "mov,mp4,m4a,3gp,3g2,mj2": ("mp4", frozenset({"mp4", "mov", "m4v", "3gp", "3g2"})),
    "matroska,webm": ("mkv", frozenset({"mkv", "webm"})),
    "asf": ("asf", frozenset({"asf", "wmv"})),
}
"""FFmpeg's name of a format: ours, and the file endings that say more precisely which of its kinds a file is."""

MP4_FAMILY = frozenset({"mp4", "mov", "m4v"})
EIGHT_BITS = frozenset({"yuv420p", "yuvj420p"})
_PLAYED = {
    "h264": (MP4_FAMILY, EIGHT_BITS),
    "vp8": (frozenset({"webm"}), EIGHT_BITS | {"yuva420p"}),
    "vp9": (frozenset({"webm", "mp4"}), EIGHT_BITS | {"yuva420p"}),
    "av1": (frozenset({"webm", "mp4"}), EIGHT_BITS | {"yuv420p10le"}),
}
"""Codec: the containers and the pixel formats in which Chromium, Firefox and Safari commonly play it."""

USUAL_RATES = (1.0, 240.0)
"""Frames a second that are believed; what a header claims beyond is the unit of a clock, not a rate."""
FALLBACK_RATE = 25.0

_MEDIA_TYPES = {
    ".webm": "video/webm",
    ".mkv": "video/x-matroska",
    ".avi": "video/x-msvideo",
    ".wmv": "video/x-ms-wmv",
    ".gif": "image/gif",
}


def container_name(format_name: str, path: PurePath) -> str:
    """Name the container (``mp4``, ``mov``, ``mkv``, ``webm``, ``avi``...) that a file really has.

    Args:
        format_name: FFmpeg's name of the format, read from the content; it may be a family of containers.
        path: the file; its ending tells within the family, and is not believed beyond it.
    """
    name, endings = _FORMATS.get(format_name, (format_name.split(",")[0], frozenset()))
    ending = path.suffix.lower().removeprefix(".")
    return ending if ending in endings else name


def plays_in_browser(*, codec: str, container: str, pixel_format: str) -> bool:
    """Say whether today's common browsers play such a clip. HEVC plays in few of them and counts as not played."""
    containers, pixel_formats = _PLAYED.get(codec, (frozenset[str](), frozenset[str]()))
    return container in containers and pixel_format in pixel_formats


def media_type(path: PurePath) -> str:
    """Return the ``Content-Type`` to serve a clip with.

    QuickTime files go out as MP4, whose layout they share: browsers refuse ``video/quicktime`` by its name.
    """
    return _MEDIA_TYPES.get(path.suffix.lower(), "video/mp4")


def shown_rate(rate: float) -> float:
    """Return the frames a second at which a clip of some probed rate is shown: that one, unless it can't be one."""
    lowest, highest = USUAL_RATES
    return rate if lowest <= rate <= highest else FALLBACK_RATE
