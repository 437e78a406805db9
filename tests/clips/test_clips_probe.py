"""What a probe says of good and of broken files, and what the pictures show."""

import io
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dfec_explore import clips
from dfec_explore.clips import Prober
from dfec_explore.errors import ClipError
from dfec_explore.model import ClipFacts

MakeClip = Callable[..., Path]
Ffmpeg = Callable[..., None]

pytestmark = pytest.mark.video


def opened(picture: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(picture))
    image.load()
    return image


def difference(left: Image.Image, right: Image.Image) -> float:
    """Mean difference of two pictures, 0 to 255."""
    a, b = (np.asarray(image.convert("RGB").resize((64, 64)), dtype=float) for image in (left, right))
    return float(np.abs(a - b).mean())


def test_probe_says_what_the_encoder_was_told(clip: Path, prober: Prober) -> None:
    assert prober.facts(clip) == ClipFacts(
        codec="h264",
        container="mp4",
        width=320,
        height=180,
        frame_rate=10.0,
        frames=20,
        duration=2.0,
        has_sound=False,
        plays_in_browser=True,
        pixel_format="yuv420p",
        rotation=0,
        constant_rate=True,
        first_frame_decodes=True,
    )


@pytest.mark.data
def test_probe_of_a_real_h264_clip(test_data: Path, prober: Prober) -> None:
    facts = prober.facts(test_data / "clips" / "expressive_woman_h264.mp4")
    assert replace(facts, frame_rate=0, duration=0) == ClipFacts(
        "h264", "mp4", 640, 360, 0, 472, 0, True, True, "yuv420p", constant_rate=True
    )
    assert facts.frame_rate == pytest.approx(24000 / 1001)
    assert facts.duration == pytest.approx(19.685, abs=0.01)


@pytest.mark.data
def test_probe_of_a_real_hevc_clip(test_data: Path, prober: Prober) -> None:
    facts = prober.facts(test_data / "clips" / "face_hevc.mov")
    assert (facts.codec, facts.container, facts.width, facts.height) == ("hevc", "mov", 960, 540)
    assert facts.frames == 169
    assert facts.duration == pytest.approx(6.4, abs=0.05)
    assert not facts.plays_in_browser
    assert facts.constant_rate is False  # its time stamps change their step in the middle


@pytest.mark.parametrize(
    ("name", "options", "codec", "container", "plays"),
    [
        ("a.mov", (), "h264", "mov", True),
        ("a.m4v", ("-f", "mp4"), "h264", "m4v", True),
        ("a.mkv", (), "h264", "mkv", False),
        ("a.webm", ("-c:v", "libvpx-vp9", "-deadline", "realtime"), "vp9", "webm", True),
        ("a.webm", ("-c:v", "libvpx", "-deadline", "realtime"), "vp8", "webm", True),
        ("b.mp4", ("-c:v", "libvpx-vp9", "-deadline", "realtime"), "vp9", "mp4", True),
        ("a.avi", ("-c:v", "mpeg4"), "mpeg4", "avi", False),
        ("a.wmv", (), "msmpeg4v3", "wmv", False),
        ("a.gif", ("-pix_fmt", "rgb8"), "gif", "gif", False),
        ("b.mov", ("-pix_fmt", "yuv444p"), "h264", "mov", False),
        ("c.mp4", ("-c:v", "libx265", "-x265-params", "log-level=error"), "hevc", "mp4", False),
    ],
)
def test_probe_names_codec_and_container_and_whether_browsers_play_them(
    name: str,
    options: tuple[str, ...],
    codec: str,
    container: str,
    plays: bool,
    tmp_path: Path,
    make_clip: MakeClip,
    prober: Prober,
) -> None:
    facts = prober.facts(make_clip(tmp_path / name, options=options))
    assert (facts.codec, facts.container, facts.plays_in_browser) == (codec, container, plays)
    assert (facts.width, facts.height, facts.frames) == (320, 180, 20)
    assert facts.duration == pytest.approx(2.0, abs=0.11)
    assert facts.constant_rate
    assert facts.first_frame_decodes


def test_probe_believes_the_content_and_not_the_ending(tmp_path: Path, make_clip: MakeClip, prober: Prober) -> None:
    video = make_clip(tmp_path / "a.avi", options=("-c:v", "mpeg4")).rename(tmp_path / "a.mp4")
    assert prober.facts(video).container == "avi"


def test_probe_notices_sound(clip: Path, tmp_path: Path, ffmpeg: Ffmpeg, prober: Prober) -> None:
    ffmpeg("-i", str(clip), "-f", "lavfi", "-i", "sine=d=2", "-c:v", "copy", str(tmp_path / "a.mp4"))
    assert prober.facts(tmp_path / "a.mp4").has_sound


def test_probe_counts_frames_where_the_rate_varies(tmp_path: Path, make_clip: MakeClip, prober: Prober) -> None:
    options = ("-vf", "select='lt(n,5)+not(mod(n,5))'", "-fps_mode", "vfr")
    facts = prober.facts(make_clip(tmp_path / "a.mp4", options=options))
    assert facts.frames == 8  # 0 to 4, then 5, 10 and 15 of 20
    assert facts.constant_rate is False


def test_probe_gives_the_size_as_shown_when_the_clip_is_rotated(
    clip: Path, tmp_path: Path, ffmpeg: Ffmpeg, prober: Prober
) -> None:
    ffmpeg("-display_rotation", "90", "-i", str(clip), "-c", "copy", str(tmp_path / "a.mp4"))
    facts = prober.facts(tmp_path / "a.mp4")
    assert (facts.width, facts.height) == (180, 320)
    assert facts.rotation in (90, 270)


def test_probe_reads_a_single_frame(tmp_path: Path, make_clip: MakeClip, prober: Prober) -> None:
    assert prober.facts(make_clip(tmp_path / "a.mp4", seconds=0.1)).frames == 1


def test_probe_reads_names_in_any_bytes(clip: Path, tmp_path: Path, prober: Prober) -> None:
    path = tmp_path / os.fsdecode(b"\xff\n '%03d.mp4")
    shutil.copy(clip, path)
    assert prober.facts(path).frames == 20


def write_broken(kind: str, path: Path, clip: Path) -> None:
    data = clip.read_bytes()
    content = {
        "empty": b"",
        "text": b"This is no video.\n" * 50,
        "noise": bytes(i * i % 251 for i in range(50_000)),
        "header only": data[: data.index(b"mdat") + 4],
        "cut before the index": data[: len(data) // 2],
        "playlist": f"#EXTM3U\n#EXTINF:10,\nfile://{clip}\n#EXT-X-ENDLIST\n".encode(),
        "list of files": f"ffconcat version 1.0\nfile '{clip}'\n".encode(),
    }
    path.write_bytes(content[kind])


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("empty", "empty"),
        ("text", "no video"),
        ("noise", "no video"),
        ("header only", "no video"),
        ("cut before the index", "no video"),
        ("playlist", "no video"),
        ("list of files", "no video"),
    ],
)
def test_probe_of_a_broken_file_says_why(kind: str, reason: str, clip: Path, tmp_path: Path, prober: Prober) -> None:
    path = tmp_path / "broken.mp4"
    write_broken(kind, path, clip)
    for decode in (prober.facts, prober.thumbnail, prober.filmstrip):
        with pytest.raises(ClipError, match=f"broken.mp4: .*{reason}"):
            decode(path)


def test_probe_of_an_index_without_pictures_says_so(
    clip: Path, tmp_path: Path, make_clip: MakeClip, prober: Prober
) -> None:
    whole = make_clip(tmp_path / "a.mp4", options=("-movflags", "+faststart")).read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole[: whole.index(b"mdat") + 8])
    with pytest.raises(ClipError, match="no frame in it can be decoded"):
        prober.facts(cut)


def test_probe_of_a_clip_cut_short_counts_the_frames_that_are_there(
    tmp_path: Path, make_clip: MakeClip, prober: Prober
) -> None:
    options = ("-movflags", "+faststart", "-g", "1", "-bf", "0")
    whole = make_clip(tmp_path / "a.mp4", options=options).read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole[: (len(whole) + whole.index(b"mdat")) // 2])
    assert 5 < prober.facts(cut).frames < 15
    assert opened(prober.filmstrip(cut)).height == 64
    assert opened(prober.thumbnail(cut)).height == 120


def test_probe_of_sound_alone_says_so(tmp_path: Path, ffmpeg: Ffmpeg, prober: Prober) -> None:
    ffmpeg("-f", "lavfi", "-i", "sine=d=1", str(tmp_path / "a.mp4"))
    with pytest.raises(ClipError, match="only sound"):
        prober.facts(tmp_path / "a.mp4")


@pytest.mark.parametrize("kind", ["fifo", "empty folder", "device", "absent"])
def test_probe_opens_nothing_but_regular_files(kind: str, tmp_path: Path, prober: Prober) -> None:
    path = tmp_path / "x.mp4"
    match kind:
        case "fifo":
            os.mkfifo(path)
        case "empty folder":
            path.mkdir()
        case "device":
            path = Path("/dev/zero")
    with pytest.raises(ClipError, match=r"no regular file|No such file|no frames"):
        prober.facts(path)


@pytest.mark.parametrize("height", [0, -1, 100_000])
def test_probe_refuses_absurd_picture_sizes(height: int, clip: Path, prober: Prober) -> None:
    with pytest.raises(ValueError, match=str(height)):
        prober.thumbnail(clip, height=height)


def test_probe_frames_are_those_asked_for_by_either_reader(
    clip: Path, tmp_path: Path, ffmpeg: Ffmpeg, prober: Prober
) -> None:
    """Each frame of the test picture differs from the next: FFmpeg's own pictures are the truth."""
    ffmpeg("-i", str(clip), str(tmp_path / "%02d.png"))
    frames = prober.frames(clip, [19, 0, 7, 7], height=180)
    assert frames.shape == (4, 180, 320, 3)
    for frame, number in zip(frames, [19, 0, 7, 7], strict=True):
        distances = [difference(Image.fromarray(frame), Image.open(p)) for p in sorted(tmp_path.glob("*.png"))]
        assert int(np.argmin(distances)) == number


def test_probe_frames_without_decord_are_the_same(clip: Path, prober: Prober) -> None:
    from dfec_explore.clips import DecodeWorker

    worker = DecodeWorker()
    header, body = worker.request("frames", clip, deadline=20, indices=[0, 7, 19, 30], height=90, reader="pyav")
    worker.close()
    frames = np.frombuffer(body, np.uint8).reshape(header["shape"])
    for mine, other in zip(frames, prober.frames(clip, [0, 7, 19, 30], height=90), strict=True):
        assert difference(Image.fromarray(mine), Image.fromarray(other)) < 4


def test_probe_filmstrip_tiles_are_the_middles_of_equal_shares(
    clip: Path, tmp_path: Path, ffmpeg: Ffmpeg, prober: Prober
) -> None:
    strip = opened(prober.filmstrip(clip, tiles=4, height=90))
    assert strip.size == (4 * 160, 90)
    ffmpeg("-i", str(clip), str(tmp_path / "%02d.png"))
    pictures = [Image.open(path) for path in sorted(tmp_path.glob("*.png"))]
    for tile, middle in enumerate([2, 7, 12, 17]):
        piece = strip.crop((tile * 160, 0, tile * 160 + 160, 90))
        assert int(np.argmin([difference(piece, picture) for picture in pictures])) == middle


def test_probe_filmstrip_of_fewer_frames_than_tiles_repeats_them(
    tmp_path: Path, make_clip: MakeClip, prober: Prober
) -> None:
    strip = opened(prober.filmstrip(make_clip(tmp_path / "a.mp4", seconds=0.3), tiles=10, height=90))
    assert strip.size == (1600, 90)


def test_probe_thumbnail_has_the_height_asked_for(clip: Path, prober: Prober) -> None:
    image = opened(prober.thumbnail(clip, height=90))
    assert image.format == "JPEG"
    assert image.size == (160, 90)


def test_probe_thumbnail_shows_the_clip_in_square_pixels(tmp_path: Path, make_clip: MakeClip, prober: Prober) -> None:
    video = make_clip(tmp_path / "a.mp4", options=("-vf", "setsar=4/3"))
    assert opened(prober.thumbnail(video, height=90)).size == (213, 90)  # 320 * 4/3 wide and 180 high, halved


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_probe_pictures_stand_upright_as_ffmpeg_shows_them(
    degrees: int, clip: Path, tmp_path: Path, ffmpeg: Ffmpeg, prober: Prober
) -> None:
    turned = tmp_path / "turned.mp4"
    ffmpeg("-display_rotation", str(degrees), "-i", str(clip), "-c", "copy", str(turned))
    ffmpeg("-i", str(turned), "-frames:v", "1", str(tmp_path / "truth.png"))
    truth = Image.open(tmp_path / "truth.png")
    thumbnail = opened(prober.thumbnail(turned, height=truth.height))
    assert thumbnail.size == truth.size
    assert difference(thumbnail, truth) < 8
    frame = Image.fromarray(prober.frames(turned, [0], height=truth.height)[0])
    assert frame.size == truth.size
    assert difference(frame, truth) < 8


def test_probe_module_functions_share_one_prober(clip: Path) -> None:
    assert clips.probe(clip).frames == 20
    assert opened(clips.thumbnail(clip)).height == 120
    assert opened(clips.filmstrip(clip)).height == 64
    clips.shared_prober().close()
