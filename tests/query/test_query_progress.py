"""Progress on five captions, with figures that are counted by hand."""

from datetime import date

import pandas as pd
import pyarrow as pa
import pytest
from judgement_tables import judgement, judgement_table

from dfec_explore.query import EMPTY, Explorer, Filters, progress
from dfec_explore.query.database import VERDICTS
from dfec_explore.query.population import population
from dfec_explore.reviews.judgements import JUDGEMENTS
from dfec_explore.reviews.standing import sample_verdict

SMILE = "The video shows a woman. She smiles."
BLINK = "The video shows a man. He blinks."
FROWN = "The video shows a man. He frowns."
CAPTIONS = [
    ("DFEW/videos/0.mp4", SMILE),
    ("DFEW/videos/1.mp4", BLINK),
    ("DFEW/videos/2.mp4", FROWN),
    ("MAFW/videos/3.mp4", SMILE),
    ("MAFW/videos/4.mp4", BLINK),
]
ROWS = [
    judgement("0", SMILE, "Ada", "accept", minutes=0, seconds=10.0, watched=1.0),
    judgement("0", SMILE, "Ben", "accept", minutes=1, seconds=20.0, watched=0.5),
    judgement("1", BLINK, "Ada", "fix", minutes=1, seconds=30.0, watched=0.5, reasons=["language", "left-right"]),
    judgement("1", BLINK, "Ben", "reject", minutes=2, seconds=4.0, reasons=["language"], plan="p"),
    judgement("3", SMILE, "Ada", "unsure", minutes=41, seconds=400.0),
    # An earlier text of a caption, and a sample that is in the files no more.
    judgement("2", "He laughed.", "Ada", "reject", minutes=50, reasons=["language"]),
    judgement("99", "Gone.", "Ben", "accept", minutes=51),
    # Judged again since, outside of the plan: it stands in its plan alone.
    judgement("0", SMILE, "Ben", "reject", minutes=-9, plan="p", standing=False),
]
FINALS = [
    judgement("1", BLINK, "Cleo", "reject", minutes=60, adjudication=True, sequence=8, mode="adjudication"),
    judgement("1", BLINK, "Ada", "accept", minutes=61, adjudication=True, sequence=9, mode="adjudication"),
]


@pytest.fixture
def explorer(make_explorer: object) -> Explorer:
    opened: Explorer = make_explorer(CAPTIONS)  # type: ignore[operator]
    opened.database.set_judgements(judgement_table(ROWS), sequence=7)
    return opened


def rows(frame: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in frame[list(columns)].itertuples(index=False)]


def test_progress_totals_count_captions_and_verdicts(explorer: Explorer) -> None:
    found = progress.totals(explorer, EMPTY)
    assert (found.captions, found.judged, found.verdicts, found.reviewers) == (5, 3, 5, 2)
    assert (found.disputed, found.overlap, found.finals, found.median_seconds) == (1, 2, 0, 20.0)


def test_progress_totals_are_of_the_selected_captions(explorer: Explorer) -> None:
    found = progress.totals(explorer, Filters(source=("MAFW",)))
    assert (found.captions, found.judged, found.verdicts, found.median_seconds) == (2, 1, 1, 400.0)


def test_progress_of_nothing_is_nothing(make_explorer: object) -> None:
    empty: Explorer = make_explorer(CAPTIONS)  # type: ignore[operator]
    assert progress.totals(empty, EMPTY).median_seconds is None
    assert progress.stale(empty, EMPTY) == progress.Stale(0, 0, 0)
    assert progress.quantiles(empty, EMPTY) is None
    assert rows(progress.coverage(empty, EMPTY), "source", "verdict", "captions") == [
        ("DFEW", "none", 3),
        ("MAFW", "none", 2),
    ]
    for question in (progress.by_reviewer, progress.by_day, progress.by_reason, progress.times):
        assert len(question(empty, EMPTY)) == 0


def test_progress_coverage_adds_up_to_all_captions(explorer: Explorer) -> None:
    frame = progress.coverage(explorer, EMPTY)
    assert rows(frame, "part", "source", "title", "verdict", "captions") == [
        ("test", "DFEW", "DFEW", "accept", 1),
        ("test", "DFEW", "DFEW", "disputed", 1),
        ("test", "DFEW", "DFEW", "none", 1),
        ("test", "MAFW", "MAFW", "none", 1),
        ("test", "MAFW", "MAFW", "unsure", 1),
    ]


@pytest.mark.parametrize("finals", range(3))
def test_progress_the_verdict_on_a_caption_is_that_of_the_store(explorer: Explorer, finals: int) -> None:
    explorer.database.set_judgements(judgement_table([*ROWS, *FINALS[:finals]]), sequence=9)
    final = FINALS[finals - 1]["verdict"] if finals else None
    frame = progress.coverage(explorer, Filters(text="He blinks", source=("DFEW",)))
    assert rows(frame, "verdict", "captions") == [(sample_verdict(["fix", "reject"], final), 1)]
    assert progress.totals(explorer, EMPTY).finals == min(finals, 1)
    assert progress.totals(explorer, EMPTY).verdicts == 5


def test_progress_stale_verdicts_are_counted_apart(explorer: Explorer) -> None:
    assert progress.stale(explorer, EMPTY) == progress.Stale(captions=1, verdicts=1, gone=1)
    assert progress.stale(explorer, Filters(source=("MAFW",))) == progress.Stale(captions=0, verdicts=0, gone=1)


def test_progress_a_caption_that_was_judged_again_is_stale_no_more(explorer: Explorer) -> None:
    again = judgement("2", FROWN, "Ben", "accept", minutes=70)
    explorer.database.set_judgements(judgement_table([*ROWS, again]), sequence=8)
    assert progress.stale(explorer, EMPTY) == progress.Stale(captions=0, verdicts=1, gone=1)


def test_progress_by_reviewer_leaves_pauses_out_of_the_speed(explorer: Explorer) -> None:
    frame = progress.by_reviewer(explorer, EMPTY)
    assert rows(frame, "reviewer", "captions", "accept", "fix", "reject", "unsure", "finals") == [
        ("Ada", 3, 1, 1, 0, 1, 0),
        ("Ben", 2, 1, 0, 1, 0, 0),
    ]
    # A minute between the first two, then a pause of 40.
    assert list(frame["hourly"]) == [60.0, 60.0]
    assert list(frame["seconds"]) == [30.0, 12.0]
    assert list(frame["watched"]) == [0.75, 0.5]


def test_progress_days_are_those_of_the_viewer(explorer: Explorer) -> None:
    assert rows(progress.by_day(explorer, EMPTY), "day", "reviewer", "verdicts") == [
        (date(2026, 3, 2), "Ada", 3),
        (date(2026, 3, 2), "Ben", 2),
    ]
    # 14 hours and 20 minutes on, the last verdict at 9:41 falls on the next day.
    later = progress.by_day(explorer, EMPTY, offset_minutes=14 * 60 + 20)
    assert rows(later, "day", "reviewer", "verdicts")[-1] == (date(2026, 3, 3), "Ada", 1)


def test_progress_reasons_count_verdicts_and_captions(explorer: Explorer) -> None:
    frame = progress.by_reason(explorer, EMPTY)
    assert frame["title"].iloc[0] == "Language"
    assert rows(frame, "reason", "verdict", "verdicts", "captions") == [
        ("language", "fix", 1, 1),
        ("language", "reject", 1, 1),
        ("left-right", "fix", 1, 1),
    ]


def test_progress_times_fall_into_classes(explorer: Explorer) -> None:
    frame = progress.times(explorer, EMPTY)
    assert [(low, None if pd.isna(high) else high, n) for low, high, n in rows(frame, "low", "high", "verdicts")] == [
        (0, 5, 1),
        (10, 15, 1),
        (20, 30, 1),
        (30, 45, 1),
        (300, None, 1),
    ]
    assert progress.quantiles(explorer, EMPTY) == (10.0, 20.0, 30.0)


def test_progress_blind_shows_one_s_own_verdicts_alone(explorer: Explorer) -> None:
    explorer.database.set_judgements(judgement_table([*ROWS, *FINALS]), sequence=9)
    found = progress.totals(explorer, EMPTY, "Ben")
    assert (found.judged, found.verdicts, found.reviewers, found.disputed, found.finals) == (2, 2, 1, 0, 0)
    assert set(progress.by_reviewer(explorer, EMPTY, "Ben")["reviewer"]) == {"Ben"}
    assert set(progress.by_day(explorer, EMPTY, "Ben")["reviewer"]) == {"Ben"}
    verdicts = rows(progress.coverage(explorer, Filters(source=("DFEW",)), "Ben"), "verdict", "captions")
    assert verdicts == [("accept", 1), ("none", 1), ("reject", 1)]
    assert progress.stale(explorer, EMPTY, "Ben") == progress.Stale(0, 0, 1)
    assert list(progress.by_reason(explorer, EMPTY, "Ben")["verdicts"]) == [1]


def test_progress_only_verdicts_under_a_plan_count_for_its_rate(explorer: Explorer) -> None:
    found = progress.counted_for(explorer, EMPTY, plan="p")
    assert found == progress.Counted(counted=2, no_plan=4, other_plans=0, stale=2)
    assert progress.counted_for(explorer, EMPTY, plan="q") == progress.Counted(0, 4, 2, 2)


def test_progress_of_a_plan_has_what_stands_in_it_alone_and_all_final_verdicts(explorer: Explorer) -> None:
    explorer.database.set_judgements(judgement_table([*ROWS, *FINALS]), sequence=9)
    table = progress.judgements_of(explorer, "p")
    assert table.column_names == JUDGEMENTS.names
    assert sorted(zip(table["id"].to_pylist(), table["verdict"].to_pylist(), strict=True)) == [
        ("0", "reject"),
        ("1", "accept"),
        ("1", "reject"),
        ("1", "reject"),
    ]


def test_progress_overlap_is_what_stands_on_captions_of_two_reviewers(explorer: Explorer) -> None:
    table = progress.overlap(explorer, EMPTY)
    said = sorted(zip(*(table[name].to_pylist() for name in ("id", "reviewer", "verdict")), strict=True))
    assert said == [("0", "Ada", "accept"), ("0", "Ben", "accept"), ("1", "Ada", "fix"), ("1", "Ben", "reject")]


@pytest.mark.parametrize(
    ("facts", "ids"),
    [
        (("reviewer:Ben",), {"0", "1"}),
        (("reviewer:Ben", "verdict:reject"), {"1"}),
        (("reason:language",), {"1"}),
        (("seconds:300-",), {"3"}),
        (("day:2026-03-02+00:00",), {"0", "1", "3"}),
        (("reviewer:Nobody",), set()),
    ],
)
def test_progress_a_filter_by_review_selects_the_captions_that_it_counted(
    explorer: Explorer, facts: tuple[str, ...], ids: set[str]
) -> None:
    filters = Filters(review=facts)
    assert set(population(explorer, filters)["id"].to_pylist()) == ids
    assert progress.totals(explorer, filters).judged == len(ids)


def test_progress_new_verdicts_replace_those_on_their_samples(explorer: Explorer) -> None:
    changed = [
        judgement("1", BLINK, "Ada", "accept", minutes=90),
        judgement("0", SMILE, "Ben", "accept", minutes=1) | {"reviewer": None, "verdict": None, "standing": False},
    ]
    explorer.database.update_judgements(judgement_table(changed), sequence=10)
    assert explorer.database.judgements_sequence == 10
    assert rows(progress.coverage(explorer, Filters(source=("DFEW",))), "verdict", "captions") == [
        ("accept", 1),
        ("none", 2),
    ]
    explorer.database.update_judgements(judgement_table(ROWS), sequence=9)
    assert progress.totals(explorer, EMPTY).verdicts == 2


def test_progress_of_verdicts_and_of_judgements_is_the_same_for_filters(explorer: Explorer) -> None:
    verdicts = pa.Table.from_pylist(
        [{"part": "test", "id": "1", "caption_hash": ROWS[2]["caption_hash"], "verdict": "disputed", "reviewers": 2}],
        VERDICTS,
    )
    explorer.database.set_verdicts(verdicts, sequence=7)
    assert explorer.count(Filters(verdict=("disputed",))) == progress.totals(explorer, EMPTY).disputed
    assert progress.totals(explorer, Filters(verdict=("disputed",))).judged == 1
