"""How much moves in a clip, over time: what the decoding process measures of it, and what follows from that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
Region = Literal["frame", "face"]

POINTS = 400
"""Points of a signal at most: as many as a time axis has room for."""
CUT_LEAST = 8.0
"""Change of brightness between two frames, in percent of its range, below which there is no cut between them."""
CUT_TIMES = 4.0
"""A cut changes this many times what the frames around it do."""
CUT_AROUND = 8
"""Frames on either side that a change is compared with."""
CUT_APART = 0.2
"""Seconds between two cuts at least."""
STILL = 0.05
"""Change of brightness in percent of its range up to which a frame is a repetition of the one before."""


@dataclass(frozen=True, slots=True)
class Motion:
    """How much moves in a clip. Signals are evenly spaced from its beginning to its end."""

    duration: float
    """Seconds that the signals stand for."""
    measured: float
    """Seconds that were read; less than the duration where a clip takes too long."""
    region: Region
    """Where it was measured: in the face where landmarks say where that is, else in the whole frame."""
    signal: tuple[float, ...]
    """Mean change of brightness from one frame to the next, in percent of its range; of several, the greatest."""
    parts: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """By ``brows``, ``eyes``, ``mouth``, ``head``: how far landmarks moved from one frame to the next, in percent of
    the distance between the outer corners of the eyes; the head's own movement is taken out of the other three."""
    cuts: tuple[float, ...] = ()
    """Seconds at which one shot ends and the next begins."""
    mean: float = 0.0
    p95: float = 0.0
    """Mean and 95th percentile of the changes between frames, in percent of the range of brightness."""
    longest_still: float = 0.0
    """Seconds of the longest stretch in which frames only repeat."""
    decoded_frames: int = 0
    last_frame_decodes: bool | None = True
    """Whether the clip can be decoded to its end; None where it was not read that far."""

    def as_json(self) -> dict[str, Any]:
        """Say the same in JSON-ready form; ``motion_of`` reads it."""
        return {name: getattr(self, name) for name in self.__slots__}


def motion_of(told: Mapping[str, Any]) -> Motion:
    """Return what ``Motion.as_json`` told, after JSON made lists of its tuples."""
    plain = dict(told)
    for name in ("signal", "cuts"):
        plain[name] = tuple(plain[name])
    plain["parts"] = {name: tuple(values) for name, values in plain["parts"].items()}
    return Motion(**plain)


def summarise(
    times: Sequence[float],
    changes: Sequence[float],
    shown: Sequence[float],
    *,
    duration: float,
    region: Region = "frame",
    parts: Mapping[str, Sequence[float]] | None = None,
    is_whole: bool = True,
    last_frame_decodes: bool | None = True,
) -> Motion:
    """Work out what is told of a clip from what was measured of its frames.

    Args:
        times: of the frames, in seconds, ascending; the first frame has no change.
        changes: of the whole frame, for each frame after the first, in percent.
        shown: of the region that is drawn, the same length.
        duration: of the clip, in seconds.
        region: which region that is.
        parts: movements of parts of the face, each the same length.
        is_whole: whether the clip was read to its end.
        last_frame_decodes: see ``Motion``.
    """
    moments, whole = np.asarray(times[1:], dtype=float), np.asarray(changes, dtype=float)
    end = times[-1] if times else 0.0
    length = max(duration, end) if is_whole else duration
    return Motion(
        duration=round(length, 4),
        measured=round(length if is_whole else end, 4),
        region=region,
        signal=_spread(moments, np.asarray(shown, dtype=float), length),
        parts={name: _spread(moments, np.asarray(own, dtype=float), length) for name, own in (parts or {}).items()},
        cuts=tuple(round(float(moment), 4) for moment in _apart(moments[cut_places(whole)])),
        mean=round(float(whole.mean()), 4) if len(whole) else 0.0,
        p95=round(float(np.percentile(whole, 95)), 4) if len(whole) else 0.0,
        longest_still=round(_longest_still(times, whole), 4),
        decoded_frames=len(times),
        last_frame_decodes=last_frame_decodes if is_whole else None,
    )


def cut_places(changes: Values) -> list[int]:
    """Return where changes between frames are cuts: great ones, and far greater than those around them.

    Args:
        changes: in percent of the range of brightness.
    """
    places = []
    for place in np.flatnonzero(changes >= CUT_LEAST):
        around = np.concatenate(
            [changes[max(0, place - CUT_AROUND) : place], changes[place + 1 : place + 1 + CUT_AROUND]]
        )
        if changes[place] >= CUT_TIMES * (float(np.median(around)) if len(around) else 0.0):
            places.append(int(place))
    return places


def _spread(moments: Values, values: Values, duration: float) -> tuple[float, ...]:
    """Bring values at moments to even steps; of several in one step the greatest counts, none holds the next."""
    if not len(values) or duration <= 0:
        return ()
    steps = min(POINTS, len(values) + 1)
    places = np.minimum((moments / duration * steps).astype(int), steps - 1)
    spread = np.full(steps, np.nan)
    for place, value in zip(places, values, strict=True):
        spread[place] = value if np.isnan(spread[place]) else max(spread[place], value)
    last = 0.0
    for place in range(int(places.max()), -1, -1):
        last = spread[place] = last if np.isnan(spread[place]) else spread[place]
    return tuple(round(float(value), 3) for value in np.nan_to_num(spread))


def _apart(moments: Values) -> list[float]:
    """Leave out what follows too soon: a black frame between two shots is one cut."""
    kept: list[float] = []
    for moment in moments:
        if not kept or moment - kept[-1] >= CUT_APART:
            kept.append(float(moment))
    return kept


def _longest_still(times: Sequence[float], changes: Values) -> float:
    longest = since = 0.0
    for (before, now), change in zip(pairwise(times), changes, strict=True):
        since = since + (now - before) if change <= STILL else 0.0
        longest = max(longest, since)
    return longest
