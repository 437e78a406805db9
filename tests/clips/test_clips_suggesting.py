"""The folder that was probably meant, where a wrong one was given."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from dfec_explore.clips.suggesting import Suggestion, suggest_root

Suggest = Callable[..., Suggestion | None]

DFEW = [f"DFEW/videos/{number}.mp4" for number in (11, 900, 1601, 4000)]
OFFICIAL = ("part_1/11.mp4", "part_1/900.mp4", "part_2/1601.mp4", "part_3/4000.mp4")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """DFEW as it is unpacked, beside other datasets; deep enough that the search does not see other tests' folders."""
    data = tmp_path / "some" / "disk" / "data"
    for place in OFFICIAL:
        put(data / "DFEW" / "Clip" / "original" / place)
    put(data / "MAFW" / "data" / "clips" / "00011.mp4")
    put(data / "CAER" / "train" / "Anger" / "0900.avi")
    (data / "DFEW" / "EmoLabel_DataSplit").mkdir()
    (data / "papers" / "2020").mkdir(parents=True)
    return data


def put(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    return path


@pytest.mark.parametrize(
    "given",
    ["DFEW/EmoLabel_DataSplit", "DFEW/typo", "MAFW", "MAFW/data/clips", "papers", "CAER/train", "gone", ".", ".."],
)
def test_suggesting_finds_the_right_folder_around_a_wrong_one(data: Path, given: str) -> None:
    suggestion = suggest_root("DFEW", DFEW, data / given)
    assert suggestion == Suggestion(data / "DFEW", 4, 4, data / "DFEW" / "Clip" / "original")


def test_suggesting_tells_the_share_that_is_found_there(data: Path) -> None:
    (data / "DFEW" / "Clip" / "original" / "part_3" / "4000.mp4").unlink()
    suggestion = suggest_root("DFEW", DFEW, data / "papers")
    assert suggestion is not None
    assert (suggestion.found, suggestion.looked_for, suggestion.share) == (3, 4, 0.75)


def test_suggesting_prefers_the_folder_with_the_greater_share(data: Path) -> None:
    put(data / "papers" / "part_1" / "11.mp4")
    suggestion = suggest_root("DFEW", DFEW, data / "papers")
    assert suggestion is not None
    assert suggestion.folder == data / "DFEW"


def test_suggesting_nothing_where_only_other_sources_have_files_of_such_names(data: Path) -> None:
    videos = ["MAFW/videos/00012.mp4", "MAFW/videos/00900.mp4"]
    put(data / "DFEW" / "videos" / "00900.mp4")
    put(data / "DFEW" / "00012.mp4")
    assert suggest_root("MAFW", videos, data / "papers") is None


def test_suggesting_does_not_count_face_crops(data: Path) -> None:
    put(data / "crops" / "Clip" / "clip_224x224" / "00005" / "1.jpg")
    assert suggest_root("DFEW", ["DFEW/videos/5.mp4"], data / "crops") is None


def test_suggesting_follows_no_links(data: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere" / "a" / "b" / "c" / "d").mkdir(parents=True)
    (tmp_path / "elsewhere" / "a" / "b" / "c" / "d" / "link").symlink_to(data)
    assert suggest_root("DFEW", DFEW, tmp_path / "elsewhere" / "a" / "b" / "c" / "d") is None


def test_suggesting_ends_after_as_many_folders_as_it_may_see(data: Path) -> None:
    assert suggest_root("DFEW", DFEW, data / "papers", max_folders=2) is None
    assert suggest_root("DFEW", DFEW, data / "papers", max_seconds=0) is None


def test_suggesting_opens_nothing(data: Path) -> None:
    os.mkfifo(data / "papers" / "11.mp4")
    assert suggest_root("DFEW", DFEW, data / "papers") is not None


def test_suggesting_finds_folders_of_frames(data: Path) -> None:
    put(data / "faces" / "012" / "00000.png")
    suggestion = suggest_root("AFEW-VA", ["AFEW-VA/videos/012.mp4"], data / "papers")
    assert suggestion is not None
    assert suggestion.clips_in == data / "faces"
