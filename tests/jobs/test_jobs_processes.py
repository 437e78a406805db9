"""No process outlives its job, whichever way the job or the server ends."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from dfec_explore.jobs import JobRunner, JobStatus, Task

HERE = Path(__file__).parent
LONG = 60

pytestmark = pytest.mark.skipif(not hasattr(os, "killpg"), reason="process groups are a POSIX thing")

SERVER = """
import sys, time
from pathlib import Path
from dfec_explore.jobs import JobRunner, Task
runner = JobRunner(python_path=[Path(sys.argv[1])])
runner.start(Task(key="k", title="t", target="jobs_targets:hang", arguments={"pid_file": sys.argv[2]}))
time.sleep(600)
"""


def hanging(pid_file: Path) -> Task:
    return Task(key="hang", title="hang", target="jobs_targets:hang", arguments={"pid_file": str(pid_file)})


def read_pids(pid_file: Path) -> list[int]:
    give_up = time.monotonic() + LONG
    while not pid_file.exists():
        assert time.monotonic() < give_up, "the job never started"
        time.sleep(0.02)
    return [int(pid) for pid in pid_file.read_text(encoding="ascii").split()]


def is_alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def assert_all_end(pids: list[int]) -> None:
    give_up = time.monotonic() + LONG
    while any(is_alive(pid) for pid in pids):
        assert time.monotonic() < give_up, f"still alive: {[pid for pid in pids if is_alive(pid)]}"
        time.sleep(0.02)


def test_cancel_kills_the_child_and_what_it_started(tmp_path: Path) -> None:
    runner = JobRunner(python_path=[HERE])
    job = runner.start(hanging(tmp_path / "pids"))
    pids = read_pids(tmp_path / "pids")
    assert [is_alive(pid) for pid in pids] == [True, True]
    runner.cancel("hang")
    assert job.wait(LONG).status is JobStatus.CANCELLED
    assert_all_end(pids)
    runner.close()


def test_a_crashed_child_leaves_no_grandchild(tmp_path: Path) -> None:
    runner = JobRunner(python_path=[HERE])
    task = Task(
        key="crash",
        title="crash",
        target="jobs_targets:crash_leaving_grandchild",
        arguments={"pid_file": str(tmp_path / "pids")},
    )
    assert runner.start(task).wait(LONG).error == "it ended without a result, with exit code 7"
    assert_all_end(read_pids(tmp_path / "pids"))
    runner.close()


def test_close_leaves_no_process_and_ends_every_job(tmp_path: Path) -> None:
    runner = JobRunner(max_parallel=1, python_path=[HERE])
    running = runner.start(hanging(tmp_path / "pids"))
    queued = runner.start(Task(key="later", title="later", target="jobs_targets:count", arguments={"total": 1}))
    pids = read_pids(tmp_path / "pids")
    runner.close()
    assert_all_end(pids)
    assert [running.state.status, queued.state.status] == ["cancelled", "cancelled"]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_killed_takes_its_jobs_along(tmp_path: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-c", SERVER, str(HERE), str(tmp_path / "pids")]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd=HERE.parents[1])
    pids = read_pids(tmp_path / "pids")
    for _ in range(LONG):
        # Where Python is just in a callback, an interrupt is lost: a person presses Ctrl-C again.
        server.send_signal(number)
        with suppress(subprocess.TimeoutExpired):
            server.wait(1)
            break
    assert server.returncode is not None
    assert_all_end(pids)


def test_the_child_works_from_any_folder_without_installing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "json.py").write_text("raise RuntimeError('the working folder was imported from')", encoding="utf-8")
    runner = JobRunner(python_path=[HERE])
    task = Task(key="k", title="t", target="jobs_targets:count", arguments={"total": 2})
    assert runner.start(task).result(LONG) == {"counted": 2}
    runner.close()
