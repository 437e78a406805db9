"""Direction, side and intensity of each action."""

import pandas as pd
import pytest

from dfec_explore.charts import Chart, modifier_profiles
from dfec_explore.charts.palette import contrast
from dfec_explore.charts.profiles import DRAWN, HUE_OF, TINTS
from dfec_explore.charts.theme import SURFACES, Mode


def pieces(chart: Chart) -> dict[str, dict[str, float]]:
    """Lengths by the name of the piece and the row."""
    return {trace.name: dict(zip(trace.y, trace.x, strict=True)) for trace in chart.figure.data}


def test_profiles_are_shares_of_the_mentions_with_what_is_not_stated_last_and_hatched(profiles: pd.DataFrame) -> None:
    chart = modifier_profiles(profiles, mode="light", attribute="direction")
    assert pieces(chart) == {
        "Left": {"gaze": 40, "head_turn": 100},
        "Right": {"gaze": 30},
        "Another direction": {"gaze": 20},
        "Not stated": {"gaze": 10},
    }
    assert chart.figure.data[-1].marker.pattern.shape == "/"
    assert [note.text for note in chart.figure.layout.annotations] == ["10", "2"]
    assert chart.alt == (
        "Stacked bars: direction of 2 facial actions, in shares of their mentions; most frequent values: Gaze left "
        "40 % and Head turn left 100 %. No direction is stated of 1 other action."
    )


def test_profiles_of_all_actions_have_those_without_a_value_too(profiles: pd.DataFrame) -> None:
    chart = modifier_profiles(profiles, mode="light", attribute="direction", limit=None)
    assert pieces(chart)["Not stated"] == {"gaze": 10, "blink": 100}


def test_profiles_of_what_is_stated_are_shares_of_it(profiles: pd.DataFrame) -> None:
    chart = modifier_profiles(profiles, mode="dark", attribute="direction", stated_only=True)
    assert pieces(chart)["Left"] == {"gaze": pytest.approx(400 / 9), "head_turn": 100}
    assert "Not stated" not in pieces(chart)
    assert [note.text for note in chart.figure.layout.annotations] == ["9", "2"]


def test_profiles_keep_the_actions_with_the_most_stated_values(profiles: pd.DataFrame) -> None:
    chart = modifier_profiles(profiles, mode="light", attribute="direction", limit=1)
    assert list(chart.figure.layout.yaxis.ticktext) == ["Gaze"]
    assert len(chart.table) == 6


def test_profiles_name_what_has_no_piece_of_its_own_and_filter_by_the_action(profiles: pd.DataFrame) -> None:
    rest = modifier_profiles(profiles, mode="light", attribute="direction").figure.data[2]
    assert rest.hovertext[0] == "<b>Gaze, another direction</b><br>2 of 10 mentions, 20 %<br>down-left 2"
    assert list(rest.customdata[0]) == ["action", "gaze"]


@pytest.mark.parametrize("options", [{}, {"stated_only": True}, {"limit": None, "stated_only": True}])
def test_profiles_of_actions_without_any_value_say_so(profiles: pd.DataFrame, options: dict[str, object]) -> None:
    chart = modifier_profiles(profiles.tail(1), mode="light", attribute="intensity", **options)  # type: ignore[arg-type]
    assert chart.alt == "No selected caption states an intensity of an action."
    assert len(chart.figure.data) == 0
    assert len(chart.table) == 1


def test_profiles_every_value_has_a_colour_of_its_own() -> None:
    directions = DRAWN["direction"]
    assert len({HUE_OF[value] for value in directions}) == len(directions) == 8
    assert set(DRAWN["side"]) <= set(HUE_OF)
    assert set(DRAWN["intensity"]) == set(TINTS)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_profiles_left_and_right_stand_out_from_the_page(profiles: pd.DataFrame, mode: Mode) -> None:
    left, right, *_ = modifier_profiles(profiles, mode=mode, attribute="direction").figure.data
    assert contrast(left.marker.color, SURFACES[mode].background) >= 3
    assert contrast(right.marker.color, SURFACES[mode].background) >= 3
