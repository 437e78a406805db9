"""Clips of all seven datasets in the whole app: found where their makers put them, playing, with their motion."""

import json
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect
from running_servers import ROOT

sys.path.insert(0, str(ROOT / "tests" / "clips"))
from layouts import lay, lay_out, make_stock

SHADOW = "document.querySelector('.st-key-widget-player [data-testid=stBidiComponentIsolated]')?.shadowRoot"
VIDEO = f"{SHADOW}?.querySelector('video:not([hidden])')"
WAIT = 90_000
"""Milliseconds; a limit, not a measurement: the machine may be busy."""
CAPTION = "The video shows a woman. At the beginning, she smiles. Towards the end, her mouth opens slightly."

Serve = Callable[..., str]


def environment(folder: Path, annotations: Path, **more: str) -> dict[str, str]:
    return {
        "DFEC_ANNOTATIONS": str(annotations),
        "DFEC_CLIPS": str(folder / "clips"),
        "DFEC_STATE": str(folder / "state"),
        "DFEC_REVIEWER": "Ada",
        **more,
    }


def wait_until_played(page: Page) -> None:
    page.wait_for_function(f"() => {{ const v = {VIDEO}; return v && (v.currentTime > 0 || v.ended); }}", timeout=WAIT)


def go_on(page: Page, place: str) -> None:
    """Go to the next sample: a key that comes before the answer to the last one is not heard."""
    for _ in range(20):
        page.keyboard.press("n")
        with suppress(TimeoutError):
            page.get_by_text(place, exact=True).wait_for(timeout=4000)
            return
    raise AssertionError(f"{place} never came")


@pytest.mark.data
def test_clips_of_all_seven_datasets_are_found_and_play(
    page: Page, serve: Serve, test_data: Path, tmp_path: Path
) -> None:
    annotations = test_data / "dfec" / "test.json"
    records = json.loads(annotations.read_text(encoding="utf-8"))
    (tmp_path / "stock").mkdir()
    lay_out(make_stock(tmp_path / "stock"), tmp_path / "clips", [record["video"] for record in records])
    address = serve(ROOT / "app.py", environment=environment(tmp_path, annotations))
    page.goto(f"{address}/data")
    expect(page.get_by_text("800 of 800 samples have a clip to show.")).to_be_visible(timeout=4 * WAIT)
    first = {record["video"].split("/")[0]: record["id"] for record in reversed(records)}
    assert len(first) == 7
    for id_ in first.values():
        page.goto(f"{address}/review?in=test&sample={id_}&queue=all")
        wait_until_played(page)


def test_clips_motion_stands_under_the_filmstrip_and_the_rate_of_frames_can_be_chosen(
    page: Page, serve: Serve, tmp_path: Path
) -> None:
    (tmp_path / "stock").mkdir()
    lay(make_stock(tmp_path / "stock"), tmp_path / "clips" / "AFEW-VA", "AFEW-VA/videos/001.mp4")
    (tmp_path / "test.json").write_text(
        json.dumps([{"id": "1", "video": "AFEW-VA/videos/001.mp4", "caption": CAPTION}]), encoding="utf-8"
    )
    address = serve(ROOT / "app.py", environment=environment(tmp_path, tmp_path / "test.json"))
    page.goto(f"{address}/review?queue=all")
    wait_until_played(page)
    player = page.locator(".st-key-widget-player")
    expect(player.locator(".signal")).to_have_count(5, timeout=WAIT)
    expect(player.locator(".signal").first).to_have_attribute(
        "aria-label", "Motion in the face: greatest at 0 % of the clip"
    )
    expect(player.get_by_text("Single frames, shown at 25 a second")).to_be_visible()
    page.get_by_text("25 frames/s").click()
    page.locator(".st-key-widget-frame-rate input").click()
    page.get_by_role("option", name="10", exact=True).click()
    expect(player.get_by_text("Single frames, shown at 10 a second, as you chose")).to_be_visible(timeout=WAIT)
    page.wait_for_function(f"() => Math.abs({VIDEO}?.duration - 0.3) < 0.01", timeout=WAIT)


def test_clips_a_decoder_that_never_answers_is_not_felt_by_another_reviewer(
    browser: Browser, serve: Serve, tmp_path: Path
) -> None:
    (tmp_path / "stock").mkdir()
    stock = make_stock(tmp_path / "stock")
    videos = [f"MAFW/videos/{number:05d}.mp4" for number in range(1, 10)]
    lay_out(stock, tmp_path / "clips", videos)
    (tmp_path / "test.json").write_text(
        json.dumps([{"id": str(n), "video": v, "caption": CAPTION} for n, v in enumerate(videos, start=1)]),
        encoding="utf-8",
    )
    hanging = str(Path(__file__).with_name("hanging"))
    more = {"PYTHONPATH": f"{hanging}:{ROOT}"}
    address = serve(ROOT / "app.py", environment=environment(tmp_path, tmp_path / "test.json", **more))
    with browser.new_context() as stuck, browser.new_context() as other:
        reviewer = other.new_page()
        reviewer.goto(f"{address}/review?queue=all")
        wait_until_played(reviewer)
        waiting = stuck.new_page()
        waiting.goto(f"{address}/review?in=test&sample=9&queue=all")
        for place in range(2, 5):
            go_on(reviewer, f"{place} of 9")
            wait_until_played(reviewer)
        expect(reviewer.get_by_text("25 fps")).to_be_visible()
        # As soon as the decoder is given up the browser plays the clip even so; what it is like nobody knows.
        wait_until_played(waiting)
        expect(waiting.get_by_text("test / 9")).to_be_visible()
        expect(waiting.get_by_text("fps")).to_have_count(0)
