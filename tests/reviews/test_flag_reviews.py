"""Verdicts on flags: appended, taken back, one for each text of a caption; on SQLite and PostgreSQL."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from dfec_explore.errors import StoreError
from dfec_explore.model import FlagReview, FlagVerdict, SampleKey
from dfec_explore.reviews import (
    FLAG_ROWS,
    ImportReport,
    ReviewStore,
    export_reviews,
    flag_verdicts,
    import_reviews,
    last_flag_sequence,
    merge_store,
    retract_flag_review,
    save_flag_review,
)
from dfec_explore.reviews.flag_reviews import flag_reviews
from dfec_explore.reviews.imports import take_in
from dfec_explore.reviews.reading import Read

KEY = SampleKey("Toy", "test", "1")


def said(
    row: str, verdict: FlagVerdict = FlagVerdict.DISMISSED, *, hash_: str = "a" * 32, reason: str = ""
) -> FlagReview:
    return FlagReview(row * 32, KEY, hash_, "cut-off", "Ada", verdict, reason)


def test_flag_reviews_the_newest_verdict_on_a_check_and_text_stands(fresh_store: ReviewStore) -> None:
    save_flag_review(fresh_store, said("1", reason="a title"))
    save_flag_review(fresh_store, said("2", FlagVerdict.CONFIRMED))
    save_flag_review(fresh_store, said("3", hash_="b" * 32))
    rows = flag_verdicts(fresh_store, "Toy").to_pylist()
    assert [(row["caption_hash"][0], row["verdict"], row["reason"]) for row in rows] == [
        ("a", "confirmed", ""),
        ("b", "dismissed", ""),
    ]
    assert flag_verdicts(fresh_store, "Other").num_rows == 0


def test_flag_reviews_taken_back_leaves_what_was_said_before(fresh_store: ReviewStore) -> None:
    save_flag_review(fresh_store, said("1", FlagVerdict.CONFIRMED))
    save_flag_review(fresh_store, said("2"))
    retract_flag_review(fresh_store, "2" * 32, reviewer="Ben", new_row_id="3" * 32)
    assert flag_verdicts(fresh_store, "Toy")["verdict"].to_pylist() == ["confirmed"]
    assert last_flag_sequence(fresh_store) == 3
    with pytest.raises(StoreError, match="taken back already"):
        retract_flag_review(fresh_store, "2" * 32, reviewer="Ada", new_row_id="4" * 32)
    with pytest.raises(StoreError, match="no verdict on a flag"):
        retract_flag_review(fresh_store, "9" * 32, reviewer="Ada", new_row_id="5" * 32)


def test_flag_reviews_a_retried_save_is_one_row(fresh_store: ReviewStore) -> None:
    first = save_flag_review(fresh_store, said("1"))
    assert save_flag_review(fresh_store, said("1")) == first
    assert last_flag_sequence(fresh_store) == first.sequence
    with pytest.raises(StoreError, match="another one has the row id"):
        save_flag_review(fresh_store, said("1", reason="another reason"))


def test_flag_reviews_refuse_what_is_no_verdict(fresh_store: ReviewStore) -> None:
    with pytest.raises(StoreError, match="reviewer"):
        save_flag_review(fresh_store, FlagReview("1" * 32, KEY, "a" * 32, "cut-off", " ", FlagVerdict.DISMISSED))
    with pytest.raises(StoreError, match="no verdict"):
        save_flag_review(fresh_store, FlagReview("1" * 32, KEY, "a" * 32, "cut-off", "Ada", None))


@pytest.mark.parametrize("change", ["UPDATE flag_reviews SET reason = 'x'", "DELETE FROM flag_reviews"])
def test_flag_reviews_the_database_refuses_to_change_a_row(fresh_store: ReviewStore, change: str) -> None:
    save_flag_review(fresh_store, said("1"))
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), fresh_store.engine.begin() as connection:
        connection.exec_driver_sql(change)
    assert flag_verdicts(fresh_store, "Toy").num_rows == 1


def test_flag_reviews_a_clock_that_was_set_back_makes_no_verdict_older(fresh_store: ReviewStore) -> None:
    future = replace(said("1"), created_at=datetime.now(UTC) + timedelta(days=1))
    take_in(fresh_store, iter([Read("row 1", future, row_id=future.row_id)]), ImportReport(), FLAG_ROWS)
    save_flag_review(fresh_store, said("2", FlagVerdict.CONFIRMED))
    assert flag_verdicts(fresh_store, "Toy")["verdict"].to_pylist() == ["confirmed"]


def filled(store: ReviewStore) -> None:
    save_flag_review(store, said("1", reason="=HYPERLINK(\"http://x\")\nüber 'alles'"))
    save_flag_review(store, said("2", FlagVerdict.CONFIRMED, hash_="b" * 32, reason="'quoted"))
    retract_flag_review(store, "1" * 32, reviewer="Ben", new_row_id="3" * 32)
    save_flag_review(store, said("4", FlagVerdict.CONFIRMED))


def as_kept(store: ReviewStore) -> list[FlagReview]:
    return sorted((replace(row, sequence=None) for row in flag_reviews(store)), key=lambda row: row.row_id)


@pytest.mark.parametrize("format_", ["jsonl", "csv", "parquet"])
def test_flag_reviews_come_back_from_a_file_as_they_were(
    fresh_store: ReviewStore, sqlite_store: ReviewStore, format_: str
) -> None:
    filled(fresh_store)
    out = io.BytesIO()
    assert export_reviews(fresh_store, out, format=format_, kind=FLAG_ROWS) == 4
    first = import_reviews(sqlite_store, io.BytesIO(out.getvalue()), format=format_, kind=FLAG_ROWS)
    assert (first.read, first.added, first.known) == (4, 4, 0)
    assert as_kept(sqlite_store) == as_kept(fresh_store)
    again = import_reviews(sqlite_store, io.BytesIO(out.getvalue()), format=format_, kind=FLAG_ROWS)
    assert (again.read, again.added, again.known) == (4, 0, 4)
    assert flag_verdicts(sqlite_store, "Toy").to_pylist() == flag_verdicts(fresh_store, "Toy").to_pylist()


def test_flag_reviews_as_csv_hold_no_formula(fresh_store: ReviewStore) -> None:
    filled(fresh_store)
    out = io.BytesIO()
    export_reviews(fresh_store, out, format="csv", kind=FLAG_ROWS)
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))
    assert [row["reason"][:2] for row in rows] == ["'=", "''", "", ""]
    assert [row["counts"] for row in rows] == ["false", "true", "true", "true"]


def test_flag_reviews_of_two_databases_are_merged_by_id_and_the_newest_by_time_stands(
    fresh_store: ReviewStore, sqlite_store: ReviewStore
) -> None:
    save_flag_review(sqlite_store, said("1", reason="elsewhere, first"))
    save_flag_review(fresh_store, said("2", FlagVerdict.CONFIRMED))
    assert merge_store(sqlite_store, fresh_store).added == 1
    assert flag_verdicts(fresh_store, "Toy")["verdict"].to_pylist() == ["confirmed"]
    merge_store(fresh_store, sqlite_store)
    assert as_kept(sqlite_store) == as_kept(fresh_store)
    assert merge_store(sqlite_store, fresh_store).added == 0


def test_flag_reviews_taken_back_in_both_databases_stay_taken_back(
    fresh_store: ReviewStore, sqlite_store: ReviewStore
) -> None:
    save_flag_review(fresh_store, said("1"))
    merge_store(fresh_store, sqlite_store)
    retract_flag_review(fresh_store, "1" * 32, reviewer="Ada", new_row_id="2" * 32)
    retract_flag_review(sqlite_store, "1" * 32, reviewer="Ben", new_row_id="3" * 32)
    report = merge_store(sqlite_store, fresh_store)
    assert (report.known, report.added, report.invalid, report.conflicting) == (2, 0, 0, 0)
    assert flag_verdicts(fresh_store, "Toy").num_rows == 0


def test_flag_reviews_that_conflict_or_do_not_fit_are_told_and_the_others_are_in(fresh_store: ReviewStore) -> None:
    save_flag_review(fresh_store, said("1"))
    fields = {"dataset": "Toy", "part": "test", "id": "1", "caption_hash": "a" * 32, "check": "cut-off"}
    rows = [
        {**fields, "row_id": "1" * 32, "reviewer": "Eve", "verdict": "confirmed"},
        {**fields, "row_id": "2" * 32, "reviewer": "Eve", "verdict": "perhaps"},
        {**fields, "row_id": "3" * 32, "reviewer": "Eve", "retracts": "9" * 32},
        {**fields, "row_id": "4" * 32, "reviewer": "Eve", "retracts": "1" * 32, "check": "spelling"},
        {**fields, "row_id": "5" * 32, "reviewer": "Eve", "verdict": "confirmed", "check": "spelling"},
        {**fields, "row_id": "6" * 32, "reviewer": "Eve"},
    ]
    file = io.BytesIO("".join(json.dumps(row) + "\n" for row in rows).encode())
    report = import_reviews(fresh_store, file, format="jsonl", kind=FLAG_ROWS)
    assert (report.read, report.added, report.conflicting, report.invalid) == (6, 1, 1, 4)
    assert flag_verdicts(fresh_store, "Toy")["check"].to_pylist() == ["cut-off", "spelling"]
