"""Charts of facial actions."""

import pandas as pd
import pytest

from dfec_explore.charts import action_heatmap, action_shares, modifiers, regions_by_phase
from dfec_explore.charts.palette import REGIONS


def test_vocabulary_actions_are_coloured_by_region_in_the_order_of_the_face(actions: pd.DataFrame) -> None:
    figure = action_shares(actions, mode="dark").figure
    assert [trace.name for trace in figure.data] == ["Eye", "Mouth, jaw", "Whole face"]
    assert figure.data[1].marker.color == REGIONS["dark"]["mouth"]
    assert list(figure.layout.yaxis.ticktext) == ["Mouth open", "Blink", "No change"]
    assert figure.layout.showlegend


def test_vocabulary_an_action_says_its_share_number_and_related_au_and_filters(actions: pd.DataFrame) -> None:
    bars = action_shares(actions, mode="light").figure.data[1]
    assert (list(bars.x), list(bars.text)) == ([87.5], ["88 %"])
    assert list(bars.customdata[0]) == ["action", "mouth_open"]
    assert bars.hovertext[0] == (
        "<b>Mouth open</b><br>7 of 8 captions, 88 %<br>9 mentions<br>Related AU25, AU26, from the text, not FACS-coded"
    )


def test_vocabulary_an_action_without_a_related_au_says_so(actions: pd.DataFrame) -> None:
    bars = action_shares(actions, mode="light").figure.data[2]
    assert bars.hovertext[0].endswith("1 mention<br>No related AU")


def test_vocabulary_actions_are_told_in_a_sentence_and_all_in_the_table(actions: pd.DataFrame) -> None:
    chart = action_shares(actions, mode="light", limit=1)
    assert len(chart.figure.data) == 1
    assert len(chart.table) == 3
    assert chart.alt == (
        "Bars: share of captions that mention each of 3 facial actions, coloured by region; "
        "most: Mouth open 88 %, Blink 50 % and No change 12 %."
    )


def test_vocabulary_heatmap_cells_hold_the_share_in_words_and_filter_by_both(shares_by_source: pd.DataFrame) -> None:
    figure = action_heatmap(shares_by_source, mode="light").figure
    (cells,) = figure.data
    found = {(cells.y[i], round(cells.base[i] + cells.x[i] / 2)): cells.text[i] for i in range(4)}
    assert found == {("gaze", 0): "0", ("blink", 0): "50", ("gaze", 1): "25", ("blink", 1): "100"}
    assert list(cells.customdata[2]) == ["source", "DFEW", "action", "gaze"]
    assert list(figure.layout.yaxis.ticktext) == ["Blink", "Gaze"]
    assert list(figure.layout.xaxis.ticktext) == ["CAER<br>6", "DFEW<br>4"]
    assert "1 of 4 captions, 25 %" in cells.hovertext[2]


def test_vocabulary_heatmap_numbers_can_be_read_on_every_colour() -> None:
    from dfec_explore.charts.grid import FILLS
    from dfec_explore.charts.palette import contrast, ink_on, mixed

    for low, high in FILLS.values():
        fills = [mixed(low, high, step / 100) for step in range(101)]
        assert min(contrast(ink_on(fill), fill) for fill in fills) >= 4.5


def test_vocabulary_heatmap_keeps_the_most_frequent_actions(shares_by_source: pd.DataFrame) -> None:
    chart = action_heatmap(shares_by_source, mode="light", limit=1)
    assert set(chart.figure.data[0].y) == {"blink"}
    assert len(chart.table) == 4
    assert chart.alt == (
        "Table of colours: share of captions that mention each of 2 facial actions in each of 2 sources; "
        "Blink: DFEW 100 % and CAER 50 %."
    )


def test_vocabulary_phases_are_columns_of_shares_with_their_number(phases: pd.DataFrame) -> None:
    figure = regions_by_phase(phases, mode="light").figure
    eye, mouth = figure.data
    assert (list(eye.x), list(eye.y)) == (["begin", "none"], [25, 100])
    assert (list(mouth.x), list(mouth.y)) == (["begin"], [75])
    assert list(figure.layout.xaxis.ticktext) == ["Beginning<br>4", "No phase<br>1"]


def test_vocabulary_a_phase_filters_but_no_phase_does_not(phases: pd.DataFrame) -> None:
    eye = regions_by_phase(phases, mode="light").figure.data[0]
    assert [list(pick) for pick in eye.customdata] == [["phase", "begin"], []]


def test_vocabulary_phases_are_told_by_their_largest_region(phases: pd.DataFrame) -> None:
    assert regions_by_phase(phases, mode="light").alt == (
        "Stacked bars: regions by phase of the clip; the largest in each: "
        "beginning Mouth, jaw 75 % and no phase Eye 100 %."
    )


def test_vocabulary_modifiers_put_what_is_not_stated_last_and_hatched(directions: pd.DataFrame) -> None:
    chart = modifiers(directions, mode="light", attribute="direction")
    stated, unstated = chart.figure.data
    assert list(chart.figure.layout.yaxis.ticktext) == ["Left", "Down-right", "Not stated"]
    assert list(stated.text) == ["20 % (2)", "10 % (1)"]
    assert unstated.marker.pattern.shape == "/"
    assert chart.alt == "Bars: direction of 10 mentions; most: not stated 70 %, left 20 % and down-right 10 %."


def test_vocabulary_rare_modifiers_are_left_out_and_counted(directions: pd.DataFrame) -> None:
    chart = modifiers(directions, mode="light", attribute="direction", limit=1)
    assert list(chart.figure.layout.yaxis.ticktext) == ["Left", "Not stated"]
    assert chart.alt.endswith("Not drawn: 1 rarer.")
    assert len(chart.table) == 3


@pytest.mark.parametrize("attribute", ["direction", "side", "intensity"])
def test_vocabulary_modifiers_name_the_attribute(directions: pd.DataFrame, attribute: str) -> None:
    chart = modifiers(directions, mode="light", attribute=attribute)  # type: ignore[arg-type]
    assert chart.figure.layout.xaxis.title.text == f"Mentions with this {attribute}"
    assert chart.table.columns[0] == attribute.capitalize()
