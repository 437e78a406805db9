"""The seven datasets on disk as their makers lay them out: every clip found, and every sample in the right class."""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from layouts import SOURCES, Stock, lay_out

from dfec_explore.clips.cataloguing import locate, scan_roots
from dfec_explore.clips.resolve import ClipRoots
from dfec_explore.model import Clip
from dfec_explore.sources import source_of

pytestmark = [pytest.mark.video, pytest.mark.data]


class Quiet:
    """Takes reports and keeps none."""

    def report(self, done: int, total: int | None, message: str = "") -> None:
        """Nothing."""


@pytest.fixture(scope="session")
def videos(test_data: Path) -> list[str]:
    """The 800 paths of the released test set."""
    records = json.loads((test_data / "dfec" / "test.json").read_text(encoding="utf-8"))
    return [record["video"] for record in records]


@pytest.fixture(scope="module")
def laid_out(stock: Stock, videos: list[str], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Path]]:
    """All clips of the test set, one folder a source, and where each lies."""
    root = tmp_path_factory.mktemp("all") / "outer" / "data"
    return root, lay_out(stock, root, videos)


def search(videos: Iterable[str], roots: ClipRoots, scans: Path) -> dict[str, Clip]:
    wanted = [(source_of(video), video) for video in videos]
    scan_roots(roots, scans, Quiet(), sources={source for source, _ in wanted})
    return {video: clip for _, video, clip in locate(wanted, roots=roots, scans=scans)}


def each(folder: Callable[[str], Path]) -> ClipRoots:
    return ClipRoots(None, {source: folder(source) for source in SOURCES})


def test_layouts_are_those_of_all_800_samples(videos: list[str], laid_out: tuple[Path, dict[str, Path]]) -> None:
    assert Counter(map(source_of, videos)) == dict(zip(SOURCES, (91, 146, 136, 76, 98, 111, 142), strict=True))
    assert len(set(laid_out[1].values())) == 800


@pytest.mark.parametrize(
    "given",
    [
        "each its own folder",
        "one folder for all",
        "each one level too high",
        "each two levels too high",
        "all one level too high",
        "each by a link",
    ],
)
def test_layouts_give_800_of_800_clips_with_no_wrong_one(
    given: str, videos: list[str], laid_out: tuple[Path, dict[str, Path]], tmp_path: Path
) -> None:
    root, places = laid_out
    roots = {
        "each its own folder": each(lambda source: root / source),
        "one folder for all": ClipRoots(root),
        "each one level too high": each(lambda source: root),
        "each two levels too high": each(lambda source: root.parent),
        "all one level too high": ClipRoots(root.parent),
        "each by a link": each(lambda source: tmp_path / source),
    }[given]
    for source in SOURCES:
        (tmp_path / source).symlink_to(root / source)
    clips = search(videos, roots, tmp_path / "scans")
    assert {video: clip.path for video, clip in clips.items()} == places


TOO_LOW = {
    "CAER_mp4": ["train", "train/Happy"],
    "DFEW": ["Clip", "Clip/original", "Clip/original/part_3"],
    "FERV39k": ["0_7_LabelClips", "0_7_LabelClips/Terror", "0_7_LabelClips/Terror/Fear"],
    "MAFW": ["data", "data/clips"],
    "MER24": ["video-labeled"],
    "RAVDESS": ["Video_Speech_Actor_24", "Video_Speech_Actor_24/Actor_24"],
}


@pytest.mark.parametrize(("source", "below"), [(source, below) for source in TOO_LOW for below in TOO_LOW[source]])
def test_layouts_a_root_too_low_gives_all_that_lies_below_it_and_nothing_else(
    source: str, below: str, videos: list[str], laid_out: tuple[Path, dict[str, Path]], tmp_path: Path
) -> None:
    root, places = laid_out
    own = [video for video in videos if source_of(video) == source]
    clips = search(own, ClipRoots(None, {source: root / source / below}), tmp_path / "scans")
    inside = {video: places[video] for video in own if places[video].is_relative_to(root / source / below)}
    assert inside
    found = {video: clip.path for video, clip in clips.items() if clip.status != "substitute" and clip.path is not None}
    assert found == inside


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("other", SOURCES)
def test_layouts_the_folder_of_another_source_gives_no_clip(
    source: str, other: str, videos: list[str], laid_out: tuple[Path, dict[str, Path]], tmp_path: Path
) -> None:
    if source == other:
        return
    own = [video for video in videos if source_of(video) == source]
    clips = search(own, ClipRoots(None, {source: laid_out[0] / other}), tmp_path / "scans")
    assert {clip.status for clip in clips.values()} == {"missing"}


def test_layouts_as_dfec_names_them_are_found_too(stock: Stock, videos: list[str], tmp_path: Path) -> None:
    places = {video: stock.put(tmp_path / "all" / video) for video in videos}
    for roots in (ClipRoots(tmp_path / "all"), each(lambda source: tmp_path / "all" / source)):
        clips = search(videos, roots, tmp_path / "scans")
        assert {video: clip.path for video, clip in clips.items()} == places
