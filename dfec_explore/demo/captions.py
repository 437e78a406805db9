"""From what a person looks like and does to a caption, with the exact place of every event in it."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import groupby
from random import Random

from dfec_explore.demo.look import FaceLook
from dfec_explore.demo.story import TimedAction
from dfec_explore.model import FacialEvent

OPENINGS = (
    "This video follows the facial expressions of {who}.",
    "The video follows the changing face of {who}.",
    "This video presents the facial movements of {who}.",
    "The video records how the expression of {who} changes.",
    "This video captures the facial changes of {who}.",
)
MARKERS = {
    "begin": ("At the beginning of the video", "In the beginning of the video", "Initially", "At the beginning"),
    "progress": ("As the video progresses", "As the video goes on", "As time passes"),
    "middle": ("In the middle of the video", "Midway through the video", "In the middle"),
    "end": ("Towards the end of the video", "Towards the end", "In the last part of the video"),
}
ONWARD = ("Then", "After that", "Next")
SIDEWAYS = {"left": "to the left", "right": "to the right"}
GAZE_WORDS = SIDEWAYS | {
    "up": "upwards",
    "down": "downwards",
    "forward": "straight ahead",
    "up-left": "to the upper left",
    "up-right": "to the upper right",
    "down-left": "to the lower left",
    "down-right": "to the lower right",
}
TAIL_HOSTS = {
    "gaze": {"eyes_open"},
    "teeth_show": {"mouth_open", "lip_corner_pull"},
}
HAIR_WORDS = {
    "long": "has long straight {colour} hair",
    "wavy": "has long wavy {colour} hair",
    "bob": "has short straight {colour} hair that ends at the chin",
    "bun": "has {colour} hair tied up in a bun",
    "ponytail": "has {colour} hair tied in a ponytail",
    "curly": "has short curly {colour} hair",
    "fringe": "has long {colour} hair with bangs covering the forehead",
    "headscarf": "wears a {clothes} headscarf",
    "side parting": "has short {colour} hair parted on one side",
    "crop": "has very short {colour} hair",
    "curly top": "has short curly {colour} hair",
    "swept back": "has short {colour} hair combed back",
    "bald": "has a bald head",
    "receding": "has a bald crown with short {colour} hair on both sides",
    "medium": "has medium-length {colour} hair",
    "cap": "wears a knitted {clothes} cap over short {colour} hair",
}
CLOTHES_WORDS = {"navy": "dark blue", "charcoal": "dark grey", "forest": "dark green", "sky": "light blue"}
BEARD_WORDS = {
    "stubble": "some stubble on the chin",
    "moustache": "a moustache",
    "short beard": "a short beard",
    "full beard": "a full beard",
}
_PLACE = re.compile(r"<(.*?)>")
Forms = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class _Words:
    """How a person is spoken of."""

    subject: str
    owner: str


@dataclass(frozen=True, slots=True)
class _Clause:
    """A worded action: its template is filled, its event's place still between < and >."""

    text: str
    action: TimedAction
    form: str


@lru_cache(maxsize=1)
def read_phrases() -> dict[str, Forms]:
    """The wordings of every action, as written in ``phrases.toml``."""
    text = files("dfec_explore.demo").joinpath("phrases.toml").read_text(encoding="utf-8")
    phrases: dict[str, Forms] = tomllib.loads(text)
    return phrases


def write_caption(look: FaceLook, timeline: Sequence[TimedAction], rng: Random) -> tuple[str, tuple[FacialEvent, ...]]:
    """Caption of a person's timeline, and its events in the order of the text.

    Returns:
        The caption, and events whose ``caption[start:end] == quote``, labelled as the annotation guide says,
        with ``rule="demo"``.
    """
    words = _Words("she", "her") if look.gender == "woman" else _Words("he", "his")
    text = _appearance(look, words, rng)
    events: list[FacialEvent] = []
    for phase, actions in groupby(timeline, key=_phase_of):
        clauses = list(_worded(list(actions), words, rng, told=timeline))
        text += rng.choice(("\n", "\n", " ")) if phase == "begin" else "\n"
        for sentence, sources in _sentences(phase, clauses, words, rng):
            text += " " if text[-1] != "\n" and text[-1] != " " else ""
            plain, places = _unmarked(sentence, offset=len(text))
            text += plain
            events += [_event(action, text, place) for action, place in zip(sources, places, strict=True)]
    return text, tuple(events)


def _phase_of(action: TimedAction) -> str:
    return action.phase


def _appearance(look: FaceLook, words: _Words, rng: Random) -> str:
    noun = "woman" if look.gender == "woman" else "man"
    article = "an" if look.age == "elderly" else "a"
    opening = rng.choice(OPENINGS).format(who=f"{article} {look.age} {noun}")
    clothes = CLOTHES_WORDS.get(look.clothes_colour, look.clothes_colour)
    first = HAIR_WORDS[look.hair].format(colour=look.hair_colour, clothes=clothes)
    features = [BEARD_WORDS[look.beard]] if look.beard != "none" else []
    if look.skin in ("fair", "dark"):
        features.append(f"{look.skin} skin")
    if look.brows != "straight":
        features.append(f"{look.brows} eyebrows")
    if look.earrings:
        features.append("gold earrings")
    verb = " and has " if first.startswith("wears") and features else ", " if len(features) > 1 else " and "
    described = first + (verb + _listed(features) if features else "")
    glasses = f" {words.subject.capitalize()} wears {look.glasses} glasses." if look.glasses != "none" else ""
    return f"{opening} {words.subject.capitalize()} {described}.{glasses}"


def _listed(things: Sequence[str]) -> str:
    return things[0] if len(things) == 1 else ", ".join(things[:-1]) + " and " + things[-1]


def _worded(
    actions: Sequence[TimedAction], words: _Words, rng: Random, *, told: Sequence[TimedAction]
) -> Iterator[_Clause]:
    before = None
    for action in actions:
        form = _form(action, before, told)
        yield _Clause(_fill(action, form, words, rng), action, form)
        before = action.action


def _form(action: TimedAction, before: str | None, told: Sequence[TimedAction]) -> str:
    if before in TAIL_HOSTS.get(action.action, ()):
        return "tail"
    if action.phase == "begin":
        return "state"
    # Somebody who already speaks does not start to.
    earlier = [other.action for other in told[: told.index(action)] if other.action in ("speak", "speak_stop")]
    return "again" if action.action == "speak" and earlier[-1:] == ["speak"] else "move"


def _fill(action: TimedAction, form: str, words: _Words, rng: Random) -> str:
    forms = read_phrases()[action.action]
    detail = "side" if action.side else action.intensity
    template = rng.choice(forms.get(f"{form}_{detail}") or forms[form])
    slight = action.intensity == "slight"
    adverb = "slightly" if form == "state" else rng.choice(("slightly", "slightly", "gently"))
    where = GAZE_WORDS.get(action.direction or "", "")
    return template.format(
        s=words.subject,
        p=words.owner,
        a=f"{adverb} " if slight else "",
        a2=rng.choice((" slightly", " a bit")) if slight else "",
        d=where,
        side=action.side or "",
    )


def _sentences(
    phase: str, clauses: Sequence[_Clause], words: _Words, rng: Random
) -> Iterator[tuple[str, list[TimedAction]]]:
    marker = rng.choice(MARKERS[phase])
    heads = [index for index, clause in enumerate(clauses) if clause.form != "tail"]
    # More than three clauses are too many for one sentence.
    cut = heads[2] if len(heads) > 3 else len(clauses)
    for part, start in ((clauses[:cut], marker), (clauses[cut:], "Finally" if phase == "end" else rng.choice(ONWARD))):
        if part:
            yield f"{start}, {_joined(part, words)}.", [clause.action for clause in part]


def _joined(clauses: Sequence[_Clause], words: _Words) -> str:
    text, doer, after_tail = "", "", False
    last = max(index for index, clause in enumerate(clauses) if clause.form != "tail")
    for index, clause in enumerate(clauses):
        if clause.form == "tail":
            text, after_tail = f"{text}, {clause.text}", True
            continue
        subject = words.subject if clause.text.startswith(f"{words.subject} ") else clause.text
        same = subject == doer
        piece = clause.text.removeprefix(f"{words.subject} ") if same else clause.text
        # A comma where the subject changes, in a longer list, and behind what a tail has added.
        comma = "," if after_tail or not same or index > 1 else ""
        text += (f"{comma} and {piece}" if index == last else f", {piece}") if text else piece
        doer, after_tail = subject, False
    return text


def _unmarked(sentence: str, *, offset: int) -> tuple[str, list[tuple[int, int]]]:
    """Take the marks out of a sentence that will stand at ``offset``; return the places that they marked."""
    places, removed = [], 0
    for match in _PLACE.finditer(sentence):
        start = offset + match.start() - removed
        places.append((start, start + len(match[1])))
        removed += 2
    return _PLACE.sub(r"\1", sentence), places


def _event(action: TimedAction, caption: str, place: tuple[int, int]) -> FacialEvent:
    start, end = place
    return FacialEvent(
        action=action.action,
        direction=action.direction,
        side=action.side,
        intensity=action.intensity,
        phase=action.phase,
        start=start,
        end=end,
        quote=caption[start:end],
        rule="demo",
    )
