"""Logins with a real OpenID Connect provider on loopback: who is signed in is the reviewer, and nobody else sees."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from oidc_provider import CLIENT, running_provider
from playwright.sync_api import Browser, Page, expect
from running_servers import ROOT, running_server

SAVED = re.compile(r"Saved \d\d:\d\d")
SECRETS = """[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "a text that only this test knows"
client_id = "{client}"
client_secret = "not used by this provider"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
"""


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The state folder of the server with logins."""
    return tmp_path_factory.mktemp("login-state")


@pytest.fixture(scope="module")
def app(state: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo behind a login."""
    folder = tmp_path_factory.mktemp("login")
    with running_provider() as provider:
        secrets = folder / "secrets.toml"
        secrets.write_text(SECRETS.format(client=CLIENT, issuer=provider.issuer), encoding="utf-8")
        environment = {"DFEC_STATE": str(state), "STREAMLIT_SECRETS_FILES": str(secrets)}
        with running_server(ROOT / "app.py", environment, cwd=ROOT, log=folder / "log.txt") as address:
            yield address


def sign_in(page: Page, app: str, user: str) -> None:
    page.goto(app)
    page.get_by_role("button", name="Sign in").click()
    page.locator(f"#{user}").click()
    expect(page.get_by_text("Signed in as")).to_be_visible()


def reviewers(state: Path) -> list[str]:
    """The reviewers of all verdicts in the store, as the export has them."""
    database = f"sqlite:///{(state / 'demo' / 'reviews.sqlite').as_posix()}"
    command = [sys.executable, "-m", "dfec_explore", "reviews", "export", "--database", database]
    lines = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.splitlines()
    return [json.loads(line)["reviewer"] for line in lines]


@pytest.mark.parametrize("path", ["", "review", "browse?source=DFEW", "data"])
def test_nothing_is_shown_before_a_login(page: Page, app: str, path: str) -> None:
    page.goto(f"{app}/{path}")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.locator("[data-testid=stSidebarNav], .plotly, video, img[src*='/pictures/']")).to_have_count(0)


def test_the_signed_in_user_is_the_reviewer_and_cannot_be_another(page: Page, app: str, state: Path) -> None:
    sign_in(page, app, "ada")
    page.goto(f"{app}/review?queue=all")
    accept = page.get_by_role("button", name="Accept")
    expect(accept).to_be_enabled()
    expect(page.get_by_placeholder("Your name")).to_have_count(0)
    accept.click()
    expect(page.get_by_text(SAVED)).to_be_visible(timeout=30_000)
    assert reviewers(state)[-1] == "ada@example.org"


def test_an_address_that_is_not_verified_does_not_make_somebody_else_of_a_user(
    page: Page, app: str, state: Path
) -> None:
    sign_in(page, app, "ben")
    expect(page.get_by_text("Signed in as Ben <b>")).to_be_visible()
    page.goto(f"{app}/review?queue=all")
    accept = page.get_by_role("button", name="Accept")
    expect(accept).to_be_enabled()
    accept.click()
    expect(page.get_by_text(SAVED)).to_be_visible(timeout=30_000)
    assert reviewers(state)[-1] == "u-2"


def test_a_clip_is_served_to_the_session_that_signed_in_and_after_signing_out_to_nobody(
    browser: Browser, app: str
) -> None:
    with browser.new_context() as ada, browser.new_context() as ben:
        for context, user in ((ada, "ada"), (ben, "ben")):
            sign_in(context.new_page(), app, user)
        page = ada.pages[0]
        page.goto(f"{app}/browse")
        picture = page.locator("img[src*='/pictures/']").first
        picture.wait_for(timeout=60_000)
        address = str(picture.evaluate("image => image.src"))
        assert ada.request.get(address).status == 200
        assert ben.request.get(address).status == 403
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()
        assert ada.request.get(address).status == 403
