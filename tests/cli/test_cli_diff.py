"""The command ``diff``: what it prints for people and for machines, and its exit codes."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dfec_explore.cli import app
from dfec_explore.model import Review, SampleKey, Verdict, caption_hash
from dfec_explore.reviews import open_store

OLD = [
    {"id": "0", "video": "DFEW/0.mp4", "caption": "She looks to the left."},
    {"id": "1", "video": "MAFW/1.mp4", "caption": "[red]He[/red] nods."},
]
NEW = [
    {"id": "0", "video": "DFEW/0.mp4", "caption": "She looks to the right."},
    {"id": "2", "video": "MAFW/2.mp4", "caption": "He blinks."},
    {"id": "3", "video": "MAFW/3.mp4"},
]


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DFEC_ANNOTATIONS", raising=False)
    monkeypatch.delenv("DFEC_STATE", raising=False)
    (tmp_path / "test.json").write_text(json.dumps(OLD), encoding="utf-8")
    (tmp_path / "new.jsonl").write_text("".join(json.dumps(record) + "\n" for record in NEW), encoding="utf-8")


def diff(*options: str) -> Result:
    return CliRunner().invoke(app, ["diff", "test.json", "new.jsonl", *options])


def test_cli_diff_prints_words_that_went_and_came_and_what_they_state() -> None:
    answer = diff()
    assert answer.exit_code == 0
    assert "0 of 1 records in both files are the same." in answer.stdout
    assert "She looks to the [-left-]{+right+}." in answer.stdout
    assert "changed Gaze: left -> right" in answer.stdout
    assert "new: new.jsonl: jsonl, 2 accepted, 1 rejected" in answer.stdout


def test_cli_diff_as_json_has_counts_and_lists() -> None:
    found = json.loads(diff("--json").stdout)
    assert found["counts"] == {"added": 1, "removed": 1, "caption": 1, "video": 0, "fields": 0}
    (changed,) = found["changed"]
    assert changed["words"] == [["same", "She looks to the "], ["removed", "left"], ["added", "right"], ["same", "."]]
    assert [event["kind"] for event in changed["events"]] == ["changed"]
    assert [{name: one[name] for name in one if name != "flags"} for one in found["removed"]] == [
        {"id": "1", "source": "MAFW", "video": "MAFW/1.mp4", "caption": "[red]He[/red] nods."}
    ]
    assert [record["id"] for record in found["added"]] == ["2"]
    assert (found["new"]["rejected"], found["moved"], found["stale"]) == (1, [], [])


@pytest.mark.parametrize(
    ("what", "code"),
    [
        *(("any", 1), ("added", 1), ("removed", 1), ("caption", 1), ("rejected", 1)),
        *(("video", 0), ("fields", 0), ("stale", 0), ("new-errors", 0)),
    ],
)
def test_cli_diff_fails_on_what_it_is_told_to(what: str, code: int) -> None:
    assert diff("--no-checks", "--fail-on", what).exit_code == code


def test_cli_diff_tells_stale_verdicts_and_fails_on_them(tmp_path: Path) -> None:
    (tmp_path / ".dfec").mkdir()
    store = open_store(f"sqlite:///{tmp_path}/.dfec/reviews.sqlite")
    key = SampleKey("DFEC", "test", "0")
    store.save(Review("row-0", key, caption_hash("She looks to the left."), "Ann", Verdict.ACCEPT))
    store.close()
    answer = diff("--fail-on", "stale")
    assert "verdicts on older captions: 1 gone stale" in answer.stdout
    assert answer.exit_code == 1


def test_cli_diff_tells_new_errors_and_fails_on_them(tmp_path: Path) -> None:
    worse = [OLD[0] | {"caption": "<p>She looks to the left.</p>"}, OLD[1]]
    (tmp_path / "worse.json").write_text(json.dumps(worse), encoding="utf-8")
    answer = CliRunner().invoke(app, ["diff", "test.json", "worse.json", "--fail-on", "new-errors"])
    assert "flags of markup: 0 fixed, 1 new" in answer.stdout
    assert answer.exit_code == 1
    better = CliRunner().invoke(app, ["diff", "worse.json", "test.json", "--fail-on", "new-errors"])
    assert "flags of markup: 1 fixed, 0 new" in better.stdout
    assert better.exit_code == 0
    unchecked = CliRunner().invoke(app, ["diff", "test.json", "worse.json", "--no-checks", "--fail-on", "new-errors"])
    assert unchecked.exit_code == 0


def test_cli_diff_leaves_nothing_behind(tmp_path: Path) -> None:
    diff()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.jsonl", "test.json"]


def test_cli_diff_of_a_file_with_itself_says_so() -> None:
    answer = CliRunner().invoke(app, ["diff", "test.json", "test.json", "--fail-on", "any"])
    assert (answer.exit_code, "All 2 records are the same." in answer.stdout) == (0, True)
