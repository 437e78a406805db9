"""The store keeps what it is given, once, in order, on SQLite and on PostgreSQL alike."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from review_makers import database, full_review, make_review

from dfec_explore.errors import StoreError
from dfec_explore.model import Review, SampleKey, Verdict
from dfec_explore.reviews import ReviewStore, open_store
from dfec_explore.reviews.records import timestamp, to_row
from dfec_explore.reviews.tables import METADATA, REVIEWS


def row_ids(reviews: Any) -> list[str]:
    return [review.row_id for review in reviews]


def test_save_keeps_every_field(fresh_store: ReviewStore, store_url: str) -> None:
    review = full_review()
    saved = fresh_store.save(review)
    assert replace(saved, sequence=None, created_at=None) == review
    again = open_store(store_url)
    assert list(again.reviews()) == [saved]
    again.close()


def test_save_sets_the_time_in_utc_and_the_place_in_the_sequence(fresh_store: ReviewStore) -> None:
    before = datetime.now(UTC)
    ignored = make_review(sequence=99, created_at=datetime(2001, 1, 1, tzinfo=UTC))
    first, second = fresh_store.save(ignored), fresh_store.save(make_review())
    assert first.created_at is not None
    assert before <= first.created_at <= datetime.now(UTC)
    assert first.created_at.utcoffset() == timedelta(0)
    assert (first.sequence, second.sequence) == (1, 2)


def test_save_again_with_the_same_row_id_is_one_row(fresh_store: ReviewStore) -> None:
    review = full_review()
    saved = fresh_store.save(review)
    fresh_store.save(make_review())
    assert fresh_store.save(review) == saved
    assert fresh_store.last_sequence() == 2


@pytest.mark.parametrize("change", [{"note": "other"}, {"verdict": Verdict.REJECT}, {"parts": {}}, {"seconds": 1.0}])
def test_save_refuses_a_row_id_that_another_review_has(fresh_store: ReviewStore, change: dict[str, Any]) -> None:
    review = full_review()
    saved = fresh_store.save(review)
    with pytest.raises(StoreError, match=f"another review has the row id '{review.row_id}'"):
        fresh_store.save(replace(review, **change))
    assert list(fresh_store.reviews()) == [saved]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"verdict": None}, "neither a verdict nor a row"),
        ({"reviewer": ""}, "reviewer does not fit"),
        ({"reviewer": "   "}, "reviewer does not fit"),
        ({"reviewer": "Ann "}, "begins or ends with a blank"),
        ({"reviewer": "A" * 201}, "reviewer does not fit"),
        ({"row_id": ""}, "row_id does not fit"),
        ({"caption_hash": ""}, "caption_hash does not fit"),
        ({"key": SampleKey("", "test", "1")}, "dataset does not fit"),
        ({"key": SampleKey("DFEC", "test", "")}, "id does not fit"),
        ({"note": "n" * 20_001}, "note does not fit"),
        ({"note": "nul\0"}, r"note .* U\+0000"),
        ({"note": "half a pair \ud83d"}, r"note .* U\+D83D"),
        ({"corrected_caption": "c" * 100_001}, "corrected_caption does not fit"),
        ({"reasons": ("r",) * 51}, "reasons does not fit"),
        ({"reasons": ["wrong-action"]}, "reasons does not fit"),
        ({"verdict": "acceptable"}, "verdict does not fit"),
        ({"seconds": -1.0}, "seconds does not fit"),
        ({"seconds": float("nan")}, "seconds does not fit"),
        ({"seconds": float("inf")}, "seconds does not fit"),
        ({"watched": 1.01}, "watched does not fit"),
        ({"spans": ((3, 3),)}, "ends before it starts"),
        ({"spans": ((-1, 3),)}, "spans.0.0 does not fit"),
        ({"parts": {"event:1": 1}}, "parts.event:1 does not fit"),
        ({"row_id": "same", "retracts": "same"}, "takes back itself"),
        ({"mode": "blind,sleepy"}, "mode does not fit: 'sleepy' is none of adjudication, blind, mirrored"),
    ],
)
def test_save_refuses_what_does_not_fit_and_says_why(sqlite_url: str, change: dict[str, Any], problem: str) -> None:
    store = open_store(sqlite_url)
    with pytest.raises(StoreError, match=problem):
        store.save(make_review(**change))
    assert store.last_sequence() == 0


def test_save_takes_the_largest_texts_that_are_allowed(fresh_store: ReviewStore) -> None:
    review = make_review(note="ü" * 20_000, corrected_caption="字" * 100_000, reviewer="R" * 200)
    fresh_store.save(review)
    (stored,) = fresh_store.reviews()
    assert (stored.note, stored.corrected_caption) == (review.note, review.corrected_caption)


@pytest.mark.parametrize(
    ("given", "stored"), [("", ""), ("watch-first,blind", "blind,watch-first"), ("mirrored,mirrored", "mirrored")]
)
def test_save_writes_the_tokens_of_a_mode_in_order_and_once(sqlite_url: str, given: str, stored: str) -> None:
    store = open_store(sqlite_url)
    review = make_review(mode=given)
    assert store.save(review).mode == stored
    assert store.save(review).sequence == 1
    assert [row.mode for row in store.reviews()] == [stored]


def test_save_never_makes_a_row_older_than_the_one_it_changes(fresh_store: ReviewStore, store_url: str) -> None:
    """As after the clock was set back by a day."""
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    with database(store_url).begin() as connection:
        row = to_row(make_review(verdict=Verdict.ACCEPT, caption_hash="old"))
        connection.execute(REVIEWS.insert().values(**row, created_at=timestamp(tomorrow)))
    saved = fresh_store.save(make_review(verdict=Verdict.REJECT))
    assert saved.created_at is not None
    assert saved.created_at == tomorrow + timedelta(microseconds=1)
    elsewhere = fresh_store.save(make_review("clip-2")).created_at
    assert elsewhere is not None
    assert elsewhere < tomorrow


def test_retract_appends_a_row_about_the_same_sample(fresh_store: ReviewStore) -> None:
    review = fresh_store.save(full_review())
    undo = fresh_store.retract(review.row_id, reviewer="Ann", new_row_id="undo-1")
    assert undo.sequence == 2
    assert list(fresh_store.reviews()) == [review, undo]
    assert (undo.key, undo.caption_hash, undo.verdict, undo.retracts) == (
        review.key,
        review.caption_hash,
        None,
        review.row_id,
    )


def test_retract_twice_with_the_same_new_row_id_is_one_row(fresh_store: ReviewStore) -> None:
    review = fresh_store.save(make_review())
    undo = fresh_store.retract(review.row_id, reviewer="Ann", new_row_id="undo-1")
    assert fresh_store.retract(review.row_id, reviewer="Ann", new_row_id="undo-1") == undo
    assert fresh_store.last_sequence() == 2


def test_retract_refuses_what_was_taken_back_already(fresh_store: ReviewStore) -> None:
    review = fresh_store.save(make_review())
    fresh_store.retract(review.row_id, reviewer="Ann", new_row_id="undo-1")
    with pytest.raises(StoreError, match="taken back already"):
        fresh_store.retract(review.row_id, reviewer="Ann", new_row_id="undo-2")
    assert fresh_store.last_sequence() == 2


def test_retract_refuses_another_reviewers_row(fresh_store: ReviewStore) -> None:
    review = fresh_store.save(make_review())
    with pytest.raises(StoreError, match="it is Ann's, not Ben's"):
        fresh_store.retract(review.row_id, reviewer="Ben", new_row_id="undo-1")
    assert fresh_store.last_sequence() == 1


def test_retract_refuses_a_row_that_is_not_there(fresh_store: ReviewStore) -> None:
    with pytest.raises(StoreError, match="no review with the row id 'gone'"):
        fresh_store.retract("gone", reviewer="Ann", new_row_id="undo-1")
    with pytest.raises(StoreError, match="no review with the row id 'gone'"):
        fresh_store.save(make_review(retracts="gone"))


def test_save_refuses_to_retract_a_row_of_another_sample(fresh_store: ReviewStore) -> None:
    review = fresh_store.save(make_review("clip-1"))
    with pytest.raises(StoreError, match=r"of the sample test / clip-1, not of test / clip-2"):
        fresh_store.save(make_review("clip-2", retracts=review.row_id))


def test_reviews_come_in_the_order_of_the_store_and_can_be_chosen(fresh_store: ReviewStore) -> None:
    one = fresh_store.save(make_review("clip-1"))
    two = fresh_store.save(make_review("clip-2", reviewer="Ben"))
    three = fresh_store.save(make_review(key=SampleKey("DFEC", "train", "clip-1")))
    four = fresh_store.save(make_review(key=SampleKey("Demo", "test", "clip-1")))
    assert list(fresh_store.reviews()) == [one, two, three, four]
    assert list(fresh_store.reviews(key=one.key)) == [one]
    assert list(fresh_store.reviews(dataset="DFEC")) == [one, two, three]
    assert list(fresh_store.reviews(reviewer="Ann", dataset="DFEC")) == [one, three]
    assert list(fresh_store.reviews(since_sequence=2)) == [three, four]
    assert list(fresh_store.reviews(since_sequence=1, through_sequence=3)) == [two, three]
    assert list(fresh_store.reviews(limit=2)) == [one, two]
    assert list(fresh_store.reviews(limit=0)) == []


def test_reviews_read_across_pages_miss_and_repeat_nothing(
    fresh_store: ReviewStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dfec_explore.reviews.store.PAGE", 3)
    saved = [fresh_store.save(make_review(f"clip-{number}")) for number in range(10)]
    assert row_ids(fresh_store.reviews()) == row_ids(saved)
    assert row_ids(fresh_store.reviews(limit=7)) == row_ids(saved[:7])
    assert row_ids(fresh_store.reviews(limit=6)) == row_ids(saved[:6])


def test_history_is_the_reviewers_own_newest_first(fresh_store: ReviewStore) -> None:
    one = fresh_store.save(make_review("clip-1"))
    fresh_store.save(make_review("clip-1", reviewer="Ben"))
    two = fresh_store.save(make_review("clip-2"))
    undo = fresh_store.retract(two.row_id, reviewer="Ann", new_row_id="undo-1")
    history = fresh_store.history("DFEC", "Ann")
    assert [(entry.review, entry.counts) for entry in history] == [(undo, True), (two, False), (one, True)]
    assert [entry.review for entry in fresh_store.history("DFEC", "Ann", limit=2)] == [undo, two]


def test_verdict_table_is_unanimous_or_disputed_and_knows_captions_apart(fresh_store: ReviewStore) -> None:
    for reviewer, sample, verdict, caption in [
        ("Ann", "agreed", Verdict.FIX, "x"),
        ("Ben", "agreed", Verdict.FIX, "x"),
        ("Ann", "disputed", Verdict.ACCEPT, "x"),
        ("Ben", "disputed", Verdict.UNSURE, "x"),
        ("Ann", "changed", Verdict.REJECT, "old"),
        ("Ann", "changed", Verdict.ACCEPT, "new"),
        ("Ann", "reconsidered", Verdict.ACCEPT, "x"),
        ("Ann", "reconsidered", Verdict.REJECT, "x"),
    ]:
        fresh_store.save(make_review(sample, reviewer=reviewer, verdict=verdict, caption_hash=caption))
    fresh_store.save(make_review(key=SampleKey("Other", "test", "agreed")))
    table = fresh_store.verdict_table("DFEC")
    assert table.column_names == [
        "dataset",
        "part",
        "id",
        "caption_hash",
        "verdict",
        "reviewers",
        "adjudicated",
    ]
    assert sorted(tuple(row.values()) for row in table.to_pylist()) == [
        ("DFEC", "test", "agreed", "x", "fix", 2, False),
        ("DFEC", "test", "changed", "new", "accept", 1, False),
        ("DFEC", "test", "changed", "old", "reject", 1, False),
        ("DFEC", "test", "disputed", "x", "disputed", 2, False),
        ("DFEC", "test", "reconsidered", "x", "reject", 1, False),
    ]


def test_verdict_tables_of_a_store_without_reviews_have_their_columns(fresh_store: ReviewStore) -> None:
    assert fresh_store.verdict_table("DFEC").to_pylist() == []
    reviewers = fresh_store.reviewer_verdict_table("DFEC")
    assert reviewers.num_rows == 0
    assert "created_at" in reviewers.column_names


def test_reviewer_verdict_table_tells_who_said_what_when(fresh_store: ReviewStore) -> None:
    fresh_store.save(make_review(verdict=Verdict.REJECT))
    saved = fresh_store.save(make_review(verdict=Verdict.FIX, mode="blind", plan="p", seconds=2.5))
    assert fresh_store.reviewer_verdict_table("DFEC").to_pylist() == [
        {
            "dataset": "DFEC",
            "part": "test",
            "id": "clip-1",
            "caption_hash": "a" * 32,
            "reviewer": "Ann",
            "verdict": "fix",
            "sequence": 2,
            "created_at": saved.created_at,
            "mode": "blind",
            "plan": "p",
            "seconds": 2.5,
        }
    ]


def test_verdict_table_since_a_place_has_changed_samples_alone(fresh_store: ReviewStore) -> None:
    taken_back = fresh_store.save(make_review("clip-1"))
    fresh_store.save(make_review("clip-2"))
    fresh_store.save(make_review("clip-3", verdict=Verdict.ACCEPT))
    fresh_store.retract(taken_back.row_id, reviewer="Ann", new_row_id="undo-1")
    fresh_store.save(make_review("clip-3", reviewer="Ben", verdict=Verdict.FIX))
    table = fresh_store.verdict_table("DFEC", since_sequence=3)
    assert sorted((row["id"], row["verdict"], row["reviewers"]) for row in table.to_pylist()) == [
        ("clip-1", None, 0),
        ("clip-3", "disputed", 2),
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reviews SET verdict = 'accept'",
        "UPDATE reviews SET note = note",
        "DELETE FROM reviews",
        "DELETE FROM reviews WHERE sequence = 1",
    ],
)
def test_database_refuses_to_change_or_remove_a_review(
    fresh_store: ReviewStore, store_url: str, statement: str
) -> None:
    saved = fresh_store.save(make_review(verdict=Verdict.REJECT))
    with database(store_url).begin() as connection, pytest.raises(sa.exc.DBAPIError, match="append-only"):
        connection.exec_driver_sql(statement)
    assert list(fresh_store.reviews()) == [saved]


def test_sqlite_refuses_to_replace_a_review(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    saved = store.save(make_review())
    replacement = (
        "INSERT OR REPLACE INTO reviews "
        "SELECT 1, 'other', created_at, dataset, part, sample_id, caption_hash, reviewer, 'reject', reasons, note, "
        "corrected_caption, mode, plan, seconds, watched, spans, parts, retracts FROM reviews"
    )
    with database(sqlite_url).begin() as connection, pytest.raises(sa.exc.IntegrityError, match="append-only"):
        connection.exec_driver_sql(replacement)
    assert list(store.reviews()) == [saved]


@pytest.mark.postgres
def test_postgres_refuses_to_truncate_reviews(postgres_url: str) -> None:
    store = open_store(postgres_url)
    saved = store.save(make_review())
    with database(postgres_url).begin() as connection, pytest.raises(sa.exc.DBAPIError, match="append-only"):
        connection.exec_driver_sql("TRUNCATE reviews")
    assert list(store.reviews()) == [saved]
    store.close()


def test_tables_of_the_code_are_those_of_the_database(fresh_store: ReviewStore, store_url: str) -> None:
    found = sa.MetaData()
    found.reflect(database(store_url), only=list(METADATA.tables))
    for name, table in METADATA.tables.items():
        assert list(found.tables[name].columns.keys()) == list(table.columns.keys())
        assert [column.nullable for column in found.tables[name].columns if not column.primary_key] == [
            column.nullable for column in table.columns if not column.primary_key
        ]


def test_save_takes_only_reviews_from_text_that_is_no_sql(fresh_store: ReviewStore) -> None:
    evil = "x'); DROP TABLE reviews; --"
    saved: Review = fresh_store.save(make_review(evil, reviewer=evil, note=evil))
    assert list(fresh_store.reviews(reviewer=evil)) == [saved]
    assert fresh_store.verdict_table("DFEC")["id"].to_pylist() == [evil]
