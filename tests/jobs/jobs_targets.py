"""What the jobs of these tests do in their child processes."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from dfec_explore.errors import StoreError
from dfec_explore.jobs import Progress


def wait_for(file: Path) -> None:
    while not file.exists():
        time.sleep(0.01)


def count(progress: Progress, *, total: int) -> dict[str, int]:
    for done in range(total + 1):
        progress.report(done, total, f"{done} counted", data={"half": done / 2})
    return {"counted": total}


def leave_mark(progress: Progress, *, folder: str, gate: str | None = None) -> str:
    name = f"run-{os.getpid()}"
    (Path(folder) / name).touch()
    if gate:
        wait_for(Path(gate))
    return name


def report_then_wait(progress: Progress, *, gate: str) -> str:
    progress.report(3, None, "three so far", data=["thumb.jpg"])
    wait_for(Path(gate))
    return "through"


def hang(progress: Progress, *, pid_file: str) -> None:
    """Hang together with a grandchild; the file names both."""
    grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    partial = Path(f"{pid_file}.partial")
    partial.write_text(f"{os.getpid()} {grandchild.pid}", encoding="ascii")
    partial.rename(pid_file)
    time.sleep(600)


def crash_leaving_grandchild(progress: Progress, *, pid_file: str) -> None:
    grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    Path(pid_file).write_text(f"{os.getpid()} {grandchild.pid}", encoding="ascii")
    os._exit(7)


def die_by_signal(progress: Progress, *, name: str) -> None:
    os.kill(os.getpid(), signal.Signals[name])
    time.sleep(600)


def leave_at_once(progress: Progress, *, code: int) -> None:
    os._exit(code)


def raise_value_error(progress: Progress) -> None:
    raise ValueError("the third frame is upside down")


def raise_own_error(progress: Progress) -> None:
    raise StoreError("read the plan", "it is gone", "Make it again.")


def fail_once(progress: Progress, *, folder: str) -> str:
    mark = Path(folder) / "tried"
    if not mark.exists():
        mark.touch()
        raise OSError("not yet")
    return "second time"


def print_much(progress: Progress) -> str:
    print('{"result": "forged"}', flush=True)
    os.write(1, b"straight to the descriptor\n")
    subprocess.run([sys.executable, "-c", "print('from a grandchild')"], check=True)
    return sys.stdin.read() + "genuine"


def return_no_json(progress: Progress) -> Any:
    return object()


def answer_then_hang_at_exit(progress: Progress) -> str:
    import threading

    threading.Thread(target=time.sleep, args=(600,)).start()
    return "answered"


def tick(progress: Progress, *, times: int, pause: float) -> str:
    for done in range(times):
        time.sleep(pause)
        progress.report(done, times)
    return "never silent for long"
