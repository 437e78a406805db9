"""The captions of a file beside the verdicts on them, and the report of a release."""

from dataclasses import dataclass, field

from dfec_explore.model import Annotation, Rejected, caption_hash
from dfec_explore.reviews import FinalVerdict, ReviewStore, final_verdicts

STALE, UNJUDGED = "stale", "none"
"""Verdict on a caption whose verdicts are all on another text of it, and on one that has none."""


@dataclass(slots=True)
class ReleaseReport:
    """What a release came to."""

    captions: int = 0
    """Captions of the file that could be read."""
    rejected: int = 0
    """Records of the file that could not."""
    verdicts: dict[str, int] = field(default_factory=dict)
    """Captions by the verdict on them; ``stale`` if it changed since its verdicts, ``none`` if it has none."""
    written: int = 0
    """Captions, or pairs, in the new file."""
    changed: int = 0
    """Captions that were corrected."""
    uncorrected: int = 0
    """Captions that are to be fixed, but nobody wrote how."""
    unplaced: list[str] = field(default_factory=list)
    """Ids of corrected captions that could not be put in their place: see `annotations.Rewritten`."""


class Judged:
    """The verdicts on the captions of one file."""

    def __init__(self, store: ReviewStore, *, dataset: str, part: str) -> None:
        """Read them.

        Raises:
            StoreError: the store can't be read.
        """
        self.report = ReleaseReport()
        self._by_id: dict[str, dict[str, FinalVerdict]] = {}
        for final in final_verdicts(store, dataset):
            if final.key.part == part:
                self._by_id.setdefault(final.key.id, {})[final.caption_hash] = final

    def verdict(self, outcome: Annotation | Rejected) -> FinalVerdict | None:
        """The verdict on a caption as it stands in the file, counted in the report; None where there is none."""
        if isinstance(outcome, Rejected):
            self.report.rejected += 1
            return None
        self.report.captions += 1
        known = self._by_id.get(outcome.id)
        final = known.get(caption_hash(outcome.caption)) if known else None
        verdict = final.verdict if final else STALE if known else UNJUDGED
        self.report.verdicts[verdict] = self.report.verdicts.get(verdict, 0) + 1
        return final
