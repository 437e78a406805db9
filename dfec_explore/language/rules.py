"""The rules: which action a part and a cue make together, with what goes with the cue."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from dfec_explore.language.actions import load_actions
from dfec_explore.language.tables import Table, read_table
from dfec_explore.language.vocabulary import load_vocabulary

Cell = tuple[str, str]
"""Action, several joined by spaces, or ""; and the name of the rule."""
Cells = tuple[tuple[str, Cell], ...]
"""The cells of one part and cue by their tag or "", tagged ones first."""


class _Wrinkle(BaseModel):
    model_config = ConfigDict(extra="forbid")

    show: str
    fade: str


class _Intro(BaseModel):
    model_config = ConfigDict(extra="forbid")

    cues: frozenset[str]
    state: frozenset[str]


class _Rules(BaseModel):
    model_config = ConfigDict(extra="forbid")

    free: dict[str, str]
    bare: dict[str, str]
    stopped: dict[str, str]
    implied: dict[str, str]
    intro: _Intro
    part: dict[str, dict[str, str]]
    wrinkle: dict[str, _Wrinkle]
    au: dict[str, str]


@dataclass(frozen=True, slots=True)
class Rules:
    """The table part x cue -> action, and the rules beside it."""

    cells: Mapping[str, Mapping[str, Cells]]
    free: Mapping[str, str]
    """Cue -> action that needs no part."""
    bare: Mapping[str, str]
    """Part -> action that needs no cue."""
    stopped: Mapping[str, str]
    """Action -> what stopping it is."""
    implied: Mapping[str, str]
    """Cue -> direction of a gaze or jaw that it stands for."""
    wrinkles: Mapping[str, tuple[str, str]]
    """Place -> (action where wrinkles show, action where they fade)."""
    units: Mapping[str, str]
    """Number of an action unit -> action."""
    intro_cues: frozenset[str]
    intro_states: frozenset[str]

    def find(self, part: str, cues: Iterable[str], tags: Collection[str]) -> Cell | None:
        """Find the action of a part and one of the cues, with the rule's name; None where no cell fits.

        The action is empty where the pair is known to be no action.
        """
        row = self.cells.get(part)
        if row is None:
            return None
        for cue in cues:
            for tag, cell in row.get(cue, ()):
                if not tag or tag in tags:
                    return cell
        return None


def _row(name: str, rows: Mapping[str, Mapping[str, str]], parents: Mapping[str, str]) -> dict[str, Cells]:
    """Merge a part's cells with those of its parents; its own come first."""
    tagged: dict[str, dict[str, str]] = {}
    place: str = name
    while place:
        settled = {cue for cue, cells in tagged.items() if "" in cells}
        for key, action in rows.get(place, {}).items():
            cue, _, tag = key.partition("+")
            if cue not in settled:
                tagged.setdefault(cue, {}).setdefault(tag, action)
        place = parents.get(place, "")
    return {cue: _cells(f"{name}.{cue}", actions) for cue, actions in tagged.items()}


def _cells(rule: str, actions: Mapping[str, str]) -> Cells:
    tags = sorted(actions, key=lambda tag: not tag)
    return tuple((tag, (actions[tag], f"{rule}+{tag}" if tag else rule)) for tag in tags)


def _check(table: Table[_Rules]) -> None:
    """Refuse parts, cues and actions that the other files do not know."""
    vocabulary, actions = load_vocabulary(), load_actions()[1]
    cues, parts = {c.id for c in vocabulary.cues} | {"be"}, {p.id for p in vocabulary.parts}
    rules = table.model
    for part, row in rules.part.items():
        if part not in parts:
            raise table.error(f"part.{part}", "no such part in parts.toml")
        for key, action in row.items():
            _known(table, f"part.{part}.{key}", key.partition("+")[0], cues, "cue")
            for name in action.split():
                _known(table, f"part.{part}.{key}", name, actions, "action")
    for name, cells in (("free", rules.free), ("stopped", rules.stopped), ("bare", rules.bare), ("au", rules.au)):
        for key, action in cells.items():
            _known(table, f"{name}.{key}", action, actions, "action")
    for cue in (*rules.free, *rules.intro.cues, *rules.intro.state):
        _known(table, "free or intro", cue, cues, "cue")


def _known(table: Table[_Rules], place: str, name: str, names: Collection[str], what: str) -> None:
    if name and name not in names:
        raise table.error(place, f"unknown {what} {name!r}")


@lru_cache(maxsize=1)
def load_rules() -> Rules:
    """Read and check the table.

    Raises:
        LexiconError: the table does not fit its schema or names an unknown part, cue or action.
    """
    table = read_table("table.toml", _Rules)
    _check(table)
    parents = {p.id: p.parent for p in load_vocabulary().parts}
    rules = table.model
    return Rules(
        cells={part: _row(part, rules.part, parents) for part in parents},
        free=rules.free,
        bare=rules.bare,
        stopped=rules.stopped,
        implied=rules.implied,
        wrinkles={place: (w.show, w.fade) for place, w in rules.wrinkle.items()},
        units=rules.au,
        intro_cues=rules.intro.cues,
        intro_states=rules.intro.state,
    )
