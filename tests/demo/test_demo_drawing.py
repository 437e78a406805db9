"""That the drawn face does what its timeline says, where and when it says it."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from dfec_explore.demo import TimedAction
from dfec_explore.demo.look import FaceLook
from dfec_explore.demo.motion import TARGETS, Motion, Pose, ease
from dfec_explore.demo.render import Stage
from dfec_explore.demo.scene import read_scenes

MAN = FaceLook(
    gender="man", age="young", skin="light", hair="crop", hair_colour="brown", eyes="brown", brows="straight",
    beard="none", glasses="none", earrings=False, clothes="crew neck", clothes_colour="teal", width=1.0, jaw=1.0,
)  # fmt: skip
SCENE = read_scenes()["RAVDESS"][0]
# In face units from the middle of the face: left, top, right, bottom.
EYES = (-0.75, -0.28, 0.75, 0.24)
LEFT_EYE = (-0.75, -0.28, -0.1, 0.24)
RIGHT_EYE = (0.1, -0.28, 0.75, 0.24)
BROWS = (-0.8, -0.62, 0.8, -0.26)
MOUTH = (-0.5, 0.55, 0.5, 1.1)


@pytest.fixture(scope="module")
def stage() -> Stage:
    return Stage(MAN, SCENE, seed=1)


def region(image: Image.Image, box: tuple[float, float, float, float]) -> NDArray[np.float64]:
    x, y = SCENE.place[0] * image.width, SCENE.place[1] * image.height
    left, top, right, bottom = (round(value * SCENE.unit) for value in box)
    return np.asarray(image.crop((round(x) + left, round(y) + top, round(x) + right, round(y) + bottom)), dtype=float)


def changed(a: Image.Image, b: Image.Image, box: tuple[float, float, float, float]) -> float:
    """Mean difference of a region, 0 to 255."""
    return float(np.abs(region(a, box) - region(b, box)).mean())


def pose(*actions: TimedAction, time: float) -> Pose:
    return Motion(actions, duration=3.0, seed=0).at(time)


def act(action: str, start: float = 1.0, stop: float = 1.5, **more: str) -> TimedAction:
    return TimedAction(action, start, stop, "progress", **more)


def test_demo_drawing_a_blink_changes_the_eyes_and_not_the_mouth(stage: Stage) -> None:
    blink = act("blink", 1.0, 1.32)
    still, shut = (stage.frame(pose(*actions, time=1.14)) for actions in ((), (blink,)))
    assert changed(still, shut, EYES) > 5
    assert changed(still, shut, MOUTH) == 0


def test_demo_drawing_before_and_after_a_blink_the_face_is_as_without_it(stage: Stage) -> None:
    for time in (0.96, 1.36):
        assert pose(act("blink", 1.0, 1.32), time=time) == pose(time=time)


def test_demo_drawing_a_wink_closes_the_eye_on_the_named_side_of_the_screen(stage: Stage) -> None:
    wink = act("wink", 1.0, 1.5, side="left")
    still, winking = (stage.frame(pose(*actions, time=1.2)) for actions in ((), (wink,)))
    assert changed(still, winking, LEFT_EYE) > 3 * changed(still, winking, RIGHT_EYE)


@pytest.mark.parametrize(
    ("action", "box"),
    [
        ("brow_raise", BROWS),
        ("brow_lower", BROWS),
        ("eyes_widen", EYES),
        ("lid_droop", EYES),
        ("eyes_close", EYES),
        ("eyes_squint", EYES),
        ("mouth_open", MOUTH),
        ("jaw_drop", MOUTH),
        ("lip_corner_pull", MOUTH),
        ("lip_corner_depress", MOUTH),
        ("lip_stretch", MOUTH),
        ("lip_press", MOUTH),
        ("lip_pucker", MOUTH),
        ("teeth_show", MOUTH),
        ("tongue_show", MOUTH),
        ("cheek_puff", (-1.3, 0.3, 1.3, 1.1)),
        ("cheek_raise", (-0.7, -0.1, 0.7, 0.8)),
        ("nose_wrinkle", (-0.35, -0.2, 0.35, 0.5)),
        ("head_up", (-1.2, -1.5, 1.2, 1.4)),
        ("head_down", (-1.2, -1.5, 1.2, 1.4)),
        ("speak", MOUTH),
        ("head_nod", (-1.2, -1.5, 1.2, 1.4)),
        ("head_shake", (-1.2, -1.5, 1.2, 1.4)),
    ],
)
def test_demo_drawing_an_action_shows_in_its_place_only_once_it_has_begun(
    stage: Stage, action: str, box: tuple[float, float, float, float]
) -> None:
    movement = act(action, 1.0, 2.0)
    assert pose(movement, time=0.99) == pose(time=0.99)
    shown = max(
        changed(stage.frame(pose(time=time)), stage.frame(pose(movement, time=time)), box) for time in (1.3, 1.7, 2.0)
    )
    assert shown > 2


@pytest.mark.parametrize(
    ("direction", "x", "y"),
    [
        ("left", -1, 0), ("right", 1, 0), ("up", 0, -1), ("down", 0, 1),
        ("up-left", -1, -1), ("up-right", 1, -1), ("down-left", -1, 1), ("down-right", 1, 1),
    ],
)  # fmt: skip
def test_demo_drawing_the_pupil_goes_where_the_gaze_does_as_seen_on_screen(
    stage: Stage, direction: str, x: int, y: int
) -> None:
    def pupil(picture: Image.Image) -> NDArray[np.float64]:
        # The pupil is darker than lashes and iris.
        rows, columns = (region(picture, LEFT_EYE).mean(axis=2) < 30).nonzero()
        return np.array([columns.mean(), rows.mean()])

    moved = pupil(stage.frame(pose(act("gaze", direction=direction), time=2.0))) - pupil(stage.frame(pose(time=2.0)))
    assert np.sign(np.where(np.abs(moved) < 0.7, 0, moved)).tolist() == [x, y]


@pytest.mark.parametrize(
    ("action", "direction", "channel", "sign"),
    [
        ("head_turn", "left", "yaw", -1),
        ("head_turn", "right", "yaw", 1),
        ("head_tilt", "left", "roll", -1),
        ("head_tilt", "right", "roll", 1),
        ("head_tilt", "up", "pitch", 1),
        ("head_tilt", "down", "pitch", -1),
    ],
)
def test_demo_drawing_the_head_goes_to_the_named_side(action: str, direction: str, channel: str, sign: int) -> None:
    assert getattr(pose(act(action, direction=direction), time=2.0), channel) * sign > 0.5


def test_demo_drawing_a_turned_head_has_its_nose_on_that_side(stage: Stage) -> None:
    from dfec_explore.demo.geometry import View, turn

    tip, depth = np.array([[0.0, 0.3]]), np.array([0.6])
    views = [View(yaw=yaw, pitch=0, roll=0, centre=(0, 0), unit=1) for yaw in (-0.4, 0, 0.4)]
    left, ahead, right = (float(turn(tip, depth, view)[0, 0]) for view in views)
    assert left < ahead == 0 < right


def test_demo_drawing_nothing_moves_but_for_the_sway_when_nothing_happens() -> None:
    early, late = pose(time=0.5), pose(time=2.5)
    for name in ("lid_left", "open", "corner", "gaze_x", "brow_knit"):
        assert getattr(early, name) == getattr(late, name) == getattr(Pose(), name)
    # Under a degree and a half of the 30 that make a turn.
    assert abs(early.yaw - late.yaw) < 0.05


def test_demo_drawing_a_state_holds_from_the_first_frame() -> None:
    assert pose(TimedAction("eyes_close", 0.0, 0.0, "begin"), time=0.0).lid_left == 0


def test_demo_drawing_an_action_lasts_until_another_undoes_it() -> None:
    opened, closed = act("mouth_open", 0.5, 0.8), act("mouth_close", 2.0, 2.3)
    assert pose(opened, closed, time=1.9).open > 0.5
    assert pose(opened, closed, time=2.4).open == 0


def test_demo_drawing_speech_moves_the_mouth_until_it_stops() -> None:
    speech = Motion((act("speak", 0.5, 0.5), act("speak_stop", 1.5, 1.5)), duration=3.0, seed=0)
    talking = [speech.at(time).open for time in np.arange(0.7, 1.4, 0.04)]
    assert max(talking) - min(talking) > 0.2
    assert speech.at(0.4).open == speech.at(1.7).open == 0


@pytest.mark.parametrize("action", sorted(TARGETS))
def test_demo_drawing_targets_name_channels_that_exist(action: str) -> None:
    assert set(TARGETS[action]) <= set(Pose.__dataclass_fields__)


def test_demo_drawing_easing_starts_and_stops_at_rest() -> None:
    assert (ease(-1), ease(0), ease(0.5), ease(1), ease(2)) == (0, 0, 0.5, 1, 1)
    assert ease(0.01) < 0.001


@pytest.mark.parametrize("source", sorted(read_scenes()))
def test_demo_drawing_every_scene_fills_its_picture(source: str) -> None:
    for scene in read_scenes()[source]:
        picture = Stage(MAN, scene, seed=2).frame(Pose())
        assert picture.size == scene.size
        # yuv420p needs even sides.
        assert all(side % 2 == 0 for side in scene.size)
        assert len(picture.resize((64, 36)).getcolors(4000) or ()) > 200
