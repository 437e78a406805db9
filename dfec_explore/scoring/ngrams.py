"""BLEU, ROUGE-L and CIDEr of each caption, by the field's reference implementation.

CIDEr and BLEU are counted by pycocoevalcap itself. ROUGE-L has pycocoevalcap's formula with rapidfuzz's longest common
subsequence, which gives the same number in a fraction of the time.
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from pycocoevalcap.bleu.bleu_scorer import BleuScorer
from pycocoevalcap.cider.cider_scorer import CiderScorer
from rapidfuzz.distance import LCSseq

Floats = npt.NDArray[np.float64]
ORDERS = (1, 2, 3, 4)
"""Lengths of n-grams."""
ROUGE_BETA = 1.2
"""Weight of recall, as in pycocoevalcap (and Lin's ROUGE for DUC)."""
STEP = 50
"""Captions between two reports of progress."""

Report = Callable[[int], None]


def cider_scores(references: Sequence[str], predictions: Sequence[str]) -> Floats:
    """CIDEr of each prediction, 0 to 10; document frequencies are those of all the references given.

    Args:
        references: tokens joined by spaces.
        predictions: the same, one for each reference.
    """
    scorer = CiderScorer()
    for reference, prediction in zip(references, predictions, strict=True):
        scorer += (prediction, [reference])
    return np.asarray(scorer.compute_score()[1] if references else [], dtype=np.float64)


def rouge_l_scores(references: Sequence[str], predictions: Sequence[str], report: Report | None = None) -> Floats:
    """ROUGE-L (F with beta 1.2) of each prediction, 0 to 1; arguments as in `cider_scores`."""
    found = np.zeros(len(references))
    for place, (reference, prediction) in enumerate(zip(references, predictions, strict=True)):
        found[place] = _rouge_l(reference.split(" "), prediction.split(" "))
        if report and place % STEP == 0:
            report(place)
    return found


def _rouge_l(reference: list[str], prediction: list[str]) -> float:
    common = LCSseq.similarity(reference, prediction)
    if not common:
        return 0.0
    precision, recall = common / len(prediction), common / len(reference)
    return (1 + ROUGE_BETA**2) * precision * recall / (recall + ROUGE_BETA**2 * precision)


def bleu_counts(references: Sequence[str], predictions: Sequence[str], report: Report | None = None) -> Floats:
    """What BLEU is made of, for each prediction; arguments as in `cider_scores`.

    Returns:
        One row for each prediction: n-grams that are correct (orders 1 to 4), n-grams that there are (orders 1 to 4),
        tokens of the prediction, tokens of the reference.
    """
    found = np.zeros((len(references), 2 * len(ORDERS) + 2))
    scorer = BleuScorer(n=len(ORDERS))
    for place, (reference, prediction) in enumerate(zip(references, predictions, strict=True)):
        scorer.cook_append(prediction, [reference])
        counted = scorer.ctest.pop()
        scorer.crefs.clear()
        found[place] = (*counted["correct"], *counted["guess"], counted["testlen"], counted["reflen"][0])
        if report and place % STEP == 0:
            report(place)
    return found


def bleu(counts: Floats) -> Floats:
    """Corpus BLEU-1 to BLEU-4 of counts that were summed over captions, as pycocoevalcap works it out.

    Args:
        counts: shape (..., 10), see `bleu_counts`.

    Returns:
        Shape (..., 4), each 0 to 1.
    """
    small, tiny = 1e-9, 1e-15  # pycocoevalcap's own, so that figures are the same to the last digit.
    orders = len(ORDERS)
    correct, guessed = counts[..., :orders], counts[..., orders : 2 * orders]
    words, reference = counts[..., 2 * orders], counts[..., 2 * orders + 1]
    precisions = np.cumprod((correct + tiny) / (guessed + small), axis=-1)
    ratio = (words + tiny) / (reference + small)
    with np.errstate(over="ignore"):
        brevity = np.where(ratio < 1, np.exp(1 - 1 / np.minimum(ratio, 1.0)), 1.0)
    scores: Floats = precisions ** (1 / np.asarray(ORDERS)) * brevity[..., None]
    return scores
