"""The word cloud."""

import io

import pandas as pd
import pytest
from PIL import Image

from dfec_explore.charts import word_cloud
from dfec_explore.charts.palette import REGIONS
from dfec_explore.charts.theme import SURFACES, Mode


def image(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def rgb(hue: str) -> tuple[int, ...]:
    return tuple(int(hue[start : start + 2], 16) for start in (1, 3, 5))


def colours(png: bytes) -> set[tuple[int, ...]]:
    found = image(png)
    return {colour for _, colour in found.getcolors(found.width * found.height) or []}  # type: ignore[misc]


@pytest.mark.parametrize("size", [(400, 200), (333, 127)])
def test_cloud_has_the_size_that_is_asked_for(term_counts: pd.DataFrame, size: tuple[int, int]) -> None:
    assert image(word_cloud(term_counts, mode="light", size=size).png).size == size


def test_cloud_the_same_words_lie_the_same_way(term_counts: pd.DataFrame) -> None:
    first, second = (word_cloud(term_counts, mode="light", size=(300, 150)).png for _ in range(2))
    assert first == second


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_cloud_stands_on_the_page_s_background(term_counts: pd.DataFrame, mode: Mode) -> None:
    found = image(word_cloud(term_counts, mode=mode, size=(300, 150)).png)
    most = max(found.getcolors(300 * 150) or [])[1]
    assert most == rgb(SURFACES[mode].background)


def test_cloud_words_of_a_region_have_its_colour_and_others_are_quiet(term_counts: pd.DataFrame) -> None:
    frame = term_counts.assign(region=["eye", "mouth", None])
    found = colours(word_cloud(frame, mode="light", size=(600, 300)).png)
    assert {rgb(REGIONS["light"]["eye"]), rgb(REGIONS["light"]["mouth"]), rgb(SURFACES["light"].quiet)} <= found


def test_cloud_takes_other_colours_by_region(term_counts: pd.DataFrame) -> None:
    frame = term_counts.assign(region="eye")
    assert rgb("#ff0000") in colours(word_cloud(frame, mode="light", size=(600, 300), colours={"eye": "#ff0000"}).png)


def test_cloud_is_told_in_a_sentence(term_counts: pd.DataFrame) -> None:
    picture = word_cloud(term_counts, mode="light", size=(300, 150))
    assert picture.alt == "Word cloud; the words in the most captions: eye 9, mouth 7 and smile 3."
    assert picture.table.columns.tolist() == ["Word", "Captions", "Times"]


def test_cloud_without_words_is_an_empty_image_that_says_so(term_counts: pd.DataFrame) -> None:
    picture = word_cloud(term_counts.head(0), mode="dark", size=(300, 150))
    assert colours(picture.png) == {rgb(SURFACES["dark"].background)}
    assert picture.alt == "No captions are selected."


def test_cloud_of_one_very_long_word_is_drawn() -> None:
    frame = pd.DataFrame({"term": ["x" * 500], "captions": [3], "times": [3]})
    assert image(word_cloud(frame, mode="light", size=(300, 150)).png).size == (300, 150)
