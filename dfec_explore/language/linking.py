"""Linking: from nodes to links, cue by cue, with what holds in the clause (negation, stopping, intention)."""

from collections.abc import Callable, Sequence

from dfec_explore.language import kinds
from dfec_explore.language.attributes import DIRECTED, modifiers, tags_of
from dfec_explore.language.ellipsis import look_again, rests_on
from dfec_explore.language.meanings import (
    GAZES,
    free_cue,
    is_description,
    merged_return,
    seems,
    stops_behind,
)
from dfec_explore.language.neighbours import Neighbours
from dfec_explore.language.nodes import Node
from dfec_explore.language.outcomes import add_free, add_group, add_no_change, add_personal, drop_prenominal
from dfec_explore.language.partners import Partners
from dfec_explore.language.remainders import add_remainders, without_repeats
from dfec_explore.language.rules import Rules
from dfec_explore.language.scene import RECENT, Link, Scene, place_of
from dfec_explore.language.sides import PAIRED, SIDES
from dfec_explore.language.special_cues import is_special
from dfec_explore.language.vocabulary import Kind
from dfec_explore.language.wrinkles import Wrinkles

SHORT_STOP = 3
"""Nodes from "stops" to the end of a clause that says no more of it."""
ALONE = frozenset(("wide", "tight"))
"""Intensities that say something of a part without a cue: "wide eyes"."""
WHILE = frozenset(("while", "as", "when"))
NEITHER = frozenset(("or", "nor"))
SEEING = frozenset(("eye", "gaze", "eyeball"))
PHRASAL = frozenset(("without", "rather than", "instead of", "free of", "lack of", "absence of", "devoid of"))
"""Negations of a phrase, which a new subject ends."""
TRAILING = frozenset(
    ("absent", "none", "nil", "not scored", "not observed", "not seen", "fought back", "bitten back", "held in check",
     "is suppressed", "was suppressed", "being suppressed", "is stifled", "was stifled", "being stifled",
     "being held back")
)  # fmt: skip
"""Negations that follow what they negate."""
HELD_BACK = frozenset(("hold back", "holding back", "suppress", "stifle", "contain", "keep from", "avoid", "bite back"))
"""What cannot be done where the action is: "cannot hold back a grin"."""
FOLDS = frozenset(("nasolabial", "crowsfeet"))
"""Parts that are no action where a negation follows: "the folds do not deepen"."""
OBLIQUE = frozenset(("him", "himself", "herself", "themselves"))
ASKED = frozenset(("asked to", "instructed to", "told to"))
"""What is only asked for, to the end of the sentence: "was asked to close the eyes, smile and blow"."""
ANY_MORE = frozenset(("any more", "anymore", "any longer"))
STATES = frozenset(("open", "close"))
BRACKETS = frozenset("()[]")
CLAUSE_ENDS = frozenset((kinds.COMMA, kinds.SENTENCE, kinds.BREAK, kinds.CONJUNCTION))


class Linker:
    """Links the nodes of one caption."""

    def __init__(
        self, rules: Rules, nodes: Sequence[Node], intro: Sequence[tuple[int, int]], *, mixed: bool = False
    ) -> None:
        """Take the nodes and the token ranges (end exclusive) of sentences that describe the person.

        Args:
            rules: the table.
            nodes: the caption's nodes.
            intro: where the person is described.
            mixed: whether what is done may stand there too: no words say where the clip begins.
        """
        self._rules, self._nodes, self._mixed = rules, nodes, mixed
        self._scene = Scene(rules, nodes, intro)
        self._neighbours = Neighbours(self._scene)
        self._partners = Partners(self._scene, self._neighbours)
        self._wrinkles = Wrinkles(self._scene)
        self._negated = self._stopped = self._unreal = self._asked = self._phrasal = False
        self._left: list[int] = []
        """Indexes of nodes that may be an action though no cue claims them."""
        self._negation = 0

    def link(self) -> list[Link]:
        """Link everything; the result is in the order in which the caption mentions the actions."""
        for k, node in enumerate(self._nodes):
            handler = HANDLERS.get(node.kind)
            if handler is not None:
                handler(self, k, node)
        self._end_stop(len(self._nodes))
        scene = self._scene
        add_remainders(scene, self._neighbours, self._left)
        scene.links.sort(key=place_of)
        return without_repeats(scene)

    def _pause(self, k: int, node: Node) -> None:
        """A comma, a bracket or a conjunction that opens a clause."""
        if node.value not in WHILE:
            self._end_stop(k)
        look_again(self._scene, k)
        if node.value != "(":
            self._negated = self._unreal = False
            self._stopped = self._stopped and node.value in WHILE

    def _end_stop(self, k: int) -> None:
        """As in "she talks, then stops": what stops is the speech that was said."""
        start = k - 1
        while start > 0 and k - start <= SHORT_STOP and self._nodes[start].kind is kinds.OTHER:
            start -= 1
        if not self._stopped or self._nodes[start].kind is not kinds.STOP:
            return
        if any(link.action == "speak" for link in self._scene.links[-RECENT:]):
            self._scene.add(start, "speak_stop", "free.speak+stopped", set())
        self._stopped = False

    def _end(self, k: int, node: Node) -> None:
        self._end_stop(k)
        self._negated = self._stopped = self._unreal = self._asked = False
        self._scene.end_sentence()

    def _join(self, k: int, node: Node) -> None:
        self._end_stop(k)
        look_again(self._scene, k)
        self._stopped = self._unreal = False
        self._negated = self._negated and node.value in NEITHER

    def _negate(self, k: int, node: Node) -> None:
        if node.value in TRAILING:
            self._take_back(k)
            return
        if self._left and self._left[-1] == k - 1 and self._nodes[k - 1].part in FOLDS:
            self._left.pop()
        self._negated, self._negation, self._phrasal = True, node.first, node.value in PHRASAL

    def _take_back(self, k: int) -> None:
        """As in "Smile absent", "speech: none": what the clause has named is not there."""
        start = k
        while start and (self._nodes[start - 1].kind not in CLAUSE_ENDS or self._nodes[start - 1].value in BRACKETS):
            start -= 1
        while self._left and self._left[-1] >= start:
            self._left.pop()
        links = self._scene.links
        while links and links[-1].cue >= start:
            links.pop()

    def _stop(self, k: int, node: Node) -> None:
        if node.value not in ANY_MORE:
            self._stopped, self._negated = not (self._negated or node.taken), False

    def _doubt(self, k: int, node: Node) -> None:
        if self._negated and node.value in HELD_BACK:
            self._negated = False
            return
        self._unreal = True
        before = self._nodes[k - 1] if k else None
        self._asked = node.value in ASKED and (before is None or before.value not in WHILE)

    def _unit(self, k: int, node: Node) -> None:
        if not self._negated:
            self._left.append(k)

    def _modifier(self, k: int, node: Node) -> None:
        if node.kind is kinds.DIRECTION or node.value in ALONE:
            self._left.append(k)

    def _change(self, k: int, node: Node) -> None:
        if self._negated or " " in node.value:
            add_no_change(self._scene, self._neighbours, k, self._negation if self._negated else None)

    def _part(self, k: int, node: Node) -> None:
        if not (self._negated or self._unreal or self._asked):
            if node.part == "wrinkle":
                self._wrinkles.mention(k)
            if node.part in self._rules.bare or (node.part in SEEING and rests_on(self._nodes, k)):
                self._left.append(k)
        if node.word.kind is not kinds.REFERENCE:
            self._scene.topics.append([node])

    def _person(self, k: int, node: Node) -> None:
        """A new subject ends what "without" and its like hide: "without blinking he nods"."""
        if self._negated and self._phrasal and node.value not in OBLIQUE and not node.preposition:
            self._negated = False

    def _cue(self, k: int, node: Node) -> None:
        self._check_any_more(k)
        if node.taken or is_special(self._scene, self._neighbours, k, negated=self._negated) or seems(self._nodes, k):
            return
        nodes, partners = self._nodes, self._partners
        target = self._neighbours.object_of(k)
        found = modifiers(nodes, k, target)
        cues = merged_return(nodes, k, target)
        if found and not GAZES.isdisjoint(cues):
            found = [m for m in found if m.value != "wide"]
        tags = tags_of(found, cues) if found else set()
        group, prenominal = partners.parts_of(k, target, cues, tags)
        denied = (self._negated and not self._is_partial(cues, tags)) or self._asked
        unseen, self._unreal = denied or self._unreal, False
        if not group or group[0].part == "other":
            free = free_cue(self._rules, nodes, k, cues, tags, has_other=bool(group))
            if not free:
                if not (unseen or group):
                    add_personal(self._scene, k, target, cues, tags)
                return
            group = []
        self._use(k, found, group, cues, tags)
        stopped = self._is_stopped(k)
        if unseen or (
            node.first < self._scene.intro_end
            and self._scene.in_intro(node)
            and is_description(self._rules, nodes, k, cues, target, self._mixed)
        ):
            return
        if not group:
            add_free(self._scene, k, free, tags, stopped=stopped)
            return
        if prenominal is False and self._scene.has_prenominal:
            drop_prenominal(self._scene, group, node)
        add_group(self._scene, self._wrinkles, k, cues, tags, group, prenominal=prenominal is True, stopped=stopped)

    def _check_any_more(self, k: int) -> None:
        """As in "is not smiling any more": what is denied has been, and stops."""
        behind = self._nodes[k + 1] if self._negated and k + 1 < len(self._nodes) else None
        if behind is not None and behind.value in ANY_MORE and not self._asked:
            behind.taken, self._negated, self._stopped = True, False, True

    def _is_partial(self, cues: tuple[str, ...], tags: set[str]) -> bool:
        """As in "Neither eye is fully open", "does not close completely": what is denied is only the degree."""
        if self._phrasal or "full" not in tags or STATES.isdisjoint(cues):
            return False
        tags.discard("full")
        tags.add("slight")
        return True

    def _use(self, k: int, found: Sequence[Node], group: Sequence[Node], cues: tuple[str, ...], tags: set[str]) -> None:
        """Use the modifiers of the cue at ``k`` up; a side among them is its part's."""
        if k in self._partners.squeezed:
            tags.add("tight")
        after = self._nodes[k + 1] if k + 1 < len(self._nodes) else None
        if group and group[0].part == "smile" and after is not None and after.part == "lip_corner":
            group[0].side = group[0].side or after.side  # "a smile tugs at the left corner of her mouth"
        if cues[0] in self._rules.strength:
            tags.add(self._rules.strength[cues[0]])
        for modifier in found:
            modifier.taken = True
            if modifier.preposition == "on" and modifier.value in SIDES:
                self._name_side(group, modifier.value, cues, tags)

    def _name_side(self, group: Sequence[Node], side: str, cues: tuple[str, ...], tags: set[str]) -> None:
        """As in "The palpebral fissures narrow on the right": which of two is said behind the verb."""
        for part in group:
            cell = self._rules.find(part.part, cues, tags)
            if part.part in PAIRED and cell is not None and cell[0] not in DIRECTED:
                part.side = part.side or side

    def _is_stopped(self, k: int) -> bool:
        """Whether "stops" stands before the cue, or after it ("speaking stops")."""
        if self._stopped:
            self._stopped = False
            return True
        if k + 1 >= len(self._nodes) or self._nodes[k + 1].kind is not kinds.STOP or not stops_behind(self._nodes, k):
            return False
        self._nodes[k + 1].taken = True
        return True


HANDLERS: dict[Kind, Callable[[Linker, int, Node], None]] = {
    kinds.CUE: Linker._cue,
    kinds.PART: Linker._part,
    kinds.COMMA: Linker._pause,
    kinds.BREAK: Linker._pause,
    kinds.SENTENCE: Linker._end,
    kinds.CONJUNCTION: Linker._join,
    kinds.NEGATION: Linker._negate,
    kinds.STOP: Linker._stop,
    kinds.UNREAL: Linker._doubt,
    kinds.UNIT: Linker._unit,
    kinds.SUBJECT: Linker._person,
    kinds.DIRECTION: Linker._modifier,
    kinds.INTENSITY: Linker._modifier,
    kinds.CHANGE: Linker._change,
    kinds.ANNOUNCEMENT: Linker._change,
}
"""What nodes of each kind do; the others change nothing for what follows."""
