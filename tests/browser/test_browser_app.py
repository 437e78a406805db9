"""The whole app in a browser: from a chart to a clip to a verdict, links, themes, and what survives a killed server."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from marks import click_mark
from playwright.sync_api import Browser, Page, expect
from running_servers import ROOT, WAIT, free_port, wait_until_healthy

from dfec_explore.demo import demo_samples, draw_clip
from dfec_explore.reviews import open_store
from dfec_explore.web.screens import SCREENS

SHOWN_VIDEO = (
    "document.querySelector('.st-key-widget-player [data-testid=stBidiComponentIsolated]')"
    "?.shadowRoot?.querySelector('video:not([hidden])')"
)
SAVED = re.compile(r"Saved \d\d:\d\d:\d\d")


@dataclass
class App:
    """A running app and the folder of its data."""

    address: str
    folder: Path
    process: subprocess.Popen[bytes]

    def url(self, screen: str = "", **params: str) -> str:
        query = "&".join(f"{name}={value}" for name, value in params.items())
        return f"{self.address}/{screen}" + (f"?{query}" if query else "")

    def verdicts(self) -> list[tuple[str, str, str]]:
        """(part, id, verdict) of every stored verdict, in order."""
        store = open_store(f"sqlite:///{self.folder}/state/reviews.sqlite")
        try:
            return [(row.key.part, row.key.id, str(row.verdict)) for row in store.reviews() if row.verdict]
        finally:
            store.close()


def start(folder: Path, **environment: str) -> App:
    environment = environment or {"DFEC_CONFIG": str(folder / "dfec.toml")}
    port = free_port()
    log = folder / "log.txt"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", str(port)],
            cwd=ROOT,
            env=os.environ | environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    wait_until_healthy(address, process, log)
    return App(address, folder, process)


def write_data(folder: Path) -> None:
    """Eight demo captions as the part test, four of their ids with other captions as train; two clips are drawn."""
    samples = demo_samples()[:8]
    records = [{"id": s.annotation.id, "video": s.annotation.video, "caption": s.annotation.caption} for s in samples]
    train = [record | {"caption": f"{record['caption']} He blinks twice."} for record in records[:4]]
    (folder / "test.json").write_text(json.dumps(records), encoding="utf-8")
    (folder / "train.json").write_text(json.dumps(train), encoding="utf-8")
    for sample in samples[:2]:
        path = folder / "clips" / sample.annotation.video
        path.parent.mkdir(parents=True)
        draw_clip(sample, path)
    (folder / "dfec.toml").write_text(
        'state_folder = "state"\n[[dataset]]\nname = "Toy"\nleft_right = "viewer"\n'
        'parts = [{name = "test", file = "test.json"}, {name = "train", file = "train.json"}]\n'
        '[clips]\nparent = "clips"\n',
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("toy")
    write_data(folder)
    return folder


@pytest.fixture(scope="module")
def app(data: Path) -> Iterator[App]:
    running = start(data)
    yield running
    running.process.terminate()
    running.process.wait(20)


def first_source(data: Path) -> tuple[str, int]:
    records = json.loads((data / "test.json").read_text(encoding="utf-8"))
    source = records[0]["video"].split("/")[0]
    return source, sum(record["video"].startswith(f"{source}/") for record in records)


def name_reviewer(page: Page, name: str = "Ada") -> None:
    box = page.get_by_role("textbox", name="Reviewer")
    expect(page.get_by_text("Caption ·", exact=False).first).to_be_visible()  # the player is there
    box.fill(name)
    box.press("Enter")
    expect(page.get_by_role("button", name=re.compile("Accept"))).to_be_enabled()
    expect(box).not_to_be_focused()  # the player has the keys again
    is_idle(page)


def is_idle(page: Page) -> None:
    """Wait until the page is drawn whole: a key that is pressed before may find its button being replaced."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def is_playing(page: Page) -> None:
    page.wait_for_function(
        f"() => {{ const v = {SHOWN_VIDEO}; return v && v.currentTime > 0.05 && !v.paused; }}", timeout=WAIT
    )


@pytest.mark.parametrize("width", [1280, 1920])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_browser_app_every_page_opens_without_an_error_and_asks_nobody_else(
    browser: Browser, app: App, scheme: str, width: int
) -> None:
    with browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}) as context:  # type: ignore[arg-type]
        page = context.new_page()
        strangers: list[str] = []
        page.on("request", lambda request: strangers.append(request.url) if app.address not in request.url else None)
        for screen in SCREENS:
            page.goto(app.url("" if screen.name == "overview" else screen.name))
            expect(page.get_by_role("heading", level=1)).to_have_text(
                "Review" if screen.name == "review" else screen.title, timeout=WAIT
            )
            expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
            expect(page.get_by_test_id("stException")).to_have_count(0)
            expect(page.locator('[data-testid="stAlertContentError"]')).to_have_count(0)
            overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert overflow <= 0, f"{screen.name} is wider than the window"
        assert [url for url in strangers if url.startswith("http")] == []


def test_browser_app_from_a_bar_to_the_captions_to_a_clip_to_a_verdict_and_by_link_elsewhere(
    browser: Browser, page: Page, app: App, data: Path
) -> None:
    source, count = first_source(data)
    page.goto(app.url(part="test"))
    bar = page.locator(".st-key-chart-sources .plotly .bars .point").first
    expect(bar).to_be_visible()
    click_mark(bar)
    expect(page).to_have_url(re.compile("source="))
    expect(page.locator(".st-key-chips").get_by_text("Clear all")).to_be_visible()

    page.goto(app.url("browse", part="test", source=source))
    expect(page.get_by_text(re.compile(rf"{count} of 12"))).to_be_visible()
    page.locator('[class*="st-key-card-browse"]').first.get_by_role("link", name="Review").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review")
    assert "sample=" in page.url
    name_reviewer(page)
    address = page.url
    before = len(app.verdicts())
    page.get_by_role("button", name=re.compile("Accept")).click()
    expect(page.get_by_text(SAVED)).to_be_visible()
    assert len(app.verdicts()) == before + 1

    with browser.new_context(viewport={"width": 1280, "height": 900}) as other:
        elsewhere = other.new_page()
        elsewhere.goto(address)
        sample = re.search(r"sample=(\d+)", address)
        assert sample is not None
        expect(elsewhere.get_by_text(f"test / {sample[1]} ·", exact=False).first).to_be_visible()
        expect(elsewhere.get_by_text("verdict so far: accepted", exact=False)).to_be_visible()


def test_browser_app_a_clip_plays_beside_its_caption_and_space_after_a_verdict_is_no_second_one(
    page: Page, app: App, data: Path
) -> None:
    records = json.loads((data / "test.json").read_text(encoding="utf-8"))
    page.goto(app.url("review", queue="all", part="test"))
    name_reviewer(page, "Grace")
    is_playing(page)
    before = len(app.verdicts())
    page.get_by_role("button", name=re.compile("Accept")).click()
    expect(page.get_by_text(f"test / {records[1]['id']} ·", exact=False).first).to_be_visible()
    is_playing(page)
    is_idle(page)
    page.keyboard.press("Space")  # pauses the clip and presses no button
    page.wait_for_timeout(500)
    assert len(app.verdicts()) == before + 1
    page.keyboard.press("d")
    expect(page.get_by_text(f"test / {records[2]['id']} ·", exact=False).first).to_be_visible()
    assert app.verdicts()[before:] == [("test", records[0]["id"], "accept"), ("test", records[1]["id"], "reject")]
    is_idle(page)
    page.keyboard.press("b")
    expect(page.get_by_text(f"test / {records[1]['id']} ·", exact=False).first).to_be_visible()


def test_browser_app_a_missing_clip_says_where_it_was_looked_for_and_can_be_judged(
    page: Page, app: App, data: Path
) -> None:
    records = json.loads((data / "test.json").read_text(encoding="utf-8"))
    page.goto(app.url("review", queue="all", sample=records[5]["id"], **{"in": "test"}))
    expect(page.get_by_text("This clip was not found", exact=False).first).to_be_visible()
    expect(page.get_by_text(records[5]["video"], exact=False).last).to_be_visible()
    name_reviewer(page, "Rosalind")
    before = len(app.verdicts())
    page.keyboard.press("u")
    expect(page.get_by_text(SAVED)).to_be_visible()
    assert app.verdicts()[before:] == [("test", records[5]["id"], "unsure")]


def test_browser_app_parts_that_share_ids_keep_their_verdicts_apart(page: Page, app: App, data: Path) -> None:
    shared = json.loads((data / "train.json").read_text(encoding="utf-8"))[3]["id"]
    page.goto(app.url("review", queue="all", sample=shared, **{"in": "train"}))
    name_reviewer(page, "Lise")
    page.keyboard.press("d")
    expect(page.get_by_text(SAVED)).to_be_visible()
    assert ("train", shared, "reject") in app.verdicts()
    page.goto(app.url("review", queue="all", sample=shared, **{"in": "test"}))
    expect(page.get_by_text(f"test / {shared} ·", exact=False).first).to_be_visible()
    expect(page.get_by_text("verdict so far", exact=False)).to_have_count(0)


def test_browser_app_a_clip_link_is_no_use_to_another_browser(browser: Browser, page: Page, app: App) -> None:
    page.goto(app.url("review", queue="all", part="test"))
    with page.expect_request(lambda request: "/clips/" in request.url, timeout=WAIT) as seen:
        page.wait_for_timeout(100)
    link = seen.value.url
    own = page.request.get(link, headers={"Range": "bytes=0-99"})
    assert (own.status, len(own.body())) == (206, 100)
    with browser.new_context() as stranger:
        assert stranger.request.get(link).status == 403
    assert page.request.get(link[:-1] + ("A" if link[-1] != "A" else "B")).status == 403


def test_browser_app_a_verdict_survives_a_server_killed_right_after_the_click(browser: Browser, tmp_path: Path) -> None:
    write_data(tmp_path)
    running = start(tmp_path)
    try:
        with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
            page = context.new_page()
            page.goto(running.url("review", queue="all", part="test"))
            name_reviewer(page)
            page.keyboard.press("a")
            expect(page.get_by_text(SAVED)).to_be_visible()
            os.kill(running.process.pid, signal.SIGKILL)
        running.process.wait()
        (verdict,) = running.verdicts()
        assert verdict[2] == "accept"
        again = start(tmp_path)
        try:
            with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
                page = context.new_page()
                page.goto(again.url("browse", verdict="accept"))
                expect(page.get_by_text(re.compile(r"1 of 12$"))).to_be_visible()
        finally:
            again.process.terminate()
            again.process.wait(20)
    finally:
        if running.process.poll() is None:
            running.process.kill()
            running.process.wait()


def test_browser_app_with_nothing_configured_opens_the_demo_and_says_so(page: Page, tmp_path: Path) -> None:
    running = start(tmp_path, DFEC_STATE=str(tmp_path / "state"))
    try:
        page.goto(running.url())
        expect(page.get_by_text("All 56 captions")).to_be_visible()
        for screen in SCREENS:
            page.goto(running.url("" if screen.name == "overview" else screen.name))
            expect(page.locator(".st-key-dataset-head").get_by_text("Demo: drawn faces")).to_be_visible()
        page.goto(running.url("review", queue="all"))
        first = tmp_path / "state" / "demo"
        for _ in range(300):
            if list(first.rglob("clips/**/*.mp4")):
                break
            page.wait_for_timeout(100)
        page.reload()
        is_playing(page)
        name_reviewer(page)
        page.keyboard.press("a")
        expect(page.get_by_text(SAVED)).to_be_visible()
        assert (first / "reviews.sqlite").is_file()
        assert not (tmp_path / "state" / "reviews.sqlite").exists()
    finally:
        running.process.terminate()
        running.process.wait(20)
