"""How long captions are, and which are unlike the others of their source."""

from dataclasses import dataclass

import pandas as pd

from dfec_explore.query.database import selection
from dfec_explore.query.explorer import Explorer
from dfec_explore.query.filters import Filters

MEASURES = ("words", "characters", "sentences")
"""Ways to measure the length of a caption; a word is a token with a letter or digit."""

QUANTILE_STEPS = 200
"""Points of a cumulative curve: more can't be seen on a screen."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Length of the selected captions in one measure."""

    captions: int
    mean: float
    median: float
    shortest: int
    longest: int
    p5: float
    p95: float


def _checked(measure: str) -> str:
    if measure not in MEASURES:
        raise ValueError(f"captions are not measured in {measure!r}; in: {', '.join(MEASURES)}")
    return measure


def summary(explorer: Explorer, filters: Filters, measure: str) -> Summary | None:
    """Mean, median, range and 5th and 95th percentile; None where no caption is selected."""
    column = _checked(measure)
    table, condition = selection(filters, explorer.vocabulary)
    row = explorer.database.row(
        f"SELECT count(*), avg({column}), median({column}), min({column}), max({column}), "  # noqa: S608
        f"quantile_cont({column}, 0.05), quantile_cont({column}, 0.95) FROM {table} WHERE {condition.sql}",
        condition.values,
    )
    if not row[0]:
        return None
    return Summary(int(row[0]), float(row[1]), float(row[2]), int(row[3]), int(row[4]), float(row[5]), float(row[6]))


def bin_width(measure: str, summary_: Summary, *, bins: int = 40) -> int:
    """A round width of bars (1, 2, 5, 10, 20 ...) that makes about ``bins`` of them."""
    if measure == "sentences":
        return 1
    spread = max(summary_.longest - summary_.shortest, 1) / bins
    for width in (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000):
        if width >= spread:
            return width
    return 5000


def histogram(explorer: Explorer, filters: Filters, measure: str, *, width: int) -> pd.DataFrame:
    """Captions by length: columns ``low, high`` (both included), ``source, title, captions``."""
    column = _checked(measure)
    table, condition = selection(filters, explorer.vocabulary)
    frame = explorer.database.frame(
        f"SELECT ({column} // ?) * ? AS low, source, count(*) AS captions "  # noqa: S608
        f"FROM {table} WHERE {condition.sql} GROUP BY low, source ORDER BY low, source",
        [width, width, *condition.values],
    )
    frame.insert(1, "high", frame["low"] + width - 1)
    frame.insert(3, "title", [explorer.vocabulary.title("source", source) for source in frame["source"]])
    return frame


def quantiles_by_source(explorer: Explorer, filters: Filters, measure: str) -> pd.DataFrame:
    """Box figures by source: ``source, title, captions, low, q1, median, q3, high, mean``.

    ``low`` and ``high`` are the last values within 1.5 interquartile ranges of the box (Tukey's whiskers).
    """
    column = _checked(measure)
    table, condition = selection(filters, explorer.vocabulary)
    frame = explorer.database.frame(
        f"""WITH chosen AS (SELECT source, {column} AS x FROM {table} WHERE {condition.sql}),
        boxes AS (
            SELECT source, count(*) AS captions, avg(x) AS mean,
                quantile_cont(x, 0.25) AS q1, median(x) AS median, quantile_cont(x, 0.75) AS q3
            FROM chosen GROUP BY source)
        SELECT b.source, any_value(captions) AS captions, any_value(q1) AS q1, any_value(median) AS median,
            any_value(q3) AS q3, any_value(mean) AS mean,
            min(x) FILTER (x >= q1 - 1.5 * (q3 - q1)) AS low, max(x) FILTER (x <= q3 + 1.5 * (q3 - q1)) AS high
        FROM boxes b JOIN chosen c USING (source) GROUP BY b.source ORDER BY b.source""",  # noqa: S608
        condition.values,
    )
    frame.insert(1, "title", [explorer.vocabulary.title("source", source) for source in frame["source"]])
    return frame


def cumulative(explorer: Explorer, filters: Filters, measure: str) -> pd.DataFrame:
    """Share of captions up to each length, by source: columns ``source, title, length, share`` (0..1)."""
    column = _checked(measure)
    table, condition = selection(filters, explorer.vocabulary)
    frame = explorer.database.frame(
        f"""WITH counts AS (
            SELECT source, {column} AS length, count(*) AS n FROM {table} WHERE {condition.sql} GROUP BY ALL)
        SELECT source, length, sum(n) OVER (PARTITION BY source ORDER BY length) / sum(n) OVER (PARTITION BY source)
            AS share FROM counts ORDER BY source, length""",  # noqa: S608
        condition.values,
    )
    frame.insert(1, "title", [explorer.vocabulary.title("source", source) for source in frame["source"]])
    return frame


def outliers(explorer: Explorer, filters: Filters, measure: str, *, limit: int = 20) -> pd.DataFrame:
    """Captions far from the others of their source: ``part, id, source, title, length, deviation, caption``.

    ``deviation`` is the distance from the source's median in robust standard deviations (1.4826 times the median
    absolute deviation; Iglewicz and Hoaglin 1993 call more than 3.5 an outlier), largest first.
    """
    column = _checked(measure)
    table, condition = selection(filters, explorer.vocabulary)
    frame = explorer.database.frame(
        f"""WITH norms AS (
            SELECT source, median({column}) AS middle, greatest(1.4826 * mad({column}), 0.5) AS spread
            FROM samples GROUP BY source)
        SELECT part, id, s.source, {column} AS length, ({column} - middle) / spread AS deviation, caption
        FROM (SELECT * FROM {table} WHERE {condition.sql}) s JOIN norms n ON n.source = s.source
        WHERE abs({column} - middle) / spread > 3.5
        ORDER BY abs(deviation) DESC, part, id LIMIT ?""",  # noqa: S608
        [*condition.values, limit],
    )
    frame.insert(3, "title", [explorer.vocabulary.title("source", source) for source in frame["source"]])
    return frame
