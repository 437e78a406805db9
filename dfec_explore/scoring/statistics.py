"""What is counted of each caption, and the metrics that follow from sums of it.

Every metric is worked out from sums over captions, so that the whole set, a source, a length, one caption and each
resample of a bootstrap are scored by the same few lines.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import LCSseq

from dfec_explore.language.actions import load_actions
from dfec_explore.model import FacialEvent
from dfec_explore.scoring.alignment import EventPair, where
from dfec_explore.scoring.ngrams import ORDERS, bleu

Floats = npt.NDArray[np.float64]

TEXT_COLUMNS = (
    "captions",
    "cider",
    "rouge_l",
    "meteor",
    *(f"correct_{order}" for order in ORDERS),
    *(f"guessed_{order}" for order in ORDERS),
    "words",
    "reference_words",
)
"""Of the words: how many captions, their scores, and what BLEU is made of."""

EVENT_COLUMNS = (
    "reference_events",
    "events",
    "hits",
    "directed_hits",
    "phase_hits",
    "ordered_hits",
    "says_where",
    "is_there",
    "says_when",
    "is_then",
    "turned",
)
"""Of the facial events: how many there are in both texts, and how many agree in what."""


@lru_cache(maxsize=1)
def regions() -> tuple[str, ...]:
    """Ids of the regions of the face, in display order."""
    return tuple(region.id for region in load_actions()[0])


@lru_cache(maxsize=1)
def columns() -> tuple[str, ...]:
    """Names of all that is counted of a caption."""
    by_region = (f"{what}_{region}" for region in regions() for what in ("reference", "events", "hits"))
    return (*TEXT_COLUMNS, *EVENT_COLUMNS, *by_region)


@cache
def place_of(column: str) -> int:
    """Place of a column among all."""
    return columns().index(column)


def event_row(
    reference: Sequence[FacialEvent], prediction: Sequence[FacialEvent], pairs: Sequence[EventPair]
) -> list[float]:
    """What is counted of the events of one caption: `EVENT_COLUMNS` and three counts for each region."""
    both = [pair for pair in pairs if pair.reference and pair.prediction]
    directed = sum((_multiset(reference, directed=True) & _multiset(prediction, directed=True)).values())
    phased = sum((_phases(reference) & _phases(prediction)).values())
    row = [
        sum(pair.reference is not None for pair in pairs),
        sum(pair.prediction is not None for pair in pairs),
        len(both),
        directed,
        phased,
        LCSseq.similarity([e.action for e in reference], [e.action for e in prediction]),
        sum(pair.says_where for pair in both),
        sum(pair.says_where and pair.is_there for pair in both),
        sum(pair.says_when for pair in both),
        sum(pair.says_when and pair.is_then for pair in both),
        sum(pair.kind == "turned" for pair in both),
    ]
    found = Counter((pair.region, what) for pair in pairs for what in _counted_as(pair))
    by_region = [found[region, what] for region in regions() for what in ("reference", "events", "hits")]
    return [float(value) for value in (*row, *by_region)]


def _counted_as(pair: EventPair) -> tuple[str, ...]:
    if pair.reference and pair.prediction:
        return "reference", "events", "hits"
    return ("reference",) if pair.reference else ("events",)


def _multiset(events: Sequence[FacialEvent], *, directed: bool) -> Counter[object]:
    return Counter((event.action, *(where(event) if directed else ())) for event in events)


def _phases(events: Sequence[FacialEvent]) -> Counter[object]:
    return Counter((event.action, event.phase) for event in events)


METRICS = (
    "cider",
    "rouge_l",
    "bleu_1",
    "bleu_2",
    "bleu_3",
    "bleu_4",
    "meteor",
    "event_precision",
    "event_recall",
    "event_f1",
    "directed_event_precision",
    "directed_event_recall",
    "directed_event_f1",
    "ordered_event_f1",
    "phase_event_f1",
    "direction_accuracy",
    "phase_accuracy",
    "length_ratio",
)
"""Names of the metrics, in the order in which they are shown; behind them ``event_f1_`` and a region, for each."""


def metrics_of(sums: Floats) -> dict[str, Floats]:
    """The metrics of summed rows.

    Args:
        sums: shape (..., columns): rows of `columns`, each summed over the captions that are scored together.

    Returns:
        Each metric by name, shape (...); NaN where it has no base: no caption, no event, METEOR not worked out.
    """

    def of(column: str) -> Floats:
        values: Floats = sums[..., place_of(column)]
        return values

    first = place_of("correct_1")
    orders = bleu(sums[..., first : first + 2 * len(ORDERS) + 2])
    found = {name: _share(of(name), of("captions")) for name in ("cider", "rouge_l", "meteor")}
    found |= {f"bleu_{order}": np.where(of("captions") > 0, orders[..., order - 1], np.nan) for order in ORDERS}
    for prefix, hits in (("", "hits"), ("directed_", "directed_hits")):
        found |= {
            f"{prefix}event_precision": _precision(of(hits), of("events"), of("reference_events")),
            f"{prefix}event_recall": _precision(of(hits), of("reference_events"), of("events")),
            f"{prefix}event_f1": _f1(of(hits), of("events"), of("reference_events")),
        }
    found |= {
        f"{name}_event_f1": _f1(of(f"{name}_hits"), of("events"), of("reference_events"))
        for name in ("ordered", "phase")
    }
    found |= {
        "direction_accuracy": _share(of("is_there"), of("says_where")),
        "phase_accuracy": _share(of("is_then"), of("says_when")),
        "length_ratio": _share(of("words"), of("reference_words")),
    }
    by_region = {
        f"event_f1_{region}": _f1(of(f"hits_{region}"), of(f"events_{region}"), of(f"reference_{region}"))
        for region in regions()
    }
    return {name: found[name] for name in METRICS} | by_region


def _precision(hits: Floats, said: Floats, wanted: Floats) -> Floats:
    """Share of what was said that is right; 0 where nothing was said of what there is."""
    return np.where((said == 0) & (wanted > 0), 0.0, _share(hits, said))


def _share(part: Floats, whole: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.where(whole > 0, part / whole, np.nan)
    return found


def _f1(hits: Floats, said: Floats, wanted: Floats) -> Floats:
    return _share(2 * hits, said + wanted)
