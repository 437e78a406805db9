"""Attributes: which direction and strength a cue has, from the words beside it."""

from collections.abc import Sequence, Set
from functools import lru_cache

from dfec_explore.language import kinds
from dfec_explore.language.nodes import Node

DIRECTED = frozenset(("gaze", "head_turn", "head_tilt", "head_shake", "head_nod", "head_sway", "head_move", "jaw_move"))
ORDER = ("up", "down", "left", "right", "forward", "back")
PAIRS: dict[str, tuple[str, ...]] = {
    "both": ("left", "right"),
    "vertical": ("up", "down"),
    "fore_and_aft": ("forward", "back"),
}
PAIRS["up-down-left-right"] = ("up", "down", "left", "right")
ROUND = frozenset(("up", "down", "left", "right"))
SIDEWAYS = frozenset(("left", "right"))
VERTICAL = frozenset(("up", "down"))
SPREADS = frozenset(("in", "out"))
"""As in "up and together", "upward and outward": one tag, "up-in", for two actions."""
PLACES = frozenset(("on", "at", "in", "from", "of", "beside"))
"""Prepositions that say where somebody is, not where to: "the one on the right nods"."""
MODIFIERS = frozenset((kinds.INTENSITY, kinds.DIRECTION))
BEFORE = MODIFIERS | {kinds.STOP, kinds.NEGATION, kinds.OTHER}
"""Kinds that may stand between a cue and the modifiers before it."""
JOINTS = frozenset((kinds.COMMA, kinds.CONJUNCTION))
CLAUSE_ENDS = JOINTS | {kinds.SENTENCE, kinds.BREAK}
BEHIND = MODIFIERS | {kinds.OTHER, kinds.SUBJECT}
LISTED = JOINTS | {kinds.DIRECTION}
PASSABLE = JOINTS | {kinds.PART}
"""Kinds that may stand between a cue and the modifiers after it."""
STRONG = frozenset(("strong", "full", "tight", "wide"))
REACH = 40
"""Nodes on either side of a cue in which its modifiers are looked for."""
SHORTEST_SEQUENCE = 3
"""Directions of a list that comes back to one of them."""
LONGEST_GAP = 2
"""Unknown words that may stand between a cue and its direction."""


def modifiers(nodes: Sequence[Node], k: int, target: int | None) -> list[Node]:
    """Collect the directions and intensities that belong to the cue at ``k``.

    Args:
        nodes: the caption's nodes.
        k: index of the cue.
        target: index of the cue's object, which may stand between the cue and its modifiers; None if it has none.
    """
    found = _before(nodes, k) if k and nodes[k - 1].kind in BEFORE else []
    if target is not None or (k + 1 < len(nodes) and _goes_on(nodes, k + 1)):
        _add_behind(found, nodes, k, target)
    return found


def _goes_on(nodes: Sequence[Node], j: int) -> bool:
    """Whether the node right after a cue can be, or lead to, one of its modifiers."""
    if nodes[j].kind in JOINTS:
        return j + 1 < len(nodes) and nodes[j + 1].kind in LISTED
    return nodes[j].kind in BEHIND


def _before(nodes: Sequence[Node], k: int) -> list[Node]:
    found: list[Node] = []
    others, end = 0, max(k - REACH, 0)
    forms = nodes[k].word.forms
    is_noun = nodes[k].determined and bool(forms & kinds.NOUN_FORM)
    is_verb = bool(forms & kinds.THIRD_FORM) or not forms & (kinds.NOUN_FORM | kinds.ING_FORM)
    while k > end:
        k -= 1
        node = nodes[k]
        kind = node.kind
        if kind is kinds.OTHER:
            others += 1
            if others > 1 or (is_noun and node.value == "in"):
                break
        elif kind is kinds.COMMA and _lists_adjectives(nodes, k):
            continue
        elif kind not in BEFORE or node.taken:
            break
        elif kind is kinds.INTENSITY:
            if not (others and is_verb and node.determined and node.word.forms & kinds.ADJECTIVE_FORM):
                found.append(node)
        elif kind is kinds.DIRECTION and node.preposition not in PLACES:
            found.append(node)
    return found


def _lists_adjectives(nodes: Sequence[Node], j: int) -> bool:
    """Whether the comma at ``j`` joins the adjectives of a noun: "small, rhythmic nods"."""
    before, after = nodes[j - 1] if j else None, nodes[j + 1]
    if before is None or before.kind is not kinds.INTENSITY or after.kind is not kinds.OTHER:
        return False
    return bool(before.word.forms & kinds.ADJECTIVE_FORM) and not after.determined and not after.preposition


def _add_behind(found: list[Node], nodes: Sequence[Node], k: int, target: int | None) -> None:
    others = 0
    for j in range(k + 1, min(k + REACH, len(nodes))):
        node = nodes[j]
        kind = node.kind
        if kind is kinds.DIRECTION:
            if not _starts_noun(nodes, j):
                found.append(node)
        elif kind is kinds.INTENSITY:
            if _modifies_next(nodes, j) or _is_of_noun(node):
                break
            found.append(node)
        elif kind is kinds.OTHER or (kind is kinds.SUBJECT and node.preposition):
            others += 1
            if others > LONGEST_GAP:
                break
        elif (target is None or j > target) and (kind not in PASSABLE or not _passes(nodes, k, j, target)):
            break


def _passes(nodes: Sequence[Node], k: int, j: int, target: int | None) -> bool:
    """Whether modifiers may still follow after the node at ``j``, behind the cue's object: "up, down, and left"."""
    node = nodes[j]
    if node.kind is kinds.PART:
        return target is not None and (node.part == "other" or _joined(nodes, j, target))
    if j + 1 >= len(nodes) or nodes[j + 1].kind not in LISTED or is_sequence(nodes, j):
        return False
    return _only_direction(nodes, k, j)


def _joined(nodes: Sequence[Node], j: int, target: int) -> bool:
    return j == target + 1 and bool(nodes[j].preposition)


def _starts_noun(nodes: Sequence[Node], j: int) -> bool:
    """As in "... and upward curve": the direction belongs to the noun after it."""
    after = nodes[j + 1] if j + 1 < len(nodes) else None
    return (
        after is not None
        and after.kind is kinds.CUE
        and bool(after.word.forms & kinds.NOUN_FORM)
        and not nodes[j].preposition
    )


def _modifies_next(nodes: Sequence[Node], j: int) -> bool:
    """Tell "opens slightly" from "shows slightly parted lips" and "becomes slightly serious"."""
    node = nodes[j]
    after = nodes[j + 1] if j + 1 < len(nodes) else None
    if node.word.forms & kinds.ADJECTIVE_FORM:
        return after is not None and after.kind not in CLAUSE_ENDS
    if after is None or after.first != node.last + 1:
        return False
    if after.kind is kinds.OTHER:
        return after.value != "in"
    if after.kind is not kinds.CUE or not after.word.forms & (kinds.ADJECTIVE_FORM | kinds.PAST_FORM):
        return False
    behind = nodes[j + 2] if j + 2 < len(nodes) else None
    return behind is not None and behind.kind is kinds.PART and not behind.preposition


def _is_of_noun(node: Node) -> bool:
    """As in "against the light", "softens into a gentle, knowing smile": no adverb of the verb before."""
    return node.determined and bool(node.preposition) and bool(node.word.forms & kinds.ADJECTIVE_FORM)


def _only_direction(nodes: Sequence[Node], k: int, j: int) -> bool:
    """Whether a comma or "and" goes on with nothing but a direction: "down, and to the left"."""
    while j < len(nodes) and nodes[j].kind in JOINTS:
        if "then" in nodes[j].value:
            return False
        j += 1
    if j >= len(nodes) or nodes[j].kind is not kinds.DIRECTION:
        return False
    while j < len(nodes) and nodes[j].kind is kinds.DIRECTION:
        j += 1
    if j >= len(nodes) or nodes[j].kind not in (kinds.CUE, kinds.PART):
        return True
    return nodes[j].word.forms == kinds.THIRD_FORM and bool(nodes[k].word.forms & kinds.NOUN_FORM)


def _before_part(nodes: Sequence[Node], j: int) -> bool:
    """As in "to the right, her right hand"."""
    return j + 1 < len(nodes) and nodes[j + 1].kind is kinds.PART


def is_sequence(nodes: Sequence[Node], k: int) -> bool:
    """As in "looks left, right, left", "eyes R, up, R": of a list that comes back to a direction each is an event."""
    first = k
    while first > max(k - REACH, 0) and nodes[first - 1].kind in LISTED:
        first -= 1
    said: list[str] = []
    while first < min(k + REACH, len(nodes)) and nodes[first].kind in LISTED:
        if nodes[first].kind is kinds.DIRECTION and not _before_part(nodes, first):
            said.append(nodes[first].value)
        first += 1
    return len(said) >= SHORTEST_SEQUENCE and len(said) > len(set(said))


def tags_of(found: Sequence[Node], cues: Sequence[str]) -> set[str]:
    """Name what the modifiers say, as the table's tags; opposite directions are one tag."""
    if len(found) == 1:
        return {found[0].value}
    tags = {node.value for node in found}
    if tags >= ROUND:
        return tags - ROUND | {"up-down-left-right"}
    for pair in ("both", "vertical"):
        opposite = PAIRS[pair]
        if tags.issuperset(opposite):
            tags.difference_update(opposite)
            tags.add(pair)
    tags.update(f"{way}-{spread}" for spread in tags & SPREADS for way in tags & VERTICAL)
    if "back" in tags and tags & SIDEWAYS and "tilt" not in cues and "lean" not in cues:
        tags.discard("back")
    return tags


@lru_cache(maxsize=4096)
def attributes_of(action: str, tags: frozenset[str]) -> tuple[str | None, str | None]:
    """Spell the direction and the intensity of an action; a few hundred pairs of action and tags are all there are."""
    return direction_of(action, tags), intensity_of(tags)


def direction_of(action: str, tags: Set[str]) -> str | None:
    """Spell the direction of an action; None where it has none or none is said."""
    if not tags or action not in DIRECTED:
        return None
    named = {*tags, *(direction for tag in tags for direction in PAIRS.get(tag, ()))}
    said = [d for d in ORDER if d in named and not (action == "gaze" and d == "back")]
    if not said and "straight" in tags:
        return "forward"
    return "-".join(said) or None


def intensity_of(tags: Set[str]) -> str | None:
    """Say how strong: a stated weakness outweighs ("slightly wider")."""
    if "slight" in tags:
        return "slight"
    return "strong" if tags & STRONG else None
