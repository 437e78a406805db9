"""The registry of sources: complete, honest about its licences, found by name."""

import re
import tomllib
from importlib.resources import files

import pytest
from pydantic import ValidationError

from dfec_explore.sources import Confidence, Source, dataset_facts, registry, source_id, source_of
from dfec_explore.sources.registry import SOURCE_FILES, emotion_words

IDS = ["AFEW-VA", "CAER_mp4", "DFEW", "FERV39k", "MAFW", "MER24", "RAVDESS"]


def test_sources_registry_has_the_seven_datasets() -> None:
    assert list(registry()) == IDS


def test_sources_every_data_file_of_a_source_is_read() -> None:
    folder = files("dfec_explore.sources").joinpath("data")
    names = {entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")}
    assert names == {*SOURCE_FILES, "dataset", "emotions"}


def test_sources_counts_of_the_test_set_add_up_to_800() -> None:
    assert sum(source.in_test for source in registry().values()) == 800


@pytest.mark.parametrize(
    ("source", "clips"),
    [
        ("AFEW-VA", 600),
        ("CAER_mp4", 13201),
        ("DFEW", 16372),
        ("FERV39k", 38935),
        ("MAFW", 10045),
        ("MER24", 120625),
        ("RAVDESS", 4904),
    ],
)
def test_sources_clips_of_the_original(source: str, clips: int) -> None:
    assert registry()[source].clips == clips


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("CAER", "CAER_mp4"),
        ("caer_MP4", "CAER_mp4"),
        (" MER2024 ", "MER24"),
        ("AfewVA", "AFEW-VA"),
        ("ravdess", "RAVDESS"),
        ("CAER-S", None),
        ("", None),
    ],
)
def test_sources_source_id_takes_titles_and_aliases_in_any_case(name: str, expected: str | None) -> None:
    assert source_id(name) == expected


def test_sources_no_two_sources_share_a_name() -> None:
    names = [
        name
        for source in registry().values()
        for name in {n.casefold() for n in (source.id, source.title, *source.aliases)}
    ]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("video", "expected"),
    [
        ("DFEW/videos/1.mp4", "DFEW"),
        ("./DFEW/videos/1.mp4", "DFEW"),
        ("Studio 7/take.mp4", "Studio 7"),
        ("CAER/train/Sad/0001.avi", "CAER"),
        ("take.mp4", "unknown"),
        ("./take.mp4", "unknown"),
        ("/take.mp4", "unknown"),
        ("", "unknown"),
    ],
)
def test_sources_source_of_is_the_first_folder_as_it_stands(video: str, expected: str) -> None:
    assert source_of(video) == expected


def test_sources_only_ravdess_has_a_creative_commons_licence() -> None:
    named = {source.id: source.licence for source in registry().values() if re.match(r"CC\b", source.licence)}
    assert named == {"RAVDESS": "CC BY-NC-SA 4.0"}


@pytest.mark.parametrize(
    ("source", "confidence"),
    [("CAER_mp4", Confidence.UNKNOWN), ("AFEW-VA", Confidence.SECOND_HAND), ("DFEW", Confidence.VERIFIED)],
)
def test_sources_a_licence_says_how_sure_it_is(source: str, confidence: Confidence) -> None:
    assert registry()[source].licence_confidence is confidence


def test_sources_withdrawn_claims_about_classes_are_not_repeated() -> None:
    said = " ".join(source.model_dump_json() for source in registry().values()).casefold()
    assert "micro-expression" not in said
    assert "39 fine" not in said
    assert "age+gender" not in said


def test_sources_an_unknown_key_in_a_data_file_is_refused() -> None:
    text = files("dfec_explore.sources").joinpath("data", "dfew.toml").read_text(encoding="utf-8")
    with pytest.raises(ValidationError, match="licens"):
        Source.model_validate({**tomllib.loads(text), "license": "MIT"})


def test_sources_every_emotion_of_a_source_has_one_word() -> None:
    said = {word for source in registry().values() for word in source.emotions}
    said |= {word for source in registry().values() for word in source.codes.get("emotion", {}).values()}
    assert said <= set(emotion_words())


def test_sources_the_team_collected_part_is_planned_and_unpublished() -> None:
    plans = {plan.id: (plan.planned, plan.at_least, plan.published) for plan in dataset_facts().plans}
    assert plans == {"test": (800, False, 800), "team-collected": (200, False, 0), "train": (5000, True, 0)}


def test_sources_the_dataset_states_no_licence() -> None:
    assert "states no licence" in dataset_facts().licence_note


def test_sources_citation_names_the_paper() -> None:
    facts = dataset_facts()
    assert facts.citation == (
        "Jiaxing Zhao, Boyuan Sun, Xiang Chen, Xihan Wei: Facial Dynamics in Video: Instruction Tuning for Improved "
        "Facial Expression Perception and Contextual Awareness. arXiv:2501.07978, 2025."
    )
    assert "eprint = {2501.07978}" in facts.bibtex
    assert facts.bibtex.count("{") == facts.bibtex.count("}")
