"""Special cues: those that may mean something of their own in their clause, and then are done with."""

from collections.abc import Callable, Sequence

from dfec_explore.language import kinds
from dfec_explore.language.ellipsis import followed, repeat
from dfec_explore.language.meanings import EXTENTS, FADES, NOMINAL, extent_of, is_aspect, is_empty_noun
from dfec_explore.language.neighbours import Neighbours
from dfec_explore.language.nodes import Node
from dfec_explore.language.scene import Scene

FINITE = kinds.THIRD_FORM | kinds.BASE_FORM
LIKEWISE = ("likewise",)


def is_special(scene: Scene, neighbours: Neighbours, k: int, *, negated: bool) -> bool:
    """Whether the cue at ``k`` has said all that it says; what it says is linked then.

    Args:
        scene: the caption.
        neighbours: of its cues.
        k: index of the cue.
        negated: whether it stands under a negation.
    """
    node = scene.nodes[k]
    special = SPECIAL.get(node.word.cues)
    return (special is not None and special(scene, neighbours, k, negated)) or _fades(scene, k, node)


def _fades(scene: Scene, k: int, node: Node) -> bool:
    """As in "The grimace fades": an action that was said as a noun, and stops."""
    links = scene.links
    if not links or links[-1].cue != k - 1 or links[-1].part is not None or FADES.isdisjoint(node.word.cues):
        return False
    noun = scene.nodes[k - 1]
    passive = node.word.forms & kinds.PAST_FORM and node.first > noun.last + 1
    if not noun.determined or not noun.word.forms & NOMINAL or not (passive or node.word.forms & FINITE):
        return False
    if k + 1 < len(scene.nodes) and scene.nodes[k + 1].kind is kinds.PART and not scene.nodes[k + 1].preposition:
        return False
    last = links.pop()
    action = scene.rules.stopped.get(last.action, "")
    if action:
        scene.add(k, action, f"{last.rule}+stopped", set())
    return True


def _move(scene: Scene, neighbours: Neighbours, k: int, negated: bool) -> bool:
    """As in "Movements of pursing her lips": the verb says it all."""
    if is_empty_noun(scene.nodes, k):
        scene.nodes[k].kind = kinds.OTHER
        return True
    return False


def _open(scene: Scene, neighbours: Neighbours, k: int, negated: bool) -> bool:
    """As in "The extent of her eye opening increases": the next verb says it all."""
    part = extent_of(scene.nodes, k)
    if part is None:
        return False
    part.part, scene.nodes[k].kind = EXTENTS[part.part], kinds.OTHER
    return True


def _return(scene: Scene, neighbours: Neighbours, k: int, negated: bool) -> bool:
    """As in "Resumes speaking": the next verb says it all."""
    if is_aspect(scene.nodes, k):
        scene.nodes[k].kind = kinds.OTHER
        return True
    return False


def _breath(scene: Scene, neighbours: Neighbours, k: int, negated: bool) -> bool:
    """As in "A snort of laughter" is a laugh."""
    after = scene.nodes[k + 1] if k + 1 < len(scene.nodes) else None
    return is_empty_noun(scene.nodes, k) and after is not None and "laugh" in after.word.cues


def _act(scene: Scene, neighbours: Neighbours, k: int, negated: bool) -> bool:
    """As in "Mentalis activity wrinkles the chin": the verb says it all."""
    after = scene.nodes[k + 1] if k + 1 < len(scene.nodes) else None
    if after is None or scene.nodes[k].word.forms != kinds.NOUN_FORM:
        return False
    is_verb = after.kind is kinds.CUE and bool(after.word.forms & kinds.THIRD_FORM)
    return is_verb or (after.part == "wrinkle" and not after.determined and not after.preposition)


def _grow(scene: Scene, neighbours: Neighbours, k: int, negated: bool) -> bool:
    """As in "Her eyelids grow heavy": the adjective says it all."""
    after = scene.nodes[k + 1] if k + 1 < len(scene.nodes) else None
    if after is None or after.word.forms != kinds.ADJECTIVE_FORM or after.kind is not kinds.CUE:
        return False
    scene.nodes[k].kind = kinds.INTENSITY
    return True


def _follow(scene: Scene, neighbours: Neighbours, k: int, negated: bool) -> bool:
    return followed(scene, neighbours, k, negated=negated)


def _likewise(scene: Scene, neighbours: Neighbours, k: int, negated: bool) -> bool:
    """As in "The eyes do likewise", "so do the eyes"."""
    nodes, parts = scene.nodes, neighbours.subject_of(k, LIKEWISE, set())
    if not parts and scene.links and not negated and _is_somebody_else(nodes, k):
        scene.add(k, scene.links[-1].action, f"{scene.links[-1].rule}+likewise", set())
        return True
    if not parts and k + 1 < len(nodes) and nodes[k + 1].kind is kinds.PART:
        parts = [nodes[k + 1]]
    for part in parts:
        repeat(scene, k, part)
    return True


def _is_somebody_else(nodes: Sequence[Node], k: int) -> bool:
    """As in "he nods and she does the same", "so does she"."""
    beside = [j for j in (k - 1, k + 1) if 0 <= j < len(nodes)]
    return any(nodes[j].kind is kinds.SUBJECT and not nodes[j].preposition for j in beside)


def _other_one(scene: Scene, neighbours: Neighbours, k: int, negated: bool) -> bool:
    """As in "She opens one eye, then the other"."""
    last = scene.links[-1] if scene.links else None
    if last is not None and last.part is not None and not negated:
        scene.add(k, last.action, f"{last.rule}+again", set(), last.part)
        scene.links[-1].side = {"left": "right", "right": "left"}.get(last.side or "")
    return True


SPECIAL: dict[tuple[str, ...], Callable[[Scene, Neighbours, int, bool], bool]] = {
    ("widen",): _grow,
    ("move",): _move,
    ("act",): _act,
    ("breathe",): _breath,
    ("open",): _open,
    ("return",): _return,
    ("follow",): _follow,
    ("likewise",): _likewise,
    ("other_one",): _other_one,
}
"""By what the cue means."""
