"""The pages of facial actions in a browser: pictures as files, clicks on areas, transitions as bands."""

import io
import re
import struct
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from marks import click_mark
from playwright.sync_api import Page, expect
from running_servers import ROOT, WAIT

CHARTS = {"vocabulary": 7, "order": 4, "people": 2, "words": 3}
"""Figures with marks on each page of the demo; the one of lexical diversity has none there."""
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def address(serve: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The demo, whose every export has to say so."""
    return serve(ROOT / "app.py", environment={"DFEC_STATE": str(tmp_path_factory.mktemp("demo"))})


def is_drawn(page: Page) -> None:
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def saved(page: Page, name: str, kind: str) -> tuple[str, bytes]:
    """The name and content of the file that a button of a chart's head gives."""
    with page.expect_download(timeout=WAIT) as download:
        page.locator(f".st-key-head-{name}").get_by_role("button", name=kind, exact=True).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def texts(svg: bytes) -> str:
    """All text of a picture; fails where it is no XML."""
    return " ".join("".join(node.itertext()) for node in ElementTree.parse(io.BytesIO(svg)).iter(f"{SVG}text"))


def png_size(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize("screen", CHARTS)
def test_browser_analysis_every_chart_can_be_saved_as_numbers_and_as_pictures(
    page: Page, address: str, screen: str
) -> None:
    page.goto(f"{address}/{screen}")
    is_drawn(page)
    charts = page.locator('[class*="st-key-chart-"]').filter(has=page.locator(".js-plotly-plot .trace"))
    expect(charts).to_have_count(CHARTS[screen])
    for kind in ("CSV", "PNG", "SVG"):
        with_it = charts.filter(has=page.get_by_role("button", name=kind, exact=True))
        expect(with_it).to_have_count(CHARTS[screen])
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0


def test_browser_analysis_a_chart_s_picture_holds_its_text_what_is_selected_and_that_it_is_the_demo(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/vocabulary?source=DFEW")
    is_drawn(page)
    chart = page.locator(".st-key-chart-actions .js-plotly-plot")
    expect(chart.get_by_text("Mouth open", exact=True).first).to_be_visible()
    box = chart.bounding_box()
    assert box is not None

    name, svg = saved(page, "actions", "SVG")
    assert name == "demo-dfec-vocabulary-actions.svg"
    said = texts(svg)
    for text in ("Actions by share of captions", "DFEW captions, 8 of 56", "Demo: drawn faces", "Mouth open", "25 %"):
        assert text in said
    assert b"http://127.0.0.1" not in svg  # nothing is fetched when it is opened

    name, png = saved(page, "actions", "PNG")
    assert name == "demo-dfec-vocabulary-actions.png"
    width, height = png_size(png)
    assert width >= 2 * box["width"] - 2
    assert height > 2 * box["height"]


def test_browser_analysis_the_word_cloud_can_be_saved_as_letters(page: Page, address: str) -> None:
    page.goto(f"{address}/words")
    is_drawn(page)
    name, svg = saved(page, "cloud", "SVG")
    assert name == "demo-dfec-words-cloud.svg"
    said = texts(svg).split()
    assert {"mouth", "eye", "Demo:"} <= set(said)
    assert png_size(saved(page, "cloud", "PNG")[1])[0] == 2400


def test_browser_analysis_a_click_on_an_area_filters_by_its_action_and_shows_its_mentions(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/vocabulary")
    is_drawn(page)
    page.locator(".st-key-widget-actions-as").get_by_text("Areas", exact=True).click()
    chart = page.locator(".st-key-chart-actions")
    # The bars have the regions' names too, in their legend; the heads of areas are annotations.
    expect(chart.locator(".annotation-text").filter(has_text="Mouth, jaw")).to_be_visible()
    is_drawn(page)
    click_mark(chart.locator(".bars .point").filter(has_text="Blink").first)
    expect(page).to_have_url(re.compile("action=blink"))
    expect(page.get_by_text(re.compile(r"Captions that mention blink, \d+ of 56")).first).to_be_visible()
    lines = page.locator(".st-key-lines-context")
    expect(lines.get_by_text(re.compile("blink"), exact=False).first).to_be_visible()
    expect(lines.get_by_role("link").first).to_have_attribute("href", re.compile("sample=.*"))
    page.get_by_role("button", name="Undo").click()
    expect(page).not_to_have_url(re.compile("action=blink"))


def test_browser_analysis_transitions_as_bands_name_their_actions(page: Page, address: str) -> None:
    page.goto(f"{address}/order")
    is_drawn(page)
    page.locator(".st-key-widget-transitions-as").get_by_text("Bands", exact=True).click()
    chart = page.locator(".st-key-chart-transitions")
    expect(chart.locator(".sankey-link").first).to_be_attached()
    is_drawn(page)
    assert chart.locator(".sankey-link").count() == 30
    slider = page.get_by_role("slider", name="Steps drawn")
    slider.focus()
    slider.press("Home")
    expect(chart.locator(".sankey-link")).to_have_count(10)
    said = texts(saved(page, "transitions", "SVG")[1])
    assert "What is mentioned next" in said
    assert "Mouth open" in said


def test_browser_analysis_modifiers_can_be_had_for_what_is_stated_alone(page: Page, address: str) -> None:
    page.goto(f"{address}/vocabulary")
    is_drawn(page)
    chart = page.locator(".st-key-chart-profiles")
    page.locator(".st-key-widget-modifier").get_by_text("Intensity", exact=True).click()
    expect(chart.get_by_text("Intensity of each action")).to_be_visible()
    expect(chart.get_by_text("Not stated", exact=True)).to_be_visible()
    page.get_by_text("Stated only", exact=True).click()
    expect(chart.get_by_text("Not stated", exact=True)).to_have_count(0)
    expect(chart.get_by_text("Slight", exact=True)).to_be_visible()
