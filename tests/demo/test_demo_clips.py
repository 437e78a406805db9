"""The demo on disk: clips that browsers play, annotations, and runs that are cut off."""

import json
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

import av
import numpy as np
import pytest

from dfec_explore.demo import (
    DemoSample,
    demo_clips_folder,
    demo_dataset,
    demo_folder_ready,
    demo_samples,
    draw_clip,
    draw_demo,
    write_annotations,
)
from dfec_explore.demo import clips as demo_clips
from dfec_explore.errors import ClipError

SAMPLES = demo_samples()


@dataclass
class Reports:
    """A progress that remembers what it was told."""

    seen: list[tuple[int, int | None]] = field(default_factory=list)

    def report(self, done: int, total: int | None, message: str = "", data: object = None) -> None:
        self.seen.append((done, total))


def all_but(folder: Path, *missing: DemoSample) -> None:
    for sample in SAMPLES:
        if sample not in missing:
            path = demo_clips_folder(folder) / sample.annotation.video
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"drawn before")


@pytest.fixture(scope="module")
def with_sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[DemoSample, Path]:
    sample = next(sample for sample in SAMPLES if sample.has_sound)
    path = tmp_path_factory.mktemp("demo") / "clip.mp4"
    draw_clip(sample, path)
    return sample, path


@pytest.mark.video
def test_demo_clips_are_h264_of_the_stated_size_length_and_rate(with_sound: tuple[DemoSample, Path]) -> None:
    sample, path = with_sound
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        frames = sum(1 for _ in container.decode(stream))
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert (stream.width, stream.height, float(stream.average_rate or 0)) == (640, 360, 25.0)
        assert frames == round(sample.duration * 25)
        assert container.duration is not None
        assert container.duration / 1e6 == pytest.approx(sample.duration, abs=0.08)


@pytest.mark.video
def test_demo_clips_have_a_keyframe_at_least_twice_a_second(with_sound: tuple[DemoSample, Path]) -> None:
    with av.open(str(with_sound[1])) as container:
        keys = [float(frame.pts * frame.time_base) for frame in container.decode(video=0) if frame.key_frame]
    assert max(np.diff(keys)) <= 0.5


@pytest.mark.video
def test_demo_clips_start_with_their_index(with_sound: tuple[DemoSample, Path]) -> None:
    content = with_sound[1].read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


@pytest.mark.video
def test_demo_clips_with_sound_hum_while_the_person_speaks_and_only_then(with_sound: tuple[DemoSample, Path]) -> None:
    sample, path = with_sound
    start = next(action.start for action in sample.timeline if action.action == "speak")
    with av.open(str(path)) as container:
        assert container.streams.audio[0].codec_context.name == "aac"
        samples = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])
    loud = np.abs(samples)
    assert loud[: int((start - 0.1) * 48000)].max() < 0.001
    assert loud[int((start + 0.2) * 48000) : int((start + 0.6) * 48000)].max() > 0.005


@pytest.mark.video
def test_demo_clips_that_are_silent_have_no_sound_track(tmp_path: Path) -> None:
    draw_clip(replace(SAMPLES[0], duration=0.4, has_sound=False), tmp_path / "short.mp4")
    with av.open(str(tmp_path / "short.mp4")) as container:
        assert not container.streams.audio


@pytest.mark.video
def test_demo_clips_of_a_partial_folder_are_completed_and_no_other_is_touched(tmp_path: Path) -> None:
    missing = SAMPLES[3]
    all_but(tmp_path, missing)
    assert demo_folder_ready(tmp_path) == (55, 56)
    progress = Reports()
    result = draw_demo(progress, folder=str(tmp_path))
    assert (result["drawn"], result["present"], result["total"]) == (1, 55, 56)
    assert json.loads(json.dumps(result)) == result
    assert progress.seen == [(55, 56), (56, 56)]
    assert demo_folder_ready(tmp_path) == (56, 56)
    assert (demo_clips_folder(tmp_path) / SAMPLES[0].annotation.video).read_bytes() == b"drawn before"
    assert (demo_clips_folder(tmp_path) / missing.annotation.video).stat().st_size > 20_000


def test_demo_clips_of_a_whole_folder_are_not_drawn_again(tmp_path: Path) -> None:
    all_but(tmp_path)
    assert draw_demo(Reports(), folder=str(tmp_path))["drawn"] == 0


@pytest.mark.video
def test_demo_clips_a_killed_run_leaves_no_half_file_under_a_clips_name(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom dfec_explore.demo import draw_demo\n"
        "class Quiet:\n    def report(self, *a, **k): pass\n"
        "draw_demo(Quiet(), folder=sys.argv[1])"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)])
    try:
        until = time.monotonic() + 60
        while not list(tmp_path.rglob("*.partial")) and time.monotonic() < until:
            time.sleep(0.02)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert list(tmp_path.rglob("*.partial")), "no clip had been begun"
    for path in tmp_path.rglob("*.mp4"):
        with av.open(str(path)) as container:
            assert sum(1 for _ in container.decode(video=0)) >= 100


@pytest.mark.video
def test_demo_clips_what_ffmpeg_refuses_is_an_error_that_names_the_clip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_clips, "PICTURE", ("-c:v", "no_such_codec"))
    with pytest.raises(ClipError, match=r"clip\.mp4: ffmpeg could not encode it: .*no_such_codec"):
        draw_clip(replace(SAMPLES[0], duration=0.4), tmp_path / "clip.mp4")
    assert list(tmp_path.iterdir()) == []


def test_demo_files_have_the_released_shape(tmp_path: Path) -> None:
    records = json.loads(write_annotations(tmp_path).read_text(encoding="utf-8"))
    assert [list(record) for record in records] == [["id", "video", "caption"]] * 56
    assert [record["caption"] for record in records] == [sample.annotation.caption for sample in SAMPLES]


def test_demo_files_truth_has_events_timeline_and_flaw_of_every_sample(tmp_path: Path) -> None:
    truth = write_annotations(tmp_path).with_name("truth.jsonl").read_text(encoding="utf-8").splitlines()
    lines = [json.loads(line) for line in truth]
    assert [line["id"] for line in lines] == [sample.annotation.id for sample in SAMPLES]
    assert [len(line["events"]) for line in lines] == [len(sample.events) for sample in SAMPLES]
    assert sum(line["flaw"] is not None for line in lines) == 3


def test_demo_files_are_left_alone_when_they_are_there(tmp_path: Path) -> None:
    path = write_annotations(tmp_path)
    before = path.stat()
    assert write_annotations(tmp_path) == path
    assert path.stat().st_mtime_ns == before.st_mtime_ns


def test_demo_files_of_another_seed_lie_apart(tmp_path: Path) -> None:
    assert write_annotations(tmp_path, seed=1) != write_annotations(tmp_path, seed=2)
    assert demo_clips_folder(tmp_path, seed=1) != demo_clips_folder(tmp_path, seed=2)


def test_demo_dataset_says_that_it_is_one_and_whose_left_is_meant(tmp_path: Path) -> None:
    dataset = demo_dataset(tmp_path)
    assert (dataset.name, dataset.is_demo, dataset.left_right) == ("DFEC demo", True, "viewer")
    assert [(part.name, part.path) for part in dataset.parts] == [("test", write_annotations(tmp_path))]
