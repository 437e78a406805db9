"""What a path tells."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dfec_explore.sources import PathFacts, clip_candidates, path_facts


@pytest.fixture(scope="module")
def released(test_data: Path) -> list[PathFacts]:
    """The facts of the 800 paths of the released test set."""
    records = json.loads((test_data / "dfec" / "test.json").read_text(encoding="utf-8"))
    return [path_facts(record["video"]) for record in records]


@pytest.mark.parametrize(
    ("video", "expected"),
    [
        (
            "CAER_mp4/validation/Sad/0012.mp4",
            PathFacts("CAER_mp4", True, "0012", source_split="validation", emotion="sadness", emotion_raw="Sad"),
        ),
        (
            "FERV39k/videos/0_7_LabelClips_DailyLife_Angry_0226.mp4",
            PathFacts(
                "FERV39k",
                True,
                "0_7_LabelClips_DailyLife_Angry_0226",
                emotion="anger",
                emotion_raw="Angry",
                scenario="DailyLife",
            ),
        ),
        (
            "RAVDESS/data/Actor_18/02-01-06-01-02-02-18.mp4",
            PathFacts(
                "RAVDESS",
                True,
                "02-01-06-01-02-02-18",
                emotion="fear",
                emotion_raw="fearful",
                actor="18",
                actor_gender="female",
                channel="speech",
                modality="video only",
                intensity="normal",
                statement="Dogs are sitting by the door",
                repetition="2nd",
            ),
        ),
        ("DFEW/videos/2961.mp4", PathFacts("DFEW", True, "2961")),
        ("MER24/video-labeled/samplenew_00011610.mp4", PathFacts("MER24", True, "samplenew_00011610")),
        ("CAER_mp4/holdout/Sad/0012.mp4", PathFacts("CAER_mp4", True, "0012")),
        ("CAER_mp4/train/Sad/0012.mp4\n", PathFacts("CAER_mp4", True, "0012")),
        ("CAER_mp4/train/Sad/٠٠١٢.mp4", PathFacts("CAER_mp4", True, "٠٠١٢")),
        ("caer_mp4/train/Sad/0012.mp4", PathFacts("caer_mp4", False, "0012")),
        ("Team/2025/a.b.mp4", PathFacts("Team", False, "a.b")),
        ("clip", PathFacts("unknown", False, "clip")),
    ],
)
def test_sources_path_tells(video: str, expected: PathFacts) -> None:
    assert path_facts(video) == expected


@given(st.text())
def test_sources_any_text_has_a_source_and_places(video: str) -> None:
    assert path_facts(video).source
    assert all(candidate.path for candidate in clip_candidates(video))


@pytest.mark.data
def test_sources_released_counts_by_source(released: list[PathFacts]) -> None:
    assert Counter(facts.source for facts in released) == {
        "CAER_mp4": 146,
        "RAVDESS": 142,
        "DFEW": 136,
        "MER24": 111,
        "MAFW": 98,
        "AFEW-VA": 91,
        "FERV39k": 76,
    }


@pytest.mark.data
def test_sources_released_emotion_is_known_for_364(released: list[PathFacts]) -> None:
    assert sum(facts.emotion is not None for facts in released) == 364


@pytest.mark.data
@pytest.mark.parametrize(
    ("source", "field", "expected"),
    [
        ("CAER_mp4", "source_split", {"train": 109, "test": 25, "validation": 12}),
        (
            "CAER_mp4",
            "emotion_raw",
            {"Neutral": 38, "Happy": 36, "Sad": 30, "Surprise": 15, "Anger": 14, "Disgust": 9, "Fear": 4},
        ),
        (
            "FERV39k",
            "scenario",
            {
                "Terror": 20,
                "History": 15,
                "Conflict": 14,
                "DailyLife": 10,
                "Crisis": 7,
                "Argue": 6,
                "Crime": 2,
                "School": 1,
                "Contest": 1,
            },
        ),
        (
            "FERV39k",
            "emotion",
            {
                "fear": 18,
                "neutral": 16,
                "anger": 12,
                "sadness": 12,
                "happiness": 8,
                "surprise": 8,
                "disgust": 2,
            },
        ),
        ("RAVDESS", "actor_gender", {"male": 70, "female": 72}),
        ("RAVDESS", "modality", {"sound and video": 70, "video only": 72}),
        ("RAVDESS", "channel", {"speech": 88, "song": 54}),
        ("RAVDESS", "intensity", {"normal": 69, "strong": 73}),
        ("RAVDESS", "statement", {"Kids are talking by the door": 77, "Dogs are sitting by the door": 65}),
        ("RAVDESS", "repetition", {"1st": 69, "2nd": 73}),
        (
            "RAVDESS",
            "emotion",
            {
                "neutral": 5,
                "calm": 30,
                "happiness": 20,
                "sadness": 32,
                "anger": 20,
                "fear": 13,
                "disgust": 13,
                "surprise": 9,
            },
        ),
    ],
)
def test_sources_released_facts(released: list[PathFacts], source: str, field: str, expected: dict[str, int]) -> None:
    assert Counter(getattr(facts, field) for facts in released if facts.source == source) == expected


@pytest.mark.data
def test_sources_released_ravdess_has_all_24_actors(released: list[PathFacts]) -> None:
    actors = Counter(facts.actor for facts in released if facts.source == "RAVDESS")
    assert len(actors) == 24
    assert (actors["24"], actors["02"]) == (12, 1)
