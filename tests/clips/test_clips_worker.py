"""The decoding process hangs, crashes, grows old or loses its server: the callers do not notice more than a reason."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from dfec_explore.clips import DecoderBusy, DecoderLost, DecodeWorker, Prober
from dfec_explore.errors import ClipError

pytestmark = pytest.mark.video


@pytest.fixture
def worker() -> Iterator[DecodeWorker]:
    worker = DecodeWorker()
    yield worker
    worker.close()


def running_pid(worker: DecodeWorker) -> int:
    assert worker.pid is not None
    return worker.pid


def is_gone(pid: int, *, within: float = 20) -> bool:
    """Wait until no process has this number, or only a zombie of another parent."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def test_worker_that_hangs_is_stopped_at_the_deadline_and_the_next_request_works(
    worker: DecodeWorker, clip: Path
) -> None:
    worker.request("facts", clip, deadline=20)
    pid = running_pid(worker)
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(DecoderLost, match=r"clip.mp4: the decoder did not answer within 0.3 s"):
        worker.request("facts", clip, deadline=0.3)
    assert is_gone(pid)
    header, _ = worker.request("facts", clip, deadline=20)
    assert header["facts"]["frames"] == 20


def test_worker_that_crashes_in_a_request_is_replaced_and_the_clip_tried_once_more(
    worker: DecodeWorker, clip: Path
) -> None:
    worker.request("facts", clip, deadline=20)
    pid = running_pid(worker)
    os.kill(pid, signal.SIGSTOP)
    killer = threading.Timer(0.2, os.kill, (pid, signal.SIGKILL))
    killer.start()
    header, _ = worker.request("facts", clip, deadline=20)
    killer.join()
    assert header["facts"]["frames"] == 20
    assert worker.pid != pid


def test_worker_clip_that_ends_every_decoder_is_told_and_the_next_request_works(
    worker: DecodeWorker, clip: Path
) -> None:
    over = threading.Event()

    def kill_all() -> None:
        while not over.wait(0.01):
            if pid := worker.pid:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    killer = threading.Thread(target=kill_all)
    killer.start()
    with pytest.raises(DecoderLost, match=r"clip\.mp4"):
        worker.request("facts", clip, deadline=20)
    over.set()
    killer.join()
    header, _ = worker.request("facts", clip, deadline=20)
    assert header["facts"]["frames"] == 20


def test_worker_that_died_between_requests_is_replaced_unnoticed(worker: DecodeWorker, clip: Path) -> None:
    worker.request("facts", clip, deadline=20)
    pid = running_pid(worker)
    os.kill(pid, signal.SIGKILL)
    assert is_gone(pid)
    header, _ = worker.request("facts", clip, deadline=20)
    assert header["facts"]["frames"] == 20


def test_worker_survives_a_broken_clip(worker: DecodeWorker, clip: Path, tmp_path: Path) -> None:
    worker.request("facts", clip, deadline=20)
    pid = running_pid(worker)
    (tmp_path / "a.mp4").write_text("no video")
    with pytest.raises(ClipError):
        worker.request("facts", tmp_path / "a.mp4", deadline=20)
    assert worker.pid == pid


def test_worker_is_replaced_after_so_many_requests(clip: Path) -> None:
    worker = DecodeWorker(recycle_after=2)
    pids = []
    for _ in range(4):
        worker.request("facts", clip, deadline=20)
        pids.append(worker.pid)
    worker.close()
    assert pids[1] is None
    assert pids[3] is None
    assert pids[0] != pids[2]


def test_worker_ends_when_its_server_is_killed(clip: Path) -> None:
    code = (
        "import sys, pathlib, os, signal\n"
        "from dfec_explore.clips import DecodeWorker\n"
        "worker = DecodeWorker()\n"
        "worker.request('facts', pathlib.Path(sys.argv[1]), deadline=20)\n"
        "print(worker.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    server = subprocess.run([sys.executable, "-c", code, str(clip)], capture_output=True, text=True, check=False)
    assert server.returncode == -signal.SIGKILL, server.stderr
    assert is_gone(int(server.stdout))


def test_worker_starts_from_any_folder_and_takes_no_library_from_there(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, worker: DecodeWorker
) -> None:
    (tmp_path / "av.py").write_text("raise SystemExit('not the library')")
    monkeypatch.chdir(tmp_path)
    header, _ = worker.request("facts", clip, deadline=20)
    assert header["facts"]["codec"] == "h264"


def test_worker_knows_only_its_requests(worker: DecodeWorker, clip: Path) -> None:
    with pytest.raises(ClipError, match="knows no request 'delete'"):
        worker.request("delete", clip, deadline=20)


def test_prober_serves_others_while_one_clip_hangs(clip: Path) -> None:
    with Prober(workers=2, deadline=20) as prober, ThreadPoolExecutor(2) as pool:
        prober.facts(clip)
        hanging = next(worker for worker in prober.workers if worker.pid)
        os.kill(running_pid(hanging), signal.SIGSTOP)
        stuck = pool.submit(prober.facts, clip)
        while prober.idle == 2:
            time.sleep(0.01)
        answers = [prober.facts(clip).frames for _ in range(5)]
        assert not stuck.done()
        os.kill(running_pid(hanging), signal.SIGKILL)
        assert stuck.result().frames == 20
        assert answers == [20] * 5


def test_prober_serves_others_while_every_decoder_hangs_and_keeps_no_more_than_it_needs(clip: Path) -> None:
    with Prober(workers=2, deadline=30) as prober, ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: prober.frames(clip, [0], height=20), range(8)))
        assert len(prober.workers) == 2
        stuck = []
        for worker in prober.workers:
            worker.request("facts", clip, deadline=20)
            os.kill(running_pid(worker), signal.SIGSTOP)
            stuck.append(pool.submit(prober.facts, clip))
        while prober.idle:
            time.sleep(0.01)
        hanging = [running_pid(worker) for worker in prober.workers]
        answers = [prober.facts(clip).frames for _ in range(5)]
        assert answers == [20] * 5
        assert not any(one.done() for one in stuck)
        for pid in hanging:
            os.kill(pid, signal.SIGCONT)
        assert [one.result().frames for one in stuck] == [20, 20]
        assert len(prober.workers) == 2


def test_prober_starts_no_more_spare_decoders_than_it_may(clip: Path) -> None:
    with Prober(workers=1, spares=1, deadline=30, patience=3) as prober, ThreadPoolExecutor(2) as pool:
        prober.facts(clip)
        first = prober.workers[0]
        os.kill(running_pid(first), signal.SIGSTOP)
        stuck = [pool.submit(prober.facts, clip)]
        while prober.idle:
            time.sleep(0.01)
        assert prober.facts(clip).frames == 20
        spare = next(worker for worker in prober.workers if worker is not first)
        os.kill(running_pid(spare), signal.SIGSTOP)
        stuck.append(pool.submit(prober.facts, clip))
        while prober.idle:
            time.sleep(0.01)
        with pytest.raises(DecoderBusy):
            prober.facts(clip)
        for worker in prober.workers:
            os.kill(running_pid(worker), signal.SIGCONT)
        assert [one.result().frames for one in stuck] == [20, 20]


def test_prober_falls_back_to_another_reader_when_decord_hangs(clip: Path) -> None:
    with Prober(workers=1, deadline=6) as prober:
        prober.facts(clip)
        os.kill(running_pid(prober.workers[0]), signal.SIGSTOP)
        assert prober.filmstrip(clip)[:2] == b"\xff\xd8"


def test_prober_says_that_all_decoders_are_busy(clip: Path) -> None:
    with Prober(workers=1, deadline=1, patience=0.2) as prober, ThreadPoolExecutor(1) as pool:
        prober.facts(clip)
        os.kill(running_pid(prober.workers[0]), signal.SIGSTOP)
        stuck = pool.submit(prober.facts, clip)
        while prober.idle:
            time.sleep(0.01)
        with pytest.raises(DecoderBusy, match="busy"):
            prober.facts(clip)
        with pytest.raises(DecoderLost):
            stuck.result()


def test_prober_answers_many_threads_with_their_own_clips(clip: Path) -> None:
    with Prober(workers=2) as prober, ThreadPoolExecutor(8) as pool:
        heights = list(range(20, 60))
        pictures = list(pool.map(lambda height: prober.frames(clip, [0], height=height).shape[1], heights))
    assert pictures == heights
