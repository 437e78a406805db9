"""Damaged clips of every kind end in an answer or a reason, never in a hang, a crash of the caller or a leak."""

import random
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from benchmarks.fuzz_clips import KINDS, fuzz, make_originals, mutated, outcome
from dfec_explore.clips import Prober
from dfec_explore.errors import ClipError

MakeClip = Callable[..., Path]
Ffmpeg = Callable[..., None]

pytestmark = pytest.mark.video


@pytest.fixture(scope="module")
def originals(make_clip: MakeClip, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """One clip of each container; the MP4 with its index in front."""
    folder = tmp_path_factory.mktemp("originals")
    return [
        make_clip(folder / "a.mp4", options=("-movflags", "+faststart")),
        make_clip(folder / "a.avi", options=("-c:v", "mpeg4")),
        make_clip(folder / "a.mkv"),
        make_clip(folder / "a.webm", options=("-c:v", "libvpx", "-deadline", "realtime")),
    ]


def check(prober: Prober, path: Path) -> None:
    for decode in (prober.facts, prober.thumbnail, prober.filmstrip, prober.motion):
        with suppress(ClipError):
            assert decode(path)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("kind", KINDS)
def test_fuzz_damaged_clips_end_in_an_answer_or_a_reason(
    kind: str, seed: int, originals: list[Path], tmp_path: Path, prober: Prober
) -> None:
    original = originals[seed % len(originals)]
    path = tmp_path / original.name
    path.write_bytes(mutated(original.read_bytes(), kind, random.Random(f"{kind} {seed}")))
    check(prober, path)


def test_fuzz_a_small_run_counts_every_input_and_leaks_nothing(
    originals: list[Path], tmp_path: Path, prober: Prober
) -> None:
    report = fuzz(originals, tmp_path, prober, inputs=21, seed=3)
    assert report.inputs.total() == 21
    assert {outcomes.counts.total() for outcomes in report.requests.values()} == {21}
    assert report.after.files <= report.before.files
    assert report.after.processes <= report.before.processes


@pytest.fixture(params=[0, 1])
def lacking(request: pytest.FixtureRequest, ffmpeg: Ffmpeg, test_data: Path, tmp_path: Path) -> Path:
    """Two seconds of HEVC that lack some bytes, about which FFmpeg's threads have much to say."""
    path = tmp_path / "damaged.mp4"
    source = str(test_data / "clips" / "face_hevc.mov")
    ffmpeg("-t", "2", "-i", source, "-c", "copy", "-movflags", "+faststart", str(path))
    path.write_bytes(mutated(path.read_bytes(), "drop", random.Random(request.param)))
    return path


@pytest.mark.data
def test_fuzz_hevc_that_lacks_bytes_does_not_hang_the_decoder(lacking: Path, prober: Prober) -> None:
    asked = {"probe": prober.facts, "filmstrip": prober.filmstrip, "motion": prober.motion}
    outcomes = {name: outcome(ask, lacking) for name, ask in asked.items()}
    assert set(outcomes.values()) <= {"answered", "refused"}, outcomes


@pytest.mark.data
def test_fuzz_threads_of_ffmpeg_do_not_wait_for_python_while_a_clip_is_closed(lacking: Path) -> None:
    """Frame threads are at work when the clip is closed; a message of theirs that needs Python hangs both for ever."""
    code = """if True:
        import sys
        from pathlib import Path
        from dfec_explore.clips.media import decoded, opened

        def decode():
            with opened(Path(sys.argv[1])) as (container, stream):
                stream.thread_type = "FRAME"
                return sum(1 for _ in decoded(container, stream))

        print(decode() > 0)
    """
    command = [sys.executable, "-c", code, str(lacking)]
    assert subprocess.run(command, capture_output=True, text=True, timeout=30).stdout.strip() == "True"


@pytest.mark.slow
def test_fuzz_five_hundred_damages_of_real_clips_lose_no_decoder_and_leave_no_file_process_or_memory_behind(
    tmp_path: Path,
) -> None:
    with Prober(workers=1) as prober:
        report = fuzz(make_originals(tmp_path), tmp_path, prober, inputs=500, seed=20)
    assert {outcomes.counts.total() for outcomes in report.requests.values()} == {500}
    lost = {name: outcomes.counts["stopped"] + outcomes.counts["crashed"] for name, outcomes in report.requests.items()}
    assert lost == {"probe": 0, "thumbnail": 0, "filmstrip": 0, "motion": 0}
    assert report.after.files <= report.before.files
    assert report.after.processes <= report.before.processes
    assert report.after.megabytes <= report.before.megabytes + 50
