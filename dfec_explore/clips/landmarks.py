"""Movements of brows, eyes, mouth and head from the 68 landmarks of a face, frame by frame.

The landmarks are numbered as in the 300-W challenge (Sagonas et al., ICCV Workshops 2013): jaw 0-16, brows 17-26,
nose 27-35, eyes 36-47, mouth 48-67.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
"""(frames, 68, 2), in pixels."""

POINTS = 68
OUTER_EYES = (36, 45)
RIGID = (27, 28, 29, 30, 36, 39, 42, 45)
"""Bridge of the nose and corners of the eyes: they move with the head alone."""
PARTS: Mapping[str, slice] = {"brows": slice(17, 27), "eyes": slice(36, 48), "mouth": slice(48, 68)}
MARGIN = 0.15
"""Room around the landmarks, as a share of the face, for forehead and cheeks."""


def as_points(landmarks: Sequence[Sequence[tuple[float, float]]]) -> Points | None:
    """Return landmarks as an array; None where a frame has none, or another number of them."""
    if not landmarks or any(len(frame) != POINTS for frame in landmarks):
        return None
    points = np.asarray(landmarks, dtype=float)
    return points if np.isfinite(points).all() else None


def movements(points: Points) -> dict[str, list[float]]:
    """Return how far each part moved from one frame to the next, in percent of the distance of the outer eye corners.

    Turning, shifting and scaling of the head are taken out of brows, eyes and mouth, and are what ``head`` tells.

    Args:
        points: of all frames.

    Returns:
        By ``brows``, ``eyes``, ``mouth``, ``head``: one value for each frame after the first.
    """
    axis = points[:, OUTER_EYES[1]] - points[:, OUTER_EYES[0]]
    size = np.maximum(np.hypot(axis[:, 0], axis[:, 1]), 1e-6)
    rigid = points[:, RIGID]
    centred = points - rigid.mean(axis=1, keepdims=True)
    # Multiplied by the eyes' axis as a complex number, turned back and scaled in one step.
    upright = (centred[..., 0] + 1j * centred[..., 1]) * np.conj(axis[:, 0] + 1j * axis[:, 1])[:, None]
    upright /= (size**2)[:, None]
    found = {name: 100 * np.abs(np.diff(upright[:, part], axis=0)).mean(axis=1) for name, part in PARTS.items()}
    shifts = np.diff(rigid, axis=0)
    found["head"] = 100 * np.hypot(shifts[..., 0], shifts[..., 1]).mean(axis=1) / size[1:]
    return {name: [float(value) for value in values] for name, values in found.items()}


def face_box(points: Points, *, width: int, height: int) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of the face in a frame, with some room around it, in pixels.

    Args:
        points: (68, 2), of this frame or (frames, 68, 2) of several.
        width: of the frame.
        height: of the frame.
    """
    flat = points.reshape(-1, 2)
    low, high = flat.min(axis=0), flat.max(axis=0)
    room = MARGIN * (high - low)
    left, top = np.clip(low - room, 0, [width - 1, height - 1])
    right, bottom = np.clip(high + room, [left + 1, top + 1], [width, height])
    return int(left), int(top), int(np.ceil(right)), int(np.ceil(bottom))
