"""What a release goes by: which verdict, whose correction, and why."""

from typing import Any

import pytest
from review_makers import make_review

from dfec_explore.errors import StoreError
from dfec_explore.model import SampleKey, Verdict
from dfec_explore.reviews import ReviewStore, final_verdicts, open_store

FIX, ACCEPT, REJECT = Verdict.FIX, Verdict.ACCEPT, Verdict.REJECT


def say(store: ReviewStore, reviewer: str, verdict: Verdict, correction: str | None = None, **changes: Any) -> str:
    review = make_review(reviewer=reviewer, verdict=verdict, corrected_caption=correction, **changes)
    return store.save(review).row_id


def correction(store: ReviewStore) -> str | None:
    (final,) = final_verdicts(store, "DFEC")
    return final.correction


def test_newest_correction_of_those_who_agree_counts(fresh_store: ReviewStore) -> None:
    say(fresh_store, "Ann", FIX, "Ann's first")
    say(fresh_store, "Ben", FIX, "Ben's")
    assert correction(fresh_store) == "Ben's"
    say(fresh_store, "Ann", FIX, "Ann's second")
    assert correction(fresh_store) == "Ann's second"
    say(fresh_store, "Cem", FIX)
    assert correction(fresh_store) == "Ann's second"


def test_correction_of_the_adjudication_comes_first(fresh_store: ReviewStore) -> None:
    final = say(fresh_store, "Cem", FIX, "Cem's", mode="adjudication")
    say(fresh_store, "Ann", FIX, "Ann's")
    assert correction(fresh_store) == "Cem's"
    fresh_store.retract(final, reviewer="Cem", new_row_id="undo")
    assert correction(fresh_store) == "Ann's"


def test_adjudication_to_fix_without_words_takes_the_reviewers(fresh_store: ReviewStore) -> None:
    say(fresh_store, "Ann", FIX, "Ann's")
    say(fresh_store, "Ben", ACCEPT)
    assert correction(fresh_store) is None
    say(fresh_store, "Cem", FIX, mode="adjudication")
    assert correction(fresh_store) == "Ann's"


@pytest.mark.parametrize(("settled", "verdict"), [(None, "disputed"), (REJECT, "reject"), (ACCEPT, "accept")])
def test_correction_counts_only_where_the_verdict_is_fix(
    fresh_store: ReviewStore, settled: Verdict | None, verdict: str
) -> None:
    say(fresh_store, "Ann", FIX, "Ann's")
    say(fresh_store, "Ben", ACCEPT)
    if settled:
        say(fresh_store, "Cem", settled, mode="adjudication")
    (final,) = final_verdicts(fresh_store, "DFEC")
    assert (final.verdict, final.correction) == (verdict, None)


def test_final_verdict_says_who_gave_it_and_why(fresh_store: ReviewStore) -> None:
    say(fresh_store, "Ben", FIX, reasons=("language", "left-right"))
    say(fresh_store, "Ann", REJECT, reasons=("clip-problem",))
    say(fresh_store, "Ann", FIX, mode="adjudication", reasons=("wrong-action", "language"))
    (final,) = final_verdicts(fresh_store, "DFEC")
    assert final.reviewers == ("Ben", "Ann")
    assert final.reasons == ("language", "left-right", "wrong-action")


def test_final_verdicts_are_one_for_each_caption_of_the_dataset(fresh_store: ReviewStore) -> None:
    say(fresh_store, "Ann", ACCEPT, caption_hash="old")
    say(fresh_store, "Ann", REJECT, caption_hash="new")
    say(fresh_store, "Ann", ACCEPT, key=SampleKey("DFEC", "train", "clip-1"))
    say(fresh_store, "Ann", ACCEPT, key=SampleKey("Other", "test", "clip-1"))
    fresh_store.retract(
        say(fresh_store, "Ann", ACCEPT, key=SampleKey("DFEC", "test", "gone")), reviewer="Ann", new_row_id="undo"
    )
    found = [(final.key.part, final.caption_hash, final.verdict) for final in final_verdicts(fresh_store, "DFEC")]
    assert sorted(found) == [("test", "new", "reject"), ("test", "old", "accept"), ("train", "a" * 32, "accept")]


def test_final_verdicts_of_a_store_that_is_gone_are_told(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    store.engine.dispose()
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE plan_items")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("DROP TABLE reviews")
    with pytest.raises(StoreError, match="could not read the verdicts"):
        list(final_verdicts(store, "DFEC"))
