"""``python -m benchmarks.fuzz_clips``: damaged clips through probe, thumbnail, filmstrip and motion; what came of it.

The originals are the real clips below ``DFEC_TEST_DATA``, where that is set, and one of the demo; each is cut to two
seconds and put into several containers, as its codec allows. The same seed damages the same originals in the same way;
encoders do not always make the same originals twice.
"""

import argparse
import os
import random
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import imageio_ffmpeg
import psutil

from dfec_explore.clips import DecoderLost, Prober
from dfec_explore.demo import demo_samples, draw_clip
from dfec_explore.errors import ClipError

KINDS = ("flip", "flip much", "cut", "drop", "repeat", "zero", "swap header")
CONTAINERS = {
    ".mp4": ("-c", "copy", "-movflags", "+faststart"),
    ".mov": ("-c", "copy"),
    ".mkv": ("-c", "copy"),
    ".avi": ("-c:v", "mpeg4", "-an"),
    ".webm": ("-c:v", "libvpx", "-deadline", "realtime", "-an"),
    ".wmv": ("-an",),
}
SECONDS = 2.0


def mutated(data: bytes, kind: str, chance: random.Random) -> bytes:
    """Damage a file in one way of ``KINDS``."""
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


@dataclass(frozen=True, slots=True)
class State:
    """What a process holds at one moment."""

    files: int
    processes: int
    threads: int
    megabytes: float


@dataclass(slots=True)
class Outcomes:
    """What came of one kind of request."""

    counts: Counter[str] = field(default_factory=Counter)
    worst: float = 0.0
    """Seconds that the slowest answer took."""


@dataclass(frozen=True, slots=True)
class Report:
    """A whole run."""

    inputs: Counter[str]
    """Damaged files by the ending of their original."""
    requests: dict[str, Outcomes]
    before: State
    after: State


def fuzz(originals: Sequence[Path], folder: Path, prober: Prober, *, inputs: int, seed: int) -> Report:
    """Put damaged clips through everything that decodes.

    Args:
        originals: clips to damage.
        folder: where the damaged ones are written, one at a time.
        prober: what decodes.
        inputs: how many damaged clips.
        seed: of the damages.

    Raises:
        Exception: whatever is no ``ClipError``: that would have been a crash of the server.
    """
    requests: dict[str, Callable[[Path], object]] = {
        "probe": prober.facts,
        "thumbnail": prober.thumbnail,
        "filmstrip": prober.filmstrip,
        "motion": prober.motion,
    }
    for original in originals:  # What is loaded once is there before the first look.
        for ask in requests.values():
            with suppress(ClipError):
                ask(original)
    before, found, made = _state(), {name: Outcomes() for name in requests}, Counter[str]()
    for path in _damaged(originals, folder, inputs, seed):
        made[path.suffix] += 1
        for name, ask in requests.items():
            started = time.monotonic()
            found[name].counts[outcome(ask, path)] += 1
            found[name].worst = max(found[name].worst, time.monotonic() - started)
    return Report(made, found, before, _state())


def outcome(ask: Callable[[Path], object], path: Path) -> str:
    """Ask for one thing of a clip; return what came of it: answered, refused, stopped, crashed."""
    try:
        ask(path)
    except DecoderLost as error:
        return "stopped" if "did not answer" in error.problem else "crashed"
    except ClipError:
        return "refused"
    return "answered"


def _damaged(originals: Sequence[Path], folder: Path, inputs: int, seed: int) -> Iterator[Path]:
    chance = random.Random(seed)
    contents = {original: original.read_bytes() for original in originals}
    for number in range(inputs):
        original = chance.choice(list(originals))
        path = folder / f"damaged{original.suffix}"
        path.write_bytes(mutated(contents[original], KINDS[number % len(KINDS)], chance))
        yield path


def _state() -> State:
    process = psutil.Process()
    return State(
        process.num_fds() if hasattr(process, "num_fds") else 0,
        len(process.children(recursive=True)),
        process.num_threads(),
        process.memory_info().rss / 1e6,
    )


def make_originals(folder: Path) -> list[Path]:
    """Make the clips to damage: real ones where there are any, and one of the demo, in several containers."""
    draw_clip(demo_samples()[0], folder / "demo.mp4")
    real = Path(os.environ.get("DFEC_TEST_DATA", "")) / "clips" if os.environ.get("DFEC_TEST_DATA") else None
    sources = [folder / "demo.mp4", *(sorted(real.iterdir()) if real else [])]
    made = []
    for number, source in enumerate(sources):
        for ending, options in CONTAINERS.items():
            target = folder / f"{number}{ending}"
            head = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-t", str(SECONDS), "-i", str(source)]
            subprocess.run([*head, *options, str(target)], check=True, stdin=subprocess.DEVNULL)
            made.append(target)
    return made


def table(report: Report) -> str:
    """Write a report as the table that the documentation has."""
    kinds = ("answered", "refused", "stopped", "crashed")
    lines = ["| request | answered | refused with a reason | stopped at the deadline | decoder crashed | worst time |"]
    lines.append("|---|---|---|---|---|---|")
    for name, outcomes in report.requests.items():
        numbers = " | ".join(str(outcomes.counts[kind]) for kind in kinds)
        lines.append(f"| {name} | {numbers} | {outcomes.worst:.2f} s |")
    lines += ["", "| of this process | before | after |", "|---|---|---|"]
    for name in ("files", "processes", "threads", "megabytes"):
        before, after = getattr(report.before, name), getattr(report.after, name)
        lines.append(f"| {name} | {before:,.0f} | {after:,.0f} |")
    return "\n".join(lines)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=500)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--deadline", type=float, default=10.0, help="seconds that one request may take")
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder, Prober(workers=1, deadline=arguments.deadline) as prober:
        originals = make_originals(Path(folder))
        started = time.monotonic()
        report = fuzz(originals, Path(folder), prober, inputs=arguments.inputs, seed=arguments.seed)
    made = ", ".join(f"{number} {ending}" for ending, number in sorted(report.inputs.items()))
    print(f"{arguments.inputs} damaged clips ({made}) in {time.monotonic() - started:.0f} s, seed {arguments.seed}\n")
    print(table(report))


if __name__ == "__main__":
    main()
