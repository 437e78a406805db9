"""Valence, arousal and landmarks of each frame, as AFEW-VA keeps them in a JSON file beside the frames of a clip.

The file has ``actor``, ``video_id`` and ``frames``; a frame, named by its five-digit number, has ``valence`` and
``arousal`` from -10 to 10 and ``landmarks``, 68 pairs of pixels (Kossaifi et al., Image and Vision Computing 65, 2017).
"""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

LANDMARKS = 68
MAX_NAMED = 3
"""Frames that a sentence names."""

Landmarks = tuple[tuple[float, float], ...]
"""(68, 2), in pixels."""


class UnreadAffect(Exception):
    """A file has no valence and arousal of any frame; the text is the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Affect:
    """Valence and arousal, -10 to 10, of the frames that have both."""

    frames: tuple[str, ...]
    valence: tuple[float, ...]
    arousal: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class AffectFile:
    """What a file says of a clip."""

    affect: Affect
    actor: str | None
    names: tuple[str, ...]
    """All frames that it names, in numeric order."""
    problems: tuple[str, ...]
    """What is wrong with some of them, each as the rest of a sentence."""


def parse_affect(content: bytes) -> AffectFile:
    """Read valence and arousal. A frame without them is left out and told of; the others count.

    Raises:
        UnreadAffect: it is no such file, or no frame has them.
    """
    found = _parsed(content)
    names = sorted(found.frames, key=lambda name: (len(name.lstrip("0")), name.lstrip("0"), name))
    good: dict[str, _Frame] = {}
    bad: dict[str, str] = {}
    for name in names:
        try:
            good[name] = _Frame.model_validate(found.frames[name])
        except ValidationError as error:
            bad[name] = error.errors()[0]["msg"]
    if bad and not good:
        raise UnreadAffect(next(iter(bad.values())))
    unmarked = [name for name in names if not _landmarks(found.frames[name])]
    problems = []
    if bad:
        problems.append(f"{_some(list(bad), names)} without valence and arousal from -10 to 10; the others count")
    if unmarked:
        told = _some(unmarked, names)
        problems.append(f"{told} without {LANDMARKS} landmarks; motion is measured in the whole picture")
    affect = Affect(
        tuple(good), tuple(frame.valence for frame in good.values()), tuple(frame.arousal for frame in good.values())
    )
    actor = found.actor if isinstance(found.actor, str) and len(found.actor) <= MAX_ACTOR else None
    return AffectFile(affect, actor or None, tuple(names), tuple(problems))


def parse_landmarks(content: bytes) -> dict[str, Landmarks]:
    """Read the landmarks by frame; frames without 68 of them are left out.

    Raises:
        UnreadAffect: it is no such file.
    """
    marked = ((name, _landmarks(frame)) for name, frame in _parsed(content).frames.items())
    return {name: points for name, points in marked if points}


MAX_ACTOR = 200
"""Characters; more is no name."""

_Degree = Annotated[float, Field(ge=-10, le=10, allow_inf_nan=False)]
_Pixel = Annotated[float, Field(allow_inf_nan=False)]
_POINTS = TypeAdapter(Annotated[list[tuple[_Pixel, _Pixel]], Field(min_length=LANDMARKS, max_length=LANDMARKS)])


class _Frame(BaseModel):
    valence: _Degree
    arousal: _Degree


class _File(BaseModel):
    actor: Any = None
    frames: dict[str, Any] = Field(max_length=100_000)


def _parsed(content: bytes) -> _File:
    try:
        return _File.model_validate_json(content)
    except ValidationError as error:
        raise UnreadAffect(error.errors()[0]["msg"]) from error
    except RecursionError as error:
        raise UnreadAffect("it is nested too deeply") from error


def _landmarks(frame: Any) -> Landmarks:
    """Return the landmarks of a frame; none where there are not 68 of them."""
    try:
        return tuple(_POINTS.validate_python(frame.get("landmarks") if isinstance(frame, dict) else None))
    except ValidationError:
        return ()


def _some(names: list[str], of: list[str]) -> str:
    """Say how many frames, and which: "2 of 40 frames (00003, 00007) are"."""
    more = ", ..." if len(names) > MAX_NAMED else ""
    verb = "is" if len(names) == 1 else "are"
    return f"{len(names)} of {len(of)} frames ({', '.join(names[:MAX_NAMED])}{more}) {verb}"
