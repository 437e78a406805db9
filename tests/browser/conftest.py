"""A real server, a real browser."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from ensure_chromium import system_chromium
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright
from running_servers import ROOT, WAIT, running_server

BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

expect.set_options(timeout=WAIT)

Serve = Callable[..., str]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium: the system's if there is one (it has the usual codecs), else Playwright's own.

    Without one the tests are skipped, or fail where ``DFEC_TEST_BROWSER`` is ``required``.
    """
    give_up = pytest.fail if os.environ.get("DFEC_TEST_BROWSER") == "required" else pytest.skip
    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(executable_path=system_chromium(), args=BROWSER_ARGUMENTS)
        except Error as error:
            give_up(f"No Chromium starts here: {error.message.splitlines()[0]}")
        with chromium:
            yield chromium


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a browser profile of its own, 1280 by 900."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.set_default_timeout(WAIT)
        yield context.new_page()


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Start ``streamlit run`` on an app file, by default once for a session, and return its address.

    Call it as ``serve(app, environment={...}, cwd=folder)``.
    """
    running: dict[tuple[object, ...], str] = {}
    with ExitStack() as stack:

        def start(app: Path, *, environment: dict[str, str] | None = None, cwd: Path = ROOT) -> str:
            key = (app, tuple(sorted((environment or {}).items())), cwd)
            if key not in running:
                log = tmp_path_factory.mktemp("server") / "log.txt"
                running[key] = stack.enter_context(running_server(app, environment or {}, cwd=cwd, log=log))
            return running[key]

        yield start
