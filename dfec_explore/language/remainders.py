"""Remainders: what no cue has claimed (a smile alone, "eyes left", "AU12"), and what is said twice."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence

from dfec_explore.language import kinds
from dfec_explore.language.attributes import DIRECTED, direction_of, intensity_of, is_sequence, modifiers, tags_of
from dfec_explore.language.meanings import FADES
from dfec_explore.language.neighbours import Neighbours
from dfec_explore.language.nodes import Node
from dfec_explore.language.scene import Link, Scene, token_of

THEN = frozenset(("then", "and then", "before", "followed by"))
JOINTS = frozenset((kinds.COMMA, kinds.SENTENCE, kinds.SUBJECT, kinds.CONJUNCTION, kinds.BREAK))
OPPOSITE = {"left": "right", "right": "left", "up": "down", "down": "up"}
OPENINGS = frozenset(("mouth_open", "eyes_open", "eyes_widen"))
"""Actions that can go on by a degree alone: "slightly, then wider"."""
NEARBY = 12
"""Tokens between an action unit and the words for the same action."""
FINITE = kinds.THIRD_FORM | kinds.PAST_FORM
BRACKETS = 2
"""Signs between an action unit and its grade: "(AU12), intensity D"."""
UNIT_LETTERS = "abcdelr"
GRADES = {"a": "slight", "b": "slight", "d": "strong", "e": "strong"}
"""FACS intensities: A trace, B slight, C marked, D severe, E maximum (Ekman, Friesen & Hager 2002)."""
SIDES = {"l": "left", "r": "right"}


def add_remainders(scene: Scene, neighbours: Neighbours, left: Sequence[int]) -> None:
    """Link what the cues have left over of the nodes at ``left``, in order: parts, directions, intensities, units."""
    scene.links.sort(key=token_of)
    used = {id(link.part) for link in scene.links} | scene.settled
    units: list[int] = []
    for k in left:
        node = scene.nodes[k]
        if node.kind is kinds.UNIT:
            units.append(k)
        elif node.kind is kinds.PART:
            if id(node) not in used:
                _bare(scene, k)
        elif not node.taken and not scene.in_intro(node) and not _next_direction(scene, k):
            _beside_part(scene, neighbours, k, used)
    if units:
        scene.links.sort(key=token_of)
        for k in units:
            _unit(scene, k)


def _bare(scene: Scene, k: int) -> None:
    """A part whose mention is an action: "with a slight smile"; eyes that rest on something."""
    node = scene.nodes[k]
    if not scene.in_intro(node):
        tags = {n.value for n in modifiers(scene.nodes, k, None)}.union(scene.adjectives_of(node))
        scene.add(k, scene.rules.bare.get(node.part, "gaze"), f"bare.{node.part}", tags, node)


def _next_direction(scene: Scene, k: int) -> bool:
    """As in "Looks up, then down": another event of the same cue."""
    node, nodes = scene.nodes[k], scene.nodes
    if not k:
        return False
    at = bisect_left(scene.links, node.first, key=token_of)
    last = scene.links[at - 1] if at else None
    if last is None or not _goes_on(nodes, k, last) or any(n.kind is kinds.SENTENCE for n in nodes[last.cue : k]):
        return False
    cues = nodes[last.cue].word.cues or ("be",)
    tags = tags_of([node, *modifiers(nodes, k, None)], cues)
    cell = scene.rules.find(last.part.part, cues, tags) if last.part is not None else (last.action, last.rule)
    if cell is None or not cell[0]:
        return False
    direction, strength = direction_of(cell[0], tags), intensity_of(tags)
    link = Link(cell[0], cell[1], k, node.first, node.first, node.last, last.part, direction, None, strength)
    if cell[0] not in DIRECTED and last.side and node.value in OPPOSITE:
        link.side = node.value
    scene.links.insert(at, link)
    return True


def _goes_on(nodes: Sequence[Node], k: int, last: Link) -> bool:
    """Whether the modifier at ``k`` stands for another event: "then left", "left, right, left", "then wider"."""
    node, before = nodes[k], nodes[k - 1]
    if before.value in THEN:
        return node.kind is kinds.DIRECTION or last.action in OPENINGS
    if before.kind is not kinds.COMMA or last.direction not in OPPOSITE:
        return False
    return OPPOSITE[last.direction] == node.value or is_sequence(nodes, k)


def _beside_part(scene: Scene, neighbours: Neighbours, k: int, used: set[int]) -> None:
    """A part beside a direction or "wide", with no cue: "corners slightly downward"."""
    node = scene.nodes[k]
    for part in (*neighbours.subject_of(k, ("be",), {node.value})[-1:], *scene.nodes[k + 1 : k + 2]):
        if part.kind is not kinds.PART or part.preposition in {"to", "of"}:
            continue
        if id(part) in used and node.kind is kinds.DIRECTION:
            continue
        beside = [m for m in modifiers(scene.nodes, k, None) if m.value != OPPOSITE.get(node.value)]
        tags = tags_of([node, *beside], ("be",))
        cell = scene.rules.find(part.part, ("be",), tags)
        if cell is not None and cell[0]:
            used.add(id(part))
            scene.add(k, cell[0], cell[1], tags, part)
            insort(scene.links, scene.links.pop(), key=token_of)
            return


def _unit(scene: Scene, k: int) -> None:
    """Action units written out; where the words beside them have said the action they add to it what they say."""
    node, links = scene.nodes[k], scene.links
    tags = {n.value for n in modifiers(scene.nodes, k, None)} | set(_graded(scene.nodes, k))
    if _decays(scene, k):
        return
    for piece in node.value.split("+"):
        number = piece.strip(UNIT_LETTERS)
        action, direction = scene.rules.units.get(number, ("", None))
        strength = intensity_of({*tags, GRADES.get(piece[-1:], "")})
        first = bisect_left(links, node.first - NEARBY, key=token_of)
        last = bisect_right(links, node.first + NEARBY, key=token_of)
        said = [link for link in links[first:last] if link.action == action]
        for link in said:
            link.intensity = link.intensity or strength
        if action and not said:
            link = Link(action, f"au.{number}", k, node.first, node.first, node.last, intensity=strength)
            link.direction = direction_of(action, tags) or direction
            link.side = None if action in DIRECTED else _side_of(piece, tags)
            insort(links, link, key=token_of)


def _graded(nodes: Sequence[Node], k: int) -> list[str]:
    """As in "AU12, intensity B", "AU15 of mild intensity", "AU4 (slight)"."""
    j = k + 1
    while j < len(nodes) and j <= k + BRACKETS and nodes[j].kind is kinds.COMMA:
        j += 1
    alone = j + 1 >= len(nodes) or nodes[j + 1].kind in JOINTS or nodes[j + 1].kind is kinds.OTHER
    return [nodes[j].value] if j < len(nodes) and nodes[j].kind is kinds.INTENSITY and alone else []


def _decays(scene: Scene, k: int) -> bool:
    """As in "AU12 fades": the end of an action."""
    nodes, node = scene.nodes, scene.nodes[k]
    after = nodes[k + 1] if k + 1 < len(nodes) else None
    if (
        after is None
        or FADES.isdisjoint(after.word.cues)
        or not after.word.forms & (kinds.THIRD_FORM | kinds.PAST_FORM)
    ):
        return False
    for piece in node.value.split("+"):
        action = scene.rules.units.get(piece.strip(UNIT_LETTERS), ("", None))[0]
        stopped = scene.rules.stopped.get(action, "")
        if stopped:
            rule = f"au.{piece.strip(UNIT_LETTERS)}+stopped"
            insort(scene.links, Link(stopped, rule, k, node.first, node.first, after.last), key=token_of)
    return True


def _side_of(piece: str, tags: set[str]) -> str | None:
    """The side of "R12", "AU12 (left)"."""
    return SIDES.get(piece[:1]) or next((side for side in SIDES.values() if side in tags), None)


def without_repeats(scene: Scene) -> list[Link]:
    """Leave out what another link says: lips that move in speech, eyes that "move to look"."""
    speech = sorted([link.cue for link in scene.links if link.action == "speak"])
    kept: list[Link] = []
    before: Link | None = None
    for link in scene.links:
        action = link.action
        if action == "mouth_move" and _beside(scene, link.cue, speech):
            continue
        if action == "gaze" and before is not None and before.action == "gaze" and _runs_on(scene, before, link):
            before.direction, before.last = before.direction or link.direction, max(before.last, link.last)
        else:
            kept.append(link)
            before = link
    return kept


def _beside(scene: Scene, cue: int, others: Sequence[int]) -> bool:
    """Whether the nearest of the other cues, before or after, is in the same clause."""
    at = bisect_left(others, cue)
    for other in others[max(at - 1, 0) : at + 1]:
        lo, hi = min(cue, other), max(cue, other)
        if all(n.kind is not kinds.COMMA and n.kind is not kinds.SENTENCE for n in scene.nodes[lo:hi]):
            return True
    return False


def _runs_on(scene: Scene, a: Link, b: Link) -> bool:
    return all(n.kind not in JOINTS for n in scene.nodes[a.cue : b.cue + 1])
