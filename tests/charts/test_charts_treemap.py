"""Facial actions as areas within their regions."""

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dfec_explore.charts import action_treemap
from dfec_explore.charts.palette import REGIONS
from dfec_explore.charts.treemap import Rectangle, tiles

SIZES = st.lists(st.integers(1, 10_000), min_size=1, max_size=40).map(lambda sizes: sorted(sizes, reverse=True))


def overlap(one: Rectangle, other: Rectangle) -> float:
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return max(across, 0) * max(down, 0)


@given(SIZES)
def test_treemap_tiles_have_the_areas_of_their_sizes_and_do_not_overlap(sizes: list[int]) -> None:
    found = tiles(sizes, Rectangle(10, 20, 300, 200))
    for size, tile in zip(sizes, found, strict=True):
        assert tile.width * tile.height == pytest.approx(300 * 200 * size / sum(sizes))
        assert tile.x >= 10 - 1e-6
        assert tile.x + tile.width <= 310 + 1e-6
        assert tile.y >= 20 - 1e-6
        assert tile.y + tile.height <= 220 + 1e-6
    assert sum(overlap(one, other) for one, other in combinations(found, 2)) == pytest.approx(0, abs=1e-3)


def test_treemap_has_an_area_for_each_action_that_filters_by_it(actions: pd.DataFrame) -> None:
    chart = action_treemap(actions, mode="light")
    eye, mouth, face = chart.figure.data
    assert [list(pick) for trace in (eye, mouth, face) for pick in trace.customdata] == [
        ["action", "blink"],
        ["action", "mouth_open"],
        ["action", "no_change"],
    ]
    assert mouth.marker.color == REGIONS["light"]["mouth"]
    assert mouth.hovertext[0] == "<b>Mouth open</b><br>Mouth, jaw<br>9 mentions, 64 % of all<br>In 7 captions"
    assert chart.alt == (
        "Areas: 14 mentions of facial actions by region; most: Mouth, jaw 64 %, Eye 29 % and Whole face 7.1 %."
    )


def test_treemap_areas_of_regions_are_their_mentions(actions: pd.DataFrame) -> None:
    shapes = action_treemap(actions, mode="light").figure.layout.shapes
    areas = [(shape.x1 - shape.x0) * (shape.y1 - shape.y0) for shape in shapes]
    assert [area / sum(areas) for area in areas] == pytest.approx([9 / 14, 4 / 14, 1 / 14])


def test_treemap_actions_lie_within_their_region_below_its_name(actions: pd.DataFrame) -> None:
    figure = action_treemap(actions, mode="light").figure
    # Regions are drawn largest first, actions in the order of the face: eye, mouth, whole face.
    for trace, shape in zip(figure.data, (figure.layout.shapes[place] for place in (1, 0, 2)), strict=True):
        assert trace.x[0] - trace.width[0] / 2 >= shape.x0
        assert trace.x[0] + trace.width[0] / 2 <= shape.x1
        assert shape.y0 + 15 <= trace.base[0]
        assert trace.base[0] + trace.y[0] <= shape.y1


def test_treemap_names_are_broken_into_lines_and_never_within_a_word() -> None:
    titles = ["Wrinkle between the brows", "Brow raise"]
    frame = pd.DataFrame(
        {
            "action": ["a", "b"],
            "title": titles,
            "region": "brow",
            "region_title": "Brow",
            "related_au": "",
            "events": [1, 999],
            "captions": [1, 999],
            "share": [0.001, 0.999],
        }
    )
    (trace,) = action_treemap(frame, mode="light").figure.data
    assert list(trace.text) == ["Brow raise<br>999", "Wrinkle between the brows"]
