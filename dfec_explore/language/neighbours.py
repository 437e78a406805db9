"""Neighbours: the parts that stand before and behind a cue, with those joined to them."""

from collections.abc import Sequence

from dfec_explore.language import kinds
from dfec_explore.language.meanings import WRINKLE_CUES
from dfec_explore.language.nodes import Node
from dfec_explore.language.scene import Scene

PARTICIPLE = kinds.ADJECTIVE_FORM | kinds.PAST_FORM | kinds.ING_FORM
BESIDE = frozenset((kinds.INTENSITY, kinds.DIRECTION))
NOUN_PREPOSITIONS = frozenset(("of", "at", "on", "in", "between", "around", "to", "from", "near"))
BETWEEN = frozenset((kinds.INTENSITY, kinds.DIRECTION, kinds.STOP, kinds.NEGATION, kinds.UNREAL))
CLAUSAL = frozenset(("before", "after", "then", "and then", "but", "yet", "followed by"))
"""Conjunctions that join no subjects: "a grin before his gaze drops"."""
TOGETHER = frozenset(("along with", "together with", "as well as"))
LISTED = [kinds.PART, kinds.COMMA, kinds.PART, kinds.COMMA, kinds.CONJUNCTION]
LIST = len(LISTED)
INSERTION_ENDS = frozenset((kinds.PART, kinds.SENTENCE, kinds.SUBJECT))
LONGEST_INSERTION = 8
"""Nodes of an insertion between a part and its verb."""
REACH = 40
"""Nodes on either side of a cue in which its subject and its object are looked for."""
LONGEST_GAP = 3
"""Unknown words that may stand between a cue and its part."""


class Neighbours:
    """Finds the parts around the cues of a scene."""

    def __init__(self, scene: Scene) -> None:
        self._nodes, self._rules = scene.nodes, scene.rules

    def fits(self, group: Sequence[Node], cues: tuple[str, ...], tags: set[str]) -> bool:
        """Whether the table knows one of the parts with one of the cues."""
        find = self._rules.find
        for part in group:
            if find(part.part, cues, tags) is not None:
                return True
            if part.part == "wrinkle" and not WRINKLE_CUES.isdisjoint(cues):
                return True
        return False

    def object_of(self, k: int) -> int | None:
        """Find the part that follows a cue, with nothing between that could part them."""
        nodes, others = self._nodes, 0
        for j in range(k + 1, min(k + REACH, len(nodes))):
            node = nodes[j]
            kind = node.kind
            if kind is kinds.PART:
                if not node.preposition or node.preposition in NOUN_PREPOSITIONS or self.shares_phrase(k, j):
                    return j
                return None
            if kind is kinds.OTHER:
                others += 1
                if others > LONGEST_GAP:
                    return None
            elif kind is kinds.CUE:
                if not node.word.forms & PARTICIPLE:
                    return None
            elif kind not in BESIDE and not self._lists_adjectives(k, j):
                return None
        return None

    def shares_phrase(self, k: int, j: int) -> bool:
        """As in "from beneath lowered brows", "gives way to a raised eyebrow": the preposition is before both."""
        node, part = self._nodes[k], self._nodes[j]
        same = part.preposition not in {"", "of"} and node.preposition == part.preposition
        return same and bool(node.word.forms & (kinds.PAST_FORM | kinds.ADJECTIVE_FORM))

    def _lists_adjectives(self, k: int, j: int) -> bool:
        """As in "An open, angular mouth": the comma at ``j`` joins adjectives."""
        node = self._nodes[k]
        is_adjective = node.determined and node.word.forms & kinds.ADJECTIVE_FORM and j == k + 1
        return bool(is_adjective) and self._nodes[j].kind is kinds.COMMA

    def group_after(self, j: int) -> list[Node]:
        """The part at ``j`` and those joined to it, as far as they have no verb of their own."""
        nodes, group = self._nodes, [self._nodes[j]]
        while j + 2 < len(nodes) and nodes[j + 1].kind is kinds.CONJUNCTION and nodes[j + 2].kind is kinds.PART:
            if self._has_own_verb(j + 2):
                break
            j += 2
            group.append(nodes[j])
        return group

    def _has_own_verb(self, j: int) -> bool:
        for i in range(j + 1, len(self._nodes)):
            node = self._nodes[i]
            if node.kind is kinds.CUE:
                return self._rules.find(self._nodes[j].part, node.word.cues, ()) is not None
            if node.kind not in BESIDE:
                return False
        return False

    def subject_of(self, k: int, cues: tuple[str, ...], tags: set[str]) -> list[Node]:
        """Find the part that stands before a cue in its clause, with those joined to it."""
        nodes, others, end = self._nodes, 0, max(k - REACH, 0)
        while k > end:
            k -= 1
            node = nodes[k]
            kind = node.kind
            if kind is kinds.PART:
                if node.taken and not node.described:
                    return []
                if not node.preposition or self.fits([node], cues, tags):
                    return self._group_before(k)
            elif kind is kinds.OTHER:
                others += 1
                if others > LONGEST_GAP:
                    return []
            elif kind not in BETWEEN and not (node.word.cues == ("appear",) and not node.taken):
                return self._before_comma(k, cues, tags) if kind is kinds.COMMA else []
        return []

    def _before_comma(self, k: int, cues: tuple[str, ...], tags: set[str]) -> list[Node]:
        """The subject before an insertion that the comma at ``k`` closes: "her eyes, still wet, widen".

        Or that it opens: "her lips, not quite closed, tremble".
        """
        nodes = self._nodes
        if k and nodes[k - 1].kind is kinds.PART and self._is_inserted(k + 1) and self.fits([nodes[k - 1]], cues, tags):
            return [] if nodes[k - 1].taken or nodes[k - 1].preposition else self._group_before(k - 1)
        for j in range(k - 1, max(k - LONGEST_INSERTION, 0), -1):
            kind = nodes[j].kind
            if kind is kinds.COMMA:
                part = nodes[j - 1]
                fits = part.kind is kinds.PART and not part.taken and not part.preposition
                return self._group_before(j - 1) if fits and self.fits([part], cues, tags) else []
            if kind in INSERTION_ENDS:
                return []
        return []

    def _is_inserted(self, k: int) -> bool:
        """Whether a lone adjective stands between two commas."""
        nodes = self._nodes
        is_adjective = nodes[k].kind is kinds.CUE and nodes[k].word.forms == kinds.ADJECTIVE_FORM
        return is_adjective and k + 1 < len(nodes) and nodes[k + 1].kind is kinds.COMMA

    def _group_before(self, j: int) -> list[Node]:
        """The part at ``j`` and those joined to it before: "eyebrows, eyelids and cheeks"."""
        nodes, group, joined = self._nodes, [self._nodes[j]], False
        while j >= 2:
            link = nodes[j - 1].kind
            if link is not kinds.CONJUNCTION and not (link is kinds.COMMA and joined):
                break
            if nodes[j - 1].value in CLAUSAL:
                break
            step = 3 if self._ends_list(j) else 2
            part = nodes[j - step]
            if part.kind is not kinds.PART or part.taken or part.part == "wrinkle":
                break
            joined = True
            j -= step
            group.insert(0, part)
        return group

    def _ends_list(self, j: int) -> bool:
        """Whether the part at ``j`` is the last of "a, b, and c"."""
        return j >= LIST and [node.kind for node in self._nodes[j - LIST : j]] == LISTED

    def joined_later(self, k: int) -> list[Node]:
        """As in "Her eyebrows raise, along with the eyelids"."""
        nodes, j = self._nodes, k + 1
        while j < len(nodes) and (nodes[j].kind in BESIDE or nodes[j].kind is kinds.COMMA):
            j += 1
        if j + 1 < len(nodes) and nodes[j].value in TOGETHER and nodes[j + 1].kind is kinds.PART:
            return [] if self._has_own_verb(j + 1) else [nodes[j + 1]]
        return []
