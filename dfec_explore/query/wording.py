"""The words of captions: openings, phrases and terms."""

import pandas as pd

from dfec_explore.query.database import selected_numbers, selection
from dfec_explore.query.explorer import Explorer
from dfec_explore.query.filters import Filters


def openings(explorer: Explorer, filters: Filters, *, limit: int = 15) -> pd.DataFrame:
    """How captions begin: columns ``opening, captions, share`` (of the selected captions), most frequent first."""
    table, condition = selection(filters, explorer.vocabulary)
    return explorer.database.frame(
        "SELECT opening, count(*) AS captions, count(*) / sum(count(*)) OVER () AS share "  # noqa: S608
        f"FROM {table} WHERE {condition.sql} AND opening <> '' "
        "GROUP BY opening ORDER BY captions DESC, opening LIMIT ?",
        [*condition.values, limit],
    )


def phrases(explorer: Explorer, filters: Filters, *, limit: int = 15, least_words: int = 3) -> pd.DataFrame:
    """Phrases (between two punctuation marks) of several words: ``phrase, captions, times``, most captions first."""
    condition = selected_numbers(filters, explorer.vocabulary)
    return explorer.database.frame(
        'SELECT phrase, count(*) AS captions, sum("count")::BIGINT AS times FROM phrases '  # noqa: S608
        f"WHERE {condition.sql} AND words >= ? "
        "GROUP BY phrase ORDER BY captions DESC, phrase LIMIT ?",
        [*condition.values, least_words, limit],
    )


def terms(explorer: Explorer, filters: Filters, *, limit: int = 150) -> pd.DataFrame:
    """Content words in their base form: ``term, captions, times``, most captions first."""
    condition = selected_numbers(filters, explorer.vocabulary)
    return explorer.database.frame(
        'SELECT term, count(*) AS captions, sum("count")::BIGINT AS times FROM terms '  # noqa: S608
        f"WHERE {condition.sql} GROUP BY term ORDER BY captions DESC, term LIMIT ?",
        [*condition.values, limit],
    )
