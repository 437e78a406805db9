"""Child processes of jobs: how they are started, killed with all that they started, and how their end is told."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

PACKAGE_PARENT = Path(__file__).resolve().parents[2]


def start_child(python_path: Sequence[Path]) -> subprocess.Popen[bytes]:
    """Start a child that waits for a task on its standard input.

    It leads a session and process group of its own, so that Ctrl-C does not reach it and that `kill_tree` reaches
    whatever it starts. The package need not be installed.

    Raises:
        OSError: the system could not start a process.
    """
    folders = [PACKAGE_PARENT, *python_path, *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(
        [sys.executable, "-P", "-X", "faulthandler", "-m", "dfec_explore.jobs.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders)), "PYTHONUTF8": "1"},
    )


def kill_tree(process: subprocess.Popen[bytes]) -> None:
    """Kill a child and, where there are process groups, all that it started, also when it has ended itself."""
    if not hasattr(os, "killpg"):
        process.kill()
        return
    # Nobody may be left; of a group of zombies macOS says "not permitted".
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def describe_end(code: int) -> str:
    """Say how a process ended that gave no result.

    Args:
        code: as in ``Popen.returncode``: an exit code, or a signal's number below zero.
    """
    if code >= 0:
        return f"it ended without a result, with exit code {code}"
    names = {number.value: number.name for number in signal.Signals}
    sentence = f"it was ended by signal {-code} ({names.get(-code, 'unknown')})"
    if -code == getattr(signal, "SIGKILL", None):
        sentence += "; the system does that when memory runs out"
    return sentence
