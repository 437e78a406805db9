"""The facial actions that the parser can find, with their regions, definitions and related action units."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pydantic import BaseModel, ConfigDict, Field

from dfec_explore.language.tables import read_table


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the face that actions are grouped by."""

    id: str
    title: str


class Action(BaseModel):
    """One label of the vocabulary of facial actions."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: str
    bit: int = Field(ge=0, le=63)
    """Place of the action in the 64-bit set of a caption's actions."""
    title: str
    region: str
    aus: tuple[str, ...]
    """Related action units (FACS), where no direction is stated."""
    by_direction: Mapping[str, tuple[str, ...]] = {}
    """Related action units for a stated direction (``left``, ``up``, ...), instead of ``aus``."""
    definition: str
    example: str


class _Region(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str
    title: str


class _ActionFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    region: list[_Region]
    action: list[Action]


@lru_cache(maxsize=1)
def load_actions() -> tuple[tuple[Region, ...], Mapping[str, Action]]:
    """Read the regions, in display order, and the actions by label.

    Raises:
        LexiconError: a field is wrong, a label or bit stands twice, or a region is not known.
    """
    table = read_table("actions.toml", _ActionFile)
    regions = tuple(Region(r.id, r.title) for r in table.model.region)
    known, bits = {r.id for r in regions}, set[int]()
    actions: dict[str, Action] = {}
    for action in table.model.action:
        if action.label in actions:
            raise table.error(action.label, "stands twice")
        if action.bit in bits:
            raise table.error(action.label, f"bit {action.bit} is taken by another action")
        if action.region not in known:
            raise table.error(action.label, f"unknown region {action.region!r}; known are {', '.join(sorted(known))}")
        actions[action.label] = action
        bits.add(action.bit)
    return regions, actions


def related_au(action: str, direction: str | None = None) -> tuple[str, ...]:
    """Name the action units that an action of the text may go with; a caption is no FACS coding.

    Args:
        action: label of the action.
        direction: stated direction (``left``, ``down-right``, ...), or None.

    Returns:
        Action units such as ``("AU55",)``, in the order of the direction's parts; empty where none is related.

    Raises:
        KeyError: the label is not known.
    """
    entry = load_actions()[1][action]
    found = [au for part in (direction or "").split("-") for au in entry.by_direction.get(part, ())]
    return tuple(dict.fromkeys(found)) or entry.aus
