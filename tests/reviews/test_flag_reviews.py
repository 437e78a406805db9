"""Verdicts on flags: appended, taken back, one for each text of a caption; on SQLite and PostgreSQL."""

import pytest
import sqlalchemy as sa

from dfec_explore.errors import StoreError
from dfec_explore.model import FlagReview, FlagVerdict, SampleKey
from dfec_explore.reviews import ReviewStore, flag_verdicts, last_flag_sequence, retract_flag_review, save_flag_review

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
