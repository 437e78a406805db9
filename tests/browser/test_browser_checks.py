"""Checks in a browser: a flag followed to its caption, dismissed with a reason, back when the caption changes."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from reviewing import Toy, idle, is_shown, make_toy, served
from running_servers import WAIT

from dfec_explore.reviews import flag_verdicts, open_store, plan_items, plans

pytestmark = pytest.mark.browser

CUT = " Finally, the head turns to the"
TITLE = "Cut off at the end"


@pytest.fixture
def toy(tmp_path: Path) -> Toy:
    """Four captions, one of them cut off; Ada is who judges."""
    made = make_toy(tmp_path, 4)
    config = tmp_path / "dfec.toml"
    config.write_text('reviewer = "Ada"\n' + config.read_text(encoding="utf-8"), encoding="utf-8")
    change(made, made.ids[0], made.captions[made.ids[0]] + CUT)
    return made


def change(toy: Toy, id_: str, caption: str) -> None:
    file = toy.folder / "test.json"
    records = json.loads(file.read_text(encoding="utf-8"))
    for record in records:
        if record["id"] == id_:
            record["caption"] = caption
    file.write_text(json.dumps(records), encoding="utf-8")


def open_checks(page: Page, address: str, query: str = "flag=cut-off") -> None:
    page.goto(f"{address}/checks?{query}")
    expect(page.get_by_role("heading", name="Flagged captions")).to_be_visible(timeout=4 * WAIT)
    # While the file is read again the page shows the captions as they were before.
    expect(page.get_by_text("The files are being read")).to_have_count(0, timeout=4 * WAIT)
    idle(page)


def test_browser_checks_a_dismissed_flag_stays_away_until_its_caption_changes(page: Page, toy: Toy) -> None:
    card = page.locator(".st-key-flagged-0")
    with served(toy) as address:
        open_checks(page, address, "")
        open_checks(page, address)
        expect(card.get_by_text(TITLE)).to_be_visible()
        card.get_by_role("link", name="Review").click()
        is_shown(page, toy.ids[0])
        open_checks(page, address)
        card.get_by_role("button", name="Dismiss").click()
        page.get_by_role("button", name="Dismiss it").click()
        expect(page.get_by_text("The checks found nothing in these captions.").first).to_be_visible()
        idle(page)
        store = open_store(f"sqlite:///{toy.folder}/state/reviews.sqlite")
        try:
            (row,) = flag_verdicts(store, "Toy").to_pylist()
        finally:
            store.close()
        assert (row["check"], row["verdict"], row["reviewer"]) == ("cut-off", "dismissed", "Ada")
        assert row["reason"] == "The caption is right"

    change(toy, toy.ids[1], toy.captions[toy.ids[1]] + " The eyes blink.")
    with served(toy) as address:
        open_checks(page, address, "")
        expect(page.get_by_text("The checks found nothing in these captions.").last).to_be_visible()
        expect(card).to_have_count(0)
        page.locator(".st-key-widget-checks-dismissed").get_by_text("Dismissed ones").click()
        expect(card.get_by_text(re.compile("Dismissed by Ada: The caption is right"))).to_be_visible()

    change(toy, toy.ids[0], toy.captions[toy.ids[0]] + CUT + " left and")
    with served(toy) as address:
        open_checks(page, address, "")
        expect(card.get_by_text(TITLE)).to_be_visible()


def test_browser_checks_are_sent_to_review_as_a_plan_that_was_picked(page: Page, toy: Toy) -> None:
    with served(toy) as address:
        open_checks(page, address, "")
        open_checks(page, address)
        # The page is drawn anew when the comparison with the clips ends, which closes an open form.
        page.wait_for_timeout(3000)
        expect(page.get_by_text("Flags against the clips follow")).to_have_count(0)
        idle(page)
        page.get_by_role("button", name="Send to review").click()
        page.get_by_role("textbox", name="Name of the plan").fill("Cut captions")
        page.get_by_role("button", name="Make the plan").click()
        expect(page.get_by_text("1 captions are in the plan").first).to_be_visible()
        store = open_store(f"sqlite:///{toy.folder}/state/reviews.sqlite")
        try:
            (plan,) = plans(store, "Toy")
            assert (plan.name, plan.is_random, plan.size) == ("Cut captions", False, 1)
            assert [item.key.id for item in plan_items(store, plan)] == [toy.ids[0]]
        finally:
            store.close()
