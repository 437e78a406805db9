"""Shoulders, clothes and neck of the person, in face units."""

import numpy as np

from dfec_explore.demo.geometry import Colour, Points, both, curve, mirrored, moved
from dfec_explore.demo.look import FaceLook
from dfec_explore.demo.palette import Palette

Outline = list[tuple[float, float]]
Area = tuple[Points, Colour]

# Right half of each neckline, from its lowest point to the shoulder.
NECKLINES: dict[str, Outline] = {
    "crew neck": [(0.0, 1.83), (0.3, 1.78), (0.56, 1.56)],
    "hoodie": [(0.0, 1.83), (0.3, 1.78), (0.56, 1.56)],
    "v-neck": [(0.0, 2.22), (0.3, 1.9), (0.54, 1.5)],
    "shirt": [(0.0, 2.1), (0.26, 1.84), (0.5, 1.5)],
    "blazer": [(0.0, 2.5), (0.32, 2.0), (0.56, 1.5)],
}
# Right half of each collar.
COLLARS: dict[str, Outline] = {
    "hoodie": [(0.62, 1.44), (0.98, 1.68), (0.86, 1.95), (0.4, 2.12), (0.0, 2.1), (0.0, 1.88), (0.36, 1.8)],
    "shirt": [(0.56, 1.46), (0.74, 1.62), (0.42, 2.14), (0.0, 2.1), (0.3, 1.85)],
    "blazer": [(0.6, 1.48), (0.92, 1.74), (0.78, 2.1), (0.05, 2.9), (0.0, 2.5), (0.34, 2.0)],
}


def _symmetric(right: Points) -> Points:
    """A closed outline, from its right half."""
    return np.concatenate([right, mirrored(right)[::-1]])


def shoulders(look: FaceLook, colours: Palette) -> list[Area]:
    """The still body: outlines and their colours, in drawing order."""
    wide = 2.1 if look.gender == "man" else 1.86
    slope = [(0.0, 1.52), (0.5, 1.5), (0.72, 1.64), (1.3, 1.88), (wide, 2.14), (wide + 0.22, 2.8), (wide + 0.3, 3.5)]
    hole = _symmetric(curve(NECKLINES[look.clothes]))
    arm = np.array([[wide * 0.8, 2.45], [wide * 0.86, 3.5], [wide * 0.78, 3.5]])
    areas: list[Area] = [
        (_symmetric(curve(slope)), colours.clothes),
        (moved(hole * (1.12, 1.0), 0, 0.075), colours.clothes_shade),
        (hole, colours.skin),
    ]
    areas += [(side, colours.clothes_shade) for side in both(arm)]
    return areas + _collar(look, colours)


def _collar(look: FaceLook, colours: Palette) -> list[Area]:
    if look.clothes not in COLLARS:
        return []
    flap = COLLARS[look.clothes]
    points = curve(flap, per_piece=4, closed=True) if look.clothes == "hoodie" else np.array(flap)
    tone = colours.clothes_shade if look.clothes == "blazer" else colours.clothes_light
    return [(side, tone) for side in both(points)]


def _neck_width(look: FaceLook) -> float:
    return 0.56 if look.gender == "man" else 0.46


def neck(look: FaceLook) -> Points:
    """The neck, from behind the jaw down into the neckline."""
    half = _neck_width(look)
    side = curve([(half * 0.96, 0.5), (half * 0.94, 1.2), (half * 1.02, 1.46), (half * 1.3, 1.66)], per_piece=6)
    low = curve([(half * 1.3, 1.66), (0.3, 1.8), (0, 1.84)], per_piece=6)
    return _symmetric(np.concatenate([side, low]))


def neck_shadow(look: FaceLook, *, chin_x: float, chin_y: float) -> Points:
    """Shadow that the head casts on the neck; it follows the chin."""
    reach, low = 0.95 * _neck_width(look), min(chin_y + 0.2, 1.54)
    edge = curve(
        [
            (reach, low - 0.26),
            (0.6 * reach + 0.4 * chin_x, low - 0.06),
            (chin_x, low),
            (0.4 * chin_x - 0.6 * reach, low - 0.06),
            (-reach, low - 0.26),
        ],
        per_piece=6,
    )
    return np.concatenate([np.array([[-reach, 0.5], [reach, 0.5]]), edge])
