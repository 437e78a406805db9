"""DataFrames as plain Python values, for loops over few rows."""

from typing import Any

import pandas as pd


def rows_of(frame: pd.DataFrame) -> list[Any]:
    """The rows as named tuples, whose fields are the columns."""
    return list(frame.itertuples(index=False, name="Row"))


def texts(column: pd.Series) -> list[str]:
    """A column of texts as a list."""
    return [str(value) for value in column]


def titles(frame: pd.DataFrame, key: str, title: str) -> dict[str, str]:
    """From each value of one column to its title in another, in the order of the rows."""
    return dict(zip(texts(frame[key]), texts(frame[title]), strict=True))


def sums(frame: pd.DataFrame, key: str, number: str = "captions") -> dict[str, int]:
    """The sum of a column of whole numbers for each value of ``key``, largest first; ties in the order of the rows."""
    totals = frame.groupby(key, sort=False)[number].sum().sort_values(ascending=False, kind="stable")
    return {str(value): int(total) for value, total in totals.items()}


def sources(frame: pd.DataFrame, title: str = "title") -> dict[str, pd.Series]:
    """The columns of an exported table that name a row's source: as it is written, and as files and links have it."""
    return {"Source": frame[title], "Source id": frame["source"]}


def percents(shares: pd.Series) -> pd.Series:
    """Shares (0..1) in percent, with the two decimals of an exported table."""
    return (100 * shares).round(2)
