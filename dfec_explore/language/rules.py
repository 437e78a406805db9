"""The rules: which action a part and a cue make together, with what goes with the cue."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

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
    shape: frozenset[str]


class _Rules(BaseModel):
    model_config = ConfigDict(extra="forbid")

    free: dict[str, str]
    strength: dict[str, str]
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
    strength: Mapping[str, str]
    """Such a cue -> the intensity that it has by itself."""
    bare: Mapping[str, str]
    """Part -> action that needs no cue."""
    stopped: Mapping[str, str]
    """Action -> what stopping it is."""
    implied: Mapping[str, str]
    """Cue -> direction of a gaze or jaw that it stands for."""
    wrinkles: Mapping[str, tuple[str, str]]
    """Place -> (action where wrinkles show, action where they fade)."""
    units: Mapping[str, tuple[str, str | None]]
    """Number of an action unit -> action, and the direction that tells it from its fellows."""
    intro_cues: frozenset[str]
    intro_states: frozenset[str]
    intro_shapes: frozenset[str]
    columns: dict[tuple[str, ...], dict[str, tuple[Cells, Cell | None]]] = field(default_factory=dict)
    """The table by the meanings of a word, as far as they were asked for: one entry for each word of the lexicon."""

    def find(self, part: str, cues: tuple[str, ...], tags: Collection[str]) -> Cell | None:
        """Find the action of a part and one of the cues, with the rule's name; None where no cell fits.

        The action is empty where the pair is known to be no action.
        """
        column = self.columns.get(cues)
        if column is None:
            column = self.columns[cues] = self._column(cues)
        if part not in column:
            return None
        tagged, plain = column[part]
        if tags:
            for tag, cell in tagged:
                if tag in tags:
                    return cell
        return plain

    def _column(self, cues: tuple[str, ...]) -> dict[str, tuple[Cells, Cell | None]]:
        """For each part that one of the cues fits, the cells that want a tag, and the one that holds without."""
        column: dict[str, tuple[Cells, Cell | None]] = {}
        for part, row in self.cells.items():
            cells = list(chain.from_iterable(row.get(cue, ()) for cue in cues))
            plain = next((at for at, (tag, _) in enumerate(cells) if not tag), None)
            if cells:
                column[part] = tuple(cells[:plain]), None if plain is None else cells[plain][1]
        return column


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
    for cue in (*rules.free, *rules.strength, *rules.intro.cues, *rules.intro.state, *rules.intro.shape):
        _known(table, "free or intro", cue, cues, "cue")


def _known(table: Table[_Rules], place: str, name: str, names: Collection[str], what: str) -> None:
    if name and name not in names:
        raise table.error(place, f"unknown {what} {name!r}")


def _direction_of_unit(unit: str, action: str) -> str | None:
    """As in "AU51" turns the head to the left."""
    found = [d for d, units in load_actions()[1][action].by_direction.items() if f"AU{unit}" in units]
    return found[0] if found else None


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
        strength=rules.strength,
        bare=rules.bare,
        stopped=rules.stopped,
        implied=rules.implied,
        wrinkles={place: (w.show, w.fade) for place, w in rules.wrinkle.items()},
        units={unit: (action, _direction_of_unit(unit, action)) for unit, action in rules.au.items()},
        intro_cues=rules.intro.cues,
        intro_states=rules.intro.state,
        intro_shapes=rules.intro.shape,
    )
