"""Advice for sources whose clips are not all there: another folder, archives, what to obtain."""

import json
import zipfile
from pathlib import Path

import pytest
from layouts import Stock, lay, official

from dfec_explore.clips.advising import Advice, read_advice
from dfec_explore.clips.surveying import survey_clips
from dfec_explore.errors import ClipError

pytestmark = pytest.mark.video

ACTORS = [f"RAVDESS/data/Actor_05/01-01-05-01-01-0{take}-05.mp4" for take in (1, 2)]
SONG = "RAVDESS/data/Actor_07/01-02-04-02-01-01-07.mp4"
PARTS = [f"DFEW/videos/{number}.mp4" for number in (1, 1600, 1601)]


class Quiet:
    """Takes reports and keeps none."""

    def report(self, done: int, total: int | None, message: str = "") -> None:
        """Nothing."""


def survey(folder: Path, videos: list[str], **roots: Path) -> dict[str, Advice]:
    wanted = folder / "wanted.jsonl"
    wanted.write_text("".join(json.dumps({"source": video.split("/")[0], "video": video}) + "\n" for video in videos))
    survey_clips(
        Quiet(),
        clips=str(wanted),
        facts=str(folder / "facts.parquet"),
        answers=str(folder / "answers.sqlite"),
        scans=str(folder / "scans"),
        advice=str(folder / "advice.json"),
        labels=str(folder / "labels.parquet"),
        by_source={source: str(root) for source, root in roots.items()},
    )
    return read_advice(folder / "advice.json")


def test_advising_names_the_archives_and_folders_of_the_published_dataset(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    advice = survey(tmp_path, [*ACTORS, SONG, *PARTS], RAVDESS=tmp_path / "data", DFEW=tmp_path / "data")
    assert advice["RAVDESS"].obtain == {"Video_Speech_Actor_05.zip": 2, "Video_Song_Actor_07.zip": 1}
    assert advice["DFEW"].expected == {"Clip/original/part_1": 2, "Clip/original/part_2": 1}
    assert (advice["DFEW"].found, advice["DFEW"].total, advice["DFEW"].root_exists) == (0, 3, True)


def test_advising_names_nothing_to_obtain_that_lies_in_an_archive_already(stock: Stock, tmp_path: Path) -> None:
    (tmp_path / "DFEW").mkdir()
    with zipfile.ZipFile(tmp_path / "DFEW" / "copy.zip", "w") as archive:
        archive.write(stock.mp4, official(PARTS[0]))
    advice = survey(tmp_path, PARTS, DFEW=tmp_path / "DFEW")["DFEW"]
    assert advice.archives == {str(tmp_path / "DFEW" / "copy.zip"): 1}
    assert (sum(advice.obtain.values()), sum(advice.expected.values())) == (2, 2)


def test_advising_suggests_the_folder_that_was_meant(stock: Stock, tmp_path: Path) -> None:
    for video in PARTS:
        lay(stock, tmp_path / "data" / "DFEW", video)
    advice = survey(tmp_path, PARTS, DFEW=tmp_path / "data" / "DFEW" / "Clip" / "original" / "part_2")["DFEW"]
    assert (advice.suggested_found, advice.suggested_of) == (3, 3)
    assert advice.clips_in == str(tmp_path / "data" / "DFEW" / "Clip" / "original")


def test_advising_suggests_nothing_where_half_is_there(stock: Stock, tmp_path: Path) -> None:
    for video in PARTS[:2]:
        lay(stock, tmp_path / "DFEW", video)
    lay(stock, tmp_path / "other" / "DFEW", PARTS[2])
    advice = survey(tmp_path, PARTS, DFEW=tmp_path / "DFEW")["DFEW"]
    assert (advice.found, advice.suggested) == (2, None)


def test_advising_suggests_a_folder_near_one_that_is_not_there(stock: Stock, tmp_path: Path) -> None:
    for video in PARTS:
        lay(stock, tmp_path / "data" / "DFEW", video)
    advice = survey(tmp_path, PARTS, DFEW=tmp_path / "data" / "DFWE")["DFEW"]
    assert (advice.root_exists, advice.suggested) == (False, str(tmp_path / "data" / "DFEW"))


def test_advising_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    assert survey(tmp_path, PARTS, DFEW=tmp_path / "gone")["DFEW"].root_exists is False


def test_advising_a_broken_file_of_advice_is_no_advice(tmp_path: Path) -> None:
    (tmp_path / "advice.json").write_text('{"DFEW": {"total": "many"')
    assert read_advice(tmp_path / "advice.json") == {}


def test_advising_where_it_cannot_be_written_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "advice.json").mkdir()
    with pytest.raises(ClipError, match="what would help could not be written"):
        survey(tmp_path, PARTS, DFEW=tmp_path)
