"""Undo and redo: which rows count, checked against the definition itself on random histories."""

import uuid
from collections.abc import Sequence
from dataclasses import replace

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
)

EXAMPLES = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

JUDGE = st.tuples(
    st.just("judge"),
    st.sampled_from(["Ann", "Ben"]),
    st.sampled_from(["clip-1", "clip-2"]),
    st.sampled_from(["old", "new"]),
    st.sampled_from([*Verdict]),
)
RETRACT = st.tuples(st.just("retract"), st.integers(0, 30))
STEPS = st.lists(JUDGE | RETRACT, max_size=14)


def counts(row: Review, rows: Sequence[Review]) -> bool:
    """The definition: a row counts if no row that counts retracts it."""
    return not any(other.retracts == row.row_id and counts(other, rows) for other in rows)


def expected_verdicts(rows: Sequence[Review]) -> dict[tuple[str, str, str], Review]:
    return {
        (row.key.id, row.caption_hash, row.reviewer): row
        for row in rows
        if row.verdict is not None and counts(row, rows)
    }


def play(store: ReviewStore, dataset: str, steps: Sequence[tuple[object, ...]]) -> list[Review]:
    """Do the steps, and return the rows that the store should now have."""
    rows: list[Review] = []
    for step in steps:
        if step[0] == "judge":
            _, reviewer, sample, caption, verdict = step
            key = SampleKey(dataset, "test", str(sample))
            new = make_review(key=key, reviewer=reviewer, caption_hash=caption, verdict=verdict)
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
    assert {(row["id"], row["caption_hash"], row["reviewer"]): row["sequence"] for row in by_reviewer} == {
        key: row.sequence for key, row in expected.items()
    }

    said: dict[tuple[str, str], set[str]] = {}
    for (sample, caption, _), row in expected.items():
        said.setdefault((sample, caption), set()).add(str(row.verdict))
    assert {(r["id"], r["caption_hash"]): r["verdict"] for r in fresh_store.verdict_table(dataset).to_pylist()} == {
        key: next(iter(verdicts)) if len(verdicts) == 1 else "disputed" for key, verdicts in said.items()
    }
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
    table = {(r["id"], r["caption_hash"]): r for r in fresh_store.verdict_table(dataset).to_pylist()}
    play(fresh_store, dataset, after)
    changes = fresh_store.verdict_table(dataset, since_sequence=place).to_pylist()
    table |= {(r["id"], r["caption_hash"]): r for r in changes}
    whole = {(r["id"], r["caption_hash"]): r for r in fresh_store.verdict_table(dataset).to_pylist()}
    assert {key: row for key, row in table.items() if row["verdict"] is not None} == whole


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


def test_redo_is_gone_after_a_new_verdict() -> None:
    row = make_review(sequence=1)
    undo = replace(row, row_id="undo", verdict=None, retracts=row.row_id)
    history = [HistoryEntry(undo, True), HistoryEntry(row, False)]
    assert redoable(history) == undo
    assert redoable([HistoryEntry(make_review(), True), *history]) is None
