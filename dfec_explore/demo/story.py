"""Stories: which facial actions follow one another in a clip, and when."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from random import Random

PHASES = ("begin", "progress", "middle", "end")
MOVEMENTS_THAT_MAY_BE_SLIGHT = frozenset(
    {"brow_raise", "brow_lower", "head_turn", "head_tilt", "head_nod", "eyes_widen", "mouth_open", "lip_corner_pull"}
)
LONG_MOVEMENTS = frozenset({"head_nod", "head_shake"})
"""They swing to and fro, which takes about twice as long as going somewhere."""
FACING = {"left": "right", "right": "left"}
_STEP = re.compile(r"(?P<action>\w+)(:(?P<direction>[\w-]+))?(@(?P<side>\w+))?(~(?P<intensity>\w+))?(?P<maybe>\?)?")


@dataclass(frozen=True, slots=True)
class TimedAction:
    """One facial action of a clip, with the seconds in which the face gets there."""

    action: str
    start: float
    stop: float
    """Equal to ``start`` for a state that the clip opens with, and for what has no end of its own (speech)."""
    phase: str
    direction: str | None = None
    """Left and right as seen on screen."""
    side: str | None = None
    intensity: str | None = None


Step = tuple[TimedAction, ...]
"""Actions that set off together; their times are not set yet."""
Story = dict[str, list[str]]


@lru_cache(maxsize=1)
def read_stories() -> dict[str, tuple[Story, ...]]:
    """The stories of every emotion, as written in ``stories.toml``."""
    text = files("dfec_explore.demo").joinpath("stories.toml").read_text(encoding="utf-8")
    return {emotion: tuple(stories) for emotion, stories in tomllib.loads(text).items()}


def has_speech(story: Story) -> bool:
    """Whether anybody speaks in a story."""
    return any(step.startswith("speak") for steps in story.values() for step in steps)


def _parse(step: str, phase: str, rng: Random) -> Step:
    actions = []
    for part in step.split(" + "):
        match = _STEP.fullmatch(part)
        if match is None:
            raise ValueError(f"stories.toml: {part!r} is no action; write name:direction@side~intensity")
        if match["maybe"] and rng.random() < 0.5:
            continue
        intensity = match["intensity"]
        may_be_slight = intensity is None and match["side"] is None and match["action"] in MOVEMENTS_THAT_MAY_BE_SLIGHT
        if may_be_slight and rng.random() < 0.2:
            intensity = "slight"
        actions.append(TimedAction(match["action"], 0.0, 0.0, phase, match["direction"], match["side"], intensity))
    return tuple(actions)


def swapped(action: TimedAction) -> TimedAction:
    """The same action with left and right exchanged."""
    direction = "-".join(FACING.get(word, word) for word in action.direction.split("-")) if action.direction else None
    return replace(action, direction=direction, side=FACING.get(action.side or "", action.side))


def write_timeline(story: Story, rng: Random) -> tuple[tuple[TimedAction, ...], float]:
    """Set a story in time.

    Returns:
        The actions in the order in which they begin, and the duration of the clip in seconds (4 to 7).
    """
    turn_round = rng.random() < 0.5
    phases = {
        phase: [step for text in story[phase] if (step := _parse(text, phase, rng))]
        for phase in PHASES
        if phase in story
    }
    if turn_round:
        phases = {phase: [tuple(map(swapped, step)) for step in steps] for phase, steps in phases.items()}
    moves = sum(len(steps) for steps in phases.values())
    duration = round(min(7.0, max(4.0, 1.2 + 0.5 * moves + rng.uniform(-0.3, 0.4))), 1)
    timeline: list[TimedAction] = []
    for index, steps in enumerate(phases.values()):
        start, stop = (duration * share / len(phases) for share in (index, index + 1))
        timeline += _opening(steps) if index == 0 else _spread(steps, start, stop)
    return tuple(timeline), duration


def _opening(steps: Iterable[Step]) -> list[TimedAction]:
    return [action for step in steps for action in step]


def _spread(steps: Sequence[Step], start: float, stop: float) -> list[TimedAction]:
    room = [2.0 if step[0].action in LONG_MOVEMENTS else 1.0 for step in steps]
    timeline, begin = [], start + 0.04
    for step, share in zip(steps, room, strict=True):
        slot = (stop - start - 0.04) * share / sum(room)
        timeline += [
            replace(action, start=round(begin, 2), stop=round(begin + _seconds(action.action, slot), 2))
            for action in step
        ]
        begin += slot
    return timeline


def _seconds(action: str, slot: float) -> float:
    if action in ("speak", "speak_stop", "no_change"):
        return 0.0
    if action in LONG_MOVEMENTS:
        return min(1.2, 0.95 * slot)
    longest = {"blink": 0.32, "wink": 0.5}.get(action, 0.6)
    return min(longest, 0.9 * slot)
