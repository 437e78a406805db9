"""Where a clip is found, what is said when it is not, and that nothing outside the clip folders ever is."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dfec_explore.clips import ClipRoots, Folders, resolve
from dfec_explore.model import Clip, ClipStatus


def put(path: Path, content: bytes = b"frames") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def find(video: str, root: Path, **by_source: Path) -> Clip:
    source = video.split("/")[0]
    return resolve(video, source=source, roots=ClipRoots(root, by_source))


def test_resolve_finds_the_path_as_it_stands_under_the_parent(tmp_path: Path) -> None:
    video = put(tmp_path / "DFEW" / "videos" / "2961.mp4")
    assert find("DFEW/videos/2961.mp4", tmp_path) == Clip(ClipStatus.FOUND, video, (video,))


def test_resolve_prefers_the_parent_to_the_source_folder(tmp_path: Path) -> None:
    video = put(tmp_path / "all" / "DFEW" / "videos" / "1.mp4")
    put(tmp_path / "own" / "videos" / "1.mp4")
    assert find("DFEW/videos/1.mp4", tmp_path / "all", DFEW=tmp_path / "own").path == video


@pytest.mark.parametrize(
    ("video", "place"),
    [
        ("DFEW/videos/7.mp4", "DFEW/videos/7.mp4"),
        ("DFEW/videos/7.mp4", "videos/7.mp4"),
        ("DFEW/videos/7.mp4", "Clip/original/part_1/7.mp4"),
        ("DFEW/videos/7.mp4", "Clip/original/part_9/7.mp4"),
        ("CAER_mp4/train/Anger/0007.mp4", "train/Anger/0007.avi"),
        ("CAER_mp4/train/Anger/0007.mp4", "anything/train/Anger/0007.avi"),
        ("MAFW/videos/00007.mp4", "data/clips/00007.mp4"),
    ],
)
def test_resolve_finds_the_places_of_a_source_under_its_own_folder(video: str, place: str, tmp_path: Path) -> None:
    clip = put(tmp_path / place)
    roots = ClipRoots(None, {video.split("/")[0]: tmp_path})
    assert resolve(video, source=video.split("/")[0], roots=roots).path == clip


def test_resolve_finds_the_places_of_a_source_under_the_parent(tmp_path: Path) -> None:
    clip = put(tmp_path / "MAFW" / "data" / "clips" / "00007.mp4")
    assert find("MAFW/videos/00007.mp4", tmp_path).path == clip


def test_resolve_takes_the_alias_of_a_source(tmp_path: Path) -> None:
    clip = put(tmp_path / "videos" / "001.mp4")
    roots = ClipRoots(None, {"afew-va": tmp_path})
    assert resolve("AFEW-VA/videos/001.mp4", source="AFEW-VA", roots=roots).path == clip


@pytest.mark.parametrize("there", ["MAFW/videos/1.MP4", "mafw/Videos/1.mp4"])
def test_resolve_tolerates_other_case(there: str, tmp_path: Path) -> None:
    clip = put(tmp_path / there)
    assert find("MAFW/videos/1.mp4", tmp_path).path == clip


def test_resolve_prefers_the_exact_name_to_another_case(tmp_path: Path) -> None:
    put(tmp_path / "A" / "x.MP4")
    clip = put(tmp_path / "A" / "x.mp4")
    assert find("A/x.mp4", tmp_path).path == clip


def test_resolve_calls_two_equally_good_files_ambiguous_and_names_both(tmp_path: Path) -> None:
    put(tmp_path / "Clip/original/part_2/7.mp4")
    put(tmp_path / "Clip/original/part_3/7.mp4")
    roots = ClipRoots(None, {"DFEW": tmp_path})
    clip = resolve("DFEW/videos/7.mp4", source="DFEW", roots=roots)
    assert (clip.status, clip.path) == (ClipStatus.AMBIGUOUS, None)
    assert "part_2/7.mp4, Clip/original/part_3/7.mp4" in clip.reason


def test_resolve_does_not_take_two_links_to_one_file_for_two_clips(tmp_path: Path) -> None:
    real = put(tmp_path / "Clip/original/part_2/7.mp4")
    (tmp_path / "Clip/original/part_3").mkdir()
    (tmp_path / "Clip/original/part_3/7.mp4").symlink_to(real)
    roots = ClipRoots(None, {"DFEW": tmp_path})
    assert resolve("DFEW/videos/7.mp4", source="DFEW", roots=roots).path == real


def test_resolve_finds_a_folder_of_frames_at_the_rate_of_its_source(tmp_path: Path) -> None:
    put(tmp_path / "001" / "00000.png")
    roots = ClipRoots(None, {"AFEW-VA": tmp_path})
    clip = resolve("AFEW-VA/videos/001.mp4", source="AFEW-VA", roots=roots)
    assert (clip.status, clip.path, clip.frame_rate) == (ClipStatus.FOUND, tmp_path / "001", 25)


def test_resolve_a_folder_without_a_frame_in_it_is_no_clip(tmp_path: Path) -> None:
    put(tmp_path / "001" / "landmarks.json")
    roots = ClipRoots(None, {"AFEW-VA": tmp_path})
    assert resolve("AFEW-VA/videos/001.mp4", source="AFEW-VA", roots=roots).status == ClipStatus.MISSING


def test_resolve_a_folder_of_frames_that_a_link_leads_out_to_is_refused(tmp_path: Path) -> None:
    put(tmp_path / "elsewhere" / "001" / "00000.png")
    (tmp_path / "clips").mkdir()
    (tmp_path / "clips" / "001").symlink_to(tmp_path / "elsewhere" / "001")
    clip = resolve("AFEW-VA/videos/001.mp4", source="AFEW-VA", roots=ClipRoots(None, {"AFEW-VA": tmp_path / "clips"}))
    assert (clip.status, clip.path) == (ClipStatus.UNREADABLE, None)
    assert "leads out of the clip folder" in clip.reason


def test_resolve_face_crops_in_frames_are_a_substitute(tmp_path: Path) -> None:
    put(tmp_path / "001_cropped" / "00000.png")
    clip = resolve("AFEW-VA/videos/001.mp4", source="AFEW-VA", roots=ClipRoots(None, {"AFEW-VA": tmp_path}))
    assert (clip.status, clip.frame_rate) == (ClipStatus.SUBSTITUTE, 25)


def test_resolve_lists_every_place_that_was_searched(tmp_path: Path) -> None:
    roots = ClipRoots(tmp_path, {"MER24": tmp_path / "own"})
    clip = resolve("MER24/other.mp4", source="MER24", roots=roots)
    assert clip.status == ClipStatus.MISSING
    assert clip.tried == (
        tmp_path / "MER24" / "other.mp4",
        tmp_path / "own" / "MER24" / "other.mp4",
        tmp_path / "own" / "other.mp4",
    )
    assert "places searched: 3" in clip.reason


def test_resolve_without_any_folder_says_what_to_set() -> None:
    clip = resolve("DFEW/videos/1.mp4", source="DFEW", roots=ClipRoots())
    assert clip.reason.startswith("No clip folder is configured; set DFEC_CLIPS")


def test_resolve_without_a_folder_for_this_source_names_it(tmp_path: Path) -> None:
    clip = resolve("DFEW/videos/1.mp4", source="DFEW", roots=ClipRoots(None, {"MAFW": tmp_path}))
    assert "No clip folder is configured for DFEW" in clip.reason


def test_resolve_names_a_clip_folder_that_does_not_exist(tmp_path: Path) -> None:
    clip = find("DFEW/videos/1.mp4", tmp_path / "gone")
    assert clip.reason == f"The clip folder {tmp_path / 'gone'} does not exist."


@pytest.mark.parametrize(
    "video",
    [
        "../secret.mp4",
        "A/../../secret.mp4",
        "A/..",
        "/etc/hostname",
        "//host/share.mp4",
        "C:/secret.mp4",
        "c:secret.mp4",
        "A\\..\\secret.mp4",
        "A/x\x00.mp4",
        "A/x\n.mp4",
        "",
        "   ",
        ".",
    ],
)
def test_resolve_refuses_paths_that_are_not_plain_and_relative(video: str, tmp_path: Path) -> None:
    put(tmp_path / "secret.mp4")
    put(tmp_path / "clips" / "A" / "x.mp4")
    clip = resolve(video, source="A", roots=ClipRoots(tmp_path / "clips"))
    assert (clip.status, clip.path, clip.tried) == (ClipStatus.MISSING, None, ())
    assert clip.reason


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("link to a file outside", "leads out of the clip folder"),
        ("link to a folder outside", "leads out of the clip folder"),
        ("relative link outside", "leads out of the clip folder"),
        ("link to a device", "leads out of the clip folder"),
        ("broken link", "leads nowhere"),
        ("link to itself", "leads nowhere"),
        ("fifo", "no regular file"),
        ("folder", "is a folder"),
        ("empty", "empty file"),
    ],
)
def test_resolve_refuses_what_is_no_readable_file_inside_and_says_why(kind: str, reason: str, tmp_path: Path) -> None:
    outside = put(tmp_path / "outside" / "x.mp4")
    root = tmp_path / "clips"
    place = root / "A" / "x.mp4"
    place.parent.mkdir(parents=True)
    match kind:
        case "link to a file outside":
            place.symlink_to(outside)
        case "link to a folder outside":
            place.parent.rmdir()
            place.parent.symlink_to(outside.parent)
        case "relative link outside":
            place.symlink_to("../../outside/x.mp4")
        case "link to a device":
            place.symlink_to("/dev/zero")
        case "broken link":
            place.symlink_to(root / "A" / "y.mp4")
        case "link to itself":
            place.symlink_to(place)
        case "fifo":
            os.mkfifo(place)
        case "folder":
            place.mkdir()
        case "empty":
            place.touch()
    clip = find("A/x.mp4", root)
    assert (clip.status, clip.path) == (ClipStatus.UNREADABLE, None)
    assert reason in clip.reason


def test_resolve_finds_the_neighbours_of_a_link_to_itself(tmp_path: Path) -> None:
    video = put(tmp_path / "A" / "x.mp4")
    (tmp_path / "A" / "loop").symlink_to(tmp_path / "A" / "loop")
    assert find("A/x.mp4", tmp_path).path == video


def test_resolve_follows_links_that_stay_inside_and_a_root_that_is_one(tmp_path: Path) -> None:
    real = put(tmp_path / "disk" / "store" / "x.mp4")
    (tmp_path / "disk" / "A").symlink_to(tmp_path / "disk" / "store")
    (tmp_path / "clips").symlink_to(tmp_path / "disk")
    assert find("A/x.mp4", tmp_path / "clips").path == real


def test_resolve_goes_on_to_the_next_place_after_a_bad_file(tmp_path: Path) -> None:
    put(tmp_path / "MAFW" / "videos" / "00001.mp4", b"")
    good = put(tmp_path / "MAFW" / "data" / "clips" / "00001.mp4")
    assert find("MAFW/videos/00001.mp4", tmp_path).path == good


@pytest.mark.parametrize("video", ["MAFW/videos/*.mp4", "MAFW/*/00001.mp4", "MAFW/videos/0000[1].mp4"])
def test_resolve_takes_a_star_in_the_file_as_a_character(video: str, tmp_path: Path) -> None:
    put(tmp_path / "MAFW" / "videos" / "00001.mp4")
    assert find(video, tmp_path).path is None


def test_resolve_sees_a_clip_that_was_added_after_the_listing_grew_old(tmp_path: Path) -> None:
    folders = Folders(max_age=0)
    tmp_path.joinpath("A").mkdir()
    roots = ClipRoots(tmp_path)
    assert resolve("A/x.mp4", source="A", roots=roots, folders=folders).path is None
    video = put(tmp_path / "A" / "x.mp4")
    assert resolve("A/x.mp4", source="A", roots=roots, folders=folders).path == video


PIECES = st.sampled_from(
    [
        "A",
        "a",
        "..",
        ".",
        "",
        "x.mp4",
        "X.MP4",
        "*",
        "**",
        "out",
        "in",
        "loop",
        "/",
        "\\",
        "\0",
        "~",
        "%2e%2e",
        "//",
        "?",
    ]
)
PATHS = st.one_of(st.text(max_size=30), st.lists(PIECES, max_size=8).map("/".join), st.lists(PIECES).map("".join))


@pytest.fixture(scope="module")
def maze(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clip folder with links in, out and around, beside a secret."""
    base = tmp_path_factory.mktemp("maze")
    put(base / "secret" / "x.mp4")
    put(base / "clips" / "A" / "x.mp4")
    put(base / "clips" / "A" / "in" / "x.mp4")
    (base / "clips" / "out").symlink_to(base / "secret")
    (base / "clips" / "A" / "out").symlink_to("../../secret")
    (base / "clips" / "A" / "loop").symlink_to("..")
    (base / "clips" / "x.mp4").symlink_to(base / "secret" / "x.mp4")
    return base


@given(video=PATHS, source=PATHS)
@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_resolve_never_answers_with_a_file_outside_the_folder(maze: Path, video: str, source: str) -> None:
    roots = ClipRoots(maze / "clips", {"A": maze / "clips" / "A"})
    clip = resolve(video, source=source, roots=roots)
    if clip.path is None:
        assert clip.reason
    else:
        assert clip.path.resolve().is_relative_to(maze / "clips")
        assert clip.path.is_file()
