"""Clips that browsers do not play, in the whole app: prepared in the background, they play by themselves."""

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg
import pytest
from playwright.sync_api import Page, Route, expect
from running_servers import ROOT, WAIT

PLAYER = "document.querySelector('.st-key-widget-player [data-testid=stBidiComponentIsolated]')?.shadowRoot"
SHOWN = f"{PLAYER}?.querySelector('video:not([hidden])')"
CAPTION = "The video shows a woman. At the beginning, she smiles. Towards the end, her mouth opens slightly."

Open = Callable[..., Page]


def encode(path: Path, *options: str, seconds: int = 4, size: str = "640x360") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = f"testsrc=size={size}:rate=25:duration={seconds}"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-f", "lavfi", "-i", picture, *options, str(path)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path


@dataclass(frozen=True)
class Clips:
    """A folder with clips, and the place of their copies."""

    folder: Path

    def copies(self) -> int:
        """How many copies are finished."""
        return len(list((self.folder / "state" / "cache" / "transcoded").glob("*/*.mp4")))


@pytest.fixture(scope="module")
def old_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return encode(tmp_path_factory.mktemp("made") / "old.avi", "-c:v", "mpeg4", "-q:v", "2")


@pytest.fixture
def clips(tmp_path: Path) -> Clips:
    return Clips(tmp_path)


@pytest.fixture
def open_review(page: Page, clips: Clips, serve: Callable[..., str]) -> Open:
    """Open Review on samples of MAFW, one for each clip that was put there under 1.mp4, 2.mp4, ..."""

    def start(*videos: str) -> Page:
        records = [
            {"id": str(number), "video": video, "caption": CAPTION} for number, video in enumerate(videos, start=1)
        ]
        (clips.folder / "test.json").write_text(json.dumps(records), encoding="utf-8")
        environment = {
            "DFEC_ANNOTATIONS": str(clips.folder / "test.json"),
            "DFEC_CLIPS": str(clips.folder / "clips"),
            "DFEC_STATE": str(clips.folder / "state"),
            "DFEC_REVIEWER": "Ada",
        }
        page.goto(f"{serve(ROOT / 'app.py', environment=environment)}/review?queue=all")
        page.locator(".clause").first.wait_for(timeout=WAIT)
        return page

    return start


def mafw(clips: Clips, number: int) -> tuple[str, Path]:
    """The path of a sample's clip in the annotation file, and on disk."""
    video = f"MAFW/videos/{number:05d}.mp4"
    path = clips.folder / "clips" / video
    path.parent.mkdir(parents=True, exist_ok=True)
    return video, path


def plays(page: Page, *, beyond: float = 0.2) -> None:
    page.wait_for_function(f"() => {{ const v = {SHOWN}; return v && v.currentTime > {beyond}; }}", timeout=WAIT)


def test_transcoding_a_clip_is_prepared_and_plays_by_itself(open_review: Open, clips: Clips) -> None:
    video, path = mafw(clips, 1)
    encode(path, "-f", "avi", "-c:v", "mpeg4", "-q:v", "2", seconds=30, size="1280x720")
    page = open_review(video)
    expect(page.get_by_text("Being prepared")).to_be_visible()
    # What is ready is there meanwhile.
    expect(page.get_by_text("Browsers do not play MPEG-4 part 2 in AVI")).to_be_visible()
    expect(page.locator(".clause").nth(1)).to_contain_text("she smiles")
    page.wait_for_function(f"() => {PLAYER}.querySelector('img.strip').naturalWidth > 0", timeout=WAIT)
    page.wait_for_function(f"() => {PLAYER}.querySelector('.notice progress').value > 0", timeout=WAIT)
    plays(page)
    expect(page.get_by_text("Being prepared")).to_be_hidden()
    assert page.evaluate(f"{SHOWN}.videoWidth") == 1280
    assert clips.copies() == 1


def test_transcoding_a_caption_can_be_judged_while_its_clip_is_prepared(open_review: Open, clips: Clips) -> None:
    (first, path), (second, other) = mafw(clips, 1), mafw(clips, 2)
    encode(path, "-f", "avi", "-c:v", "mpeg4", "-q:v", "2", seconds=40, size="1280x720")
    encode(other, "-pix_fmt", "yuv420p")
    page = open_review(first, second)
    expect(page.get_by_text("Being prepared")).to_be_visible()
    expect(page.locator(".judging").get_by_role("button", name="Accept")).to_be_enabled()
    page.keyboard.press("a")
    expect(page.get_by_text("2 of 2")).to_be_visible()
    plays(page)
    assert page.evaluate(f"{SHOWN}.videoWidth") == 640


def test_transcoding_the_clips_that_come_next_are_prepared_ahead(
    open_review: Open, clips: Clips, old_clip: Path
) -> None:
    videos = []
    for number in range(1, 7):
        video, path = mafw(clips, number)
        videos.append(video)
        # Files of their own: copies go by the file.
        path.write_bytes(old_clip.read_bytes() + bytes(number))
    page = open_review(*videos)
    plays(page)
    for _ in range(600):
        if clips.copies() >= 4:
            break
        page.wait_for_timeout(100)
    # The clip in view and three more.
    assert clips.copies() == 4
    expect(page.get_by_text("next clip ready")).to_be_visible()
    before = page.evaluate(f"{SHOWN}.currentSrc")
    page.keyboard.press("n")
    page.wait_for_function(f"(before) => {SHOWN}.currentSrc !== before && {SHOWN}.currentTime > 0.1", arg=before)
    expect(page.get_by_text("Being prepared")).to_be_hidden()


def test_transcoding_that_fails_says_why_and_can_be_tried_again(open_review: Open, clips: Clips) -> None:
    video, path = mafw(clips, 1)
    # The header promises eight seconds; the file ends after one.
    whole = encode(path, "-f", "mp4", "-c:v", "mpeg4", "-movflags", "+faststart", seconds=8).read_bytes()
    path.write_bytes(whole[: len(whole) // 6])
    page = open_review(video)
    expect(page.get_by_text("This clip could not be prepared")).to_be_visible()
    expect(page.get_by_text("its data are damaged")).to_be_visible()
    path.write_bytes(whole)
    page.get_by_role("button", name="Try again").click()
    plays(page)


def test_transcoding_a_browser_that_fails_on_a_clip_gets_a_copy_once_and_says_so(
    open_review: Open, clips: Clips, page: Page
) -> None:
    video, path = mafw(clips, 1)
    encode(path, "-pix_fmt", "yuv420p")
    refused: list[str] = []

    def garble(route: Route) -> None:
        # Whatever comes first is the clip itself.
        refused.append(route.request.url) if not refused else None
        if route.request.url == refused[0]:
            route.fulfill(status=200, content_type="video/mp4", body=b"no video")
        else:
            route.continue_()

    page.route("**/clips/*", garble)
    open_review(video)
    plays(page)
    expect(page.get_by_text("Copy: this browser does not play the original")).to_be_visible()
    assert clips.copies() == 1


def test_transcoding_a_folder_of_frames_plays_at_a_rate_that_is_said(open_review: Open, clips: Clips) -> None:
    frames = clips.folder / "clips" / "AFEW-VA" / "007"
    encode(frames / "%05d.png", seconds=2, size="320x180")
    page = open_review("AFEW-VA/videos/007.mp4")
    plays(page)
    expect(page.get_by_text("Single frames, shown at 25 a second: their timing is not known")).to_be_visible()
    assert page.evaluate(f"{SHOWN}.duration") == pytest.approx(2, abs=0.05)
    page.keyboard.press(" ")  # Paused: from the key to the step it would play on.
    page.wait_for_function(f"() => {SHOWN}.paused")
    page.keyboard.press("5")
    page.keyboard.press(".")
    expect(page.locator(".frame-number")).to_have_text("frame 26")


@pytest.mark.data
def test_transcoding_plays_hevc_of_a_phone(open_review: Open, clips: Clips, test_data: Path) -> None:
    video, path = mafw(clips, 1)
    shutil.copyfile(test_data / "clips" / "face_hevc.mov", path)
    page = open_review(video)
    plays(page, beyond=0.5)
    assert page.evaluate(f"[{SHOWN}.videoWidth, {SHOWN}.videoHeight]") == [960, 540]
