"""Flags against clips: from the table of clip facts into a file beside the index, joined with the others."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import imageio_ffmpeg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dfec_explore.clips.surveying import survey_clips
from dfec_explore.index import build_index
from dfec_explore.index.clip_flags import clip_flags_job
from dfec_explore.model import Dataset, DatasetPart
from dfec_explore.query import Filters, open_explorer
from dfec_explore.query.samples import page

BUSY = (
    "The video shows a man. At the beginning of the video, his mouth is closed. As the video progresses, he nods. In "
    "the middle of the video, he turns his head to the left. Towards the end of the video, his brows rise."
)


class Quiet:
    """Takes reports of progress and says nothing."""

    def report(self, done: int, total: int | None, message: str = "") -> None:
        """Nothing."""


def flagged(tmp_path: Path, facts: pa.Table) -> list[str]:
    file = tmp_path / "test.json"
    records = [{"id": str(n), "video": f"DFEW/videos/{n}.mp4", "caption": BUSY} for n in range(3)]
    file.write_text(json.dumps(records), encoding="utf-8")
    index = build_index(Dataset("Toy", (DatasetPart("test", file),)), tmp_path / "cache", Quiet())
    pq.write_table(facts, tmp_path / "facts.parquet")
    clip_flags_job(
        Quiet(), folder=str(index.path), facts=str(tmp_path / "facts.parquet"), checks={"off": [], "limits": {}}
    )
    explorer = open_explorer(index)
    wanted = ("too-much-for-clip", "still-clip")
    return [sample.id for sample in page(explorer, Filters(flag=wanted), number=1, size=9).samples]


def facts_of(**columns: list[float | None]) -> pa.Table:
    videos = [f"DFEW/videos/{n}.mp4" for n in range(3)]
    return pa.table({"source": ["DFEW"] * 3, "video": videos, **columns})


def test_clip_flags_go_by_the_duration_where_no_motion_is_known(tmp_path: Path) -> None:
    assert flagged(tmp_path, facts_of(duration=[0.5, 5.0, None])) == ["0"]


def test_clip_flags_go_by_the_motion_where_it_is_known(tmp_path: Path) -> None:
    facts = facts_of(duration=[5.0, 5.0, 5.0], motion_p95=[0.0004, 2.1, None], motion_mean=[0.0001, 0.8, None])
    assert flagged(tmp_path, facts) == ["0"]


CALM = (
    "The video shows a woman. At the beginning of the video, her mouth is closed. As the video progresses, there is no "
    "change in her expression."
)
EXPRESSIVE = "expressive_woman_h264.mp4"


def ffmpeg(*arguments: str) -> None:
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", *arguments]
    subprocess.run(command, check=True, timeout=120)


@pytest.fixture(scope="module")
def real_clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lively face, one picture of it that stands, the same with a camera's noise, and two shots."""
    data = os.environ.get("DFEC_TEST_DATA")
    if not data:
        pytest.skip("DFEC_TEST_DATA is not set: no clips of faces")
    source = Path(data) / "clips" / EXPRESSIVE
    folder = tmp_path_factory.mktemp("clips") / "DFEW" / "videos"
    folder.mkdir(parents=True)
    shutil.copyfile(source, folder / "lively.mp4")
    shutil.copyfile(source, folder / "lively-calm.mp4")
    picture = str(folder / "one.png")
    ffmpeg("-ss", "1", "-i", str(source), "-frames:v", "1", picture)
    for name, filters in (("still", "scale=320:-2"), ("noisy", "scale=320:-2,noise=alls=20:allf=t")):
        shown = ("-loop", "1", "-i", picture, "-t", "3", "-r", "25", "-pix_fmt", "yuv420p", "-vf", filters)
        ffmpeg(*shown, "-crf", "18", str(folder / f"{name}.mp4"))
    shutil.copyfile(folder / "noisy.mp4", folder / "noisy-calm.mp4")
    shutil.copyfile(Path(data) / "clips" / "face_hevc.mov", folder / "shots.mp4")
    return folder.parents[1]


def test_clip_flags_of_real_clips_that_were_surveyed(tmp_path: Path, real_clips: Path) -> None:
    captions = {"lively": BUSY, "still": BUSY, "noisy": BUSY, "lively-calm": CALM, "noisy-calm": CALM, "shots": BUSY}
    wanted = {name: f"DFEW/videos/{name}.mp4" for name in captions}
    clips, facts = tmp_path / "clips.jsonl", tmp_path / "facts.parquet"
    rows = [{"source": "DFEW", "video": video, "part": "test", "id": name} for name, video in wanted.items()]
    clips.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    survey_clips(
        Quiet(),
        clips=str(clips),
        facts=str(facts),
        answers=str(tmp_path / "answers.jsonl"),
        scans=str(tmp_path / "scans"),
        advice=str(tmp_path / "advice.json"),
        labels=str(tmp_path / "labels.parquet"),
        parent=str(real_clips),
        pictures=str(tmp_path / "pictures"),
        max_bytes=100_000_000,
        deadline=60.0,
    )
    file = tmp_path / "test.json"
    records = [{"id": name, "video": wanted[name], "caption": caption} for name, caption in captions.items()]
    file.write_text(json.dumps(records), encoding="utf-8")
    index = build_index(Dataset("Toy", (DatasetPart("test", file),)), tmp_path / "cache", Quiet())
    clip_flags_job(Quiet(), folder=str(index.path), facts=str(facts), checks={"off": [], "limits": {}})
    flags = pq.read_table(index.path / "clip-flags.parquet").to_pylist()
    names = dict(zip(range(len(captions)), captions, strict=True))
    assert {(names[flag["sample_no"]], flag["check"]) for flag in flags} == {
        ("still", "still-clip"),
        ("lively-calm", "moving-clip"),
        ("shots", "several-shots"),
    }
