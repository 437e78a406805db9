"""Linking: from nodes to links, cue by cue, with what holds in the clause (negation, stopping, intention)."""

from collections.abc import Callable, Sequence

from dfec_explore.language import kinds
from dfec_explore.language.attributes import DIRECTED, modifiers, tags_of
from dfec_explore.language.building import PAIRED, SIDES
from dfec_explore.language.ellipsis import followed, look_again, repeat, rests_on
from dfec_explore.language.meanings import (
    FADES,
    GAZES,
    free_cue,
    is_aspect,
    is_description,
    is_empty_noun,
    is_extent,
    is_personal,
    merged_return,
    seems,
    stops_behind,
)
from dfec_explore.language.neighbours import Neighbours
from dfec_explore.language.nodes import Node
from dfec_explore.language.partners import Partners
from dfec_explore.language.remainders import add_remainders, without_repeats
from dfec_explore.language.rules import Rules
from dfec_explore.language.scene import RECENT, Link, Scene, place_of
from dfec_explore.language.vocabulary import Kind
from dfec_explore.language.wrinkles import Wrinkles

SHORT_STOP = 3
"""Nodes from "stops" to the end of a clause that says no more of it."""
CHANGELESS = frozenset(("expression", "face", ""))
"""Parts whose changing is meant by "no change"; other changes are left alone."""
ALONE = frozenset(("wide", "tight"))
"""Intensities that say something of a part without a cue: "wide eyes"."""
WHILE = frozenset(("while", "as", "when"))
FINITE = kinds.THIRD_FORM | kinds.BASE_FORM
WIDEN, FOLLOW, LIKEWISE, MOVE, OTHER_ONE = ("widen",), ("follow",), ("likewise",), ("move",), ("other_one",)
OPEN, RETURN = ("open",), ("return",)
SHOWING = frozenset(("appear", "show"))
NEITHER = frozenset(("or", "nor"))
SEEING = frozenset(("eye", "gaze", "eyeball"))
PHRASAL = frozenset(("without", "rather than", "instead of", "free of", "lack of", "absence of", "devoid of"))
"""Negations of a phrase, which a new subject ends."""
TRAILING = frozenset(("absent", "none", "nil", "not scored", "not observed", "not seen"))
"""Negations that follow what they negate."""
HELD_BACK = frozenset(("hold back", "holding back", "suppress", "stifle", "contain", "keep from", "avoid", "bite back"))
"""What cannot be done where the action is: "cannot hold back a grin"."""
FOLDS = frozenset(("nasolabial", "crowsfeet"))
"""Parts that are no action where a negation follows: "the folds do not deepen"."""
OBLIQUE = frozenset(("him", "himself", "herself", "themselves"))
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
        self._negated = self._stopped = self._unreal = self._phrasal = False
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
        self._negated = self._stopped = self._unreal = False
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
        self._stopped, self._negated = not (self._negated or node.taken), False

    def _doubt(self, k: int, node: Node) -> None:
        if self._negated and node.value in HELD_BACK:
            self._negated = False
            return
        self._unreal = True

    def _unit(self, k: int, node: Node) -> None:
        if not self._negated:
            self._left.append(k)

    def _modifier(self, k: int, node: Node) -> None:
        if node.kind is kinds.DIRECTION or node.value in ALONE:
            self._left.append(k)

    def _change(self, k: int, node: Node) -> None:
        if self._negated or " " in node.value:
            self._no_change(k)

    def _part(self, k: int, node: Node) -> None:
        if not (self._negated or self._unreal):
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
        if node.taken or self._is_special(k, node) or seems(self._nodes, k):
            return
        nodes, partners = self._nodes, self._partners
        target = self._neighbours.object_of(k)
        found = modifiers(nodes, k, target)
        cues = merged_return(nodes, k, target)
        if found and not GAZES.isdisjoint(cues):
            found = [m for m in found if m.value != "wide"]
        tags = tags_of(found, cues) if found else set()
        group, prenominal = partners.parts_of(k, target, cues, tags)
        unseen, self._unreal = self._negated or self._unreal, False
        if not group or group[0].part == "other":
            free = free_cue(self._rules, nodes, k, cues, tags, has_other=bool(group))
            if not free:
                self._add_personal(k, cues, tags, hidden=unseen or bool(group))
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
            self._add_free(k, free, tags, stopped)
            return
        if prenominal is False and self._scene.has_prenominal:
            self._drop_prenominal(group, node)
        self._add_group(k, cues, tags, group, prenominal is True, stopped)

    def _add_personal(self, k: int, cues: tuple[str, ...], tags: set[str], *, hidden: bool) -> None:
        """As in "She turns to the left", "he leans forward": of a person in a picture of a face, the head is meant."""
        meant = not hidden and is_personal(self._nodes, k, cues, tags)
        cell = self._rules.find("head", cues, tags) if meant else None
        if cell is not None and not self._scene.in_intro(self._nodes[k]):
            self._scene.add(k, cell[0], f"person.{cell[1]}", tags)

    def _use(self, k: int, found: Sequence[Node], group: Sequence[Node], cues: tuple[str, ...], tags: set[str]) -> None:
        """Use the modifiers of the cue at ``k`` up; a side among them is its part's."""
        if k in self._partners.squeezed:
            tags.add("tight")
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

    def _is_special(self, k: int, node: Node) -> bool:
        special = SPECIAL.get(node.word.cues)
        return (special is not None and special(self, k, node)) or self._fades(k, node)

    def _fades(self, k: int, node: Node) -> bool:
        """As in "The grimace fades": an action that was said as a noun, and stops."""
        links = self._scene.links
        if not links or links[-1].cue != k - 1 or links[-1].part is not None or FADES.isdisjoint(node.word.cues):
            return False
        noun = self._nodes[k - 1]
        if not noun.determined or not noun.word.forms & kinds.NOUN_FORM or not node.word.forms & FINITE:
            return False
        last = links.pop()
        action = self._rules.stopped.get(last.action, "")
        if action:
            self._scene.add(k, action, f"{last.rule}+stopped", set())
        return True

    def _move(self, k: int, node: Node) -> bool:
        """As in "Movements of pursing her lips": the verb says it all."""
        if is_empty_noun(self._nodes, k):
            node.kind = kinds.OTHER
            return True
        return False

    def _open(self, k: int, node: Node) -> bool:
        """As in "The extent of her eye opening increases": the next verb says it all."""
        if is_extent(self._nodes, k):
            node.kind = kinds.OTHER
            return True
        return False

    def _return(self, k: int, node: Node) -> bool:
        """As in "Resumes speaking": the next verb says it all."""
        if is_aspect(self._nodes, k):
            node.kind = kinds.OTHER
            return True
        return False

    def _grow(self, k: int, node: Node) -> bool:
        """As in "Her eyelids grow heavy": the adjective says it all."""
        after = self._nodes[k + 1] if k + 1 < len(self._nodes) else None
        if after is None or after.word.forms != kinds.ADJECTIVE_FORM or after.kind is not kinds.CUE:
            return False
        node.kind = kinds.INTENSITY
        return True

    def _follow(self, k: int, node: Node) -> bool:
        return followed(self._scene, self._neighbours, k, negated=self._negated)

    def _likewise(self, k: int, node: Node) -> bool:
        """As in "The eyes do likewise", "so do the eyes"."""
        nodes, parts = self._nodes, self._neighbours.subject_of(k, LIKEWISE, set())
        if not parts and k + 1 < len(nodes) and nodes[k + 1].kind is kinds.PART:
            parts = [nodes[k + 1]]
        for part in parts:
            repeat(self._scene, k, part)
        return True

    def _other_one(self, k: int, node: Node) -> bool:
        """As in "She opens one eye, then the other"."""
        last = self._scene.links[-1] if self._scene.links else None
        if last is not None and last.part is not None and not self._negated:
            self._scene.add(k, last.action, f"{last.rule}+again", set(), last.part)
            self._scene.links[-1].side = {"left": "right", "right": "left"}.get(last.side or "")
        return True

    def _is_stopped(self, k: int) -> bool:
        """Whether "stops" stands before the cue, or after it ("speaking stops")."""
        if self._stopped:
            self._stopped = False
            return True
        if k + 1 >= len(self._nodes) or self._nodes[k + 1].kind is not kinds.STOP or not stops_behind(self._nodes, k):
            return False
        self._nodes[k + 1].taken = True
        return True

    def _drop_prenominal(self, group: Sequence[Node], node: Node) -> None:
        """As in "The raised eyebrows lower": only what the verb says happens."""
        if not node.word.forms & FINITE:
            return
        for link in self._scene.links[-RECENT:]:
            if link.prenominal and any(link.part is part for part in group):
                self._scene.links.remove(link)

    def _add_free(self, k: int, cue: str, tags: set[str], stopped: bool) -> None:
        action, rule = self._rules.free[cue], f"free.{cue}"
        if stopped:
            action, rule = self._rules.stopped.get(action, ""), f"{rule}+stopped"
        if cue in self._rules.strength:
            tags.add(self._rules.strength[cue])
        if action:
            self._scene.add(k, action, rule, tags)

    def _add_group(
        self, k: int, cues: tuple[str, ...], tags: set[str], group: Sequence[Node], prenominal: bool, stopped: bool
    ) -> None:
        """Link a cue with each of its parts; parts that give the same action give it once, but for sides."""
        seen = ""
        for part in group:
            if part.part == "wrinkle":
                if part.first < self._nodes[k].first:
                    self._wrinkles.again(k, part, cues, tags)
                continue
            cell = self._rules.find(part.part, cues, tags)
            if cell is not None and not cell[0]:
                self._scene.settled.add(id(part))
            if cell is None or not cell[0] or (cell[0] == seen and not part.side):
                continue
            if cues[0] in SHOWING and self._is_said(cell[0], part):
                continue
            seen, rule = cell
            for action in seen.split() if " " in seen else (seen,):
                if stopped:
                    action, rule = self._rules.stopped.get(action, ""), f"{rule}+stopped"
                if action:
                    self._scene.add(k, action, rule, tags, part, prenominal=prenominal)

    def _is_said(self, action: str, part: Node) -> bool:
        """As in "Forming noticeable folds" says once that they are seen."""
        return any(link.action == action and link.part is part for link in self._scene.links[-RECENT:])

    def _no_change(self, k: int) -> None:
        """As in "No significant change in expression"; a change of something else is left alone."""
        nodes, node = self._nodes, self._nodes[k]
        subject = self._neighbours.subject_of(k, (), set())
        part = subject[-1] if subject else None
        for i in range(k + 1, len(nodes)):
            if nodes[i].kind is kinds.PART:
                part = nodes[i]
            if nodes[i].kind is not kinds.INTENSITY and nodes[i].kind is not kinds.OTHER:
                break
        if part is not None and part.part not in CHANGELESS:
            return
        first, last = min(node.first, self._negation) if self._negated else node.first, node.last
        if part is not None:
            first, last = min(first, part.first), max(last, part.last)
        self._scene.links.append(Link("no_change", "no_change", k, node.first, first, last))


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
SPECIAL: dict[tuple[str, ...], Callable[[Linker, int, Node], bool]] = {
    WIDEN: Linker._grow,
    MOVE: Linker._move,
    OPEN: Linker._open,
    RETURN: Linker._return,
    FOLLOW: Linker._follow,
    LIKEWISE: Linker._likewise,
    OTHER_ONE: Linker._other_one,
}
"""Cues that may mean something of their own in their clause, and then are done with."""
