"""Tables as CSV files that a spreadsheet opens as text and numbers, never as formulas."""

import csv
import io

import pandas as pd

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet read a cell as a formula (OWASP, "CSV Injection"), and the full-width forms."""


def safe_cell(value: object) -> object:
    """The value; a text that a spreadsheet might run is given an apostrophe in front."""
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def safe_csv(frame: pd.DataFrame) -> bytes:
    """A table as CSV without its index: UTF-8 with byte order mark, so that Excel shows letters outside ASCII.

    Every text is quoted; numbers stay numbers (a negative one too). Lone surrogates become question marks.
    """
    text = io.StringIO(newline="")
    rows = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    rows.writerow([safe_cell(str(column)) for column in frame.columns])
    plain = frame.astype(object).where(frame.notna(), None)
    rows.writerows([safe_cell(value) for value in row] for row in plain.itertuples(index=False, name=None))
    return text.getvalue().encode("utf-8-sig", errors="replace")
