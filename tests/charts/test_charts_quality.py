"""Charts of what reviewers judged, and of how sure that is."""

import pandas as pd
import pytest

from dfec_explore import charts
from dfec_explore.charts.theme import Mode


def bars(frame: pd.DataFrame, **options: object) -> dict[str, list[tuple[str, float]]]:
    figure = charts.verdicts_by(frame, mode="light", **options).figure  # type: ignore[arg-type]
    return {trace.name: list(zip(trace.y, [round(x, 1) for x in trace.x], strict=True)) for trace in figure.data}


def test_quality_verdicts_are_shares_of_all_captions_of_a_source(coverage: pd.DataFrame) -> None:
    shown = bars(coverage)
    assert shown["Accepted"] == [("CAER_mp4", 33.3), ("all", 20.0)]
    assert sorted(shown["Not judged yet"]) == [("CAER_mp4", 66.7), ("DFEW", 50.0), ("all", 60.0)]
    assert list(shown) == ["Accepted", "To fix", "Disputed", "Not judged yet"]


def test_quality_verdicts_of_judged_captions_leave_the_others_out(coverage: pd.DataFrame) -> None:
    shown = bars(coverage, by="part", judged_only=True)
    assert "Not judged yet" not in shown
    assert sorted(shown["Accepted"]) == [("all", 50.0), ("test", 66.7)]
    assert sorted(shown["To fix"]) == [("all", 25.0), ("train", 100.0)]


def test_quality_verdicts_say_how_many_are_judged_on_each_row(coverage: pd.DataFrame) -> None:
    chart = charts.verdicts_by(coverage, mode="light")
    assert [note.text for note in chart.figure.layout.annotations] == ["4 of 10", "2 of 6", "2 of 4"]
    assert chart.table["Captions"].sum() == 10
    assert set(chart.table["Source"]) == {"CAER_mp4", "DFEW"}


def test_quality_verdicts_where_nothing_is_judged_say_so(coverage: pd.DataFrame) -> None:
    unjudged = coverage[coverage["verdict"] == "none"]
    assert charts.verdicts_by(unjudged, mode="light", judged_only=True).alt == "No verdict yet."
    assert len(charts.verdicts_by(unjudged, mode="light").figure.data) == 1


def test_quality_reasons_are_ranked_and_filter_by_reason_and_verdict(given_reasons: pd.DataFrame) -> None:
    chart = charts.reasons(given_reasons, mode="light")
    assert list(chart.figure.layout.yaxis.ticktext) == ["Language", "Left and right"]
    assert [note.text for note in chart.figure.layout.annotations] == ["3", "1"]
    fix = next(trace for trace in chart.figure.data if trace.name == "To fix")
    assert list(fix.customdata[0]) == ["review", "reason:language", "review", "verdict:fix"]


def test_quality_days_stack_reviewers_and_keep_empty_days(days: pd.DataFrame) -> None:
    figure = charts.verdicts_by_day(days, mode="light", offset_minutes=480).figure
    assert {trace.name: list(trace.x) for trace in figure.data} == {
        "Ada": ["2026-03-02", "2026-03-04"],
        "Ben": ["2026-03-02"],
    }
    assert figure.layout.xaxis.type == "date"
    assert list(figure.data[1].customdata[0]) == ["review", "reviewer:Ben", "review", "day:2026-03-02+08:00"]
    assert figure.layout.yaxis.range[1] >= 8


def test_quality_days_take_many_reviewers_together(days: pd.DataFrame) -> None:
    many = pd.DataFrame(
        {
            "day": [days["day"][0]] * 11,
            "reviewer": [f"Reviewer {n:02d}" for n in range(11)],
            "verdicts": range(11, 0, -1),
        }
    )
    figure = charts.verdicts_by_day(many, mode="light").figure
    assert [trace.name for trace in figure.data] == [*(f"Reviewer {n:02d}" for n in range(8)), "3 others"]
    assert list(figure.data[-1].y) == [6]
    assert list(figure.data[-1].customdata[0]) == ["review", "day:2026-03-02+00:00"]


def test_quality_times_name_their_classes(review_seconds: pd.DataFrame) -> None:
    figure = charts.review_times(review_seconds, mode="light").figure
    assert list(figure.data[0].x) == ["5–10", "300 and more"]
    assert list(figure.data[0].y) == [3, 1]
    assert [list(pick) for pick in figure.data[0].customdata] == [
        ["review", "seconds:5-10"],
        ["review", "seconds:300-"],
    ]


def test_quality_error_rates_draw_what_is_known_and_tell_the_rest_in_the_table(rates: pd.DataFrame) -> None:
    chart = charts.error_rates(rates, mode="light")
    (points,) = chart.figure.data
    assert list(points.x) == [10.0, 20.0]
    assert list(points.error_x.array) == pytest.approx([9.0, 22.0])
    assert list(points.error_x.arrayminus) == pytest.approx([5.0, 12.0])
    assert list(chart.figure.layout.yaxis.ticktext) == ["All captions (60)", "DFEW (30)"]
    assert list(points.customdata[1]) == ["source", "DFEW"]
    assert list(chart.table["Group"]) == ["All captions", "DFEW", "MAFW"]
    assert chart.table["Error rate, %"].isna().tolist() == [False, False, True]


@pytest.mark.parametrize(("high", "end"), [(0.012, 2), (0.19, 20), (0.42, 50), (1.0, 100)])
def test_quality_error_rates_axis_holds_every_interval(rates: pd.DataFrame, high: float, end: float) -> None:
    axis = charts.error_rates(rates.assign(low=0.001, rate=0.005, high=high), mode="light").figure.layout.xaxis
    assert axis.tickvals[0] == 0
    assert 100 * high <= axis.range[1]
    assert axis.tickvals[-1] <= end


def test_quality_agreement_can_be_worse_than_chance(measures: pd.DataFrame) -> None:
    chart = charts.agreement(measures, mode="light")
    (points,) = chart.figure.data
    assert list(points.x) == [0.9, -0.1]
    assert chart.figure.layout.xaxis.range[0] <= -0.3
    assert list(chart.table["Measure"]) == ["Share of agreement", "Krippendorff's alpha", "Kappa, Ada – Ben"]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_quality_each_reviewer_has_a_colour(mode: Mode) -> None:
    names = [f"Reviewer {n}" for n in range(12)]
    assert len(set(charts.quality.reviewer_colours(names, mode).values())) == 12


def test_quality_names_of_reviewers_are_never_markup(days: pd.DataFrame) -> None:
    hostile = days.assign(reviewer="<b>=1+1</b> $x$")
    figure = charts.verdicts_by_day(hostile, mode="light").figure
    assert "<b>=1" not in figure.data[0].hovertext[0].removeprefix("<b>")
    assert "$" not in figure.data[0].hovertext[0]
    assert "<b>" not in figure.data[0].name
