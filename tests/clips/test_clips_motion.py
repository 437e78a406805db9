"""Motion over time: where something moves, where a shot ends, and what landmarks tell of the parts of a face."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layouts import FRAMES, Stock, lay

from dfec_explore.clips import ClipCache, Prober, motion
from dfec_explore.clips.landmarks import PARTS, RIGID, as_points, face_box, movements
from dfec_explore.clips.measuring import measure_clips
from dfec_explore.clips.motion import Motion, cut_places, motion_of, summarise
from dfec_explore.clips.motion_reading import read_motion
from dfec_explore.clips.probing import probe_clips
from dfec_explore.errors import ClipError

MakeClip = Callable[..., Path]
Ffmpeg = Callable[..., None]

pytestmark = pytest.mark.video

GREY = "color=gray:size=160x120:rate=25:duration=2"


class Quiet:
    """Takes reports and keeps none."""

    def report(self, done: int, total: int | None, message: str = "") -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def late(ffmpeg: Ffmpeg, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Grey for a second, then a white square that crosses it for a second."""
    path = tmp_path_factory.mktemp("motion") / "late.mp4"
    square = "color=white:size=30x30:rate=25:duration=2"
    moved = "[0][1]overlay=x='if(gte(t,1),(t-1)*120,0)':y=40"
    ffmpeg("-f", "lavfi", "-i", GREY, "-f", "lavfi", "-i", square, "-filter_complex", moved, str(path))
    return path


@pytest.fixture(scope="module")
def spliced(ffmpeg: Ffmpeg, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second of a test picture, then a second of another one."""
    path = tmp_path_factory.mktemp("motion") / "spliced.mp4"
    inputs = ["-f", "lavfi", "-i", "testsrc=size=160x120:rate=25:duration=1"]
    inputs += ["-f", "lavfi", "-i", "mandelbrot=size=160x120:rate=25"]
    joined = "[1]trim=duration=1,setsar=1[b];[0]setsar=1[a];[a][b]concat=n=2:v=1"
    ffmpeg(*inputs, "-filter_complex", joined, "-pix_fmt", "yuv420p", str(path))
    return path


def test_motion_is_shown_where_something_moves(late: Path, prober: Prober) -> None:
    found = prober.motion(late)
    half = len(found.signal) // 2
    assert found.duration == pytest.approx(2.0, abs=0.05)
    assert max(found.signal[: half - 2]) < 0.1
    # A square of 30 x 30 moves by 4.8 pixels a frame on 160 x 120: two strips of 4.8 x 30 change by half the range.
    assert np.median(found.signal[half + 2 :]) == pytest.approx(100 * 2 * 4.8 * 30 / (160 * 120) / 2, rel=0.25)
    assert found.longest_still == pytest.approx(1.0, abs=0.15)
    assert (found.cuts, found.region, found.decoded_frames, found.last_frame_decodes) == ((), "frame", 50, True)


def test_motion_a_cut_is_found_where_it_is_and_nowhere_else(spliced: Path, prober: Prober) -> None:
    assert prober.motion(spliced).cuts == (pytest.approx(1.0, abs=0.05),)


@pytest.mark.data
def test_motion_of_a_real_clip_finds_its_cut_behind_a_black_frame(test_data: Path, prober: Prober) -> None:
    # A man's face for 2.4 s, one black frame, then the sky; looked at frame by frame.
    assert prober.motion(test_data / "clips" / "face_hevc.mov").cuts == (pytest.approx(2.4, abs=0.02),)


@pytest.mark.data
def test_motion_of_a_real_face_without_cuts_has_none(test_data: Path, prober: Prober) -> None:
    found = prober.motion(test_data / "clips" / "expressive_woman_h264.mp4")
    assert found.cuts == ()
    assert (found.decoded_frames, len(found.signal)) == (472, motion.POINTS)


@pytest.mark.parametrize("name", ["a.avi", "a.mkv", "a.webm", "a.mov", "a.gif"])
def test_motion_is_measured_in_every_container(name: str, tmp_path: Path, make_clip: MakeClip, prober: Prober) -> None:
    options = ("-pix_fmt", "rgb8") if name.endswith("gif") else ()
    found = prober.motion(make_clip(tmp_path / name, options=options))
    assert found.decoded_frames == 20
    assert found.mean > 0


def test_motion_a_clip_that_is_cut_off_does_not_decode_to_its_end(
    tmp_path: Path, make_clip: MakeClip, prober: Prober
) -> None:
    whole = make_clip(tmp_path / "a.mp4", seconds=6, options=("-movflags", "+faststart", "-g", "5"))
    (tmp_path / "half.mp4").write_bytes(whole.read_bytes()[: whole.stat().st_size * 2 // 3])
    assert prober.motion(whole).last_frame_decodes
    assert prober.motion(tmp_path / "half.mp4").last_frame_decodes is False


def test_motion_of_a_single_frame_is_none_at_all(tmp_path: Path, make_clip: MakeClip, prober: Prober) -> None:
    found = prober.motion(make_clip(tmp_path / "a.mp4", seconds=0.1))
    assert (found.signal, found.mean, found.decoded_frames) == ((), 0.0, 1)


def test_motion_ends_in_time_and_says_how_far_it_came(late: Path) -> None:
    found = read_motion(late, seconds=0)
    assert (found.decoded_frames, found.last_frame_decodes) == (1, None)
    assert found.measured < found.duration


def test_motion_of_what_is_no_video_says_so(tmp_path: Path, prober: Prober) -> None:
    (tmp_path / "a.mp4").write_text("no video")
    with pytest.raises(ClipError, match="it is no video"):
        prober.motion(tmp_path / "a.mp4")


def test_motion_survives_json(late: Path, prober: Prober) -> None:
    found = prober.motion(late)
    assert motion_of(json.loads(json.dumps(found.as_json()))) == found


@settings(deadline=None)
@given(st.lists(st.floats(0, 100), min_size=1, max_size=900), st.floats(0.01, 500))
def test_motion_signal_keeps_its_greatest_value_and_its_bound(changes: list[float], duration: float) -> None:
    times = np.linspace(0, duration, len(changes) + 1).tolist()
    found = summarise(times, changes, changes, duration=duration)
    assert len(found.signal) == min(motion.POINTS, len(changes) + 1)
    assert max(found.signal) == pytest.approx(max(changes), abs=0.001)


def test_motion_steady_movement_is_no_cut_however_great() -> None:
    assert cut_places(np.full(50, 30.0)) == []
    assert cut_places(np.array([0.5] * 20 + [30.0] + [0.5] * 20)) == [20]
    assert cut_places(np.array([0.5] * 20 + [7.0] + [0.5] * 20)) == []


def a_face(frames: int = 2) -> Any:
    """Landmarks that stand still: anywhere, but with the eyes' corners apart."""
    chance = np.random.default_rng(5)
    face = chance.uniform(100, 300, size=(68, 2))
    face[36], face[45] = (120, 150), (220, 150)
    return np.repeat(face[None], frames, axis=0)


@settings(deadline=None)
@given(st.floats(-3, 3), st.floats(0.5, 2), st.floats(-200, 200), st.floats(-200, 200))
def test_motion_turning_and_nearing_heads_move_no_part_of_the_face(
    angle: float, scale: float, right: float, down: float
) -> None:
    points = a_face()
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    points[1] = scale * points[1] @ turn.T + (right, down)
    found = movements(points)
    for part in PARTS:
        assert found[part] == [pytest.approx(0, abs=1e-6)]


def test_motion_of_parts_is_in_percent_of_the_distance_of_the_eyes() -> None:
    points = a_face()
    points[1, 48:68, 1] += 10  # the mouth, by a tenth of the 100 pixels between the eyes
    found = movements(points)
    assert found["mouth"] == [pytest.approx(10)]
    assert found["brows"] == [pytest.approx(0)]
    assert found["head"] == [pytest.approx(0)]
    points[1] += (0, 5)
    assert movements(points)["head"] == [pytest.approx(5)]
    assert not set(RIGID) & set(range(48, 68))


def test_motion_landmarks_that_are_not_68_are_not_used() -> None:
    assert as_points([[(1.0, 2.0)] * 68, [(1.0, 2.0)] * 67]) is None
    assert as_points([]) is None


@given(st.integers(1, 2000), st.integers(1, 2000), st.floats(-5000, 5000), st.floats(0, 5000))
def test_motion_box_of_a_face_is_never_empty_and_never_leaves_the_frame(
    width: int, height: int, low: float, length: float
) -> None:
    left, top, right, bottom = face_box(
        np.array([[low, low], [low + length, low + length]]), width=width, height=height
    )
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height


def test_motion_of_frames_with_landmarks_is_that_of_the_face(stock: Stock, tmp_path: Path, prober: Prober) -> None:
    folder = lay(stock, tmp_path, "AFEW-VA/videos/001.mp4")
    found = prober.motion(folder, frame_rate=10)
    assert (found.region, sorted(found.parts)) == ("face", ["brows", "eyes", "head", "mouth"])
    assert (found.decoded_frames, found.duration) == (FRAMES, pytest.approx(FRAMES / 10))


@pytest.mark.parametrize("content", ["", "{}", '{"frames": {"00000": {"valence": 1, "arousal": 1, "landmarks": []}}}'])
def test_motion_of_frames_with_broken_landmarks_is_that_of_the_frame(
    content: str, stock: Stock, tmp_path: Path, prober: Prober
) -> None:
    folder = lay(stock, tmp_path, "AFEW-VA/videos/001.mp4")
    (folder / "001.json").write_text(content)
    found = prober.motion(folder)
    assert (found.region, found.parts) == ("frame", {})


@pytest.mark.parametrize("broken", ["null", "67", "no frame", "no file"])
def test_motion_of_frames_without_landmarks_in_one_of_them_is_that_of_the_frame(
    broken: str, stock: Stock, tmp_path: Path, prober: Prober
) -> None:
    folder = lay(stock, tmp_path, "AFEW-VA/videos/001.mp4")
    record = json.loads((folder / "001.json").read_text())
    match broken:
        case "null":
            record["frames"]["00001"]["landmarks"] = None
        case "67":
            record["frames"]["00001"]["landmarks"].pop()
        case "no frame":
            del record["frames"]["00001"]
    (folder / "001.json").write_text(json.dumps(record))
    if broken == "no file":
        (folder / "001.json").unlink()
    found = prober.motion(folder)
    assert (found.region, found.parts, found.decoded_frames) == ("frame", {}, FRAMES)


def test_motion_of_a_face_needs_no_valence(stock: Stock, tmp_path: Path, prober: Prober) -> None:
    folder = lay(stock, tmp_path, "AFEW-VA/videos/001.mp4")
    record = json.loads((folder / "001.json").read_text())
    record["frames"]["00001"]["valence"] = None
    (folder / "001.json").write_text(json.dumps(record))
    assert prober.motion(folder).region == "face"


def test_motion_of_frames_passes_over_a_broken_one(stock: Stock, tmp_path: Path, prober: Prober) -> None:
    folder = lay(stock, tmp_path, "AFEW-VA/videos/001.mp4")
    for number in (1, 2):
        (folder / f"{number:05d}.png").unlink()
        (folder / f"{number:05d}.png").write_bytes(b"no picture")
    found: Motion = prober.motion(folder)
    assert (found.decoded_frames, found.last_frame_decodes) == (FRAMES, False)


def measured(folder: Path) -> dict[str, dict[str, Any]]:
    """Probe the clips of a folder, measure them, and return the rows of the table."""
    wanted, facts = folder / "wanted.jsonl", folder / "facts.parquet"
    videos = sorted(f"A/{path.name}" for path in (folder / "clips" / "A").iterdir())
    wanted.write_text("".join(json.dumps({"source": "A", "video": video}) + "\n" for video in [*videos, "A/gone.mp4"]))
    probe_clips(Quiet(), clips=str(wanted), facts=str(facts), parent=str(folder / "clips"))
    measure_clips(Quiet(), facts=str(facts), pictures=str(folder / "pictures"), max_bytes=10**9)
    return {row["video"]: row for row in pq.read_table(facts).to_pylist()}


def test_motion_fills_the_table_once_and_leaves_the_signal_for_the_player(
    late: Path, tmp_path: Path, prober: Prober, monkeypatch: pytest.MonkeyPatch
) -> None:
    clips = tmp_path / "clips" / "A"
    clips.mkdir(parents=True)
    (clips / "late.mp4").write_bytes(late.read_bytes())
    (clips / "bad.mp4").write_text("no video")
    rows = measured(tmp_path)
    row = rows["A/late.mp4"]
    assert (row["cuts"], row["decoded_frames"], row["motion_problem"]) == (0, 50, "")
    assert 0 < row["motion_mean"] < row["motion_p95"]
    assert rows["A/bad.mp4"]["motion_mean"] is None
    assert rows["A/gone.mp4"]["motion_problem"] is None
    monkeypatch.setattr(Prober, "motion", lambda *_, **__: pytest.fail("it is known already"))
    assert measured(tmp_path) == rows
    kept = motion_of(json.loads(ClipCache(tmp_path / "pictures", 10**9).motion(clips / "late.mp4")))
    assert kept.mean == row["motion_mean"]
