"""Where a clip may lie."""

import pytest

from dfec_explore.sources import Candidate, Confidence, clip_archives, clip_candidates


def paths(video: str) -> list[str]:
    return [candidate.path for candidate in clip_candidates(video)]


@pytest.mark.parametrize(
    "video",
    [
        "AFEW-VA/videos/051.mp4",
        "CAER_mp4/train/Happy/0932.mp4",
        "DFEW/videos/11.mp4",
        "FERV39k/videos/0_7_LabelClips_War_Fear_0001.mp4",
        "MAFW/videos/00246.mp4",
        "MER24/video-labeled/sample_00000253.mp4",
        "RAVDESS/data/Actor_24/01-02-04-02-01-02-24.mp4",
    ],
)
def test_sources_places_begin_with_the_path_as_it_stands_and_below_the_source(video: str) -> None:
    assert paths(video)[:2] == [video, video.split("/", 1)[1]]


def test_sources_places_of_caer_in_order() -> None:
    assert paths("CAER_mp4/validation/Happy/0012.mp4")[2:] == [
        "validation/Happy/0012.avi",
        "CAER/validation/Happy/0012.avi",
        "CAER/raw-videos/val/val-happy-0012.avi",
        "raw-videos/val/val-happy-0012.avi",
        "CAER/raw-videos/val/happy-0012.avi",
        "*/validation/Happy/0012.avi",
    ]


@pytest.mark.parametrize(("number", "part"), [(1, 1), (1600, 1), (1601, 2), (15920, 10), (16372, 11)])
def test_sources_places_of_dfew_have_1600_clips_a_part(number: int, part: int) -> None:
    assert paths(f"DFEW/videos/{number}.mp4")[2] == f"Clip/original/part_{part}/{number}.mp4"


def test_sources_places_of_dfew_pad_the_number_where_copies_do() -> None:
    assert Candidate(
        "data_affine/single_label/data/00011",
        "frames_dir",
        "aligned face crop",
        Confidence.VERIFIED,
        frames="00011_*.jpg",
        frame_rate=25,
    ) in clip_candidates("DFEW/videos/11.mp4")


@pytest.mark.parametrize(("clip", "archive"), [("001", "01"), ("050", "01"), ("051", "02"), ("600", "12")])
def test_sources_places_of_afew_va_have_50_clips_an_archive(clip: str, archive: str) -> None:
    assert f"{archive}/{clip}" in paths(f"AFEW-VA/videos/{clip}.mp4")


def test_sources_places_of_ravdess_end_with_the_twin_as_a_substitute() -> None:
    last = clip_candidates("RAVDESS/data/Actor_03/01-02-02-01-02-01-03.mp4")[-1]
    assert (last.path, last.is_pattern) == ("**/02-02-02-01-02-01-03.mp4", True)
    assert last.substitute == "the same take with or without sound"


@pytest.mark.parametrize(("channel", "name"), [("01", "Speech"), ("02", "Song")])
def test_sources_archives_of_ravdess_are_by_channel_and_actor(channel: str, name: str) -> None:
    video = f"RAVDESS/data/Actor_07/01-{channel}-03-01-01-01-07.mp4"
    assert clip_archives(video) == (f"Video_{name}_Actor_07.zip",)


def test_sources_a_substitute_never_goes_before_a_clip() -> None:
    for video in ("DFEW/videos/11.mp4", "FERV39k/videos/0_7_LabelClips_War_Fear_0001.mp4", "MAFW/videos/00246.mp4"):
        marks = [candidate.substitute is not None for candidate in clip_candidates(video)]
        assert marks == sorted(marks)


@pytest.mark.parametrize(
    ("video", "expected"),
    [
        ("Team/2025/a.mp4", ["Team/2025/a.mp4", "2025/a.mp4"]),
        ("a.mp4", ["a.mp4"]),
        ("DFEW/", ["DFEW/"]),
    ],
)
def test_sources_places_of_an_unknown_source(video: str, expected: list[str]) -> None:
    assert paths(video) == expected
    assert clip_archives(video) == ()


def test_sources_a_star_in_a_file_name_is_no_pattern() -> None:
    assert not any(candidate.is_pattern for candidate in clip_candidates("DFEW/videos/*.mp4"))
