"""Transitions as bands."""

import pandas as pd
import pytest

from dfec_explore.charts import transition_flow
from dfec_explore.charts.flow import GAP, NODE, _in_order, _nodes


def test_flow_bands_are_the_steps_between_actions_and_leave_out_the_ends(steps: pd.DataFrame) -> None:
    chart = transition_flow(steps, mode="light")
    (bands,) = chart.figure.data
    assert list(bands.link.value) == [2, 1]
    assert list(bands.link.source) == [0, 0]
    assert sorted(bands.link.target) == [1, 2]
    assert bands.link.customdata[0] == "<b>Blink, then gaze</b><br>2 of 4 mentions, 50 %"
    assert len(chart.table) == 4


def test_flow_says_which_share_of_the_steps_it_shows(steps: pd.DataFrame) -> None:
    assert transition_flow(steps, mode="light", limit=1).alt == (
        "Bands from each facial action to the next: the 1 most frequent step, 67 % of all; most: Blink then Gaze 2."
    )


def test_flow_names_stand_beside_the_bands_with_their_steps(steps: pd.DataFrame) -> None:
    figure = transition_flow(steps, mode="dark").figure
    said = {note.text: (note.x, note.xanchor) for note in figure.layout.annotations}
    assert said == {
        "Blink <b>3</b>": (0, "right"),
        "Gaze <b>2</b>": (1, "left"),
        "Lip corner pull <b>1</b>": (1, "left"),
    }
    assert set(figure.data[0].node.label) == {""}


def test_flow_of_captions_with_one_action_each_says_so(steps: pd.DataFrame) -> None:
    chart = transition_flow(steps[steps["next_action"] == "last"], mode="light")
    assert chart.alt == "No caption mentions two facial actions."
    assert len(chart.table) == 2


def test_flow_heights_follow_the_steps_and_gaps_are_equal() -> None:
    # Three actions: 60 pixels for 6 steps and two gaps.
    nodes = _nodes({"a": 3, "b": 2, "c": 1}, 3)
    height = 3 * NODE + 2 * GAP
    assert [node.middle * height for node in nodes] == pytest.approx(
        [1.5 * NODE / 2, 1.5 * NODE + GAP + NODE / 2, 2.5 * NODE + 2 * GAP + NODE / 4]
    )


def test_flow_the_emptier_side_is_spread_over_the_height() -> None:
    first, last = _nodes({"a": 3, "b": 3}, 4)
    assert (first.middle + last.middle) == pytest.approx(1)
    assert last.middle - first.middle > 0.5


def test_flow_sides_are_ordered_so_that_bands_do_not_cross() -> None:
    pairs = [("a", "z", 9), ("b", "y", 8), ("c", "x", 7)]
    frame = pd.DataFrame(pairs, columns=["action", "next_action", "events"])
    first, last = _in_order(frame)
    partner = dict(zip(frame["action"], frame["next_action"], strict=True))
    assert [partner[action] for action in first] == list(last)
