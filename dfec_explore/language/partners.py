"""Partners: which parts a cue belongs to, by the table and by where they stand."""

from dfec_explore.language import kinds
from dfec_explore.language.meanings import PERSONAL, is_calm
from dfec_explore.language.neighbours import BESIDE, LONGEST_GAP, PARTICIPLE, Neighbours
from dfec_explore.language.nodes import Node
from dfec_explore.language.scene import RECENT, Scene

NOUNS = kinds.NOUN_FORM | kinds.ING_FORM
NAMED = frozenset((kinds.OTHER, kinds.PART))
BARE_OBJECT = ("",)
OBJECT_PREPOSITIONS = {"bite": ("", "on", "at"), "return": ("", "to")}
"""Cues whose verbs take their object with a preposition: "chews on his lip", "returns to baseline"."""
VERBAL = kinds.BASE_FORM | kinds.THIRD_FORM | kinds.ING_FORM
STATE = kinds.ADJECTIVE_FORM | kinds.PAST_FORM | kinds.BASE_FORM
AROUND = BESIDE | {kinds.OTHER}
JOINING = frozenset((kinds.COMMA, kinds.CONJUNCTION, kinds.INTENSITY, kinds.DIRECTION))
TRANSITIVE = frozenset(("show", "bite"))
FLOW = ("flow",)
WITH_EYES = frozenset(("wink", "blink"))
WITH_EYES_PARTS = frozenset(("eye", "lid"))
CAUSES = frozenset(("narrow", "press", "pull", "drop", "droop", "tighten", "squint", "protrude"))
FORCES = frozenset(("narrow", "press", "squint", "tighten"))
"""Causes that make a closing strong."""
RESULTS = frozenset(("open", "close"))
VAGUE = frozenset(("mouth_move", "jaw_move", "brow_move"))
"""Actions that take no part over from another clause: "she chuckles, mouth open, and turns"."""
AUXILIARIES = 3
"""Tokens from a noun to its verb: "the sigh is heaved"."""

Partner = tuple[list[Node], bool | None]
"""The parts of a cue, empty where it has none; and whether it stands before them like an adjective (True), is said of
its subject (False), or neither (None)."""
NOBODY: Partner = ([], None)


class Partners:
    """Finds the parts that the cues of a scene belong to."""

    def __init__(self, scene: Scene, neighbours: Neighbours) -> None:
        self._scene, self._nodes, self._rules = scene, scene.nodes, scene.rules
        self._neighbours = neighbours
        self.squeezed: set[int] = set()
        """Indexes of cues that are what another one leads to by force: the shutting of "squeezes her eyes shut"."""

    def parts_of(self, k: int, target: int | None, cues: tuple[str, ...], tags: set[str]) -> Partner:
        """Find the parts of the cue at ``k``.

        Args:
            k: index of the cue.
            target: index of the part that follows it, as ``object_of`` found it.
            cues: what the cue can mean.
            tags: what goes with it; adjectives of a "slight smile" are added.
        """
        node, after, after_fits = self._nodes[k], [], False
        target = self._instrument(k, cues) if target is None else target
        if target is not None:
            after = self._neighbours.group_after(target)
            after_fits = self._neighbours.fits(after, cues, tags)
        forms = node.word.forms
        if forms & NOUNS and self._is_noun(k, target):
            return self._parts_of_noun(k, after if after_fits else [], cues, tags)
        verbal = bool(forms & VERBAL)
        if target is not None and after_fits:
            after_fits = after[0].preposition in OBJECT_PREPOSITIONS.get(cues[0], BARE_OBJECT)
            after_fits = after_fits or self._neighbours.shares_phrase(k, target)
            if after_fits and cues[0] in CAUSES and self._is_resultative(target, cues[0]):
                return NOBODY
            if after_fits and after[0].determined and (verbal or cues[0] in TRANSITIVE):
                return self._as_object(node, after, tags)
        before = self._neighbours.subject_of(k, cues, tags)
        before_fits = bool(before) and self._neighbours.fits(before, cues, tags)
        if after_fits and not before_fits:
            return self._as_object(node, after, tags)
        if not before and forms == kinds.ADJECTIVE_FORM:
            before = self._subject_of_list(k, cues, tags)
            before_fits = bool(before)
        if before:
            return self._as_subject(k, before, before_fits, cues, tags)
        if self._cannot_borrow(k, target, verbal):
            return NOBODY
        return (self._shared_object(k, cues, tags) or self._inherited(k, cues, tags)), None

    def _instrument(self, k: int, cues: tuple[str, ...]) -> int | None:
        """As in "winks with her right eye"."""
        nodes = self._nodes
        if (
            cues[0] not in WITH_EYES
            or k + 2 >= len(nodes)
            or nodes[k + 1].value != "with"
            or nodes[k + 2].part not in WITH_EYES_PARTS
        ):
            return None
        return k + 2

    def _subject_of_list(self, k: int, cues: tuple[str, ...], tags: set[str]) -> list[Node]:
        """As in "Her tongue is taut and visible": both say something of one subject."""
        if k < LONGEST_GAP or self._nodes[k - 1].kind is not kinds.CONJUNCTION:
            return []
        first = self._nodes[k - 2]
        if first.kind is kinds.CUE and not first.word.forms & (kinds.ADJECTIVE_FORM | kinds.PAST_FORM):
            return []
        before = self._neighbours.subject_of(k - 2, cues, tags)
        return before if before and self._neighbours.fits(before, cues, tags) else []

    def _as_object(self, node: Node, after: list[Node], tags: set[str]) -> Partner:
        after[0].taken = True
        described = (node.determined or not after[0].determined) and bool(node.word.forms & PARTICIPLE)
        after[0].described = described
        if after[0].part in self._rules.bare:
            tags.update(self._scene.adjectives_of(after[0]))
        return after, True if described else None

    def _as_subject(
        self, k: int, before: list[Node], before_fits: bool, cues: tuple[str, ...], tags: set[str]
    ) -> Partner:
        if cues[0] in CAUSES and self._is_resultative(k, cues[0]):
            return NOBODY
        if not before_fits:
            return (before if before[0].part == "other" else []), None
        if k + 1 < len(self._nodes) and self._nodes[k + 1].kind in JOINING:
            before += self._neighbours.joined_later(k)
        if before[0].part in self._rules.bare:
            tags.update(self._scene.adjectives_of(before[0]))
        elif self._is_compound(k, before[-1]):
            tags.update(value for value in self._scene.adjectives_of(before[0]) if value != "wide")
        return before, False

    def _is_compound(self, k: int, part: Node) -> bool:
        """As in "Slight brow furrowing": what stands before the part is said of the noun."""
        node = self._nodes[k]
        return part.last == node.first - 1 and bool(node.word.forms & NOUNS)

    def _cannot_borrow(self, k: int, target: int | None, verbal: bool) -> bool:
        """Whether a cue without a fitting part is left alone: a verb with another object, an adjective of no part."""
        node = self._nodes[k]
        forms = node.word.forms
        if forms & kinds.SHY_FORM and not self._is_coordinated(k):
            return True
        if target is not None and not self._nodes[target].preposition and self._owns(k, target, verbal):
            return True
        if verbal and (self._has_unknown_object(k) or self._has_unknown_subject(k)):
            return True
        if self._is_of_something(k) or is_calm(self._nodes, k, target):
            return True
        return forms == kinds.ADJECTIVE_FORM or (node.determined and not forms & (kinds.NOUN_FORM | kinds.THIRD_FORM))

    def _owns(self, k: int, target: int, verbal: bool) -> bool:
        """Whether the part after a cue is its own though they do not fit: "turns his back", "a bulging brow"."""
        if self._nodes[target].determined:
            return verbal and not (self._nodes[k].word.cues == FLOW and self._nodes[target - 1].kind is kinds.DIRECTION)
        return target == k + 1 and bool(self._nodes[k].word.forms & PARTICIPLE)

    def _is_coordinated(self, k: int) -> bool:
        """Whether a cue goes on from another: "leaps, dips and leaps again"."""
        while k and self._nodes[k - 1].kind in JOINING:
            k -= 1
        return k > 0 and self._nodes[k - 1].kind is kinds.CUE

    def _has_unknown_object(self, k: int) -> bool:
        """As in "Draws a breath", "pulls the door": the verb's object is not of the face."""
        j = k + 1
        while j < len(self._nodes) and self._nodes[j].kind in AROUND and not self._nodes[j].determined:
            j += 1
        after = self._nodes[j] if j < len(self._nodes) else None
        if after is None or not after.determined or after.preposition or self._nodes[k].determined:
            return False
        return after.kind is kinds.OTHER or (after.kind is kinds.CUE and bool(after.word.forms & kinds.NOUN_FORM))

    def _is_of_something(self, k: int) -> bool:
        """As in "Tightening of the orbit": the noun says itself what it is of, and that is no part."""
        after = self._nodes[k + 1] if k + 1 < len(self._nodes) else None
        return after is not None and after.preposition == "of" and after.kind in NAMED

    def _has_unknown_subject(self, k: int) -> bool:
        """As in "The toy moves", "her stare hardens": the verb is said of what stands right before it."""
        before = self._nodes[k - 1] if k else None
        node = self._nodes[k]
        if before is None or before.preposition or not node.word.forms & (kinds.THIRD_FORM | kinds.PAST_FORM):
            return False
        gap = node.first - before.last
        if before.kind is kinds.OTHER:
            return bool(node.word.forms & kinds.THIRD_FORM) and before.determined and gap == 1
        forms = before.word.forms
        return gap <= AUXILIARIES and bool(forms & kinds.NOUN_FORM) and not forms & kinds.THIRD_FORM

    def _parts_of_noun(self, k: int, after: list[Node], cues: tuple[str, ...], tags: set[str]) -> Partner:
        before = self._neighbours.subject_of(k, cues, tags)
        fits = self._neighbours.fits(before, cues, tags)
        if fits and before[-1].last >= self._nodes[k].first - 2:
            tags.update(self._scene.adjectives_of(before[0]))
            return before, None
        if after:
            after[0].taken = True
            return after, None
        if fits:
            return before, None
        return (self._inherited(k, cues, tags) if tags or "return" in cues else []), None

    def _is_noun(self, k: int, target: int | None) -> bool:
        """Tell "a slight lift of" from "they lift"."""
        node = self._nodes[k]
        forms = node.word.forms
        if forms == kinds.NOUN_FORM:
            return True
        if forms & kinds.ING_FORM:
            preposition = self._nodes[target].preposition if target is not None else ""
            return preposition == "of" or bool(preposition and node.determined and forms & kinds.NOUN_FORM)
        both = forms & kinds.NOUN_FORM and forms & kinds.BASE_FORM
        of_something = target is not None and self._nodes[target].preposition == "of"
        return bool(both) and (node.determined or of_something or self._after_adjective(k))

    def _after_adjective(self, k: int) -> bool:
        before = self._nodes[k - 1] if k else None
        return before is not None and before.kind is kinds.INTENSITY and bool(before.word.forms & kinds.ADJECTIVE_FORM)

    def _is_resultative(self, target: int, cause: str) -> bool:
        """As in "Squeezes his eyes shut" is the shutting."""
        j = target + 1
        while j < len(self._nodes) and self._nodes[j].kind is kinds.INTENSITY:
            j += 1
        if j >= len(self._nodes) or self._nodes[j].kind is not kinds.CUE:
            return False
        result = self._nodes[j].word
        if RESULTS.isdisjoint(result.cues) or not result.forms & STATE:
            return False
        if cause in FORCES and "close" in result.cues:
            self.squeezed.add(j)
        return True

    def _shared_object(self, k: int, cues: tuple[str, ...], tags: set[str]) -> list[Node]:
        """As in "Closes and then opens her eyes": the first verb shares the second's object."""
        nodes, j = self._nodes, k + 1
        while j < len(nodes) and (nodes[j].kind is kinds.CONJUNCTION or nodes[j].kind is kinds.INTENSITY):
            j += 1
        if j == k + 1 or j >= len(nodes) or nodes[j].kind is not kinds.CUE:
            return []
        if not nodes[k].word.forms & nodes[j].word.forms & (VERBAL | kinds.PAST_FORM):
            return []
        target = self._neighbours.object_of(j)
        group = self._neighbours.group_after(target) if target is not None else []
        return group if group and self._neighbours.fits(group, cues, tags) else []

    def _is_somebodys(self, k: int, cues: tuple[str, ...]) -> bool:
        """As in "She turns round", which needs no head of the sentence before."""
        before = self._nodes[k - 1] if k else None
        return cues[0] in PERSONAL and before is not None and before.kind is kinds.SUBJECT

    def _inherited(self, k: int, cues: tuple[str, ...], tags: set[str]) -> list[Node]:
        """The part that was named last and can do this: "her head lowers, then turns".

        A cue that needs no part takes none over from the sentence before: "... across her face. Then she squints".
        """
        free = not self._rules.free.keys().isdisjoint(cues) or self._is_somebodys(k, cues)
        for group in self._scene.topics[: -RECENT - 1 : -1]:
            if free and group is self._scene.carried:
                return []
            if group[0].first < self._nodes[k].first and self._neighbours.fits(group, cues, tags):
                cell = self._rules.find(group[0].part, cues, tags)
                return group if cues[0] != "turn" or cell is None or cell[0] not in VAGUE else []
        return []
