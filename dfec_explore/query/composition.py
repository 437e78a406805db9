"""What a dataset is made of: parts, sources, and what the paths say."""

from dataclasses import dataclass

import pandas as pd

from dfec_explore.query.database import selection
from dfec_explore.query.explorer import Explorer
from dfec_explore.query.filters import NOT_STATED, Filters


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures that stand on top of the Overview."""

    captions: int
    sources: int
    events: int
    actions_used: int
    median_words: float
    emotion_known: int
    """Captions whose path states an emotion."""


def totals(explorer: Explorer, filters: Filters) -> Totals:
    """Counts over the captions that the filters select."""
    table, condition = selection(filters, explorer.vocabulary)
    row = explorer.database.row(
        "SELECT count(*), count(DISTINCT source), coalesce(sum(events), 0), "  # noqa: S608
        f"bit_count(coalesce(bit_or(actions), 0)), coalesce(median(words), 0), count(emotion) "
        f"FROM {table} WHERE {condition.sql}",
        condition.values,
    )
    return Totals(int(row[0]), int(row[1]), int(row[2]), int(row[3]), float(row[4]), int(row[5]))


def by_source(explorer: Explorer, filters: Filters) -> pd.DataFrame:
    """Captions by part and source: columns ``part, source, title, captions, share`` (share of the part)."""
    table, condition = selection(filters, explorer.vocabulary)
    frame = explorer.database.frame(
        "SELECT part, source, count(*) AS captions, "  # noqa: S608
        "count(*) / sum(count(*)) OVER (PARTITION BY part) AS share "
        f"FROM {table} WHERE {condition.sql} GROUP BY part, source ORDER BY captions DESC, part, source",
        condition.values,
    )
    frame.insert(2, "title", [explorer.vocabulary.title("source", source) for source in frame["source"]])
    return frame


def by_source_and(explorer: Explorer, filters: Filters, column: str) -> pd.DataFrame:
    """Captions by source and what the path says: columns ``source, title, value, captions``.

    Args:
        explorer: the dataset.
        filters: which captions.
        column: ``emotion``, ``source_split``, ``scenario``, ``actor`` or ``actor_gender``. What is not stated is
            ``not-stated``, a value of its own.
    """
    if column not in ("emotion", "source_split", "scenario", "actor", "actor_gender"):
        raise ValueError(f"no path fact is called {column!r}")
    table, condition = selection(filters, explorer.vocabulary)
    frame = explorer.database.frame(
        f"SELECT source, coalesce({column}, ?) AS value, count(*) AS captions "  # noqa: S608
        f"FROM {table} WHERE {condition.sql} GROUP BY source, value ORDER BY source, captions DESC, value",
        [NOT_STATED, *condition.values],
    )
    frame.insert(1, "title", [explorer.vocabulary.title("source", source) for source in frame["source"]])
    return frame


def rejects(explorer: Explorer, *, limit: int = 1000) -> pd.DataFrame:
    """Records that were not accepted: ``part, index, line, id, reason, value``, in file order, at most ``limit``."""
    return explorer.database.frame('SELECT * FROM rejects ORDER BY part, "index" LIMIT ?', [limit])


def without_events(explorer: Explorer, filters: Filters) -> int:
    """How many selected captions mention no facial action."""
    table, condition = selection(filters, explorer.vocabulary)
    sql = f"SELECT count(*) FROM {table} WHERE {condition.sql} AND events = 0"  # noqa: S608
    return int(explorer.database.row(sql, condition.values)[0])
