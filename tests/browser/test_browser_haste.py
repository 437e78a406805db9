"""Keys that come faster than the page: what is meant for what the reviewer sees is done, in order, and once."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Route, WebSocketRoute, expect
from reviewing import Toy, clip_plays, idle, is_shown, make_toy, press, served, sit_down, verdict


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Toy:
    return make_toy(tmp_path_factory.mktemp("haste"), 4)


@pytest.fixture(scope="module")
def address(toy: Toy) -> Iterator[str]:
    with served(toy) as running:
        yield running


def test_browser_haste_a_held_key_and_a_second_key_are_one_verdict(page: Page, toy: Toy, address: str) -> None:
    sit_down(page, address, "Haste")
    for _ in range(5):
        page.keyboard.down("a")
    page.keyboard.up("a")
    # Meant for a sample that nobody has seen yet: not taken.
    press(page, "d", "d")
    is_shown(page, toy.ids[1])
    idle(page)
    page.wait_for_timeout(500)
    assert [(row.key.id, str(row.verdict)) for row in toy.standing("Haste")] == [(toy.ids[0], "accept")]


def test_browser_haste_a_name_given_before_the_player_is_there_gives_it_the_keys(
    page: Page, toy: Toy, address: str
) -> None:
    """The field of the name is drawn at once; the player's script may still be on its way when Enter is pressed."""
    held: list[Route] = []
    page.route(re.compile("/components/.*player"), lambda route: held.append(route))
    page.goto(f"{address}/review?queue=all")
    box = page.get_by_role("textbox", name="Reviewer")
    box.fill("Early")
    box.press("Enter")
    expect(verdict(page, "Accept")).to_be_enabled()
    expect(box).to_be_focused()
    assert held
    for route in held:
        route.continue_()
    expect(box).not_to_be_focused()
    clip_plays(page)
    page.keyboard.press("a")
    is_shown(page, toy.ids[1])
    assert [review.verdict for review in toy.standing("Early")] == ["accept"]
    expect(box).to_have_value("Early")


def test_browser_haste_an_undo_takes_back_the_verdict_that_is_on_its_way(page: Page, toy: Toy, address: str) -> None:
    sit_down(page, address, "Slip")
    press(page, "d", "b")
    expect(page.locator(".judging .redo")).to_be_enabled()
    is_shown(page, toy.ids[0])
    assert toy.standing("Slip") == []


def test_browser_haste_a_verdict_on_a_caption_that_is_on_the_screen_is_taken(
    page: Page, toy: Toy, address: str
) -> None:
    # The page comes piece by piece: here all that follows the second caption is held back until a key was pressed.
    held: list[str | bytes] = []
    release: list[Callable[[], None]] = []

    def slow(browser_side: WebSocketRoute) -> None:
        server_side = browser_side.connect_to_server()
        is_held = False

        def pass_on(message: str | bytes) -> None:
            nonlocal is_held
            if is_held:
                held.append(message)
                return
            browser_side.send(message)
            is_held = bool(waiting) and isinstance(message, bytes) and waiting[0] in message

        def let_go() -> None:
            nonlocal is_held
            is_held = False
            waiting.clear()
            for message in held:
                browser_side.send(message)

        server_side.on_message(pass_on)
        release.append(let_go)

    waiting: list[bytes] = []
    page.route_web_socket(re.compile("_stcore/stream"), slow)
    sit_down(page, address, "Seen")
    waiting.append(toy.captions[toy.ids[1]][-30:].encode())
    press(page, "a")
    is_shown(page, toy.ids[1])
    assert held
    press(page, "d")
    release[-1]()
    is_shown(page, toy.ids[2])
    idle(page)
    found = [(row.key.id, str(row.verdict)) for row in toy.standing("Seen")]
    assert found == [(toy.ids[0], "accept"), (toy.ids[1], "reject")]


def test_browser_haste_moves_are_all_made(page: Page, toy: Toy, address: str) -> None:
    sit_down(page, address, "Moves")
    press(page, "n", "n")
    is_shown(page, toy.ids[2])
