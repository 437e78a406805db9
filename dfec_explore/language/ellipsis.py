"""Ellipsis: what a clause leaves out and another one has said ("the left one follows", "so do the eyes")."""

from collections.abc import Sequence

from dfec_explore.language import kinds
from dfec_explore.language.neighbours import Neighbours
from dfec_explore.language.nodes import Node
from dfec_explore.language.scene import Link, Scene

FOLLOW = ("follow",)
TARGETS = frozenset(("on", "onto", "upon"))
"""Prepositions of what eyes rest on."""
INSIDE = frozenset(("of", "in", "on", "at"))
"""Prepositions of a part that is not what follows: "a widening of the eyes follows"."""
SEEING = frozenset(("eye", "gaze", "eyeball"))
"""Parts whose following is a gaze even where nothing is named: "the head turns, her gaze following"."""
THEN = frozenset(("then", "and then", "and"))
AND_BACK = frozenset(("left", "right", "up", "down"))
"""Directions from which eyes or a head come back."""
AIMS = frozenset(("at", "to", "toward", "towards", "into"))
CLOSING = frozenset((kinds.COMMA, kinds.SENTENCE, kinds.CONJUNCTION, kinds.BREAK))
NEXT_WORDS = 6
"""Tokens in which what is looked at has to be named."""


def followed(scene: Scene, neighbours: Neighbours, k: int, *, negated: bool) -> bool:
    """As in "the right eyebrow rises and the left one follows": the same action again.

    Returns:
        Whether that is all that the verb at ``k`` says; else it may still be eyes or a head that follow something.
    """
    subject = neighbours.subject_of(k, FOLLOW, set())
    last = scene.links[-1] if scene.links else None
    if not subject:
        somebody = last is not None and last.part is None and not negated and _is_somebody(scene, k)
        if last is not None and somebody:
            scene.add(k, last.action, f"{last.rule}+follow", set())
        return somebody or not _follows_something(scene, k)
    part = subject[-1]
    if part.preposition in INSIDE:
        return True
    if last is not None and not negated and _goes_along(scene, k, part, last):
        return True
    return part.part not in SEEING and not _follows_something(scene, k)


def _goes_along(scene: Scene, k: int, part: Node, last: Link) -> bool:
    """Repeat the last action for a part of the same kind; a head goes where the eyes went."""
    if part.part == "head" and last.action == "gaze":
        scene.add(k, "head_turn", "head.follow", set((last.direction or "").split("-")), part)
        return True
    if last.part is None or last.part is part or last.part.part != part.part or last.action == "gaze":
        return False
    scene.add(k, last.action, f"{last.rule}+follow", set(), part)
    return True


def _follows_something(scene: Scene, k: int) -> bool:
    """Whether the verb has an object: "her eyes follow the ball", unlike "a widening of the eyes follows"."""
    nodes, j = scene.nodes, k + 1
    return j < len(nodes) and nodes[j].kind not in CLOSING


def _is_somebody(scene: Scene, k: int) -> bool:
    """As in "she laughs first and he follows"."""
    before = scene.nodes[k - 1] if k else None
    return before is not None and before.kind is kinds.SUBJECT and not before.preposition


def repeat(scene: Scene, k: int, part: Node) -> None:
    """As in "so do the eyes": the last cue again, of another part."""
    if not scene.links:
        return
    last = scene.links[-1]
    tags = set((last.direction or "").split("-"))
    cell = scene.rules.find(part.part, scene.nodes[last.cue].word.cues, tags)
    if cell is not None and cell[0]:
        scene.add(k, cell[0], f"{cell[1]}+repeat", tags, part)


def look_again(scene: Scene, k: int) -> None:
    """As in "glances at the door, then at him", "looks at her, back to the phone": the gaze once more."""
    nodes, links, j = scene.nodes, scene.links, k + 1
    if links and nodes[k].value in THEN and links[-1].direction in AND_BACK and _is_back(nodes, j):
        nodes[j].taken = True
        action = "gaze" if links[-1].action == "gaze" else "head_move"
        scene.add(j, action, f"{links[-1].rule}+back", set(), links[-1].part)
        return
    if not links or links[-1].action != "gaze":
        return
    back = j < len(nodes) and nodes[j].kind is kinds.DIRECTION and nodes[j].value == "back"
    j += back
    if j >= len(nodes) or not (back or nodes[k].value in THEN) or nodes[j].preposition not in AIMS:
        return
    if any(node.kind is kinds.SENTENCE for node in nodes[links[-1].cue : k]):
        return
    is_other = nodes[j].kind is kinds.OTHER or nodes[j].kind is kinds.SUBJECT or nodes[j].part == "other"
    if is_other and (j + 1 >= len(nodes) or nodes[j + 1].kind in CLOSING):
        scene.add(j, "gaze", f"{links[-1].rule}+again", set(), links[-1].part)


def _is_back(nodes: Sequence[Node], j: int) -> bool:
    """As in "turns her head to the left and back", "looks up, then back again"."""
    if j >= len(nodes) or nodes[j].value != "back" or nodes[j].kind is not kinds.DIRECTION:
        return False
    return j + 1 >= len(nodes) or nodes[j + 1].kind in CLOSING


def rests_on(nodes: Sequence[Node], k: int) -> bool:
    """As in "her eyes on the door", "keeps her gaze on him": seeing without a verb."""
    if k + 1 >= len(nodes):
        return False
    node, after = nodes[k], nodes[k + 1]
    if node.preposition or after.preposition not in TARGETS or after.first > node.last + NEXT_WORDS:
        return False
    return after.kind is kinds.OTHER or after.kind is kinds.SUBJECT or after.part == "other"
