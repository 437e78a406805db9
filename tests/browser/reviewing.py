"""A small dataset with clips, a server for it, and what a reviewer does in its Review."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from running_servers import ROOT, WAIT, running_server

from dfec_explore.demo import demo_samples, draw_clip
from dfec_explore.model import Review
from dfec_explore.reviews import open_store

SAVED = re.compile(r"Saved \d\d:\d\d:\d\d")
DRAWN = 2
"""Clips that are drawn; the others are copies of them."""
VIDEO = (
    "document.querySelector('.st-key-widget-player [data-testid=stBidiComponentIsolated]')"
    "?.shadowRoot?.querySelector('video:not([hidden])')"
)


@dataclass
class Toy:
    """A dataset of demo captions in a folder of its own."""

    folder: Path
    ids: list[str]
    captions: dict[str, str]

    def rows(self) -> list[Review]:
        """Every stored row, in order."""
        store = open_store(f"sqlite:///{self.folder}/state/reviews.sqlite")
        try:
            return list(store.reviews())
        finally:
            store.close()

    def standing(self, reviewer: str) -> list[Review]:
        """A reviewer's verdicts that were not taken back, in order."""
        store = open_store(f"sqlite:///{self.folder}/state/reviews.sqlite")
        try:
            found = store.history("Toy", reviewer, 1000)
            return [entry.review for entry in reversed(found) if entry.counts and entry.review.verdict]
        finally:
            store.close()


def make_toy(folder: Path, count: int) -> Toy:
    """Write ``count`` captions and a clip for each."""
    samples = demo_samples()[:count]
    records = [{"id": s.annotation.id, "video": s.annotation.video, "caption": s.annotation.caption} for s in samples]
    (folder / "test.json").write_text(json.dumps(records), encoding="utf-8")
    drawn: list[Path] = []
    for number, sample in enumerate(samples):
        path = folder / "clips" / sample.annotation.video
        path.parent.mkdir(parents=True, exist_ok=True)
        if number < DRAWN:
            draw_clip(sample, path)
            drawn.append(path)
        else:
            shutil.copy(drawn[number % DRAWN], path)
    (folder / "dfec.toml").write_text(
        'state_folder = "state"\n[[dataset]]\nname = "Toy"\nparts = [{name = "test", file = "test.json"}]\n'
        '[clips]\nparent = "clips"\n',
        encoding="utf-8",
    )
    return Toy(folder, [record["id"] for record in records], {r["id"]: r["caption"] for r in records})


@contextmanager
def served(toy: Toy, *, port: int | None = None) -> Iterator[str]:
    """Run the app on a toy dataset; yields its address."""
    environment = {"DFEC_CONFIG": str(toy.folder / "dfec.toml")}
    with running_server(ROOT / "app.py", environment, cwd=ROOT, log=toy.folder / "log.txt", port=port) as address:
        yield address


def sit_down(page: Page, address: str, name: str, query: str = "queue=all") -> None:
    """Open Review and give a name."""
    page.goto(f"{address}/review?{query}")
    expect(page.get_by_text("Caption ·", exact=False).first).to_be_attached()
    box = page.get_by_role("textbox", name="Reviewer")
    box.fill(name)
    box.press("Enter")
    expect(verdict(page, "Accept")).to_be_enabled()
    expect(box).not_to_be_focused()
    idle(page)


def verdict(page: Page, title: str) -> Locator:
    """A button of the bar of verdicts."""
    return page.locator(".judging").get_by_role("button", name=title)


def idle(page: Page) -> None:
    """Wait until the page is drawn whole."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def is_shown(page: Page, id_: str) -> None:
    """Wait until a sample is the one that is judged."""
    expect(page.locator(".st-key-review-facts").get_by_text(f"test / {id_} ·", exact=False)).to_be_visible()
    page.wait_for_function(f"() => globalThis[Symbol.for('dfec.drafts')]?.name?.includes('\"{id_}\"')", timeout=WAIT)


def press(page: Page, *keys: str) -> None:
    """Press keys, one after the other."""
    for key in keys:
        page.keyboard.press(key)


def note(page: Page, words: str) -> None:
    """Write a note by keyboard alone."""
    page.keyboard.press("t")
    expect(page.get_by_role("textbox", name="Note")).to_be_focused()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Note")).not_to_be_focused()


def clip_plays(page: Page) -> None:
    """Wait until the clip runs."""
    page.wait_for_function(f"() => {{ const v = {VIDEO}; return v && v.currentTime > 0.05; }}", timeout=WAIT)
