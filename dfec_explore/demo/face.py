"""The head without its hair: outline, ears, neck, nose, folds, glasses, and the order in which all is drawn."""

from functools import lru_cache

import numpy as np

from dfec_explore.demo.eyes import EYE_X, EYE_Y, brow, eye
from dfec_explore.demo.geometry import Points, Shape, both, curve, ellipse, ribbon, ring, taper
from dfec_explore.demo.look import FaceLook
from dfec_explore.demo.motion import Pose
from dfec_explore.demo.mouth import MouthLines, beard, mouth
from dfec_explore.demo.palette import Palette

CHIN_Y = 1.2
PER_PIECE = 8
CHIN = 8 * PER_PIECE
"""Which point of the outline is the tip of the chin."""


def outline(pose: Pose, look: FaceLook) -> Points:
    """Outline of the face, clockwise from the top, 8 points a piece."""
    w, j = look.width, look.jaw
    puff, smile = pose.puff, max(pose.corner, 0) * 0.025 + pose.cheek * 0.02
    drop = 0.13 * pose.jaw + 0.07 * pose.open
    right = [
        (0.50 * w, -1.14),
        (0.86 * w, -0.76),
        (0.965 * w, -0.25),
        (0.945 * w + smile, 0.20),
        (0.87 * w * (0.5 + 0.5 * j) + 0.17 * puff + smile, 0.58 + 0.2 * drop),
        (0.66 * w * j + 0.15 * puff, 0.92 + 0.6 * drop),
        (0.35 * w * j, CHIN_Y - 0.03 + drop),
    ]
    left = [(-x, y) for x, y in reversed(right)]
    return curve([(0.0, -1.26), *right, (0.0, CHIN_Y + 0.035 + drop), *left], per_piece=PER_PIECE, closed=True)


def lower_outline(points: Points) -> Points:
    """The part of an outline from the left ear down round the chin to the right ear."""
    return points[4 * PER_PIECE : 13 * PER_PIECE][::-1]


@lru_cache(maxsize=1)
def _ear() -> tuple[Points, Points]:
    shell = curve(
        [(0.90, -0.12), (1.03, -0.17), (1.105, -0.04), (1.06, 0.16), (0.98, 0.31), (0.90, 0.27)],
        per_piece=6,
        closed=True,
    )
    fold = curve([(0.975, -0.07), (1.045, -0.06), (1.035, 0.07), (0.975, 0.16)], per_piece=5)
    return shell, ribbon(fold, 0.03 * taper(len(fold)))


def ears(look: FaceLook, colours: Palette) -> list[Shape]:
    """Sides of the head and both ears, with earrings; nothing where a headscarf covers them."""
    if look.hair == "headscarf":
        return []
    shell, fold = _ear()
    # The side of the head, which a turn brings into view between cheek and ear.
    shapes = [Shape(ellipse(0, -0.32, 0.955, 0.94, count=40), colours.skin_side, lift=-0.12, surface=False)]
    parts = [(shell, colours.skin), (fold, colours.skin_deep)]
    if look.earrings:
        parts.append((ellipse(0.985, 0.36, 0.05, 0.065, count=16), colours.gold))
    return shapes + [Shape(side, fill, lift=-0.12, surface=False) for part, fill in parts for side in both(part)]


def nose(pose: Pose, colours: Palette) -> list[Shape]:
    """Shaded side, tip and nostrils; wrinkles across the bridge when it is scrunched."""
    up = 0.035 * pose.nose
    side = curve([(0.07, -0.16), (0.075, 0.1), (0.135, 0.30 - up), (0.15, 0.385 - up), (0.06, 0.43 - up)], per_piece=5)
    inner = curve([(0.03, 0.39 - up), (0.045, 0.25), (0.03, 0.05), (0.045, -0.16)], per_piece=5)
    base = curve([(-0.135, 0.375 - up), (-0.09, 0.425 - up), (0, 0.445 - up), (0.09, 0.425 - up), (0.135, 0.375 - up)])
    shapes = [
        Shape(np.concatenate([side, inner]), (*colours.skin_deep, 70), lift=0.13),
        Shape(ellipse(-0.012, 0.325 - up, 0.05, 0.042, count=18), (*colours.skin_light, 120), lift=0.2),
        Shape(ribbon(base, 0.024 * taper(len(base))), colours.skin_deep, lift=0.14),
    ]
    if pose.nose > 0.05:
        for y, reach in ((-0.02, 0.1), (0.06, 0.115), (0.135, 0.1)):
            line = curve([(-reach, y + 0.02), (0, y - 0.02), (reach, y + 0.02)], per_piece=5)
            shapes.append(_crease(line, pose.nose, colours, lift=0.12))
        wing = curve([(0.14, 0.22), (0.205, 0.32), (0.19, 0.42)], per_piece=5)
        shapes += [_crease(side, pose.nose, colours) for side in both(wing)]
    return shapes


def _crease(line: Points, strength: float, colours: Palette, *, lift: float = 0.01, width: float = 0.026) -> Shape:
    alpha = round(200 * min(max(strength, 0.0), 1.0))
    return Shape(ribbon(line, width * taper(len(line))), (*colours.skin_deep, alpha), lift=lift)


def folds(pose: Pose, look: FaceLook, colours: Palette) -> list[Shape]:
    """Wrinkles that come with an action, and those that come with age."""
    aged = {"young": 0.0, "middle-aged": 0.28, "elderly": 0.6}[look.age]
    shapes = []
    raised = max(pose.brow_up_left, pose.brow_up_right)
    for index, y in enumerate((-0.66, -0.78)):
        strength = 0.75 * raised + 0.5 * aged * (aged > 0.5)
        if strength > 0.04:
            reach = 0.42 - 0.08 * index
            line = curve([(-reach, y + 0.02), (-0.15, y - 0.02), (0.15, y - 0.02), (reach, y + 0.02)], per_piece=5)
            shapes.append(_crease(line, strength, colours))
    if pose.brow_knit > 0.04:
        line = curve([(0.055, -0.40), (0.04, -0.31), (0.055, -0.22)], per_piece=4)
        shapes += [_crease(side, 1.1 * pose.brow_knit, colours, width=0.03) for side in both(line)]
    cheek = max(pose.cheek, 0.75 * max(pose.corner, 0), 0.7 * pose.nose)
    return shapes + _cheek_folds(cheek, aged, colours) + _puffed(pose, colours)


def _cheek_folds(cheek: float, aged: float, colours: Palette) -> list[Shape]:
    shapes = []
    laugh = curve([(0.215, 0.40), (0.40 + 0.05 * cheek, 0.54), (0.47 + 0.06 * cheek, 0.74)], per_piece=6)
    bag = curve([(0.24, 0.155), (0.38, 0.20), (0.56, 0.15)], per_piece=5)
    for line, strength in ((laugh, max(0.55 * cheek, 0.75 * aged)), (bag, max(0.45 * cheek, 0.6 * aged))):
        if strength > 0.04:
            shapes += [_crease(side, strength, colours) for side in both(line)]
    crow = max(aged - 0.3, 0.6 * cheek - 0.25)
    if crow > 0.04:
        for dy in (-0.05, 0.02):
            line = curve([(0.70, 0.0 + dy), (0.77, dy), (0.82, 0.02 + 2 * dy)], per_piece=3)
            shapes += [_crease(side, crow, colours, width=0.018) for side in both(line)]
    return shapes


def _puffed(pose: Pose, colours: Palette) -> list[Shape]:
    if pose.puff < 0.04:
        return []
    edge = curve([(0.36, 0.5), (0.33, 0.7), (0.42, 0.9)], per_piece=5)
    shine = ellipse(0.62, 0.56, 0.14, 0.1, count=20)
    shapes = [Shape(side, (*colours.skin_light, round(90 * pose.puff))) for side in both(shine)]
    return shapes + [_crease(side, 0.7 * pose.puff, colours) for side in both(edge)]


@lru_cache(maxsize=4)
def _lens(kind: str) -> Points:
    if kind == "round":
        return ellipse(EYE_X, EYE_Y + 0.03, 0.325, 0.305, count=40)
    angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    # A superellipse: a rectangle with round corners.
    x, y = (np.sign(f(angle)) * np.abs(f(angle)) ** 0.45 for f in (np.cos, np.sin))
    return np.stack([EYE_X + 0.02 + 0.335 * x, EYE_Y + 0.035 + 0.225 * y], axis=1)


def glasses(look: FaceLook, colours: Palette) -> list[Shape]:
    """Rims, bridge and arms."""
    if look.glasses == "none":
        return []
    lens = _lens(look.glasses)
    width = 0.05 if look.glasses == "rectangular" else 0.032
    inner = float(lens[:, 0].min())
    rim = ring(lens, width)
    bridge = curve([(-inner, -0.03), (0, -0.075), (inner, -0.03)], per_piece=5)
    arm = np.array([[float(lens[:, 0].max()), -0.03], [0.95, -0.06]])
    shapes = [Shape(ribbon(bridge, width), colours.frame, lift=0.16)]
    shapes += [Shape(side, (255, 255, 255, 22), lift=0.1) for side in both(lens)]
    shapes += [Shape(side, colours.frame, lift=0.1) for side in both(rim)]
    return shapes + [Shape(side, colours.frame, lift=0.02) for side in both(ribbon(arm, width))]


def features(pose: Pose, look: FaceLook, colours: Palette, edge: Points) -> list[Shape]:
    """Everything on the face, in drawing order; ``edge`` is the face's outline."""
    lines = MouthLines(pose, look)
    shapes = folds(pose, look, colours)
    shapes += beard(lines, lower_outline(edge), look, colours)
    shapes += nose(pose, colours)
    shapes += mouth(lines, pose, colours)
    for side in ("left", "right"):
        shapes += eye(pose, look, colours, side=side)
    return shapes


def over_hair(pose: Pose, look: FaceLook, colours: Palette) -> list[Shape]:
    """What is drawn above a fringe, so that no action hides behind hair."""
    return [brow(pose, look, colours, side=side) for side in ("left", "right")] + glasses(look, colours)
