"""Versions and similar captions in a browser: a maintainer compares a corrected file, a reviewer looks for the like."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from reviewing import Toy, idle, is_shown, make_toy, served, sit_down
from running_servers import WAIT

from dfec_explore.model import Review, SampleKey, Verdict, caption_hash
from dfec_explore.release import write_corrected
from dfec_explore.reviews import open_store

pytestmark = pytest.mark.browser
BUSY = 120_000
"""Milliseconds: another process starts, reads the captions and ends."""
ADDED = " Then <b>she</b> blinks."


@pytest.fixture
def toy(tmp_path: Path) -> Toy:
    """Eight captions. Ada corrected the first and accepted the second; the corrected file lacks the last record."""
    made = make_toy(tmp_path, 8)
    (tmp_path / "state").mkdir()
    first, second, last = made.ids[0], made.ids[1], made.ids[-1]
    store = open_store(f"sqlite:///{tmp_path}/state/reviews.sqlite")
    for id_, verdict, correction in (
        (first, Verdict.FIX, made.captions[first] + ADDED),
        (second, Verdict.ACCEPT, None),
        (last, Verdict.ACCEPT, None),
    ):
        key = SampleKey("Toy", "test", id_)
        hash_ = caption_hash(made.captions[id_])
        store.save(Review(f"row-{id_}", key, hash_, "Ada", verdict, corrected_caption=correction))
    target = tmp_path / "corrected.json"
    write_corrected(tmp_path / "test.json", target, store, dataset="Toy", part="test")
    store.close()
    records = json.loads(target.read_text(encoding="utf-8"))
    target.write_text(json.dumps(records[:-1]), encoding="utf-8")
    return made


@pytest.fixture
def address(toy: Toy) -> Iterator[str]:
    with served(toy) as running:
        yield running


def test_browser_versions_a_corrected_file_is_compared_with_the_one_before(
    page: Page, address: str, toy: Toy, tmp_path: Path
) -> None:
    page.goto(f"{address}/versions")
    expect(page.get_by_text("Pick an older and a newer file", exact=False)).to_be_visible(timeout=BUSY)
    idle(page)
    page.get_by_role("button", name="Upload").first.click()
    page.get_by_test_id("stFileUploaderDropzoneInput").nth(1).set_input_files(toy.folder / "corrected.json")
    expect(page.get_by_text("Changed captions: 1", exact=True)).to_be_visible(timeout=BUSY)
    idle(page)
    page.keyboard.press("Escape")
    card = page.locator(".st-key-card-change-0")
    expect(card.locator("ins")).to_have_text("Then <b>she</b> blinks.")
    expect(card.locator("del")).to_have_count(0)
    expect(card.get_by_text("+ gained")).to_be_visible()
    figures = page.locator(".figures")
    expect(figures).to_contain_text("1changed")
    expect(figures).to_contain_text("1removed")
    expect(figures).to_contain_text("1verdicts stale")
    expect(figures).to_contain_text("1carried out")
    with page.expect_download(timeout=WAIT) as file:
        page.locator(".st-key-versions-CSV").get_by_role("button").click()
    with Path(file.value.path()).open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert row["Caption after"] == toy.captions[toy.ids[0]] + ADDED
    page.get_by_text("Removed 1", exact=True).click()
    expect(page.get_by_text("Removed: 1", exact=True)).to_be_visible()
    assert "kind=removed" in page.url
    idle(page)
    # The removed record is still in the declared file: it opens in Review.
    page.locator(".st-key-card-change-0").get_by_role("link", name="Review").click()
    is_shown(page, toy.ids[-1])


def test_browser_versions_the_other_way_round_after_a_swap(page: Page, address: str, toy: Toy) -> None:
    page.goto(f"{address}/versions")
    expect(page.get_by_text("Pick an older and a newer file", exact=False)).to_be_visible(timeout=BUSY)
    idle(page)
    page.get_by_role("button", name="Upload").first.click()
    page.get_by_test_id("stFileUploaderDropzoneInput").nth(1).set_input_files(toy.folder / "corrected.json")
    expect(page.get_by_text("Changed captions: 1", exact=True)).to_be_visible(timeout=BUSY)
    idle(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Swap").click()
    expect(page.locator(".figures")).to_contain_text("1added", timeout=BUSY)
    expect(page.locator(".st-key-card-change-0 del")).to_have_text("Then <b>she</b> blinks.")
    link = page.url
    page.goto(link)
    expect(page.locator(".st-key-card-change-0 del")).to_have_text("Then <b>she</b> blinks.")


def test_browser_similar_captions_open_from_review_and_lead_to_browse(page: Page, address: str, toy: Toy) -> None:
    page.goto(f"{address}/browse")
    expect(page.get_by_text("All 8 captions", exact=True)).to_be_visible(timeout=BUSY)
    sit_down(page, address, "Ben")
    expect(page.get_by_text("alike:", exact=False)).to_have_count(0)
    page.get_by_text("Similar captions", exact=True).click()
    expect(page.get_by_text("Chosen from all 7 others.", exact=True)).to_be_visible()
    idle(page)
    expect(page.get_by_text("facial actions in common", exact=False).first).to_be_visible()
    page.get_by_text("By words", exact=True).click()
    expect(page.get_by_text("words in common", exact=False).first).to_be_visible()
    idle(page)
    page.get_by_role("link", name="More of them in Browse").click()
    expect(page.get_by_role("heading", name=f"Most like test / {toy.ids[0]}")).to_be_visible()
    expect(page.locator("[class*=st-key-card-liked-]")).to_have_count(1)
    assert f"like=test%2F{toy.ids[0]}" in page.url
    page.get_by_role("button", name="Back to the list").click()
    expect(page.get_by_text("Review these captions")).to_be_visible()
