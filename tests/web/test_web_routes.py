"""Routes of clips and their copies: what a signed link gives, and what nobody gets without one."""

import json
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import imageio_ffmpeg
import pytest
from asking import Client
from PIL import Image
from starlette.applications import Starlette

from dfec_explore.clips import ClipReference
from dfec_explore.settings import load_settings
from dfec_explore.web import media
from dfec_explore.web.routes import routes
from dfec_explore.web.services import Services, close_services, services

pytestmark = pytest.mark.video

Link = Callable[..., str]
OLD, NEW, FRAMES, BAD = (
    "MAFW/videos/00001.mp4",
    "MAFW/videos/00002.mp4",
    "AFEW-VA/videos/001.mp4",
    "MAFW/videos/00003.mp4",
)


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """MPEG-4 part 2 in AVI under the name of an MP4, H.264, a folder of frames, and no video at all."""
    folder = tmp_path_factory.mktemp("clips")
    (folder / "MAFW" / "videos").mkdir(parents=True)
    for video, codec, kind in ((OLD, "mpeg4", "avi"), (NEW, "libx264", "mp4")):
        made = ["-f", "lavfi", "-i", "testsrc=duration=1", "-pix_fmt", "yuv420p", "-c:v", codec, "-f", kind]
        command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *made, str(folder / video)]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    (folder / BAD).write_text("no video")
    frames = folder / "AFEW-VA" / "001"
    frames.mkdir(parents=True)
    for number in range(3):
        Image.new("RGB", (32, 32)).save(frames / f"{number:05d}.png")
    return folder


@pytest.fixture
def shared(tmp_path: Path, clips: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    own = tmp_path / "clips"
    shutil.copytree(clips, own)
    (tmp_path / "test.json").write_text(json.dumps([{"id": "1", "video": OLD, "caption": "She smiles."}]))
    monkeypatch.chdir(tmp_path)
    for name, value in (("ANNOTATIONS", "test.json"), ("CLIPS", "clips"), ("STATE", "state")):
        monkeypatch.setenv(f"DFEC_{name}", value)
    close_services()
    media._folders.cache_clear()
    load_settings()
    yield services()
    close_services()


@pytest.fixture
def client(shared: Services) -> Client:
    return Client(Starlette(routes=routes()))


@pytest.fixture
def link(shared: Services) -> Link:
    """The token of a clip for the client, who sends no cookie."""

    def make(video: str, kind: str, *, session: str = "") -> str:
        reference = ClipReference(video.split("/")[0], video, f"{kind}/DFEC")
        return shared.signer.sign(reference, user="", session=session, expires=int(time.time()) + 600)

    return make


def prepare(client: Client, token: str) -> dict[str, object]:
    """Ask as the player does until there is an end."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        told: dict[str, object] = client.get(f"/preparing/{token}").json()
        if told["state"] in ("ready", "failed"):
            return told
        time.sleep(0.05)
    raise AssertionError("the copy was not made")


@pytest.mark.parametrize(("video", "kind"), [(OLD, "copy"), (FRAMES, "copy"), (NEW, "recoded")])
def test_routes_a_copy_is_made_and_then_served_in_ranges(video: str, kind: str, client: Client, link: Link) -> None:
    token = link(video, kind)
    assert client.get(f"/clips/{token}").status_code == 404
    assert prepare(client, token) == {"state": "ready", "percent": 100, "reason": ""}
    answer = client.get(f"/clips/{token}", headers={"Range": "bytes=4-7"})
    assert (answer.status_code, answer.content, answer.headers["content-type"]) == (206, b"ftyp", "video/mp4")


def test_routes_asking_ahead_starts_nothing(client: Client, link: Link, shared: Services) -> None:
    assert client.get(f"/preparing/{link(OLD, 'copy')}?ahead=1").json()["state"] == "absent"
    assert shared.copies.jobs() == ()


def test_routes_a_copy_that_fails_says_why_and_post_tries_again(client: Client, link: Link, shared: Services) -> None:
    token = link(BAD, "copy")
    told = prepare(client, token)
    assert told["state"] == "failed"
    assert str(told["reason"]).startswith("Prepare") is False
    assert "00003.mp4: it is no video" in str(told["reason"])
    assert client.post(f"/preparing/{token}").json()["state"] == "preparing"
    assert len(shared.copies.jobs()) == 2


@pytest.mark.parametrize("address", ["clips", "preparing"])
def test_routes_copies_are_for_the_session_that_their_link_was_made_for(
    address: str, client: Client, link: Link, shared: Services
) -> None:
    assert client.get(f"/{address}/{link(OLD, 'copy', session='another')}").status_code == 403
    assert client.get(f"/{address}/{link(OLD, 'copy')}x").status_code == 403
    assert shared.copies.jobs() == ()


@pytest.mark.parametrize("kind", ["clip", "thumbnail", "filmstrip", "nonsense"])
def test_routes_nothing_else_is_prepared(kind: str, client: Client, link: Link) -> None:
    assert client.get(f"/preparing/{link(OLD, kind)}").status_code == 404


def test_routes_a_folder_of_frames_itself_is_not_served(client: Client, link: Link) -> None:
    assert client.get(f"/clips/{link(FRAMES, 'clip')}").status_code == 404


def test_routes_a_folder_of_frames_has_pictures(client: Client, link: Link) -> None:
    for kind in ("thumbnail", "filmstrip"):
        answer = client.get(f"/pictures/{link(FRAMES, kind)}")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")


def test_routes_the_original_stays_as_it_is(client: Client, link: Link, clips: Path) -> None:
    token = link(OLD, "copy")
    prepare(client, token)
    assert client.get(f"/clips/{link(OLD, 'clip')}").content == (clips / OLD).read_bytes()
    assert client.get(f"/clips/{token}").content != (clips / OLD).read_bytes()


def test_routes_motion_is_told_for_files_and_folders_and_not_for_what_is_no_video(client: Client, link: Link) -> None:
    for video, region in ((OLD, "frame"), (NEW, "frame"), (FRAMES, "frame")):
        answer = client.get(f"/motion/{link(video, 'motion')}")
        assert (answer.status_code, answer.json()["region"]) == (200, region)
        assert len(answer.json()["signal"]) > 0
    refused = client.get(f"/motion/{link(BAD, 'motion')}")
    assert (refused.status_code, "it is no video" in refused.text) == (404, True)


def test_routes_motion_is_for_its_own_session_and_its_own_kind_of_link(client: Client, link: Link) -> None:
    assert client.get(f"/motion/{link(NEW, 'motion', session='another')}").status_code == 403
    assert client.get(f"/motion/{link(NEW, 'clip')}").status_code == 404
    assert client.get(f"/pictures/{link(NEW, 'motion')}").status_code == 404


@pytest.mark.parametrize(("rate", "seconds"), [("@10", 0.3), ("@50", 0.06), ("", 0.12), ("@7", 0.12)])
def test_routes_single_frames_are_copied_at_the_rate_that_was_chosen_if_it_can_be(
    rate: str, seconds: float, client: Client, link: Link, tmp_path: Path, shared: Services
) -> None:
    token = link(FRAMES, f"copy{rate}")
    assert prepare(client, token)["state"] == "ready"
    copy = tmp_path / "copy.mp4"
    copy.write_bytes(client.get(f"/clips/{token}").content)
    assert shared.clip_cache.facts(copy).duration == pytest.approx(seconds, abs=0.002)


def test_routes_a_rate_changes_nothing_of_a_file(client: Client, link: Link, clips: Path) -> None:
    assert client.get(f"/clips/{link(NEW, 'clip@10')}").content == (clips / NEW).read_bytes()
