"""Charts of the length of captions."""

import pandas as pd
import pytest

from dfec_explore.charts import length_boxes, length_curves, length_histogram


def test_lengths_histogram_bars_stand_over_their_lengths_and_filter_by_them(histogram: pd.DataFrame) -> None:
    figure = length_histogram(histogram, mode="light", measure="words").figure
    dfew = figure.data[1]
    assert (dfew.name, list(dfew.x), list(dfew.y)) == ("DFEW", [84.5, 114.5], [4, 2])
    assert [list(pick) for pick in dfew.customdata] == [
        ["source", "DFEW", "words", "80-89"],
        ["source", "DFEW", "words", "110-119"],
    ]
    assert figure.layout.xaxis.title.text == "Length, words"
    assert figure.layout.yaxis.title.text == "Captions"


def test_lengths_histogram_of_all_sources_together_adds_them_up(histogram: pd.DataFrame) -> None:
    (bars,) = length_histogram(histogram, mode="light", measure="words", by_source=False).figure.data
    assert list(bars.y) == [5, 2]
    assert list(bars.customdata[0]) == ["words", "80-89"]


def test_lengths_histogram_is_told_in_a_sentence(histogram: pd.DataFrame) -> None:
    assert length_histogram(histogram, mode="light", measure="words").alt == (
        "Histogram: length of 7 captions in words, from 80 to 119; most captions (5) have 80 to 89."
    )


def test_lengths_histogram_names_sources_only_where_there_are_several(histogram: pd.DataFrame) -> None:
    assert length_histogram(histogram, mode="light", measure="words").figure.layout.showlegend
    one = histogram[histogram["source"] == "DFEW"]
    assert not length_histogram(one, mode="light", measure="words").figure.layout.showlegend


def test_lengths_sentences_are_single_whole_numbers(histogram: pd.DataFrame) -> None:
    frame = histogram.assign(low=[1, 1, 4], high=[1, 1, 4])
    figure = length_histogram(frame, mode="light", measure="sentences").figure
    assert list(figure.data[1].x) == [1, 4]
    assert figure.layout.xaxis.dtick == 1
    assert figure.data[0].hovertext[0] == "<b>CAER</b><br>1 caption of 1 sentence"
    assert list(figure.data[1].customdata[1]) == ["source", "DFEW", "sentences", "4-4"]


def test_lengths_boxes_are_drawn_from_the_quartiles_longest_first(boxes: pd.DataFrame) -> None:
    chart = length_boxes(boxes, mode="light", measure="words")
    first = chart.figure.data[0]
    assert (first.q1[0], first.median[0], first.q3[0]) == (90, 120, 130)
    assert (first.lowerfence[0], first.upperfence[0]) == (60, 160)
    assert list(chart.figure.layout.yaxis.ticktext) == ["DFEW (4)", "CAER (1,200)"]
    assert chart.alt == "Boxes: length of captions in words by source; medians: DFEW 120 and CAER 100.5."


def test_lengths_boxes_can_be_clicked_and_explain_themselves(boxes: pd.DataFrame) -> None:
    cover = length_boxes(boxes, mode="light", measure="words").figure.data[-1]
    assert [list(pick) for pick in cover.customdata] == [["source", "DFEW"], ["source", "CAER_mp4"]]
    assert (list(cover.base), list(cover.x)) == ([60, 50], [100, 100])
    assert "Middle half: 80 to 110" in cover.hovertext[1]


def test_lengths_curves_rise_in_percent_and_filter_by_source(curves: pd.DataFrame) -> None:
    chart = length_curves(curves, mode="light", measure="words", sizes={"DFEW": 136})
    dfew, mafw = chart.figure.data
    assert (list(dfew.x), list(dfew.y)) == ([90, 120], [50, 100])
    assert (dfew.name, mafw.name) == ("DFEW (136)", "MAFW")
    assert list(dfew.customdata[1]) == ["source", "DFEW"]
    assert list(chart.figure.layout.yaxis.ticktext) == ["0 %", "25 %", "50 %", "75 %", "100 %"]
    assert chart.alt == (
        "Curves: share of captions up to each length in words; half of them have at most: DFEW 90 and MAFW 100."
    )


def test_lengths_a_curve_of_one_point_is_a_visible_mark(curves: pd.DataFrame) -> None:
    dfew, mafw = length_curves(curves, mode="light", measure="words").figure.data
    assert dfew.marker.color == "rgba(0,0,0,0)"
    assert mafw.marker.color == mafw.line.color


@pytest.mark.parametrize("points", [201, 1000, 4999])
def test_lengths_long_curves_are_thinned_and_keep_both_ends(points: int) -> None:
    frame = pd.DataFrame({"source": "DFEW", "title": "DFEW", "length": range(points)})
    frame["share"] = (frame["length"] + 1) / points
    chart = length_curves(frame, mode="light", measure="characters")
    (curve,) = chart.figure.data
    assert len(curve.x) <= 201
    assert (curve.x[0], curve.x[-1]) == (0, points - 1)
    assert len(chart.table) == points
