"""The player and the caption in a real browser, on a real clip, beside Streamlit's own widgets."""

import json
import urllib.request
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

APP = Path(__file__).parent / "apps" / "player_app.py"
FRAME = 1001 / 24000
"""Seconds a frame of the test clip."""
DURATION = 19.685

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def address(serve: Callable[..., str], test_data: Path) -> str:
    return serve(APP, environment={"DFEC_TEST_DATA": str(test_data)})


@pytest.fixture
def open_player(page: Page, address: str) -> Open:
    """Open the app of the tests with some query, and wait until its clip can be played."""

    def open_page(query: str = "", *, playable: bool = True) -> Page:
        page.goto(f"{address}/?{query}")
        page.locator(".clause").first.wait_for()
        page.get_by_text("runs: 1").wait_for()
        if playable:
            wait_for(page, "v.readyState >= 3")
        return page

    return open_page


PLAYER = "document.querySelector('.st-key-player [data-testid=stBidiComponentIsolated]')?.shadowRoot"
SHOWN = f"{PLAYER}?.querySelector('video:not([hidden])')"


def video(page: Page, expression: str) -> object:
    """Read something of the shown ``<video>``, called ``v``."""
    return page.evaluate(f"(() => {{ const v = {SHOWN}; return {expression}; }})()")


def wait_for(page: Page, expression: str) -> None:
    """Wait until there is a shown ``<video>``, called ``v``, and something holds of it."""
    page.wait_for_function(f"() => {{ const v = {SHOWN}; return v && {expression}; }}")


def wait_for_time(page: Page, seconds: float, *, tolerance: float = 0.05) -> None:
    """Wait until the picture of a time is shown; seeks in quick succession follow one another."""
    wait_for(page, f"!v.seeking && Math.abs(v.currentTime - {seconds}) < {tolerance}")


def time_of(page: Page) -> float:
    return float(str(video(page, "v.currentTime")))


def number(page: Page, name: str) -> int:
    text = page.get_by_text(f"{name}:").inner_text()
    return int(text.split(":")[1])


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def reports(address: str, viewing: str) -> list[dict[str, object]]:
    with urllib.request.urlopen(f"{address}/viewings/{viewing}") as answer:
        found: list[dict[str, object]] = json.load(answer)
    return found


# ---- transport


def test_browser_player_space_plays_and_pauses(open_player: Open) -> None:
    page = open_player()
    assert video(page, "v.paused && v.muted")
    press(page, "Space")
    wait_for(page, "v.currentTime > 0.3")
    press(page, "Space")
    wait_for(page, "v.paused")


def test_browser_player_steps_by_one_frame(open_player: Open) -> None:
    page = open_player()
    press(page, "5")
    wait_for(page, "!v.seeking && v.currentTime > 9")
    before = int(time_of(page) / FRAME)
    shown = page.locator(".frame-number")
    press(page, ".", ".", ".")
    expect(shown).to_have_text(f"frame {before + 3}")
    press(page, ",")
    expect(shown).to_have_text(f"frame {before + 2}")
    wait_for(page, f"!v.seeking && Math.floor(v.currentTime / {FRAME}) === {before + 2}")


@pytest.mark.parametrize("digit", [0, 3, 9])
def test_browser_player_digits_seek_to_tenths(open_player: Open, digit: int) -> None:
    page = open_player()
    press(page, str(digit))
    wait_for_time(page, DURATION * digit / 10)


def test_browser_player_arrows_go_a_second(open_player: Open) -> None:
    page = open_player()
    press(page, "5", "ArrowRight", "ArrowRight", "ArrowLeft")
    wait_for_time(page, DURATION / 2 + 1)


def test_browser_player_a_key_between_the_end_of_a_seek_and_its_event_is_not_undone(open_player: Open) -> None:
    """``seeking`` is over before ``seeked`` is told: what waited for it until then is older than this key's seek."""
    page = open_player()
    page.evaluate(
        f"""() => {{
            const press = (key) => document.dispatchEvent(new KeyboardEvent("keydown", {{ key, bubbles: true }}));
            // Asked before the player is: the moment between the two.
            {PLAYER}.addEventListener("seeked", () => press("ArrowRight"), {{ capture: true, once: true }});
            press("5");
            press("ArrowRight");
        }}"""
    )
    wait_for_time(page, DURATION / 2 + 2)


def test_browser_player_remembers_the_speed_but_not_mirror_and_sound(open_player: Open) -> None:
    page = open_player()
    press(page, "[", "[", "[", "x", "m")
    assert video(page, "v.playbackRate === 0.25 && !v.muted")
    expect(page.get_by_text("Mirrored")).to_be_visible()
    page.reload()
    wait_for(page, "v.readyState >= 3")
    assert video(page, "v.playbackRate === 0.25 && v.muted")
    expect(page.get_by_text("Mirrored")).to_have_count(0)


@pytest.mark.parametrize(("key", "times", "speed"), [("[", 9, 0.1), ("]", 9, 2)])
def test_browser_player_speed_stays_between_a_tenth_and_double(
    open_player: Open, key: str, times: int, speed: float
) -> None:
    page = open_player()
    press(page, *[key] * times)
    assert video(page, "v.playbackRate") == speed


def test_browser_player_zooms_and_back(open_player: Open) -> None:
    page = open_player()
    stage = page.locator(".stage")
    box = stage.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + box["height"] / 4)
    press(page, "z")
    zoomed = page.locator(".frame").bounding_box()
    assert zoomed is not None
    assert zoomed["width"] == pytest.approx(2 * box["width"], rel=0.01)
    # The point under the mouse stays where it is.
    assert box["x"] - zoomed["x"] == pytest.approx(box["width"] * 0.75, abs=3)
    press(page, "z")
    expect(page.get_by_text("2× zoom")).to_have_count(0)


def test_browser_player_a_click_on_a_clause_loops_it_and_stays_inside(open_player: Open) -> None:
    page = open_player()
    press(page, "]", "]", "]")
    page.locator(".clause").nth(3).click(position={"x": 200, "y": 60})
    wait_for(page, "!v.paused && v.currentTime > 10.5")
    # At double speed the quarter of the clip lasts 2.5 s: within 4 s it must have gone back at least once.
    times = page.evaluate(
        f"""() => new Promise((done) => {{
            const v = {SHOWN}, seen = [], start = performance.now();
            const look = () => {{
                if (!v.seeking) seen.push(v.currentTime);
                performance.now() - start < 4000 ? requestAnimationFrame(look) : done(seen);
            }};
            look();
        }})"""
    )
    assert min(times) >= DURATION * 0.5 - 0.01
    assert max(times) < DURATION * 0.75 + FRAME
    assert any(later < earlier for earlier, later in pairwise(times))
    expect(page.locator(".clause.looped")).to_have_count(1)
    press(page, "o")
    expect(page.locator(".clause.looped")).to_have_count(0)


def test_browser_player_o_loops_the_part_at_the_playhead(open_player: Open) -> None:
    page = open_player()
    press(page, "3", "o")
    expect(page.locator(".clause.looped .note")).to_have_text("progress · est. 5–10 s · looping")
    expect(page.locator(".band.looped")).to_contain_text("progress")
    press(page, "9")
    expect(page.locator(".band.looped")).to_have_count(0)


def test_browser_player_loops_between_a_and_b(open_player: Open) -> None:
    page = open_player()
    press(page, "2")
    wait_for_time(page, DURATION * 0.2)
    press(page, "<")
    expect(page.get_by_text("Loop starts at A")).to_be_visible()
    press(page, "3")
    wait_for_time(page, DURATION * 0.3)
    press(page, ">", "]", "]", "]", "Space")
    expect(page.get_by_text("Looping A–B")).to_be_visible()
    # At double speed a tenth of the clip lasts a second: it goes back within three.
    times = page.evaluate(
        f"""() => new Promise((done) => {{
            const v = {SHOWN}, seen = [], start = performance.now();
            const look = () => {{
                if (!v.seeking) seen.push(v.currentTime);
                performance.now() - start < 3000 ? requestAnimationFrame(look) : done(seen);
            }};
            look();
        }})"""
    )
    assert min(times) >= DURATION * 0.2 - 0.01
    assert max(times) < DURATION * 0.3 + FRAME
    assert any(later < earlier for earlier, later in pairwise(times))
    press(page, "q")
    expect(page.get_by_text("Looping A–B")).to_have_count(0)
    wait_for(page, f"v.currentTime > {DURATION * 0.35}")


def test_browser_player_b_alone_loops_from_the_beginning_and_an_a_behind_b_begins_anew(open_player: Open) -> None:
    page = open_player()
    press(page, "4")
    wait_for_time(page, DURATION * 0.4)
    press(page, ">")
    expect(page.get_by_text("Looping A–B")).to_be_visible()
    expect(page.locator(".loop-end:visible")).to_have_text(["A", "B"])
    press(page, "8")
    expect(page.locator(".loop-end:visible")).to_have_count(0)
    wait_for_time(page, DURATION * 0.8)
    press(page, "<", "6")
    wait_for_time(page, DURATION * 0.6)
    press(page, ">")
    expect(page.locator(".loop-end:visible")).to_have_text(["B"])


def test_browser_player_zooms_to_a_drawn_rectangle(open_player: Open) -> None:
    page = open_player()
    box = page.locator(".stage").bounding_box()
    assert box is not None
    # A quarter as wide, a fifth as high: the width fills the stage first.
    left, top = box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.4
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(left + box["width"] * 0.1, top + box["height"] * 0.1)
    page.mouse.move(left + box["width"] * 0.25, top + box["height"] * 0.2)
    expect(page.locator(".lasso")).to_be_visible()
    page.mouse.up()
    expect(page.locator(".lasso")).to_be_hidden()
    expect(page.get_by_text("4× zoom")).to_be_visible()
    zoomed = page.locator(".frame").bounding_box()
    assert zoomed is not None
    assert zoomed["width"] == pytest.approx(4 * box["width"], rel=0.01)
    # The middle of the rectangle is in the middle of the stage.
    assert box["x"] - zoomed["x"] + box["width"] / 2 == pytest.approx(4 * box["width"] * 0.625, abs=6)
    assert box["y"] - zoomed["y"] + box["height"] / 2 == pytest.approx(4 * box["height"] * 0.5, abs=6)
    assert video(page, "v.paused")
    press(page, "z")
    expect(page.get_by_text("4× zoom")).to_have_count(0)


def test_browser_player_events_are_marked_on_the_axis_and_listed_by_part(open_player: Open) -> None:
    page = open_player()
    expect(page.locator(".band .dots i")).to_have_count(14)
    first = page.locator(".happening").first
    expect(first).to_contain_text("beginning · est. 0–5 s")
    expect(first.locator(".event")).to_have_text(["Brow lower", "Lid droop", "Gaze, down", "Mouth close"])
    expect(page.get_by_text("places in the clip are estimated from its words")).to_be_visible()
    page.locator(".happening", has_text="end · est. 15–20 s").click()
    wait_for(page, "!v.paused && v.currentTime > 14.7")
    expect(page.locator(".band.looped")).to_contain_text("end")


def test_browser_player_dragging_on_the_time_axis_scrubs(open_player: Open) -> None:
    page = open_player()
    box = page.get_by_role("slider", name="Time").bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 20, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.4, y, steps=5)
    page.mouse.move(box["x"] + box["width"] * 0.6, y, steps=5)
    page.mouse.up()
    wait_for_time(page, DURATION * 0.6, tolerance=0.15)


def test_browser_player_a_caption_elsewhere_on_the_page_drives_the_player(open_player: Open) -> None:
    page = open_player("layout=columns")
    page.get_by_role("button", name="end · est. 15–20 s", exact=True).click()
    wait_for(page, "!v.paused && v.currentTime > 14.7")
    expect(page.locator(".clause.looped .clause-text")).to_contain_text("Towards the end")


# ---- one owner of the keys


def test_browser_player_space_after_a_clicked_verdict_plays_and_judges_once(open_player: Open) -> None:
    page = open_player()
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("verdicts: 1")).to_be_visible()
    press(page, "Space")
    wait_for(page, "!v.paused && v.currentTime > 0.2")
    assert number(page, "verdicts") == 1


def test_browser_player_space_is_swallowed_while_a_button_has_the_focus(open_player: Open) -> None:
    page = open_player()
    page.get_by_role("button", name="Reject").focus()
    press(page, "Space")
    wait_for(page, "!v.paused && v.currentTime > 0.2")
    assert number(page, "verdicts") == 0


def test_browser_player_lets_verdict_keys_pass(open_player: Open) -> None:
    page = open_player()
    press(page, "Space", "a")
    expect(page.get_by_text("verdicts: 1")).to_be_visible()
    press(page, "d")
    expect(page.get_by_text("verdicts: 2")).to_be_visible()
    wait_for(page, "!v.paused")


def test_browser_player_a_held_verdict_key_judges_once(open_player: Open) -> None:
    page = open_player()
    for _ in range(5):
        page.keyboard.down("a")
    page.keyboard.up("a")
    expect(page.get_by_text("verdicts: 1")).to_be_visible()
    press(page, "d")
    expect(page.get_by_text("verdicts: 2")).to_be_visible()


def test_browser_player_leaves_text_fields_alone(open_player: Open) -> None:
    page = open_player()
    note = page.get_by_label("Note")
    note.click()
    page.keyboard.type("a 5 xmoz.,[]?")
    expect(note).to_have_value("a 5 xmoz.,[]?")
    assert video(page, "v.paused && v.currentTime === 0 && v.muted")
    assert number(page, "verdicts") == 0


@pytest.mark.parametrize("choose", ["radio", "select"])
def test_browser_player_keys_live_on_after_a_choice_by_mouse(open_player: Open, choose: str) -> None:
    page = open_player()
    # A list of choices closes when the page scrolls under it.
    page.set_viewport_size({"width": 1280, "height": 1300})
    if choose == "radio":
        page.get_by_text("blind").click()
    else:
        page.get_by_label("Queue").click()
        page.get_by_role("option", name="mine").click()
    expect(page.get_by_text("runs: 2")).to_be_visible()
    press(page, "a")
    expect(page.get_by_text("verdicts: 1")).to_be_visible()
    press(page, "Space")
    wait_for(page, "!v.paused")


def test_browser_player_a_radio_can_be_used_by_keyboard(open_player: Open) -> None:
    page = open_player()
    page.get_by_label("Note").click()
    press(page, "Tab", "ArrowRight")
    expect(page.get_by_role("radio", name="blind")).to_be_checked()
    assert time_of(page) == 0


def test_browser_player_leaves_combined_keys_alone(open_player: Open) -> None:
    page = open_player()
    press(page, "Control+5", "Alt+z")
    assert time_of(page) == 0
    expect(page.get_by_text("2× zoom")).to_have_count(0)


def test_browser_player_help_lists_keys_and_holds_others_back(open_player: Open) -> None:
    page = open_player()
    press(page, "?")
    card = page.get_by_role("dialog", name="Keys")
    expect(card).to_contain_text("one frame back, on")
    expect(card).to_contain_text("reject")
    press(page, "a", "Space", "5")
    press(page, "?")
    expect(card).to_be_hidden()
    press(page, "?", "Escape")
    expect(card).to_be_hidden()
    assert video(page, "v.paused && v.currentTime === 0")
    assert number(page, "verdicts") == 0


# ---- reruns and the next clip


def test_browser_player_keeps_its_place_and_video_across_reruns(open_player: Open) -> None:
    page = open_player()
    page.evaluate(f"window.kept = {SHOWN}")
    press(page, "5", "[", "x", "o")
    wait_for(page, "!v.seeking && v.currentTime > 9")
    before = time_of(page)
    page.get_by_label("Note").fill("something")
    press(page, "Tab")
    # Each run signs another address of the same clip.
    expect(page.get_by_text("runs: 2")).to_be_visible()
    page.get_by_role("button", name="Fix").click()
    expect(page.get_by_text("runs: 3")).to_be_visible()
    assert page.evaluate(f"window.kept === {SHOWN}")
    assert time_of(page) == before
    assert video(page, "v.playbackRate") == 0.75
    expect(page.get_by_text("Mirrored")).to_be_visible()
    expect(page.get_by_text("Looping middle")).to_be_visible()


def test_browser_player_plays_alone_without_reruns(open_player: Open) -> None:
    page = open_player()
    press(page, "]", "]", "]", "Space", "x", "x", "3", "o")
    wait_for(page, "v.currentTime > 8")
    assert number(page, "runs") == 1


def test_browser_player_next_clip_was_loaded_ahead_and_plays_at_once(open_player: Open) -> None:
    page = open_player("advance=1&autoplay=1")
    expect(page.get_by_text("next clip ready")).to_be_visible()
    press(page, "x", "7")
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    press(page, "a")
    wait_for(page, "v.src.includes('second') && !v.paused && v.currentTime > 0.1 && v.currentTime < 5")
    expect(page.get_by_text("Mirrored")).to_have_count(0)
    assert not [url for url in requested if "/clips/second" in url and "run=" in url]


GO_AHEAD = "globalThis[Symbol.for('dfec.players')].players.get('player').goAhead()"


def test_browser_player_goes_ahead_before_the_page_has_answered(open_player: Open, address: str) -> None:
    page = open_player("advance=1&autoplay=1&viewing=ahead")
    expect(page.get_by_text("next clip ready")).to_be_visible()
    press(page, "x")
    page.evaluate(GO_AHEAD)
    wait_for(page, "v.src.includes('second') && v.currentTime > 0.1")
    expect(page.get_by_text("Mirrored")).to_have_count(0)
    # The parts of the caption before are not those of this clip.
    expect(page.locator(".band").first).to_be_hidden()
    page.evaluate(f"window.kept = {SHOWN}")
    press(page, "a")
    expect(page.get_by_text("verdicts: 1")).to_be_visible()
    expect(page.locator(".band").first).to_be_visible()
    # It plays on; it is not begun anew.
    assert page.evaluate(f"window.kept === {SHOWN}")
    assert [report["clip"] for report in reports(address, "ahead")].count("first") >= 1
    assert reports(address, "ahead")[-1]["clip"] == "second"


def test_browser_player_that_went_ahead_in_vain_comes_back_to_the_same_place(open_player: Open) -> None:
    page = open_player()
    expect(page.get_by_text("next clip ready")).to_be_visible()
    press(page, "5", "x", "o")
    wait_for_time(page, DURATION / 2)
    page.evaluate(GO_AHEAD)
    wait_for(page, "v.src.includes('second')")
    # This verdict leads nowhere: the page stays with the clip.
    press(page, "a")
    expect(page.get_by_text("verdicts: 1")).to_be_visible()
    wait_for(page, f"v.src.includes('first') && Math.abs(v.currentTime - {DURATION / 2}) < 0.05")
    expect(page.get_by_text("Mirrored")).to_be_visible()
    expect(page.get_by_text("Looping middle")).to_be_visible()
    expect(page.locator(".band").first).to_be_visible()
    expect(page.get_by_text("next clip ready")).to_be_visible()


def test_browser_player_without_a_next_clip_stays_where_it_is(open_player: Open) -> None:
    page = open_player("clip=second")
    page.evaluate(GO_AHEAD)
    assert video(page, "v.src.includes('second') && v.currentTime === 0")


def test_browser_player_lets_go_of_clips_that_are_over(open_player: Open) -> None:
    page = open_player("advance=1&autoplay=1")
    expect(page.get_by_text("next clip ready")).to_be_visible()
    press(page, "a")
    wait_for(page, "v.src.includes('second') && v.currentTime > 0.1")
    hidden = f"{PLAYER}.querySelector('video[hidden]')"
    page.wait_for_function(f"() => !{hidden}.hasAttribute('src') && {hidden}.readyState === 0")
    assert page.evaluate(f"{PLAYER}.querySelectorAll('video').length") == 2


def test_browser_player_does_not_start_by_itself_for_those_who_want_less_motion(browser: Browser, address: str) -> None:
    with browser.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(f"{address}/?autoplay=1")
        wait_for_clip = f"() => {SHOWN} && {SHOWN}.readyState >= 3"
        page.locator(".clause").first.wait_for()
        page.wait_for_function(wait_for_clip)
        assert video(page, "v.paused")


# ---- what is reported


def test_browser_player_reports_what_was_watched_with_the_verdict(open_player: Open, address: str) -> None:
    page = open_player("viewing=watched")
    press(page, "]", "]", "]", "Space")
    wait_for(page, "v.currentTime > 2")
    press(page, "Space")
    wait_for(page, "v.paused")
    watched = time_of(page) / DURATION
    press(page, "5", "x")
    with page.expect_response("**/viewings/watched"):
        page.get_by_role("button", name="Unsure").click()
    last = reports(address, "watched")[-1]
    assert last["clip"] == "first"
    assert last["mirrored"] is True
    assert last["watched"] == pytest.approx(watched, abs=0.01)
    assert float(str(last["seconds"])) > 1


def test_browser_player_counts_nothing_twice(open_player: Open) -> None:
    page = open_player()
    press(page, "]", "]", "]", "Space")
    wait_for(page, "v.currentTime > 2")
    press(page, "0")
    wait_for(page, "v.currentTime > 1 && v.currentTime < 2")
    press(page, "Space")
    shown = page.locator(".status").inner_text()
    assert 10 <= int(shown.split("watched ")[1].split(" %")[0]) <= 13


# ---- the caption


def spans(page: Page) -> Locator:
    return page.locator("mark")


def test_browser_player_caption_shows_markup_as_text(open_player: Open) -> None:
    page = open_player("caption=markup&layout=caption", playable=False)
    expect(page.locator(".clause-text")).to_have_text(
        "\U0001f600 She <b>smiles</b> & <script>window.hacked = 1</script> looks up. <img src=x onerror=hacked=1>"
    )
    expect(spans(page)).to_have_text(["<b>smiles</b>"])
    spans(page).first.focus()
    expect(page.get_by_role("tooltip")).to_contain_text("<i>rule</i>")
    assert page.evaluate("window.hacked") is None


def test_browser_player_overlapping_events_are_both_marked(open_player: Open) -> None:
    page = open_player("layout=caption", playable=False)
    both = spans(page).filter(has_text="revealing her upper teeth")
    lines = both.evaluate("mark => getComputedStyle(mark).backgroundImage.split('linear-gradient').length - 1")
    assert lines == 2
    assert spans(page).filter(has_text="smiles,").count() == 1
    both.hover()
    tip = page.get_by_role("tooltip")
    expect(tip).to_contain_text("Lip corner pull")
    expect(tip).to_contain_text("Teeth show")
    expect(tip).to_contain_text("AU12 related AU, from the text, not FACS-coded")


def test_browser_player_tooltip_comes_with_the_focus_and_goes_with_escape(open_player: Open) -> None:
    page = open_player("layout=caption", playable=False)
    spans(page).filter(has_text="looks downward").focus()
    tip = page.get_by_role("tooltip")
    expect(tip).to_contain_text("AU64")
    expect(tip).to_contain_text("Directiondown")
    press(page, "Escape")
    expect(tip).to_be_hidden()


def test_browser_player_caption_without_a_duration_estimates_in_per_cent(open_player: Open) -> None:
    page = open_player("layout=caption", playable=False)
    expect(page.locator(".note")).to_have_text(
        [
            "appearance",
            "beginning · est. 0–25 %",
            "progress · est. 25–50 %",
            "middle · est. 50–75 %",
            "end · est. 75–100 %",
        ]
    )
    expect(page.locator(".legend li")).to_have_text(["Brow", "Eye", "Gaze", "Mouth, jaw", "Head"])


# ---- no picture


def test_browser_player_missing_clip_says_why_and_can_be_judged(open_player: Open) -> None:
    page = open_player("clip=missing", playable=False)
    notice = page.get_by_role("status").filter(has_text="This clip was not found")
    expect(notice).to_contain_text("No file of this name lies under the folder of MAFW.")
    expect(notice).to_contain_text("clips/MAFW/09068.mp4")
    press(page, "Space", "a")
    expect(page.get_by_text("verdicts: 1")).to_be_visible()
    spans(page).first.focus()
    expect(page.get_by_role("tooltip")).to_contain_text("Brow lower")


def test_browser_player_refused_codec_is_named_and_the_filmstrip_stays(open_player: Open) -> None:
    page = open_player("clip=hevc", playable=False)
    if page.evaluate("document.createElement('video').canPlayType('video/mp4; codecs=\"hvc1.1.6.L93.B0\"')"):
        pytest.skip("This browser plays HEVC.")
    expect(page.get_by_text("This browser cannot play HEVC (H.265) in MOV")).to_be_visible()
    expect(page.locator("img.strip")).to_be_visible()
    page.wait_for_function(f"{PLAYER}.querySelector('img.strip').naturalWidth > 0")


def test_browser_player_clip_that_the_server_refuses_is_told_apart(open_player: Open, page: Page) -> None:
    page.route("**/clips/first*", lambda route: route.fulfill(status=403, body="no"))
    open_player(playable=False)
    expect(page.get_by_text("This link to the clip is no longer valid. Reload the page (answer 403).")).to_be_visible()
