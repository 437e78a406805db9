"""Scoring as background work: a file of predictions or a baseline, into the cache."""

from pathlib import Path
from typing import Any

from dfec_explore.annotations import fingerprint, open_annotations
from dfec_explore.errors import AnnotationFileError, JobError
from dfec_explore.language import lexicon_hash
from dfec_explore.model import Annotation
from dfec_explore.scoring.baselines import BASELINES
from dfec_explore.scoring.kept import Counts, keep_scores, kept_scores, scores_folder, scores_key
from dfec_explore.scoring.matching import Matched, match
from dfec_explore.scoring.predictions import Prediction, Predictions, read_predictions
from dfec_explore.scoring.scores import Progress, Scores, score

EXAMPLES = 20
"""Names of predictions that are listed where some have no place."""


def read_references(path: Path) -> tuple[Annotation, ...]:
    """The accepted captions of an annotation file.

    Raises:
        AnnotationFileError: it can't be read, or holds no caption.
    """
    references = tuple(record for record in open_annotations(path) if isinstance(record, Annotation))
    if not references:
        raise AnnotationFileError(path, "it holds no caption to score against", "See: validate FILE.")
    return references


def score_file(
    references: tuple[Annotation, ...], predictions: Predictions, progress: Progress, *, meteor: bool
) -> tuple[Scores, Counts]:
    """Score a file of predictions that was read."""
    matched = match(references, predictions.records)
    return score(matched, progress, meteor=meteor), count(matched, predictions)


def count(matched: Matched, predictions: Predictions) -> Counts:
    """What there was to match."""
    left = {"extra": matched.extra, "duplicates": matched.duplicates, "conflicts": matched.conflicts}
    return Counts(
        captions=len(matched.references),
        answered=len(matched.references) - matched.missing - matched.empty,
        missing=matched.missing,
        empty=matched.empty,
        extra=len(matched.extra),
        duplicates=len(matched.duplicates),
        conflicts=len(matched.conflicts),
        by_video=matched.by_video,
        rejected=predictions.rejected,
        examples={name: tuple(_called(one) for one in some[:EXAMPLES]) for name, some in left.items()},
    )


def score_baseline(
    references: tuple[Annotation, ...], baseline: str, progress: Progress, *, meteor: bool
) -> tuple[Scores, Counts]:
    """Score a baseline, which has a text for every caption.

    Raises:
        KeyError: there is no such baseline.
    """
    texts = tuple(BASELINES[baseline].make(references))
    matched = Matched(references, texts, by_video=0, extra=(), duplicates=(), conflicts=())
    counts = Counts(len(texts), answered=len(texts), missing=0, empty=0)
    return score(matched, progress, meteor=meteor), counts


def key_of(references: Path, predictions: Path | str, *, meteor: bool = False) -> str:
    """The key under which scores lie.

    Args:
        references: the annotation file.
        predictions: the file of predictions, or the id of a baseline.
        meteor: whether METEOR is among them.

    Raises:
        AnnotationFileError: one of the files can't be read.
    """
    name = fingerprint(predictions) if isinstance(predictions, Path) else f"baseline:{predictions}"
    return scores_key(fingerprint(references), name, meteor=meteor)


def score_job(
    progress: Any,
    *,
    references: str,
    cache: str,
    predictions: str | None = None,
    baselines: list[str] | None = None,
    meteor: bool = False,
    lexicon: str = "",
) -> list[str]:
    """Score what is not scored yet, in a child process, and keep it.

    Args:
        progress: is told how far the work is.
        references: the annotation file.
        cache: the folder of what can be made again.
        predictions: the file of predictions; without one, ``baselines`` are scored.
        baselines: ids of baselines.
        meteor: whether METEOR is wanted too.
        lexicon: the ``lexicon_hash`` of whoever asks.

    Returns:
        The keys of the scores.

    Raises:
        JobError: the program on disk is another one than the one that asks, which would not find these scores.
    """
    if lexicon and lexicon != lexicon_hash():
        raise JobError("Scoring", "the program was changed since this server was started. Start the server again")
    wanted: list[Path | str] = [Path(predictions)] if predictions else list(baselines or ())
    captions = read_references(Path(references))
    keys = []
    for place, one in enumerate(wanted):
        key = key_of(Path(references), one, meteor=meteor)
        folder = scores_folder(Path(cache), key)
        if kept_scores(folder) is None:
            step = _Step(progress, place, len(wanted), "" if isinstance(one, Path) else BASELINES[one].title)
            if isinstance(one, Path):
                found = score_file(captions, read_predictions(one), step, meteor=meteor)
            else:
                found = score_baseline(captions, one, step, meteor=meteor)
            keep_scores(folder, *found)
        keys.append(key)
    return keys


class _Step:
    """One of several things to score, as its share of the whole work."""

    def __init__(self, progress: Progress, place: int, steps: int, title: str) -> None:
        self._progress, self._place, self._steps, self._title = progress, place, steps, title

    def report(self, done: int, total: int | None, message: str = "") -> None:
        """Tell how far this one is."""
        words = f"{self._title}: {message}" if self._title else message
        self._progress.report(self._place * 1000 + done, self._steps * 1000, words)


def _called(prediction: Prediction) -> str:
    return prediction.id or prediction.video or f"record {prediction.index}"
