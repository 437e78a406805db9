"""Jobs run once per key, say how far they are, and tell every way in which they can end."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dfec_explore.errors import JobError
from dfec_explore.jobs import JobRunner, JobState, JobStatus, Task

TARGETS = "jobs_targets"
LONG = 60


def task(function: str, key: str = "", deadline: float | None = None, **arguments: Any) -> Task:
    return Task(
        key=key or function,
        title=function.replace("_", " "),
        target=f"{TARGETS}:{function}",
        arguments=arguments,
        deadline=deadline,
    )


@pytest.fixture
def runner() -> Iterator[JobRunner]:
    runner = JobRunner(max_parallel=2, python_path=[Path(__file__).parent])
    yield runner
    runner.close()


def until(condition: Callable[[], Any]) -> Any:
    give_up = time.monotonic() + LONG
    while time.monotonic() < give_up:
        if value := condition():
            return value
        time.sleep(0.02)
    raise AssertionError("did not come about")


def test_runner_returns_the_result_and_the_last_report(runner: JobRunner) -> None:
    state = runner.start(task("count", total=5_000)).wait(LONG)
    assert (state.status, state.result) == (JobStatus.DONE, {"counted": 5_000})
    assert (state.done, state.total, state.message, state.data) == (5_000, 5_000, "5000 counted", {"half": 2_500.0})
    assert state.error is None
    assert state.started_at is not None
    assert state.ended_at is not None
    assert state.started_at <= state.ended_at


def test_runner_shows_progress_while_the_job_runs(runner: JobRunner, tmp_path: Path) -> None:
    job = runner.start(task("report_then_wait", gate=str(tmp_path / "gate")))
    until(lambda: job.state.done == 3)
    assert (job.state.status, job.state.total, job.state.message) == (JobStatus.RUNNING, None, "three so far")
    assert job.state.data == ["thumb.jpg"]
    (tmp_path / "gate").touch()
    assert job.result(LONG) == "through"


def test_runner_joins_a_running_job_with_the_same_key(runner: JobRunner, tmp_path: Path) -> None:
    gate, marks = tmp_path / "gate", tmp_path / "marks"
    marks.mkdir()
    jobs = [runner.start(task("leave_mark", folder=str(marks), gate=str(gate)), again=True) for _ in range(5)]
    gate.touch()
    assert len({job.result(LONG) for job in jobs}) == 1
    assert len(list(marks.iterdir())) == 1


def test_runner_hands_out_a_finished_job_instead_of_running_it_again(runner: JobRunner, tmp_path: Path) -> None:
    first = runner.start(task("leave_mark", folder=str(tmp_path)))
    first.wait(LONG)
    assert runner.start(task("leave_mark", folder=str(tmp_path))) == first
    assert len(list(tmp_path.iterdir())) == 1


def test_runner_runs_a_finished_job_again_on_demand(runner: JobRunner, tmp_path: Path) -> None:
    names = {runner.start(task("leave_mark", folder=str(tmp_path)), again=True).result(LONG) for _ in range(2)}
    assert {path.name for path in tmp_path.iterdir()} == names
    assert len(names) == 2


def test_runner_restarts_a_failed_job(runner: JobRunner, tmp_path: Path) -> None:
    assert runner.start(task("fail_once", folder=str(tmp_path))).wait(LONG).error == "OSError: not yet"
    assert runner.start(task("fail_once", folder=str(tmp_path))).result(LONG) == "second time"


def test_runner_runs_no_more_than_its_limit_at_once_and_in_order(runner: JobRunner, tmp_path: Path) -> None:
    gates = [tmp_path / name for name in "abc"]
    jobs = [runner.start(task("report_then_wait", key=gate.name, gate=str(gate))) for gate in gates]
    assert [job.state.status for job in jobs] == ["running", "running", "queued"]
    gates[0].touch()
    until(lambda: jobs[2].state.status is JobStatus.RUNNING)
    assert jobs[1].state.status is JobStatus.RUNNING


@pytest.mark.parametrize(
    ("function", "arguments", "sentence"),
    [
        ("leave_at_once", {"code": 9}, "it ended without a result, with exit code 9"),
        ("leave_at_once", {"code": 0}, "it ended without a result, with exit code 0"),
        ("die_by_signal", {"name": "SIGSEGV"}, "it was ended by signal 11 (SIGSEGV)"),
        (
            "die_by_signal",
            {"name": "SIGKILL"},
            "it was ended by signal 9 (SIGKILL); the system does that when memory runs out",
        ),
        ("raise_value_error", {}, "ValueError: the third frame is upside down"),
        ("raise_own_error", {}, "The verdict store could not read the plan: it is gone. Make it again."),
        ("return_no_json", {}, "TypeError: Object of type object is not JSON serializable"),
        ("no_such_function", {}, "AttributeError: module 'jobs_targets' has no attribute 'no_such_function'"),
    ],
)
def test_runner_says_why_a_job_failed_and_goes_on(
    runner: JobRunner, function: str, arguments: dict[str, Any], sentence: str
) -> None:
    state = runner.start(task(function, **arguments)).wait(LONG)
    assert (state.status, state.error) == (JobStatus.FAILED, sentence)
    assert runner.start(task("count", total=1)).result(LONG) == {"counted": 1}


def test_runner_keeps_the_traceback_apart_from_the_sentence(runner: JobRunner) -> None:
    state = runner.start(task("raise_value_error")).wait(LONG)
    assert "Traceback" in state.details
    assert "in raise_value_error" in state.details


def test_runner_result_of_a_failed_job_raises_its_sentence(runner: JobRunner) -> None:
    with pytest.raises(JobError, match="raise value error stopped: ValueError: the third frame"):
        runner.start(task("raise_value_error")).result(LONG)


def test_runner_does_not_take_what_a_library_prints_for_a_message(runner: JobRunner) -> None:
    state = runner.start(task("print_much")).wait(LONG)
    assert state.result == "genuine"
    assert "straight to the descriptor" in state.details
    assert "from a grandchild" in state.details


def test_runner_fails_a_job_that_is_silent_past_its_deadline(runner: JobRunner, tmp_path: Path) -> None:
    state = runner.start(task("report_then_wait", deadline=3, gate=str(tmp_path / "never"))).wait(LONG)
    assert (state.status, state.error) == (JobStatus.FAILED, "no progress for 3 s, so it was stopped")
    assert state.done == 3


def test_runner_reports_hold_off_the_deadline(runner: JobRunner) -> None:
    job = runner.start(task("tick", deadline=3, times=20, pause=0.25))
    assert job.result(LONG) == "never silent for long"


def test_runner_keeps_a_result_whose_child_hangs_when_it_leaves(
    runner: JobRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dfec_explore.jobs.supervise.EXIT_GRACE", 0.5)
    assert runner.start(task("answer_then_hang_at_exit")).result(LONG) == "answered"


def test_runner_cancels_a_queued_job_without_running_it(runner: JobRunner, tmp_path: Path) -> None:
    gate, marks = tmp_path / "gate", tmp_path / "marks"
    marks.mkdir()
    busy = [runner.start(task("report_then_wait", key=name, gate=str(gate))) for name in "ab"]
    waiting = runner.start(task("leave_mark", folder=str(marks)))
    runner.cancel("leave_mark")
    assert waiting.wait(0).status is JobStatus.CANCELLED
    gate.touch()
    assert [job.result(LONG) for job in busy] == ["through", "through"]
    assert list(marks.iterdir()) == []


def test_runner_cancelled_job_can_be_started_again(runner: JobRunner, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    job = runner.start(task("report_then_wait", gate=str(gate)))
    until(lambda: job.state.done == 3)
    runner.cancel("report_then_wait")
    assert job.wait(LONG).status is JobStatus.CANCELLED
    gate.touch()
    assert runner.start(task("report_then_wait", gate=str(gate))).result(LONG) == "through"


def test_runner_lists_jobs_newest_first_and_forgets_the_oldest(tmp_path: Path) -> None:
    runner = JobRunner(python_path=[Path(__file__).parent], history=2)
    for key in ("one", "two", "three"):
        runner.start(task("count", key=key, total=1)).result(LONG)
    assert [state.key for state in runner.jobs()] == ["three", "two"]
    assert runner.job("one") is None
    assert runner.job("three") == runner.start(task("count", key="three", total=1))
    runner.close()


def test_runner_hands_out_states_that_do_not_change(runner: JobRunner, tmp_path: Path) -> None:
    job = runner.start(task("report_then_wait", gate=str(tmp_path / "gate")))
    before: JobState = job.state
    (tmp_path / "gate").touch()
    job.wait(LONG)
    assert (before.status, before.result) == (JobStatus.RUNNING, None)


def test_runner_closed_refuses_work(runner: JobRunner) -> None:
    runner.close()
    with pytest.raises(JobError, match="shutting down"):
        runner.start(task("count", total=1))


def test_runner_refuses_arguments_that_json_cannot_hold(runner: JobRunner) -> None:
    with pytest.raises(TypeError, match="not JSON serializable"):
        runner.start(task("count", total=Path("x")))
    assert runner.jobs() == ()


@pytest.mark.parametrize(
    "target", ["", "os", ":f", "os:", "os.path:join;x", "os:path.join", "../x:f", "a..b:f", "a b:f", "os:f:g"]
)
def test_task_refuses_a_target_that_is_no_dotted_name(target: str) -> None:
    with pytest.raises(ValueError, match=r"package\.module:function"):
        Task(key="k", title="t", target=target)


@pytest.mark.parametrize("deadline", [0, -1.5])
def test_task_refuses_a_deadline_that_is_not_positive(deadline: float) -> None:
    with pytest.raises(ValueError, match="not a positive number"):
        Task(key="k", title="t", target="a:b", deadline=deadline)
