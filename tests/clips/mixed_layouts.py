"""Datasets on disk with everything mixed in that goes wrong, and what should be said of each sample."""

import os
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from layouts import SOURCES, Stock, lay, official


@dataclass(frozen=True)
class Expected:
    """What the search should say of a sample, and what was done to its clip."""

    status: str
    path: Path | None
    what: str
    laid: tuple[Path, ...] = ()
    """What was put down for it; the names of links, not what they lead to."""

    def below(self, folder: Path) -> "Expected":
        """Return what should be said where only a folder of the dataset is known."""
        inside = [place for place in self.laid if place.is_relative_to(folder)]
        if not inside:
            return Expected("missing", None, self.what)
        assert len(inside) == len(self.laid), self
        if self.path is not None and not self.path.is_relative_to(folder):
            return Expected("unreadable", None, self.what, self.laid)  # The link leads out of what is known.
        return self


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
            if kind in ("missing", "decoy", "packed") and twin_of(video) in names:
                kind = "plain"  # The same take with the other sound would stand in for it.
            expected[video] = _MIXERS[kind](stock, root / source, video)
    return expected


KINDS = (
    "plain",
    "other case",
    "folders in other case",
    "other ending",
    "outer folder",
    "two outer folders",
    "missing",
    "decoy",
    "packed",
    "broken",
    "text",
    "truncated",
    "empty",
    "fifo",
    "link out",
    "link inside",
    "twice",
    "stand-in",
)


def _plain(stock: Stock, root: Path, video: str) -> Expected:
    return _found(lay(stock, root, video), "plain")


def _other_case(stock: Stock, root: Path, video: str) -> Expected:
    """Upper case: the ending of a file, the name of the folder above a folder of frames."""
    place = root / official(video)
    if _is_folder(video):
        return _found(_put(stock, root / "afew-va" / place.name, video), "other case")
    return _found(_put(stock, place.with_suffix(place.suffix.upper()), video), "other case")


def _folders_in_other_case(stock: Stock, root: Path, video: str) -> Expected:
    """Unpacked by another program: the same folders once more, their names in capitals."""
    place = Path(official(video))
    parents = "AFEW_VA" if _is_folder(video) else str(place.parent).upper()
    return _found(_put(stock, root / parents / place.name, video), "folders in other case")


def _other_ending(stock: Stock, root: Path, video: str) -> Expected:
    place = root / official(video)
    if _is_folder(video):
        return _found(stock.put_frames(place, ["00000.jpg", "00001.jpg"]), "other ending")
    other = "mp4" if place.suffix == ".avi" else "avi"
    return _found(stock.put(place.with_suffix(f".{other}"), other), "other ending")


def _outer_folder(stock: Stock, root: Path, video: str) -> Expected:
    return _found(_put(stock, root / "Download (2)" / official(video), video), "outer folder")


def _two_outer_folders(stock: Stock, root: Path, video: str) -> Expected:
    """A number alone does not tell whose frames they are: the inner folder bears the name of their dataset."""
    inner = "AFEW-VA" if _is_folder(video) else "more"
    return _found(_put(stock, root / "Old disk" / inner / official(video), video), "two outer folders")


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
        if _is_folder(video):
            file.write(stock.png, f"AFEW-VA/{place}/00000.png")
        else:
            file.write(stock.mp4, place)
    return Expected("packed", None, "packed", (archive,))


def _broken(stock: Stock, root: Path, video: str) -> Expected:
    return _unreadable(_file(root, video), b"\0" * 5000, "broken")


def _text(stock: Stock, root: Path, video: str) -> Expected:
    """What a site sends instead of a clip to somebody who is not logged in."""
    return _unreadable(_file(root, video), b"<!DOCTYPE html><title>Log in</title>\n" * 50, "text")


def _truncated(stock: Stock, root: Path, video: str) -> Expected:
    """A download that broke off after the first few hundred bytes."""
    place = _file(root, video)
    whole = {".png": stock.png, ".avi": stock.avi}.get(place.suffix, stock.mp4)
    return _unreadable(place, whole.read_bytes()[:300], "truncated")


def _empty(stock: Stock, root: Path, video: str) -> Expected:
    return _unreadable(_file(root, video), b"", "empty")


def _fifo(stock: Stock, root: Path, video: str) -> Expected:
    """A FIFO that nobody writes to: whoever opens it waits for ever."""
    place = root / official(video)
    place.parent.mkdir(parents=True, exist_ok=True)
    place = place.with_suffix(".mp4") if _is_folder(video) else place
    os.mkfifo(place)
    return Expected("unreadable", None, "fifo", (place,))


def _link_out(stock: Stock, root: Path, video: str) -> Expected:
    place = root / official(video)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(stock.folder if _is_folder(video) else stock.mp4)
    return Expected("unreadable", None, "link out", (place,))


def _link_inside(stock: Stock, root: Path, video: str) -> Expected:
    place, name = root / official(video), video.replace("/", "_")
    place.parent.mkdir(parents=True, exist_ok=True)
    real = _put(stock, root / "store" / "of" / "clips" / name, video)
    place.symlink_to(os.path.relpath(real, place.parent))
    return Expected("found", real, "link inside", (place,))


def _twice(stock: Stock, root: Path, video: str) -> Expected:
    places = [_put(stock, root / _beside(video, copy), video) for copy in ("first copy", "second copy")]
    return Expected("ambiguous", None, "twice", tuple(places))


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
    place = stock.put_frames(root / places[source], [f"1.{ending}", f"2.{ending}"])
    return Expected("substitute", place, "stand-in", (place,))


def _found(place: Path, what: str) -> Expected:
    return Expected("found", place, what, (place,))


def _unreadable(place: Path, content: bytes, what: str) -> Expected:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    return Expected("unreadable", None, what, (place,))


def _put(stock: Stock, place: Path, video: str) -> Path:
    if _is_folder(video):
        return stock.put_frames(place, ["00000.png", "00001.png"])
    return stock.put(place, "avi" if place.suffix.lower() == ".avi" else "mp4")


def _file(root: Path, video: str) -> Path:
    """Where the file lies that is damaged: the clip, or the first frame of it."""
    place = root / official(video)
    return place / "00000.png" if _is_folder(video) else place


def _is_folder(video: str) -> bool:
    return video.startswith("AFEW-VA/")


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


def _decoy_name(video: str) -> str:
    # The names of RAVDESS say all: a file of that name is the clip wherever it lies.
    return "x" + Path(video).stem if video.startswith("RAVDESS") else Path(official(video)).stem


def twin_of(video: str) -> str:
    """Return the same take with or without sound, which stands in for a clip of RAVDESS; nothing for the others."""
    if not video.startswith("RAVDESS"):
        return ""
    return re.sub(r"/0([12])-", lambda found: f"/0{3 - int(found[1])}-", video)


_MIXERS = {
    "plain": _plain,
    "other case": _other_case,
    "folders in other case": _folders_in_other_case,
    "other ending": _other_ending,
    "outer folder": _outer_folder,
    "two outer folders": _two_outer_folders,
    "missing": _missing,
    "decoy": _decoy,
    "packed": _packed,
    "broken": _broken,
    "text": _text,
    "truncated": _truncated,
    "empty": _empty,
    "fifo": _fifo,
    "link out": _link_out,
    "link inside": _link_inside,
    "twice": _twice,
    "stand-in": _stand_in,
}
