"""Charts of what the paths say, and of what they do not."""

import pandas as pd

from dfec_explore.charts import captions_by_fact, facts_by_source
from dfec_explore.charts.palette import EMOTIONS, UNSTATED


def test_facts_known_emotions_come_first_and_what_is_not_stated_is_last_and_hatched(emotions: pd.DataFrame) -> None:
    figure = facts_by_source(emotions, mode="light", fact="emotion").figure
    assert [trace.name for trace in figure.data] == ["Anger", "Sadness", "Bliss", "Not stated"]
    assert figure.data[0].marker.color == EMOTIONS["light"]["anger"]
    assert figure.data[0].marker.pattern.shape is None
    assert figure.data[3].marker.pattern.shape == "/"
    assert figure.data[3].marker.line.color == UNSTATED["light"]


def test_facts_a_piece_filters_by_source_and_value(emotions: pd.DataFrame) -> None:
    figure = facts_by_source(emotions, mode="light", fact="emotion").figure
    assert list(figure.data[0].customdata[0]) == ["source", "CAER_mp4", "emotion", "anger"]
    assert list(figure.data[3].customdata[0]) == ["source", "DFEW", "emotion", "not-stated"]


def test_facts_without_a_filter_of_their_own_filter_by_source_alone(emotions: pd.DataFrame) -> None:
    figure = facts_by_source(emotions, mode="light", fact="actor_gender").figure
    assert list(figure.data[0].customdata[0])[0::2] == ["source"]


def test_facts_rows_end_with_their_number(emotions: pd.DataFrame) -> None:
    notes = facts_by_source(emotions, mode="light", fact="emotion").figure.layout.annotations
    assert [(note.y, note.x, note.text) for note in notes] == [(0, 6, "6"), (1, 3, "3")]


def test_facts_say_for_how_many_captions_they_are_known(emotions: pd.DataFrame) -> None:
    chart = facts_by_source(emotions, mode="light", fact="emotion")
    assert chart.alt == (
        "Bars: emotion as the paths state it, for 6 of 9 captions; most: Sadness 3, Anger 2 and Bliss 1."
    )
    assert chart.table.columns.tolist() == ["Source", "Source id", "Emotion", "Captions"]
    assert chart.table["Emotion"].tolist() == ["Sadness", "Anger", "Bliss", "Not stated"]


def actors(unstated: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "source": ["RAVDESS", "RAVDESS", "DFEW"],
            "title": ["RAVDESS", "RAVDESS", "DFEW"],
            "value": ["10", "02", "not-stated"],
            "captions": [5, 2, unstated],
        }
    )


def test_facts_actors_stand_in_the_order_of_their_names_as_text() -> None:
    axis = captions_by_fact(actors(3), mode="light", fact="actor").figure.layout.yaxis
    assert axis.type == "category"
    assert list(axis.ticktext) == ["02", "10", "Not stated"]


def test_facts_other_values_stand_in_the_order_of_their_numbers() -> None:
    axis = captions_by_fact(actors(3), mode="light", fact="scenario").figure.layout.yaxis
    assert list(axis.ticktext) == ["10", "02", "Not stated"]


def test_facts_a_bar_of_unstated_captions_that_would_dwarf_the_others_is_cut_and_says_so() -> None:
    figure = captions_by_fact(actors(793), mode="light", fact="actor").figure
    assert list(figure.data[-1].x) == [15]
    assert figure.layout.annotations[-1].text == "793, bar cut"
    assert "793 captions" in figure.data[-1].hovertext[0]


def test_facts_a_bar_of_few_unstated_captions_is_drawn_whole() -> None:
    figure = captions_by_fact(actors(6), mode="light", fact="actor").figure
    assert list(figure.data[-1].x) == [6]
    assert figure.layout.annotations[-1].text == "6"
    assert list(figure.data[-1].customdata[0]) == ["actor", "not-stated"]


def test_facts_rows_past_the_limit_are_counted_in_the_sentence() -> None:
    chart = captions_by_fact(actors(3), mode="light", fact="scenario", limit=1)
    assert list(chart.figure.layout.yaxis.ticktext) == ["10", "Not stated"]
    assert chart.alt.endswith("Not drawn: 1 more with fewer captions.")
    assert len(chart.table) == 3


def test_facts_stated_nowhere_are_one_whole_bar() -> None:
    frame = actors(3).tail(1)
    chart = captions_by_fact(frame, mode="dark", fact="scenario")
    assert list(chart.figure.data[0].x) == [3]
    assert chart.alt == "Bars: scenario as the paths state it, for 0 of 3 captions."
