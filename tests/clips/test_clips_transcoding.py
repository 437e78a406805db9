"""What browsers do not play becomes H.264 in MP4: the same frames, upright, at the same rate, with the sound."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import imageio_ffmpeg
import numpy as np
import psutil
import pytest
from PIL import Image

from dfec_explore.clips import Prober
from dfec_explore.clips.ffmpeg import FfmpegFailed, explain, run_ffmpeg
from dfec_explore.clips.transcoding import transcode_clip
from dfec_explore.errors import ClipError, JobError
from dfec_explore.jobs import JobRunner, JobStatus, Task

MakeClip = Callable[..., Path]
Ffmpeg = Callable[..., None]

pytestmark = pytest.mark.video


class Reports(list[int]):
    """Keeps the percentages that it is told."""

    def report(self, done: int, total: int | None, message: str = "") -> None:
        assert total == 100
        self.append(done)


def has_encoder(name: str) -> bool:
    program = imageio_ffmpeg.get_ffmpeg_exe()
    listed = subprocess.run([program, "-hide_banner", "-encoders"], capture_output=True, text=True, check=True)
    return f" {name} " in listed.stdout


@pytest.fixture
def transcode(tmp_path: Path) -> Callable[..., Any]:
    """Make the copy of a clip; returns its path and what the job says of it."""

    def run(source: Path, **options: Any) -> tuple[Path, dict[str, Any]]:
        target = tmp_path / "copies" / "ab" / "copy.mp4"
        arguments = {"roots": [str(tmp_path)], "max_bytes": 10**9} | options
        told = transcode_clip(Reports(), source=str(source), target=str(target), **arguments)
        return target, told

    return run


def decoded(path: Path) -> np.ndarray:
    with av.open(str(path)) as container:
        return np.stack([frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)])


@pytest.mark.parametrize(
    ("name", "encoder", "options"),
    [
        ("a.avi", "mpeg4", ("-c:a", "libmp3lame")),
        ("a.wmv", "wmv2", ("-c:a", "wmav2")),
        ("a.mpg", "mpeg1video", ("-c:a", "mp2")),
        ("a.mpg", "mpeg2video", ("-c:a", "mp2")),
        ("a.mp4", "libx265", ("-x265-params", "log-level=none", "-c:a", "aac")),
        ("a.flv", "flv", ("-c:a", "libmp3lame", "-ar", "44100")),
        ("a.mov", "prores", ("-c:a", "pcm_s16le")),
    ],
)
def test_transcoding_makes_every_old_format_playable(
    name: str, encoder: str, options: tuple[str, ...], tmp_path: Path, make_clip: MakeClip, transcode, prober: Prober
) -> None:
    if not has_encoder(encoder):
        pytest.skip(f"This ffmpeg has no encoder {encoder}")
    pixels = ("-pix_fmt", "yuv422p10le") if encoder == "prores" else ()
    source = make_clip(tmp_path / name, rate="25", sound=True, options=("-c:v", encoder, *pixels, *options))
    before = prober.facts(source)
    assert not before.plays_in_browser
    copy, told = transcode(source)
    facts = prober.facts(copy)
    assert told == {"way": "encoded", "bytes": copy.stat().st_size}
    assert (facts.codec, facts.container, facts.plays_in_browser, facts.has_sound) == ("h264", "mp4", True, True)
    assert (facts.width, facts.height, facts.frame_rate) == (320, 180, 25)
    # An AVI file may hold an empty place for a frame, which is a time all the same.
    assert before.frames <= facts.frames <= before.frames + 1


@pytest.mark.parametrize(
    ("pixels", "profile"), [("yuv444p", "high444"), ("yuv420p10le", "high10"), ("yuv422p", "high422")]
)
def test_transcoding_makes_odd_pixel_formats_playable(
    pixels: str, profile: str, tmp_path: Path, make_clip: MakeClip, transcode, prober: Prober
) -> None:
    source = make_clip(tmp_path / "a.mp4", options=("-pix_fmt", pixels, "-profile:v", profile))
    assert not prober.facts(source).plays_in_browser
    copy, _ = transcode(source)
    assert prober.facts(copy).plays_in_browser
    assert prober.facts(copy).frames == 20
    assert np.abs(decoded(copy).astype(int) - decoded(source)).mean() < 4


def test_transcoding_keeps_a_rate_that_is_no_whole_number(
    tmp_path: Path, make_clip: MakeClip, transcode, prober: Prober
) -> None:
    source = make_clip(tmp_path / "a.avi", rate="24000/1001", options=("-c:v", "mpeg4"))
    copy, _ = transcode(source)
    assert prober.facts(copy).frame_rate == pytest.approx(24000 / 1001)


def test_transcoding_has_key_frames_twice_a_second_and_its_index_in_front(
    tmp_path: Path, make_clip: MakeClip, transcode
) -> None:
    copy, _ = transcode(make_clip(tmp_path / "a.avi", rate="30", seconds=3, options=("-c:v", "mpeg4")))
    with av.open(str(copy)) as container:
        keys = [float(packet.pts * packet.time_base) for packet in container.demux(video=0) if packet.is_keyframe]
    assert max(np.diff([*keys, 3.0])) <= 0.5 + 1e-6
    head = copy.read_bytes()
    assert head.index(b"moov") < head.index(b"mdat")


def test_transcoding_makes_odd_sizes_even_and_pixels_square(
    tmp_path: Path, make_clip: MakeClip, transcode, prober: Prober
) -> None:
    options = ("-c:v", "mpeg4", "-vf", "setsar=2")
    copy, _ = transcode(make_clip(tmp_path / "a.avi", size="161x91", options=options))
    facts = prober.facts(copy)
    # Pixels twice as wide as high; the nearest even numbers.
    assert (facts.width, facts.height) == (322, 92)


def test_transcoding_turns_the_picture_upright(
    tmp_path: Path, make_clip: MakeClip, ffmpeg: Ffmpeg, transcode, prober: Prober
) -> None:
    flat = make_clip(tmp_path / "flat.mp4", options=("-c:v", "mpeg4"))
    turned = tmp_path / "turned.mp4"
    ffmpeg("-display_rotation", "90", "-i", str(flat), "-c", "copy", str(turned))
    assert (prober.facts(turned).width, prober.facts(turned).height) == (180, 320)
    copy, _ = transcode(turned)
    expected = np.rot90(decoded(flat)[0])
    assert decoded(copy).shape[1:] == expected.shape
    assert np.abs(decoded(copy)[0].astype(int) - expected).mean() < 4


@pytest.mark.parametrize("ending", ["avi", "mkv", "ts"])
def test_transcoding_only_changes_the_container_where_the_picture_is_played(
    ending: str, tmp_path: Path, make_clip: MakeClip, transcode, prober: Prober
) -> None:
    source = make_clip(tmp_path / f"a.{ending}", sound=True, options=("-c:v", "libx264", "-bf", "2", "-c:a", "ac3"))
    copy, told = transcode(source)
    assert told["way"] == "copied"
    assert prober.facts(copy).plays_in_browser
    assert np.array_equal(decoded(copy), decoded(source))
    with av.open(str(copy)) as container:
        assert container.streams.audio[0].codec_context.codec.canonical_name == "aac"


def test_transcoding_encodes_anew_where_that_is_asked_for(tmp_path: Path, make_clip: MakeClip, transcode) -> None:
    _, told = transcode(make_clip(tmp_path / "a.mp4"), encode=True)
    assert told["way"] == "encoded"


# ---- folders of frames


def write_frames(folder: Path, reds: dict[str, int], size: tuple[int, int] = (64, 36)) -> Path:
    folder.mkdir()
    for name, red in reds.items():
        Image.new("RGB", size, (red, 0, 0)).save(folder / name)
    return folder


def test_transcoding_joins_frames_with_gaps_and_mixed_endings(tmp_path: Path, transcode, prober: Prober) -> None:
    reds = {"1.jpg": 20, "02.png": 60, "5.jpeg": 100, "10.png": 140, "0011.bmp": 180, "100.jpg": 220}
    copy, told = transcode(write_frames(tmp_path / "frames", reds), frame_rate=12.5)
    assert told["way"] == "frames"
    facts = prober.facts(copy)
    assert (facts.frames, facts.frame_rate, facts.plays_in_browser) == (6, 12.5, True)
    shown = decoded(copy)[:, 18, 32, 0]
    assert shown == pytest.approx(list(reds.values()), abs=6)


def test_transcoding_fits_frames_of_other_sizes_into_the_first(tmp_path: Path, transcode) -> None:
    folder = write_frames(tmp_path / "frames", {"1.png": 200})
    Image.new("RGB", (36, 36), (200, 0, 0)).save(folder / "2.png")
    copy, _ = transcode(folder, frame_rate=25)
    second = decoded(copy)[1]
    assert second.shape[:2] == (36, 64)
    # Undistorted: black at the sides, the picture in the middle.
    assert second[18, 4, 0] < 20 < 180 < second[18, 32, 0]


def test_transcoding_shows_the_frame_before_in_the_place_of_a_damaged_one(tmp_path: Path, transcode) -> None:
    folder = write_frames(tmp_path / "frames", {"1.png": 50, "3.png": 200})
    (folder / "2.png").write_bytes(b"nothing")
    copy, _ = transcode(folder, frame_rate=25)
    assert decoded(copy)[:, 18, 32, 0] == pytest.approx([50, 50, 200], abs=6)


# ---- what is refused, and how it is told


@pytest.mark.parametrize("kind", ["playlist", "concat", "text", "empty"])
def test_transcoding_opens_nothing_that_a_file_names(kind: str, tmp_path: Path, make_clip: MakeClip, transcode) -> None:
    clip = make_clip(tmp_path / "secret.mp4")
    text = {
        "playlist": f"#EXTM3U\n#EXTINF:1,\nfile://{clip}\n#EXT-X-ENDLIST\n",
        "concat": f"ffconcat version 1.0\nfile '{clip}'\n",
        "text": "no video at all",
        "empty": "",
    }[kind]
    (tmp_path / "bad.mp4").write_text(text)
    with pytest.raises(ClipError, match="no video"):
        transcode(tmp_path / "bad.mp4")
    assert list((tmp_path / "copies" / "ab").iterdir()) == []


@pytest.mark.parametrize("name", ["-y.avi", "concat:a|b.avi", "a%03d.avi", "'; x.avi", "pipe:0.avi"])
def test_transcoding_takes_a_name_for_nothing_but_a_name(
    name: str, tmp_path: Path, make_clip: MakeClip, transcode, prober: Prober
) -> None:
    source = make_clip(tmp_path / "plain.avi", options=("-c:v", "mpeg4")).rename(tmp_path / name)
    copy, _ = transcode(source)
    assert prober.facts(copy).plays_in_browser


@pytest.mark.parametrize("by_link", [False, True])
def test_transcoding_refuses_what_lies_outside_of_the_clip_folders(
    by_link: bool, tmp_path: Path, make_clip: MakeClip, transcode
) -> None:
    source = make_clip(tmp_path / "outside" / "a.avi", options=("-c:v", "mpeg4"))
    (tmp_path / "clips").mkdir()
    if by_link:
        (tmp_path / "clips" / "a.avi").symlink_to(source)
        source = tmp_path / "clips" / "a.avi"
    with pytest.raises(ClipError, match="outside of the clip folders"):
        transcode(source, roots=[str(tmp_path / "clips")])


@pytest.mark.parametrize(("share", "frames"), [(0.9, (60, 80)), (0.2, None)])
def test_transcoding_of_a_clip_that_is_cut_off_converts_most_of_it_or_says_how_little_there_is(
    share: float, frames: tuple[int, int] | None, tmp_path: Path, make_clip: MakeClip, transcode, prober: Prober
) -> None:
    source = make_clip(tmp_path / "a.mp4", seconds=8, options=("-c:v", "mpeg4", "-movflags", "+faststart"))
    source.write_bytes(source.read_bytes()[: int(share * source.stat().st_size)])
    if frames is None:
        with pytest.raises(ClipError, match=r"only \d\.\d of 8\.0 s of it could be converted"):
            transcode(source)
    else:
        assert frames[0] < prober.facts(transcode(source)[0]).frames < frames[1]


def test_transcoding_ffmpeg_is_ended_at_the_deadline() -> None:
    endless = ("-re", "-f", "lavfi", "-i", "testsrc", "-f", "null", "-")
    with pytest.raises(FfmpegFailed, match=r"not done within 0.5 s"):
        run_ffmpeg(endless, on_time=lambda seconds: None, deadline=0.5)


@pytest.mark.parametrize(
    ("lines", "code", "expected"),
    [
        (["av_write: No space left on device"], 228, "the disk of the cache is full"),
        (["x: Invalid data found when processing input"], 183, "its data are damaged, or no video"),
        (["something", "odd"], 1, r"ffmpeg said: something / odd \(exit code 1\)"),
        ([], -9, "ffmpeg was ended by signal 9"),
    ],
)
def test_transcoding_says_in_plain_words_why_it_failed(lines: list[str], code: int, expected: str) -> None:
    with pytest.raises(AssertionError, match=expected):
        raise AssertionError(explain(lines, code))


@pytest.mark.skipif(sys.platform != "linux", reason="limits the size of files as Linux does")
def test_transcoding_where_a_file_may_not_grow_says_so_and_leaves_nothing(tmp_path: Path, make_clip: MakeClip) -> None:
    source = make_clip(tmp_path / "a.avi", size="640x360", seconds=3, options=("-c:v", "mpeg4"))
    target = tmp_path / "copies" / "ab" / "copy.mp4"
    code = (
        "import resource\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "from dfec_explore.clips.transcoding import transcode_clip\n"
        "class Reports:\n    def report(self, *values): pass\n"
        f"transcode_clip(Reports(), source={str(source)!r}, target={str(target)!r}, roots=[{str(tmp_path)!r}],"
        " max_bytes=10**9)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "ClipError: a.avi: the copy grew larger than a file may be here" in ended.stderr
    assert list(target.parent.iterdir()) == []


def test_transcoding_leaves_the_limits_of_its_process_as_they_are(
    tmp_path: Path, make_clip: MakeClip, transcode: Callable[..., Any]
) -> None:
    limits = pytest.importorskip("resource")
    before = limits.getrlimit(limits.RLIMIT_AS), os.nice(0)
    transcode(make_clip(tmp_path / "a.avi", options=("-c:v", "mpeg4")))
    assert (limits.getrlimit(limits.RLIMIT_AS), os.nice(0)) == before


# ---- as a job


def task(source: Path, target: Path, **options: Any) -> Task:
    arguments = {"source": str(source), "target": str(target), "roots": [str(source.parent)], "max_bytes": 10**9}
    return Task(
        key=str(target),
        title="Prepare",
        target="dfec_explore.clips.transcoding:transcode_in_job",
        arguments=arguments | options,
    )


def test_transcoding_as_a_job_tells_its_progress_and_leaves_one_file(tmp_path: Path, make_clip: MakeClip) -> None:
    source = make_clip(tmp_path / "a.avi", size="1280x720", rate="25", seconds=20, options=("-c:v", "mpeg4"))
    runner, seen = JobRunner(), set[int]()
    try:
        job = runner.start(task(source, tmp_path / "copies" / "ab" / "copy.mp4"))
        while not job.state.is_over:
            seen.add(job.state.done)
            time.sleep(0.01)
        assert job.state.status is JobStatus.DONE
    finally:
        runner.close()
    assert max(seen) <= 99
    assert any(0 < percent < 99 for percent in seen)
    assert [path.name for path in (tmp_path / "copies" / "ab").iterdir()] == ["copy.mp4"]


def test_transcoding_that_is_cancelled_leaves_no_process_behind(tmp_path: Path, make_clip: MakeClip) -> None:
    source = make_clip(tmp_path / "a.avi", size="1280x720", seconds=30, options=("-c:v", "mpeg4"))
    runner = JobRunner()
    try:
        job = runner.start(task(source, tmp_path / "copies" / "ab" / "copy.mp4"))
        while not encoders():
            assert not job.state.is_over
            time.sleep(0.02)
        runner.cancel(job.state.key)
        assert job.wait(10).status is JobStatus.CANCELLED
        assert encoders() == []
    finally:
        runner.close()


def encoders() -> list[psutil.Process]:
    """The ffmpeg processes that this one started, in whatever generation."""
    program = os.path.basename(imageio_ffmpeg.get_ffmpeg_exe())
    found = []
    for child in psutil.Process().children(recursive=True):
        try:
            if child.name().startswith(program[:15]) and child.status() != psutil.STATUS_ZOMBIE:
                found.append(child)
        except psutil.NoSuchProcess:
            continue
    return found


def test_transcoding_as_a_job_fails_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "bad.avi").write_text("no video")
    runner = JobRunner()
    try:
        with pytest.raises(JobError, match=r"bad.avi: it is no video"):
            runner.start(task(tmp_path / "bad.avi", tmp_path / "copies" / "ab" / "copy.mp4")).result(60)
    finally:
        runner.close()
