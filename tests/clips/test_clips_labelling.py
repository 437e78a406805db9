"""Labels that come with the datasets, carried into a table: from files where the user has them, else from the path."""

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from layouts import Stock, lay

from dfec_explore.clips.labelling import LABELS, label_clips
from dfec_explore.query.clip_labels import LabelsFile

pytestmark = pytest.mark.video

AFEW, DFEW, CAER = "AFEW-VA/videos/001.mp4", "DFEW/videos/7.mp4", "CAER_mp4/train/Happy/0002.mp4"


class Quiet:
    """Takes reports and keeps none."""

    def report(self, done: int, total: int | None, message: str = "") -> None:
        """Nothing."""


def labelled(folder: Path, *videos: str, **roots: Any) -> dict[str, dict[str, Any]]:
    wanted, table = folder / "wanted.jsonl", folder / "out" / "labels.parquet"
    wanted.write_text("".join(json.dumps({"source": video.split("/")[0], "video": video}) + "\n" for video in videos))
    label_clips(Quiet(), clips=str(wanted), labels=str(table), **roots)
    found = pq.read_table(table)
    assert found.schema.equals(LABELS)
    return {row["video"]: row for row in found.to_pylist()}


@pytest.mark.parametrize("given", ["parent", "each"])
def test_labelling_reads_files_below_the_folder_of_each_source(given: str, stock: Stock, tmp_path: Path) -> None:
    data = tmp_path / "data"
    for video in (AFEW, DFEW, CAER):
        lay(stock, data / video.split("/")[0], video)
    split = data / "DFEW" / "EmoLabel_DataSplit" / "train"
    split.mkdir(parents=True)
    (split / "set_1.csv").write_text("video_name,label\n7,3\n")
    each = {source: str(data / source) for source in ("AFEW-VA", "DFEW", "CAER_mp4")}
    rows = labelled(tmp_path, AFEW, DFEW, CAER, **({"parent": str(data)} if given == "parent" else {"by_source": each}))
    # The layout's labels: valence -1, 0, 1 and arousal 0, 2, 4 over three frames.
    assert (rows[AFEW]["valence"], rows[AFEW]["arousal"], rows[AFEW]["frames"]) == (0.0, 2.0, 3)
    assert (rows[AFEW]["valence_span"], rows[AFEW]["arousal_span"]) == ([-1.0, 1.0], [0.0, 4.0])
    assert (rows[DFEW]["emotions"], rows[DFEW]["file"]) == (["neutral"], "set_1.csv")
    assert (rows[CAER]["emotions"], rows[CAER]["file"]) == (["happiness"], None)


def test_labelling_tells_what_another_file_says(tmp_path: Path) -> None:
    for name, code in (("set_1.csv", 3), ("set_2.csv", 4)):
        folder = tmp_path / "DFEW" / "EmoLabel_DataSplit" / "train"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"video_name,label\n7,{code}\n")
    row = labelled(tmp_path, DFEW, by_source={"DFEW": str(tmp_path / "DFEW")})[DFEW]
    assert (row["file"], row["conflict"]) == ("set_1.csv", "set_2.csv says anger")


def test_labelling_keeps_what_was_wrong_with_files(stock: Stock, tmp_path: Path) -> None:
    place = lay(stock, tmp_path / "AFEW-VA", AFEW)
    record = json.loads((place / "001.json").read_text())
    record["frames"]["00002"]["landmarks"] = None
    (place / "001.json").write_text(json.dumps(record))
    (tmp_path / "AFEW-VA" / "002").mkdir()
    (tmp_path / "AFEW-VA" / "002" / "002.json").write_text("[]")
    rows = labelled(tmp_path, AFEW, by_source={"AFEW-VA": str(tmp_path / "AFEW-VA")})
    assert rows[AFEW]["frames"] == 3
    first, second = LabelsFile(str(tmp_path / "out" / "labels.parquet"), 0).problems()["AFEW-VA"]
    assert first.startswith("001.json: 1 of 3 frames (00002) is without 68 landmarks")
    assert second.startswith("002.json is no list of valence and arousal")
    assert LabelsFile(str(tmp_path / "gone.parquet"), 0).problems() == {}


def test_labelling_without_folders_has_what_the_paths_tell(tmp_path: Path) -> None:
    rows = labelled(tmp_path, AFEW, DFEW, CAER, "own/clip.mp4")
    assert {video: row["emotions"] for video, row in rows.items()} == {CAER: ["happiness"]}
