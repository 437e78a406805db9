"""Damaged clips of every kind end in an answer or a reason, never in a hang, a crash of the caller or a leak."""

import os
import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from dfec_explore.clips import Prober
from dfec_explore.errors import ClipError

MakeClip = Callable[..., Path]

pytestmark = pytest.mark.video

KINDS = ("flip", "flip much", "cut", "drop", "repeat", "zero", "swap header")


def mutated(data: bytes, kind: str, chance: random.Random) -> bytes:
    """Damage a file in one way."""
    damaged = bytearray(data)
    start = chance.randrange(len(data))
    length = min(chance.choice([4, 64, 4096]), len(data) - start)
    match kind:
        case "flip":
            damaged[start] ^= 1 << chance.randrange(8)
        case "flip much":
            for _ in range(len(data) // 200):
                damaged[chance.randrange(len(data))] = chance.randrange(256)
        case "cut":
            del damaged[start:]
        case "drop":
            del damaged[start : start + length]
        case "repeat":
            damaged[start:start] = damaged[start : start + length] * 3
        case "zero":
            damaged[start : start + length] = bytes(length)
        case "swap header":
            place = chance.randrange(min(200, len(data)))
            damaged[place : place + 4] = chance.randbytes(4)
    return bytes(damaged)


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
    for decode in (prober.facts, prober.thumbnail, prober.filmstrip):
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


@pytest.mark.slow
def test_fuzz_five_hundred_damages_leave_no_open_files(originals: list[Path], tmp_path: Path, prober: Prober) -> None:
    prober.facts(originals[0])
    before = len(os.listdir("/proc/self/fd"))
    chance = random.Random(20)
    for _ in range(500):
        original = chance.choice(originals)
        path = tmp_path / original.name
        path.write_bytes(mutated(original.read_bytes(), chance.choice(KINDS), chance))
        check(prober, path)
    assert len(os.listdir("/proc/self/fd")) <= before
