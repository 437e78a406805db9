"""How the vocabulary grows with the captions of a source, and how varied its words are."""

import math
import re
import statistics
from collections.abc import Iterator, Sequence

import pandas as pd

from dfec_explore.query.database import selection
from dfec_explore.query.explorer import Explorer
from dfec_explore.query.filters import Filters
from dfec_explore.query.statistics import Z95

POINTS = 30
"""Points of a curve."""
CURVE_CAPTIONS = 20_000
"""Captions of a source that its curve follows, in the order of the file."""
SEGMENT = 1_000
"""Running words of a segment."""
SEGMENT_CAPTIONS = 1_000
"""Captions of a source that segments are cut from, in the order of the file."""
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def growth(explorer: Explorer, filters: Filters) -> pd.DataFrame:
    """Different content words after so many captions of each source, in the order of the file.

    The curve of types over text that Herdan (1960) and Heaps (1978) describe; it follows the first 20,000 captions.

    Returns:
        ``source, title, captions, terms``, about 30 points for each source, the last one at its last caption.
    """
    table, condition = selection(filters, explorer.vocabulary)
    frame = explorer.database.frame(
        f"""WITH ranked AS (
            SELECT sample_no, source, row_number() OVER (PARTITION BY source ORDER BY sample_no) AS place
            FROM {table} WHERE {condition.sql} QUALIFY place <= ?),
        firsts AS (
            SELECT r.source, min(place) AS place FROM terms t JOIN ranked r USING (sample_no)
            WHERE t.sample_no <= (SELECT max(sample_no) FROM ranked) GROUP BY r.source, term),
        new AS (SELECT source, place, count(*) AS terms FROM firsts GROUP BY ALL)
        SELECT source, place, coalesce(terms, 0)::BIGINT AS terms, max(place) OVER (PARTITION BY source) AS of
        FROM (SELECT source, max(place) AS place FROM ranked GROUP BY source UNION SELECT source, place FROM new)
        LEFT JOIN new USING (source, place) ORDER BY source, place""",  # noqa: S608
        [*condition.values, CURVE_CAPTIONS],
    )
    rows = [
        (str(source), captions, terms) for source, new in frame.groupby("source") for captions, terms in _curve(new)
    ]
    found = pd.DataFrame(rows, columns=["source", "captions", "terms"])
    found.insert(1, "title", [explorer.vocabulary.title("source", source) for source in found["source"]])
    return found


def _curve(new: pd.DataFrame) -> Iterator[tuple[int, int]]:
    """Points of one source from the captions (``place``) that bring new words (``terms``)."""
    of = int(new["of"].iloc[0])
    wanted = sorted({max(1, round(of * step / POINTS)) for step in range(1, POINTS + 1)})
    grown = new.set_index("place")["terms"].cumsum()
    for captions in wanted:
        yield captions, int(grown[grown.index <= captions].iloc[-1]) if grown.index[0] <= captions else 0


def diversity(explorer: Explorer, filters: Filters) -> pd.DataFrame:
    """How varied the words of each source are: the mean segmental type-token ratio.

    The text is cut into segments of 1,000 running words and the share of different words is averaged over them
    (Johnson 1944, Psychological Monographs 56(2); the standardised type-token ratio of WordSmith): unlike the plain
    ratio it does not fall with the length of the text. Segments run over the first 1,000 captions of each source; what
    is left after the last whole one is not counted.

    Returns:
        ``source, title, segments, ratio, low, high``: the mean and its 95 % interval (normal approximation; NaN for
        one segment). A source with less than 1,000 words has 0 segments and no ratio.
    """
    table, condition = selection(filters, explorer.vocabulary)
    numbers = explorer.database.rows(
        f"""SELECT sample_no FROM {table} WHERE {condition.sql}
        QUALIFY row_number() OVER (PARTITION BY source ORDER BY sample_no) <= ?""",  # noqa: S608
        [*condition.values, SEGMENT_CAPTIONS],
    )
    captions = explorer.database.rows(
        """SELECT source, caption FROM samples
        WHERE sample_no <= ? AND sample_no IN (SELECT unnest(?::INTEGER[])) ORDER BY source, sample_no""",
        [max((number for (number,) in numbers), default=-1), [number for (number,) in numbers]],
    )
    words: dict[str, list[str]] = {}
    for source, caption in captions:
        words.setdefault(source, []).extend(WORD.findall(caption.lower()))
    rows = [
        (source, explorer.vocabulary.title("source", source), *_mean(segment_ratios(found)))
        for source, found in words.items()
    ]
    return pd.DataFrame(rows, columns=["source", "title", "segments", "ratio", "low", "high"])


def segment_ratios(words: Sequence[str], *, size: int = SEGMENT) -> list[float]:
    """The share of different words in each whole segment.

    Args:
        words: running words.
        size: words of a segment.
    """
    return [len(set(words[start : start + size])) / size for start in range(0, len(words) - size + 1, size)]


def _mean(ratios: Sequence[float]) -> tuple[int, float, float, float]:
    unknown = math.nan
    if not ratios:
        return 0, unknown, unknown, unknown
    mean = statistics.fmean(ratios)
    if len(ratios) == 1:
        return 1, mean, unknown, unknown
    half = Z95 * statistics.stdev(ratios) / math.sqrt(len(ratios))
    return len(ratios), mean, mean - half, mean + half
