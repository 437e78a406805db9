"""A caption against what is known of its clip; what is not known gives no flag."""

import pytest

from dfec_explore.checks import check_clip
from dfec_explore.language import analyse
from dfec_explore.model import Annotation, ClipMotion

BUSY = (
    "The video shows a man. At the beginning of the video, his mouth is closed. As the video progresses, he nods and "
    "blinks. In the middle of the video, he turns his head to the left and smiles. Towards the end of the video, his "
    "brows rise."
)
CALM = (
    "The video shows a man. At the beginning of the video, his mouth is closed. As the video progresses, there is no "
    "change in his expression."
)


@pytest.mark.parametrize(
    ("caption", "motion", "checks"),
    [
        (BUSY, ClipMotion(), set()),
        (BUSY, ClipMotion(duration=4.0, motion_mean=0.8, motion_p95=2.1, cuts=0, longest_still=0.0), set()),
        (BUSY, ClipMotion(motion_p95=0.0004), {"still-clip"}),
        (BUSY, ClipMotion(duration=4.0, motion_p95=0.3, longest_still=3.7), {"still-clip"}),
        (BUSY, ClipMotion(duration=4.0, motion_p95=0.3, longest_still=3.0), set()),
        (CALM, ClipMotion(motion_mean=0.8, motion_p95=2.1), {"moving-clip"}),
        (CALM, ClipMotion(duration=4.0, motion_mean=0.8, motion_p95=2.1, longest_still=2.5), set()),
        (CALM, ClipMotion(motion_mean=1.9, motion_p95=2.1), set()),
        (CALM, ClipMotion(motion_mean=0.8, motion_p95=2.1, cuts=2), {"several-shots"}),
        (CALM, ClipMotion(motion_p95=0.0004, motion_mean=0.0001), set()),
        (BUSY, ClipMotion(duration=0.6), {"too-much-for-clip"}),
    ],
)
def test_checks_clip_tell_movement_from_none(caption: str, motion: ClipMotion, checks: set[str]) -> None:
    flags = check_clip(Annotation("1", "DFEW/videos/1.mp4", caption), next(iter(analyse([caption]))), motion)
    assert {flag.check for flag in flags} == checks
