"""Annotation files in their own format: with corrected captions, or with the accepted records alone."""

from collections.abc import Sequence
from pathlib import Path

from dfec_explore.annotations import Edit, rewrite_annotations
from dfec_explore.model import Annotation, Rejected, Verdict
from dfec_explore.release.judged import Judged, ReleaseReport
from dfec_explore.reviews import ReviewStore

Outcomes = Sequence[Annotation | Rejected]


def write_corrected(source: Path, target: Path, store: ReviewStore, *, dataset: str, part: str) -> ReleaseReport:
    """Write an annotation file in which every caption with the verdict ``fix`` and a correction is the corrected one.

    Everything else is as it was: see `annotations.rewrite_annotations`.

    Args:
        source: the file; it is only read.
        target: the new file; it appears under its name once it is whole.
        store: of the verdicts.
        dataset: the name under which the file was judged.
        part: the part of the dataset that it holds.

    Raises:
        AnnotationFileError: the file cannot be read or written.
        StoreError: the store can't be read.
    """
    judged = Judged(store, dataset=dataset, part=part)

    def decide(outcomes: Outcomes) -> Edit:
        return Edit(captions=_corrections(judged, outcomes))

    done = rewrite_annotations(source, target, decide)
    judged.report.changed, judged.report.unplaced = done.captions, done.unplaced
    judged.report.written = judged.report.captions
    return judged.report


def write_accepted(source: Path, target: Path, store: ReviewStore, *, dataset: str, part: str) -> ReleaseReport:
    """Write an annotation file with the accepted records alone, as they are.

    A conversation with several answers is kept where all of them are accepted. Arguments and errors as in
    `write_corrected`; of a JSON file that is broken no record can be left out.
    """
    judged = Judged(store, dataset=dataset, part=part)

    def decide(outcomes: Outcomes) -> Edit:
        found = [judged.verdict(outcome) for outcome in outcomes]
        is_kept = all(final is not None and final.verdict == Verdict.ACCEPT for final in found)
        judged.report.written += len(found) if is_kept else 0
        return Edit(is_kept)

    rewrite_annotations(source, target, decide)
    return judged.report


def _corrections(judged: Judged, outcomes: Outcomes) -> dict[int, str]:
    """The corrected captions of a record, by the number of the outcome."""
    found: dict[int, str] = {}
    for number, outcome in enumerate(outcomes):
        final = judged.verdict(outcome)
        if final is None or final.verdict != Verdict.FIX or isinstance(outcome, Rejected):
            continue
        if final.correction is None:
            judged.report.uncorrected += 1
        elif final.correction != outcome.caption:
            found[number] = final.correction
    return found
