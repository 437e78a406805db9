"""From a timeline of facial actions to the pose of the face at any time."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from dfec_explore.demo.story import TimedAction

# Left and right are as seen on screen (the demo's datasets say ``left_right="viewer"``): left is towards x = 0.
HORIZONTAL = {"left": -1.0, "right": 1.0}
VERTICAL = {"up": -1.0, "down": 1.0}
STRENGTH = {"slight": 0.55, None: 0.85, "strong": 1.0}


@dataclass(frozen=True, slots=True)
class Pose:
    """What the face does at one moment: 1 is a full movement, 0 rest."""

    brow_up_left: float = 0
    brow_up_right: float = 0
    brow_knit: float = 0
    lid_left: float = 1
    """0 shut, 1 open, above 1 wide."""
    lid_right: float = 1
    squint: float = 0
    gaze_x: float = 0
    gaze_y: float = 0
    open: float = 0
    """Of the mouth."""
    corner: float = 0
    """Of the mouth: 1 up (a smile), -1 down."""
    stretch: float = 0
    press: float = 0
    pucker: float = 0
    teeth: float = 0
    tongue: float = 0
    jaw: float = 0
    cheek: float = 0
    puff: float = 0
    nose: float = 0
    yaw: float = 0
    """Of the head, to the right of the screen; in units of a full turn of this kind."""
    pitch: float = 0
    """Up."""
    roll: float = 0
    """The top of the head to the right of the screen."""


REST: dict[str, float] = asdict(Pose())

BOTH_LIDS = ("lid_left", "lid_right")

# What each action drives its channels to, at full strength. Channels that are not named stay as they are.
TARGETS: dict[str, dict[str, float]] = {
    "brow_raise": {"brow_up_left": 1, "brow_up_right": 1, "brow_knit": 0},
    "brow_lower": {"brow_knit": 1, "brow_up_left": 0, "brow_up_right": 0},
    "brow_relax": {"brow_up_left": 0, "brow_up_right": 0, "brow_knit": 0},
    "lip_corner_pull": {"corner": 1, "press": 0, "pucker": 0},
    "lip_corner_depress": {"corner": -1},
    "lip_stretch": {"stretch": 1, "press": 0, "pucker": 0},
    "lip_press": {"press": 1, "open": 0, "teeth": 0, "tongue": 0, "jaw": 0},
    "lip_pucker": {"pucker": 1, "open": 0, "teeth": 0, "corner": 0, "stretch": 0},
    "mouth_open": {"open": 1, "press": 0, "pucker": 0, "puff": 0},
    "mouth_close": {"open": 0, "teeth": 0, "tongue": 0, "jaw": 0},
    "mouth_relax": {"corner": 0, "stretch": 0, "press": 0, "pucker": 0, "puff": 0},
    "teeth_show": {"teeth": 1},
    "tongue_show": {"tongue": 1},
    "jaw_drop": {"jaw": 1, "open": 0.95, "press": 0},
    "cheek_raise": {"cheek": 1},
    "cheek_puff": {"puff": 1},
    "nose_wrinkle": {"nose": 1},
    "head_up": {"pitch": 0.8},
    "head_down": {"pitch": -0.85},
    "head_move": {"yaw": 0, "pitch": 0, "roll": 0},
}
# How open a lid is after an action, by its intensity.
EYELIDS: dict[str, dict[str | None, float]] = {
    "eyes_open": {None: 1.0, "slight": 0.6, "strong": 1.0},
    "eyes_widen": {None: 1.34, "slight": 1.2, "strong": 1.45},
    "lid_droop": {None: 0.5, "slight": 0.66, "strong": 0.4},
    "eyes_close": {None: 0.0, "slight": 0.36, "strong": 0.0},
    "eyes_squint": {None: 0.72, "slight": 0.84, "strong": 0.6},
}
TRANSIENT = frozenset({"blink", "wink", "head_nod", "head_shake"})
SYLLABLES_PER_SECOND = 3.6


@dataclass(frozen=True, slots=True)
class _Track:
    """The successive targets of one channel: at ``starts[i]`` it sets off for ``targets[i]``."""

    starts: list[float] = field(default_factory=list)
    stops: list[float] = field(default_factory=list)
    targets: list[float] = field(default_factory=list)

    def at(self, time: float, rest: float) -> float:
        last = bisect_right(self.starts, time) - 1
        if last < 0:
            return rest
        before = self.targets[last - 1] if last else rest
        lasts = self.stops[last] - self.starts[last]
        share = ease((time - self.starts[last]) / lasts) if lasts > 0 else 1.0
        return before + (self.targets[last] - before) * share


def ease(share: float) -> float:
    """Smooth start and stop: 0..1 to 0..1, at rest at both ends (Perlin's smootherstep)."""
    x = min(max(share, 0.0), 1.0)
    return x * x * x * (x * (6 * x - 15) + 10)


def targets_of(action: TimedAction) -> dict[str, float]:
    """Channels that a lasting action drives, and where to."""
    strength = STRENGTH[action.intensity]
    if action.action in EYELIDS:
        lids = dict.fromkeys(BOTH_LIDS, EYELIDS[action.action][action.intensity])
        return lids | {"squint": strength if action.action == "eyes_squint" else 0.0}
    if action.action in ("gaze", "head_turn", "head_tilt"):
        return _directed(action, strength)
    if action.action == "brow_raise" and action.side:
        return {f"brow_up_{action.side}": strength}
    return {channel: value * strength for channel, value in TARGETS.get(action.action, {}).items()}


def _directed(action: TimedAction, strength: float) -> dict[str, float]:
    words = (action.direction or "").split("-")
    across = sum(HORIZONTAL.get(word, 0) for word in words)
    along = sum(VERTICAL.get(word, 0) for word in words)
    if action.action == "gaze":
        return {"gaze_x": across * strength / 0.85, "gaze_y": along * strength / 0.85}
    if action.action == "head_turn":
        return {"yaw": across * strength}
    return {"roll": across * strength} if across else {"pitch": -along * strength}


class Motion:
    """The movement of one face over a clip: ``motion.at(seconds)`` gives the pose."""

    def __init__(self, timeline: Sequence[TimedAction], *, duration: float, seed: int) -> None:
        self._tracks: dict[str, _Track] = {channel: _Track() for channel in REST}
        self._beats = [action for action in timeline if action.action in TRANSIENT]
        self._speech = speech_spans(timeline, duration)
        self._phase = seed % 97
        for action in timeline:
            if action.action not in TRANSIENT:
                self._follow(action)

    def _follow(self, action: TimedAction) -> None:
        for channel, target in targets_of(action).items():
            track = self._tracks[channel]
            track.starts.append(action.start)
            track.stops.append(action.stop)
            track.targets.append(target)

    def at(self, time: float) -> Pose:
        """Pose at a time in seconds."""
        values = {channel: track.at(time, REST[channel]) for channel, track in self._tracks.items()}
        self._speak(values, time)
        for beat in self._beats:
            if beat.start <= time <= beat.stop:
                _add_beat(values, beat, (time - beat.start) / (beat.stop - beat.start))
        self._sway(values, time)
        return Pose(**values)

    def _speak(self, values: dict[str, float], time: float) -> None:
        for start, stop in self._speech:
            if start <= time <= stop:
                loud = ease((time - start) / 0.15) * ease((stop - time) / 0.15)
                beat = time * SYLLABLES_PER_SECOND * math.tau + self._phase
                # Three sines that do not fit into one another: no two syllables look alike.
                flap = 0.5 + 0.32 * math.sin(beat) + 0.18 * math.sin(0.61 * beat + 1)
                values["open"] += (0.62 * flap - 0.5 * values["open"]) * loud
                values["stretch"] += 0.3 * math.sin(0.43 * beat) * loud
                values["jaw"] += 0.35 * flap * loud

    def _sway(self, values: dict[str, float], time: float) -> None:
        # A still head looks dead; this is too small to be called a movement (under a degree).
        values["yaw"] += 0.022 * math.sin(0.9 * time + self._phase)
        values["roll"] += 0.03 * math.sin(0.7 * time + 2 * self._phase)
        values["pitch"] += 0.022 * math.sin(1.1 * time + 3 * self._phase)


def speech_spans(timeline: Sequence[TimedAction], duration: float) -> list[tuple[float, float]]:
    """When the mouth speaks, as (from, to) in seconds; speech that nobody ends lasts to the end of the clip."""
    spans: list[tuple[float, float]] = []
    since: float | None = None
    for action in timeline:
        if action.action == "speak" and since is None:
            since = action.start
        if action.action == "speak_stop" and since is not None:
            spans.append((since, action.start + 0.1))
            since = None
    return [*spans, (since, duration)] if since is not None else spans


def _add_beat(values: dict[str, float], beat: TimedAction, share: float) -> None:
    if beat.action in ("blink", "wink"):
        # Down quickly, a moment shut, up more slowly.
        shut = ease(share / 0.35) if share < 0.5 else 1 - ease((share - 0.5) / 0.5)
        for lid in BOTH_LIDS if beat.side is None else (f"lid_{beat.side}",):
            values[lid] *= 1 - shut
        if beat.action == "wink":
            values["cheek"] = max(values["cheek"], 0.5 * shut)
        return
    # Two nods, or a shake to one side, the other, and back; both fade in and out.
    force = math.sin(math.pi * share) ** 0.6 * STRENGTH[beat.intensity]
    if beat.action == "head_nod":
        values["pitch"] -= 0.75 * force * abs(math.sin(math.tau * share))
    else:
        values["yaw"] += 0.75 * force * math.sin(1.5 * math.tau * share)
