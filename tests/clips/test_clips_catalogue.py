"""Where a sample's clip is found among many that look like it, and that nothing else is ever taken for it."""

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dfec_explore.clips.catalogue import Catalogue
from dfec_explore.clips.resolve import ClipRoots, resolve
from dfec_explore.clips.scan import scan_file, scan_folder
from dfec_explore.model import Clip
from dfec_explore.sources import source_of

Find = Callable[..., Clip]


class Quiet:
    """Takes reports and keeps none."""

    def report(self, done: int, total: int | None, message: str = "") -> None:
        """Nothing."""


def put(path: Path, content: bytes = b"frames") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def catalogue(video: str, roots: ClipRoots, scans: Path) -> Clip:
    source = source_of(video)
    for root in filter(None, (roots.parent, roots.own(source))):
        scan_folder(root, scan_file(scans, root), Quiet(), fresh=True)
    return Catalogue(source, roots=roots, scans=scans, videos=[video]).find(video)


@pytest.fixture
def find(tmp_path: Path) -> Find:
    """Scan a folder and find one clip: ``find(video)`` under the source's own, ``find(video, parent=True)``."""

    def run(video: str, *, parent: bool = False, below: str = "") -> Clip:
        folder = tmp_path / "root" / below
        roots = ClipRoots(folder) if parent else ClipRoots(None, {source_of(video): folder})
        return catalogue(video, roots, tmp_path / "scans")

    (tmp_path / "root").mkdir()
    return run


DFEW, CAER, MAFW = "DFEW/videos/1013.mp4", "CAER_mp4/train/Anger/1013.mp4", "MAFW/videos/01013.mp4"
RAVDESS, AFEW = "RAVDESS/data/Actor_05/01-02-04-01-01-01-05.mp4", "AFEW-VA/videos/012.mp4"
FERV, MER = "FERV39k/videos/0_7_LabelClips_War_Fear_0010.mp4", "MER24/video-labeled/sample_00000253.mp4"


@pytest.mark.parametrize(
    ("video", "place", "rule"),
    [
        (DFEW, "Clip/original/part_1/1013.mp4", "Clip/original/part_1/1013.mp4"),
        (DFEW, "Clip/original/part_9/1013.mp4", "Clip/original/part_*/1013.mp4"),
        (DFEW, "Clip/original/part_1/01013.mp4", "Clip/original/part_*/01013.mp4"),
        (DFEW, "DFEW-part2/Clip/original/a/b/1013.mp4", "DFEW-part2/Clip/original/**/1013.mp4"),
        (DFEW, "videos/1013.mp4", "videos/1013.mp4"),
        (CAER, "any/train/Anger/1013.avi", "*/train/Anger/1013.avi"),
        (CAER, "CAER/raw-videos/train/anger-1013.avi", "CAER/raw-videos/train/anger-1013.avi"),
        (CAER, "TRAIN/anger/1013.AVI", "train/Anger/1013.avi"),
        (FERV, "any/0_7_labelClips/War/Fear/0010.mp4", "*/0_7_LabelClips/War/Fear/0010.mp4"),
        (MER, "train/sample_00000253.avi", "train/sample_00000253.avi"),
        (RAVDESS, "a/b/c/d/01-02-04-01-01-01-05.mp4", "**/01-02-04-01-01-01-05.mp4"),
    ],
)
def test_catalogue_names_the_rule_by_which_a_clip_was_found(
    find: Find, tmp_path: Path, video: str, place: str, rule: str
) -> None:
    path = put(tmp_path / "root" / place)
    clip = find(video)
    assert (clip.status, clip.path, clip.rule) == ("found", path, rule)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("videos/1013.mp4", "Clip/original/part_1/1013.mp4"),
        ("Clip/original/part_1/1013.mp4", "part_1/1013.mp4"),
        ("Clip/original/part_1/1013.mp4", "deep/Clip/original/part_1/1013.mp4"),
        ("Clip/original/1013.mp4", "Clip/original/01013.mp4"),
        ("Clip/original/part_2/1013.avi", "Clip/clip_224x224/01013/1.jpg"),
        ("somewhere/Clip/original/part_1/1013.mkv", "Clip/clip_224x224/01013/1.jpg"),
    ],
)
def test_catalogue_takes_the_first_place_in_order_and_a_stand_in_last(
    find: Find, tmp_path: Path, first: str, second: str
) -> None:
    path = put(tmp_path / "root" / first)
    put(tmp_path / "root" / second)
    assert find(DFEW).path == path


@pytest.mark.parametrize(
    ("video", "places"),
    [
        (DFEW, ["Clip/original/part_1/1013.mp4", "Clip/original/part_2/1013.mp4"]),
        (DFEW, ["part_4/1013.mp4", "part_5/1013.mp4"]),
        (CAER, ["a/train/Anger/1013.avi", "b/train/Anger/1013.avi"]),
        (CAER, ["Train/Anger/1013.avi", "TRAIN/Anger/1013.avi"]),
        (RAVDESS, ["a/b/c/01-02-04-01-01-01-05.mp4", "a/b/d/01-02-04-01-01-01-05.mp4"]),
        (MER, ["video-labeled/sample_00000253.mkv", "video-labeled/sample_00000253.webm"]),
        (MER, ["x/video-labeled/sample_00000253.mp4", "y/video-labeled/sample_00000253.mp4"]),
        (AFEW, ["a/012/00000.png", "b/012/00000.png"]),
    ],
)
def test_catalogue_calls_two_that_fit_equally_well_ambiguous_and_names_all(
    find: Find, tmp_path: Path, video: str, places: list[str]
) -> None:
    paths = [put(tmp_path / "root" / place) for place in places]
    clip = find(video)
    assert (clip.status, clip.path) == ("ambiguous", None)
    expected = sorted(path.parent if path.suffix == ".png" else path for path in paths)
    assert list(clip.places) == expected
    assert all(str(path.relative_to(tmp_path / "root")) in clip.reason for path in expected)


def test_catalogue_does_not_take_two_links_to_one_file_for_two_clips(find: Find, tmp_path: Path) -> None:
    real = put(tmp_path / "root" / "part_4" / "1013.mp4")
    (tmp_path / "root" / "part_5").mkdir()
    (tmp_path / "root" / "part_5" / "1013.mp4").symlink_to(real)
    (tmp_path / "root" / "part_6").symlink_to("part_4")
    assert find(DFEW).path == real


@pytest.mark.parametrize(
    ("video", "place"),
    [
        (DFEW, "CAER/train/Anger/1013.mp4"),
        (DFEW, "notes/1013.mp4"),
        (DFEW, "a/b/1013.mp4"),
        (DFEW, "videos/1014.mp4"),
        (DFEW, "mafw_clips/01013.mp4"),
        (MAFW, "DFEW/Clip/original/part_1/01013.mp4"),
        (MAFW, "dfew_new/clips/01013.mp4"),
        (MAFW, "DFEW/videos/01013.mp4"),
        (CAER, "test/Anger/1013.avi"),
        (CAER, "train/Angry/1013.avi"),
        (CAER, "Anger/1013.avi"),
        (CAER, "1013.avi"),
        (CAER, "a/b/c/d/train/Anger/1013.avi"),
        (FERV, "0_7_LabelClips/War/0010.mp4"),
        (FERV, "0_7_LabelClips/Terror/Fear/0010.mp4"),
        (AFEW, "x/y/012/00000.png"),
        (AFEW, "012/notes.txt"),
        (MER, "a/sample_00000253.mp4"),
        (RAVDESS, "Actor_06/01-02-04-01-01-01-06.mp4"),
        (MER, "video-labeled/sample_00000253.mp4.part"),
        (MER, "video-labeled/._sample_00000253.mp4"),
    ],
)
def test_catalogue_never_matches_by_a_name_alone_or_across_sources(
    find: Find, tmp_path: Path, video: str, place: str
) -> None:
    put(tmp_path / "root" / place)
    clip = find(video)
    assert (clip.status, clip.path) == ("missing", None)
    assert "places searched" in clip.reason


def test_catalogue_of_a_folder_within_another_sources_takes_no_bare_numbers(find: Find, tmp_path: Path) -> None:
    put(tmp_path / "root" / "DFEW" / "videos" / "01013.mp4")
    assert find(MAFW, below="DFEW").status == "missing"
    assert find(MAFW, below="DFEW/videos").status == "missing"
    put(tmp_path / "root" / "DFEW" / "MAFW" / "01013.mp4")
    assert find(MAFW, below="DFEW/MAFW").status == "found"


@pytest.mark.parametrize("name", ["CAER_mp4", "caer", "CAER"])
def test_catalogue_finds_a_source_under_the_parent_by_any_of_its_names(find: Find, tmp_path: Path, name: str) -> None:
    path = put(tmp_path / "root" / name / "train" / "Anger" / "1013.avi")
    assert find(CAER, parent=True).path == path


def test_catalogue_finds_the_zips_of_ravdess_that_lie_side_by_side_under_the_parent(find: Find, tmp_path: Path) -> None:
    path = put(tmp_path / "root/Video_Song_Actor_05/Actor_05/01-02-04-01-01-01-05.mp4")
    assert find(RAVDESS, parent=True).path == path


def test_catalogue_prefers_the_path_as_it_stands_under_the_parent_to_the_sources_own_folder(tmp_path: Path) -> None:
    video = put(tmp_path / "all" / DFEW)
    put(tmp_path / "own" / "videos" / "1013.mp4")
    roots = ClipRoots(tmp_path / "all", {"DFEW": tmp_path / "own"})
    assert catalogue(DFEW, roots, tmp_path / "scans").path == video


def test_catalogue_finds_the_clips_of_a_source_that_is_not_known(find: Find, tmp_path: Path) -> None:
    path = put(tmp_path / "root" / "Team" / "2025" / "take 1.mov")
    assert find("Team/2025/take 1.mov", parent=True).path == path
    assert find("Team/2025/take 1.mov").path == path
    assert find("Team/2025/take 1.mov", below="Team").path == path
    assert find("Team/2026/take 1.mov", parent=True).status == "missing"


def test_catalogue_finds_a_clip_with_an_unusual_ending(find: Find, tmp_path: Path) -> None:
    path = put(tmp_path / "root" / "Team" / "take.y4m")
    assert find("Team/take.y4m", parent=True).path == path


def test_catalogue_does_not_take_a_gif_for_a_clip(find: Find, tmp_path: Path) -> None:
    put(tmp_path / "root" / "video-labeled" / "sample_00000253.gif")
    assert find(MER).status == "missing"


def test_catalogue_twin_with_the_other_sound_stands_in(find: Find, tmp_path: Path) -> None:
    path = put(tmp_path / "root/Video_Song_Actor_05/Actor_05/02-02-04-01-01-01-05.mp4")
    clip = find(RAVDESS)
    assert (clip.status, clip.path) == ("substitute", path)
    assert "the same take with or without sound" in clip.reason


def test_catalogue_a_damaged_clip_is_not_hidden_by_a_stand_in(find: Find, tmp_path: Path) -> None:
    put(tmp_path / "root" / "Clip/original/part_1/1013.mp4", b"")
    put(tmp_path / "root" / "Clip/clip_224x224/01013/1.jpg")
    clip = find(DFEW)
    assert clip.status == "unreadable"
    assert "Clip/original/part_1/1013.mp4 is an empty file" in clip.reason


def test_catalogue_goes_on_to_the_next_place_after_a_bad_file(find: Find, tmp_path: Path) -> None:
    put(tmp_path / "root" / "videos/1013.mp4", b"")
    good = put(tmp_path / "root" / "Clip/original/part_1/1013.mp4")
    assert find(DFEW).path == good


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("link out", "leads out of the clip folder"),
        ("folder link out", "leads out of the clip folder"),
        ("device", "leads out of the clip folder"),
        ("broken link", "leads nowhere"),
        ("fifo", "no regular file"),
        ("folder", "is a folder, not a clip"),
    ],
)
def test_catalogue_refuses_what_is_no_regular_file_inside_and_says_why(
    find: Find, tmp_path: Path, kind: str, reason: str
) -> None:
    outside, place = put(tmp_path / "outside" / "1013.mp4"), tmp_path / "root" / "videos" / "1013.mp4"
    if kind == "folder link out":
        place.parent.symlink_to(outside.parent)
    else:
        place.parent.mkdir()
    match kind:
        case "link out":
            place.symlink_to(outside)
        case "device":
            place.symlink_to("/dev/zero")
        case "broken link":
            place.symlink_to("gone")
        case "fifo":
            os.mkfifo(place)
        case "folder":
            put(place / "1.txt")
    clip = find(DFEW)
    assert (clip.status, clip.path) == ("unreadable", None)
    assert reason in clip.reason
    assert "1013.mp4" in clip.reason or "videos" in clip.reason


@pytest.mark.parametrize("folder", ["Clip/original/part_1", "Download/Clip/original/part_1"])
@pytest.mark.parametrize("below", ["", "Clip", "Clip/original"])
def test_catalogue_says_why_nothing_is_opened_where_the_folder_is_off_by_some_levels_too(
    find: Find, tmp_path: Path, folder: str, below: str
) -> None:
    place = tmp_path / "root" / folder / "1013.mp4"
    place.parent.mkdir(parents=True)
    os.mkfifo(place)
    clip = find(DFEW, below=f"Download/{below}" if folder.startswith("Download") and below else below)
    assert (clip.status, clip.path) == ("unreadable", None)
    assert "1013.mp4 is no regular file" in clip.reason


def test_catalogue_looks_into_folders_that_differ_in_case_only_and_prefers_the_name_as_it_is(
    find: Find, tmp_path: Path
) -> None:
    put(tmp_path / "root" / "train" / "Anger" / "0001.avi")
    put(tmp_path / "root" / "train" / "anger" / "0002.avi")
    other = put(tmp_path / "root" / "TRAIN" / "ANGER" / "1013.avi")
    assert (find(CAER).status, find(CAER).path) == ("found", other)
    exact = put(tmp_path / "root" / "train" / "Anger" / "1013.avi")
    assert (find(CAER).status, find(CAER).path) == ("found", exact)
    exact.unlink()
    put(tmp_path / "root" / "Train" / "Anger" / "1013.avi")
    assert find(CAER).status == "ambiguous"


def test_catalogue_looks_again_at_a_file_that_was_scanned(tmp_path: Path) -> None:
    roots, scans = ClipRoots(None, {"DFEW": tmp_path / "root"}), tmp_path / "scans"
    path = put(tmp_path / "root" / "videos" / "1013.mp4")
    scan_folder(tmp_path / "root", scan_file(scans, tmp_path / "root"), Quiet())
    path.unlink()
    path.symlink_to("/etc/hostname")
    clip = Catalogue("DFEW", roots=roots, scans=scans, videos=[DFEW]).find(DFEW)
    assert (clip.status, clip.path) == ("unreadable", None)
    path.unlink()
    clip = Catalogue("DFEW", roots=roots, scans=scans, videos=[DFEW]).find(DFEW)
    assert "is gone" in clip.reason


@pytest.mark.parametrize(
    ("video", "package", "words"),
    [
        (AFEW, "Train_AFEW/Angry/000123.avi", "AFEW of the EmotiW challenge"),
        (CAER, "CAER-S/train/Anger/0001.png", "CAER-S holds stills"),
        (CAER, "CAER-S.zip", "CAER-S holds stills"),
        (MER, "video-unlabeled-with-test2noise/sample_00000253.mp4", "other clips"),
        (RAVDESS, "Audio_Speech_Actors_01-24/Actor_05/03-01-04-01-01-01-05.wav", "sound only"),
        (FERV, "2_ClipsforFaceCrop.zip", "face crops"),
    ],
)
def test_catalogue_names_the_wrong_package_where_a_clip_is_missing(
    find: Find, tmp_path: Path, video: str, package: str, words: str
) -> None:
    put(tmp_path / "root" / package)
    clip = find(video)
    assert clip.status == "missing"
    assert words in clip.reason


def test_catalogue_lists_the_places_that_it_tried(find: Find, tmp_path: Path) -> None:
    clip = find(MAFW)
    root = tmp_path / "root"
    assert clip.tried[:3] == (root / MAFW, root / "videos/01013.mp4", root / "data/clips/01013.mp4")
    assert clip.tried[-1] == root / "data/frames/01013"


def test_catalogue_says_which_folder_does_not_exist_and_which_is_not_configured(tmp_path: Path) -> None:
    clip = catalogue(DFEW, ClipRoots(None, {"DFEW": tmp_path / "gone"}), tmp_path / "scans")
    assert clip.reason == f"The clip folder {tmp_path / 'gone'} does not exist."
    clip = catalogue(DFEW, ClipRoots(None, {"MAFW": tmp_path}), tmp_path / "scans")
    assert "No clip folder is configured for DFEW" in clip.reason


@pytest.mark.parametrize(
    "video", ["DFEW/../x.mp4", "/etc/x.mp4", "DFEW/x\n.mp4", "DFEW\\x.mp4", "C:/x.mp4", "DFEW/*.mp4", "DFEW/"]
)
def test_catalogue_finds_nothing_by_a_path_that_is_no_plain_one(find: Find, tmp_path: Path, video: str) -> None:
    put(tmp_path / "root" / "x.mp4")
    put(tmp_path / "x.mp4")
    roots = ClipRoots(tmp_path / "root", {"DFEW": tmp_path / "root"})
    assert catalogue(video, roots, tmp_path / "scans").path is None


def test_catalogue_an_archive_is_named_where_the_clip_is_in_it(find: Find, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "root" / "some.zip", "w") as file:
        file.writestr("Clip/original/part_1/1013.mp4", b"x")
    clip = find(DFEW)
    assert (clip.status, clip.archive) == ("packed", tmp_path / "root" / "some.zip")
    assert clip.reason == "It is in the archive some.zip, which is not unpacked. Unpack it where it lies."
    assert find("DFEW/videos/1014.mp4").status == "missing"


PIECES = st.sampled_from(
    ["DFEW", "Clip", "original", "part_1", "part_2", "videos", "clips", "data", "MAFW", "x", "CLIP"]
)
NAMES = st.sampled_from(["7.mp4", "00007.mp4", "7.MP4", "7.avi", "00007.AVI", "8.mp4", "7", "frames"])
TREES = st.lists(st.tuples(st.lists(PIECES, max_size=4), NAMES), max_size=8)


@given(tree=TREES, video=st.sampled_from(["DFEW/videos/7.mp4", "MAFW/videos/00007.mp4", "x/7.mp4", "7.mp4"]))
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("given_as", ["parent", "own"])
def test_catalogue_finds_whatever_a_single_look_finds_and_only_what_lies_inside(
    tmp_path_factory: pytest.TempPathFactory, given_as: str, tree: list[tuple[list[str], str]], video: str
) -> None:
    base = tmp_path_factory.mktemp("tree")
    root = base / "root"
    root.mkdir()
    for pieces, name in tree:
        folder = root.joinpath(*pieces)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / name).exists():
            (folder / name).write_bytes(b"x")
    roots = ClipRoots(root) if given_as == "parent" else ClipRoots(None, {source_of(video): root})
    whole = catalogue(video, roots, base / "scans")
    alone = resolve(video, source=source_of(video), roots=roots)
    if alone.path is not None:
        assert whole.path is not None or alone.path in whole.places
    if whole.path is not None:
        assert whole.path.is_file()
        assert whole.path.is_relative_to(root)
        assert whole.path.stem.lstrip("0") == "7"
    assert bool(whole.reason) == (whole.status != "found")
