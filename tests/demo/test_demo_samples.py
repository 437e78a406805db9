"""What the demo set is made of, and that its paths, people and stories agree."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dfec_explore.demo import DEFAULT_SEED, DemoSample, demo_samples
from dfec_explore.demo.samples import SOURCES
from dfec_explore.demo.story import PHASES, read_stories
from dfec_explore.sources import path_facts

SAMPLES = demo_samples()
# The same emotion in the stories' words and in the project's.
FACTS = {
    "neutral": "neutral",
    "happy": "happiness",
    "sad": "sadness",
    "angry": "anger",
    "surprised": "surprise",
    "fearful": "fear",
    "disgust": "disgust",
    "calm": "calm",
}
ASKED_FOR = {
    "blink", "brow_lower", "brow_raise", "brow_relax", "cheek_puff", "cheek_raise", "eyes_close", "eyes_open",
    "eyes_squint", "eyes_widen", "gaze", "head_down", "head_nod", "head_shake", "head_tilt", "head_turn", "head_up",
    "jaw_drop", "lid_droop", "lip_corner_depress", "lip_corner_pull", "lip_press", "lip_pucker", "lip_stretch",
    "mouth_close", "mouth_open", "no_change", "nose_wrinkle", "speak", "speak_stop", "teeth_show", "tongue_show",
    "wink",
}  # fmt: skip


def of_source(source: str) -> list[DemoSample]:
    return [sample for sample in SAMPLES if sample.source == source]


def test_demo_samples_are_eight_for_each_of_seven_sources() -> None:
    assert Counter(sample.source for sample in SAMPLES) == dict.fromkeys(SOURCES, 8)


def test_demo_samples_take_the_sources_in_turns() -> None:
    for start in range(0, 56, 7):
        assert {sample.source for sample in SAMPLES[start : start + 7]} == set(SOURCES)


def test_demo_samples_are_the_same_for_the_same_seed_in_another_process() -> None:
    import subprocess
    import sys

    code = (
        "from dfec_explore.demo import demo_samples; print(hash(tuple(s.annotation.caption for s in demo_samples())))"
    )
    environment = {"PYTHONHASHSEED": "0"}
    answers = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment).stdout
        for _ in range(2)
    }
    assert len(answers) == 1


def test_demo_samples_differ_for_another_seed() -> None:
    other = {sample.annotation.caption for sample in demo_samples(DEFAULT_SEED + 1)}
    assert len(other & {sample.annotation.caption for sample in SAMPLES}) < 3


def test_demo_samples_have_unique_decimal_ids_and_videos() -> None:
    assert len({sample.annotation.id for sample in SAMPLES}) == 56
    assert all(str(int(sample.annotation.id)) == sample.annotation.id for sample in SAMPLES)
    assert len({sample.annotation.video for sample in SAMPLES}) == 56


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.annotation.video)
def test_demo_samples_paths_tell_source_and_emotion(sample: DemoSample) -> None:
    facts = path_facts(sample.annotation.video)
    assert (facts.source, facts.known) == (sample.source, True)
    if sample.source in ("CAER_mp4", "FERV39k", "RAVDESS"):
        assert facts.emotion == FACTS[sample.emotion]


def test_demo_samples_caer_paths_have_all_splits() -> None:
    splits = Counter(path_facts(sample.annotation.video).source_split for sample in of_source("CAER_mp4"))
    assert splits == {"train": 5, "test": 2, "validation": 1}


def test_demo_samples_ferv_paths_have_scenarios() -> None:
    assert all(path_facts(sample.annotation.video).scenario for sample in of_source("FERV39k"))


@pytest.mark.parametrize("sample", of_source("RAVDESS"), ids=lambda s: s.annotation.video)
def test_demo_samples_ravdess_actor_speaks_and_has_the_captions_gender(sample: DemoSample) -> None:
    facts = path_facts(sample.annotation.video)
    assert facts.actor_gender == ("female" if sample.face.gender == "woman" else "male")
    assert (" woman" in sample.annotation.caption) == (sample.face.gender == "woman")
    assert any(action.action == "speak" for action in sample.timeline)
    assert sample.has_sound == (sample.annotation.video.split("/")[-1][:2] == "01")


def test_demo_samples_women_and_men_are_even() -> None:
    assert Counter(sample.face.gender for sample in SAMPLES) == {"woman": 28, "man": 28}


def test_demo_samples_cover_every_action_that_can_be_drawn() -> None:
    assert {action.action for sample in SAMPLES for action in sample.timeline} >= ASKED_FOR


def test_demo_samples_look_in_eight_directions_and_ahead() -> None:
    stories = " ".join(step for group in read_stories().values() for story in group for steps in story.values()
                       for step in steps)  # fmt: skip
    for direction in ("left", "right", "up", "down", "up-left", "up-right", "down-left", "down-right", "forward"):
        # Left and right are swapped in half of the clips, so either serves.
        twin = direction.replace("left", "x").replace("right", "left").replace("x", "right")
        assert f"gaze:{direction}" in stories or f"gaze:{twin}" in stories


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(min_value=0))
def test_demo_samples_of_any_seed_keep_the_order_of_phases_and_end_in_time(seed: int) -> None:
    for sample in demo_samples(seed):
        assert 4.0 <= sample.duration <= 7.0
        assert [PHASES.index(a.phase) for a in sample.timeline] == sorted(
            PHASES.index(a.phase) for a in sample.timeline
        )
        assert all(0 <= a.start <= a.stop <= sample.duration for a in sample.timeline)
