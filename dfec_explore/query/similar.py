"""The captions nearest to one of them: by the facial actions that they mention, and by their words.

By actions: weighted Jaccard similarity of what captions mention, an action and an action within a phase being an
element each; rare ones weigh more (inverse document frequency). By words: cosine of tf-idf vectors over content words,
as in Salton and Buckley, "Term-weighting approaches in automatic text retrieval" (1988), with 1 + ln(count) as tf.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np
import numpy.typing as npt

from dfec_explore.index.schema import PHASES
from dfec_explore.query.action_sets import BITS_OF, bit_counts
from dfec_explore.query.database import selected_numbers, selection
from dfec_explore.query.explorer import Explorer
from dfec_explore.query.filters import Condition, Filters

SETS = ("actions", *(f"actions_{phase}" for phase in PHASES))
"""Columns with 64-bit sets: all actions of a caption, and those of each phase."""
CANDIDATES = 1_000
"""Captions that have the most of its rarest words; their similarity is worked out in full."""
MOST_ROWS = 2_000_000
"""Occurrences of its rarest words that are looked at, in the whole dataset, to find candidates."""
LIMIT = 12

Floats = npt.NDArray[np.float64]
Words = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Near:
    """A caption that is near another one."""

    sample_no: int
    score: float
    """0 (nothing in common) to 1 (the same actions in the same phases, or the same words as often)."""
    shared: tuple[str, ...]
    """What both have, what weighs most first: labels of actions, or words."""
    of: int
    """How many actions, or different words, the caption has that is compared."""
    same_phase: int | None = None
    """By actions: how many of the shared ones both state in the same phase; None by words."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest captions, nearest first."""

    near: tuple[Near, ...]
    compared: int
    """How many captions they were chosen from."""
    selected: int
    """How many captions there are to choose from."""

    @property
    def is_sample(self) -> bool:
        """Whether not all of them were looked at."""
        return self.compared < self.selected


def nearest_by_actions(
    explorer: Explorer, filters: Filters, *, number: int, other_sources: bool = False, limit: int = LIMIT
) -> Nearest:
    """The selected captions whose facial actions are most like those of one; ties in the order of the dataset.

    Args:
        explorer: the dataset.
        filters: which captions to choose from.
        number: the caption's ``sample_no``; itself is never among them.
        other_sources: only captions of other sources.
        limit: how many.
    """
    mine = explorer.database.rows(f"SELECT {', '.join(SETS)} FROM samples WHERE sample_no = ?", [number])  # noqa: S608
    if not mine or not mine[0][0]:
        return Nearest((), 0, 0)
    own = tuple(int(word) for word in mine[0])
    table, condition = _others(explorer, filters, number, other_sources=other_sources)
    found = explorer.database.table(
        f"SELECT sample_no, {', '.join(SETS)} FROM {table} WHERE {condition.sql} ORDER BY sample_no",  # noqa: S608
        condition.values,
    )
    sets = [found[column].to_numpy() for column in SETS]
    scores = _jaccard(own, sets, [_rarity(explorer, column) for column in SETS])
    best = _best(scores, limit)
    numbers = found["sample_no"].to_numpy()
    near = [
        Near(
            sample_no=int(numbers[place]),
            score=float(scores[place]),
            shared=_labels(explorer, int(sets[0][place]) & own[0]),
            of=own[0].bit_count(),
            same_phase=_in_same_phase(own, [int(words[place]) for words in sets]),
        )
        for place in best
    ]
    return Nearest(tuple(near), found.num_rows, found.num_rows)


def nearest_by_words(
    explorer: Explorer, filters: Filters, *, number: int, other_sources: bool = False, limit: int = LIMIT
) -> Nearest:
    """The selected captions whose words are most like those of one; arguments as of ``nearest_by_actions``.

    Where its words stand in very many captions, only those that share its rarest words are looked at: see
    ``Nearest.is_sample``.
    """
    own = {str(t): int(n) for t, n in explorer.database.rows(_TERMS_OF_ONE, [number])}
    table, condition = _others(explorer, filters, number, other_sources=other_sources)
    selected = int(
        explorer.database.row(f"SELECT count(*) FROM {table} WHERE {condition.sql}", condition.values)[0]  # noqa: S608
    )
    if not own or not selected:
        return Nearest((), selected, selected)
    idf = _idf(explorer)
    wanted = _rarest(own, idf, explorer.total)
    among = _among(explorer, filters, number, other_sources=other_sources)
    found = explorer.database.rows(
        f"""WITH wanted AS (SELECT unnest(?::VARCHAR[]) AS term, unnest(?::DOUBLE[]) AS weight)
        SELECT sample_no, count(*) OVER () AS compared
        FROM terms JOIN wanted USING (term) WHERE {among.sql}
        GROUP BY sample_no ORDER BY sum(weight * (1 + ln(count))) DESC, sample_no LIMIT ?""",  # noqa: S608
        [list(wanted), list(wanted.values()), *among.values, CANDIDATES],
    )
    vectors = _vectors(explorer, [row[0] for row in found], idf)
    mine = _weighted(own, idf)
    near = sorted((_near(number_, mine, theirs) for number_, theirs in vectors.items()), key=_order)[:limit]
    compared = selected if len(wanted) == len(own) or not found else int(found[0][1])
    return Nearest(tuple(one for one in near if one.score > 0), compared, selected)


_TERMS_OF_ONE = "SELECT term, count FROM terms WHERE sample_no = ?"


def _order(near: Near) -> tuple[float, int]:
    return -near.score, near.sample_no


def _others(explorer: Explorer, filters: Filters, number: int, *, other_sources: bool) -> tuple[str, Condition]:
    """Where the captions to choose from stand, and which they are."""
    table, condition = selection(filters, explorer.vocabulary)
    return table, _but(condition, explorer, number, other_sources=other_sources)


def _among(explorer: Explorer, filters: Filters, number: int, *, other_sources: bool) -> Condition:
    """The same for tables that have a ``sample_no`` and a ``source``."""
    return _but(selected_numbers(filters, explorer.vocabulary), explorer, number, other_sources=other_sources)


def _but(condition: Condition, explorer: Explorer, number: int, *, other_sources: bool) -> Condition:
    sql, values = f"({condition.sql}) AND sample_no <> ?", (*condition.values, number)
    if not other_sources:
        return Condition(sql, values)
    rows = explorer.database.rows("SELECT source FROM samples WHERE sample_no = ?", [number])
    return Condition(f"{sql} AND source <> ?", (*values, rows[0][0] if rows else ""))


# ---- by actions


def _rarity(explorer: Explorer, column: str) -> Floats:
    """How much each bit of a column weighs: ln(1 + captions / captions that have it); 0 for what none has."""

    def work() -> Floats:
        words = explorer.database.table(f"SELECT {column} FROM samples")[column].to_numpy()  # noqa: S608
        counts = bit_counts(words, np.zeros(len(words), dtype=np.int64), groups=1)[0]
        return np.where(counts > 0, np.log1p(len(words) / np.maximum(counts, 1)), 0.0)

    return explorer.database.once(f"rarity of {column}", work)


def _jaccard(own: Sequence[int], sets: Sequence[Words], weights: Sequence[Floats]) -> Floats:
    """Weight of what both have over the weight of what either has, summed over all columns."""
    shared, theirs, mine = np.zeros(len(sets[0])), np.zeros(len(sets[0])), 0.0
    for word, words, weight in zip(own, sets, weights, strict=True):
        mine += sum(float(weight[bit]) for bit in range(64) if word >> bit & 1)
        theirs += _weigh(words, weight, 2**64 - 1)
        shared += _weigh(words, weight, word)
    return shared / (mine + theirs - shared)


def _weigh(words: Words, weight: Floats, mask: int) -> Floats:
    """The weight of each set's bits within a mask; by bytes, as ``bit_counts`` counts."""
    octets = np.ascontiguousarray(words, dtype="<u8").view(np.uint8).reshape(-1, 8)
    total = np.zeros(len(words))
    for place in range(8):
        inside = weight[8 * place : 8 * place + 8] * BITS_OF[mask >> 8 * place & 255]
        if inside.any():
            total += (BITS_OF @ inside)[octets[:, place]]
    return total


def _best(scores: Floats, limit: int) -> list[int]:
    """Places of the highest scores above 0, highest first; ties in order."""
    if len(scores) > limit:
        least = np.partition(scores, -limit)[-limit]
        places = np.flatnonzero(scores >= least)
    else:
        places = np.arange(len(scores))
    ordered = places[np.argsort(-scores[places], kind="stable")][:limit]
    return [int(place) for place in ordered if scores[place] > 0]


def _labels(explorer: Explorer, word: int) -> tuple[str, ...]:
    weight = _rarity(explorer, SETS[0])
    found = [(label, bit) for label, bit in explorer.vocabulary.action_bits.items() if word >> bit & 1]
    return tuple(label for label, bit in sorted(found, key=lambda pair: (-weight[pair[1]], pair[0])))


def _in_same_phase(own: Sequence[int], other: Sequence[int]) -> int:
    both = 0
    for mine, theirs in zip(own[1:], other[1:], strict=True):
        both |= mine & theirs
    return both.bit_count()


# ---- by words


def _idf(explorer: Explorer) -> Mapping[str, float]:
    """ln(1 + captions / captions with the word), of every word of the dataset."""

    def work() -> dict[str, float]:
        rows = explorer.database.rows("SELECT term, count(*) FROM terms GROUP BY term")
        return {str(term): log(1 + explorer.total / captions) for term, captions in rows}

    return explorer.database.once("idf of words", work)


def _weighted(counts: Mapping[str, int], idf: Mapping[str, float]) -> dict[str, float]:
    """A unit vector of words."""
    vector = {term: (1 + log(count)) * idf[term] for term, count in counts.items()}
    length = sqrt(sum(weight * weight for weight in vector.values()))
    return {term: weight / length for term, weight in vector.items()}


def _rarest(counts: Mapping[str, int], idf: Mapping[str, float], total: int) -> dict[str, float]:
    """The rarest words, as many as stand in few enough captions all together, and what each adds to a dot product."""
    wanted: dict[str, float] = {}
    rows = 0.0
    for term in sorted(counts, key=lambda term: (-idf[term], term)):
        rows += total / (np.exp(idf[term]) - 1)
        if wanted and rows > MOST_ROWS:
            break
        wanted[term] = (1 + log(counts[term])) * idf[term] ** 2
    return wanted


def _vectors(explorer: Explorer, numbers: Sequence[int], idf: Mapping[str, float]) -> dict[int, dict[str, float]]:
    rows = explorer.database.rows(
        "SELECT sample_no, term, count FROM terms WHERE sample_no IN (SELECT unnest(?::INTEGER[]))", [list(numbers)]
    )
    counts: dict[int, dict[str, int]] = {}
    for number, term, count in rows:
        counts.setdefault(number, {})[str(term)] = int(count)
    return {number: _weighted(found, idf) for number, found in counts.items()}


def _near(number: int, mine: Mapping[str, float], theirs: Mapping[str, float]) -> Near:
    products = {term: weight * theirs[term] for term, weight in mine.items() if term in theirs}
    shared = sorted(products, key=lambda term: (-products[term], term))
    return Near(number, min(sum(products.values()), 1.0), tuple(shared), len(mine))
