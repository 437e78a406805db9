"""The command ``clips`` as scripts use it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from layouts import Stock

ROOT = Path(__file__).parents[2]
VIDEOS = [
    "MAFW/videos/00001.mp4",
    "MAFW/videos/00002.mp4",
    "MAFW/videos/00003.mp4",
    "DFEW/videos/11.mp4",
    "CAER_mp4/train/Anger/0001.mp4",
    "Team/take 1.mp4",
]

pytestmark = pytest.mark.video


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dfec_explore", "clips", *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def file(tmp_path: Path) -> str:
    """An annotation file whose ids are not its paths."""
    records = [{"id": f"s{n}", "video": video, "caption": "He blinks."} for n, video in enumerate(VIDEOS)]
    (tmp_path / "test.json").write_text(json.dumps(records))
    return "test.json"


@pytest.fixture
def data(stock: Stock, tmp_path: Path) -> Path:
    """One clip of MAFW, one that is none, one missing; a face crop of DFEW, and the AVI of CAER."""
    data = tmp_path / "some" / "disk" / "data"
    stock.put(data / "MAFW" / "data" / "clips" / "00001.mp4")
    (data / "MAFW" / "data" / "clips" / "00002.mp4").write_bytes(b"no video")
    stock.put_frames(data / "DFEW" / "Clip" / "clip_224x224" / "00011", ["1.jpg"])
    stock.put(data / "CAER" / "train" / "Anger" / "0001.avi", "avi")
    return data


def counts(**given: int) -> dict[str, int]:
    names = ("found", "missing", "ambiguous", "unreadable", "substitute", "packed", "total")
    return dict.fromkeys(names, 0) | given


def test_command_counts_by_source_in_json(tmp_path: Path, file: str, data: Path) -> None:
    roots = ["--root", f"MAFW={data}/MAFW", "--root", f"dfew={data}/DFEW", "--root", f"CAER={data}/CAER"]
    done = run(tmp_path, file, *roots, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "CAER_mp4": counts(found=1, total=1),
        "DFEW": counts(found=1, substitute=1, total=1),
        "MAFW": counts(found=1, unreadable=1, missing=1, total=3),
        "Team": counts(missing=1, total=1),
    }


def test_command_without_probing_opens_no_clip(tmp_path: Path, file: str, data: Path) -> None:
    done = run(tmp_path, file, "--parent", str(data), "--json", "--no-probe")
    assert json.loads(done.stdout)["MAFW"] == counts(found=2, missing=1, total=3)


def test_command_lists_each_sample(tmp_path: Path, file: str, data: Path) -> None:
    done = run(tmp_path, file, "--parent", str(data), "--json", "--list")
    samples = {sample["id"]: sample for entry in json.loads(done.stdout).values() for sample in entry["samples"]}
    assert samples.keys() == {f"s{number}" for number in range(6)}
    assert samples["s0"] | {"tried": []} == {
        "id": "s0",
        "video": VIDEOS[0],
        "status": "found",
        "path": f"{data}/MAFW/data/clips/00001.mp4",
        "rule": "data/clips/00001.mp4",
        "reason": "",
        "places": [],
        "archive": None,
        "tried": [],
    }
    assert samples["s1"]["status"] == "unreadable"
    assert "no container could be made out" in samples["s1"]["reason"]
    assert samples["s2"]["tried"][0] == f"{data}/{VIDEOS[2]}"
    assert samples["s5"]["status"] == "missing"


def test_command_lists_each_sample_on_a_line(tmp_path: Path, file: str, data: Path) -> None:
    done = run(tmp_path, file, "--parent", str(data), "--list", "--no-probe")
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert len(rows) == 6
    assert ["s0", VIDEOS[0], "found", "data/clips/00001.mp4", f"{data}/MAFW/data/clips/00001.mp4", ""] in rows


def test_command_prints_a_table_and_the_commonest_reason(tmp_path: Path, file: str, data: Path) -> None:
    done = run(tmp_path, file, "--parent", str(data), "--no-probe")
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("MAFW  ")]
    assert line.split() == ["MAFW", "3", "2", "0", "1", "0", "0", "0"]
    assert f"MAFW ({data}): 1 times: There is no such file" in done.stdout


def test_command_suggests_the_right_folder_on_standard_error(tmp_path: Path, file: str, data: Path) -> None:
    done = run(tmp_path, file, "--root", f"CAER_mp4={data}/MAFW", "--json", "--no-probe")
    assert json.loads(done.stdout)["CAER_mp4"]["missing"] == 1
    assert f"This looks like {data}/CAER: 1 of 1 are found there" in done.stderr
    assert f"--root CAER_mp4={data}/CAER" in done.stderr


def test_command_takes_the_folders_of_the_settings(tmp_path: Path, file: str, data: Path) -> None:
    done = run(tmp_path, file, "--json", "--no-probe", DFEC_CLIPS=str(data))
    assert json.loads(done.stdout)["CAER_mp4"]["found"] == 1
    done = run(tmp_path, file, "--json", "--no-probe", "--root", f"CAER={tmp_path}/gone", DFEC_CLIPS=str(data))
    assert json.loads(done.stdout)["CAER_mp4"]["found"] == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--root", "CAER"], "SOURCE=DIR"),
        (["--root", "CAER="], "SOURCE=DIR"),
        (["--root", "CARE=/x"], "no source 'CARE'"),
        (["--root", "CAER=/x", "--root", "caer_mp4=/y"], "twice"),
    ],
)
def test_command_refuses_a_folder_that_it_cannot_place(
    tmp_path: Path, file: str, arguments: list[str], words: str
) -> None:
    done = run(tmp_path, file, *arguments)
    assert done.returncode == 2
    assert words in " ".join(done.stderr.replace("│", " ").split())


def test_command_of_a_file_that_is_none_says_so(tmp_path: Path) -> None:
    (tmp_path / "noise.json").write_bytes(b"\0\1")
    done = run(tmp_path, "noise.json", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "noise.json" in done.stderr


def test_command_counts_what_was_accepted_and_tells_of_the_rest(tmp_path: Path, data: Path) -> None:
    records = [{"id": "1", "video": VIDEOS[0], "caption": "x"}, {"id": "2", "video": "../x.mp4", "caption": "x"}]
    (tmp_path / "test.json").write_text(json.dumps(records))
    done = run(tmp_path, "test.json", "--parent", str(data), "--json", "--no-probe")
    assert json.loads(done.stdout) == {"MAFW": counts(found=1, total=1)}
    assert "1 records were rejected" in done.stderr


def test_command_works_where_nothing_can_be_kept(tmp_path: Path, file: str, data: Path) -> None:
    (tmp_path / "blocked").write_text("a file where the folder should be")
    done = run(tmp_path, file, "--parent", str(data), "--json", "--no-probe", DFEC_CACHE=str(tmp_path / "blocked"))
    assert done.returncode == 0
    assert json.loads(done.stdout)["MAFW"]["found"] == 2
    assert "Nothing is kept for the next time" in done.stderr
