"""What the path of the clip says: the sex of its actor, and its emotion label."""

from collections.abc import Iterator

from dfec_explore.checks.check import ERROR, INFO, Check, Family, Finding, Limits
from dfec_explore.checks.pronouns import genders
from dfec_explore.checks.subject import Subject

AGAINST: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "happiness": (frozenset(("lip_corner_depress", "cry")), frozenset(("lip_corner_pull", "laugh", "cheek_raise"))),
    "sadness": (
        frozenset(("lip_corner_pull", "laugh")),
        frozenset(("lip_corner_depress", "brow_lower", "lid_droop", "cry", "lip_tremble", "eyes_close", "head_down")),
    ),
    "anger": (
        frozenset(("lip_corner_pull", "laugh")),
        frozenset(
            ("brow_lower", "lip_press", "eyes_squint", "eyes_widen", "nostril_flare", "teeth_clench", "nose_wrinkle")
        ),
    ),
    "fear": (
        frozenset(("lip_corner_pull", "laugh")),
        frozenset(("eyes_widen", "brow_raise", "lip_stretch", "lid_raise")),
    ),
    "disgust": (
        frozenset(("lip_corner_pull", "laugh")),
        frozenset(("nose_wrinkle", "upper_lip_raise", "brow_lower", "lip_corner_depress", "eyes_squint")),
    ),
}
"""By emotion: actions that speak against it, and actions of which one at least would be expected."""
EMOTION_OF = {"happy": "happiness", "sad": "sadness", "angry": "anger", "fearful": "fear", "disgusted": "disgust"}


def find_actor(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find a caption that tells another sex than its actor has."""
    sex = subject.path.actor_gender
    if sex is None:
        return
    pronouns, nouns = genders(subject)
    told = sorted((*nouns, *pronouns), key=lambda word: word[1])
    against = [word for word in told if word[0] != sex]
    if len(against) <= len(told) / 2:
        return
    _, start, end = against[0]
    number = subject.path.actor
    message = (
        f"It says “{subject.text[start:end]}”; actor {number} of {subject.path.source} is {sex}, by the file's name."
    )
    yield Finding(ERROR, message, start, end)


def find_emotion(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find captions whose actions speak against the label of their clip."""
    label = subject.path.emotion or ""
    pair = AGAINST.get(EMOTION_OF.get(label, label))
    if pair is None:
        return
    actions = {event.action for event in subject.facial}
    against = [event for event in subject.facial if event.action in pair[0]]
    if against and not actions & pair[1]:
        event = against[0]
        message = f"“{event.quote}” and nothing of {label}, which is the clip's label."
        yield Finding(INFO, message, event.start, event.end)


CHECKS = (
    Check(
        "actor-sex",
        "Another sex than the actor's",
        "In RAVDESS, actors with odd numbers are male and those with even numbers female; the caption tells the other.",
        "RAVDESS/data/Actor_02/...: He opens his eyes.",
        Family.PATH,
        find_actor,
    ),
    Check(
        "emotion-actions",
        "Actions against the emotion label",
        "The actions speak against the emotion label in the path, and none speaks for it. Faces often do not show "
        "their label: a measure, no fault by itself.",
        "CAER_mp4/train/Happy/...: The corners of her mouth turn down.",
        Family.PATH,
        find_emotion,
    ),
)
