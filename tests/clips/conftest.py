"""Small clips with known facts, made by FFmpeg's own encoder, and one prober for all tests."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import imageio_ffmpeg
import pytest
from layouts import Stock, make_stock

from dfec_explore.clips import Prober

MakeClip = Callable[..., Path]
Ffmpeg = Callable[..., None]


@pytest.fixture(scope="session")
def ffmpeg() -> Ffmpeg:
    """Run FFmpeg with these arguments."""

    def run(*arguments: str) -> None:
        program = imageio_ffmpeg.get_ffmpeg_exe()
        subprocess.run([program, "-v", "error", "-y", *arguments], check=True, stdin=subprocess.DEVNULL)

    return run


@pytest.fixture(scope="session")
def make_clip(ffmpeg: Ffmpeg) -> MakeClip:
    """Write a test picture as video: ``make_clip(path, size="320x180", rate="10", seconds=2, sound=False)``."""

    def make(
        path: Path,
        *,
        size: str = "320x180",
        rate: str = "10",
        seconds: float = 2,
        sound: bool = False,
        options: tuple[str, ...] = (),
    ) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        inputs = ["-f", "lavfi", "-i", f"testsrc=size={size}:rate={rate}:duration={seconds}"]
        if sound:
            inputs += ["-f", "lavfi", "-i", f"sine=duration={seconds}"]
        ffmpeg(*inputs, "-pix_fmt", "yuv420p", *options, str(path))
        return path

    return make


@pytest.fixture(scope="session")
def clip(make_clip: MakeClip, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """H.264 in MP4: 320 x 180, 10 frames a second, 20 frames, silent."""
    return make_clip(tmp_path_factory.mktemp("clips") / "clip.mp4")


@pytest.fixture(scope="session")
def prober() -> Iterator[Prober]:
    with Prober(workers=1) as prober:
        yield prober


@pytest.fixture(scope="session")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Stock:
    """One tiny clip of each kind, to lay out whole datasets of."""
    return make_stock(tmp_path_factory.mktemp("stock"))
