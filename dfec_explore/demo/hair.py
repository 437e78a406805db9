"""Hair, headscarf and cap: what lies behind the head, and what lies on it."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from dfec_explore.demo.geometry import Points, Shape, both, curve, ellipse, mirrored, moved, ribbon, taper
from dfec_explore.demo.look import FaceLook
from dfec_explore.demo.palette import Palette

Controls = Sequence[tuple[float, float]]

# Right half of each style's mass behind the head, from the crown down; mirrored to the left.
BACK: dict[str, Controls] = {
    "long": [(0, -1.38), (0.7, -1.26), (1.1, -0.78), (1.2, 0.0), (1.26, 0.9), (1.3, 1.7), (1.12, 2.35), (0.6, 2.3)],
    "bob": [(0, -1.38), (0.72, -1.26), (1.13, -0.78), (1.22, -0.1), (1.27, 0.6), (1.14, 0.98), (0.8, 0.98)],
    "fringe": [(0, -1.38), (0.72, -1.26), (1.13, -0.78), (1.2, 0), (1.25, 0.8), (1.24, 1.5), (1.0, 1.86), (0.6, 1.8)],
    "tied": [(0, -1.36), (0.66, -1.24), (1.03, -0.8), (1.06, -0.2), (0.98, 0.3), (0.6, 0.6)],
    "medium": [(0, -1.38), (0.7, -1.27), (1.08, -0.8), (1.14, -0.1), (1.14, 0.5), (1.0, 0.86), (0.6, 0.8)],
    "short": [(0, -1.32), (0.64, -1.2), (0.98, -0.78), (1.02, -0.2), (0.94, 0.2), (0.5, 0.4)],
    "receding": [(0, -1.0), (0.6, -1.02), (0.98, -0.72), (1.02, -0.2), (0.94, 0.2), (0.5, 0.4)],
    "headscarf": [(0, -1.4), (0.74, -1.28), (1.14, -0.78), (1.22, 0), (1.14, 0.8), (1.0, 1.4), (1.3, 2.1), (0.9, 2.5)],
}
BACK_OF = {
    "long": "long", "bob": "bob", "fringe": "fringe", "bun": "tied", "ponytail": "tied", "headscarf": "headscarf",
    "medium": "medium", "side parting": "short", "crop": "short", "swept back": "short", "curly top": "short",
    "cap": "short", "receding": "receding",
}  # fmt: skip

# Each front is the outer edge of the hair and the hairline, both from left to right.
CAP_TOP: Controls = [
    (-1.03, 0.12), (-1.08, -0.35), (-1.0, -0.88), (-0.64, -1.33), (0, -1.49),
    (0.64, -1.33), (1.0, -0.88), (1.08, -0.35), (1.03, 0.12),
]  # fmt: skip
SHORT_TOP: Controls = [
    (-0.99, 0.1), (-1.03, -0.35), (-0.98, -0.88), (-0.64, -1.3), (0, -1.46),
    (0.64, -1.3), (0.98, -0.88), (1.03, -0.35), (0.99, 0.1),
]  # fmt: skip
HAIRLINES: dict[str, Controls] = {
    "long": [(-0.98, 0.5), (-0.9, -0.1), (-0.76, -0.55), (-0.36, -0.9), (0.02, -1.1), (0.36, -0.92), (0.74, -0.58),
             (0.9, -0.1), (0.98, 0.5)],
    "wavy": [(-0.99, 0.6), (-0.9, 0.05), (-0.84, -0.42), (-0.66, -0.74), (-0.38, -1.0), (-0.06, -1.0), (0.34, -0.86),
             (0.78, -0.55), (0.9, 0.0), (0.99, 0.6)],
    "bob": [(-0.98, 0.5), (-0.88, -0.1), (-0.8, -0.5), (-0.52, -0.78), (0.1, -0.98), (0.38, -1.1), (0.62, -0.82),
            (0.86, -0.45), (0.92, 0.0), (0.98, 0.5)],
    "fringe": [(-0.98, 0.5), (-0.87, -0.1), (-0.84, -0.5), (-0.6, -0.6), (-0.2, -0.655), (0.2, -0.655), (0.6, -0.6),
               (0.84, -0.5), (0.87, -0.1), (0.98, 0.5)],
    "bun": [(-0.96, 0.0), (-0.9, -0.4), (-0.66, -0.78), (-0.3, -0.95), (0, -0.99), (0.3, -0.95), (0.66, -0.78),
            (0.9, -0.4), (0.96, 0.0)],
    "ponytail": [(-0.97, 0.2), (-0.89, -0.3), (-0.78, -0.62), (-0.4, -0.86), (0.3, -1.04), (0.46, -1.04),
                 (0.7, -0.78), (0.9, -0.4), (0.96, 0.05)],
    "side parting": [(-0.965, 0.05), (-0.9, -0.36), (-0.82, -0.66), (-0.46, -0.84), (0.1, -0.92), (0.46, -1.02),
                     (0.7, -0.8), (0.88, -0.4), (0.965, 0.05)],
    "crop": [(-0.965, 0.05), (-0.92, -0.34), (-0.8, -0.64), (-0.6, -0.86), (-0.2, -0.93), (0.2, -0.93), (0.6, -0.86),
             (0.8, -0.64), (0.92, -0.34), (0.965, 0.05)],
    "swept back": [(-0.965, 0.05), (-0.91, -0.4), (-0.78, -0.74), (-0.62, -0.94), (-0.24, -1.02), (0, -0.98),
                   (0.24, -1.02), (0.62, -0.94), (0.78, -0.74), (0.91, -0.4), (0.965, 0.05)],
    "medium": [(-0.98, 0.4), (-0.88, -0.1), (-0.84, -0.46), (-0.6, -0.7), (-0.16, -0.98), (0.0, -1.1), (0.2, -0.98),
               (0.62, -0.7), (0.84, -0.46), (0.88, -0.1), (0.98, 0.4)],
    "headscarf": [(-0.92, 0.86), (-0.88, 0.2), (-0.87, -0.3), (-0.68, -0.72), (-0.3, -0.91), (0, -0.95), (0.3, -0.91),
                  (0.68, -0.72), (0.87, -0.3), (0.88, 0.2), (0.92, 0.86)],
}  # fmt: skip

# What falls in front of a shoulder: right lock, mirrored to the left.
LOCKS: dict[str, Controls] = {
    "long": [(0.9, -0.5), (1.08, -0.4), (1.13, 0.3), (1.2, 1.1), (1.24, 1.8), (1.1, 2.3), (0.9, 2.2), (0.94, 1.6),
             (0.9, 1.0), (0.93, 0.4)],
    "wavy": [(0.9, -0.4), (1.08, -0.35), (1.08, 0.1), (1.22, 0.5), (1.14, 0.9), (1.32, 1.35), (1.24, 1.75), (1.3, 2.2),
             (1.0, 2.3), (0.92, 1.9), (0.98, 1.5), (0.84, 1.1), (0.96, 0.7), (0.9, 0.3)],
}  # fmt: skip


def _whole(right: Controls) -> list[tuple[float, float]]:
    return [*right, *((-x, y) for x, y in reversed(right[1:]))]


@lru_cache(maxsize=2)
def _cloud(radius_x: float, radius_y: float, y: float, bumps: int) -> Points:
    """A mass of curls: an ellipse with a bumpy edge."""
    angle = np.linspace(0, 2 * np.pi, 160, endpoint=False)
    edge = 1 + 0.035 * np.abs(np.sin(bumps * angle / 2)) + 0.02 * np.sin(3 * angle + 1)
    return np.stack([radius_x * edge * np.cos(angle), y + radius_y * edge * np.sin(angle)], axis=1)


@lru_cache(maxsize=2)
def _waves() -> Points:
    right = [(0, -1.38), (0.72, -1.26), (1.14, -0.8), (1.17, -0.35), (1.3, 0.1), (1.22, 0.5), (1.4, 0.95),
             (1.3, 1.4), (1.46, 1.85), (1.2, 2.3), (0.7, 2.2)]  # fmt: skip
    return curve(_whole(right), per_piece=6, closed=True)


def behind(look: FaceLook, colours: Palette) -> list[Shape]:
    """Hair behind the head, which also falls over the shoulders."""
    if look.hair == "bald":
        return []
    dark = colours.clothes_shade if look.hair == "headscarf" else colours.hair_shade
    if look.hair == "curly":
        return [Shape(_cloud(1.42, 1.36, -0.28, 22), dark, lift=-0.3, surface=False)]
    if look.hair == "wavy":
        return [Shape(_waves(), dark, lift=-0.3, surface=False)]
    shapes = []
    if look.hair == "bun":
        shapes += [
            Shape(ellipse(0.0, -1.47, 0.46, 0.34, count=36), colours.hair_shade, -0.5, False),
            Shape(ellipse(-0.03, -1.51, 0.38, 0.26, count=36), colours.hair, -0.5, False),
        ]
    if look.hair == "ponytail":
        tail = curve(
            [(0.5, -1.2), (1.2, -1.0), (1.42, -0.2), (1.3, 0.7), (1.46, 1.3), (1.06, 1.0), (1.0, 0.0)], closed=True
        )
        shapes.append(Shape(tail, colours.hair_shade, -0.6, False))
    mass = curve(_whole(BACK[BACK_OF[look.hair]]), per_piece=6, closed=True)
    return [*shapes, Shape(mass, dark, lift=-0.3, surface=False)]


def around_neck(look: FaceLook, colours: Palette) -> list[Shape]:
    """What a headscarf lays over neck and shoulders; nothing else does."""
    if look.hair != "headscarf":
        return []
    wrap = curve(
        _whole([(0, 0.4), (0.9, 0.3), (1.04, 0.9), (1.12, 1.5), (1.36, 1.95), (1.2, 2.5), (0.7, 2.8), (0, 2.9)]),
        closed=True,
    )
    fold = curve([(-0.98, 0.95), (-0.7, 1.5), (-0.1, 1.85), (0.7, 2.02), (1.1, 1.98)])
    under = curve([(-0.8, 0.95), (-0.4, 1.32), (0.1, 1.44), (0.6, 1.3), (0.86, 0.95)])
    return [
        Shape(wrap, colours.clothes),
        Shape(ribbon(fold, 0.07 * taper(len(fold))), (*colours.clothes_shade, 200)),
        Shape(ribbon(under, 0.2 * taper(len(under))), (*colours.clothes_shade, 160)),
    ]


def _front(top: Controls, hairline: Controls) -> Points:
    return np.concatenate([curve(top), curve(hairline)[::-1]])


def on_head(look: FaceLook, colours: Palette) -> list[Shape]:
    """Hair in front of the head, down to the hairline."""
    if look.hair == "bald":
        return [Shape(ellipse(-0.3, -1.0, 0.22, 0.1, count=24), (*colours.skin_light, 110), lift=0.05)]
    if look.hair == "cap":
        return _cap(colours)
    if look.hair == "receding":
        return _receding(colours)
    if look.hair in ("curly", "curly top"):
        return _curls(look, colours)
    scarf = look.hair == "headscarf"
    fill = colours.clothes if scarf else colours.hair
    light = colours.clothes_light if scarf else colours.hair_light
    dark = colours.clothes_shade if scarf else colours.hair_shade
    top = SHORT_TOP if look.gender == "man" and look.hair != "medium" else CAP_TOP
    shade = moved(curve(HAIRLINES[look.hair]), 0, 0.055)
    shapes = [
        Shape(np.concatenate([shade, curve(HAIRLINES[look.hair])[::-1]]), (*colours.skin_deep, 80), lift=0.03),
        Shape(_front(top, HAIRLINES[look.hair]), fill, lift=0.06),
    ]
    if look.hair in LOCKS:
        lock = curve(LOCKS[look.hair], per_piece=6, closed=True)
        shapes[1:1] = [Shape(side, fill, surface=False) for side in both(lock)]
    strands = _scarf_folds() if scarf else _strands(look.hair)
    return shapes + [
        Shape(ribbon(line, width * taper(len(line))), (*(light if bright else dark), 150), lift=0.07)
        for line, width, bright in strands
    ]


Strand = tuple[Points, float, bool]


@lru_cache(maxsize=16)
def _strands(style: str) -> list[Strand]:
    """Lighter and darker strokes that follow the combing of a style."""
    if style in ("crop",):
        return [(curve([(-0.7, -1.1), (-0.3, -1.3), (0.2, -1.33), (0.6, -1.18)]), 0.07, True)]
    if style == "swept back":
        return [
            (curve([(x, -1.0), (x * 1.1, -1.2), (x * 0.9, -1.4)]), 0.045, index % 2 == 0)
            for index, x in enumerate((-0.55, -0.3, -0.05, 0.2, 0.45))
        ]
    if style == "bun":
        return [
            (curve([(x, y), (x * 0.75, -1.25), (x * 0.2, -1.45)]), 0.04, index % 2 == 0)
            for index, (x, y) in enumerate(
                ((-0.86, -0.6), (-0.55, -0.92), (-0.2, -1.04), (0.2, -1.04), (0.55, -0.92), (0.86, -0.6))
            )
        ]
    part = {"long": 0.02, "wavy": -0.34, "bob": 0.38, "ponytail": 0.4, "side parting": 0.46, "medium": 0.0}.get(style)
    if part is None:
        return [
            (curve([(x, -1.38 + 0.25 * x * x), (x * 1.12, -1.0), (x * 1.16, -0.7)]), 0.04, index % 2 == 0)
            for index, x in enumerate((-0.62, -0.36, -0.1, 0.16, 0.42, 0.66))
        ]
    lines: list[Strand] = []
    for index, reach in enumerate((0.35, 0.6, 0.85)):
        for sign in (-1, 1):
            end = (sign * (0.93 + 0.04 * index), -0.3 - 0.16 * index)
            across = part + sign * abs(sign - part) * reach * 0.8
            # Under the edge of the hair, however far out.
            middle = (across, max(-1.3 + 0.1 * (1 - reach), 0.1 - 1.44 * (1 - (across / 1.06) ** 2) ** 0.5))
            lines.append((curve([(part, -1.3), middle, end]), 0.05, index % 2 == 0))
    return lines


@lru_cache(maxsize=1)
def _scarf_folds() -> list[Strand]:
    fold = curve([(0.2, -1.3), (0.72, -1.02), (0.98, -0.4), (0.99, 0.4), (0.9, 0.95)])
    edge = curve([(0.0, -1.1), (0.5, -0.98), (0.86, -0.55), (0.94, 0.0), (0.93, 0.7)])
    return [(part, width, bright) for line, width, bright in ((fold, 0.05, False), (edge, 0.05, True))
            for part in (line, mirrored(line))]  # fmt: skip


def _cap(colours: Palette) -> list[Shape]:
    sides = curve([(-0.97, 0.1), (-1.03, -0.4), (-0.9, -0.62), (-0.91, -0.3)], closed=True)
    crown = _front(
        [(-1.05, -0.62), (-0.99, -1.05), (-0.62, -1.45), (0, -1.57), (0.62, -1.45), (0.99, -1.05), (1.05, -0.62)],
        [(-1.05, -0.62), (-0.5, -0.83), (0, -0.88), (0.5, -0.83), (1.05, -0.62)],
    )
    band = _front(
        [(-1.05, -0.82), (-0.5, -1.03), (0, -1.08), (0.5, -1.03), (1.05, -0.82)],
        [(-1.06, -0.6), (-0.5, -0.79), (0, -0.84), (0.5, -0.79), (1.06, -0.6)],
    )
    shapes = [Shape(side, colours.hair, lift=0.03) for side in both(sides)]
    shapes += [Shape(crown, colours.clothes, lift=0.1), Shape(band, colours.clothes_shade, lift=0.12)]
    for x in np.linspace(-0.75, 0.75, 9):
        rib = np.array([[x, -1.02 + 0.2 * x * x], [x * 0.93, -1.25 + 0.2 * x * x], [x * 0.66, -1.47 + 0.1 * x * x]])
        shapes.append(Shape(ribbon(rib, 0.024), (*colours.clothes_shade, 110), lift=0.11))
    return shapes


def _receding(colours: Palette) -> list[Shape]:
    tuft = curve(
        [(0.93, 0.15), (1.07, 0.05), (1.1, -0.4), (1.0, -0.78), (0.86, -0.86), (0.88, -0.5), (0.93, -0.2)], closed=True
    )
    light = curve([(1.03, -0.05), (1.04, -0.4), (0.96, -0.68)])
    shine = Shape(ellipse(-0.28, -1.02, 0.2, 0.08, count=24), (*colours.skin_light, 110), lift=0.05)
    strand = ribbon(light, 0.05 * taper(len(light)))
    tufts = [Shape(side, colours.hair, lift=0.02) for side in both(tuft)]
    return [shine, *tufts, *(Shape(side, (*colours.hair_light, 150), lift=0.03) for side in both(strand))]


@lru_cache(maxsize=2)
def _curl_fringe(style: str) -> Points:
    """Curls over the forehead: a bumpy band along the skull."""
    high = style == "curly"
    angle = np.linspace(np.pi * 0.99, np.pi * 2.01, 120)
    bumps = np.abs(np.sin(8.5 * angle))
    out = (1.22 if high else 1.08) + 0.05 * bumps
    outer = np.stack([out * np.cos(angle), -0.22 + (1.12 if high else 1.22) * out * np.sin(angle)], axis=1)
    inner_angle = angle[::-1]
    inward = np.abs(np.sin(7.5 * inner_angle))
    inner = np.stack(
        [(0.93 - 0.03 * inward) * np.cos(inner_angle), -0.18 + (0.72 + 0.06 * inward) * np.sin(inner_angle)], axis=1
    )
    return np.concatenate([outer, inner])


def _curls(look: FaceLook, colours: Palette) -> list[Shape]:
    shapes = [
        Shape(moved(_curl_fringe(look.hair), 0, 0.05), (*colours.skin_deep, 70), lift=0.03),
        Shape(_curl_fringe(look.hair), colours.hair, lift=0.05),
    ]
    for index, (x, y) in enumerate(
        (
            (-0.75, -0.95),
            (-0.45, -1.2),
            (-0.1, -1.1),
            (0.2, -1.28),
            (0.5, -1.08),
            (0.8, -0.88),
            (-0.92, -0.6),
            (0.95, -0.55),
        )
    ):
        arc = curve(
            [(x - 0.1, y + 0.04), (x - 0.03, y - 0.06), (x + 0.08, y - 0.03), (x + 0.09, y + 0.06)], per_piece=5
        )
        tone = colours.hair_light if index % 2 == 0 else colours.hair_shade
        shapes.append(Shape(ribbon(arc, 0.045 * taper(len(arc))), (*tone, 170), lift=0.08))
    return shapes
