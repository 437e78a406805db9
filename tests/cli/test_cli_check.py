"""The command check: a line for every caption, a summary, and an exit code that can hold a release back."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dfec_explore.cli import app

CUT = "The video shows a man. At the beginning of the video, his mouth is closed. At the end, he turns his head to the"
GOOD = (
    "The video shows a woman. At the beginning of the video, her mouth is closed and her eyes are open. Towards the "
    "end of the video, she smiles."
)
ODD = GOOD.replace("she smiles", "she speaks with her mouth closed")


def written(folder: Path, *captions: str) -> str:
    file = folder / "test.json"
    records = [{"id": n, "video": f"DFEW/videos/{n}.mp4", "caption": c} for n, c in enumerate(captions)]
    file.write_text(json.dumps(records), encoding="utf-8")
    return str(file)


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_cli_check_prints_every_caption_with_its_flags_and_a_summary(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["check", written(tmp_path, CUT, GOOD), "--json"])
    assert result.exit_code == 0
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["id"] for line in lines] == ["0", "1"]
    (flag,) = [flag for flag in lines[0]["flags"] if flag["check"] == "cut-off"]
    assert set(flag) == {"check", "severity", "score", "message", "start", "end"}
    assert CUT[flag["start"] : flag["end"]] == "the"
    assert lines[1]["flags"] == []
    assert "2 captions: 1 with an error" in result.stderr


@pytest.mark.parametrize(
    ("caption", "fail_on", "code"),
    [(CUT, "error", 1), (GOOD, "error", 0), (ODD, "error", 0), (ODD, "warning", 1), (GOOD, "warning", 0)],
)
def test_cli_check_fails_on_what_it_is_told_to(tmp_path: Path, caption: str, fail_on: str, code: int) -> None:
    result = CliRunner().invoke(app, ["check", written(tmp_path, caption), "--fail-on", fail_on])
    assert result.exit_code == code


def test_cli_check_goes_by_the_settings_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "dfec.toml").write_text('[checks]\noff = ["cut-off"]\n', encoding="utf-8")
    assert CliRunner().invoke(app, ["check", written(tmp_path, CUT), "--fail-on", "error"]).exit_code == 0
