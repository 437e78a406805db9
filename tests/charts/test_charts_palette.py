"""Colours: contrast with the page, apart from each other for every kind of sight, one for each region and source."""

import itertools
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from dfec_explore.charts.palette import (
    EMOTIONS,
    FAMILIES,
    INK,
    OTHERS,
    REGIONS,
    SOURCES,
    UNSTATED,
    colour,
    contrast,
    ink_on,
)
from dfec_explore.charts.theme import SURFACES, Mode
from dfec_explore.language import load_lexicon
from dfec_explore.sources import registry

MODES: tuple[Mode, ...] = ("light", "dark")

# Machado, Oliveira and Fernandes 2009, "A physiologically-based model for simulation of color vision deficiency",
# severity 1.0, for linear RGB.
SIGHTS = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
NOTICEABLE = 0.05
"""Distance in OKLab; about 0.02 is just noticeable between large areas side by side."""


def oklab(hex_colour: str, sight: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """A colour as somebody sees it, in OKLab (Ottosson 2020)."""
    rgb = np.array([int(hex_colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.clip(sight @ np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4), 0, 1)
    cones = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    axes = np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )
    return np.asarray(axes @ np.cbrt(cones @ linear))


def all_colours(mode: Mode) -> list[tuple[str, str]]:
    named = [(f"{family} {value}", hue) for family, palette in FAMILIES.items() for value, hue in palette[mode].items()]
    others = [(f"other {place}", hue) for place, hue in enumerate(OTHERS[mode])]
    return [*named, *others, ("not stated", UNSTATED[mode]), ("ink", INK[mode])]


@pytest.mark.parametrize(("mode", "name", "hue"), [(mode, *pair) for mode in MODES for pair in all_colours(mode)])
def test_palette_every_mark_stands_out_from_the_page_by_three_to_one(mode: Mode, name: str, hue: str) -> None:
    assert contrast(hue, SURFACES[mode].background) >= 3, name


@pytest.mark.parametrize("mode", MODES)
def test_palette_text_on_the_page_has_contrast_four_and_a_half(mode: Mode) -> None:
    surface = SURFACES[mode]
    assert contrast(surface.text, surface.background) >= 7
    assert contrast(surface.quiet, surface.background) >= 4.5
    assert contrast(surface.text, surface.panel) >= 7


@pytest.mark.parametrize(("mode", "name", "hue"), [(mode, *pair) for mode in MODES for pair in all_colours(mode)])
def test_palette_numbers_inside_marks_can_be_read(mode: Mode, name: str, hue: str) -> None:
    assert contrast(ink_on(hue), hue) >= 4.5, name


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("family", FAMILIES)
def test_palette_no_two_colours_of_a_family_look_alike(family: str, mode: Mode, sight: str) -> None:
    hues = [hue for value, hue in FAMILIES[family][mode].items() if value != "none"]
    for first, second in itertools.combinations(hues, 2):
        distance = np.linalg.norm(oklab(first, SIGHTS[sight]) - oklab(second, SIGHTS[sight]))
        assert distance >= NOTICEABLE, (first, second)


def test_palette_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("mode", MODES)
def test_palette_has_a_colour_for_each_region_of_the_lexicon(mode: Mode) -> None:
    assert set(REGIONS[mode]) == {region.id for region in load_lexicon().regions}


@pytest.mark.parametrize("mode", MODES)
def test_palette_has_a_colour_for_each_known_source(mode: Mode) -> None:
    assert set(SOURCES[mode]) >= {source.id for source in registry().values()}


def test_palette_both_themes_name_the_same_values() -> None:
    for palette in FAMILIES.values():
        assert set(palette["light"]) == set(palette["dark"])


def test_palette_gives_an_unknown_source_the_same_colour_in_every_process() -> None:
    code = "from dfec_explore.charts import colour; print(colour('source', 'Own films', 'light'))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == colour("source", "Own films", "light")
    assert colour("source", "Own films", "light") in OTHERS["light"]


def test_palette_what_is_not_stated_is_grey_in_every_family() -> None:
    assert {colour(family, "not-stated", "dark") for family in (*FAMILIES, "actor")} == {UNSTATED["dark"]}


def test_palette_knows_the_basic_emotions() -> None:
    basic = {"anger", "disgust", "fear", "happiness", "neutral", "sadness", "surprise"}
    assert basic <= set(EMOTIONS["light"])


@pytest.mark.parametrize("mode", MODES)
def test_theme_figures_stand_on_the_page_s_own_background(mode: Mode) -> None:
    config = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert SURFACES[mode].background == config["theme"][mode]["backgroundColor"].lower()
    assert SURFACES[mode].text == config["theme"][mode]["textColor"].lower()
