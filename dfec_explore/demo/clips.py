"""Drawing of the demo's clips: frames to H.264, file by file, each whole or not there."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import imageio_ffmpeg

from dfec_explore.demo.files import demo_clips_folder
from dfec_explore.demo.motion import Motion, speech_spans
from dfec_explore.demo.render import Stage
from dfec_explore.demo.samples import DEFAULT_SEED, DemoSample, demo_samples
from dfec_explore.demo.scene import read_scenes
from dfec_explore.errors import ClipError
from dfec_explore.jobs import Progress

PARTIAL = ".partial"
STALE_SECONDS = 3600
HUM_HERTZ = {"woman": 210, "man": 130}
# A keyframe every 12 frames, about half a second: stepping and seeking are quick and exact.
PICTURE = (
    "-c:v", "libx264", "-preset", "veryfast", "-crf", "22", "-g", "12", "-threads", "1", "-pix_fmt", "yuv420p",
    "-vf", "scale=out_color_matrix=bt709:out_range=tv",
    "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",
)  # fmt: skip
# The hum lasts longer than the pictures and is cut to them.
SOUND = ("-c:a", "aac", "-b:a", "48k", "-shortest")
# The index at the front: playing starts with the first bytes.
CONTAINER = ("-movflags", "+faststart", "-f", "mp4")


def draw_clip(sample: DemoSample, path: Path) -> None:
    """Draw a sample's clip to an MP4 file (H.264, yuv420p) that browsers play.

    The file appears under its name only when it is whole.

    Raises:
        ClipError: ffmpeg did not take the frames.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}{PARTIAL}")
    scenes, seed = read_scenes()[sample.source], int(sample.annotation.id)
    stage = Stage(sample.face, scenes[sample.scene % len(scenes)], seed=seed)
    motion = Motion(sample.timeline, duration=sample.duration, seed=seed)
    times = (index / sample.fps for index in range(round(sample.duration * sample.fps)))
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-v", "error", *_inputs(sample, stage.scene.size)]
    command += [*PICTURE, *CONTAINER, str(partial)]
    try:
        _encode(command, (stage.frame(motion.at(time)).tobytes() for time in times), path)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _inputs(sample: DemoSample, size: tuple[int, int]) -> list[str]:
    frames = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{size[0]}x{size[1]}", "-r", str(sample.fps), "-i", "-"]
    if not sample.has_sound:
        return frames
    hum = f"sine=frequency={HUM_HERTZ[sample.face.gender]}:sample_rate=48000:duration={sample.duration + 1}"
    spans = speech_spans(sample.timeline, sample.duration)
    # A quiet hum while the person speaks, swelling with about the syllables of the mouth.
    speaking = "+".join(f"between(t,{start},{stop})" for start, stop in spans) or "0"
    volume = f"volume='0.25*min(1,{speaking})*(0.6+0.4*sin(22*t))':eval=frame"
    return [*frames, "-f", "lavfi", "-i", hum, "-af", volume, *SOUND]


def _encode(command: list[str], frames: Iterable[bytes], path: Path) -> None:
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=log) as process,
    ):
        _feed(process, frames)
        process.communicate()
        if process.returncode:
            log.seek(0)
            raise ClipError(path, f"ffmpeg could not encode it: {log.read()[-300:].decode(errors='replace').strip()}")


def _feed(process: "subprocess.Popen[bytes]", frames: Iterable[bytes]) -> None:
    assert process.stdin is not None
    try:
        for frame in frames:
            process.stdin.write(frame)
    except BrokenPipeError:
        # ffmpeg gave up; its exit code and its log say why.
        return


def draw_demo(progress: Progress, *, folder: str, seed: int = DEFAULT_SEED) -> dict[str, Any]:
    """Draw the clips that are not there yet, sources taking turns; the target of a background job.

    Returns:
        ``{"drawn", "present", "total", "seconds", "folder"}``, fit for JSON.

    Raises:
        ClipError: ffmpeg did not take the frames of a clip.
    """
    began = time.monotonic()
    clips = demo_clips_folder(Path(folder), seed=seed)
    _sweep(clips)
    samples = demo_samples(seed)
    missing = [sample for sample in samples if not (clips / sample.annotation.video).is_file()]
    present = len(samples) - len(missing)
    progress.report(present, len(samples), "Drawing the demo")
    for number, sample in enumerate(missing, start=1):
        draw_clip(sample, clips / sample.annotation.video)
        progress.report(present + number, len(samples), sample.annotation.video)
    seconds = round(time.monotonic() - began, 1)
    return {
        "drawn": len(missing),
        "present": present,
        "total": len(samples),
        "seconds": seconds,
        "folder": str(clips),
    }


def _sweep(clips: Path) -> None:
    """Remove what killed runs left; not what another run may still be writing."""
    for partial in clips.rglob(f".*{PARTIAL}"):
        if time.time() - partial.stat().st_mtime > STALE_SECONDS:
            partial.unlink(missing_ok=True)
