"""The next clip starts with the verdict, ahead of the page; no caption is ever seen beside another clip."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from reviewing import SAVED, VIDEO, Toy, clip_plays, idle, is_shown, make_toy, press, served, sit_down
from running_servers import WAIT

WATCH = """
() => {
  const host = (key) => document.querySelector(`${key} [data-testid=stBidiComponentIsolated]`)?.shadowRoot;
  window.seen = [];
  const look = () => {
    const player = [...globalThis[Symbol.for("dfec.players")].players.values()][0];
    const caption = host(".st-key-caption")?.querySelector(".caption");
    const isSeen = caption && !caption.classList.contains("awaited") && caption.checkVisibility();
    if (player && isSeen) {
      const text = [...caption.querySelectorAll(".clause-text")].map((node) => node.textContent).join(" ");
      window.seen.push([player.viewing().clip, text]);
    }
    requestAnimationFrame(look);
  };
  look();
}
"""
"""Notes, whenever the page is drawn, which clip is shown and which caption can be read."""


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Toy:
    return make_toy(tmp_path_factory.mktemp("ahead"), 6)


@pytest.fixture(scope="module")
def address(toy: Toy) -> Iterator[str]:
    with served(toy) as running:
        yield running


def words(text: str) -> str:
    return " ".join(text.split())


def test_browser_ahead_no_caption_is_ever_seen_beside_another_clip(page: Page, toy: Toy, address: str) -> None:
    sit_down(page, address, "Ada")
    page.evaluate(WATCH)
    for id_, key in zip(toy.ids, "adnuf", strict=False):
        is_shown(page, id_)
        clip_plays(page)
        expect(page.get_by_text("next clip ready")).to_be_visible()
        press(page, key)
    is_shown(page, toy.ids[5])
    press(page, "p")
    is_shown(page, toy.ids[4])
    seen = {(clip.split("/")[1], words(text)) for clip, text in page.evaluate("window.seen")}
    assert seen == {(id_, words(toy.captions[id_])) for id_ in toy.ids}


def test_browser_ahead_the_next_clip_plays_while_the_server_is_still_busy(page: Page, toy: Toy, address: str) -> None:
    sit_down(page, address, "Bea")
    clip_plays(page)
    expect(page.get_by_text("next clip ready")).to_be_visible()
    before = page.evaluate(f"{VIDEO}.currentSrc")
    # Nothing that the server says arrives any more.
    page.evaluate("() => { WebSocket.prototype.send = () => {}; }")
    press(page, "a")
    page.wait_for_function(
        f"(before) => {{ const v = {VIDEO}; return v.currentSrc !== before && v.currentTime > 0.1; }}", arg=before
    )
    # Nobody confirms the verdict: after some seconds the clip that it was for is back.
    page.wait_for_function(f"(before) => {VIDEO}.currentSrc === before", arg=before, timeout=WAIT)
    expect(page.locator(".clause").first).to_be_visible()


def test_browser_ahead_a_verdict_that_is_not_saved_brings_the_clip_back(browser: Browser, tmp_path: Path) -> None:
    toy = make_toy(tmp_path, 2)
    with served(toy) as address, browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        sit_down(page, address, "Fault")
        clip_plays(page)
        expect(page.get_by_text("next clip ready")).to_be_visible()
        idle(page)
        press(page, "x")
        before = page.evaluate(f"{VIDEO}.currentSrc")
        files = {path: path.read_bytes() for path in (tmp_path / "state").glob("reviews.sqlite*")}
        for path in files:
            path.unlink()
        press(page, "f")
        expect(page.locator(".alert.error")).to_contain_text("Not saved")
        page.wait_for_function(f"(before) => {VIDEO}.currentSrc === before", arg=before, timeout=WAIT)
        expect(page.get_by_text("Mirrored")).to_be_visible()
        is_shown(page, toy.ids[0])
        expect(page.locator(".clause").first).to_be_visible()
        for path, content in files.items():
            path.write_bytes(content)
        page.locator(".alert.error").get_by_role("button", name="Try again").click()
        is_shown(page, toy.ids[1])
        expect(page.get_by_text(SAVED)).to_be_visible()
        page.wait_for_function(f"(before) => {VIDEO}.currentSrc !== before", arg=before, timeout=WAIT)
