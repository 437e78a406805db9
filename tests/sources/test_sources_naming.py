"""What names of folders and packages say."""

import pytest

from dfec_explore.sources import folder_source, recalled_source, registry, source_archives, wrong_package


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("DFEW", "DFEW"),
        ("dfew-part2", "DFEW"),
        ("CAER", "CAER_mp4"),
        ("afewva", "AFEW-VA"),
        ("Video_Song_Actor_07", "RAVDESS"),
        ("0_7_labelclips", "FERV39k"),
        ("mer2024-dataset-process", "MER24"),
        ("mafw_clips", "MAFW"),
        ("dfew_new", None),
        ("clips", None),
        ("", None),
    ],
)
def test_sources_a_folder_is_known_by_its_common_names(name: str, source: str | None) -> None:
    assert folder_source(name) == source


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("dfew_new", "DFEW"),
        ("MAFW clips (2)", "MAFW"),
        ("CAER-S", "CAER_mp4"),
        ("afew va 1", "AFEW-VA"),
        ("new_dfew", None),
    ],
)
def test_sources_a_name_recalls_the_source_that_it_begins_with(name: str, source: str | None) -> None:
    assert recalled_source(name) == source


@pytest.mark.parametrize(
    ("source", "name", "words"),
    [
        ("CAER_mp4", "caer-s", "holds stills"),
        ("RAVDESS", "Audio_Song_Actors_01-24.zip", "sound only"),
        ("MER24", "video-unlabeled-part1", "other clips"),
        ("FERV39k", "2_ClipforFaceCrop", "face crops"),
    ],
)
def test_sources_a_wrong_package_is_told_by_its_name(source: str, name: str, words: str) -> None:
    assert words in (wrong_package(source, name) or "")


def test_sources_the_right_packages_are_no_wrong_ones() -> None:
    names = [
        "CAER",
        "DFEW",
        "Clip",
        "original",
        "0_7_LabelClips",
        "video-labeled",
        "Video_Song_Actor_01",
        "data",
        "clips",
    ]
    assert {wrong_package(source, name) for source in registry() for name in names} == {None}
    assert wrong_package("Team", "CAER-S") is None


def test_sources_every_wrong_package_has_its_names_or_none() -> None:
    for source in registry().values():
        assert len(source.wrong_package_names) == len(source.wrong_packages), source.id


def test_sources_archives_of_all_samples_have_stars_for_what_a_path_tells() -> None:
    assert source_archives("RAVDESS") == ("Video_*_Actor_*.zip",)
    assert source_archives("Team") == ()
