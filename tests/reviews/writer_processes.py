"""Processes that save reviews, and what they showed as saved."""

import os
import random
import subprocess
import sys
from pathlib import Path

from dfec_explore.reviews import open_store

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LONG = 200


def start_writer(url: str, reviewer: str, count: int, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(HERE / "review_writer.py"), url, reviewer, str(count), *more]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def named(output: str, word: str) -> list[str]:
    """What stands behind a word in the lines of a writer; a line that was cut short was not shown."""
    lines = [line.split(maxsplit=1) for line in output.splitlines(keepends=True) if line.endswith("\n")]
    return [line[1].strip() for line in lines if line[0] == word]


def stored_ids(url: str) -> list[str]:
    """Row ids in the order of the store; each time it is there."""
    store = open_store(url)
    ids = [review.row_id for review in store.reviews()]
    store.close()
    return ids


def kill_while_saving(url: str, count: int, *, first: int, lines: int) -> str:
    """Kill a writer once it has said so many lines, and return all it said."""
    writer = start_writer(url, "Ann", count, "--first", str(first))
    assert writer.stdout is not None
    said = "".join(writer.stdout.readline() for _ in range(lines))
    writer.kill()
    rest, _ = writer.communicate(timeout=LONG)
    return said + rest


def save_while_killed(url: str, saves: int, moments: random.Random, kills: int) -> tuple[list[str], list[str]]:
    """Save so many reviews with a writer that is killed again and again and starts anew where it was.

    Returns:
        The row ids that were shown as saved, and those that were being saved when the kill came.
    """
    shown: list[str] = []
    under_way: list[str] = []
    while len(shown) < saves:
        left = saves - len(shown)
        lines = moments.randint(1, max(1, 4 * saves // kills))
        said = kill_while_saving(url, left, first=len(shown), lines=min(lines, 2 * left))
        done = named(said, "saved")
        shown += done
        under_way += [row for row in named(said, "saving") if row not in done]
    return shown, under_way
