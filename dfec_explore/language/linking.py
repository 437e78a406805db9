"""Linking: from nodes to links, cue by cue, with what holds in the clause (negation, stopping, intention)."""

from collections.abc import Callable, Sequence

from dfec_explore.language import kinds
from dfec_explore.language.attributes import modifiers, tags_of
from dfec_explore.language.nodes import Node
from dfec_explore.language.partners import Partners
from dfec_explore.language.remainders import add_remainders, without_repeats
from dfec_explore.language.rules import Rules
from dfec_explore.language.scene import RECENT, Link, Scene, place_of
from dfec_explore.language.vocabulary import Kind
from dfec_explore.language.wrinkles import Wrinkles

CHANGELESS = frozenset(("expression", "face", ""))
"""Parts whose changing is meant by "no change"; other changes are left alone."""
QUIET = frozenset((kinds.OTHER, kinds.INTENSITY, kinds.DIRECTION))
"""Kinds that change nothing for what follows."""
ALONE = frozenset(("wide", "tight"))
"""Intensities that say something of a part without a cue: "wide eyes"."""
GAZES = frozenset(("look", "focus", "fix", "follow"))
AIMED = frozenset(("left", "right", "up", "down", "forward", "back", "straight"))
SEEMING = frozenset(("like", "as if", "as though"))
WHILE = frozenset(("while", "as", "when"))
FINITE = kinds.THIRD_FORM | kinds.BASE_FORM
NOMINAL = kinds.NOUN_FORM | kinds.ING_FORM
FOLLOW = ("follow",)
MOVE = ("move",)
NEITHER = frozenset(("or", "nor"))
NEXT_WORDS = 4
"""Tokens in which what is looked at has to be named."""


class Linker:
    """Links the nodes of one caption."""

    def __init__(self, rules: Rules, nodes: Sequence[Node], intro: Sequence[tuple[int, int]]) -> None:
        """Take the nodes and the token ranges (end exclusive) of sentences that describe the person."""
        self._rules, self._nodes = rules, nodes
        self._scene = Scene(rules, nodes, intro)
        self._partners = Partners(self._scene)
        self._wrinkles = Wrinkles(self._scene)
        self._negated = self._stopped = self._unreal = False
        self._left: list[int] = []
        """Indexes of nodes that may be an action though no cue claims them."""
        self._negation = 0

    def link(self) -> list[Link]:
        """Link everything; the result is in the order in which the caption mentions the actions."""
        for k, node in enumerate(self._nodes):
            handler = HANDLERS.get(node.kind)
            if handler is not None:
                handler(self, k, node)
        scene = self._scene
        add_remainders(scene, self._partners, self._left)
        scene.links.sort(key=place_of)
        return without_repeats(scene)

    def _pause(self, k: int, node: Node) -> None:
        """A comma, a bracket or a conjunction that opens a clause."""
        if node.value != "(":
            self._negated = self._unreal = False
            self._stopped = self._stopped and node.value in WHILE

    def _end(self, k: int, node: Node) -> None:
        self._negated = self._stopped = self._unreal = False
        del self._scene.topics[:-1]

    def _join(self, k: int, node: Node) -> None:
        self._stopped = self._unreal = False
        self._negated = self._negated and node.value in NEITHER

    def _negate(self, k: int, node: Node) -> None:
        self._negated, self._negation = True, node.first

    def _stop(self, k: int, node: Node) -> None:
        self._stopped, self._negated = not self._negated, False

    def _doubt(self, k: int, node: Node) -> None:
        self._unreal = True

    def _unit(self, k: int, node: Node) -> None:
        if not self._negated:
            self._left.append(k)

    def _modifier(self, k: int, node: Node) -> None:
        if node.kind is kinds.DIRECTION or node.value in ALONE:
            self._left.append(k)

    def _change(self, k: int, node: Node) -> None:
        if self._negated:
            self._no_change(k)

    def _part(self, k: int, node: Node) -> None:
        if not self._negated:
            if node.part == "wrinkle":
                self._wrinkles.mention(k)
            if node.part in self._rules.bare:
                self._left.append(k)
        if node.word.kind is not kinds.REFERENCE:
            self._scene.topics.append([node])

    def _cue(self, k: int, node: Node) -> None:
        if node.taken:
            return
        meaning = node.word.cues
        if meaning == MOVE and self._is_empty_noun(k):
            node.kind = kinds.OTHER
            return
        if meaning == FOLLOW and self._followed(k):
            return
        target = self._partners.object_of(k)
        found = modifiers(self._nodes, k, target)
        if found and not GAZES.isdisjoint(meaning):
            found = [m for m in found if m.value != "wide"]
        cues = self._merged_return(k, target)
        tags = tags_of(found, cues) if found else set()
        group, prenominal = self._partners.parts_of(k, target, cues, tags)
        unseen, self._unreal = self._negated or self._unreal, False
        free = "" if group and group[0].part != "other" else self._free(k, cues, tags, bool(group))
        if not free and (not group or group[0].part == "other"):
            return
        for modifier in found:
            modifier.taken = True
        stopped = self._is_stopped(k)
        if unseen or (self._scene.in_intro(node) and self._is_description(node, cues, target)):
            return
        if free:
            self._add(k, self._rules.free[free], f"free.{free}", tags, None, False, stopped)
            return
        if prenominal is False and self._scene.has_prenominal:
            self._drop_prenominal(group, node)
        self._add_group(k, cues, tags, group, prenominal is True, stopped)

    def _free(self, k: int, cues: Sequence[str], tags: set[str], has_other: bool) -> str:
        """The cue that is an action without a part, if it is meant; beside another subject only a verb is."""
        for cue in cues:
            if cue in self._rules.free:
                meant = self._nodes[k].word.forms & kinds.THIRD_FORM if has_other else self._is_free(k, cues, tags)
                return cue if meant else ""
        return ""

    def _is_empty_noun(self, k: int) -> bool:
        """As in "Movements of pursing her lips": the verb says it all."""
        after = self._nodes[k + 1] if k + 1 < len(self._nodes) else None
        return after is not None and after.kind is kinds.CUE and after.preposition == "of"

    def _followed(self, k: int) -> bool:
        """As in "the right eyebrow rises and the left one follows": the same action again."""
        subject, links = self._partners.subject_of(k, FOLLOW, set()), self._scene.links
        last = links[-1] if links else None
        if not subject or last is None or last.part is None or last.part.part != subject[-1].part:
            return False
        if last.action != "gaze" and not self._negated:
            self._scene.add(k, last.action, f"{last.rule}+follow", set(), subject[-1])
        return last.action != "gaze"

    def _merged_return(self, k: int, target: int | None) -> tuple[str, ...]:
        """What the cue means; "turns back to the centre" is a return."""
        nodes, j = self._nodes, (target if target is not None else k) + 1
        while j < len(nodes) and nodes[j].kind in QUIET:
            j += 1
        if j < len(nodes) and nodes[j].word.cues == ("return",) and nodes[j].word.forms == kinds.NOUN_FORM:
            nodes[j].taken = True
            return ("return",)
        return nodes[k].word.cues

    def _is_stopped(self, k: int) -> bool:
        """Whether "stops" stands before the cue, or after it ("speaking stops") with no verb of its own."""
        if self._stopped:
            self._stopped = False
            return True
        nodes = self._nodes
        if k + 1 >= len(nodes) or nodes[k + 1].kind is not kinds.STOP:
            return False
        if not nodes[k].word.forms & NOMINAL:
            return False
        return k + 2 >= len(nodes) or nodes[k + 2].kind is not kinds.CUE

    def _is_description(self, node: Node, cues: Sequence[str], target: int | None) -> bool:
        """Whether a cue where the person is described tells what the person looks like, not what is done."""
        goal = self._nodes[target] if target is not None else None
        if not self._rules.intro_states.isdisjoint(cues) and (goal is None or goal.determined):
            return False
        if not node.word.forms & (kinds.THIRD_FORM | kinds.ING_FORM):
            return True
        return (goal is None or bool(goal.preposition)) and self._rules.intro_cues.isdisjoint(cues)

    def _is_free(self, k: int, cues: Sequence[str], tags: set[str]) -> bool:
        """Whether a cue that needs no part is meant: "looks sad" and "a look of" are no gaze."""
        if cues[0] not in GAZES:
            return True
        node, nodes = self._nodes[k], self._nodes
        if not tags and node.word.forms & kinds.BASE_FORM and (node.determined or self._after_word(k)):
            return False
        if not AIMED.isdisjoint(tags):
            return True
        looks, after = cues[0] == "look", nodes[k + 1] if k + 1 < len(nodes) else None
        if after is None or after.first > node.last + NEXT_WORDS:
            return looks
        if after.kind is kinds.OTHER or after.kind is kinds.PART:
            return bool(after.preposition)
        if after.kind is kinds.BREAK:
            return after.value not in SEEMING
        return looks and not (after.kind is kinds.CUE and after.word.forms & (kinds.PAST_FORM | kinds.ADJECTIVE_FORM))

    def _after_word(self, k: int) -> bool:
        before = self._nodes[k - 1] if k else None
        return (
            before is not None and before.kind in (kinds.OTHER, kinds.CUE) and before.last == self._nodes[k].first - 1
        )

    def _drop_prenominal(self, group: Sequence[Node], node: Node) -> None:
        """As in "The raised eyebrows lower": only what the verb says happens."""
        if not node.word.forms & FINITE:
            return
        for link in self._scene.links[-RECENT:]:
            if link.prenominal and any(link.part is part for part in group):
                self._scene.links.remove(link)

    def _add_group(
        self, k: int, cues: Sequence[str], tags: set[str], group: Sequence[Node], prenominal: bool, stopped: bool
    ) -> None:
        """Link a cue with each of its parts; parts that give the same action give it once, but for sides."""
        seen: set[str] = set()
        for part in group:
            if part.part == "wrinkle":
                if part.first < self._nodes[k].first:
                    self._wrinkles.again(k, part, cues, tags)
                continue
            cell = self._rules.find(part.part, cues, tags)
            if cell is None or (cell[0] in seen and not part.side) or self._is_said(cell[0], part, cues):
                continue
            seen.add(cell[0])
            for action in cell[0].split():
                self._add(k, action, cell[1], tags, part, prenominal, stopped)

    def _add(
        self, k: int, action: str, rule: str, tags: set[str], part: Node | None, prenominal: bool, stopped: bool
    ) -> None:
        if stopped:
            action, rule = self._rules.stopped.get(action, ""), f"{rule}+stopped"
        if action:
            self._scene.add(k, action, rule, tags, part, prenominal=prenominal)

    def _is_said(self, action: str, part: Node, cues: Sequence[str]) -> bool:
        """As in "Forming noticeable folds" says once that they are seen."""
        if "appear" not in cues and "show" not in cues:
            return False
        return any(link.action == action and link.part is part for link in self._scene.links[-RECENT:])

    def _no_change(self, k: int) -> None:
        """As in "No significant change in expression"; a change of something else is left alone."""
        nodes, node = self._nodes, self._nodes[k]
        subject = self._partners.subject_of(k, (), set())
        part = subject[-1] if subject else None
        for i in range(k + 1, len(nodes)):
            if nodes[i].kind is kinds.PART:
                part = nodes[i]
            if nodes[i].kind is not kinds.INTENSITY and nodes[i].kind is not kinds.OTHER:
                break
        if part is not None and part.part not in CHANGELESS:
            return
        first, last = min(node.first, self._negation), node.last
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
    kinds.DIRECTION: Linker._modifier,
    kinds.INTENSITY: Linker._modifier,
    kinds.CHANGE: Linker._change,
    kinds.ANNOUNCEMENT: Linker._change,
}
"""What nodes of each kind do; the others change nothing for what follows."""
