"""Ellipsis: what a clause leaves out and another one has said ("the left one follows", "so do the eyes")."""

from collections.abc import Sequence

from dfec_explore.language import kinds
from dfec_explore.language.nodes import Node
from dfec_explore.language.partners import Partners
from dfec_explore.language.scene import Scene

FOLLOW = ("follow",)
TARGETS = frozenset(("on", "onto", "upon"))
"""Prepositions of what eyes rest on."""
THEN = frozenset(("then", "and then", "and"))
AIMS = frozenset(("at", "to", "toward", "towards", "into"))
CLOSING = frozenset((kinds.COMMA, kinds.SENTENCE, kinds.CONJUNCTION, kinds.BREAK))
NEXT_WORDS = 4
"""Tokens in which what is looked at has to be named."""


def followed(scene: Scene, partners: Partners, k: int, *, negated: bool) -> bool:
    """As in "the right eyebrow rises and the left one follows": the same action again."""
    subject = partners.subject_of(k, FOLLOW, set())
    last = scene.links[-1] if scene.links else None
    if subject and subject[-1].preposition == "of":
        return True
    if subject and subject[-1].part == "head" and last is not None and last.action == "gaze" and not negated:
        scene.add(k, "head_turn", "head.follow", set((last.direction or "").split("-")), subject[-1])
        return True
    if not subject or last is None or last.part is None or last.part.part != subject[-1].part:
        return False
    if last.action != "gaze" and not negated:
        scene.add(k, last.action, f"{last.rule}+follow", set(), subject[-1])
    return last.action != "gaze"


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


def rests_on(nodes: Sequence[Node], k: int) -> bool:
    """As in "her eyes on the door", "keeps her gaze on him": seeing without a verb."""
    if k + 1 >= len(nodes):
        return False
    node, after = nodes[k], nodes[k + 1]
    if node.preposition or after.preposition not in TARGETS or after.first > node.last + NEXT_WORDS:
        return False
    return after.kind is kinds.OTHER or after.kind is kinds.SUBJECT or after.part == "other"
