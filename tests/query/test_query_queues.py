"""Queues on a small set: who has judged what, what reviewers disagree on, what has changed, and in which order."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from small_sets import BOTH, MAN, NOBODY, WOMAN, explorer_of

from dfec_explore.model import caption_hash
from dfec_explore.query import EMPTY, Explorer, Filters
from dfec_explore.query.database import VERDICTS
from dfec_explore.query.queues import GIVEN, QUEUE_ORDERS, keys_of, numbers_of, queue
from dfec_explore.query.samples import find_sample, read_sample, sample_number

HASHES = [caption_hash(text) for text in (WOMAN, MAN, BOTH, NOBODY)]


@pytest.fixture
def explorer(tmp_path: Path) -> Iterator[Explorer]:
    captions = [("DFEW/0.mp4", WOMAN), ("DFEW/1.mp4", MAN), ("CAER/2.mp4", BOTH), ("CAER/3.mp4", NOBODY)]
    opened = explorer_of(tmp_path, captions)
    yield opened
    opened.database.close()


def given(*rows: tuple[str, str, str]) -> pa.Table:
    """Who judged what: (id, caption hash, reviewer)."""
    return pa.Table.from_pylist(
        [{"part": "test", "id": id_, "caption_hash": hash_, "reviewer": who} for id_, hash_, who in rows], schema=GIVEN
    )


def verdicts(*rows: tuple[str, str, str | None]) -> pa.Table:
    """The verdict on samples: (id, caption hash, verdict)."""
    return pa.Table.from_pylist(
        [
            {"part": "test", "id": id_, "caption_hash": hash_, "verdict": verdict, "reviewers": 1 if verdict else 0}
            for id_, hash_, verdict in rows
        ],
        schema=VERDICTS,
    )


@pytest.mark.parametrize(
    ("kind", "reviewer", "numbers"),
    [
        ("todo", "Ada", [1, 2, 3]),
        ("mine", "Ada", [0]),
        ("todo", "Grace", [0, 1, 3]),
        ("mine", "Grace", [2]),
        ("todo", "", [0, 1, 2, 3]),
        ("mine", "", []),
        ("all", "Ada", [0, 1, 2, 3]),
        ("stale", "Ada", [1, 2]),
        ("stale", "Grace", [1]),
        ("stale", "Lise", [1, 2]),
    ],
)
def test_query_queues_know_who_has_judged_which_caption(
    explorer: Explorer, kind: str, reviewer: str, numbers: list[int]
) -> None:
    # The second caption was another one when Ada judged it, the third when Lise did; Grace has judged the third anew.
    table = given(("0", HASHES[0], "Ada"), ("1", "older", "Ada"), ("2", "older", "Lise"), ("2", HASHES[2], "Grace"))
    assert queue(explorer, EMPTY, given=table, reviewer=reviewer, kind=kind).tolist() == numbers


def test_query_queue_of_what_reviewers_disagree_on(explorer: Explorer) -> None:
    explorer.database.set_verdicts(verdicts(("1", HASHES[1], "disputed"), ("2", "older", "disputed")), sequence=1)
    assert queue(explorer, EMPTY, kind="disputed").tolist() == [1]


def test_query_queue_keeps_to_the_filters(explorer: Explorer) -> None:
    table = given(("0", HASHES[0], "Ada"))
    filters = Filters(action=("blink",))
    assert queue(explorer, filters, given=table, reviewer="Ada", kind="todo").tolist() == [1]


def test_query_queue_in_the_order_of_length(explorer: Explorer) -> None:
    by_words = sorted(range(4), key=lambda n: -len([WOMAN, MAN, BOTH, NOBODY][n].split()))
    assert queue(explorer, EMPTY, order="longest").tolist() == by_words


def test_query_queue_in_random_order_is_the_same_for_the_same_seed(explorer: Explorer) -> None:
    orders = {tuple(queue(explorer, EMPTY, order="random", seed=str(seed)).tolist()) for seed in range(40)}
    assert all(sorted(order) == [0, 1, 2, 3] for order in orders)
    # Of the 24 orders of four captions forty seeds give about twenty.
    assert len(orders) > 12
    again = queue(explorer, EMPTY, order="random", seed="7")
    assert np.array_equal(again, queue(explorer, EMPTY, order="random", seed="7"))


@pytest.mark.parametrize("order", QUEUE_ORDERS)
def test_query_queue_loses_nothing_in_any_order(explorer: Explorer, order: str) -> None:
    assert sorted(queue(explorer, EMPTY, order=order, seed="x").tolist()) == [0, 1, 2, 3]


def test_query_keys_and_numbers_name_the_same_samples(explorer: Explorer) -> None:
    assert keys_of(explorer, [3, 1, 77]) == {3: ("test", "3"), 1: ("test", "1")}
    assert numbers_of(explorer, [("test", "3"), ("none", "3"), ("test", "1"), ("test", "zzz")]).tolist() == [3, 1]
    assert numbers_of(explorer, []).tolist() == []


def test_query_one_sample_is_read_with_its_events_and_without_its_verdict(explorer: Explorer) -> None:
    explorer.database.set_verdicts(verdicts(("1", HASHES[1], "fix")), sequence=1)
    number = sample_number(explorer, "test", "1")
    assert number == 1
    sample = read_sample(explorer, number)
    assert sample is not None
    assert sample.verdict is None
    whole = find_sample(explorer, "test", "1")
    assert whole is not None
    assert (sample.caption, sample.events, sample.words) == (whole.caption, whole.events, whole.words)
    assert read_sample(explorer, 99) is None
    assert sample_number(explorer, "test", "99") is None


def test_query_changed_verdicts_are_brought_in_and_the_others_stay(explorer: Explorer) -> None:
    explorer.database.set_verdicts(verdicts(("0", HASHES[0], "accept"), ("1", HASHES[1], "fix")), sequence=5)
    explorer.database.update_verdicts(
        verdicts(("1", HASHES[1], None), ("2", HASHES[2], "reject"), ("0", "older", None)), sequence=8
    )
    assert explorer.database.verdicts_sequence == 8
    assert explorer.count(Filters(verdict=("accept",))) == 1
    assert explorer.count(Filters(verdict=("fix",))) == 0
    assert explorer.count(Filters(verdict=("reject",))) == 1


def test_query_a_late_answer_does_not_turn_verdicts_back(explorer: Explorer) -> None:
    explorer.database.set_verdicts(verdicts(("0", HASHES[0], "accept")), sequence=5)
    explorer.database.update_verdicts(verdicts(("0", HASHES[0], "reject")), sequence=5)
    assert explorer.count(Filters(verdict=("accept",))) == 1
