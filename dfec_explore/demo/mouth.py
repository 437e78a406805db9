"""Shapes of the mouth, and of what grows around it."""

import numpy as np

from dfec_explore.demo.geometry import Heights, Points, Shape, curve, ellipse, mirrored, ribbon, taper
from dfec_explore.demo.look import FaceLook
from dfec_explore.demo.motion import Pose
from dfec_explore.demo.palette import Palette

MOUTH_Y = 0.745
SPAN = np.linspace(-1, 1, 25)
"""Across the mouth from corner to corner."""
HUMP = 1 - SPAN**2
BOW = np.exp(-(((np.abs(SPAN) - 0.24) / 0.2) ** 2)) - 0.55 * np.exp(-((SPAN / 0.12) ** 2))
"""Cupid's bow: two peaks and a dip."""


class MouthLines:
    """The four lines of a mouth: outer and inner edge of the upper and of the lower lip, as heights over ``x``."""

    def __init__(self, pose: Pose, look: FaceLook) -> None:
        full = 1.0 if look.gender == "woman" else 0.8
        if look.age == "elderly":
            full *= 0.72
        smile, frown = max(pose.corner, 0.0), max(-pose.corner, 0.0)
        width = 0.34 * (
            1
            + 0.24 * smile
            + 0.24 * pose.stretch
            - 0.42 * pose.pucker
            - 0.3 * pose.puff
            + 0.04 * frown
            - 0.1 * pose.jaw
        )
        gap = max(pose.open, 0.34 * pose.teeth) * (1 - 0.35 * pose.pucker)
        thin = (1 - 0.66 * pose.press) * (1 + 0.35 * pose.pucker) * (1 - 0.18 * smile - 0.15 * pose.stretch)
        self.x: Heights = SPAN * width
        middle = MOUTH_Y + 0.03 * pose.press - 0.015 * pose.puff
        rest = -0.022 * np.abs(SPAN) ** 2.5
        bend = rest + (-0.135 * smile + 0.12 * frown) * np.abs(SPAN) ** 1.7 + (0.05 * smile - 0.05 * frown) * HUMP
        self.inner_top: Heights = middle + bend - 0.055 * gap * HUMP**0.8
        self.inner_bottom: Heights = middle + bend + (0.31 * gap + 0.08 * pose.jaw * gap) * HUMP**0.62
        self.outer_top: Heights = self.inner_top - full * thin * (0.05 * HUMP**0.8 + 0.024 * BOW * HUMP)
        self.outer_bottom: Heights = self.inner_bottom + full * thin * 0.105 * HUMP**0.7
        self.gap = gap
        self.width = width

    def line(self, heights: Heights) -> Points:
        """One of the lines as points."""
        return np.stack([self.x, heights], axis=1)

    def band(self, top: Heights, bottom: Heights) -> Points:
        """What lies between two lines."""
        return np.concatenate([self.line(top), self.line(bottom)[::-1]])


def mouth(lines: MouthLines, pose: Pose, colours: Palette) -> list[Shape]:
    """Lips, and what shows between them."""
    shapes = [
        Shape(lines.band(lines.outer_top, lines.inner_top), colours.lip_shade),
        Shape(lines.band(lines.inner_bottom, lines.outer_bottom), colours.lip),
    ]
    shapes += _lower_light(lines, colours)
    if lines.gap > 0.03:
        shapes += _inside(lines, pose, colours)
    shapes.append(Shape(ribbon(lines.line(lines.inner_top), 0.016 + 0.014 * taper(len(SPAN))), _seam(colours)))
    if pose.tongue > 0.05:
        shapes += _tongue_out(lines, pose, colours)
    shapes += _corner_marks(lines, pose, colours)
    return shapes


def _seam(colours: Palette) -> tuple[int, ...]:
    return (*colours.mouth, 235)


def _lower_light(lines: MouthLines, colours: Palette) -> list[Shape]:
    thickness = float((lines.outer_bottom - lines.inner_bottom)[len(SPAN) // 2])
    if thickness < 0.04:
        return []
    y = float(lines.inner_bottom[len(SPAN) // 2]) + 0.42 * thickness
    return [Shape(ellipse(0, y, 0.3 * lines.width, 0.17 * thickness, count=18), (*colours.skin_light, 90))]


def _inside(lines: MouthLines, pose: Pose, colours: Palette) -> list[Shape]:
    top, bottom = lines.inner_top, lines.inner_bottom
    shapes = [Shape(lines.band(top, bottom), colours.mouth)]
    if pose.tongue < 0.3:
        rise = np.minimum(0.13, 0.4 * (bottom - top)) * (HUMP > 0.3)
        hill = np.maximum(bottom - rise * np.clip(1.35 * HUMP - 0.45, 0, 1), top)
        shapes.append(Shape(lines.band(hill, bottom), (*colours.tongue, 190)))
    if pose.teeth > 0.02:
        edge = np.minimum(top + pose.teeth * 0.105 * HUMP**0.35, bottom)
        shapes.append(Shape(lines.band(top, edge), colours.teeth))
        shapes.append(Shape(ribbon(lines.line(edge)[2:-2], 0.01), (*colours.eye_shade, 160)))
    return shapes


def _tongue_out(lines: MouthLines, pose: Pose, colours: Palette) -> list[Shape]:
    y = float(lines.inner_bottom[len(SPAN) // 2])
    points = ellipse(0, y - 0.02, 0.16, 0.17 * pose.tongue)
    points[:, 1] = np.maximum(points[:, 1], y - 0.07)
    groove = np.array([[0, y - 0.06], [0, y], [0, y + 0.09 * pose.tongue]])
    return [
        Shape(points, colours.tongue, lift=0.05),
        Shape(ribbon(groove, 0.018), (*colours.lip_shade, 200), lift=0.05),
    ]


def _corner_marks(lines: MouthLines, pose: Pose, colours: Palette) -> list[Shape]:
    """Small shadows at the corners, deeper in a smile, and one under the lower lip."""
    strength = min(1.0, 0.35 + 0.5 * abs(pose.corner) + 0.5 * pose.press + 0.4 * pose.stretch)
    shapes = []
    for end, sign in ((0, -1), (-1, 1)):
        x, y = float(lines.x[end]), float(lines.inner_top[end])
        mark = np.array([[x - sign * 0.01, y - 0.03], [x + sign * 0.028, y], [x + sign * 0.012, y + 0.035]])
        shapes.append(Shape(ribbon(mark, 0.022), (*colours.skin_deep, round(200 * strength))))
    y = float(lines.outer_bottom[len(SPAN) // 2]) + 0.06
    under = np.array([[-0.12, y], [-0.06, y + 0.022], [0.06, y + 0.022], [0.12, y]])
    shapes.append(Shape(ribbon(under, 0.028 * taper(4)), (*colours.skin_deep, 90)))
    return shapes


def beard(lines: MouthLines, outline: Points, look: FaceLook, colours: Palette) -> list[Shape]:
    """Hair of the lower face; ``outline`` is the lower part of the face from its left to its right ear."""
    if look.beard == "none":
        return []
    fill = (*colours.hair, 50) if look.beard == "stubble" else colours.hair
    tache = _moustache(lines, colours.hair)
    if look.beard == "moustache":
        return [tache]
    full = look.beard == "full beard"
    cheek = [(0.95, 0.1), (0.84, 0.36), (0.62, 0.56)] if full else [(0.95, 0.2), (0.85, 0.52), (0.64, 0.7)]
    right = curve([*cheek, (0.42, 0.60), (0.2, 0.545), (0.0, 0.56)], per_piece=6)
    if full:
        outline = outline * (1.02, 1.0) + np.clip(outline[:, 1:] - 0.5, 0, 1) * (0, 0.1)
    shapes = [Shape(np.concatenate([outline, right, mirrored(right)[-2::-1]]), fill)]
    if look.beard == "stubble":
        return shapes
    edge = lines.line(lines.outer_top - 0.02) * (1.12, 1) + (0, 0.02)
    return [*shapes, Shape(ribbon(edge, 0.03 * taper(len(edge))), (*colours.hair_shade, 130))]


def _moustache(lines: MouthLines, fill: tuple[int, ...]) -> Shape:
    reach = lines.width + 0.12
    x = SPAN * reach
    bottom = np.interp(x, lines.x, lines.outer_top) + 0.012 + 0.13 * np.clip(np.abs(SPAN) - 0.72, 0, 1)
    top = bottom - 0.02 - 0.115 * np.clip(1.15 - np.abs(SPAN) ** 2, 0, 1) + 0.02 * np.exp(-((SPAN / 0.1) ** 2))
    return Shape(np.concatenate([np.stack([x, top], axis=1), np.stack([x, bottom], axis=1)[::-1]]), fill, lift=0.04)
