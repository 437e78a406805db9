"""The batch job: one row for each sample, nothing probed twice, the table never half written."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from dfec_explore.clips import facts_table, probing
from dfec_explore.clips.facts_table import SCHEMA, FactsTable
from dfec_explore.clips.probing import probe_clips

pytestmark = pytest.mark.video


class Reports:
    """Keeps what a job reported."""

    def __init__(self) -> None:
        self.all: list[tuple[int, int | None]] = []

    def report(self, done: int, total: int | None, message: str = "") -> None:
        self.all.append((done, total))


class Run:
    """A folder with clips and the job over it."""

    def __init__(self, folder: Path, clip: Path) -> None:
        self.root, self.facts, self._list = folder / "clips", folder / "out" / "facts.parquet", folder / "list.jsonl"
        self.clip, self.reports = clip, Reports()

    def place(self, *videos: str) -> None:
        for video in videos:
            (self.root / video).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(self.clip, self.root / video)

    def __call__(self, *videos: str, **options: Any) -> dict[str, int]:
        lines = [json.dumps({"source": video.split("/")[0], "video": video}) for video in videos]
        self._list.write_text("\n".join(lines) + "\n\n")
        self.reports = Reports()
        return probe_clips(self.reports, clips=str(self._list), facts=str(self.facts), parent=str(self.root), **options)

    def rows(self) -> dict[str, dict[str, Any]]:
        table = pq.read_table(self.facts)
        assert table.schema.equals(SCHEMA)
        rows = table.to_pylist()
        assert len({(row["source"], row["video"]) for row in rows}) == len(rows)
        return {row["video"]: row for row in rows}


@pytest.fixture
def run(tmp_path: Path, clip: Path) -> Run:
    return Run(tmp_path, clip)


def test_probing_gives_one_row_for_each_sample_with_its_status(run: Run) -> None:
    run.place("A/good.mp4")
    (run.root / "A" / "bad.mp4").write_text("no video")
    (run.root / "A" / "empty.mp4").touch()
    counts = run("A/good.mp4", "A/bad.mp4", "A/empty.mp4", "A/gone.mp4", "../A/good.mp4", "A/good.mp4")
    assert counts == {"found": 1, "unreadable": 2, "missing": 2}
    rows = run.rows()
    found = run.root.joinpath("A/good.mp4").stat()
    assert rows["A/good.mp4"] == {
        "source": "A",
        "video": "A/good.mp4",
        "status": "found",
        "path": str(run.root / "A/good.mp4"),
        "reason": "",
        "codec": "h264",
        "container": "mp4",
        "width": 320,
        "height": 180,
        "frame_rate": 10.0,
        "frames": 20,
        "duration": 2.0,
        "has_sound": False,
        "plays_in_browser": True,
        "pixel_format": "yuv420p",
        "rotation": 0,
        "constant_rate": True,
        "first_frame_decodes": True,
        **dict.fromkeys(facts_table.MEASURED_COLUMNS),
        "size": found.st_size,
        "mtime_ns": found.st_mtime_ns,
        "probe_version": facts_table.PROBE_VERSION,
    }
    assert "no video" in rows["A/bad.mp4"]["reason"]
    assert rows["A/bad.mp4"]["codec"] is None
    assert "empty file" in rows["A/empty.mp4"]["reason"]
    assert rows["A/gone.mp4"]["path"] is None
    assert "climbs out" in rows["../A/good.mp4"]["reason"]


def test_probing_reports_every_sample_up_to_the_last(run: Run) -> None:
    run("A/1.mp4", "A/2.mp4", "A/3.mp4")
    assert run.reports.all == [(1, 3), (2, 3), (3, 3)]


def test_probing_does_not_open_an_unchanged_file_again(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run.place("A/1.mp4", "A/2.mp4")
    (run.root / "A" / "bad.mp4").write_text("no video")
    videos = ("A/1.mp4", "A/2.mp4", "A/bad.mp4", "A/gone.mp4")
    run(*videos)
    before, probed = run.rows(), []
    real = probing.Prober.facts
    monkeypatch.setattr(
        probing.Prober, "facts", lambda self, path, **options: probed.append(path.name) or real(self, path, **options)
    )
    run(*videos)
    assert probed == []
    assert run.rows() == before
    os.utime(run.root / "A" / "2.mp4", ns=(1, 1))
    run(*videos)
    assert probed == ["2.mp4"]
    monkeypatch.setattr(facts_table, "PROBE_VERSION", 99)
    run(*videos)
    assert sorted(probed[1:]) == ["1.mp4", "2.mp4", "bad.mp4"]


def test_probing_keeps_the_rows_that_it_did_not_look_at(run: Run) -> None:
    run.place("A/1.mp4", "A/2.mp4")
    run("A/1.mp4")
    run("A/2.mp4", "A/gone.mp4")
    assert sorted(run.rows()) == ["A/1.mp4", "A/2.mp4", "A/gone.mp4"]


def test_probing_replaces_the_row_of_a_clip_that_came_or_went(run: Run) -> None:
    run.place("A/1.mp4")
    run("A/1.mp4", "A/2.mp4")
    (run.root / "A/1.mp4").rename(run.root / "A/2.mp4")
    assert run("A/1.mp4", "A/2.mp4") == {"missing": 1, "found": 1}
    assert run.rows()["A/1.mp4"]["status"] == "missing"
    assert run.rows()["A/2.mp4"]["frames"] == 20


def test_probing_starts_anew_from_a_damaged_table(run: Run) -> None:
    run.place("A/1.mp4")
    run.facts.parent.mkdir()
    run.facts.write_bytes(b"PAR1 no table")
    assert run("A/1.mp4") == {"found": 1}
    assert run.rows()["A/1.mp4"]["frames"] == 20


def test_probing_leaves_no_temporary_files(run: Run) -> None:
    run.place("A/1.mp4")
    run("A/1.mp4")
    assert [path.name for path in run.facts.parent.iterdir()] == ["facts.parquet"]


def test_probing_writes_what_it_has_as_it_goes(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "SAVE_SECONDS", 0)
    monkeypatch.setattr(probing, "BATCH", 2)
    seen = []
    real = FactsTable.save
    monkeypatch.setattr(FactsTable, "save", lambda self: (real(self), seen.append(len(run.rows()))))
    run(*(f"A/{number}.mp4" for number in range(5)))
    assert seen == [2, 4, 5, 5]


def test_probing_finds_by_source_folder_and_keeps_any_text(run: Run) -> None:
    run.place("own/001.mp4")
    counts = run("AFEW-VA/videos/001.mp4", "A/\ud800.mp4", "A/ü 'x\".mp4", by_source={"AFEW-VA": str(run.root / "own")})
    assert counts == {"found": 1, "missing": 2}
    assert set(run.rows()) == {"AFEW-VA/videos/001.mp4", "A/?.mp4", "A/ü 'x\".mp4"}


def test_probing_two_workers_give_the_same_rows_as_one(run: Run) -> None:
    videos = [f"A/{number}.mp4" for number in range(12)]
    run.place(*videos[::2])
    run(*videos, workers=1)
    one = run.rows()
    run.facts.unlink()
    run(*videos, workers=2)
    assert list(run.rows().items()) == list(one.items())
