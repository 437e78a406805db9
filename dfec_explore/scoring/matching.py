"""Which prediction is for which reference: by id, then by video path; what is left over is counted and listed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dfec_explore.model import Annotation
from dfec_explore.scoring.predictions import Prediction


@dataclass(frozen=True, slots=True)
class Matched:
    """The references in their order, each with what the model said of it.

    The rule: a prediction belongs to the reference with its id; without one, to that with its video path. The first
    prediction of a reference counts, further ones are duplicates. A reference without a prediction is missing and
    counts as an empty caption, as an empty prediction does.
    """

    references: tuple[Annotation, ...]
    texts: tuple[str | None, ...]
    """One for each reference; None where the model said nothing at all of it."""
    by_video: int
    """Predictions that were matched by their video path."""
    extra: tuple[Prediction, ...]
    """Predictions that belong to no reference."""
    duplicates: tuple[Prediction, ...]
    """Predictions of references that had one already."""
    conflicts: tuple[Prediction, ...]
    """Predictions with the id of one reference and the video of another: counted by id."""

    @property
    def missing(self) -> int:
        """References without a prediction."""
        return sum(text is None for text in self.texts)

    @property
    def empty(self) -> int:
        """References whose prediction is empty."""
        return sum(text is not None and not text.strip() for text in self.texts)


def match(references: Sequence[Annotation], predictions: Sequence[Prediction]) -> Matched:
    """Give each reference its prediction; see `Matched` for the rule."""
    at_id = {reference.id: place for place, reference in enumerate(references)}
    at_video: dict[str, list[int]] = defaultdict(list)
    for place, reference in enumerate(references):
        at_video[reference.video].append(place)
    texts: list[str | None] = [None] * len(references)
    extra: list[Prediction] = []
    duplicates: list[Prediction] = []
    conflicts: list[Prediction] = []
    rest: list[Prediction] = []
    for prediction in predictions:
        found = None if prediction.id is None else at_id.get(prediction.id)
        if found is None:
            rest.append(prediction)
            continue
        if _contradicts(prediction, found, at_video):
            conflicts.append(prediction)
        if texts[found] is None:
            texts[found] = prediction.text
        else:
            duplicates.append(prediction)
    by_video = 0
    for prediction in rest:
        places = _places(prediction.video, at_video)
        free = next((place for place in places if texts[place] is None), None)
        if free is not None:
            texts[free] = prediction.text
            by_video += 1
        else:
            (duplicates if places else extra).append(prediction)
    return Matched(tuple(references), tuple(texts), by_video, tuple(extra), tuple(duplicates), tuple(conflicts))


def _contradicts(prediction: Prediction, found: int, at_video: dict[str, list[int]]) -> bool:
    places = _places(prediction.video, at_video)
    return bool(places) and found not in places


def _places(video: str | None, at_video: dict[str, list[int]]) -> list[int]:
    """References with this video: the path as it is, else without the folders before it, as models write them down."""
    for path in _shorter(video or ""):
        if path in at_video:
            return at_video[path]
    return []


def _shorter(video: str) -> Iterator[str]:
    pieces = [piece for piece in video.replace("\\", "/").split("/") if piece not in ("", ".")]
    yield video
    # A file's name alone says too little: sources use the same numbers.
    for first in range(len(pieces) - 1):
        yield "/".join(pieces[first:])
