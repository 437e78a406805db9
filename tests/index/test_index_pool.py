"""The processes that read captions: none is left when the one that asked them is gone."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil

from dfec_explore.index.build import POOL_FROM

CAPTION = "At the beginning, she raises her brows {n} times, then blinks, and finally she smiles at number {n}."
PATIENCE = 120
"""Seconds; a limit, not a measurement: the machine may be busy."""


def readers(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """The processes of multiprocessing that were started for reading captions."""
    children = psutil.Process(process.pid).children()
    return [child for child in children if "spawn_main" in " ".join(child.cmdline())]


def is_there(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def test_index_command_that_is_killed_leaves_no_process_that_reads_captions(tmp_path: Path) -> None:
    records = [
        {"id": str(n), "video": f"DFEW/videos/{n}.mp4", "caption": CAPTION.format(n=n)} for n in range(20 * POOL_FROM)
    ]
    (tmp_path / "test.json").write_text(json.dumps(records), encoding="utf-8")
    command = [sys.executable, "-m", "dfec_explore", "index", "test.json", "--workers", "2"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DFEC_")}
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        started = wait_for_two(process)
    finally:
        process.kill()
        process.wait()
    _, left = psutil.wait_procs(started, timeout=PATIENCE)
    left = [reader for reader in left if is_there(reader)]
    for reader in left:
        reader.kill()
    assert left == []


def wait_for_two(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, "The command ended before its readers were seen."
        if len(found := readers(process)) == 2:
            return found
        time.sleep(0.02)
    raise AssertionError("The command started no two readers.")
