"""Plans are stored whole, never change, and lead each reviewer through their captions."""

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_makers import judgement, make_plan, population, table
from review_makers import database, make_review

from dfec_explore.errors import StoreError
from dfec_explore.model import Plan, SampleKey, Verdict
from dfec_explore.reviews import (
    Candidate,
    ReviewStore,
    all_outcomes,
    archive_plan,
    draw_sample,
    find_plan,
    open_store,
    outcomes,
    picked_plan,
    plan_items,
    plan_queue,
    plans,
    restore_plan,
    save_plan,
)

SAMPLE = draw_sample(population(A=30, B=10), 12, seed=1)


def stored(store: ReviewStore, **changes: Any) -> Plan:
    return save_plan(store, make_plan(SAMPLE, **changes), SAMPLE.items)


def test_plan_comes_back_as_it_was_saved(fresh_store: ReviewStore) -> None:
    plan = make_plan(SAMPLE, overlap=2, population="DFEW captions, 40 of 800", query="source=DFEW", seed=2**62)
    saved = save_plan(fresh_store, plan, SAMPLE.items)
    assert replace(saved, created_at=None) == plan
    assert plans(fresh_store, "DFEC") == (saved,)
    assert find_plan(fresh_store, "DFEC", "first pass") == find_plan(fresh_store, "DFEC", plan.id) == saved
    assert plan_items(fresh_store, saved) == SAMPLE.items


def test_plan_saved_again_is_one_plan(fresh_store: ReviewStore) -> None:
    plan = make_plan(SAMPLE)
    saved = save_plan(fresh_store, plan, SAMPLE.items)
    assert save_plan(fresh_store, plan, SAMPLE.items) == saved
    assert plans(fresh_store) == (saved,)


def test_plan_of_another_dataset_may_have_the_same_name(fresh_store: ReviewStore) -> None:
    first = stored(fresh_store)
    plan, items = picked_plan(
        [Candidate(SampleKey("Demo", "test", "1"), "h")], dataset="Demo", name=first.name, created_by="Ann"
    )
    second = save_plan(fresh_store, plan, items)
    assert plans(fresh_store, "DFEC") == (first,)
    assert plans(fresh_store, "Demo") == (second,)
    assert not second.is_random


def test_plan_with_a_name_that_is_taken_is_refused(fresh_store: ReviewStore) -> None:
    stored(fresh_store)
    with pytest.raises(StoreError, match="a plan with the name 'first pass' is there already"):
        stored(fresh_store)


def test_plan_with_an_id_that_is_taken_is_refused(fresh_store: ReviewStore) -> None:
    plan = stored(fresh_store)
    with pytest.raises(StoreError, match=f"another plan has the id '{plan.id}'"):
        save_plan(fresh_store, replace(plan, overlap=3), SAMPLE.items)
    other = [replace(SAMPLE.items[0], caption_hash="other"), *SAMPLE.items[1:]]
    with pytest.raises(StoreError, match="another plan has the id"):
        save_plan(fresh_store, plan, other)
    assert plan_items(fresh_store, plan) == SAMPLE.items


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"name": ""}, "name does not fit"),
        ({"created_by": "Ann "}, "created_by does not fit"),
        ({"overlap": 0}, "overlap does not fit"),
        ({"seed": None}, "a random plan has a seed"),
        ({"seed": 2**63}, "seed does not fit"),
        ({"allocation": "clever"}, "the allocation is none of"),
        ({"strata": ()}, "each stratum has a value for each name"),
        ({"population": "nul\0"}, r"population .* U\+0000"),
        ({"size": 11}, "it has 12 items in places other than 0 to 10"),
        ({"dataset": "Other"}, "an item is of another dataset"),
        ({"sizes": {("A",): 30}}, "of a stratum that it does not have"),
        ({"sizes": {("A",): 3, ("B",): 10}}, "more captions of a stratum than there are"),
    ],
)
def test_plan_that_does_not_fit_is_refused_and_nothing_is_stored(
    sqlite_store: ReviewStore, changes: dict[str, Any], problem: str
) -> None:
    with pytest.raises(StoreError, match=problem):
        save_plan(sqlite_store, replace(make_plan(SAMPLE), **changes), SAMPLE.items)
    assert plans(sqlite_store) == ()


def test_plan_with_a_caption_twice_is_refused(sqlite_store: ReviewStore) -> None:
    twice = [*SAMPLE.items[:-1], replace(SAMPLE.items[0], position=11)]
    with pytest.raises(StoreError, match="a sample is in it twice"):
        save_plan(sqlite_store, make_plan(SAMPLE), twice)


def test_plan_that_is_put_away_is_kept_and_can_come_back(fresh_store: ReviewStore) -> None:
    plan = stored(fresh_store)
    archive_plan(fresh_store, plan, by="Ann", row_id="event-1")
    archive_plan(fresh_store, plan, by="Ann", row_id="event-1")
    assert plans(fresh_store, "DFEC") == ()
    assert plans(fresh_store, "DFEC", archived=True) == (replace(plan, is_archived=True),)
    assert find_plan(fresh_store, "DFEC", plan.name).is_archived
    restore_plan(fresh_store, plan, by="Ben", row_id="event-2")
    assert plans(fresh_store, "DFEC") == (plan,)


def test_plan_that_is_not_there_cannot_be_put_away_or_found(fresh_store: ReviewStore) -> None:
    stored(fresh_store)
    with pytest.raises(StoreError, match="there is no plan with the id"):
        archive_plan(fresh_store, make_plan(SAMPLE), by="Ann", row_id="event-1")
    with pytest.raises(StoreError, match=r"DFEC has no plan 'second'\. There are: 'first pass'"):
        find_plan(fresh_store, "DFEC", "second")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE plans SET overlap = 5",
        "DELETE FROM plans",
        "UPDATE plan_items SET caption_hash = 'x' WHERE position = 0",
        "DELETE FROM plan_items WHERE position = 0",
        "INSERT INTO plan_items SELECT plan, 12, part, 'm', caption_hash, stratum FROM plan_items WHERE position = 0",
        "INSERT INTO plan_items SELECT plan, -1, part, 'm', caption_hash, stratum FROM plan_items WHERE position = 0",
        "UPDATE plan_events SET event = 'restored'",
        "DELETE FROM plan_events",
    ],
)
def test_database_refuses_to_change_a_plan(fresh_store: ReviewStore, store_url: str, statement: str) -> None:
    plan = stored(fresh_store)
    archive_plan(fresh_store, plan, by="Ann", row_id="event-1")
    with database(store_url).begin() as connection, pytest.raises(sa.exc.DBAPIError, match="append-only"):
        connection.exec_driver_sql(statement)
    assert plan_items(fresh_store, plan) == SAMPLE.items


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO plan_items SELECT plan, 0, part, 'm', 'x', stratum FROM plan_items WHERE position = 0",
        "INSERT OR REPLACE INTO plans SELECT id, created_at, dataset, name, created_by, 9, sizes, strata, is_random, "
        "seed, allocation, overlap, population, query FROM plans",
    ],
)
def test_sqlite_refuses_to_replace_a_plan(sqlite_url: str, statement: str) -> None:
    sqlite_store = open_store(sqlite_url)
    plan = stored(sqlite_store)
    with database(sqlite_url).begin() as connection, pytest.raises(sa.exc.IntegrityError, match="append-only"):
        connection.exec_driver_sql(statement)
    assert plan_items(sqlite_store, plan) == SAMPLE.items


def queue_ids(plan: Plan, reviewer: str, rows: list[dict[str, Any]], **options: Any) -> list[int]:
    return [item.position for item in plan_queue(plan, SAMPLE.items, reviewer, table(rows), **options)]


def test_queue_of_a_reviewer_goes_round_from_a_place_of_its_own() -> None:
    plan = replace(make_plan(SAMPLE), id="p" * 32)
    orders = {reviewer: queue_ids(plan, reviewer, []) for reviewer in ("Ann", "Ben", "Cem", "Dee")}
    for order in orders.values():
        assert order == [(order[0] + step) % 12 for step in range(12)]
    # First bytes of SHA-256 of plan id, NUL and name, modulo 12.
    assert {reviewer: order[0] for reviewer, order in orders.items()} == {"Ann": 9, "Ben": 4, "Cem": 6, "Dee": 4}


def test_queue_leaves_out_what_enough_reviewers_or_this_one_have_judged() -> None:
    plan = make_plan(SAMPLE, overlap=2)
    items = SAMPLE.items
    rows = [
        judgement(items[0], "Ann", "accept", plan.id),
        judgement(items[1], "Ben", "accept", plan.id),
        judgement(items[1], "Cem", "fix", plan.id),
        judgement(items[2], "Ben", "accept", plan.id),
        # Not under this plan, or final: no judgement of the plan.
        judgement(items[3], "Ann", "accept", None),
        judgement(items[4], "Ann", "accept", "another plan"),
        judgement(items[5], "Ann", "accept", plan.id, adjudication=True, mode="adjudication"),
    ]
    assert sorted(queue_ids(plan, "Ann", rows)) == [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
    assert sorted(queue_ids(plan, "Dee", rows)) == [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]


def test_queue_leaves_out_captions_that_have_changed() -> None:
    plan = make_plan(SAMPLE)
    now = {(item.key.part, item.key.id): item.caption_hash for item in SAMPLE.items}
    now["test", SAMPLE.items[3].key.id] = "new"
    del now["test", SAMPLE.items[4].key.id]
    elsewhere = replace(SAMPLE.items[5], caption_hash="new")
    rows = [judgement(elsewhere, "Ann", "accept", plan.id)]
    assert sorted(queue_ids(plan, "Ann", rows, captions=now)) == [0, 1, 2, 6, 7, 8, 9, 10, 11]


@settings(max_examples=20, deadline=None)
@given(
    overlap=st.integers(1, 3), turns=st.lists(st.sampled_from(["Ann", "Ben", "Cem", "Dee"]), min_size=60, max_size=60)
)
def test_reviewers_who_take_turns_judge_each_caption_as_often_as_planned(overlap: int, turns: list[str]) -> None:
    plan = make_plan(SAMPLE, overlap=overlap)
    rows: list[dict[str, Any]] = []
    for reviewer in (*turns, *["Ann"] * 12, *["Ben"] * 12, *["Cem"] * 12):
        if queue := plan_queue(plan, SAMPLE.items, reviewer, table(rows)):
            rows.append(judgement(queue[0], reviewer, "accept", plan.id))
    judged = [(row["id"], row["reviewer"]) for row in rows]
    assert len(set(judged)) == len(judged) == 12 * overlap
    assert {sum(id_ == item.key.id for id_, _ in judged) for item in SAMPLE.items} == {overlap}


def test_outcome_gathers_what_was_said_under_the_plan(fresh_store: ReviewStore) -> None:
    plan = stored(fresh_store, overlap=2)
    one, two, three = (item.key.id for item in SAMPLE.items[:3])

    def say(sample: str, reviewer: str, verdict: Verdict, **changes: Any) -> None:
        values = {"caption_hash": SAMPLE.items[0].caption_hash, "plan": plan.id} | changes
        fresh_store.save(make_review(sample, reviewer=reviewer, verdict=verdict, **values))

    say(one, "Ann", Verdict.ACCEPT, mode="blind")
    say(one, "Ben", Verdict.FIX)
    # Ann thinks again, but outside the plan: the plan keeps what she said under it.
    say(one, "Ann", Verdict.REJECT, plan=None)
    say(one, "Cem", Verdict.FIX, plan=None, mode="adjudication")
    say(two, "Ann", Verdict.ACCEPT, caption_hash="new")
    # Settled, but nobody judged it under the plan.
    say(three, "Cem", Verdict.REJECT, plan=None, mode="adjudication")
    found = outcomes(plan, SAMPLE.items, fresh_store.judgement_table("DFEC"))
    assert (found[0].said, found[0].in_sight, found[0].final) == ({"Ann": "accept", "Ben": "fix"}, {"Ben"}, "fix")
    assert (found[1].said, found[1].said_elsewhere, found[1].is_stale) == ({}, {"Ann"}, True)
    assert (found[2].final, found[2].is_judged, found[2].is_stale) == (None, False, False)
    assert not any(outcome.is_judged for outcome in found[3:])


def test_outcomes_of_a_dataset_are_what_stands_on_every_judged_caption(fresh_store: ReviewStore) -> None:
    for sample, reviewer, verdict, mode, plan in [
        ("1", "Ann", Verdict.ACCEPT, "", "plan"),
        ("1", "Ann", Verdict.FIX, "", None),
        ("1", "Ben", Verdict.ACCEPT, "blind", None),
        ("2", "Cem", Verdict.REJECT, "adjudication", None),
    ]:
        fresh_store.save(make_review(sample, reviewer=reviewer, verdict=verdict, mode=mode, plan=plan))
    found = all_outcomes("DFEC", fresh_store.judgement_table("DFEC"))
    assert [(outcome.item.key.id, outcome.said, outcome.final) for outcome in found] == [
        ("1", {"Ann": "fix", "Ben": "accept"}, None),
        ("2", {}, "reject"),
    ]


def test_plan_items_of_a_large_plan_keep_their_order(sqlite_store: ReviewStore) -> None:
    """More than are written at once."""
    sample = draw_sample(population(A=6000), 5003, seed=1)
    plan = save_plan(sqlite_store, make_plan(sample), sample.items)
    assert plan_items(sqlite_store, plan) == sample.items
