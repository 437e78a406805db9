"""The demo's samples: who is in them, what happens, what the caption says, and where the clip would lie."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random
from typing import TypeVar

from dfec_explore.demo.captions import write_caption
from dfec_explore.demo.look import MEN_HAIR, SKINS, WOMEN_HAIR, Age, FaceLook, Gender, choose_look
from dfec_explore.demo.story import TimedAction, has_speech, read_stories, swapped, write_timeline
from dfec_explore.model import Annotation, FacialEvent

DEFAULT_SEED = 7
SOURCES = ("AFEW-VA", "CAER_mp4", "DFEW", "FERV39k", "MAFW", "MER24", "RAVDESS")
PER_SOURCE = 8
FPS = 25.0

STORY_EMOTIONS = ("neutral", "happy", "sad", "angry", "surprised", "fearful", "disgust", "calm")
"""Of a source's samples, in order; calm is RAVDESS's alone, the others' last sample has one of these:"""
LAST_EMOTIONS = ("happy", "sad", "surprised", "neutral", "angry", "happy", "fearful")
# Every source has its own names for them.
CAER_NAMES = {
    "neutral": "Neutral", "happy": "Happy", "sad": "Sad", "angry": "Anger", "surprised": "Surprise",
    "fearful": "Fear", "disgust": "Disgust",
}  # fmt: skip
CAER_SPLITS = ("train", "test", "train", "train", "validation", "train", "test", "train")
FERV_NAMES = CAER_NAMES | {"angry": "Angry"}
FERV_SCENES = ("Crisis", "Terror", "DailyLife", "Conflict", "History", "Argue", "School", "Crime")
RAVDESS_CODES = {emotion: code for code, emotion in enumerate(
    ("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised"), start=1)}  # fmt: skip
# Modality (1 with sound, 2 without) and channel (1 speech, 2 song); nobody sings disgusted or surprised.
RAVDESS_TAKES = ((1, 1), (2, 2), (1, 2), (2, 1), (1, 1), (2, 2), (1, 1), (2, 2))
# Three captions disagree with their clips on purpose, so that a reviewer has something to find.
FLAWED_NUMBERS = (2, 4, 6)
SWAPPED, MISSING, INVENTED = "left and right swapped", "action missing", "action not in the clip"


Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class DemoSample:
    """One clip of the demo with everything that is true of it."""

    annotation: Annotation
    source: str
    face: FaceLook
    timeline: tuple[TimedAction, ...]
    """What is drawn."""
    events: tuple[FacialEvent, ...]
    """What the caption says; differs from the timeline where there is a flaw."""
    duration: float
    """Seconds."""
    fps: float
    emotion: str
    scene: int
    """Which of its source's scenes."""
    has_sound: bool
    flaw: str | None
    """In what the caption deliberately disagrees with the clip, for a reviewer to find; None in most."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What the plan of the set fixes for one sample."""

    source: str
    number: int
    """0..7 within the source."""
    emotion: str
    gender: Gender
    hair: str
    skin: str


def demo_samples(seed: int = DEFAULT_SEED) -> tuple[DemoSample, ...]:
    """The whole demo set, 8 samples for each source, sources taking turns; the same for the same seed."""
    return _samples(seed)


@lru_cache(maxsize=4)
def _samples(seed: int) -> tuple[DemoSample, ...]:
    rng = Random(seed)
    parts = list(_plan(rng))
    ids = sorted(rng.sample(range(1, 1000), len(parts)))
    stories = {emotion: _cycle(read_stories()[emotion], rng) for emotion in STORY_EMOTIONS}
    flaws = [SWAPPED, MISSING, INVENTED]
    samples = []
    for part, number in zip(parts, ids, strict=True):
        # A generator of its own for each: a change of one sample leaves the others as they are.
        own = Random(f"{seed}/{part.source}/{part.number}")
        story = next(s for s in stories[part.emotion] if part.source != "RAVDESS" or has_speech(s))
        timeline, duration = write_timeline(story, own)
        told, flaw = timeline, None
        if flaws and part.number in FLAWED_NUMBERS:
            told = _flawed(timeline, flaws[0])
            flaw = flaws.pop(0) if told != timeline else None
        samples.append(_sample(part, str(number), timeline, duration, told, flaw, own))
    return tuple(samples)


def _cycle(things: Sequence[Thing], rng: Random) -> Iterator[Thing]:
    """The things over and over, in a new order each time."""
    while True:
        yield from rng.sample(things, len(things))


def _plan(rng: Random) -> Iterator[_Part]:
    styles = {"woman": _cycle(WOMEN_HAIR, rng), "man": _cycle(MEN_HAIR, rng)}
    skins = _cycle(tuple(SKINS), rng)
    for number in range(PER_SOURCE):
        for index, source in enumerate(rng.sample(SOURCES, len(SOURCES))):
            gender: Gender = "woman" if (number + index) % 2 else "man"
            # Bare studio pictures come without headscarf and cap.
            hair = next(h for h in styles[gender] if source != "RAVDESS" or h not in ("headscarf", "cap", "receding"))
            emotion = STORY_EMOTIONS[number] if number < 7 or source == "RAVDESS" else LAST_EMOTIONS[index]
            yield _Part(source, number, emotion, gender, hair, next(skins))


def _age(part: _Part, rng: Random) -> Age:
    if part.source == "RAVDESS":
        return "young"
    ages: tuple[Age, ...] = ("young", "young", "middle-aged", "elderly")
    age = rng.choice(ages)
    return "elderly" if part.hair == "receding" and age == "young" else age


def _sample(
    part: _Part,
    number: str,
    timeline: tuple[TimedAction, ...],
    duration: float,
    told: tuple[TimedAction, ...],
    flaw: str | None,
    rng: Random,
) -> DemoSample:
    face = choose_look(
        rng, gender=part.gender, age=_age(part, rng), skin=part.skin, hair=part.hair, plain=part.source == "RAVDESS"
    )
    caption, events = write_caption(face, told, rng)
    return DemoSample(
        annotation=Annotation(number, _video(part, rng), caption),
        source=part.source,
        face=face,
        timeline=timeline,
        events=events,
        duration=duration,
        fps=FPS,
        emotion=part.emotion,
        scene=part.number,
        has_sound=part.source == "RAVDESS" and RAVDESS_TAKES[part.number][0] == 1,
        flaw=flaw,
    )


def _flawed(timeline: tuple[TimedAction, ...], flaw: str) -> tuple[TimedAction, ...]:
    """What a careless annotator would have seen; the timeline itself where the flaw does not fit."""
    if flaw == SWAPPED and any(a.action == "head_turn" for a in timeline):
        return tuple(swapped(a) if a.action == "head_turn" else a for a in timeline)
    if flaw == MISSING:
        gone = [
            a for a in timeline if a.action in ("brow_raise", "head_nod", "lip_corner_pull") and a.phase == "middle"
        ]
        kept = tuple(a for a in timeline if a not in gone[:1])
        return kept if {a.phase for a in kept} == {a.phase for a in timeline} else timeline
    if flaw == INVENTED and not any(a.action.startswith("brow") for a in timeline):
        last = timeline[-1]
        return (*timeline, replace(last, action="brow_raise", direction=None, side=None, intensity=None))
    return timeline


def _video(part: _Part, rng: Random) -> str:
    """A path in the pattern of the source, with the emotion, split, scene and actor that the sample has."""
    n, emotion = part.number, part.emotion
    if part.source == "CAER_mp4":
        # Each emotion of the original holds at least this many clips in this split.
        most = 30 if CAER_SPLITS[n] == "validation" else 300
        return f"CAER_mp4/{CAER_SPLITS[n]}/{CAER_NAMES[emotion]}/{rng.randint(1, most):04d}.mp4"
    if part.source == "FERV39k":
        return f"FERV39k/videos/0_7_LabelClips_{FERV_SCENES[n]}_{FERV_NAMES[emotion]}_{_own_number(n, 40, rng):04d}.mp4"
    if part.source == "RAVDESS":
        return _ravdess_path(part, rng)
    patterns = {
        "AFEW-VA": ("AFEW-VA/videos/{:03d}.mp4", 70),
        "DFEW": ("DFEW/videos/{}.mp4", 1900),
        "MAFW": ("MAFW/videos/{:05d}.mp4", 1200),
        "MER24": ("MER24/video-labeled/sample_{:08d}.mp4", 800),
    }
    pattern, step = patterns[part.source]
    return pattern.format(_own_number(n, step, rng))


def _own_number(number: int, step: int, rng: Random) -> int:
    """A clip number that no other sample of the source can have."""
    return number * step + rng.randint(11, step - 1)


def _ravdess_path(part: _Part, rng: Random) -> str:
    modality, channel = RAVDESS_TAKES[part.number]
    code = RAVDESS_CODES[part.emotion]
    channel = 1 if part.emotion in ("disgust", "surprised") else channel
    intensity = 1 if part.emotion == "neutral" else rng.randint(1, 2)
    # Odd actors are men, even ones women; actor 18 does not sing.
    actors = [a for a in range(1, 25) if a % 2 == (part.gender == "man") and a != 18]
    actor = actors[(part.number + rng.randint(0, 3)) % len(actors)]
    fields = (modality, channel, code, intensity, rng.randint(1, 2), rng.randint(1, 2), actor)
    return f"RAVDESS/data/Actor_{actor:02d}/" + "-".join(f"{field:02d}" for field in fields) + ".mp4"
