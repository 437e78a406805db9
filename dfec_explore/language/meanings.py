"""Meanings: whether a cue is meant as an action, or its clause gives it another sense."""

from collections.abc import Sequence

from dfec_explore.language import kinds
from dfec_explore.language.nodes import SENTENCE_WORD, Node
from dfec_explore.language.rules import Rules
from dfec_explore.language.spelled_alike import LONGEST_SHAPE, SHAPE, SHAPING

QUIET = frozenset((kinds.OTHER, kinds.INTENSITY, kinds.DIRECTION))
"""Kinds that change nothing for what follows."""
GAZES = frozenset(("look", "stare", "focus", "fix", "follow"))
SEEING = frozenset(("look", "stare"))
"""Of these only "look" can mean to seem."""
AIMED = frozenset(("left", "right", "up", "down", "forward", "back", "straight"))
PERSONAL = frozenset(("turn", "lean"))
LOOKED_AT = frozenset(("at", "toward", "towards", "over", "around", "into"))
"""Prepositions after the noun: "a look at the notes", unlike "a look of shock"."""
TOWARDS = frozenset(("to", "toward", "towards"))
RELIEVED = kinds.THIRD_FORM | kinds.BASE_FORM | kinds.PAST_FORM | kinds.ING_FORM
DAZZLED = frozenset(("into", "against"))
"""Prepositions of the glare that is a light: "squints into the glare"."""
SEEMING = frozenset(("like", "as if", "as though"))
LOOK, RETURN = ("look",), ("return",)
NOMINAL = kinds.NOUN_FORM | kinds.ING_FORM
EXTENTS = {"eye": "eye_opening", "mouth": "mouth_opening", "lip": "mouth_opening"}
"""Parts that open, and what stands for how far they are open."""
DEGREES = frozenset(("widen", "narrow", "disappear"))
STATED = kinds.THIRD_FORM | kinds.ADJECTIVE_FORM
MIXED = kinds.THIRD_FORM | kinds.BASE_FORM | kinds.ING_FORM
"""Verb forms that tell an action even where a person is described."""
WORN = frozenset((kinds.OTHER, kinds.PART, kinds.INTENSITY, kinds.BREAK))
"""Kinds of what somebody has on, between the person and the verb."""
HELD = frozenset(("show", "press"))
"""Cues of shape that are no feature where somebody's part is said to be so: "his lips pressed thin"."""
LONGEST_SUBJECT = 8
FADES = frozenset(("disappear", "relax", "return", "narrow"))
WRINKLE_CUES = FADES | {"appear", "show", "widen", "wrinkle", "furrow", "tighten"}
STILL = frozenset((kinds.INTENSITY, kinds.DIRECTION))
DRAWN = frozenset(("pull", "turn", "move", "curve", "tighten", "narrow", "retract"))
PRESS = ("press",)
NEXT_WORDS = 4
"""Tokens in which what is looked at has to be named."""


def free_cue(
    rules: Rules, nodes: Sequence[Node], k: int, cues: Sequence[str], tags: set[str], *, has_other: bool
) -> str:
    """The cue that is an action without a part, if it is meant; beside another subject only a verb is."""
    for cue in cues:
        if cue in rules.free:
            meant = _has_subject(nodes, k) if has_other else _is_free(nodes, k, cues, tags)
            return cue if meant else ""
    return ""


def _has_subject(nodes: Sequence[Node], k: int) -> bool:
    """Whether somebody does it though another part stands before: "a man in a suit is speaking"."""
    forms = nodes[k].word.forms
    if forms & kinds.THIRD_FORM or not forms & kinds.ING_FORM:
        return bool(forms & kinds.THIRD_FORM)
    j = k - 1
    while j >= max(k - LONGEST_SUBJECT, 0) and nodes[j].kind in WORN:
        j -= 1
    return j >= 0 and nodes[j].kind is kinds.SUBJECT and nodes[k].first - nodes[k - 1].last > 1


def _is_free(nodes: Sequence[Node], k: int, cues: Sequence[str], tags: set[str]) -> bool:
    """Whether a cue that needs no part is meant: "looks sad" and "a look of" are no gaze."""
    if cues[0] not in GAZES:
        return True
    node = nodes[k]
    looks, after = cues[0] in SEEING, nodes[k + 1] if k + 1 < len(nodes) else None
    if (
        cues[0] == "look"
        and not tags
        and node.word.forms & kinds.BASE_FORM
        and (node.determined or _is_after_word(nodes, k))
    ):
        return after is not None and after.preposition in LOOKED_AT
    if cues[0] == "stare" and node.determined and node.preposition in DAZZLED:
        return False
    if cues[0] == "stare" or not AIMED.isdisjoint(tags):
        return True
    if after is None or after.first > node.last + NEXT_WORDS:
        return looks
    if after.kind is kinds.OTHER or after.kind is kinds.PART:
        return bool(after.preposition)
    if after.kind is kinds.BREAK:
        return after.value not in SEEMING
    return looks and not (after.kind is kinds.CUE and after.word.forms & (kinds.PAST_FORM | kinds.ADJECTIVE_FORM))


def _is_after_word(nodes: Sequence[Node], k: int) -> bool:
    before = nodes[k - 1] if k else None
    if before is None or before.last != nodes[k].first - 1:
        return False
    return before.kind in (kinds.OTHER, kinds.CUE) or before.value == "that"


def is_description(
    rules: Rules, nodes: Sequence[Node], k: int, cues: Sequence[str], target: int | None, mixed: bool
) -> bool:
    """Whether a cue where the person is described tells what the person looks like, not what is done.

    Args:
        rules: the table.
        nodes: the caption's nodes.
        k: index of the cue.
        cues: what it means.
        target: index of the part that follows it.
        mixed: whether what is done may stand there too.
    """
    forms = nodes[k].word.forms
    if mixed and forms & MIXED and rules.intro_shapes.isdisjoint(cues):
        return False
    goal = nodes[target] if target is not None else None
    if mixed and target is None and _is_held(rules, nodes, k, cues):
        return False
    if not rules.intro_states.isdisjoint(cues) and (goal is None or goal.determined):
        return False
    if not forms & (kinds.THIRD_FORM | kinds.ING_FORM):
        return True
    return (goal is None or bool(goal.preposition)) and rules.intro_cues.isdisjoint(cues)


def _is_held(rules: Rules, nodes: Sequence[Node], k: int, cues: Sequence[str]) -> bool:
    """As in "a bald man with his head tilted": what a part of somebody's is, is no feature, a head never."""
    if not nodes[k].word.forms & kinds.PAST_FORM:
        return False
    j = k - 1
    while j >= 0 and nodes[j].kind in STILL:
        j -= 1
    if j < 0 or nodes[j].kind is not kinds.PART or not nodes[j].determined:
        return False
    return nodes[j].part == "head" or cues[0] in HELD or rules.intro_shapes.isdisjoint(cues)


def is_empty_noun(nodes: Sequence[Node], k: int) -> bool:
    """As in "movements of pursing her lips"."""
    after = nodes[k + 1] if k + 1 < len(nodes) else None
    return after is not None and after.kind is kinds.CUE and after.preposition == "of"


def extent_of(nodes: Sequence[Node], k: int) -> Node | None:
    """The part whose opening is said to grow or to lessen: "her eye opening increases", "the mouth opening reduces"."""
    of_part = k + 1 < len(nodes) and nodes[k + 1].part in EXTENTS and nodes[k + 1].preposition == "of"
    part_before = k > 0 and nodes[k - 1].part in EXTENTS and nodes[k - 1].last == nodes[k].first - 1
    if not (of_part or part_before) or not nodes[k].word.forms & NOMINAL:
        return None
    j = k + 1 + of_part
    if j >= len(nodes) or DEGREES.isdisjoint(nodes[j].word.cues) or not nodes[j].word.forms & STATED:
        return None
    return nodes[k + 1] if of_part else nodes[k - 1]


def is_aspect(nodes: Sequence[Node], k: int) -> bool:
    """As in "resumes speaking": the verb says how the next one goes on."""
    after = nodes[k + 1] if k + 1 < len(nodes) else None
    resumes = nodes[k].word.forms & kinds.SHY_FORM and after is not None and after.kind is kinds.CUE
    return bool(resumes) and after is not None and ("speak" in after.word.cues or after.word.forms == kinds.ING_FORM)


def is_personal(nodes: Sequence[Node], k: int, cues: Sequence[str], tags: set[str]) -> bool:
    """Whether a verb of the head is said of a person who goes some way with it: "she turns to the left"."""
    if cues[0] not in PERSONAL or ("back" in tags and cues[0] == "turn"):
        return False
    node, before = nodes[k], nodes[k - 1] if k else None
    if node.determined or node.preposition or node.word.forms & kinds.PAST_FORM or before is None:
        return False
    if before.word is SENTENCE_WORD and k > 1:
        before = nodes[k - 2]
    if before.kind is not kinds.SUBJECT and before.kind is not kinds.CONJUNCTION and before.kind is not kinds.COMMA:
        return False
    after = nodes[k + 1] if k + 1 < len(nodes) else None
    if after is None:
        return False
    if after.kind is kinds.DIRECTION:
        return not AIMED.isdisjoint(tags)
    return cues[0] == "turn" and after.kind is kinds.SUBJECT and after.preposition in TOWARDS


def is_calm(nodes: Sequence[Node], k: int, target: int | None) -> bool:
    """As in "she relaxes", "his wife visibly softens": a person without a part is the whole face."""
    node, j = nodes[k], k - 1
    if target is not None or "calm" not in node.word.cues or node.determined or not node.word.forms & RELIEVED:
        return False
    after = nodes[k + 1] if k + 1 < len(nodes) else None
    if after is not None and after.kind is kinds.OTHER and after.determined and not after.preposition:
        return False
    while j >= 0 and nodes[j].kind is kinds.INTENSITY:
        j -= 1
    return j >= 0 and nodes[j].kind is kinds.SUBJECT and not nodes[j].preposition


def seems(nodes: Sequence[Node], k: int) -> bool:
    """As in "what looks like a yawn": the verb is not about eyes."""
    after = nodes[k + 1] if k + 1 < len(nodes) else None
    return nodes[k].word.cues == LOOK and after is not None and after.value in SEEMING


def merged_return(nodes: Sequence[Node], k: int, target: int | None) -> tuple[str, ...]:
    """What the cue means; "turns back to the centre" is a return, "drawn into a thin line" a pressing."""
    if nodes[k].word.cues[0] in DRAWN and _is_lined(nodes, k):
        return PRESS
    j, n = (target if target is not None else k) + 1, len(nodes)
    while j < n and nodes[j].kind in QUIET:
        j += 1
    if j < n and nodes[j].word.cues == RETURN and nodes[j].word.forms == kinds.NOUN_FORM:
        nodes[j].taken = True
        return RETURN
    return nodes[k].word.cues


def _is_lined(nodes: Sequence[Node], k: int) -> bool:
    """Whether the next part is the line that something is drawn into."""
    j = k + 1
    while j < len(nodes) and nodes[j].kind in SHAPING and j <= k + LONGEST_SHAPE:
        j += 1
    return j < len(nodes) and nodes[j].kind is kinds.PART and nodes[j].value == SHAPE


def stops_behind(nodes: Sequence[Node], k: int) -> bool:
    """As in "speaking stops", with no verb of its own after "stops"."""
    if not nodes[k].word.forms & NOMINAL:
        return False
    return k + 2 >= len(nodes) or nodes[k + 2].kind is not kinds.CUE
