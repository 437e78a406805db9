"""Copies lie where the clip in its present state says, and the folder of copies is kept within its bound."""

import os
import shutil
import time
from pathlib import Path

import pytest
from PIL import Image

from dfec_explore.clips import CopyFolder
from dfec_explore.clips.copies import GRACE_SECONDS, clean
from dfec_explore.errors import ClipError

HOUR = 3600.0


@pytest.fixture
def folder(tmp_path: Path) -> CopyFolder:
    return CopyFolder(tmp_path / "copies", 1000)


@pytest.fixture
def own_clip(tmp_path: Path) -> Path:
    path = tmp_path / "clip.avi"
    path.write_bytes(b"some bytes")
    return path


def put(folder: CopyFolder, name: str, *, size: int, unused_hours: float) -> Path:
    path = folder.folder / name[:2] / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(size))
    then = time.time() - unused_hours * HOUR
    os.utime(path, (then, then - HOUR))
    return path


def test_copies_are_placed_by_the_state_of_the_clip_and_the_way_it_is_shown(folder: CopyFolder, own_clip: Path) -> None:
    first = folder.place(own_clip)
    assert folder.place(own_clip) == first
    others = {
        folder.place(own_clip, encode=True).key,
        folder.place(own_clip, frame_rate=25).key,
        folder.place(own_clip, frame_rate=12.5).key,
    }
    own_clip.write_bytes(b"other bytes, and more of them")
    others.add(folder.place(own_clip).key)
    os.utime(own_clip, ns=(1, 1))
    others.add(folder.place(own_clip).key)
    assert len(others - {first.key}) == 5


def test_copies_of_a_folder_of_frames_follow_each_of_its_frames(folder: CopyFolder, tmp_path: Path) -> None:
    frames = tmp_path / "frames"
    frames.mkdir()
    for number in range(3):
        Image.new("RGB", (8, 8)).save(frames / f"{number}.png")
    before = folder.place(frames, frame_rate=25).key
    os.utime(frames / "1.png", ns=(1, 2**62))
    assert folder.place(frames, frame_rate=25).key != before


def test_copies_of_a_clip_that_is_gone_have_no_place(folder: CopyFolder, tmp_path: Path) -> None:
    with pytest.raises(ClipError, match="it cannot be opened"):
        folder.place(tmp_path / "gone.avi")


def test_copies_are_marked_as_used_when_asked_for_and_keep_their_time_of_change(
    folder: CopyFolder, own_clip: Path
) -> None:
    place = folder.place(own_clip)
    assert not place.is_there
    put(folder, place.path.name, size=1, unused_hours=5)
    changed = place.path.stat().st_mtime_ns
    assert place.is_there
    assert place.path.stat().st_atime > time.time() - 60
    assert place.path.stat().st_mtime_ns == changed


def test_copies_unused_for_longest_go_first_until_the_bound_is_kept(folder: CopyFolder) -> None:
    oldest = put(folder, "aa1.mp4", size=400, unused_hours=9)
    middle = put(folder, "bb1.mp4", size=400, unused_hours=5)
    newest = put(folder, "cc1.mp4", size=400, unused_hours=1)
    clean(folder.folder, 1000)
    assert [path.exists() for path in (oldest, middle, newest)] == [False, True, True]
    clean(folder.folder, 1000)
    assert middle.exists()


def test_copies_in_use_stay_even_above_the_bound(folder: CopyFolder) -> None:
    watched = put(folder, "aa1.mp4", size=5000, unused_hours=0.5 * GRACE_SECONDS / HOUR)
    forgotten = put(folder, "bb1.mp4", size=10, unused_hours=2)
    clean(folder.folder, 1000)
    assert (watched.exists(), forgotten.exists()) == (True, False)


def test_copies_that_are_being_written_stay_and_abandoned_ones_go(folder: CopyFolder) -> None:
    written = put(folder, "aa1.part", size=5000, unused_hours=-0.99)
    abandoned = put(folder, "bb1.part", size=1, unused_hours=9)
    clean(folder.folder, 1000)
    assert (written.exists(), abandoned.exists()) == (True, False)


def test_copies_cleaning_needs_no_folder(folder: CopyFolder) -> None:
    shutil.rmtree(folder.folder, ignore_errors=True)
    clean(folder.folder, 1000)
    assert not folder.folder.exists()
