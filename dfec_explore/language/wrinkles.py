"""Wrinkles: told apart by their place, which may stand before them, after them, or be known from before."""

from collections.abc import Sequence

from dfec_explore.language import kinds
from dfec_explore.language.attributes import intensity_of, modifiers
from dfec_explore.language.meanings import FADES, WRINKLE_CUES
from dfec_explore.language.nodes import Node
from dfec_explore.language.scene import APART, Link, Scene

FAR = 40
"""Links back to the last brow action, which tells where wrinkles are."""
BROWS = ("brow", "forehead")
BY_BROWS = {"brow_lower": ("brow",), "brow_relax": ("brow",), "brow_raise": ("forehead",)}
ABOVE = frozenset(("above", "over"))
PASSED = frozenset((kinds.INTENSITY, kinds.OTHER, kinds.DIRECTION))
SHAPED = frozenset(("mouth", "lip", "eye", "lid"))
REACH = 40
"""Nodes after wrinkles in which their places are looked for."""
CLOSE = 8
"""Tokens from the last action to wrinkles that are said without a place or a verb."""


class Wrinkles:
    """Finds what the mentions of wrinkles in a scene say."""

    def __init__(self, scene: Scene) -> None:
        self._scene, self._nodes = scene, scene.nodes
        self._last: tuple[str, ...] = ()

    def mention(self, k: int) -> None:
        """Link the wrinkles at ``k``, once for each place."""
        scene, node = self._scene, self._nodes[k]
        if scene.in_intro(node) or node.preposition == "into":
            return
        cue, last, named = self._read_on(k)
        found = modifiers(self._nodes, k, None)
        if cue is not None:
            found += modifiers(self._nodes, cue, None)
        fades = cue is not None and not FADES.isdisjoint(self._nodes[cue].word.cues)
        node.places = named or self._assumed(fades or node.determined)
        follows = bool(scene.links) and node.first - scene.links[-1].last < CLOSE
        if follows and not named and cue is None and _is_shape(scene, k):
            node.part, node.places = "other", ()
            return
        if not node.places or not (named or cue is not None or follows):
            return
        self._last = node.places
        strength = intensity_of({m.value for m in found if m.kind is kinds.INTENSITY})
        for action, rule in self._actions(node.places, fades):
            side = node.side or None
            scene.links.append(Link(action, rule, k, node.first, node.first, last, node, None, side, strength))

    def again(self, k: int, part: Node, cues: Sequence[str], tags: set[str]) -> None:
        """Link a further cue of wrinkles that were mentioned: "wrinkles appear, then fade"."""
        for action, rule in self._actions(part.places or self._last, not FADES.isdisjoint(cues)):
            self._scene.add(k, action, rule, tags, part)

    def _actions(self, places: Sequence[str], fades: bool) -> list[tuple[str, str]]:
        """The action and the rule of each place that has one."""
        wrinkles, word = self._scene.rules.wrinkles, "fade" if fades else "show"
        return [
            (wrinkles[place][fades], f"wrinkle.{place}.{word}")
            for place in places
            if place in wrinkles and wrinkles[place][fades]
        ]

    def _read_on(self, k: int) -> tuple[int | None, int, tuple[str, ...]]:
        """Read on from the wrinkles: the index of their cue, the last token of it all, their places."""
        nodes, node = self._nodes, self._nodes[k]
        places, last = list(node.places), node.last
        before = nodes[k - 1] if k else None
        is_noun = before is not None and node.preposition == "of" and not WRINKLE_CUES.isdisjoint(before.word.cues)
        cue = k - 1 if is_noun else None
        for j in range(k + 1, min(k + REACH, len(nodes))):
            after = nodes[j]
            if after.kind is kinds.PART:
                if not after.preposition and not (after.determined and j == k + 1):
                    break
                places.append(_place_name(after))
                node.side, last, after.taken = node.side or after.side, after.last, True
            elif after.kind is kinds.CUE:
                if WRINKLE_CUES.isdisjoint(after.word.cues) or cue is not None:
                    break
                cue, last, after.taken = j, after.last, True
            elif not (after.kind in PASSED or self._joins_place(j)):
                if after.preposition in ABOVE and not places:
                    places.append("forehead")
                break
        return cue, last, tuple(dict.fromkeys(places))

    def _joins_place(self, j: int) -> bool:
        """As in "... on his forehead and between his brows"."""
        if self._nodes[j].kind is not kinds.CONJUNCTION or j + 1 >= len(self._nodes):
            return False
        return self._nodes[j + 1].kind is kinds.PART and bool(self._nodes[j + 1].preposition)

    def _assumed(self, known: bool) -> tuple[str, ...]:
        """Where wrinkles are that are said to be nowhere: where they were, or where the brows put them."""
        links = self._scene.links[: -FAR - 1 : -1]
        recent = next((link.action for link in links if link.action.startswith(BROWS)), "")
        by_brows = BY_BROWS.get(recent, ())
        return (self._last or by_brows) if known else (by_brows or self._last)


def _is_shape(scene: Scene, k: int) -> bool:
    """As in "Her mouth is set in a firm line": the line is the mouth."""
    part = scene.links[-1].part
    if part is None or part.part not in SHAPED:
        return False
    return all(n.kind not in APART for n in scene.nodes[scene.links[-1].cue : k])


def _place_name(part: Node) -> str:
    if part.preposition == "between":
        return "brow"
    return "forehead" if part.part == "brow" and part.preposition in ABOVE else part.part
