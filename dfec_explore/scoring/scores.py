"""Scoring: captions and what a model says of them, to counts of each caption from which every metric follows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from dfec_explore import language
from dfec_explore.model import FacialEvent
from dfec_explore.scoring.alignment import EventPair, align, where
from dfec_explore.scoring.matching import Matched
from dfec_explore.scoring.meteor import has_meteor, meteor_scores
from dfec_explore.scoring.ngrams import bleu_counts, cider_scores, rouge_l_scores
from dfec_explore.scoring.statistics import TEXT_COLUMNS, columns, event_row, metrics_of, place_of
from dfec_explore.scoring.tokens import Tokenizer, available_tokenizer, tokenize
from dfec_explore.sources import source_of

Floats = npt.NDArray[np.float64]
ALL = "all"


class PairRow(NamedTuple):
    """An event of a caption and what became of it, as it is stored."""

    caption: int
    """Place of the caption among the references."""
    action: str
    kind: str
    """A `PairKind`."""
    wanted: str
    """Direction or side that the reference states; empty where it states none."""
    said: str
    """The same of the prediction."""


def pair_row(caption: int, pair: EventPair) -> PairRow:
    """An event pair as it is stored."""
    return PairRow(caption, pair.action, pair.kind.value, _where(pair.reference), _where(pair.prediction))


def _where(event: FacialEvent | None) -> str:
    return " ".join(filter(None, where(event)))


class Progress(Protocol):
    """Takes reports of how far the work is."""

    def report(self, done: int, total: int | None, message: str = "") -> None:
        """Tell how far the work is."""


@dataclass(frozen=True)
class Scores:
    """Everything that was counted of one model's predictions."""

    ids: tuple[str, ...]
    """Of the references, in their order."""
    sources: tuple[str, ...]
    references: tuple[str, ...]
    """The captions."""
    predictions: tuple[str | None, ...]
    """What the model said; None where it said nothing, "" where it said nothing in so many words."""
    rows: Floats
    """Shape (captions, columns): what `statistics.columns` names, for each caption."""
    pairs: tuple[PairRow, ...]
    """Every event of both texts, caption by caption."""
    tokenizer: Tokenizer
    meteor: Mapping[str, float]
    """METEOR's own score of all captions (``all``) and of each source; empty where it was not worked out."""

    @property
    def answered(self) -> npt.NDArray[np.bool_]:
        """Which captions the model said something of."""
        return np.array([bool(text and text.strip()) for text in self.predictions], dtype=bool)

    @property
    def missing(self) -> int:
        """Captions without a prediction."""
        return sum(text is None for text in self.predictions)

    def metrics(self, chosen: npt.NDArray[np.bool_] | None = None) -> dict[str, float]:
        """The metrics of all captions, or of those that are chosen; NaN where one has no base.

        METEOR of a choice is the mean of its captions' scores; of all captions and of a source it is METEOR's own,
        which sums counts first.
        """
        rows = self.rows if chosen is None else self.rows[chosen]
        found = {name: float(value) for name, value in metrics_of(rows.sum(axis=0)).items()}
        if chosen is None and ALL in self.meteor:
            found["meteor"] = self.meteor[ALL]
        return found

    def of_source(self, source: str) -> npt.NDArray[np.bool_]:
        """Which captions come from a source."""
        return np.array([name == source for name in self.sources], dtype=bool)


def score(matched: Matched, progress: Progress, *, tokenizer: Tokenizer | None = None, meteor: bool = False) -> Scores:
    """Score predictions.

    Args:
        matched: references with their predictions; a missing one counts as an empty caption.
        progress: told how far it is.
        tokenizer: by default the one that this machine has.
        meteor: also METEOR, which needs Java and takes by far the longest; left out where it is not there.
    """
    tokenizer = tokenizer or available_tokenizer()
    references = [reference.caption for reference in matched.references]
    predictions = [text or "" for text in matched.texts]
    sources = tuple(source_of(reference.video) for reference in matched.references)
    work = _Work(len(references), progress, with_meteor=meteor and has_meteor())
    work.begin("Cutting the captions into words")
    tokens = tokenize([*references, *predictions], tokenizer)
    wanted, said = tokens[: len(references)], tokens[len(references) :]
    rows = np.zeros((len(references), len(columns())))
    rows[:, place_of("captions")] = 1
    first = place_of("correct_1")
    work.begin("BLEU")
    rows[:, first : len(TEXT_COLUMNS)] = bleu_counts(wanted, said, work.done)
    work.begin("ROUGE-L")
    rows[:, place_of("rouge_l")] = rouge_l_scores(wanted, said, work.done)
    work.begin("CIDEr")
    rows[:, place_of("cider")] = cider_scores(wanted, said)
    work.begin("Facial events")
    rows[:, len(TEXT_COLUMNS) :], pairs = _event_rows(references, predictions, work.done)
    totals: dict[str, float] = {}
    rows[:, place_of("meteor")] = np.nan
    if work.with_meteor and references:
        work.begin("METEOR")
        groups = {name: [p for p, s in enumerate(sources) if s == name] for name in dict.fromkeys(sources)}
        groups[ALL] = list(range(len(references)))
        rows[:, place_of("meteor")], totals = meteor_scores(wanted, said, groups, work.done)
    work.begin("Done")
    return Scores(
        tuple(reference.id for reference in matched.references),
        sources,
        tuple(references),
        matched.texts,
        rows,
        tuple(pairs),
        tokenizer,
        totals,
    )


def pairs_of(reference: str, prediction: str | None) -> tuple[EventPair, ...]:
    """The events of two captions side by side."""
    wanted, said = language.extract_events([reference, prediction or ""])
    return align(wanted, said)


def score_events(wanted: Sequence[FacialEvent], said: Sequence[FacialEvent]) -> list[float]:
    """What is counted of the events of one caption; the columns behind those of the words."""
    return event_row(wanted, said, align(wanted, said))


def _event_rows(
    references: Sequence[str], predictions: Sequence[str], report: Callable[[int], None]
) -> tuple[Floats, list[PairRow]]:
    rows = np.zeros((len(references), len(columns()) - len(TEXT_COLUMNS)))
    found: list[PairRow] = []
    both = zip(language.extract_events(references), language.extract_events(predictions), strict=True)
    for place, (wanted, said) in enumerate(both):
        pairs = align(wanted, said)
        rows[place] = event_row(wanted, said, pairs)
        found += [pair_row(place, pair) for pair in pairs]
        if place % 50 == 0:
            report(place)
    return rows, found


class _Work:
    """Steps of scoring as one count: each step has its weight in the time that it takes."""

    WEIGHTS: Mapping[str, float] = {
        "Cutting the captions into words": 2,
        "BLEU": 4,
        "ROUGE-L": 1,
        "CIDEr": 10,
        "Facial events": 7,
    }
    METEOR_WEIGHT = 100

    def __init__(self, captions: int, progress: Progress, *, with_meteor: bool) -> None:
        self._captions, self._progress, self.with_meteor = captions, progress, with_meteor
        self._weights = dict(self.WEIGHTS) | ({"METEOR": self.METEOR_WEIGHT} if with_meteor else {})
        self._before = 0.0
        self._step = ""

    def begin(self, step: str) -> None:
        """Begin a step: the one before it is done."""
        self._before += self._weights.get(self._step, 0)
        self._step = step
        self.done(0)

    def done(self, captions: int) -> None:
        """Tell how many captions of this step are done."""
        share = captions / self._captions * self._weights.get(self._step, 0) if self._captions else 0
        total = sum(self._weights.values())
        self._progress.report(round(1000 * (self._before + share) / total), 1000, self._step)
