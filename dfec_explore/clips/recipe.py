"""How a clip becomes one that browsers play: what it is, and the ffmpeg arguments that follow from that."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.frame import VideoFrame

from dfec_explore.clips.ffmpeg import file_argument
from dfec_explore.clips.limits import FORMATS
from dfec_explore.clips.media import duration_of, first_frame, opened
from dfec_explore.clips.playback import EIGHT_BITS, MP4_FAMILY, container_name, shown_rate

QUALITY = 18
"""CRF of x264: the eye sees no difference to the original, fine wrinkles included."""
KEY_SECONDS = 0.5
"""Time between key frames: a seek or a step back decodes half a second at most."""
MAX_SIDE = 4096
"""Pixels; decoders of H.264 in browsers go no further."""
THREADS = 4
SOUND = ("-c:a", "aac", "-b:a", "128k", "-ac", "2", "-af", "aresample=async=1")
_FINISH = ("-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn", "-movflags", "+faststart", "-f", "mp4")


@dataclass(frozen=True, slots=True)
class Original:
    """What is known of a file before it is converted."""

    stream: int
    """Number of the moving picture among the file's streams."""
    codec: str
    pixel_format: str
    container: str
    width: int
    """Pixels of the picture as it is shown: upright, with square pixels."""
    height: int
    rate: Fraction
    """Frames a second."""
    duration: float
    """Seconds; 0 where the file does not say."""
    starts_late: bool = False
    """Whether the first frame comes a frame or two after the sound, as encoders with a delay write it."""
    sound: int | None = None
    """Number of the sound among the file's streams, where it can be decoded."""
    sound_codec: str = ""


def read_original(path: Path) -> Original:
    """Look into a file.

    Raises:
        Unreadable: it is no video of a kind that is read here.
    """
    with opened(path) as (container, stream):
        sound = _sound(container)
        duration = duration_of(container, stream)
        rate = _usual(stream.average_rate or stream.guessed_rate or Fraction(0))
        frame = first_frame(container, stream)
        width, height = _shown_size(frame, float(stream.sample_aspect_ratio or 1))
        return Original(
            stream=stream.index,
            codec=stream.codec_context.codec.canonical_name,
            pixel_format=frame.format.name,
            container=container_name(container.format.name, path),
            width=width,
            height=height,
            rate=rate,
            duration=duration,
            starts_late=0 < (frame.time or 0) - (container.start_time or 0) / 1e6 <= 2.5 / rate,
            sound=sound.index if sound else None,
            sound_codec=sound.codec_context.codec.canonical_name if sound else "",
        )


def needs_new_container_only(original: Original) -> bool:
    """Say whether the picture is one that browsers play, in a container that they do not."""
    is_played = original.codec == "h264" and original.pixel_format in EIGHT_BITS
    return is_played and original.container not in MP4_FAMILY


def copying(original: Original, source: Path, target: Path) -> list[str]:
    """Return the arguments that put the picture, as it is, into an MP4 file."""
    sound = ("-c:a", "copy") if original.sound_codec == "aac" else SOUND
    return [*_input(source), *_streams(original), "-c:v", "copy", *_if_sound(original, sound), *_output(target)]


def encoding(original: Original, source: Path, target: Path) -> list[str]:
    """Return the arguments that make H.264 of a file; ffmpeg itself turns the picture upright."""
    # Its frames keep their numbers: the first one is not shown twice to fill the gap.
    start = "setpts=PTS-STARTPTS," if original.starts_late else ""
    size = f"scale={original.width}:{original.height}:flags=bicubic,setsar=1"
    return [
        *_input(source),
        *_streams(original),
        *("-vf", f"{start}yadif=deint=interlaced,{size}"),
        *picture_arguments(original.rate),
        *_if_sound(original, SOUND),
        *_output(target),
    ]


def encoding_frames(width: int, height: int, rate: Fraction, target: Path) -> list[str]:
    """Return the arguments that make H.264 of raw frames on standard input: RGB, 8 bits, of the size given."""
    raw = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}", "-framerate", str(rate))
    size = ("-vf", f"scale={even(width)}:{even(height)}:flags=bicubic,setsar=1")
    return ["-protocol_whitelist", "pipe", *raw, "-i", "pipe:0", *size, *picture_arguments(rate), *_output(target)]


def picture_arguments(rate: Fraction) -> tuple[str, ...]:
    """Return how a picture is written as H.264 at a constant rate, in the one form that every browser plays."""
    every = max(1, round(rate * Fraction(KEY_SECONDS)))
    return (
        *("-c:v", "libx264", "-preset", "veryfast", "-crf", str(QUALITY), "-pix_fmt", "yuv420p"),
        *("-fps_mode", "cfr", "-r", str(rate), "-g", str(every), "-threads", str(THREADS)),
    )


def even(length: float) -> int:
    """Round a width or height to the nearest even number of pixels, as H.264 wants it."""
    return max(2, 2 * round(length / 2))


def _input(source: Path) -> tuple[str, ...]:
    # A playlist, or a file that names others, opens nothing: only this file and this kind of file may be read.
    safe = ("-protocol_whitelist", "file,pipe", "-format_whitelist", FORMATS)
    return (*safe, "-fflags", "+genpts", "-i", file_argument(source))


def _streams(original: Original) -> tuple[str, ...]:
    sound = () if original.sound is None else ("-map", f"0:{original.sound}")
    return ("-map", f"0:{original.stream}", *sound)


def _if_sound(original: Original, arguments: tuple[str, ...]) -> tuple[str, ...]:
    return arguments if original.sound is not None else ()


def _output(target: Path) -> tuple[str, ...]:
    return (*_FINISH, file_argument(target))


def _sound(container: InputContainer) -> AudioStream | None:
    return next((stream for stream in container.streams.audio if stream.codec_context is not None), None)


def _usual(rate: Fraction) -> Fraction:
    shown = shown_rate(float(rate))
    return rate if shown == float(rate) else Fraction(shown)


def _shown_size(frame: VideoFrame, pixel_shape: float) -> tuple[int, int]:
    # A header may claim any shape of pixels.
    width = min(max(frame.width * pixel_shape, frame.height / 8), frame.height * 8)
    shrink = min(1.0, MAX_SIDE / max(width, frame.height))
    size = even(width * shrink), even(frame.height * shrink)
    return size[::-1] if frame.rotation % 180 else size
