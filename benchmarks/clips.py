"""Clips: how fast folders are scanned beside ``find``, and clips probed and decoded beside the ffmpeg program."""

import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from shutil import which

import imageio_ffmpeg

from benchmarks.fuzz_clips import make_originals
from benchmarks.quiet import Quiet
from dfec_explore.clips import Prober
from dfec_explore.clips.scan import scan_folder

FILES = 100_000
PER_FOLDER = 1_600
CLIPS = 12
REPEATS = 3


def measure_clips(folder: Path) -> None:
    """Measure and print.

    Args:
        folder: where files to scan and clips to decode are made and kept.
    """
    _measure_scan(folder / "tree", folder / "scan")
    clips = folder / "clips"
    if not clips.is_dir():
        clips.mkdir()
        make_originals(clips)
    some = sorted(clips.glob("[0-9]*"))[:CLIPS]
    print(f"{len(some)} clips of two seconds, {REPEATS} rounds; clips/s, ours beside the ffmpeg program")
    with Prober(workers=1) as prober:
        prober.facts(some[0])
        for name, ours, theirs in (
            ("probe (frames counted)", prober.facts, _copied),
            ("filmstrip of 10", prober.filmstrip, _tiled),
            ("motion (all frames)", prober.motion, _decoded),
        ):
            print(f"  {name}: {_rate(ours, some):,.1f}, ffmpeg {_rate(theirs, some):,.1f}")


def _measure_scan(tree: Path, kept: Path) -> None:
    if not tree.is_dir():
        for number in range(FILES):
            place = tree / "Clip" / "original" / f"part_{number // PER_FOLDER + 1}" / f"{number + 1}.mp4"
            if number % PER_FOLDER == 0:
                place.parent.mkdir(parents=True)
            place.touch()
    kept.unlink(missing_ok=True)
    print(f"{FILES:,} files: scanned in {_seconds(lambda: scan_folder(tree, kept, Quiet())):.2f} s, ", end="")
    print(f"unchanged looked at again in {_seconds(lambda: scan_folder(tree, kept, Quiet())):.2f} s", end="")
    find = which("find")
    if find:
        command = [find, str(tree), "-type", "f"]
        print(
            f", find {_seconds(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True)):.2f} s", end=""
        )
    print()


def _rate(action: Callable[[Path], object], clips: Sequence[Path]) -> float:
    started = time.perf_counter()
    for _ in range(REPEATS):
        for clip in clips:
            with suppress(subprocess.CalledProcessError):
                action(clip)
    return REPEATS * len(clips) / (time.perf_counter() - started)


def _seconds(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def _copied(clip: Path) -> None:
    _ffmpeg(clip, "-map", "0:v:0", "-c", "copy", "-f", "null", "-")


def _tiled(clip: Path) -> None:
    _ffmpeg(clip, "-vf", "fps=5,scale=-2:64,tile=10x1", "-frames:v", "1", "-f", "image2pipe", "-c:v", "mjpeg", "-")


def _decoded(clip: Path) -> None:
    _ffmpeg(clip, "-vf", "scale=96:-2:flags=area,format=gray", "-an", "-f", "null", "-")


def _ffmpeg(clip: Path, *options: str) -> None:
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(clip), *options]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as made:
        measure_clips(Path(made))
