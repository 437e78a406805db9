"""What a release goes by: the verdict on each caption, with its correction, and who gave it why."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from dfec_explore.model import SampleKey, Verdict
from dfec_explore.reviews import verdicts
from dfec_explore.reviews.failures import telling
from dfec_explore.reviews.standing import sample_verdict
from dfec_explore.reviews.store import ReviewStore
from dfec_explore.reviews.verdicts import CREATED_AT, ROWS, SCANNED, SEQUENCE, VERDICT, Scanned

REVIEWER = 3
REASONS, CORRECTION = len(SCANNED), len(SCANNED) + 1
"""Places in a scanned row, beside those of `verdicts`."""


@dataclass(frozen=True, slots=True)
class FinalVerdict:
    """The verdict on one caption of a sample."""

    key: SampleKey
    caption_hash: str
    verdict: str
    """As in `ReviewStore.verdict_table`: one of the verdicts, or ``disputed``."""
    correction: str | None = None
    """Where it is ``fix``: the corrected caption of the adjudication, else the newest one of its reviewers."""
    reasons: tuple[str, ...] = ()
    """Of all who gave this verdict, in the order of their names."""
    reviewers: tuple[str, ...] = ()
    """Who gave this verdict, by name."""


def final_verdicts(store: ReviewStore, dataset: str) -> Iterator[FinalVerdict]:
    """Read the verdict on each judged caption of a dataset, by part and id; memory stays flat.

    Raises:
        StoreError: the store can't be read.
    """
    columns = (*SCANNED, ROWS.reasons, ROWS.corrected_caption)
    with telling("read the verdicts"), store.engine.connect() as connection:
        rows, gone = verdicts.scan(connection, columns, dataset, 0)
        for sample, group in groupby(verdicts.standing(rows, gone), verdicts.of_sample):
            yield _final(SampleKey(dataset, *sample[:2]), sample[2], list(group))


def _final(key: SampleKey, caption_hash: str, rows: Sequence[Scanned]) -> FinalVerdict:
    final = verdicts.newest_final(rows)
    ordinary = [row for row in rows if not verdicts.is_final(row)]
    verdict = sample_verdict((row[VERDICT] for row in ordinary), final[VERDICT] if final else None)
    agreeing = [row for row in (*ordinary, *([final] if final else [])) if row[VERDICT] == verdict]
    reasons = dict.fromkeys(reason for row in agreeing for reason in json.loads(row[REASONS]))
    return FinalVerdict(
        key=key,
        caption_hash=caption_hash,
        verdict=verdict or "",
        correction=_correction(agreeing) if verdict == Verdict.FIX else None,
        reasons=tuple(reasons),
        reviewers=tuple(dict.fromkeys(row[REVIEWER] for row in agreeing)),
    )


def _correction(rows: Sequence[Scanned]) -> str | None:
    """The corrected caption of the final verdict, else the newest one."""
    written = [row for row in rows if row[CORRECTION]]
    best = max(written, key=lambda row: (verdicts.is_final(row), row[CREATED_AT], row[SEQUENCE]), default=None)
    return None if best is None else str(best[CORRECTION])
