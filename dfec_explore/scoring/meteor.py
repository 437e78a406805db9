"""METEOR 1.5 of captions, by the program that comes with pycocoevalcap; it needs Java."""

import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO

import numpy as np
import numpy.typing as npt

from dfec_explore.scoring.java import METEOR_JAR, jar, java_program

Report = Callable[[int], None]
SEPARATOR = "|||"
STEP = 20


def has_meteor() -> bool:
    """Whether METEOR can be worked out on this machine."""
    return jar(METEOR_JAR) is not None


def meteor_scores(
    references: Sequence[str],
    predictions: Sequence[str],
    groups: Mapping[str, Sequence[int]],
    report: Report | None = None,
) -> tuple[npt.NDArray[np.float64], dict[str, float]]:
    """METEOR of each caption and of groups of captions.

    Args:
        references: tokens joined by spaces.
        predictions: the same, one for each reference.
        groups: places of the captions in each group; a group's score is METEOR's own over their summed counts.
        report: told how many captions are done.

    Returns:
        The scores of the captions, and those of the groups by name; all 0 to 1.

    Raises:
        RuntimeError: Java or the program is not there, or it stopped.
    """
    with _program() as (questions, said):
        counts = []
        for place, (reference, prediction) in enumerate(zip(references, predictions, strict=True)):
            counts.append(_ask(questions, said, f"SCORE ||| {_plain(reference)} ||| {_plain(prediction)}"))
            if report and place % STEP == 0:
                report(place)
        scores = np.array(_score(questions, said, counts)[:-1], dtype=np.float64)
        totals = {
            name: _score(questions, said, [counts[place] for place in places])[-1]
            for name, places in groups.items()
            if len(places)
        }
    return scores, totals


def _plain(tokens: str) -> str:
    """Tokens that cannot be taken for the program's own separator, with single spaces."""
    return " ".join(tokens.replace(SEPARATOR, " ").split())


def _score(questions: IO[bytes], said: IO[bytes], counts: Sequence[str]) -> list[float]:
    """The scores of captions by their counts, and behind them the score of all."""
    _write(questions, "EVAL" + "".join(f" ||| {count}" for count in counts))
    return [float(_read(said)) for _ in range(len(counts) + 1)]


def _ask(questions: IO[bytes], said: IO[bytes], question: str) -> str:
    _write(questions, question)
    return _read(said)


def _write(questions: IO[bytes], line: str) -> None:
    questions.write(f"{line}\n".encode())
    questions.flush()


def _read(said: IO[bytes]) -> str:
    line = said.readline()
    if not line:
        raise RuntimeError("METEOR stopped before all captions were scored.")
    return line.decode("utf-8").strip()


@contextmanager
def _program() -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    program, path = java_program(), jar(METEOR_JAR)
    if program is None or path is None:
        raise RuntimeError("METEOR needs Java and pycocoevalcap.")
    command = [program, "-Dfile.encoding=UTF-8", "-Xmx2G", "-jar", path.name, "-", "-", "-stdio", "-l", "en", "-norm"]
    with subprocess.Popen(
        command, cwd=path.parent, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield process.stdin, process.stdout
        except BrokenPipeError as error:
            raise RuntimeError("METEOR stopped before all captions were scored.") from error
        finally:
            process.kill()
