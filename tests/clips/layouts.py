"""The seven datasets as their makers lay them out on disk, from tiny real clips and for any list of samples."""

import json
import os
import re
import shutil
import subprocess
import zipfile
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


@dataclass(frozen=True)
class Expected:
    """What the search should say of a sample, and what was done to its clip."""

    status: str
    path: Path | None
    what: str


def lay_out_mixed(stock: Stock, root: Path, videos: Iterable[str]) -> dict[str, Expected]:
    """Lay out clips with everything that goes wrong mixed in, a fixed share of each kind for each source.

    Returns:
        What the search should say of each sample.
    """
    by_source: dict[str, list[str]] = {source: [] for source in SOURCES}
    for video in sorted(videos):
        by_source[video.split("/")[0]].append(video)
    expected: dict[str, Expected] = {}
    for source, own in by_source.items():
        names = set(own)
        for number, video in enumerate(own):
            kind = KINDS[number % len(KINDS)]
            if kind in ("missing", "decoy", "packed") and _twin(video) in names:
                kind = "plain"  # The same take with the other sound would stand in for it.
            expected[video] = _MIXERS[kind](stock, root / source, video)
    return expected


KINDS = (
    "plain",
    "plain",
    "other case",
    "other ending",
    "missing",
    "decoy",
    "packed",
    "broken",
    "empty",
    "fifo",
    "link out",
    "link inside",
    "twice",
    "stand-in",
)


def _plain(stock: Stock, root: Path, video: str) -> Expected:
    return Expected("found", lay(stock, root, video), "plain")


def _other_case(stock: Stock, root: Path, video: str) -> Expected:
    """Upper case: the ending of a file, the name of the folder above a folder of frames."""
    if video.startswith("AFEW-VA"):
        place = root / "afew-va" / official(video)
        return Expected("found", stock.put_frames(place, ["00000.png", "00001.png"]), "other case")
    place = root / official(video)
    return Expected("found", stock.put(place.with_suffix(place.suffix.upper()), _kind(place)), "other case")


def _other_ending(stock: Stock, root: Path, video: str) -> Expected:
    place = root / official(video)
    if video.startswith("AFEW-VA"):
        return Expected("found", stock.put_frames(place, ["00000.jpg", "00001.jpg"]), "other ending")
    other = "mp4" if place.suffix == ".avi" else "avi"
    return Expected("found", stock.put(place.with_suffix(f".{other}"), other), "other ending")


def _missing(stock: Stock, root: Path, video: str) -> Expected:
    return Expected("missing", None, "missing")


def _decoy(stock: Stock, root: Path, video: str) -> Expected:
    """A file of the same name where it cannot be the clip: without the folders that tell, or in another set's."""
    stock.put(root / "notes" / "old" / "more" / f"{_decoy_name(video)}.mp4")
    return Expected("missing", None, "decoy")


def _packed(stock: Stock, root: Path, video: str) -> Expected:
    place = official(video)
    root.mkdir(parents=True, exist_ok=True)
    archive = root / f"more of {root.name}.zip"
    with zipfile.ZipFile(archive, "a") as file:
        if video.startswith("AFEW-VA"):
            file.write(stock.png, f"AFEW-VA/{place}/00000.png")
        else:
            file.write(stock.mp4, place)
    return Expected("packed", None, "packed")


def _broken(stock: Stock, root: Path, video: str) -> Expected:
    place = root / official(video)
    bad = place / "00000.png" if video.startswith("AFEW-VA") else place
    bad.parent.mkdir(parents=True, exist_ok=True)
    bad.write_bytes(b"\0" * 5000)
    return Expected("unreadable", None, "broken")


def _empty(stock: Stock, root: Path, video: str) -> Expected:
    place = root / official(video)
    bad = place / "00000.png" if video.startswith("AFEW-VA") else place
    bad.parent.mkdir(parents=True, exist_ok=True)
    bad.touch()
    return Expected("unreadable", None, "empty")


def _fifo(stock: Stock, root: Path, video: str) -> Expected:
    """A FIFO that nobody writes to: whoever opens it waits for ever."""
    place = root / official(video)
    place.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(place.with_suffix(".mp4") if video.startswith("AFEW-VA") else place)
    return Expected("unreadable", None, "fifo")


def _link_out(stock: Stock, root: Path, video: str) -> Expected:
    place = root / official(video)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(stock.folder if video.startswith("AFEW-VA") else stock.mp4)
    return Expected("unreadable", None, "link out")


def _link_inside(stock: Stock, root: Path, video: str) -> Expected:
    place, name = root / official(video), video.replace("/", "_")
    place.parent.mkdir(parents=True, exist_ok=True)
    if video.startswith("AFEW-VA"):
        real = stock.put_frames(root / "store" / "of" / "frames" / name, ["00000.png"])
    else:
        real = stock.put(root / "store" / name)
    place.symlink_to(os.path.relpath(real, place.parent))
    return Expected("found", real, "link inside")


def _twice(stock: Stock, root: Path, video: str) -> Expected:
    for copy in ("first copy", "second copy"):
        place = _beside(video, copy)
        if video.startswith("AFEW-VA"):
            stock.put_frames(root / place, ["00000.png"])
        else:
            stock.put(root / place, _kind(Path(place)))
    return Expected("ambiguous", None, "twice")


def _stand_in(stock: Stock, root: Path, video: str) -> Expected:
    """Face crops, where the source has them; elsewhere the clip itself."""
    places = {
        "AFEW-VA": f"{official(video)}_cropped",
        "DFEW": f"Clip/clip_224x224/{Path(video).stem.zfill(5)}",
        "FERV39k": "2_ClipsforFaceCrop/" + official(video).removeprefix("0_7_LabelClips/").removesuffix(".mp4"),
        "MAFW": f"data/frames/{Path(video).stem}",
    }
    source = video.split("/")[0]
    if source not in places:
        return _plain(stock, root, video)
    ending = "png" if source == "AFEW-VA" else "jpg"
    return Expected("substitute", stock.put_frames(root / places[source], [f"1.{ending}", f"2.{ending}"]), "stand-in")


def _beside(video: str, copy: str) -> str:
    place = official(video)
    if video.startswith("DFEW"):
        return place.replace("part_", f"part_{7 if copy.startswith('f') else 8}_")
    if video.startswith("MAFW"):
        return f"{copy}/clips/{Path(video).name}"
    if video.startswith("MER24"):
        return place.replace(".mp4", ".mkv" if copy.startswith("f") else ".mov")
    if video.startswith("RAVDESS"):
        return f"{copy}/{place.partition('/')[2]}"
    return f"{copy}/{place}"


def _kind(place: Path) -> str:
    return "avi" if place.suffix.lower() == ".avi" else "mp4"


def _decoy_name(video: str) -> str:
    # The names of RAVDESS say all: a file of that name is the clip wherever it lies.
    return "x" + Path(video).stem if video.startswith("RAVDESS") else Path(official(video)).stem


def _twin(video: str) -> str:
    if not video.startswith("RAVDESS"):
        return ""
    return re.sub(r"/0([12])-", lambda found: f"/0{3 - int(found[1])}-", video)


_MIXERS = {
    "plain": _plain,
    "other case": _other_case,
    "other ending": _other_ending,
    "missing": _missing,
    "decoy": _decoy,
    "packed": _packed,
    "broken": _broken,
    "empty": _empty,
    "fifo": _fifo,
    "link out": _link_out,
    "link inside": _link_inside,
    "twice": _twice,
    "stand-in": _stand_in,
}
