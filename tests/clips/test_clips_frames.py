"""Folders of frames are read in the order of the numbers in their names, whatever the padding."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dfec_explore.clips import Prober, frames
from dfec_explore.clips.frames import in_order, list_frames
from dfec_explore.errors import ClipError


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["10.jpg", "2.jpg", "1.jpg"], ["1.jpg", "2.jpg", "10.jpg"]),
        (["00010.png", "9.jpg", "011.PNG"], ["9.jpg", "00010.png", "011.PNG"]),
        (["a_2_1.png", "a_10_0.png", "a_2_10.png"], ["a_2_1.png", "a_2_10.png", "a_10_0.png"]),
        (["7.png", "7.jpg", "8.png"], ["7.jpg", "8.png"]),
        (["1.png", "2.json", "._1.png", "Thumbs.db", "3.txt"], ["1.png"]),
        (["face.jpg", "1.jpg"], ["1.jpg", "face.jpg"]),
        ([], []),
    ],
)
def test_frames_are_sorted_by_number(names: list[str], expected: list[str]) -> None:
    assert in_order(names) == expected


@settings(deadline=None)
@given(st.sets(st.integers(0, 99_999), min_size=1), st.data())
def test_frames_padding_never_changes_the_order(numbers: set[int], data: st.DataObject) -> None:
    names = {f"{number:0{data.draw(st.integers(0, 8))}}.png": number for number in numbers}
    assert [names[name] for name in in_order(names)] == sorted(numbers)


def test_frames_of_a_folder_without_any_say_what_was_looked_for(tmp_path: Path) -> None:
    (tmp_path / "1.txt").touch()
    with pytest.raises(ClipError, match=r"no frames \(.bmp, .jpeg, .jpg, .png\) lie in this folder"):
        list_frames(tmp_path)


def test_frames_in_too_great_number_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "MAX_FRAMES", 2)
    for number in range(3):
        (tmp_path / f"{number}.png").touch()
    with pytest.raises(ClipError, match="it holds 3 frames; up to 2"):
        list_frames(tmp_path)


def test_frames_do_not_follow_links_and_take_no_folders(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.png").touch()
    folder = tmp_path / "clip"
    (folder / "3.png").mkdir(parents=True)
    (folder / "1.png").touch()
    (folder / "2.png").symlink_to(tmp_path / "elsewhere.png")
    assert list_frames(folder) == [folder / "1.png"]


@pytest.mark.video
def test_frames_have_facts_thumbnail_and_filmstrip(tmp_path: Path, prober: Prober) -> None:
    for number, size in enumerate([(80, 40), (20, 20), (80, 40), (80, 40)]):
        Image.new("RGB", size, (60 * number, 0, 0)).save(tmp_path / f"{number}.png")
    facts = prober.facts(tmp_path, frame_rate=12.5)
    assert (facts.width, facts.height, facts.frames, facts.frame_rate) == (80, 40, 4, 12.5)
    assert facts.duration == pytest.approx(0.32)
    assert not facts.plays_in_browser
    # Four tiles of the first frame's shape, the narrow one scaled to it.
    strip = prober.frames(tmp_path, [0, 1, 2, 3], height=20)
    assert strip.shape == (4, 20, 40, 3)
    assert [int(red) for red in strip[:, 10, 20, 0]] == [0, 60, 120, 180]
    assert prober.thumbnail(tmp_path, height=20)[:2] == b"\xff\xd8"


@pytest.mark.video
def test_frames_that_are_no_picture_are_named(tmp_path: Path, prober: Prober) -> None:
    (tmp_path / "1.png").write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    with pytest.raises(ClipError, match=r"the frame 1.png is no picture, or a damaged one"):
        prober.facts(tmp_path)


@pytest.mark.video
def test_frames_of_an_absurd_size_are_refused_before_they_are_decoded(tmp_path: Path, prober: Prober) -> None:
    Image.new("1", (40_000, 2_000)).save(tmp_path / "1.png")
    with pytest.raises(ClipError, match="claims to have 40000 x 2000 pixels"):
        prober.facts(tmp_path)
