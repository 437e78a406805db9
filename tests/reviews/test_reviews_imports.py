"""Imports merge by row id, overwrite nothing, and can be repeated; what does not fit is told record by record."""

import io
import json
import os
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plan_makers import make_plan, population
from review_makers import full_review, make_review

from dfec_explore.errors import StoreError
from dfec_explore.model import Review, SampleKey, Verdict
from dfec_explore.reviews import (
    ReviewStore,
    archive_plan,
    draw_sample,
    export_reviews,
    import_reviews,
    merge_store,
    open_store,
    plan_items,
    plans,
    save_plan,
    to_record,
)
from dfec_explore.reviews.records import timestamp

MORNING = datetime(2026, 1, 1, 8, tzinfo=UTC)
FORMATS = ["jsonl", "csv", "parquet"]

MakeStore = Callable[[], ReviewStore]


@pytest.fixture
def make_store(tmp_path: Path) -> Iterator[MakeStore]:
    """More stores, each a file of its own."""
    made: list[ReviewStore] = []

    def make() -> ReviewStore:
        made.append(open_store(f"sqlite:///{tmp_path / uuid.uuid4().hex}.sqlite"))
        return made[-1]

    yield make
    for store in made:
        store.close()


def line(review: Review, **changes: Any) -> str:
    record = to_record(review) | changes
    if isinstance(record["created_at"], datetime):
        record["created_at"] = timestamp(record["created_at"])
    return json.dumps(record, ensure_ascii=False)


def lines(*texts: str) -> io.BytesIO:
    return io.BytesIO("\n".join(texts).encode())


def exported(store: ReviewStore, format: str) -> io.BytesIO:
    out = io.BytesIO()
    export_reviews(store, out, format=format)
    out.seek(0)
    return out


def content(store: ReviewStore) -> list[Review]:
    return [replace(review, sequence=None) for review in store.reviews()]


@pytest.mark.parametrize("format", FORMATS)
def test_import_of_an_export_gives_the_same_reviews(
    fresh_store: ReviewStore, make_store: MakeStore, format: str
) -> None:
    origin = make_store()
    origin.save(full_review(row_id="row-1"))
    origin.save(make_review("clip-2", row_id="row-2", reviewer="'Ben", note="=1+1", mode="adjudication"))
    origin.retract("row-1", reviewer="Ann", new_row_id="row-3")
    origin.retract("row-3", reviewer="Ann", new_row_id="row-4")
    report = import_reviews(fresh_store, exported(origin, format), format=format)
    assert (report.read, report.added, report.known, report.conflicting, report.invalid) == (4, 4, 0, 0, 0)
    assert content(fresh_store) == content(origin)
    again = import_reviews(fresh_store, exported(origin, format), format=format)
    assert (again.read, again.added, again.known) == (4, 0, 4)
    assert content(fresh_store) == content(origin)


def test_import_knows_the_format_of_a_file_by_its_ending(fresh_store: ReviewStore, tmp_path: Path) -> None:
    path = tmp_path / "reviews.JSONL"
    path.write_text(line(make_review()), encoding="utf-8")
    assert import_reviews(fresh_store, path).added == 1
    with pytest.raises(StoreError, match=r"the format 'txt' is unknown\. Use one of jsonl, csv, parquet"):
        import_reviews(fresh_store, tmp_path / "reviews.txt")


def test_import_keeps_the_time_of_the_origin(fresh_store: ReviewStore) -> None:
    here = fresh_store.save(make_review("other"))
    import_reviews(fresh_store, lines(line(make_review(created_at=MORNING), sequence=99)), format="jsonl")
    (imported,) = fresh_store.reviews(since_sequence=here.sequence or 0)
    assert (imported.created_at, imported.sequence) == (MORNING, 2)


@pytest.mark.parametrize(("hours", "standing"), [(-1, "accept"), (1, "reject")])
def test_newest_verdict_by_time_stands_wherever_it_was_given(
    fresh_store: ReviewStore, hours: int, standing: str
) -> None:
    """Here she accepted now; elsewhere she had rejected an hour before, or rejected an hour later."""
    now = fresh_store.save(make_review(verdict=Verdict.ACCEPT)).created_at
    assert now is not None
    other = make_review(verdict=Verdict.REJECT, created_at=now + timedelta(hours=hours))
    import_reviews(fresh_store, lines(line(other)), format="jsonl")
    assert fresh_store.verdict_table("DFEC")["verdict"].to_pylist() == [standing]
    assert fresh_store.verdict_table("DFEC", since_sequence=1)["verdict"].to_pylist() == [standing]
    (mine, *_) = fresh_store.history("DFEC", "Ann")
    assert str(mine.review.verdict) == standing


def test_verdict_given_after_an_import_is_newer_than_what_came_with_it(fresh_store: ReviewStore) -> None:
    """The other machine's clock is a year ahead."""
    future = datetime.now(UTC) + timedelta(days=365)
    import_reviews(fresh_store, lines(line(make_review(created_at=future))), format="jsonl")
    fresh_store.save(make_review(verdict=Verdict.REJECT))
    assert fresh_store.verdict_table("DFEC")["verdict"].to_pylist() == ["reject"]


def test_row_id_that_another_review_has_is_a_conflict_and_overwrites_nothing(fresh_store: ReviewStore) -> None:
    saved = fresh_store.save(make_review(row_id="same", verdict=Verdict.ACCEPT))
    other = make_review("clip-9", row_id="same", verdict=Verdict.REJECT, created_at=MORNING)
    undo = replace(other, row_id="undo", verdict=None, retracts="same", key=saved.key)
    source = lines(line(other), line(undo), line(make_review(row_id="new", created_at=MORNING)))
    report = import_reviews(fresh_store, source, format="jsonl")
    assert (report.added, report.conflicting, report.invalid) == (1, 1, 1)
    assert [(problem.place, problem.row_id) for problem in report.conflicts] == [("line 1", "same")]
    assert "Ann's, of test / clip-1" in report.conflicts[0].what
    assert [(problem.place, problem.row_id) for problem in report.refused] == [("line 2", "undo")]
    assert [review.row_id for review in fresh_store.reviews()] == ["same", "new"]
    assert next(fresh_store.reviews()) == saved


def test_same_review_saved_in_two_databases_at_different_times_is_no_conflict(fresh_store: ReviewStore) -> None:
    review = full_review()
    saved = fresh_store.save(review)
    report = import_reviews(fresh_store, lines(line(replace(review, created_at=MORNING))), format="jsonl")
    assert (report.known, report.conflicting) == (1, 0)
    assert list(fresh_store.reviews()) == [saved]


def test_row_twice_in_a_file_is_one_row(fresh_store: ReviewStore) -> None:
    review = make_review(created_at=MORNING)
    report = import_reviews(fresh_store, lines(line(review), line(review), line(review, note="other")), format="jsonl")
    assert (report.added, report.known, report.conflicting) == (1, 1, 1)


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_retractions_may_come_before_what_they_take_back(
    fresh_store: ReviewStore, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr("dfec_explore.reviews.imports.BATCH", batch)
    row = make_review(row_id="row", created_at=MORNING)
    undo = replace(row, row_id="undo", verdict=None, retracts="row")
    redo = replace(undo, row_id="redo", retracts="undo")
    again = replace(undo, row_id="again", retracts="redo")
    report = import_reviews(fresh_store, lines(*map(line, [again, redo, undo, row])), format="jsonl")
    assert (report.read, report.added, report.invalid) == (4, 4, 0)
    assert [review.row_id for review in fresh_store.reviews()] == ["row", "undo", "redo", "again"]
    assert fresh_store.retracted_ids() == {"redo", "row"}


def test_retractions_that_fit_nothing_are_refused(fresh_store: ReviewStore) -> None:
    row = make_review(row_id="row", created_at=MORNING)
    undo = replace(row, verdict=None, retracts="row")
    source = lines(
        line(replace(undo, row_id="a", retracts="gone")),
        line(replace(undo, row_id="b", reviewer="Ben")),
        line(replace(undo, row_id="c", key=SampleKey("DFEC", "test", "other"))),
        line(replace(undo, row_id="d", retracts="e")),
        line(replace(undo, row_id="e", retracts="d")),
        line(row),
    )
    report = import_reviews(fresh_store, source, format="jsonl")
    assert (report.added, report.invalid) == (1, 5)
    assert sorted((problem.place, problem.row_id) for problem in report.refused) == [
        ("line 1", "a"),
        ("line 2", "b"),
        ("line 3", "c"),
        ("line 4", "d"),
        ("line 5", "e"),
    ]
    assert [review.row_id for review in fresh_store.reviews()] == ["row"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "it is no JSON"),
        ("[" * 100_000, "it is no JSON"),
        ("7", "it is no record with fields"),
        ("{}", "row_id does not fit: Field required"),
        (line(make_review(), verdict="fine"), "verdict does not fit"),
        (line(make_review(), verdict=None), "neither a verdict nor a row"),
        (line(make_review(), created_at="2026-01-01T08:00:00"), "created_at does not fit: Input should have timezone"),
        (line(make_review(), mode="sleepy"), "mode does not fit: 'sleepy' is none of"),
        (line(make_review(), seconds=float("nan")), "seconds does not fit"),
        (line(make_review(), note="\0"), r"note does not fit: it has the character U\+0000"),
        (line(make_review(), reviewer=" Ann"), "reviewer does not fit"),
    ],
)
def test_record_that_does_not_fit_is_told_and_the_rest_comes_in(
    sqlite_store: ReviewStore, text: str, problem: str
) -> None:
    source = lines(line(make_review(row_id="before")), "", text, line(make_review(row_id="after")))
    report = import_reviews(sqlite_store, source, format="jsonl")
    assert (report.read, report.added, report.invalid) == (3, 2, 1)
    assert report.refused[0].place == "line 3"
    assert re.search(problem, report.refused[0].what)
    assert [review.row_id for review in sqlite_store.reviews()] == ["before", "after"]


def test_text_that_is_no_utf8_is_refused_record_by_record(sqlite_store: ReviewStore) -> None:
    good, bad = line(make_review(row_id="good")), line(make_review(row_id="bad", note="?"))
    source = io.BytesIO(b"\xef\xbb\xbf" + good.encode() + b"\n" + bad.encode().replace(b"?", b"\xff"))
    report = import_reviews(sqlite_store, source, format="jsonl")
    assert (report.added, report.invalid, report.refused[0].place) == (1, 1, "line 2")


def test_csv_rows_that_do_not_fit_are_told_and_the_rest_comes_in(sqlite_store: ReviewStore) -> None:
    header = "row_id,dataset,part,id,caption_hash,reviewer,verdict,reasons,note,later column"
    rows = [
        "a,DFEC,test,1,h,Ann,accept,[],fine,x",
        "b,DFEC,test,1,h,Ann,accept,[],short",
        "c,DFEC,test,1,h,Ann,accept,not a list,,x",
        'd,DFEC,test,1,h,Ann,accept,[],"two\nlines",x',
        "e,DFEC,test,1,h,Ann,accept,[],\udcff,x",
        "",
        "f,DFEC,test,1,h,Ann,accept,[],'=1+1,x",
        'g,DFEC,test,1,h,Ann,accept,[],"broken" quotes,x',
        "h,DFEC,test,1,h,Ann,accept,,,x",
    ]
    source = io.BytesIO("\r\n".join([header, *rows]).encode("utf-8", "surrogateescape"))
    report = import_reviews(sqlite_store, source, format="csv")
    assert [(review.row_id, review.note) for review in sqlite_store.reviews()] == [
        ("a", "fine"),
        ("d", "two\nlines"),
        ("f", "=1+1"),
        ("h", ""),
    ]
    assert [(problem.place, problem.row_id) for problem in report.refused] == [
        ("line 3", ""),
        ("line 4", ""),
        ("line 7", "e"),
        ("line 10", ""),
    ]


@pytest.mark.parametrize(("format", "data"), [("csv", b"a,b\n1,2\n"), ("csv", b""), ("parquet", b"no Parquet")])
def test_file_that_holds_no_reviews_is_told(sqlite_store: ReviewStore, format: str, data: bytes) -> None:
    with pytest.raises(StoreError, match=r"the table has no column 'row_id'|the Parquet file cannot be read"):
        import_reviews(sqlite_store, io.BytesIO(data), format=format)


def test_file_that_is_not_there_is_told(sqlite_store: ReviewStore, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No such file or directory"):
        import_reviews(sqlite_store, tmp_path / "none.csv")


@pytest.mark.parametrize("format", FORMATS)
def test_import_reads_from_a_pipe(sqlite_store: ReviewStore, make_store: MakeStore, format: str) -> None:
    origin = make_store()
    origin.save(full_review())
    reader, writer = os.pipe()
    with os.fdopen(writer, "wb") as stream:
        stream.write(exported(origin, format).read())
    with os.fdopen(reader, "rb") as stream:
        assert import_reviews(sqlite_store, stream, format=format).added == 1


def test_import_that_broke_off_is_started_again(
    fresh_store: ReviewStore, make_store: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dfec_explore.reviews.imports.BATCH", 2)
    reviews = [make_review(f"clip-{number}", created_at=MORNING) for number in range(5)]

    class Broken(io.BytesIO):
        def __next__(self) -> bytes:
            if self.tell() > 1000:
                raise OSError("the cable was pulled")
            return super().__next__()

    data = lines(*map(line, reviews)).getvalue()
    with pytest.raises(StoreError, match="the cable was pulled"):
        import_reviews(fresh_store, Broken(data), format="jsonl")
    there = fresh_store.last_sequence()
    assert 0 < there < 5
    report = import_reviews(fresh_store, io.BytesIO(data), format="jsonl")
    assert (report.known, report.added) == (there, 5 - there)


def test_many_problems_are_counted_and_the_first_are_told(
    sqlite_store: ReviewStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dfec_explore.reviews.imports.MAX_PROBLEMS", 3)
    report = import_reviews(sqlite_store, lines(*["{}"] * 10), format="jsonl")
    assert (report.invalid, [problem.place for problem in report.refused]) == (10, ["line 1", "line 2", "line 3"])


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["one", "two"]),
        st.sampled_from(["Ann", "Ben"]),
        st.sampled_from(["clip-1", "clip-2"]),
        st.sampled_from([*Verdict]),
        st.sampled_from(["", "adjudication"]),
        st.booleans(),
    ),
    max_size=12,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_two_databases_merged_both_ways_say_the_same(
    fresh_store: ReviewStore, sqlite_store: ReviewStore, steps: list[tuple[Any, ...]]
) -> None:
    """Whatever was said and taken back here and there."""
    dataset = uuid.uuid4().hex
    here, there = fresh_store, sqlite_store
    for place, reviewer, sample, verdict, mode, undo in steps:
        store = here if place == "one" else there
        key = SampleKey(dataset, "test", sample)
        saved = store.save(make_review(key=key, reviewer=reviewer, verdict=verdict, mode=mode))
        if undo:
            store.retract(saved.row_id, reviewer=reviewer, new_row_id=uuid.uuid4().hex)
    merge_store(here, there, dataset=dataset)
    report = merge_store(there, here, dataset=dataset)
    assert (report.conflicting, report.invalid) == (0, 0)
    assert merge_store(here, there, dataset=dataset).added == 0
    for table in ("verdict_table", "reviewer_verdict_table", "judgement_table"):
        one, two = (getattr(store, table)(dataset) for store in (here, there))
        kept = [name for name in one.column_names if name != "sequence"]
        assert sorted(map(repr, one.select(kept).to_pylist())) == sorted(map(repr, two.select(kept).to_pylist()))


def test_merge_takes_plans_along_and_renames_one_whose_name_is_taken(
    fresh_store: ReviewStore, make_store: MakeStore
) -> None:
    sample = draw_sample(population(A=10), 4, seed=1)
    mine = save_plan(fresh_store, make_plan(sample), sample.items)
    origin = make_store()
    same_name = save_plan(origin, make_plan(sample), sample.items)
    other = save_plan(origin, make_plan(sample, name="second"), sample.items)
    archive_plan(origin, other, by="Ann", row_id="event-1")
    for added in (2, 0):
        report = merge_store(origin, fresh_store)
        new_name = f"first pass ({same_name.id[:8]})"
        assert (report.plans_added, report.conflicting) == (added, 0)
        assert {plan.id: (plan.name, plan.is_archived) for plan in plans(fresh_store, archived=True)} == {
            mine.id: ("first pass", False),
            same_name.id: (new_name, False),
            other.id: ("second", True),
        }
        assert plan_items(fresh_store, same_name) == sample.items
        assert plans(fresh_store, archived=True)[1].created_at == same_name.created_at


def test_merge_reports_a_plan_whose_id_another_has(fresh_store: ReviewStore, make_store: MakeStore) -> None:
    sample = draw_sample(population(A=10), 4, seed=1)
    mine = save_plan(fresh_store, make_plan(sample), sample.items)
    origin = make_store()
    save_plan(origin, replace(mine, overlap=3), sample.items)
    report = merge_store(origin, fresh_store)
    assert (report.plans_added, report.conflicting) == (0, 1)
    assert "the plan with its id here is 'first pass'" in report.conflicts[0].what
    assert plans(fresh_store) == (mine,)
