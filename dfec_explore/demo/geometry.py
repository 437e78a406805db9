"""Curves and the turning of points in space, in face units: 1 is half the width of a face, y points down."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""Shape (n, 2): x to the right of the screen, y down."""
Heights = NDArray[np.float64]
"""Shape (n,): y along a line whose x is known."""
Colour = tuple[int, ...]
"""Red, green, blue and, where it is see-through, alpha; each 0..255."""

NECK = np.array([0.0, 1.35])
"""What the head tilts about."""


class Shape(NamedTuple):
    """One polygon of a drawing, in face units, before the head is turned."""

    points: Points
    fill: Colour
    lift: float = 0.0
    """How far it stands out of the surface that it follows."""
    surface: bool = True
    """Whether it follows the curved surface of the face; else ``lift`` is its depth."""


@dataclass(frozen=True, slots=True)
class View:
    """How the head stands: angles in radians, the place of its centre and the unit in pixels."""

    yaw: float
    """To the right of the screen is positive."""
    pitch: float
    """Up is positive."""
    roll: float
    """The top of the head to the right of the screen is positive."""
    centre: tuple[float, float]
    unit: float


@lru_cache(maxsize=64)
def _spline_basis(count: int, per_piece: int, closed: bool) -> NDArray[np.float64]:
    """Matrix that takes control points to a Catmull-Rom curve through them."""
    pieces = count if closed else count - 1
    t = np.linspace(0, 1, per_piece, endpoint=False)
    blend = 0.5 * np.stack([-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, -(t**2) + t**3])
    basis = np.zeros((pieces * per_piece + (not closed), count))
    for piece in range(pieces):
        for offset, weights in enumerate(blend, start=-1):
            raw = piece + offset
            control = raw % count if closed else min(max(raw, 0), count - 1)
            basis[piece * per_piece : (piece + 1) * per_piece, control] += weights
    if not closed:
        basis[-1, -1] = 1
    return basis


def curve(controls: Sequence[tuple[float, float]] | Points, *, per_piece: int = 8, closed: bool = False) -> Points:
    """Smooth curve through the control points (Catmull-Rom)."""
    array = np.asarray(controls, dtype=np.float64)
    return _spline_basis(len(array), per_piece, closed) @ array


def ribbon(line: Points, widths: NDArray[np.float64] | float) -> Points:
    """Outline of a stroke along a line; ``widths`` is full widths, one for all points or one each."""
    along = np.empty_like(line)
    along[1:-1] = line[2:] - line[:-2]
    along[0], along[-1] = line[1] - line[0], line[-1] - line[-2]
    length = np.sqrt((along**2).sum(axis=1)) + 1e-9
    across = np.stack([-along[:, 1], along[:, 0]], axis=1) * (np.asarray(widths) / (2 * length))[..., None]
    return np.concatenate([line + across, (line - across)[::-1]])


def ring(loop: Points, width: float) -> Points:
    """Outline of a stroke of even width along a closed line."""
    along = np.roll(loop, -1, axis=0) - np.roll(loop, 1, axis=0)
    across = np.stack([-along[:, 1], along[:, 0]], axis=1)
    across *= width / (2 * np.linalg.norm(across, axis=1, keepdims=True))
    outer, inner = loop + across, loop - across
    return np.concatenate([outer, outer[:1], inner[:1], inner[::-1]])


@lru_cache(maxsize=16)
def taper(count: int) -> NDArray[np.float64]:
    """Widths 0..1 of a stroke that is thin at both ends."""
    return np.sin(np.linspace(0.08, np.pi - 0.08, count)) ** 0.7


@lru_cache(maxsize=16)
def unit_circle(count: int) -> Points:
    """Points on the circle of radius 1."""
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return np.stack([np.cos(angle), np.sin(angle)], axis=1)


def ellipse(x: float, y: float, rx: float, ry: float, *, count: int = 28) -> Points:
    """Outline of an ellipse."""
    return unit_circle(count) * (rx, ry) + (x, y)


def mirrored(points: Points) -> Points:
    """The same shape on the other side of the face."""
    return points * (-1, 1)


def both(points: Points) -> tuple[Points, Points]:
    """A shape of the right side of the face, and its twin on the left."""
    return points, mirrored(points)


def moved(points: Points, x: float, y: float) -> Points:
    """The same shape elsewhere."""
    there: Points = points + np.array([x, y])
    return there


def _surface_depth(points: Points) -> NDArray[np.float64]:
    """Depth of the head's front: a paraboloid, flat enough that no point overtakes its neighbour in a full turn."""
    depth: NDArray[np.float64] = 0.6 * (1 - (points[:, 0] / 1.12) ** 2 - ((points[:, 1] - 0.1) / 1.75) ** 2)
    return np.maximum(depth, -0.3)


def turn(points: Points, depth: NDArray[np.float64], view: View) -> Points:
    """Turn points in space and project them to pixels, with a little perspective."""
    x, y = points[:, 0], points[:, 1]
    cos_yaw, sin_yaw = np.cos(view.yaw), np.sin(view.yaw)
    x, z = x * cos_yaw + depth * sin_yaw, depth * cos_yaw - x * sin_yaw
    cos_pitch, sin_pitch = np.cos(view.pitch), np.sin(view.pitch)
    y, z = y * cos_pitch - z * sin_pitch, z * cos_pitch + y * sin_pitch
    nearness = 1 + 0.07 * (z - 0.4)
    x, y = x * nearness - NECK[0], y * nearness - NECK[1]
    cos_roll, sin_roll = np.cos(view.roll), np.sin(view.roll)
    x, y = x * cos_roll - y * sin_roll + NECK[0], x * sin_roll + y * cos_roll + NECK[1]
    return np.stack([view.centre[0] + x * view.unit, view.centre[1] + y * view.unit], axis=1)


def place(shapes: Sequence[Shape], view: View) -> list[list[float]]:
    """Flat pixel coordinates (x0, y0, x1, y1, ...) of every shape, in one pass over all points."""
    lengths = [len(shape.points) for shape in shapes]
    points = np.concatenate([shape.points for shape in shapes])
    lift = np.repeat([shape.lift for shape in shapes], lengths)
    follows = np.repeat([shape.surface for shape in shapes], lengths)
    flat = turn(points, lift + follows * _surface_depth(points), view).ravel().tolist()
    ends = np.cumsum(lengths).tolist()
    return [flat[2 * start : 2 * end] for start, end in zip(chain([0], ends), ends, strict=False)]
