"""The charts of models: what they say in words, and what becomes of hostile names and missing figures."""

import json

import pandas as pd
import pytest

from dfec_explore import charts
from dfec_explore.charts import Chart
from dfec_explore.charts.theme import Mode

SHOWN = ("title", "ticktext")
HOSTILE = '<a href="https://x.example">=1+1</a> $x$'


def scores(*rows: tuple[str, str, float | None]) -> pd.DataFrame:
    return pd.DataFrame(
        [(name, kind, value, None if value is None else value - 0.1, value) for name, kind, value in rows],
        columns=["name", "kind", "value", "low", "high"],
    )


def differences(*rows: tuple[str, float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(
        [(title, title, 0.5, 0.5 + moved, moved, low, high, 0.01) for title, moved, low, high in rows],
        columns=["what", "title", "first", "second", "difference", "low", "high", "p"],
    )


CAPTIONS = pd.DataFrame(
    {
        "place": [0, 1, 2],
        "id": ["1", "2", "3"],
        "source": ["DFEW", "DFEW", "MAFW"],
        "title": ["DFEW", "DFEW", "MAFW"],
        "first": [0.1, 0.5, None],
        "second": [0.2, 0.4, 0.3],
    }
)
OUTCOMES = pd.DataFrame(
    [("blink", "Blink", 6, 0, 2, 0), ("gaze", "Gaze", 0, 2, 0, 9)],
    columns=["name", "title", "matched", "turned", "missed", "extra"],
)


def drawn(mode: Mode) -> dict[str, Chart]:
    two = pd.DataFrame({"name": [HOSTILE, "B"], "group": ["own models", "baselines"], "x": [1.0, 2.0], "y": [0.5, 0.1]})
    papers = pd.DataFrame({"name": [HOSTILE, "B"], "paper": ["P", "Q"], "value": [0.4, 0.2]})
    return {
        "scores": charts.model_scores(scores((HOSTILE, "model", 0.5)), mode=mode, metric="Event F1"),
        "published": charts.published_bars(papers, mode=mode, metric="CIDEr"),
        "scatter": charts.metric_scatter(two, mode=mode, x="CIDEr", y="Event F1"),
        "captions": charts.caption_scatter(CAPTIONS, mode=mode, first=HOSTILE, second="B", metric="Event F1"),
        "differences": charts.metric_differences(
            differences(("Event F1", 0.1, 0.05, 0.15)), mode=mode, first=HOSTILE, second="B"
        ),
        "outcomes": charts.event_outcomes(OUTCOMES, mode=mode, what="action"),
    }


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_charts_of_models_can_be_sent_and_take_names_as_text(mode: Mode) -> None:
    for name, chart in drawn(mode).items():
        figure = json.loads(chart.figure.to_json())
        assert figure["data"], name
        assert chart.alt.endswith("."), name
        for trace in chart.figure.data:
            assert trace.hovertemplate == "%{hovertext}<extra></extra>", name
            assert not any("<a " in text for text in trace.hovertext), name
        # Values of an axis are not read as markup, what is written on it is.
        written = [axis.get(key) for axis in (figure["layout"]["xaxis"], figure["layout"]["yaxis"]) for key in SHOWN]
        assert "<a " not in json.dumps(written), name


def test_charts_of_scores_are_ordered_and_leave_out_what_is_not_known() -> None:
    frame = scores(("A", "model", 0.2), ("B", "baseline", 0.6), ("C", "model", None))
    chart = charts.model_scores(frame, mode="light", metric="Event F1")
    assert chart.alt == "Points with 95 % intervals: Event F1, the best first: B 0.600 and A 0.200."
    assert list(chart.table["Model"]) == ["A", "B", "C"]


def test_charts_of_published_figures_keep_papers_apart() -> None:
    frame = pd.DataFrame({"name": ["A", "B", "C"], "paper": ["P", "Q", "P"], "value": [0.1, 0.9, 0.3]})
    chart = charts.published_bars(frame, mode="light", metric="CIDEr")
    assert chart.alt == "Bars: CIDEr by paper, the best first. P: C 0.3 and A 0.1; Q: B 0.9."
    assert [trace.name for trace in chart.figure.data] == ["P", "Q"]


def test_charts_of_captions_count_who_is_better_and_say_which_was_clicked() -> None:
    chart = charts.caption_scatter(CAPTIONS, mode="light", first="A", second="B", metric="Event F1")
    assert "each of 2 captions" in chart.alt
    assert "B is better in 1, A in 1, 0 are equal" in chart.alt
    assert [list(pick) for pick in chart.figure.data[0].customdata] == [["place", "0"], ["place", "1"]]


def test_charts_of_differences_say_which_may_be_chance() -> None:
    frame = differences(("Event F1", 0.1, 0.05, 0.15), ("CIDEr", -0.02, -0.1, 0.05))
    chart = charts.metric_differences(frame, mode="light", first="A", second="B")
    assert list(chart.figure.data[0].text) == ["+0.100", "-0.020 n.s."]
    assert "Event F1 +0.100 (p 0.010)" in chart.alt


def test_charts_of_outcomes_say_what_was_found() -> None:
    chart = charts.event_outcomes(OUTCOMES, mode="light", what="action")
    assert "Blink 6 matched, 0 turned, 2 missed, 0 extra" in chart.alt
    assert [note.text for note in chart.figure.layout.annotations] == ["75 % found", "100 % found"]
    assert list(chart.figure.data[2].customdata[0]) == ["action", "blink", "kind", "missed"]


def test_charts_of_nothing_say_so() -> None:
    none = [
        charts.model_scores(scores(), mode="light", metric="CIDEr"),
        charts.published_bars(pd.DataFrame(columns=["name", "paper", "value"]), mode="light", metric="TEM"),
        charts.metric_scatter(pd.DataFrame(columns=["name", "group", "x", "y"]), mode="light", x="A", y="B"),
        charts.caption_scatter(CAPTIONS.head(0), mode="light", first="A", second="B", metric="CIDEr"),
        charts.metric_differences(differences(), mode="light", first="A", second="B"),
        charts.event_outcomes(OUTCOMES.head(0), mode="light", what="region"),
    ]
    assert all(len(chart.figure.data) == 0 and chart.alt.endswith(".") for chart in none)
