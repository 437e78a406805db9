"""All captions of a dataset, as checks of kind ``corpus`` look at them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dfec_explore.model import Annotation


@dataclass(frozen=True, slots=True)
class Corpus:
    """Columns of the samples of a dataset, in one order; the place of a caption is its index here."""

    ids: Sequence[str]
    parts: Sequence[str]
    sources: Sequence[str]
    videos: Sequence[str]
    captions: Sequence[str]

    def __len__(self) -> int:
        """How many captions there are."""
        return len(self.captions)

    def name(self, place: int) -> str:
        """How a message names a caption: its id, and its part where the dataset has several."""
        return f"{self.parts[place]} / {self.ids[place]}" if self.parts[place] else str(self.ids[place])


def corpus_of(annotations: Iterable[Annotation], part: str = "") -> Corpus:
    """The corpus of annotations that are held in memory."""
    from dfec_explore.sources import source_of

    kept = list(annotations)
    return Corpus(
        [a.id for a in kept],
        [part] * len(kept),
        [source_of(a.video) for a in kept],
        [a.video for a in kept],
        [a.caption for a in kept],
    )
