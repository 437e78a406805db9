"""How a reviewer judges: blind, watching first, with the guidelines beside; remembered by the browser."""

import json
from dataclasses import asdict, dataclass, replace

from dfec_explore.clips import RATES
from dfec_explore.reviews.modes import BLIND, MIRRORED, WATCH_FIRST, joined
from dfec_explore.web import state
from dfec_explore.web.components import remembered_in_browser

REMEMBERED = ("reviewer", "modes", "opening", "rate")
"""What the browser remembers for Review; the opening of the queue for its tab alone."""


@dataclass(frozen=True, slots=True)
class Modes:
    """The modes in force."""

    blind: bool = False
    watch_first: bool = False
    guidelines: bool = False
    is_known: bool = True
    """Whether the browser has told them yet."""

    @property
    def hides_others(self) -> bool:
        """Whether others' verdicts are hidden; also as long as it is not known whether they are."""
        return self.blind or not self.is_known


def recall(reviewer: str) -> None:
    """Take over what the browser remembers, once it answers.

    Args:
        reviewer: the name to start with where it remembers none.
    """
    kept = remembered_in_browser({name: state.get(name) for name in REMEMBERED}, for_tab=("opening",))
    for name, text in (kept or {}).items():
        if state.get(name) is None:
            state.put(name, text or (reviewer if name == "reviewer" else ""))


def modes() -> Modes:
    """The modes in force."""
    kept = state.get("modes")
    if kept is None:
        return Modes(is_known=False)
    try:
        chosen = json.loads(kept or "{}")
    except ValueError:
        return Modes()
    return Modes(**{name: chosen.get(name) is True for name in ("blind", "watch_first", "guidelines")})


def set_mode(name: str, on: bool) -> None:
    """Switch a mode on or off. For callbacks."""
    changed = asdict(replace(modes(), **{name: on}))
    changed.pop("is_known")
    state.put("modes", json.dumps(changed))


def chosen_rate() -> float | None:
    """Frames a second at which the viewer wants single frames shown; None: as their source has them."""
    try:
        rate = float(state.get("rate") or "")
    except ValueError:
        return None
    return rate if rate in RATES else None


def set_rate(rate: float | None) -> None:
    """Choose the rate of single frames, or leave it to the source again. For callbacks."""
    state.put("rate", "" if rate is None else f"{rate:g}")


def mode_of_verdict(modes: Modes, *, mirrored: bool, watched_first: bool) -> str:
    """How a verdict was given, as a review stores it."""
    given = {BLIND: modes.blind, MIRRORED: mirrored, WATCH_FIRST: modes.watch_first and watched_first}
    return joined(token for token, holds in given.items() if holds)
