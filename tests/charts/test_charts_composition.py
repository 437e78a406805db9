"""Charts of what a dataset is made of."""

import pandas as pd

from dfec_explore.charts import captions_against_plan, captions_by_source
from dfec_explore.charts.palette import SOURCES


def test_composition_sources_are_bars_in_their_own_colours_that_filter_by_source(by_source: pd.DataFrame) -> None:
    bars = captions_by_source(by_source, mode="light").figure.data[0]
    assert list(bars.y) == ["CAER_mp4", "DFEW"]
    assert list(bars.x) == [6, 4]
    assert list(bars.marker.color) == [SOURCES["light"]["CAER_mp4"], SOURCES["light"]["DFEW"]]
    assert [list(pick) for pick in bars.customdata] == [["source", "CAER_mp4"], ["source", "DFEW"]]


def test_composition_rows_are_titles_most_captions_first_from_the_top(by_source: pd.DataFrame) -> None:
    axis = captions_by_source(by_source[::-1], mode="light").figure.layout.yaxis
    assert list(axis.ticktext) == ["CAER", "DFEW"]
    assert axis.range[0] > axis.range[1]


def test_composition_a_planned_source_without_captions_has_an_outline_and_says_so(by_source: pd.DataFrame) -> None:
    chart = captions_by_source(by_source, mode="light", planned={"team-collected": 200})
    assert list(chart.figure.layout.yaxis.ticktext) == ["CAER", "DFEW", "Team-collected"]
    (outline,) = chart.figure.layout.shapes
    assert (outline.x0, outline.x1, outline.line.dash) == (0, 200, "dot")
    assert [note.text for note in chart.figure.layout.annotations] == ["0 of 200 planned"]
    assert chart.figure.layout.xaxis.range[1] > 200
    assert "Planned, none there yet: 200 of Team-collected." in chart.alt


def test_composition_a_planned_source_with_captions_shows_both_numbers(by_source: pd.DataFrame) -> None:
    bars = captions_by_source(by_source, mode="light", planned={"DFEW": 10}).figure.data[0]
    assert list(bars.text) == ["6", "4 of 10 planned"]


def test_composition_parts_stand_side_by_side_and_filter_by_both(by_source: pd.DataFrame) -> None:
    train = by_source.assign(part="train", captions=[60, 40])
    figure = captions_by_source(pd.concat([by_source, train]), mode="light").figure
    assert figure.layout.barmode == "group"
    assert [trace.name for trace in figure.data] == ["test", "train"]
    assert list(figure.data[1].text) == ["60 train", "40 train"]
    assert list(figure.data[1].customdata[0]) == ["source", "CAER_mp4", "part", "train"]


def test_composition_sources_are_told_in_a_sentence_and_a_table(by_source: pd.DataFrame) -> None:
    chart = captions_by_source(by_source, mode="dark")
    assert chart.alt == "Bars: 10 captions in 2 sources: CAER 6 and DFEW 4."
    assert chart.table.to_dict("list") == {
        "Part": ["test", "test"],
        "Source": ["CAER", "DFEW"],
        "Source id": ["CAER_mp4", "DFEW"],
        "Captions": [6, 4],
        "Share of the part, %": [60.0, 40.0],
    }


def test_composition_parts_stand_in_front_of_the_plan(by_source: pd.DataFrame) -> None:
    chart = captions_against_plan(by_source, mode="light", planned={"test": 800, "train": 5000})
    assert list(chart.figure.data[0].x) == [10, 0]
    assert [shape.x1 for shape in chart.figure.layout.shapes] == [800, 5000]
    assert [note.text for note in chart.figure.layout.annotations] == ["10 of 800 planned", "0 of 5,000 planned"]
    assert [list(pick) for pick in chart.figure.data[0].customdata] == [["part", "test"], []]
    assert chart.alt == "Bars: captions against the plan: Test 10 of 800 planned and Train 0 of 5,000 planned."


def test_composition_a_part_without_a_plan_has_no_outline(by_source: pd.DataFrame) -> None:
    chart = captions_against_plan(by_source.assign(part="team"), mode="light", planned={"test": 800})
    assert list(chart.figure.layout.yaxis.ticktext) == ["Test", "Team"]
    assert [shape.x1 for shape in chart.figure.layout.shapes] == [800]
    assert chart.figure.layout.annotations[1].text == "10 captions"
    assert chart.table["Planned"].isna().tolist() == [False, True]


def test_composition_the_plan_stands_even_where_no_caption_does(by_source: pd.DataFrame) -> None:
    chart = captions_against_plan(by_source.head(0), mode="light", planned={"test": 800})
    assert chart.alt == "Bars: captions against the plan: Test 0 of 800 planned."
