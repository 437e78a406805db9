"""``score`` as scripts use it: one JSON object on standard output, everything else on standard error."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CAPTIONS = [
    ("1", "DFEW/videos/1.mp4", "At the beginning, she opens her eyes and looks to the left."),
    ("2", "DFEW/videos/2.mp4", "He frowns. Towards the end, he turns his head to the right."),
    ("3", "MAFW/3.mp4", "She smiles, showing her teeth, and then blinks twice."),
]


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    # Without Java: the figures are the same everywhere, and METEOR takes long to start.
    return subprocess.run(
        [sys.executable, "-m", "dfec_explore", "score", *arguments],
        cwd=cwd,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def references(tmp_path: Path) -> str:
    path = tmp_path / "test.json"
    path.write_text(
        json.dumps([{"id": i, "video": video, "caption": text} for i, video, text in CAPTIONS]), encoding="utf-8"
    )
    return str(path)


def write(folder: Path, *records: object) -> str:
    path = folder / "model.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return str(path)


def test_cli_score_prints_the_scores_of_all_and_of_each_source(tmp_path: Path, references: str) -> None:
    said = write(
        tmp_path,
        {"id": "1", "prediction": CAPTIONS[0][2]},
        {"video": "/clips/DFEW/videos/2.mp4", "prediction": CAPTIONS[1][2].replace("right", "left")},
    )
    done = run("--references", references, "--predictions", said, "--model", "mine", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert list(found) == ["model", "n", "missing", "metrics", "by_source"]
    assert (found["model"], found["n"], found["missing"]) == ("mine", 3, 1)
    metrics = found["metrics"]
    assert "meteor" not in metrics
    assert metrics["event_precision"] == 1.0
    assert metrics["event_recall"] == pytest.approx(4 / 7)
    assert metrics["direction_accuracy"] == pytest.approx(1 / 2)
    assert found["by_source"]["DFEW"]["n"] == 2
    assert found["by_source"]["DFEW"]["metrics"]["event_recall"] == 1.0
    assert found["by_source"]["MAFW"]["missing"] == 1
    assert found["by_source"]["MAFW"]["metrics"]["direction_accuracy"] is None
    assert "1 matched by video" in done.stderr


def test_cli_score_of_the_answered_ones_alone(tmp_path: Path, references: str) -> None:
    said = write(tmp_path, {"id": "1", "prediction": CAPTIONS[0][2]}, {"id": "2", "prediction": ""})
    arguments = ("--references", references, "--predictions", said, "--json")
    found = json.loads(run(*arguments, "--answered-only", cwd=tmp_path).stdout)
    assert (found["n"], found["missing"], found["metrics"]["rouge_l"]) == (1, 1, 1.0)
    assert found["by_source"]["MAFW"]["n"] == 0
    assert json.loads(run(*arguments, cwd=tmp_path).stdout)["metrics"]["rouge_l"] == pytest.approx(1 / 3)


def test_cli_score_lists_bad_records_and_scores_the_others(tmp_path: Path, references: str) -> None:
    said = write(
        tmp_path, {"id": "1", "prediction": "She blinks."}, {"id": "2", "prediction": 5}, {"id": "1", "text": ""}
    )
    done = run("--references", references, "--predictions", said, "--json", cwd=tmp_path)
    assert done.returncode == 1
    assert json.loads(done.stdout)["missing"] == 2
    assert "The prediction is not text." in done.stderr
    assert "1 duplicates (the first counts)" in done.stderr


def test_cli_score_prints_a_table_for_people(tmp_path: Path, references: str) -> None:
    said = write(tmp_path, {"id": "1", "prediction": "She blinks."})
    done = run("--references", references, "--predictions", said, cwd=tmp_path)
    assert "model.jsonl: 3 captions, 2 missing" in done.stdout
    assert "ordered_event_f1" in done.stdout


def test_cli_score_of_no_predictions_at_all_is_one_sentence(tmp_path: Path, references: str) -> None:
    (tmp_path / "noise.json").write_bytes(b"\x00\x01")
    done = run("--references", references, "--predictions", "noise.json", "--json", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "noise.json" in done.stderr
    assert "Traceback" not in done.stderr
