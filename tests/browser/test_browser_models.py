"""The pages about models in a browser: three files of predictions are uploaded, told apart, and followed to a clip."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Page, expect
from running_servers import ROOT

from dfec_explore.demo import demo_samples, draw_clip
from dfec_explore.scoring import BASELINES
from dfec_explore.scoring.changes import CHANGES

WAIT = 120_000
"""Milliseconds for a page to be drawn; a limit, not a measurement: the machine may be busy."""
SCORED = 480_000
"""Milliseconds for nine things to be scored in the background."""
CHARTS = {"leaderboard": 4, "compare": 3, "failures": 2}


@pytest.fixture(scope="module")
def address(serve: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The demo's captions, each with a clip: one is drawn, the others are copies of it."""
    folder = tmp_path_factory.mktemp("models")
    samples = demo_samples()
    records = [
        {"id": one.annotation.id, "video": one.annotation.video, "caption": one.annotation.caption} for one in samples
    ]
    (folder / "test.json").write_text(json.dumps(records), encoding="utf-8")
    drawn = folder / "clips" / samples[0].annotation.video
    drawn.parent.mkdir(parents=True)
    draw_clip(samples[0], drawn)
    for sample in samples[1:]:
        copy = folder / "clips" / sample.annotation.video
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(drawn, copy)
    environment = {"DFEC_STATE": "state", "DFEC_ANNOTATIONS": "test.json", "DFEC_CLIPS": "clips"}
    return serve(ROOT / "app.py", environment=environment, cwd=folder)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Predictions made by rule from the demo's own captions."""
    folder = tmp_path_factory.mktemp("predictions")
    references = [sample.annotation for sample in demo_samples()]
    said = {
        name: [CHANGES[change](reference.caption, Random(3)).text for reference in references]
        for name, change in (("paraphrased", "paraphrased"), ("shuffled", "clauses shuffled"))
    }
    said["same-source"] = BASELINES["same-source"].make(references)
    found = {}
    for name, texts in said.items():
        found[name] = folder / f"{name}.jsonl"
        lines = (json.dumps({"id": one.id, "prediction": text}) for one, text in zip(references, texts, strict=True))
        found[name].write_text("\n".join(lines), encoding="utf-8")
    return found


def is_drawn(page: Page) -> None:
    page.wait_for_timeout(300)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=WAIT)


@contextmanager
def uploaded(page: Page, address: str, path: Path) -> Iterator[None]:
    page.goto(f"{address}/leaderboard")
    page.get_by_role("button", name="Add predictions").click(timeout=WAIT)
    page.locator('input[type="file"]').set_input_files(path, timeout=WAIT)
    page.get_by_role("button", name="Score", exact=True).click(timeout=WAIT)
    yield
    expect(page.get_by_role("dialog")).to_have_count(0, timeout=WAIT)


def test_browser_models_uploads_are_told_apart_and_lead_to_the_clip(
    page: Page, address: str, files: dict[str, Path]
) -> None:
    for path in files.values():
        with uploaded(page, address, path):
            pass
    for name in files:
        entry = page.locator(f'[class*="st-key-model-uploaded-{name}"]')
        expect(entry.get_by_text("56 of 56 captions")).to_be_visible(timeout=SCORED)
    expect(page.get_by_test_id("stProgress")).to_have_count(0, timeout=SCORED)
    # What each is, its figures say: the paraphrase lost its words, the shuffled one its order, the third its events.
    page.goto(f"{address}/compare?a=uploaded.paraphrased&b=uploaded.shuffled")
    expect(page.get_by_text("Where paraphrased is furthest ahead")).to_be_visible(timeout=WAIT)
    expect(page.locator(".st-key-chart-differences text").first).to_be_attached(timeout=WAIT)
    figures = page.locator(".st-key-chart-differences text").all_text_contents()
    ordered = [text for text in figures if re.match(r"-0\.\d+$", text)]
    assert ordered, figures  # The shuffled one is surely behind in something, and surely ahead in the words.
    assert any(re.match(r"\+0\.[2-9]\d+$", text) for text in figures), figures

    page.goto(f"{address}/failures?model=uploaded.same-source")
    first = page.locator('[class*="st-key-open-worst-"] button').first
    expect(first).to_be_visible(timeout=WAIT)
    first.click()
    panel = page.locator(".st-key-caption-panel")
    expect(panel.locator("table.pairs tr[data-kind]").first).to_be_visible(timeout=WAIT)
    assert panel.locator('tr[data-kind="missed"]').count() > 0
    assert panel.locator('tr[data-kind="extra"]').count() > 0
    expect(panel.locator("video[data-clip]")).to_be_visible(timeout=WAIT)
    video = panel.locator("video[data-clip]").element_handle()
    page.wait_for_function("video => video.currentTime > 0", arg=video, timeout=WAIT)
    assert "caption=" in page.url
    page.goto(page.url)  # The view is a link.
    expect(panel.locator("table.pairs")).to_be_visible(timeout=WAIT)


@pytest.mark.parametrize("screen", CHARTS)
def test_browser_models_every_chart_can_be_saved_and_nothing_overflows(page: Page, address: str, screen: str) -> None:
    page.goto(f"{address}/{screen}")
    charts = page.locator('[class*="st-key-chart-"]').filter(has=page.locator(".js-plotly-plot .trace"))
    expect(charts).to_have_count(CHARTS[screen], timeout=WAIT)
    for kind in ("CSV", "PNG", "SVG"):
        with_it = charts.filter(has=page.get_by_role("button", name=kind, exact=True))
        expect(with_it).to_have_count(CHARTS[screen], timeout=WAIT)
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0
