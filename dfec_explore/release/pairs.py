"""Pairs of a rejected and a corrected caption of the same clip, for training on preferences."""

import json
from pathlib import Path
from typing import Any

from dfec_explore.annotations import open_annotations, whole_file
from dfec_explore.annotations.conversations import FIELD, MODEL
from dfec_explore.errors import AnnotationFileError
from dfec_explore.model import Annotation, Rejected, Verdict
from dfec_explore.release.judged import Judged, ReleaseReport
from dfec_explore.reviews import FinalVerdict, ReviewStore

PROMPT = "Describe the changes of the facial expression in the video over time."
"""What a model is asked where the file itself has no question."""


def write_pairs(
    source: Path, target: Path, store: ReviewStore, *, dataset: str, part: str, prompt: str = PROMPT
) -> ReleaseReport:
    """Write a line of JSON for each caption that has the verdict ``fix`` and a correction.

    A line has ``id, part, video, prompt, chosen`` (the corrected caption), ``rejected`` (the caption as it was),
    ``reasons`` and ``reviewers``. The prompt is the question before the answer in a conversation, else ``prompt``.

    Args:
        source: the annotation file.
        target: the new file; it appears under its name once it is whole.
        store: of the verdicts.
        dataset: the name under which the file was judged.
        part: the part of the dataset that it holds.
        prompt: for records without a question.

    Raises:
        AnnotationFileError: the file cannot be read or written.
        StoreError: the store can't be read.
    """
    judged = Judged(store, dataset=dataset, part=part)
    try:
        with whole_file(target) as stream:
            for outcome in open_annotations(source):
                final = judged.verdict(outcome)
                if final is None or isinstance(outcome, Rejected):
                    continue
                if pair := _pair(outcome, final, prompt):
                    stream.write(json.dumps(pair, ensure_ascii=False).encode() + b"\n")
                    judged.report.written += 1
                elif final.verdict == Verdict.FIX and final.correction is None:
                    judged.report.uncorrected += 1
    except OSError as error:
        problem = f"the file cannot be written ({error.strerror or type(error).__name__})"
        raise AnnotationFileError(target, problem, "Check the folder, its rights and the disk.") from error
    return judged.report


def _pair(annotation: Annotation, final: FinalVerdict, prompt: str) -> dict[str, Any] | None:
    if final.correction is None or final.correction == annotation.caption:
        return None
    return {
        "id": annotation.id,
        "part": final.key.part,
        "video": annotation.video,
        "prompt": _question(annotation) or prompt,
        "chosen": final.correction,
        "rejected": annotation.caption,
        "reasons": list(final.reasons),
        "reviewers": list(final.reviewers),
    }


def _question(annotation: Annotation) -> str | None:
    """What was asked before this answer in a conversation."""
    turns = annotation.extra.get(FIELD)
    question = None
    for turn in turns if isinstance(turns, list) else ():
        if not isinstance(turn, dict):
            return None
        said = str(turn.get("value", ""))
        if turn.get("from") != MODEL:
            question = said
        elif annotation.caption in said:
            return question
    return None
