"""Copies of clips: one job for all who ask, the clip in view first, failures told and tried again."""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import imageio_ffmpeg
import pytest
from PIL import Image

from dfec_explore.clips import ClipCache, ClipRoots, CopyFolder, Prober
from dfec_explore.model import Clip, ClipStatus
from dfec_explore.web.copies import ClipCopies, CopyState, CopyStatus, Wanted

pytestmark = pytest.mark.video

Want = Callable[..., Wanted]


@pytest.fixture(scope="module")
def prober() -> Iterator[Prober]:
    with Prober(workers=1) as prober:
        yield prober


@pytest.fixture
def copies(tmp_path: Path, prober: Prober) -> Iterator[ClipCopies]:
    cache = ClipCache(tmp_path / "pictures", 10**8, prober=prober)
    copies = ClipCopies(CopyFolder(tmp_path / "copies", 10**8), cache, workers=1)
    yield copies
    copies.close()


@pytest.fixture(scope="module")
def old_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """MPEG-4 part 2 in AVI, long enough to take a moment."""
    path = tmp_path_factory.mktemp("made") / "old.avi"
    picture = "testsrc=size=1280x720:rate=25:duration=10"
    arguments = ["-v", "error", "-f", "lavfi", "-i", picture, "-c:v", "mpeg4", str(path)]
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), *arguments], check=True, stdin=subprocess.DEVNULL)
    return path


@pytest.fixture
def want(tmp_path: Path, old_clip: Path) -> Want:
    """A clip of its own in the clip folder, by its name."""

    def make(name: str = "a.avi", content: bytes | None = None) -> Wanted:
        path = tmp_path / "clips" / name
        path.parent.mkdir(exist_ok=True)
        if content is None:
            shutil.copy(old_clip, path)
        else:
            path.write_bytes(content)
        return Wanted(Clip(ClipStatus.FOUND, path), ClipRoots(tmp_path / "clips"))

    return make


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 240
    while not condition():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)


def is_ready(copies: ClipCopies, wanted: Wanted) -> bool:
    return copies.state(wanted).status is CopyStatus.READY


def test_copies_are_made_for_those_who_look_and_found_afterwards(copies: ClipCopies, want: Want) -> None:
    wanted = want()
    assert copies.needs_copy(wanted.clip)
    assert copies.state(wanted) == CopyState(CopyStatus.ABSENT)
    assert copies.find(wanted) is None
    assert copies.view(wanted).status is CopyStatus.PREPARING
    wait_until(lambda: is_ready(copies, wanted))
    found = copies.find(wanted)
    assert found is not None
    assert found.read_bytes()[4:8] == b"ftyp"


def test_copies_are_made_once_for_many_who_ask_at_once(copies: ClipCopies, want: Want) -> None:
    wanted = want()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: copies.view(wanted), range(24)))
    wait_until(lambda: is_ready(copies, wanted))
    assert len(copies.jobs()) == 1


def test_copies_that_fail_say_why_and_are_made_again_on_request_only(copies: ClipCopies, want: Want) -> None:
    wanted = want("bad.avi", b"no video")
    copies.view(wanted)
    wait_until(lambda: copies.state(wanted).status is CopyStatus.FAILED)
    assert "bad.avi: it is no video" in copies.view(wanted).reason
    assert len(copies.jobs()) == 1
    assert copies.view(wanted, again=True).status is CopyStatus.PREPARING
    wait_until(lambda: copies.state(wanted).status is CopyStatus.FAILED)
    assert len(copies.jobs()) == 2


def test_copies_that_were_removed_to_make_room_are_made_anew(copies: ClipCopies, want: Want) -> None:
    wanted = want()
    copies.view(wanted)
    wait_until(lambda: is_ready(copies, wanted))
    wait_until(lambda: copies.jobs()[0].is_over)
    found = copies.find(wanted)
    assert found is not None
    found.unlink()
    assert copies.state(wanted).status is CopyStatus.ABSENT
    assert copies.view(wanted).status is CopyStatus.PREPARING
    wait_until(lambda: is_ready(copies, wanted))


def test_copies_ahead_are_made_in_order_one_at_a_time_and_only_where_needed(
    copies: ClipCopies, want: Want, tmp_path: Path
) -> None:
    first, second = want("1.avi"), want("2.avi")
    plays = want("3.mp4", b"")
    assert plays.clip.path is not None
    made = ["-v", "error", "-y", "-f", "lavfi", "-i", "testsrc=duration=1", "-pix_fmt", "yuv420p", str(plays.clip.path)]
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), *made], check=True, stdin=subprocess.DEVNULL)
    copies.read_ahead("Ada", [first, plays, want("bad.avi", b"no video"), second])
    most = 0
    while not is_ready(copies, second):
        most = max(most, sum(not job.is_over for job in copies.jobs()))
        time.sleep(0.02)
    assert most == 1
    assert [job.title for job in reversed(copies.jobs())] == [
        "Prepare 1.avi for browsers",
        "Prepare 2.avi for browsers",
    ]
    # It needs no copy: it is ready as it is.
    assert copies.state(plays).status is CopyStatus.READY
    assert copies.find(plays) == plays.clip.path


def test_copies_ahead_wait_for_the_clip_in_view(copies: ClipCopies, want: Want) -> None:
    seen, later = want("seen.avi"), want("later.avi")
    copies.view(seen)
    copies.read_ahead("Ada", [later])
    # As long as the clip in view is not ready, nothing else is started.
    while not is_ready(copies, seen):
        assert copies.state(later).status is CopyStatus.ABSENT or is_ready(copies, seen)
        time.sleep(0.02)
    wait_until(lambda: is_ready(copies, later))


def test_copies_of_the_clip_in_view_do_not_wait_for_those_ahead(copies: ClipCopies, want: Want) -> None:
    ahead, seen = want("ahead.avi"), want("seen.avi")
    copies.read_ahead("Ada", [ahead])
    wait_until(lambda: copies.state(ahead).status is CopyStatus.PREPARING)
    copies.view(seen)
    running = [job.title for job in copies.jobs() if job.started_at and not job.is_over]
    assert "Prepare seen.avi for browsers" in running


def test_copies_ahead_that_are_no_longer_wanted_are_not_begun(copies: ClipCopies, want: Want) -> None:
    first, dropped, instead = want("1.avi"), want("dropped.avi"), want("instead.avi")
    copies.read_ahead("Ada", [first, dropped])
    wait_until(lambda: copies.state(first).status is CopyStatus.PREPARING)
    copies.read_ahead("Ada", [instead])
    wait_until(lambda: is_ready(copies, instead))
    assert copies.state(dropped).status is CopyStatus.ABSENT


def test_copies_of_a_folder_of_frames_are_needed_whatever_is_in_it(copies: ClipCopies, tmp_path: Path) -> None:
    folder = tmp_path / "clips" / "001"
    folder.mkdir(parents=True)
    for number in range(1, 12):
        Image.new("RGB", (32, 32), (number * 20, 0, 0)).save(folder / f"{number}.png")
    wanted = Wanted(Clip(ClipStatus.FOUND, folder, frame_rate=10), ClipRoots(tmp_path / "clips"))
    assert copies.needs_copy(wanted.clip)
    copies.view(wanted)
    wait_until(lambda: is_ready(copies, wanted))


def test_copies_are_not_begun_after_the_end(copies: ClipCopies, want: Want) -> None:
    copies.close()
    wanted = want()
    copies.read_ahead("Ada", [wanted])
    assert copies.view(wanted).status is CopyStatus.ABSENT
    assert copies.jobs() == ()
