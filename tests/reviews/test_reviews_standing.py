"""Undo and redo: which rows count, checked against the definition itself on random histories."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from review_makers import make_review

from dfec_explore.errors import StoreError
from dfec_explore.model import Review, SampleKey, Verdict
from dfec_explore.reviews import (
    HistoryEntry,
    ReviewStore,
    current_verdicts,
    redoable,
    sample_verdict,
    undoable,
    with_changes,
)
from dfec_explore.reviews.standing import taken_back

EXAMPLES = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

JUDGE = st.tuples(
    st.just("judge"),
    st.sampled_from(["Ann", "Ben"]),
    st.sampled_from(["clip-1", "clip-2"]),
    st.sampled_from(["old", "new"]),
    st.sampled_from([*Verdict]),
    st.sampled_from(["", "blind", "adjudication", "adjudication,blind"]),
    st.sampled_from([None, "plan-1", "plan-2"]),
)
RETRACT = st.tuples(st.just("retract"), st.integers(0, 30))
STEPS = st.lists(JUDGE | RETRACT, max_size=14)


def counts(row: Review, rows: Sequence[Review]) -> bool:
    """The definition: a row counts if no row that counts retracts it."""
    return not any(other.retracts == row.row_id and counts(other, rows) for other in rows)


Track = tuple[str, str, str, bool]


def is_final(row: Review) -> bool:
    return row.mode.startswith("adjudication")


def expected_verdicts(rows: Sequence[Review]) -> dict[Track, Review]:
    return {
        (row.key.id, row.caption_hash, row.reviewer, is_final(row)): row
        for row in rows
        if row.verdict is not None and counts(row, rows)
    }


def expected_verdicts_under(plan: str | None, rows: Sequence[Review]) -> dict[Track, Review]:
    """What stands of the rows of one plan, when all that take back are heard."""
    return {
        (row.key.id, row.caption_hash, row.reviewer, is_final(row)): row
        for row in rows
        if row.verdict is not None and row.plan == plan and counts(row, rows)
    }


def expected_samples(rows: Sequence[Review]) -> dict[tuple[str, str], tuple[str, int, bool]]:
    """The definition: the newest adjudication, else what all say, else disputed; and how many reviewers said it."""
    samples: dict[tuple[str, str], list[Review]] = {}
    for row in expected_verdicts(rows).values():
        samples.setdefault((row.key.id, row.caption_hash), []).append(row)
    found = {}
    for sample, standing in samples.items():
        final = [row for row in sorted(standing, key=lambda row: row.sequence or 0) if is_final(row)]
        said = [str(row.verdict) for row in standing if not is_final(row)]
        verdict = str(final[-1].verdict) if final else said[0] if len(set(said)) == 1 else "disputed"
        found[sample] = (verdict, len(said), bool(final))
    return found


def play(store: ReviewStore, dataset: str, steps: Sequence[tuple[object, ...]]) -> list[Review]:
    """Do the steps, and return the rows that the store should now have."""
    rows: list[Review] = []
    for step in steps:
        if step[0] == "judge":
            _, reviewer, sample, caption, verdict, mode, plan = step
            key = SampleKey(dataset, "test", str(sample))
            new = make_review(key=key, reviewer=reviewer, caption_hash=caption, verdict=verdict, mode=mode, plan=plan)
            rows.append(store.save(new))
        elif rows:
            target = rows[int(str(step[1])) % len(rows)]
            name = uuid.uuid4().hex
            if counts(target, rows):
                rows.append(store.retract(target.row_id, reviewer=target.reviewer, new_row_id=name))
            else:
                with pytest.raises(StoreError, match="taken back already"):
                    store.retract(target.row_id, reviewer=target.reviewer, new_row_id=name)
    return rows


def verdicts(store: ReviewStore, since_sequence: int = 0) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = store.verdict_table("DFEC", since_sequence=since_sequence).to_pylist()
    return rows


def rows_of(table: pa.Table) -> list[str]:
    return sorted(map(repr, table.to_pylist()))


@EXAMPLES
@given(steps=STEPS)
def test_store_agrees_with_the_definition_on_any_history(
    fresh_store: ReviewStore, steps: list[tuple[object, ...]]
) -> None:
    dataset = uuid.uuid4().hex
    rows = play(fresh_store, dataset, steps)
    expected = expected_verdicts(rows)
    assert list(fresh_store.reviews(dataset=dataset)) == rows
    assert sorted(row.row_id for row in current_verdicts(rows)) == sorted(row.row_id for row in expected.values())

    by_reviewer = fresh_store.reviewer_verdict_table(dataset).to_pylist()
    assert {
        (row["id"], row["caption_hash"], row["reviewer"], row["mode"].startswith("adjudication")): row["sequence"]
        for row in by_reviewer
    } == {key: row.sequence for key, row in expected.items()}
    assert {
        (row["id"], row["caption_hash"]): (row["verdict"], row["reviewers"], row["adjudicated"])
        for row in fresh_store.verdict_table(dataset).to_pylist()
    } == expected_samples(rows)

    judged = fresh_store.judgement_table(dataset).to_pylist()
    assert sorted(row["sequence"] for row in judged if row["standing"]) == sorted(
        row.sequence or 0 for row in expected.values()
    )
    in_plans = {
        (*key, plan): row.sequence
        for plan in (None, "plan-1", "plan-2")
        for key, row in expected_verdicts_under(plan, rows).items()
    }
    assert {
        (row["id"], row["caption_hash"], row["reviewer"], row["adjudication"], row["plan"]): row["sequence"]
        for row in judged
    } == in_plans
    assert fresh_store.retracted_ids(dataset) == {row.row_id for row in rows if not counts(row, rows)}


@EXAMPLES
@given(before=STEPS, after=STEPS)
def test_verdict_table_brought_up_to_date_is_the_whole_table(
    fresh_store: ReviewStore, before: list[tuple[object, ...]], after: list[tuple[object, ...]]
) -> None:
    dataset = uuid.uuid4().hex
    fresh_store.save(make_review("elsewhere"))
    play(fresh_store, dataset, before)
    place = fresh_store.last_sequence()
    table = fresh_store.verdict_table(dataset)
    play(fresh_store, dataset, after)
    changes = fresh_store.verdict_table(dataset, since_sequence=place)
    assert rows_of(with_changes(table, changes)) == rows_of(fresh_store.verdict_table(dataset))


@EXAMPLES
@given(before=STEPS, after=STEPS)
def test_judgement_table_brought_up_to_date_is_the_whole_table(
    fresh_store: ReviewStore, before: list[tuple[object, ...]], after: list[tuple[object, ...]]
) -> None:
    dataset = uuid.uuid4().hex
    play(fresh_store, dataset, before)
    place = fresh_store.last_sequence()
    table = fresh_store.judgement_table(dataset)
    play(fresh_store, dataset, after)
    changes = fresh_store.judgement_table(dataset, since_sequence=place)
    assert rows_of(with_changes(table, changes)) == rows_of(fresh_store.judgement_table(dataset))


def test_adjudication_settles_a_dispute_and_keeps_what_was_said(fresh_store: ReviewStore) -> None:
    fresh_store.save(make_review(reviewer="Ann", verdict=Verdict.ACCEPT))
    fresh_store.save(make_review(reviewer="Ben", verdict=Verdict.FIX))
    fresh_store.save(make_review(reviewer="Ann", verdict=Verdict.FIX, mode="adjudication"))
    assert [(r["verdict"], r["reviewers"], r["adjudicated"]) for r in verdicts(fresh_store)] == [("fix", 2, True)]
    said = fresh_store.reviewer_verdict_table("DFEC").to_pylist()
    assert sorted((row["reviewer"], row["verdict"], row["mode"]) for row in said) == [
        ("Ann", "accept", ""),
        ("Ann", "fix", "adjudication"),
        ("Ben", "fix", ""),
    ]


def test_undo_of_an_adjudication_brings_the_dispute_back(fresh_store: ReviewStore) -> None:
    fresh_store.save(make_review(reviewer="Ann", verdict=Verdict.ACCEPT))
    fresh_store.save(make_review(reviewer="Ben", verdict=Verdict.FIX))
    final = fresh_store.save(make_review(reviewer="Cem", verdict=Verdict.REJECT, mode="adjudication"))
    place = fresh_store.last_sequence()
    fresh_store.retract(final.row_id, reviewer="Cem", new_row_id="undo")
    for table in (verdicts(fresh_store), verdicts(fresh_store, since_sequence=place)):
        assert [(row["verdict"], row["reviewers"], row["adjudicated"]) for row in table] == [("disputed", 2, False)]


def test_newest_adjudication_is_the_final_one_whoever_gave_it(fresh_store: ReviewStore) -> None:
    first = fresh_store.save(make_review(reviewer="Zoe", verdict=Verdict.ACCEPT, mode="adjudication"))
    second = fresh_store.save(make_review(reviewer="Ann", verdict=Verdict.REJECT, mode="adjudication"))
    assert [row["verdict"] for row in verdicts(fresh_store)] == ["reject"]
    fresh_store.retract(second.row_id, reviewer="Ann", new_row_id="undo")
    assert [row["verdict"] for row in verdicts(fresh_store)] == [first.verdict]


def test_judgement_outside_a_plan_leaves_that_of_the_plan_standing_in_it(fresh_store: ReviewStore) -> None:
    fresh_store.save(make_review(verdict=Verdict.ACCEPT, plan="plan-1", reasons=(), seconds=3.5, watched=0.5))
    fresh_store.save(make_review(verdict=Verdict.FIX, reasons=("wrong-action", "language")))
    rows = fresh_store.judgement_table("DFEC").to_pylist()
    assert [(row["plan"], row["verdict"], row["standing"], row["reasons"], row["seconds"]) for row in rows] == [
        (None, "fix", True, ["wrong-action", "language"], None),
        ("plan-1", "accept", False, [], 3.5),
    ]


@EXAMPLES
@given(steps=st.lists(st.sampled_from(["judge", "judge", "undo", "redo"]), max_size=20))
def test_undo_and_redo_work_like_a_stack(fresh_store: ReviewStore, steps: list[str]) -> None:
    dataset = uuid.uuid4().hex
    done: list[str] = []
    undone: list[str] = []
    for number, step in enumerate(steps):
        history = fresh_store.history(dataset, "Ann", limit=1000)
        if step == "judge":
            saved = fresh_store.save(make_review(key=SampleKey(dataset, "test", f"clip-{number}")))
            done, undone = [*done, saved.row_id], []
            continue
        target = undoable(history) if step == "undo" else redoable(history)
        source, sink = (done, undone) if step == "undo" else (undone, done)
        assert (target is None) == (not source)
        if target is not None:
            assert (target.row_id if step == "undo" else target.retracts) == source[-1]
            sink.append(source.pop())
            fresh_store.retract(target.row_id, reviewer="Ann", new_row_id=uuid.uuid4().hex)
    assert [row.row_id for row in current_verdicts(fresh_store.reviews(dataset=dataset))] == sorted(
        done, key=[row.row_id for row in fresh_store.reviews(dataset=dataset)].index
    )


@given(
    st.lists(st.integers(0, 20), max_size=12).flatmap(
        lambda targets: st.tuples(st.just(targets), st.permutations(range(len(targets))))
    )
)
def test_rows_taken_back_do_not_depend_on_the_order_of_arrival(drawn: tuple[list[int], list[int]]) -> None:
    targets, order = drawn
    # Each row takes back an earlier one, or (row 0 and such) is a verdict.
    pairs = [(number + 1, target % (number + 1)) for number, target in enumerate(targets)]

    def is_gone(row: int) -> bool:
        return any(target == row and not is_gone(retracting) for retracting, target in pairs)

    assert taken_back([pairs[place] for place in order]) == {row for row in range(len(pairs) + 1) if is_gone(row)}


def test_undo_brings_back_the_verdict_before(fresh_store: ReviewStore) -> None:
    fresh_store.save(make_review(verdict=Verdict.ACCEPT))
    second = fresh_store.save(make_review(verdict=Verdict.REJECT))
    fresh_store.retract(second.row_id, reviewer="Ann", new_row_id="undo")
    assert fresh_store.verdict_table("DFEC")["verdict"].to_pylist() == ["accept"]


def test_redo_brings_back_the_verdict_that_was_undone(fresh_store: ReviewStore) -> None:
    first = fresh_store.save(make_review(verdict=Verdict.ACCEPT))
    fresh_store.retract(first.row_id, reviewer="Ann", new_row_id="undo")
    assert fresh_store.verdict_table("DFEC").num_rows == 0
    fresh_store.retract("undo", reviewer="Ann", new_row_id="redo")
    assert fresh_store.verdict_table("DFEC")["verdict"].to_pylist() == ["accept"]


def test_row_that_gives_a_verdict_and_retracts_does_both(fresh_store: ReviewStore) -> None:
    first = fresh_store.save(make_review(caption_hash="old", verdict=Verdict.ACCEPT))
    both = fresh_store.save(make_review(caption_hash="new", verdict=Verdict.FIX, retracts=first.row_id))
    assert current_verdicts(fresh_store.reviews()) == [both]
    fresh_store.retract(both.row_id, reviewer="Ann", new_row_id="undo")
    assert current_verdicts(fresh_store.reviews()) == [first]


def test_current_verdicts_of_merged_rows_need_every_retraction_gone() -> None:
    """Two databases may each have an undo of one row; undoing one of them is not enough."""
    row = make_review()
    undos = [replace(row, row_id=name, verdict=None, retracts=row.row_id) for name in ("undo-1", "undo-2")]
    redo = replace(row, row_id="redo-1", verdict=None, retracts="undo-1")
    assert current_verdicts([row, *undos, redo]) == []
    assert current_verdicts([row, *undos, redo, replace(redo, row_id="redo-2", retracts="undo-2")]) == [row]


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([], None),
        ([Verdict.FIX], "fix"),
        ([Verdict.UNSURE, Verdict.UNSURE], "unsure"),
        ([Verdict.ACCEPT, Verdict.UNSURE], "disputed"),
        ([Verdict.ACCEPT, Verdict.ACCEPT, Verdict.REJECT], "disputed"),
    ],
)
def test_sample_verdict_is_the_unanimous_one(verdicts: list[Verdict], expected: str | None) -> None:
    assert sample_verdict(verdicts) == expected


def test_final_verdict_counts_before_what_the_reviewers_say() -> None:
    assert sample_verdict([Verdict.ACCEPT, Verdict.REJECT], Verdict.FIX) == "fix"
    assert sample_verdict([], Verdict.FIX) == "fix"


def test_redo_is_gone_after_a_new_verdict() -> None:
    row = make_review(sequence=1)
    undo = replace(row, row_id="undo", verdict=None, retracts=row.row_id)
    history = [HistoryEntry(undo, True), HistoryEntry(row, False)]
    assert redoable(history) == undo
    assert redoable([HistoryEntry(make_review(), True), *history]) is None
