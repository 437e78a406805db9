"""Verbs that set a phase: the clip goes on, begins or ends; somebody begins or ends with something."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

Span = tuple[int, int, str]
"""First token of a marker, the token after it, the phase."""
LOOK_BACK = 5
MANNERS = frozenset(("with", "by", "off", "out", "on", "in", "neutral", "w/"))
"""What follows a verb that says with what something begins or ends."""
SUBORDINATORS = frozenset(("as", "when", "before", "once", "until", "just", "right", "soon", "time", "by", "after"))


class PhaseVerbs(BaseModel):
    """The verbs and what may stand with them."""

    model_config = ConfigDict(extra="forbid")

    running: frozenset[str]
    running_subjects: frozenset[str]
    changing_subjects: frozenset[str]
    changing: frozenset[str]
    opening: frozenset[str]
    closing: frozenset[str]
    auxiliaries: frozenset[str]
    manner: dict[str, str]

    def running_words(self) -> frozenset[str]:
        """The words at which a running clause may be read."""
        return frozenset(verb.split()[0] for verb in self.running) | self.changing_subjects


def running_clause(verbs: PhaseVerbs, tokens: Sequence[str], i: int) -> Span | None:
    """As in "As the video goes on", "as the emotion intensifies"."""
    before = tokens[max(i - LOOK_BACK + 1, 0) : i]
    if "as" not in before:
        return None
    token, following = tokens[i], tokens[i + 1] if i + 1 < len(tokens) else ""
    if f"{token} {following}" in verbs.running:
        subjects, end = verbs.running_subjects, i + 2
    elif token in verbs.running:
        subjects, end = verbs.running_subjects, i + 1
    elif token in verbs.changing_subjects and not verbs.changing.isdisjoint(tokens[i + 1 : i + 4]):
        subjects, end = verbs.changing_subjects, i + 2
    else:
        return None
    start = i - 1 - before[::-1].index("as")
    return (start, end, "progress") if not subjects.isdisjoint(tokens[start + 1 : i + 1]) else None


def clip_verb(verbs: PhaseVerbs, tokens: Sequence[str], i: int, clip_nouns: frozenset[str]) -> Span | None:
    """As in "The video opens", "when the clip is about to end"."""
    j = i - 1
    while j > 0 and i - j < LOOK_BACK and tokens[j] in verbs.auxiliaries:
        j -= 1
    if j < 0 or tokens[j] not in clip_nouns:
        return None
    phase = "begin" if tokens[i] in verbs.opening else "end"
    subject = j - (j > 0 and tokens[j - 1] == "the")
    start = subject if j < i - 1 or (subject and tokens[subject - 1] in SUBORDINATORS) else i
    while start and (tokens[start - 1] in SUBORDINATORS or tokens[start - 1] == "the"):
        start -= 1
    return start, _after_manner(tokens, i), phase


def manner_verb(verbs: PhaseVerbs, tokens: Sequence[str], i: int) -> Span | None:
    """As in "She starts off with a smile", "ends by frowning"."""
    phase = verbs.manner.get(tokens[i], "")
    end = _after_manner(tokens, i)
    return (i, end, phase) if phase and end > i + 1 else None


def _after_manner(tokens: Sequence[str], i: int) -> int:
    """Step over "up with" and the like; "ends up laughing" is no end."""
    end = i + 1 + (tokens[i + 1 : i + 2] == ["up"] and not MANNERS.isdisjoint(tokens[i + 2 : i + 3]))
    while end < len(tokens) and end < i + 4 and tokens[end] in MANNERS:
        end += 1
    return end
