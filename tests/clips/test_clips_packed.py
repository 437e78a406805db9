"""Archives that were not unpacked: which one holds a clip, and that a hostile one does no harm."""

import os
import random
import struct
import zipfile
from pathlib import Path

import pytest

from dfec_explore.clips import packed
from dfec_explore.clips.catalogue import Catalogue
from dfec_explore.clips.packed import zip_names
from dfec_explore.clips.resolve import ClipRoots
from dfec_explore.clips.scan import scan_file, scan_folder
from dfec_explore.model import Clip
from dfec_explore.sources import source_of

DFEW, CAER, MAFW = "DFEW/videos/1013.mp4", "CAER_mp4/train/Anger/0012.mp4", "MAFW/videos/00246.mp4"
SPEECH, SONG = "RAVDESS/data/Actor_05/01-01-04-01-01-01-05.mp4", "RAVDESS/data/Actor_05/01-02-04-01-01-01-05.mp4"
AFEW, FERV = "AFEW-VA/videos/012.mp4", "FERV39k/videos/0_7_LabelClips_War_Fear_0010.mp4"
MER = "MER24/video-labeled/sample_00000253.mp4"


class Quiet:
    """Takes reports and keeps none."""

    def report(self, done: int, total: int | None, message: str = "") -> None:
        """Nothing."""


def find(video: str, tmp_path: Path) -> Clip:
    root, scans = tmp_path / "root", tmp_path / "scans"
    scan_folder(root, scan_file(scans, root), Quiet(), fresh=True)
    roots = ClipRoots(None, {source_of(video): root})
    return Catalogue(source_of(video), roots=roots, scans=scans, videos=[video]).find(video)


def write(tmp_path: Path, name: str, *members: str) -> Path:
    """Write a zip file with members, or without any a file that only looks like an archive."""
    path = tmp_path / "root" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not members:
        path.write_bytes(b"no list of contents")
        return path
    with zipfile.ZipFile(path, "w") as archive:
        for member in members:
            archive.writestr(member, b"x")
    return path


@pytest.mark.parametrize(
    ("video", "archive", "member"),
    [
        (DFEW, "data_part_1-2-3.zip", "part_1/1013.mp4"),
        (DFEW, "Clip/original/data_part_1-2-3.zip", "part_1/1013.mp4"),
        (DFEW, "a/b/anything.zip", "DFEW/Clip/original/part_1/1013.mp4"),
        (CAER, "CAER.zip", "CAER/train/Anger/0012.avi"),
        (CAER, "train.zip", "Anger/0012.avi"),
        (MAFW, "data_clips/data_clips.zip", "00246.mp4"),
        (MER, "video-labeled.zip", "sample_00000253.mp4"),
        (SONG, "Video_Song_Actor_05.zip", "Actor_05/01-02-04-01-01-01-05.mp4"),
        (SONG, "everything.zip", "flat/01-02-04-01-01-01-05.mp4"),
        (AFEW, "01.zip", "012/00000.png"),
        (AFEW, "AFEW-VA.zip", "AFEW-VA/012/00000.png"),
        (FERV, "0_7_LabelClips.zip", "0_7_LabelClips/War/Fear/0010.mp4"),
    ],
)
def test_packed_a_zip_that_lists_the_clip_is_named(tmp_path: Path, video: str, archive: str, member: str) -> None:
    path = write(tmp_path, archive, member, "readme.txt")
    clip = find(video, tmp_path)
    assert (clip.status, clip.archive, clip.path) == ("packed", path, None)
    assert clip.reason.startswith(f"It is in the archive {archive},")


@pytest.mark.parametrize(
    ("video", "archive", "member"),
    [
        (DFEW, "data_part_1-2-3.zip", "part_1/1014.mp4"),
        (DFEW, "anything.zip", "1013.mp4"),
        (DFEW, "anything.zip", "videos/1013.txt"),
        (CAER, "CAER.zip", "CAER/test/Anger/0012.avi"),
        (SPEECH, "Video_Song_Actor_05.zip", "Actor_05/01-02-04-01-01-01-05.mp4"),
        (MAFW, "DFEW.zip", "clips/00246.mp4"),
        (MAFW, "mer24/x.zip", "clips/00246.mp4"),
        (AFEW, "01.zip", "012/notes.txt"),
    ],
)
def test_packed_a_zip_that_does_not_list_the_clip_is_not(tmp_path: Path, video: str, archive: str, member: str) -> None:
    write(tmp_path, archive, member)
    assert find(video, tmp_path).status == "missing"


@pytest.mark.parametrize(
    ("video", "archive"),
    [
        (DFEW, "data_part_1-2-3.zip"),
        (DFEW, "Clip/original/data_part_4-5-6.rar"),
        (DFEW, "Clip/original.7z"),
        (DFEW, "part_1.tar.gz"),
        (CAER, "CAER.tar"),
        (CAER, "CAER.zip.001"),
        (MAFW, "data_clips/whatever.zip.001"),
        (MAFW, "data_clips/clips.part1.rar"),
        (MER, "video-labeled.tgz"),
        (SONG, "Video_Song_Actor_05.zip"),
        (FERV, "FERV39k/0_7_LabelClips.z01"),
        (MER, "mine.rar"),
    ],
)
def test_packed_an_archive_that_cannot_be_listed_is_known_by_its_name_and_place(
    tmp_path: Path, video: str, archive: str
) -> None:
    path = write(tmp_path, archive)
    clip = find(video, tmp_path)
    assert (clip.status, clip.archive) == ("packed", path)
    assert clip.reason.startswith(f"It may be in the archive {archive},")


@pytest.mark.parametrize(
    ("video", "archive"),
    [
        (SONG, "Video_Speech_Actor_05.zip"),
        (SONG, "Video_Song_Actor_06.zip"),
        (SONG, "Audio_Song_Actors_01-24.zip"),
        (MAFW, "Labels(auto)/landmarks.rar"),
        (FERV, "2_ClipsforFaceCrop.zip"),
        (CAER, "CAER-S.zip"),
        (CAER, "test.rar.txt"),
        (DFEW, "MAFW/clips.rar"),
    ],
)
def test_packed_an_archive_of_something_else_is_not_taken_for_the_clips(
    tmp_path: Path, video: str, archive: str
) -> None:
    write(tmp_path, archive)
    assert find(video, tmp_path).status == "missing"


def test_packed_an_archive_of_any_name_counts_only_while_nothing_is_unpacked(tmp_path: Path) -> None:
    write(tmp_path, "mine.rar")
    assert find(MER, tmp_path).status == "packed"
    write(tmp_path, "video-labeled/sample_00000253.mp4")
    (tmp_path / "root" / "video-labeled" / "sample_00000254.mp4").touch()
    assert find(MER, tmp_path).status == "found"


def test_packed_a_stand_in_says_which_archive_holds_the_clip_itself(tmp_path: Path) -> None:
    write(tmp_path, "data_part_1-2-3.zip", "part_1/1013.mp4")
    write(tmp_path, "Clip/clip_224x224/01013/1.jpg")
    clip = find(DFEW, tmp_path)
    assert clip.status == "substitute"
    assert "data_part_1-2-3.zip, which is not unpacked" in clip.reason


def test_packed_a_list_longer_than_the_bound_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "long.zip", *(f"{number}.mp4" for number in range(3000)))
    assert len(zip_names(str(path)) or ()) == 3000
    monkeypatch.setattr(packed, "MAX_DIRECTORY", 100_000)
    assert zip_names(str(path)) is None


def test_packed_a_header_that_claims_a_huge_list_costs_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, "liar.zip", "a.mp4")
    data = bytearray(path.read_bytes())
    end = data.rindex(b"PK\x05\x06")
    data[end + 12 : end + 16] = struct.pack("<L", 0xFFFFFFF0)
    path.write_bytes(data)
    assert zip_names(str(path)) is None


@pytest.mark.parametrize("kind", ["fifo", "link", "folder", "gone"])
def test_packed_what_is_no_regular_file_is_not_opened(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.zip"
    match kind:
        case "fifo":
            os.mkfifo(path)
        case "link":
            path.symlink_to(write(tmp_path, "real.zip", "a.mp4"))
        case "folder":
            path.mkdir()
    assert zip_names(str(path)) is None


def test_packed_damaged_zips_are_listed_or_not_but_never_raise(tmp_path: Path) -> None:
    data = write(tmp_path, "good.zip", *(f"part_1/{number}.mp4" for number in range(40))).read_bytes()
    chance, path = random.Random(5), tmp_path / "bad.zip"
    outcomes = set()
    for _ in range(400):
        damaged = bytearray(data)
        start = chance.randrange(len(data) - 2000 if chance.random() < 0.3 else 0, len(data))
        match chance.randrange(4):
            case 0:
                damaged[start] = chance.randrange(256)
            case 1:
                del damaged[start:]
            case 2:
                del damaged[start : start + chance.randrange(1, 60)]
            case 3:
                damaged[start : start + 8] = chance.randbytes(8)
        path.write_bytes(damaged)
        outcomes.add(zip_names(str(path)) is None)
    assert outcomes == {True, False}


def test_packed_a_clip_folder_that_is_an_archive_itself_is_to_be_unpacked(tmp_path: Path) -> None:
    archive = write(tmp_path, "CAER.zip", "CAER/train/Anger/0012.avi")
    roots = ClipRoots(None, {"CAER_mp4": archive})
    scan_folder(archive, scan_file(tmp_path, archive), Quiet())
    clip = Catalogue("CAER_mp4", roots=roots, scans=tmp_path, videos=[CAER]).find(CAER)
    assert (clip.status, clip.archive) == ("packed", archive)
    assert "is an archive and no folder. Unpack it" in clip.reason
