"""Ellipsis: what a clause leaves out and another one has said ("the left one follows", "so do the eyes")."""

from collections.abc import Sequence

from dfec_explore.language import kinds
from dfec_explore.language.nodes import Node
from dfec_explore.language.partners import Partners
from dfec_explore.language.scene import Scene

FOLLOW = ("follow",)
TARGETS = frozenset(("on", "onto", "upon"))
"""Prepositions of what eyes rest on."""
NEXT_WORDS = 4
"""Tokens in which what is looked at has to be named."""


def followed(scene: Scene, partners: Partners, k: int, *, negated: bool) -> bool:
    """As in "the right eyebrow rises and the left one follows": the same action again."""
    subject = partners.subject_of(k, FOLLOW, set())
    last = scene.links[-1] if scene.links else None
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


def rests_on(nodes: Sequence[Node], k: int) -> bool:
    """As in "her eyes on the door", "keeps her gaze on him": seeing without a verb."""
    if k + 1 >= len(nodes):
        return False
    node, after = nodes[k], nodes[k + 1]
    if node.preposition or after.preposition not in TARGETS or after.first > node.last + NEXT_WORDS:
        return False
    return after.kind is kinds.OTHER or after.kind is kinds.SUBJECT or after.part == "other"
