"""Outcomes: the links that a cue makes with its parts, alone, or as a change that is not there."""

from collections.abc import Sequence

from dfec_explore.language import kinds
from dfec_explore.language.meanings import is_calm, is_personal
from dfec_explore.language.neighbours import Neighbours
from dfec_explore.language.nodes import Node
from dfec_explore.language.scene import RECENT, Link, Scene
from dfec_explore.language.wrinkles import Wrinkles

CHANGELESS = frozenset(("expression", "face", ""))
"""Parts whose changing is meant by "no change"; other changes are left alone."""
FINITE = kinds.THIRD_FORM | kinds.BASE_FORM
SHOWING = frozenset(("appear", "show"))


def add_personal(scene: Scene, k: int, target: int | None, cues: tuple[str, ...], tags: set[str]) -> None:
    """As in "She turns to the left", "he leans forward": of a person in a picture of a face, the head is meant."""
    if is_calm(scene.nodes, k, target) and not scene.in_intro(scene.nodes[k]):
        scene.add(k, "face_relax", "person.calm", tags)
        return
    cell = scene.rules.find("head", cues, tags) if is_personal(scene.nodes, k, cues, tags) else None
    if cell is not None and not scene.in_intro(scene.nodes[k]):
        scene.add(k, cell[0], f"person.{cell[1]}", tags)


def drop_prenominal(scene: Scene, group: Sequence[Node], node: Node) -> None:
    """As in "The raised eyebrows lower": only what the verb says happens."""
    if not node.word.forms & FINITE:
        return
    for link in scene.links[-RECENT:]:
        if link.prenominal and any(link.part is part for part in group):
            scene.links.remove(link)


def add_free(scene: Scene, k: int, cue: str, tags: set[str], *, stopped: bool) -> None:
    """Link a cue that needs no part."""
    action, rule = scene.rules.free[cue], f"free.{cue}"
    if stopped:
        action, rule = scene.rules.stopped.get(action, ""), f"{rule}+stopped"
    if cue in scene.rules.strength:
        tags.add(scene.rules.strength[cue])
    if action:
        scene.add(k, action, rule, tags)


def add_group(
    scene: Scene,
    wrinkles: Wrinkles,
    k: int,
    cues: tuple[str, ...],
    tags: set[str],
    group: Sequence[Node],
    *,
    prenominal: bool,
    stopped: bool,
) -> None:
    """Link a cue with each of its parts; parts that give the same action give it once, but for sides."""
    seen = ""
    for part in group:
        if part.part == "wrinkle":
            if part.first < scene.nodes[k].first:
                wrinkles.again(k, part, cues, tags)
            continue
        cell = scene.rules.find(part.part, cues, tags)
        if cell is not None and not cell[0]:
            scene.settled.add(id(part))
        if cell is None or not cell[0] or (cell[0] == seen and not part.side):
            continue
        if cues[0] in SHOWING and _is_said(scene, cell[0], part):
            continue
        seen, rule = cell
        for action in seen.split() if " " in seen else (seen,):
            if stopped:
                action, rule = scene.rules.stopped.get(action, ""), f"{rule}+stopped"
            if action:
                scene.add(k, action, rule, tags, part, prenominal=prenominal)


def _is_said(scene: Scene, action: str, part: Node) -> bool:
    """As in "Forming noticeable folds" says once that they are seen."""
    return any(link.action == action and link.part is part for link in scene.links[-RECENT:])


def add_no_change(scene: Scene, neighbours: Neighbours, k: int, negation: int | None) -> None:
    """As in "No significant change in expression"; a change of something else is left alone.

    Args:
        scene: the caption.
        neighbours: of its cues.
        k: index of the node for the change.
        negation: token of the negation that it stands under; None where its word says it: "unchanged".
    """
    nodes, node = scene.nodes, scene.nodes[k]
    subject = neighbours.subject_of(k, (), set())
    part = subject[-1] if subject else None
    for i in range(k + 1, len(nodes)):
        if nodes[i].kind is kinds.PART:
            part = nodes[i]
        if nodes[i].kind is not kinds.INTENSITY and nodes[i].kind is not kinds.OTHER:
            break
    if part is not None and part.part not in CHANGELESS:
        return
    first, last = node.first if negation is None else min(node.first, negation), node.last
    if part is not None:
        first, last = min(first, part.first), max(last, part.last)
    scene.links.append(Link("no_change", "no_change", k, node.first, first, last))
