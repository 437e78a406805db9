"""Progress in a browser: from a plan to verdicts to a rate, clicks that filter, files, disputes, and blind mode."""

import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from marks import click_mark
from playwright.sync_api import Browser, Page, expect
from reviewing import Toy, idle, make_toy, press, served, verdict
from running_servers import WAIT

from dfec_explore.model import Review, SampleKey, Verdict, caption_hash
from dfec_explore.reviews import open_store
from dfec_explore.reviews.plans import plans

pytestmark = pytest.mark.browser


@pytest.fixture
def toy(tmp_path: Path) -> Toy:
    """Eight captions; nothing is judged, and Ada is who judges."""
    made = make_toy(tmp_path, 8)
    config = tmp_path / "dfec.toml"
    config.write_text('reviewer = "Ada"\n' + config.read_text(encoding="utf-8"), encoding="utf-8")
    return made


@pytest.fixture
def address(toy: Toy) -> Iterator[str]:
    with served(toy) as running:
        yield running


def save(toy: Toy, *given: tuple[int, str, str]) -> None:
    """Verdicts as (number of the caption, reviewer, verdict); those that are not accepted have a reason."""
    store = open_store(f"sqlite:///{toy.folder}/state/reviews.sqlite")
    try:
        for number, reviewer, said in given:
            id_ = toy.ids[number]
            store.save(
                Review(
                    uuid.uuid4().hex,
                    SampleKey("Toy", "test", id_),
                    caption_hash(toy.captions[id_]),
                    reviewer,
                    Verdict(said),
                    reasons=() if said == "accept" else ("language",),
                    seconds=10.0 + number,
                )
            )
    finally:
        store.close()


def open_progress(page: Page, address: str, show: str = "so-far", **params: str) -> None:
    query = "&".join(f"{name}={value}" for name, value in {"show": show, **params}.items())
    page.goto(f"{address}/progress?{query}")
    expect(page.get_by_role("tab", name="So far")).to_be_visible()
    idle(page)


def test_browser_progress_from_a_plan_to_an_error_rate(page: Page, address: str, toy: Toy) -> None:
    open_progress(page, address, "plans")
    page.get_by_role("button", name="Draw 8 captions, stratified by source").click()
    link = page.get_by_role("link", name="Start judging")
    expect(link).to_be_visible()
    link.click()
    expect(verdict(page, "Accept")).to_be_enabled()
    idle(page)
    press(page, "d")
    expect(page.get_by_text(re.compile(r"Saved \d\d:\d\d:\d\d"))).to_be_visible()
    idle(page)
    press(page, "a")
    expect(page.get_by_text("3 of 8", exact=True)).to_be_visible()
    store = open_store(f"sqlite:///{toy.folder}/state/reviews.sqlite")
    try:
        (plan,) = plans(store, "Toy")
        assert [(str(row.verdict), row.plan) for row in store.reviews()] == [("reject", plan.id), ("accept", plan.id)]
    finally:
        store.close()
    open_progress(page, address, "plans")
    expect(page.get_by_role("link", name="Go on judging")).to_be_visible()
    page.get_by_role("button", name=re.compile("Error rate so far 50 %")).click()
    expect(page.get_by_text("have an error,")).to_contain_text("Of 8 captions, 50 % have an error")
    assert f"plan={plan.id}" in page.url
    assert "show=rate" in page.url


def test_browser_progress_a_click_on_a_reason_filters_by_it(page: Page, address: str, toy: Toy) -> None:
    save(toy, (0, "Ada", "fix"), (1, "Ada", "accept"), (2, "Ben", "fix"))
    open_progress(page, address)
    bar = page.locator(".st-key-chart-reasons .bars .point path").first
    expect(bar).to_be_visible()
    click_mark(bar)
    words = "Captions marked to fix for “Language”, 2 of 8"
    expect(page.get_by_text(words, exact=True)).to_be_visible()
    idle(page)
    page.get_by_role("link", name="Read them").click()
    expect(page.get_by_role("heading", name="Browse")).to_be_visible()
    expect(page.get_by_text(words, exact=True)).to_be_visible()
    expect(page.locator("[class*=st-key-card-browse-]")).to_have_count(2)


def test_browser_progress_a_row_of_a_reviewer_filters_by_the_reviewer(page: Page, address: str, toy: Toy) -> None:
    save(toy, (0, "Ada", "fix"), (1, "Ada", "accept"), (2, "Ben", "fix"))
    open_progress(page, address)
    grid = page.get_by_test_id("stDataFrame")
    grid.scroll_into_view_if_needed()
    idle(page)
    # The box at the start of the second row: Ben's.
    grid.click(position={"x": 16, "y": 35 + 35 + 17})
    expect(page.get_by_text("Captions judged by Ben, 1 of 8", exact=True)).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("All 8 captions", exact=True)).to_be_visible()


def test_browser_progress_reviews_are_taken_away_as_a_file(page: Page, address: str, toy: Toy) -> None:
    save(toy, (0, "=Ada", "fix"), (2, "Ben", "accept"))
    open_progress(page, address)
    with page.expect_download(timeout=WAIT) as lines:
        page.get_by_role("button", name="JSON Lines").click()
    rows = [json.loads(line) for line in lines.value.path().read_text(encoding="utf-8").splitlines()]
    assert lines.value.suggested_filename == "dfec-progress-reviews.jsonl"
    assert [(row["reviewer"], row["verdict"]) for row in rows] == [("=Ada", "fix"), ("Ben", "accept")]
    with page.expect_download(timeout=WAIT) as table:
        page.locator(".st-key-csv-reviewers button").first.click()
    assert '"\'=Ada"' in table.value.path().read_text(encoding="utf-8-sig")


def test_browser_progress_a_dispute_is_settled_and_taken_back(page: Page, address: str, toy: Toy) -> None:
    save(toy, (0, "Ada", "fix"), (0, "Ben", "accept"), (1, "Ada", "accept"), (1, "Ben", "accept"))
    open_progress(page, address, "agreement")
    expect(page.get_by_text("say the same in 50 % of cases")).to_be_visible()
    page.get_by_placeholder("Note for the final verdict").fill("seen twice")
    page.get_by_role("button", name="Reject").click()
    expect(page.get_by_text("settled: rejected")).to_be_visible()
    page.get_by_role("radio", name="Settled 1").click()
    expect(page.get_by_text("“seen twice”")).to_be_visible()
    page.get_by_role("button", name="Take the final verdict back").click()
    expect(page.get_by_text("the final verdict is taken back")).to_be_visible()
    assert [(row.mode, row.note) for row in toy.rows()][-2:] == [("adjudication", "seen twice"), ("", "")]


def test_browser_progress_blind_mode_hides_what_others_said(page: Page, address: str, toy: Toy) -> None:
    save(toy, (0, "Ada", "fix"), (0, "Ben", "accept"), (1, "Ben", "reject"))
    page.goto(f"{address}/review")
    page.locator(".st-key-modes").get_by_role("button").first.click(timeout=WAIT)
    page.get_by_test_id("stPopoverBody").get_by_text("Blind", exact=True).click()
    expect(page.get_by_role("button", name="Mode: blind")).to_be_visible()
    idle(page)
    open_progress(page, address)
    expect(page.get_by_text("You review in blind mode")).to_be_visible()
    expect(page.locator(".figures")).to_contain_text("1of 8 captions judged")
    expect(page.get_by_role("button", name="Parquet")).to_have_count(0)
    open_progress(page, address, "agreement")
    expect(page.get_by_text("In blind mode agreement is hidden")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 1920])
def test_browser_progress_fits_the_window(browser: Browser, address: str, toy: Toy, width: int) -> None:
    given = [
        (n, who, ("accept", "fix", "reject", "unsure")[(n * k) % 4]) for n in range(8) for k, who in enumerate(NAMES)
    ]
    problems: list[str] = []
    with browser.new_context(viewport={"width": width, "height": 900}, color_scheme="dark") as context:
        page = context.new_page()
        page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
        save(toy, *given)
        for show in ("so-far", "plans", "rate", "agreement"):
            open_progress(page, address, show)
            assert page.get_by_test_id("stAlertContentError").count() == 0
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            block = page.get_by_test_id("stMainBlockContainer")
            assert block.evaluate("e => e.scrollWidth - e.clientWidth") <= 1
    assert [text for text in problems if "404" not in text] == []


NAMES = ("Ada", "Ben", "Chen Wei", "A reviewer with a name that is rather long for a table")
