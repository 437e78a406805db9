"""Damaged clips of every kind end in an answer or a reason, never in a hang, a crash of the caller or a leak."""

import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from benchmarks.fuzz_clips import KINDS, fuzz, make_originals, mutated
from dfec_explore.clips import Prober
from dfec_explore.errors import ClipError

MakeClip = Callable[..., Path]

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


@pytest.mark.slow
def test_fuzz_five_hundred_damages_of_real_clips_leave_no_file_process_or_memory_behind(tmp_path: Path) -> None:
    with Prober(workers=1) as prober:
        report = fuzz(make_originals(tmp_path), tmp_path, prober, inputs=500, seed=20)
    assert {outcomes.counts.total() for outcomes in report.requests.values()} == {500}
    assert report.after.files <= report.before.files
    assert report.after.processes <= report.before.processes
    assert report.after.megabytes <= report.before.megabytes + 50
