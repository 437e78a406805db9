"""Shapes of the eyes and brows."""

from functools import lru_cache

import numpy as np

from dfec_explore.demo.geometry import Heights, Points, Shape, curve, ellipse, mirrored, ribbon, taper
from dfec_explore.demo.look import FaceLook
from dfec_explore.demo.motion import Pose
from dfec_explore.demo.palette import Palette

EYE_X, EYE_Y = 0.415, 0.0
HALF_WIDTH = 0.245
IRIS = 0.142
SPAN = np.linspace(-1, 1, 17)
"""Across an eye from its inner (-1) to its outer (1) corner."""
ARCH = (1 - SPAN**2) ** 0.72
BROW_WIDTHS = {"thin": 0.055, "straight": 0.078, "thick": 0.105}


def _canthal(across: Heights) -> Heights:
    # The outer corner stands a little higher than the inner one.
    return EYE_Y - 0.028 * across


def _lids(lid: float, squint: float) -> tuple[Heights, Heights, Heights]:
    """Heights of crease, upper and lower lid across an eye."""
    middle = _canthal(SPAN)
    shut = middle + 0.075 * ARCH
    upper = shut + lid * (-0.222 * ARCH)
    lower = np.maximum(middle + (0.105 - 0.07 * squint) * ARCH, upper)
    crease = middle - (0.222 + 0.09 * (min(lid, 1.45) - 1)) * ARCH**0.9
    return np.minimum(crease, upper - 0.02 * ARCH), upper, lower


def _inside(points: Points, upper: Heights, lower: Heights) -> Points:
    """Points of a round thing in the eye, held between the lids."""
    across = np.clip((points[:, 0] - EYE_X) / HALF_WIDTH, -1, 1)
    height = np.clip(points[:, 1], np.interp(across, SPAN, upper), np.interp(across, SPAN, lower))
    return np.stack([EYE_X + across * HALF_WIDTH, height], axis=1)


def eye(pose: Pose, look: FaceLook, colours: Palette, *, side: str) -> list[Shape]:
    """One eye, from the socket to the glint; ``side`` as seen on screen."""
    lid = pose.lid_left if side == "left" else pose.lid_right
    sign = -1 if side == "left" else 1
    crease, upper, lower = _lids(lid, max(pose.squint, 0.55 * pose.cheek))
    x = EYE_X + SPAN * HALF_WIDTH
    top, bottom = np.stack([x, upper], axis=1), np.stack([x, lower], axis=1)
    fold = np.stack([x, crease], axis=1)
    shapes = [
        Shape(np.concatenate([fold, top[::-1]]), colours.skin_shade),
        Shape(np.concatenate([top, bottom[::-1]]), colours.eye_white),
    ]
    if lid > 0.08:
        shapes += _eyeball(pose, colours, sign=sign, lid=lid, upper=upper, lower=lower)
    shapes += _lashes(look, colours, top=top, bottom=bottom, fold=fold, lid=lid)
    return [shape if sign > 0 else shape._replace(points=mirrored(shape.points)) for shape in shapes]


def _eyeball(pose: Pose, colours: Palette, *, sign: int, lid: float, upper: Heights, lower: Heights) -> list[Shape]:
    # The iris sinks a little with a drooping lid, as eyes do.
    x = EYE_X + sign * pose.gaze_x * 0.105
    y = EYE_Y - 0.024 + pose.gaze_y * 0.085 + 0.03 * max(0.0, 1 - lid)
    span = EYE_X + SPAN * HALF_WIDTH
    shade = np.minimum(upper + 0.045, lower)
    glint_x, glint_y = x + sign * -0.045, y - 0.05
    return [
        Shape(_inside(ellipse(x, y, IRIS, IRIS), upper, lower), colours.iris_rim),
        Shape(_inside(ellipse(x, y + 0.008, IRIS * 0.84, IRIS * 0.84), upper, lower), colours.iris),
        Shape(_inside(ellipse(x, y, IRIS * 0.48, IRIS * 0.48, count=20), upper, lower), colours.pupil),
        Shape(
            np.concatenate([np.stack([span, upper], axis=1), np.stack([span, shade], axis=1)[::-1]]),
            (*colours.pupil, 46),
        ),
        Shape(_inside(ellipse(glint_x, glint_y, 0.034, 0.034, count=14), upper, lower), colours.teeth),
        Shape(
            _inside(ellipse(x - sign * -0.05, y + 0.06, 0.016, 0.016, count=10), upper, lower), (*colours.teeth, 150)
        ),
    ]


def _lashes(look: FaceLook, colours: Palette, *, top: Points, bottom: Points, fold: Points, lid: float) -> list[Shape]:
    woman = look.gender == "woman"
    weight = np.linspace(0.022, 0.058 if woman else 0.04, len(SPAN))
    shapes = [
        Shape(ribbon(bottom[2:], 0.012), (*colours.skin_deep, 150)),
        Shape(ribbon(fold[1:-1], 0.02 * taper(len(SPAN) - 2)), (*colours.skin_deep, round(210 * min(1, 0.3 + lid)))),
        Shape(ribbon(top, weight), colours.lash),
    ]
    if woman:
        outer = top[-1]
        wing = curve([tuple(top[-3]), tuple(outer), (outer[0] + 0.06, outer[1] - 0.045)], per_piece=4)
        shapes.append(Shape(ribbon(wing, np.linspace(0.05, 0.006, len(wing))), colours.lash))
    return shapes


@lru_cache(maxsize=8)
def _brow_widths(kind: str, count: int) -> Heights:
    across = np.linspace(0, 1, count)
    return BROW_WIDTHS[kind] * np.interp(across, [0, 0.12, 0.5, 1], [0.75, 1.0, 0.95, 0.14])


def brow(pose: Pose, look: FaceLook, colours: Palette, *, side: str) -> Shape:
    """One eyebrow; ``side`` as seen on screen."""
    up = pose.brow_up_left if side == "left" else pose.brow_up_right
    knit = max(pose.brow_knit, 0.45 * pose.nose)
    arch = 0.05 if look.brows == "straight" else 0.085
    line = curve(
        [
            (0.165 - 0.06 * knit, -0.335 - 0.15 * up + 0.125 * knit),
            (0.30 - 0.04 * knit, -0.372 - 0.19 * up + 0.075 * knit),
            (0.50 - 0.01 * knit, -0.345 - arch - 0.185 * up + 0.03 * knit),
            (0.715, -0.30 - 0.125 * up + 0.01 * knit),
        ],
        per_piece=6,
    )
    points = ribbon(line, _brow_widths(look.brows, len(line)))
    return Shape(points if side == "right" else mirrored(points), colours.brow, lift=0.04)
