"""Two models on the same captions: intervals, significance, and where each fails."""

import math
from random import Random

import numpy as np
import pytest

from dfec_explore.model import Annotation
from dfec_explore.scoring import (
    action_profiles,
    captions_with,
    compare,
    intervals,
    length_groups,
    region_profiles,
    turns,
)
from dfec_explore.scoring.comparing import _p
from tests.scoring.scored import scored

ACTS = ["blinks", "frowns", "smiles", "opens her mouth", "looks to the left", "turns her head to the right"]


def references(count: int) -> list[Annotation]:
    rng = Random(3)
    captions = ["At the beginning, she " + ", ".join(rng.sample(ACTS, 3)) + "." for _ in range(count)]
    return [Annotation(str(n), f"DFEW/{n}.mp4", caption) for n, caption in enumerate(captions)]


def dropped(captions: list[str], every: int) -> list[str]:
    return [text if n % every else "She blinks." for n, text in enumerate(captions)]


SET = references(60)
WHOLE = [reference.caption for reference in SET]
GOOD, BAD = scored(SET, dropped(WHOLE, 10)), scored(SET, dropped(WHOLE, 2))


def test_scoring_compare_finds_a_real_difference_and_its_sign() -> None:
    found = compare(GOOD, BAD, resamples=400)["event_f1"]
    assert found.difference == pytest.approx(BAD.metrics()["event_f1"] - GOOD.metrics()["event_f1"])
    assert found.low < found.difference < found.high < 0
    assert found.is_significant
    assert found.p == pytest.approx(2 / 401)


def test_scoring_compare_of_a_model_with_itself_is_nothing() -> None:
    found = compare(GOOD, GOOD, resamples=100)["cider"]
    assert (found.difference, found.low, found.high, found.p) == (0, 0, 0, 1)
    assert not found.is_significant


def test_scoring_compare_is_the_same_each_time() -> None:
    assert compare(GOOD, BAD, resamples=50)["rouge_l"] == compare(GOOD, BAD, resamples=50)["rouge_l"]


def test_scoring_compare_refuses_models_of_different_captions() -> None:
    with pytest.raises(ValueError, match="different captions"):
        compare(GOOD, scored(SET[:5], WHOLE[:5]))


def test_scoring_compare_p_counts_resamples_on_the_smaller_side() -> None:
    assert _p(np.array([1.0] * 98 + [-1.0] * 2)) == pytest.approx(2 * 3 / 101)
    assert math.isnan(_p(np.array([np.nan])))


def test_scoring_intervals_of_a_mean_are_as_wide_as_its_standard_error_says() -> None:
    found = intervals(BAD, resamples=2000)["rouge_l"]
    values = BAD.rows[:, 2]
    error = values.std(ddof=0) / math.sqrt(len(values))
    assert found.value == pytest.approx(values.mean())
    assert found.high - found.low == pytest.approx(2 * 1.96 * error, rel=0.1)


def test_scoring_length_groups_share_the_captions_evenly() -> None:
    groups = length_groups(GOOD)
    assert [int(chosen.sum()) for chosen in groups.values()] == [20, 20, 20]
    assert next(iter(groups)).startswith("short (")


def test_scoring_profiles_say_what_is_never_said_over_said_and_turned() -> None:
    some = references(3)
    captions = [
        "She frowns and turns her head to the right.",
        "She frowns.",
        "She looks to the left.",
    ]
    some = [Annotation(a.id, a.video, text) for a, text in zip(some, captions, strict=True)]
    found = scored(some, ["She turns her head to the left and blinks.", "She blinks and blinks.", None])
    profiles = {profile.name: profile for profile in action_profiles(found)}
    assert profiles["brow_lower"].is_never_said
    assert (profiles["brow_lower"].missed, profiles["brow_lower"].rate) == (2, 0)
    assert profiles["blink"].rate == math.inf
    assert profiles["blink"].extra == 3
    assert (profiles["head_turn"].turned, profiles["head_turn"].recall) == (1, 1.0)
    assert turns(found) == {("head_turn", "right", "left"): 1}
    assert captions_with(found, "blink", "extra") == [1, 0]
    regions = {profile.name: profile for profile in region_profiles(found)}
    assert (regions["gaze"].missed, regions["eye"].extra, regions["brow"].missed) == (1, 3, 2)
    chosen = np.array([False, True, True])
    assert {profile.name for profile in action_profiles(found, chosen)} == {"brow_lower", "blink", "gaze"}
