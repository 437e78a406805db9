"""The seven datasets as their makers lay them out on disk, from tiny real clips and for any list of samples."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg

SOURCES = ("AFEW-VA", "CAER_mp4", "DFEW", "FERV39k", "MAFW", "MER24", "RAVDESS")
FRAMES = 3


@dataclass(frozen=True)
class Stock:
    """One tiny clip of each kind that the datasets have; all others are hard links to these."""

    mp4: Path
    avi: Path
    png: Path
    jpg: Path

    @property
    def folder(self) -> Path:
        return self.png.parent

    def put(self, place: Path, kind: str = "mp4") -> Path:
        """Lay a clip at a place."""
        place.parent.mkdir(parents=True, exist_ok=True)
        os.link(getattr(self, kind), place)
        return place

    def put_frames(self, folder: Path, names: Iterable[str]) -> Path:
        """Lay frames in a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            os.link(self.png if name.endswith(".png") else self.jpg, folder / name)
        return folder


def make_stock(folder: Path) -> Stock:
    """Make the clips: H.264 in MP4, MPEG-4 in AVI, PNG and JPEG."""
    program, picture = imageio_ffmpeg.get_ffmpeg_exe(), ["-f", "lavfi", "-i", "testsrc=size=64x48:rate=25:duration=0.2"]

    def make(name: str, *options: str) -> Path:
        command = [program, "-v", "error", "-y", *picture, *options, str(folder / name)]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
        return folder / name

    return Stock(
        make("clip.mp4", "-pix_fmt", "yuv420p"),
        make("clip.avi", "-c:v", "mpeg4"),
        make("frame.png", "-frames:v", "1"),
        make("frame.jpg", "-frames:v", "1"),
    )


def official(video: str) -> str:
    """Return where a sample's clip lies below the folder that its dataset is unpacked to."""
    return _OFFICIAL[video.split("/")[0]](video)


def lay_out(stock: Stock, root: Path, videos: Iterable[str]) -> dict[str, Path]:
    """Lay out the clips of samples as their makers do, one folder for each source.

    Returns:
        Where the clip of each sample lies: a file, or for AFEW-VA a folder.
    """
    return {video: lay(stock, root / video.split("/")[0], video) for video in videos}


def lay(stock: Stock, root: Path, video: str) -> Path:
    """Lay out the clip of one sample below the folder of its source."""
    place = root / official(video)
    if video.startswith("AFEW-VA/"):
        stock.put_frames(place, [f"{number:05d}.png" for number in range(FRAMES)])
        (place / f"{place.name}.json").write_text(json.dumps(afew_va_labels(place.name)), encoding="utf-8")
        return place
    return stock.put(place, "avi" if place.suffix == ".avi" else "mp4")


def remove(place: Path) -> None:
    """Take a clip away."""
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink()


def afew_va_labels(clip: str) -> dict[str, object]:
    """Return what the JSON file beside the frames of a clip says."""
    frames = {
        f"{number:05d}": {
            "valence": float(number - 1),
            "arousal": float(2 * number),
            "landmarks": [[point + 0.5, 2.0 * point] for point in range(68)],
        }
        for number in range(FRAMES)
    }
    return {"actor": f"Actor {clip}", "video_id": clip, "frames": frames}


def _afew_va(video: str) -> str:
    return Path(video).stem


def _caer(video: str) -> str:
    return video.removeprefix("CAER_mp4/").removesuffix(".mp4") + ".avi"


def _dfew(video: str) -> str:
    number = int(Path(video).stem)
    return f"Clip/original/part_{(number - 1) // 1600 + 1}/{number}.mp4"


def _ferv39k(video: str) -> str:
    scene, emotion, number = re.fullmatch(r".*/0_7_LabelClips_(\w+?)_(\w+?)_(\d{4})\.mp4", video).groups()  # type: ignore[union-attr]
    return f"0_7_LabelClips/{scene}/{emotion}/{number}.mp4"


def _mafw(video: str) -> str:
    return f"data/clips/{Path(video).name}"


def _mer24(video: str) -> str:
    return f"video-labeled/{Path(video).name}"


def _ravdess(video: str) -> str:
    fields = Path(video).stem.split("-")
    channel = "Speech" if fields[1] == "01" else "Song"
    return f"Video_{channel}_Actor_{fields[6]}/Actor_{fields[6]}/{Path(video).name}"


_OFFICIAL: dict[str, Callable[[str], str]] = dict(
    zip(SOURCES, (_afew_va, _caer, _dfew, _ferv39k, _mafw, _mer24, _ravdess), strict=True)
)
