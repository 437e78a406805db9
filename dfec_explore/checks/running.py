"""Running checks over captions; a check that fails says so and takes nothing with it."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from dfec_explore import language
from dfec_explore.checks.calibration import score_of
from dfec_explore.checks.check import Check, Finding, Kind
from dfec_explore.checks.corpus import Corpus, corpus_of
from dfec_explore.checks.registry import CheckSet, load_checks
from dfec_explore.checks.subject import Subject
from dfec_explore.model import Annotation, ClipMotion, Flag

log = logging.getLogger(__name__)
T = TypeVar("T")


def check_annotations(
    annotations: Iterable[Annotation], checks: CheckSet | None = None
) -> list[tuple[Annotation, tuple[Flag, ...]]]:
    """Check every caption, by itself and among the others.

    Args:
        annotations: the records of a file; they are held in memory.
        checks: the checks in force; all with their defaults where None.

    Returns:
        Each annotation with its flags, in order.
    """
    checks = checks or load_checks()
    kept = list(annotations)
    together = check_corpus(corpus_of(kept), checks)
    return [
        (annotation, (*alone, *together.get(place, ())))
        for place, (annotation, alone) in enumerate(check_captions(kept, checks))
    ]


def check_captions(
    annotations: Sequence[Annotation], checks: CheckSet
) -> Iterator[tuple[Annotation, tuple[Flag, ...]]]:
    """Check captions one by one, as a stream in order."""
    analyses = language.analyse(annotation.caption for annotation in annotations)
    for annotation, analysis in zip(annotations, analyses, strict=True):
        yield annotation, check_caption(annotation, analysis, checks)


def check_caption(
    annotation: Annotation, analysis: "language.Analysis", checks: CheckSet | None = None
) -> tuple[Flag, ...]:
    """The flags of one caption by itself, in the order of the checks."""
    checks = checks or load_checks()
    subject = Subject(annotation, analysis)
    flags: list[Flag] = []
    for check, limits in checks.by_kind[Kind.CAPTION]:
        try:
            flags.extend(flag_of(check, found) for found in check.find(subject, limits))
        except Exception:
            _failed(check)
    return tuple(flags)


def check_clip(
    annotation: Annotation, analysis: "language.Analysis", motion: ClipMotion, checks: CheckSet | None = None
) -> tuple[Flag, ...]:
    """The flags of one caption against what is known of its clip; what is not known gives none."""
    checks = checks or load_checks()
    subject = Subject(annotation, analysis)
    return tuple(
        flag_of(check, found)
        for check, limits in checks.by_kind[Kind.CLIP]
        for found in _guarded(check, lambda: check.find(subject, motion, limits))  # noqa: B023 - used up at once
    )


def check_corpus(corpus: Corpus, checks: CheckSet | None = None) -> dict[int, tuple[Flag, ...]]:
    """The flags that need all captions, by the caption's place in the corpus."""
    checks = checks or load_checks()
    flags: dict[int, list[Flag]] = {}
    for check, limits in checks.by_kind[Kind.CORPUS]:
        for place, found in _guarded(check, lambda: check.find(corpus, limits)):  # noqa: B023 - used up at once
            flags.setdefault(place, []).append(flag_of(check, found))
    return {place: tuple(found) for place, found in flags.items()}


def flag_of(check: Check, found: Finding) -> Flag:
    """A check's finding with its name and score."""
    return Flag(
        check.id,
        found.severity.value,
        found.message,
        score_of(check.id, found.severity),
        found.start,
        found.end,
        found.group,
    )


def _guarded(check: Check, run: Callable[[], Iterable[T]]) -> list[T]:
    try:
        return list(run())
    except Exception:
        _failed(check)
        return []


def _failed(check: Check) -> None:
    """A plug-in's fault, or ours, must not take the other checks' flags, or the index, with it."""
    log.exception("the check %s failed on a caption; its flags there are missing", check.id)
