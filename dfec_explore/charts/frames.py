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


def percents(shares: pd.Series) -> pd.Series:
    """Shares (0..1) in percent, with the two decimals of an exported table."""
    return (100 * shares).round(2)
