"""CSV files: what a spreadsheet would run is text, and nothing is lost."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dfec_explore.charts import safe_csv

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("start", DANGEROUS)
def test_export_a_text_that_starts_like_a_formula_gets_an_apostrophe(start: str) -> None:
    assert cells(safe_csv(pd.DataFrame({"Caption": [f"{start}cmd|' /C calc'!A0"]})))[1] == [
        f"'{start}cmd|' /C calc'!A0"
    ]


def test_export_a_column_name_can_be_no_formula() -> None:
    assert cells(safe_csv(pd.DataFrame({"=A1": ["x"]})))[0] == ["'=A1"]


def test_export_a_negative_number_stays_a_number() -> None:
    assert safe_csv(pd.DataFrame({"Points": [-4.5, 2]})).decode("utf-8-sig") == '"Points"\r\n-4.5\r\n2.0\r\n'


def test_export_starts_with_a_byte_order_mark_so_that_excel_reads_utf8() -> None:
    data = safe_csv(pd.DataFrame({"Word": ["naïve"]}))
    assert data.startswith(b"\xef\xbb\xbf")
    assert "naïve" in data.decode("utf-8-sig")


def test_export_missing_values_are_empty_cells() -> None:
    frame = pd.DataFrame({"Planned": pd.array([200, None], dtype="Int64"), "Note": ["a", None]})
    assert cells(safe_csv(frame))[1:] == [["200", "a"], ["", ""]]


def test_export_a_lone_surrogate_does_not_break_the_file() -> None:
    assert cells(safe_csv(pd.DataFrame({"Caption": pd.Series(["a\ud800b"], dtype=object)})))[1] == ["a?b"]


def test_export_of_an_empty_table_has_its_columns() -> None:
    assert cells(safe_csv(pd.DataFrame({"Source": [], "Captions": []}))) == [["Source", "Captions"]]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), min_size=1, max_size=5))
def test_export_no_cell_starts_a_formula_and_every_text_comes_back(texts: list[str]) -> None:
    rows = cells(safe_csv(pd.DataFrame({"Text": pd.Series(texts, dtype=object)})))[1:]
    assert len(rows) == len(texts)
    for (cell,), text in zip(rows, texts, strict=True):
        assert not cell.lstrip(" ").startswith(DANGEROUS)
        assert cell in (text, f"'{text}")
