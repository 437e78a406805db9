"""Flags against clips: from the table of clip facts into a file beside the index, joined with the others."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

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
    facts = facts_of(duration=[5.0, 5.0, 5.0], p95_motion=[0.0001, 0.05, None], mean_motion=[0.0, 0.02, None])
    assert flagged(tmp_path, facts) == ["0"]
