"""The command line as scripts use it: outputs, exit codes, and no traceback whatever comes in."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dfec_explore.model import Review, SampleKey, Verdict
from dfec_explore.reviews import open_store

ROOT = Path(__file__).parents[2]
GOOD = {"id": "1", "video": "DFEW/videos/1.mp4", "caption": "At the beginning, she smiles and blinks."}
BAD = {"id": "2", "video": "/etc/passwd", "caption": "He frowns."}


def run(*arguments: str, cwd: Path, text: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dfec_explore", *arguments],
        cwd=cwd,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )


def write(folder: Path, records: object) -> str:
    path = folder / "test.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("records", "code", "accepted", "rejected"),
    [([GOOD], 0, 1, 0), ([GOOD, BAD], 1, 1, 1), ([BAD], 1, 0, 1), ([], 0, 0, 0)],
)
def test_cli_validate_reports_in_json_and_by_its_exit_code(
    tmp_path: Path, records: object, code: int, accepted: int, rejected: int
) -> None:
    done = run("validate", write(tmp_path, records), "--json", cwd=tmp_path)
    report = json.loads(done.stdout)
    assert (done.returncode, report["accepted"], len(report["rejected"])) == (code, accepted, rejected)
    assert set(report) >= {"file", "format", "records", "accepted", "rejected", "warnings", "fingerprint"}


def test_cli_validate_says_in_words_why_a_record_is_rejected(tmp_path: Path) -> None:
    done = run("validate", write(tmp_path, [BAD]), cwd=tmp_path)
    assert "1 records, 0 accepted, 1 rejected" in done.stdout
    assert "/etc/passwd" in done.stdout


def test_cli_validate_of_no_structure_is_exit_code_2_and_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "noise.json"
    path.write_bytes(b"\x00\x01\x02")
    done = run("validate", str(path), cwd=tmp_path)
    assert done.returncode == 2
    assert "noise.json" in done.stderr
    assert "Traceback" not in done.stderr


def test_cli_events_writes_one_line_for_each_caption_in_order(tmp_path: Path) -> None:
    done = run("events", write(tmp_path, [GOOD, GOOD | {"id": "9", "caption": "Nothing."}]), cwd=tmp_path)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["id"] for line in lines] == ["1", "9"]
    assert [(e["action"], e["phase"], e["quote"]) for e in lines[0]["events"]] == [
        ("lip_corner_pull", "begin", "smiles"),
        ("blink", "begin", "blinks"),
    ]
    assert lines[1]["events"] == []


def test_cli_events_takes_plain_text_from_standard_input(tmp_path: Path) -> None:
    done = run("events", "-", cwd=tmp_path, text="She blinks.\n\nHe frowns.\n")
    actions = [[event["action"] for event in json.loads(line)["events"]] for line in done.stdout.splitlines()]
    assert actions == [["blink"], [], ["brow_lower"]]


def test_cli_index_builds_once(tmp_path: Path) -> None:
    path = write(tmp_path, [GOOD])
    first = run("index", path, "--cache", str(tmp_path / "cache"), cwd=tmp_path)
    assert "1 captions, 2 facial events, 0 rejected" in first.stdout
    again = run("index", path, "--cache", str(tmp_path / "cache"), cwd=tmp_path)
    assert again.stdout == first.stdout


@pytest.mark.parametrize("format_", ["jsonl", "csv"])
def test_cli_reviews_export_writes_what_was_said(tmp_path: Path, format_: str) -> None:
    url = f"sqlite:///{tmp_path}/reviews.sqlite"
    store = open_store(url)
    store.save(Review("row1", SampleKey("DFEC", "test", "1"), "0" * 32, "Ada", Verdict.FIX, note="=1+1"))
    store.close()
    done = run("reviews", "export", "--format", format_, "--database", url, cwd=tmp_path)
    assert done.returncode == 0
    assert "Ada" in done.stdout
    assert ("'=1+1" in done.stdout) == (format_ == "csv")


def test_cli_a_wrong_setting_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "dfec.toml").write_text("pagesize = 3\n", encoding="utf-8")
    done = run("settings", cwd=tmp_path)
    assert done.returncode == 2
    assert "pagesize" in done.stderr
    assert "Traceback" not in done.stderr
