"""Judging in a browser: by keyboard alone, with nothing lost, by two at once, in every mode."""

import json
import re
import sqlite3
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from reviewing import (
    SAVED,
    Toy,
    clip_plays,
    idle,
    is_shown,
    make_toy,
    note,
    press,
    served,
    sit_down,
    verdict,
)
from running_servers import WAIT, free_port

IS_DRAFT = "(key) => key.startsWith('dfec.draft.')"
KEYS = {"a": "accept", "f": "fix", "d": "reject", "u": "unsure"}


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Toy:
    return make_toy(tmp_path_factory.mktemp("judging"), 8)


@pytest.fixture(scope="module")
def address(toy: Toy) -> Iterator[str]:
    with served(toy) as running:
        yield running


def sit_and_judge(page: Page, toy: Toy, address: str, name: str, count: int) -> dict[str, tuple[str, str]]:
    """A sitting by keyboard alone: every clip with a verdict and a note, with undo, redo and a reload on the way."""
    sit_down(page, address, name)
    given: dict[str, tuple[str, str]] = {}
    for number, (id_, key) in enumerate(zip(toy.ids[:count], cycle(KEYS), strict=False)):
        is_shown(page, id_)
        clip_plays(page)
        words = f"{name} on {id_}: a 1 u d ? ,."
        if number == count // 2:
            # Half of the note is written when the page is loaded anew; the other half comes after it.
            page.keyboard.press("t")
            page.keyboard.type(words[:6])
            page.reload()
            is_shown(page, id_)
            expect(verdict(page, "Accept")).to_be_enabled()
            expect(page.get_by_role("textbox", name="Note")).to_have_value(words[:6])
            page.keyboard.press("t")
            press(page, "End")
            page.keyboard.type(words[6:])
            press(page, "Enter")
            expect(page.get_by_role("textbox", name="Note")).not_to_be_focused()
        else:
            note(page, words)
        press(page, "Alt+3", "[", "ArrowRight", key)
        given[id_] = (KEYS[key], words)
        if number % 3 == 1:
            following = toy.ids[number + 1]
            is_shown(page, following)
            idle(page)
            press(page, "b")
            is_shown(page, id_)
            expect(page.get_by_role("textbox", name="Note")).to_have_value(words)
            idle(page)
            press(page, "y")
    expect(page.get_by_text(SAVED)).to_be_visible()
    return given


def check(toy: Toy, name: str, given: dict[str, tuple[str, str]]) -> None:
    rows = toy.standing(name)
    assert {row.key.id: (str(row.verdict), row.note) for row in rows} == given
    assert len(rows) == len(given)
    assert all(row.reasons == ("wrong-order",) for row in rows)
    assert all(row.seconds is not None and row.seconds > 0 for row in rows)


def test_browser_judging_a_sitting_by_keyboard_alone_keeps_every_word(page: Page, toy: Toy, address: str) -> None:
    given = sit_and_judge(page, toy, address, "Short", 5)
    is_shown(page, toy.ids[5])
    check(toy, "Short", given)


@pytest.mark.slow
def test_browser_judging_thirty_clips_by_keyboard_alone_keep_every_word(browser: Browser, tmp_path: Path) -> None:
    toy = make_toy(tmp_path, 30)
    with served(toy) as address, browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        given = sit_and_judge(page, toy, address, "Long", 30)
        expect(page.get_by_text("The queue of 30 is finished.")).to_be_visible()
        check(toy, "Long", given)
        # A verdict whose answer was cut off by the reload is settled when its sample is opened again.
        drafts = page.evaluate(f"Object.keys(localStorage).filter({IS_DRAFT})")
        assert len(drafts) <= 1
        for name in drafts:
            id_ = json.loads(name.removeprefix("dfec.draft."))[2]
            page.goto(f"{address}/review?queue=all&in=test&sample={id_}")
            is_shown(page, id_)
        page.wait_for_function(f"() => !Object.keys(localStorage).some({IS_DRAFT})", timeout=WAIT)


def test_browser_judging_two_reviewers_at_once_do_not_meet(browser: Browser, toy: Toy, address: str) -> None:
    with (
        browser.new_context(viewport={"width": 1280, "height": 800}) as one,
        browser.new_context(viewport={"width": 1280, "height": 800}) as other,
    ):
        pages = {"Ida": one.new_page(), "Ole": other.new_page()}
        for name, page in pages.items():
            sit_down(page, address, name, "queue=todo")
        for id_ in toy.ids[:4]:
            for page in pages.values():
                is_shown(page, id_)
                idle(page)
            note(pages["Ida"], f"Ida on {id_}")
            note(pages["Ole"], f"Ole on {id_}")
            pages["Ida"].keyboard.press("a")
            pages["Ole"].keyboard.press("d")
        for page in pages.values():
            is_shown(page, toy.ids[4])
            expect(page.get_by_text(SAVED)).to_be_visible()
    for name, word in (("Ida", "accept"), ("Ole", "reject")):
        rows = toy.standing(name)
        assert [(row.key.id, str(row.verdict), row.note) for row in rows] == [
            (id_, word, f"{name} on {id_}") for id_ in toy.ids[:4]
        ]


# ---- marks, parts, corrections


def test_browser_judging_words_are_marked_with_the_mouse_and_by_keyboard(page: Page, toy: Toy, address: str) -> None:
    sit_down(page, address, "Marks")
    caption = toy.captions[toy.ids[0]]
    words = list(re.finditer(r"[\w’'-]+", caption))
    # With the mouse over the middle of the second word: all of it.
    box = page.evaluate(
        """(at) => {
            const root = document.querySelector('.st-key-caption [data-testid=stBidiComponentIsolated]').shadowRoot;
            const text = root.querySelector('.run').firstChild, range = document.createRange();
            range.setStart(text, at[0]); range.setEnd(text, at[1]);
            const { left, right, top, height } = range.getBoundingClientRect();
            return { left, right, y: top + height / 2 };
        }""",
        [words[1].start() + 1, words[1].end() - 1],
    )
    page.mouse.move(box["left"], box["y"])
    page.mouse.down()
    page.mouse.move(box["right"], box["y"], steps=4)
    page.mouse.up()
    marked = page.locator(".run.marked")
    expect(marked).to_have_text(words[1][0])
    # By keyboard the fourth and the fifth word, then the mark of the mouse taken away by a click.
    press(page, *["Shift+ArrowRight"] * 4, "Shift+ArrowDown", "Enter")
    expect(marked).to_have_count(2)
    press(page, "f")
    is_shown(page, toy.ids[1])
    (row,) = toy.standing("Marks")
    assert [caption[start:end] for start, end in row.spans] == [words[1][0], caption[words[3].start() : words[4].end()]]
    idle(page)
    press(page, "b")
    is_shown(page, toy.ids[0])
    marked.first.click()
    expect(marked).to_have_count(1)


def test_browser_judging_parts_are_judged_by_keys_and_clicks_and_actions_added(
    page: Page, toy: Toy, address: str
) -> None:
    sit_down(page, address, "Parts")
    expect(page.locator(".part")).to_have_count(0)
    press(page, "l", "j", "r", "j", "w", "j", "w", "w")
    chips = page.locator(".part")
    names = [chips.nth(number).get_attribute("data-part") for number in range(4)]
    # The next key would give a verdict or rerun the page, if keys had two owners.
    runs = page.evaluate("performance.getEntriesByType('navigation').length")
    press(page, "i")
    search = page.get_by_role("combobox", name="Missing action")
    expect(search).to_be_focused()
    page.keyboard.type("tongue")
    expect(page.get_by_role("option").first).to_contain_text(re.compile("tongue", re.IGNORECASE))
    press(page, "Enter")
    page.keyboard.type("middle")
    press(page, "Enter")
    expect(page.locator(".part.missing")).to_contain_text("missing · middle")
    chips.nth(3).get_by_role("button", name="right").click()
    expect(page.get_by_text("Goes with it: 2 right, 1 wrong, 1 missing")).to_be_visible()
    press(page, "f")
    is_shown(page, toy.ids[1])
    (row,) = toy.standing("Parts")
    missing = [name for name, said in row.parts.items() if said == "missing"]
    assert len(missing) == 1
    assert re.fullmatch(r"missing:middle:tongue\w*", missing[0])
    assert {name: said for name, said in row.parts.items() if said != "missing"} == {
        names[0]: "right",
        names[1]: "wrong",
        names[3]: "right",
    }
    assert runs == page.evaluate("performance.getEntriesByType('navigation').length")
    # Details are remembered by the browser.
    page.reload()
    expect(page.locator(".part").first).to_be_visible()


def test_browser_judging_a_correction_by_keyboard_shows_what_changes(page: Page, toy: Toy, address: str) -> None:
    sit_down(page, address, "Correct")
    caption = toy.captions[toy.ids[0]]
    press(page, "e")
    text = page.get_by_role("textbox", name="Corrected caption")
    expect(text).to_have_value(caption)
    press(page, "Control+End")
    page.keyboard.type(" She smiles & <b>.")
    added = page.locator(".diff ins")
    expect(added).to_have_text("She smiles & <b>.")
    expect(page.locator(".event-diff li.added")).to_have_count(1)
    assert added.evaluate("node => getComputedStyle(node).textDecorationLine") == "underline"
    # Closed without keeping it, it is still there.
    press(page, "Escape")
    expect(verdict(page, "Unfinished")).to_be_visible()
    press(page, "e")
    expect(text).to_have_value(f"{caption} She smiles & <b>.")
    press(page, "Control+Enter")
    expect(verdict(page, "Corrected")).to_be_visible()
    press(page, "e", "Control+Shift+Enter")
    is_shown(page, toy.ids[1])
    (row,) = toy.standing("Correct")
    assert (str(row.verdict), row.corrected_caption) == ("fix", f"{caption} She smiles & <b>.")


# ---- modes


def choose_mode(page: Page, title: str) -> None:
    page.get_by_role("button", name="Mode").click()
    page.get_by_text(title, exact=True).click()
    idle(page)
    press(page, "Escape")


def test_browser_judging_blind_hides_the_verdicts_of_others_also_after_a_reload(
    browser: Browser, page: Page, toy: Toy, address: str
) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        first = context.new_page()
        sit_down(first, address, "Seen", f"queue=all&sample={toy.ids[6]}&in=test")
        press(first, "d")
        expect(first.get_by_text(SAVED)).to_be_visible()
    sit_down(page, address, "Blind", f"queue=all&sample={toy.ids[6]}&in=test")
    facts = page.locator(".st-key-review-facts")
    expect(facts).to_contain_text("verdict so far: rejected")
    choose_mode(page, "Blind")
    expect(facts).not_to_contain_text("rejected")
    page.reload()
    is_shown(page, toy.ids[6])
    expect(verdict(page, "Accept")).to_be_enabled()
    expect(page.get_by_role("button", name="Mode: blind")).to_be_visible()
    expect(facts).not_to_contain_text("rejected")
    idle(page)
    press(page, "a")
    is_shown(page, toy.ids[7])
    assert [row.mode for row in toy.standing("Blind")] == ["blind"]


def test_browser_judging_watch_first_shows_the_caption_when_the_clip_was_played(
    page: Page, toy: Toy, address: str
) -> None:
    sit_down(page, address, "Watch")
    choose_mode(page, "Watch first")
    press(page, "n")
    is_shown(page, toy.ids[1])
    caption = page.locator(".clause-text").first
    expect(page.get_by_text("The caption appears when the clip has been played once.")).to_be_visible()
    expect(caption).to_be_hidden()
    press(page, "a")
    expect(page.get_by_text("Watch the clip first", exact=False)).to_be_visible()
    # A run of the page that ends only now brings the same sample again: the words stay.
    page.keyboard.press("h")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text("Watch the clip first", exact=False)).to_be_visible()
    assert toy.standing("Watch") == []
    press(page, "]", "]", "]", "9")
    press(page, "0")
    expect(caption).to_be_visible()
    press(page, "a")
    is_shown(page, toy.ids[2])
    expect(caption).to_be_hidden()
    idle(page)
    press(page, "v")
    expect(caption).to_be_visible()
    press(page, "u")
    is_shown(page, toy.ids[3])
    assert [row.mode for row in toy.standing("Watch")] == ["watch-first", "watch-first"]


# ---- nothing is lost


def test_browser_judging_a_draft_survives_a_reload_and_a_restart_of_the_server(
    browser: Browser, tmp_path: Path
) -> None:
    toy = make_toy(tmp_path, 2)
    port = free_port()
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        with served(toy, port=port) as address:
            sit_down(page, address, "Draft")
            press(page, "Alt+1", "Shift+ArrowRight", "Enter", "t")
            page.keyboard.type("typed and not left")
            address_of_sample = page.url
        with served(toy, port=port):
            page.goto(address_of_sample)
            expect(verdict(page, "Accept")).to_be_enabled()
            expect(page.get_by_role("textbox", name="Note")).to_have_value("typed and not left")
            expect(page.get_by_role("button", name="Wrong action")).to_have_attribute("aria-pressed", "true")
            expect(page.locator(".run.marked")).to_have_count(1)
            idle(page)
            press(page, "f")
            is_shown(page, toy.ids[1])
            (row,) = toy.standing("Draft")
            assert (row.note, row.reasons, len(row.spans)) == ("typed and not left", ("wrong-action",), 1)
            # What was saved is a draft no more.
            idle(page)
            press(page, "p")
            is_shown(page, toy.ids[0])
            expect(page.get_by_role("textbox", name="Note")).to_have_value("")


def test_browser_judging_a_failure_keeps_all_and_the_same_row_is_saved_later(browser: Browser, tmp_path: Path) -> None:
    toy = make_toy(tmp_path, 2)
    with served(toy) as address, browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        sit_down(page, address, "Fault")
        note(page, "keep me")
        idle(page)
        files = {path: path.read_bytes() for path in (tmp_path / "state").glob("reviews.sqlite*")}
        for path in files:
            path.unlink()
        press(page, "f")
        alert = page.locator(".alert.error")
        expect(alert).to_contain_text("Not saved; what you entered is kept.")
        expect(alert).to_contain_text("gone or cannot be opened")
        expect(page.get_by_role("textbox", name="Note")).to_have_value("keep me")
        is_shown(page, toy.ids[0])
        for path, content in files.items():
            path.write_bytes(content)
        alert.get_by_role("button", name="Try again").click()
        is_shown(page, toy.ids[1])
        expect(page.get_by_text(SAVED)).to_be_visible()
        assert [(row.note, str(row.verdict)) for row in toy.rows()] == [("keep me", "fix")]


def test_browser_judging_a_server_that_dies_with_the_verdict_is_told_and_tried_again(
    browser: Browser, tmp_path: Path
) -> None:
    toy = make_toy(tmp_path, 2)
    port = free_port()
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        with served(toy, port=port) as address:
            sit_down(page, address, "Dies")
            note(page, "still here")
            idle(page)
            # Somebody holds the database: the verdict is under way when the server goes.
            holder = sqlite3.connect(tmp_path / "state" / "reviews.sqlite")
            holder.execute("BEGIN EXCLUSIVE")
            press(page, "f")
            expect(page.locator(".verdict.fix.saving")).to_be_visible()
        holder.rollback()
        holder.close()
        with served(toy, port=port):
            page.goto(address + "/review?queue=all")
            alert = page.locator(".alert.error")
            expect(alert).to_contain_text("Not saved")
            expect(page.get_by_role("textbox", name="Note")).to_have_value("still here")
            expect(verdict(page, "Fix")).to_be_enabled()
            idle(page)
            alert.get_by_role("button", name="Try again").click()
            is_shown(page, toy.ids[1])
            assert [(row.note, str(row.verdict)) for row in toy.rows()] == [("still here", "fix")]


def test_browser_judging_of_two_tabs_the_newest_wins_and_nothing_goes_silently(
    browser: Browser, toy: Toy, address: str
) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        one, other = context.new_page(), context.new_page()
        sit_down(one, address, "Tabs")
        other.goto(f"{address}/review?queue=all")
        expect(verdict(other, "Accept")).to_be_enabled()
        idle(other)
        one.bring_to_front()
        note(one, "from the first")
        expect(other.get_by_role("textbox", name="Note")).to_have_value("from the first")
        other.bring_to_front()
        other.get_by_role("textbox", name="Note").fill("from the second")
        expect(one.get_by_role("textbox", name="Note")).to_have_value("from the second")
        one.bring_to_front()
        expect(one.get_by_text("edited in another tab", exact=False)).to_be_visible()
        one.get_by_role("button", name="Take mine back").click()
        expect(other.get_by_role("textbox", name="Note")).to_have_value("from the first")


# ---- keys and room


def test_browser_judging_the_help_lists_every_key_and_streamlits_own_do_nothing(
    page: Page, toy: Toy, address: str
) -> None:
    sit_down(page, address, "Keys")
    press(page, "?")
    card = page.get_by_role("dialog", name="Keys")
    for words in ("accept, fix, reject, unsure", "undo, redo", "reasons", "correct the caption", "missing action"):
        expect(card).to_contain_text(words)
    press(page, "Escape", "c", "r", "c")
    page.wait_for_timeout(400)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def test_browser_judging_history_is_a_list_of_ways_back(page: Page, toy: Toy, address: str) -> None:
    sit_down(page, address, "History")
    note(page, "first")
    press(page, "a")
    is_shown(page, toy.ids[1])
    idle(page)
    press(page, "h")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("“first”")
    dialog.get_by_role("button", name="Take back").click()
    expect(dialog.get_by_role("button", name="Bring back")).to_be_visible()
    expect(dialog).to_contain_text("taken back")
    assert toy.standing("History") == []
    dialog.get_by_role("link", name=f"test / {toy.ids[0]}").click()
    is_shown(page, toy.ids[0])


@pytest.mark.parametrize(("width", "height"), [(900, 800), (1280, 800), (1920, 1080)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_browser_judging_clip_caption_and_verdicts_stand_above_the_fold(
    browser: Browser, address: str, toy: Toy, width: int, height: int, scheme: str
) -> None:
    viewport = {"width": width, "height": height}
    with browser.new_context(viewport=viewport, color_scheme=scheme) as context:  # type: ignore[arg-type]
        page = context.new_page()
        sit_down(page, address, "Fold")
        clip_plays(page)
        bar = page.locator(".judging").bounding_box()
        stage = page.locator(".stage").bounding_box()
        caption = page.locator(".caption.framed").bounding_box()
        assert bar
        assert stage
        assert caption
        assert bar["y"] + bar["height"] <= height
        assert stage["y"] + stage["height"] <= bar["y"]
        assert caption["y"] + caption["height"] <= bar["y"]
        assert stage["x"] + stage["width"] <= caption["x"], "the caption stands beside the clip"
        assert stage["width"] >= 300
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0
