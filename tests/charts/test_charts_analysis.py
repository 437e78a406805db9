"""Charts of what differs, what follows, who is shown, and how words vary."""

import pandas as pd
import pytest

from dfec_explore import charts
from dfec_explore.charts.grid import diverging, sequential
from dfec_explore.charts.heatmap import points
from dfec_explore.charts.palette import HUES, contrast, ink_on
from dfec_explore.charts.people import NAMED
from dfec_explore.charts.theme import SURFACES, Mode


def cells(chart: charts.Chart) -> dict[tuple[str, int], str]:
    """The labels of a table of colours by row and place of the column."""
    (trace,) = chart.figure.data
    return {(trace.y[i], round(trace.base[i] + trace.x[i] / 2)): trace.text[i] for i in range(len(trace.y))}


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_analysis_numbers_can_be_read_on_every_colour(mode: Mode) -> None:
    fills = [diverging(step / 50 - 1, mode) for step in range(101)] + [
        sequential(step / 100, mode) for step in range(101)
    ]
    assert min(contrast(ink_on(fill), fill) for fill in fills) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_analysis_values_out_of_range_have_the_last_colour(mode: Mode) -> None:
    assert diverging(-3, mode) == diverging(-1, mode) != diverging(1, mode) == diverging(3, mode)
    assert sequential(1.2, mode) == sequential(1, mode)


@pytest.mark.parametrize(
    ("share", "decimals", "text"),
    [(0.131, 0, "+13"), (-0.08, 0, "−8"), (0.001, 0, "0"), (-0.001, 0, "0"), (-0.0449, 1, "−4.5")],
)
def test_analysis_points_have_a_sign(share: float, decimals: int, text: str) -> None:
    assert points(share, decimals) == text


def test_analysis_contrast_cells_are_signed_points_with_a_dot_where_they_hold(contrasts: pd.DataFrame) -> None:
    chart = charts.source_contrast(contrasts, mode="light")
    assert cells(chart) == {("blink", 1): "+70 •", ("blink", 0): "−70 •", ("gaze", 1): "0", ("gaze", 0): "0"}
    assert list(chart.figure.layout.xaxis.ticktext) == ["CAER<br>20", "DFEW<br>10"]
    assert list(chart.figure.data[0].customdata[0]) == ["source", "DFEW", "action", "blink"]
    assert chart.alt == (
        "Table of colours: each of 2 sources against all others, in percentage points of captions; 2 of 4 differences "
        "hold after Benjamini-Hochberg; largest: Blink in DFEW +70 points and Blink in CAER −70 points."
    )


def test_analysis_contrast_hover_names_the_test_and_the_interval(contrasts: pd.DataFrame) -> None:
    text = charts.source_contrast(contrasts, mode="light").figure.data[0].hovertext[0]
    assert "80 % (8 of 10), all others 10 % (2 of 20)" in text
    assert "+70.0 points, 95 % interval +60.0 to +80.0" in text
    assert "Fisher's exact test, adjusted p 0.0014: holds" in text


def test_analysis_transitions_gather_what_is_not_drawn_in_one_column(steps: pd.DataFrame) -> None:
    chart = charts.transitions(steps, mode="light", limit=2)
    # Columns: blink, gaze, another action, nothing more.
    assert list(chart.figure.layout.xaxis.ticktext) == ["Blink", "Gaze", "Another action", "Nothing more"]
    assert cells(chart) == {("blink", 1): "50", ("blink", 2): "25", ("blink", 3): "25", ("gaze", 3): "100"}
    assert list(chart.figure.layout.yaxis.ticktext) == ["Blink (4)", "Gaze (2)"]
    assert len(chart.table) == 4


def test_analysis_a_transition_filters_by_both_actions_and_the_end_by_one(steps: pd.DataFrame) -> None:
    trace = charts.transitions(steps, mode="light").figure.data[0]
    picks = {trace.hovertext[i].split("<br>")[0]: list(trace.customdata[i]) for i in range(len(trace.hovertext))}
    assert picks["<b>Blink, then gaze</b>"] == ["action", "blink", "action", "gaze"]
    assert picks["<b>Blink, then nothing more</b>"] == ["action", "blink"]


def test_analysis_lift_is_written_only_where_chance_gives_five_captions(pairs: pd.DataFrame) -> None:
    chart = charts.together(pairs, mode="light")
    assert cells(chart) == {("gaze", 0): "2.0", ("cry", 0): "", ("cry", 1): ""}
    assert chart.alt == "Table of colours: lift of 3 pairs of facial actions; highest lift: Blink with Gaze 2.0."
    bars = charts.strongest_pairs(pairs, mode="light")
    assert list(bars.figure.data[0].text) == ["2.0 (20)"]
    assert list(bars.figure.data[0].customdata[0]) == ["action", "blink", "action", "gaze"]
    assert len(bars.table) == 3


def test_analysis_phases_of_an_action_add_up_to_its_mentions(profile: pd.DataFrame) -> None:
    figure = charts.phase_profile(profile, mode="light").figure
    assert [trace.name for trace in figure.data] == ["Beginning", "End", "No phase"]
    assert [list(trace.x) for trace in figure.data] == [[25], [75], [100]]
    assert list(figure.data[1].customdata[0]) == ["action", "blink", "phase", "end"]
    assert figure.data[2].marker.pattern.shape == "/"
    assert list(figure.data[2].customdata[0]) == ["action", "gaze"]


def test_analysis_left_and_right_are_shares_with_whiskers_around_half(sides: pd.DataFrame) -> None:
    chart = charts.left_and_right(sides, mode="light")
    (trace,) = chart.figure.data
    assert (list(trace.x), list(trace.text)) == ([60], ["60 : 40"])
    assert trace.error_x.array[0] == pytest.approx(9.06)
    assert trace.error_x.arrayminus[0] == pytest.approx(9.8)
    assert "Half and half is outside it" in trace.hovertext[0]
    low, high = chart.figure.layout.xaxis.range
    assert low + high == 100
    assert len(chart.table) == 2


def test_analysis_people_not_stated_is_hatched_and_last(genders: pd.DataFrame) -> None:
    chart = charts.people_by_source(genders, mode="light", attribute="gender")
    assert [trace.name for trace in chart.figure.data] == ["Female", "Male", "More than one", "Not stated"]
    assert chart.figure.data[-1].marker.pattern.shape == "/"
    assert list(chart.figure.layout.yaxis.ticktext) == ["All sources", "CAER", "DFEW"]
    female = chart.figure.data[0]
    found = dict(zip(female.y, [list(pick) for pick in female.customdata], strict=True))
    assert found == {"all": ["person", "gender:female"], "DFEW": ["person", "gender:female", "source", "DFEW"]}
    assert chart.alt == (
        "Stacked bars: what 15 captions state by source; "
        "in all: female 40 %, more than one 33 %, male 20 % and not stated 6.7 %."
    )


def test_analysis_people_of_one_source_have_no_row_of_all(genders: pd.DataFrame) -> None:
    chart = charts.people_by_source(genders[genders["source"] == "DFEW"], mode="dark", attribute="gender")
    assert list(chart.figure.layout.yaxis.ticktext) == ["DFEW"]


def test_analysis_every_named_value_has_a_colour_of_its_own_or_the_last() -> None:
    assert all(len(values) <= len(HUES["light"]) + 1 for values in NAMED.values())


def test_analysis_values_of_few_captions_are_in_the_table_alone(person_actions: pd.DataFrame) -> None:
    chart = charts.actions_by_person(person_actions, mode="light", attribute="gender")
    assert cells(chart) == {("blink", 0): "40"}
    assert list(chart.figure.data[0].customdata[0]) == ["person", "gender:female", "action", "blink"]
    assert len(chart.table) == 2


def test_analysis_growth_is_a_line_for_each_source(curve_points: pd.DataFrame) -> None:
    chart = charts.vocabulary_growth(curve_points, mode="light")
    assert [(trace.name, list(trace.x), list(trace.y)) for trace in chart.figure.data] == [
        ("DFEW", [10, 20], [50, 80]),
        ("MAFW", [7], [60]),
    ]
    assert chart.alt == "Curves: different content words by captions: DFEW 80 after 20 and MAFW 60 after 7."


def test_analysis_diversity_draws_only_sources_with_a_segment(ratios: pd.DataFrame) -> None:
    chart = charts.word_diversity(ratios, mode="light")
    (trace,) = chart.figure.data
    assert list(trace.y) == ["MAFW", "DFEW"]
    assert list(trace.error_x.array) == pytest.approx([0, 25])
    assert len(chart.table) == 3


def test_analysis_wordings_say_how_often_and_never_as_markup(wording_counts: pd.DataFrame) -> None:
    chart = charts.wordings(wording_counts, mode="light", limit=1)
    (trace,) = chart.figure.data
    assert list(trace.text) == ["3 (75 %)"]
    assert "<b>eyebrows" not in trace.hovertext[0]
    assert chart.alt.endswith("Not drawn: 1 rarer.")


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_analysis_bars_of_people_stand_out_from_the_page(genders: pd.DataFrame, mode: Mode) -> None:
    figure = charts.people_by_source(genders, mode=mode, attribute="gender").figure
    for trace in figure.data[:2]:
        assert contrast(trace.marker.color, SURFACES[mode].background) >= 3
