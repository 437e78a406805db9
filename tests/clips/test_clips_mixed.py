"""The seven datasets on disk with everything mixed in that goes wrong: every sample in the right class."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from layouts import SOURCES, Stock
from mixed_layouts import KINDS, Expected, lay_out_mixed, twin_of

from dfec_explore.clips.answers import Answers
from dfec_explore.clips.cataloguing import catalogue_clips
from dfec_explore.clips.coverage import clips_of, unreadable_in
from dfec_explore.clips.resolve import ClipRoots, resolve
from dfec_explore.clips.surveying import survey_clips
from dfec_explore.sources import source_of

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.video


class Quiet:
    """Takes reports and keeps none."""

    def report(self, done: int, total: int | None, message: str = "") -> None:
        """Nothing."""


@dataclass(frozen=True)
class Mixed:
    """Samples, the folder with one folder for each source, and what should be said of each sample."""

    folder: Path
    expected: Mapping[str, Expected]

    @property
    def videos(self) -> list[str]:
        return list(self.expected)

    def roots(self, given: str) -> dict[str, Path]:
        """Return a folder for each source: the right one, or one that is off by some levels."""
        return {
            source: {
                "each its own": self.folder / source,
                "one level too high": self.folder,
                "two levels too high": self.folder.parent,
                "one level too low": self.folder / source / LOW[source][0],
                "two levels too low": self.folder / source / LOW[source][-1],
            }[given]
            for source in SOURCES
        }

    def below(self, roots: Mapping[str, Path]) -> dict[str, Expected]:
        """Return what should be said where these folders are given."""
        found = {}
        for video, expected in self.expected.items():
            own, root = self.folder / source_of(video), roots[source_of(video)]
            found[video] = expected if own.is_relative_to(root) else expected.below(root)
        return found


GIVEN = ("each its own", "one level too high", "two levels too high", "one level too low", "two levels too low")
"""Folders that the command is given; every second of them for the few samples."""
LOW = {
    # Below the folder of AFEW-VA lie the clips themselves: there is none that could be given instead.
    "AFEW-VA": ("",),
    "CAER_mp4": ("train", "train/Happy"),
    "DFEW": ("Clip", "Clip/original"),
    "FERV39k": ("0_7_LabelClips", "0_7_LabelClips/Terror"),
    "MAFW": ("data", "data/clips"),
    "MER24": ("video-labeled",),
    "RAVDESS": ("Video_Speech_Actor_24", "Video_Speech_Actor_24/Actor_24"),
}


@pytest.fixture(scope="module")
def few(stock: Stock, tmp_path_factory: pytest.TempPathFactory) -> Mixed:
    """One sample of each source for each thing that can be, and a second of some."""
    numbers = range(1, len(KINDS) + 3)
    videos = [
        *(f"AFEW-VA/videos/{number:03d}.mp4" for number in numbers),
        *(f"CAER_mp4/train/Happy/{number:04d}.mp4" for number in numbers),
        *(f"DFEW/videos/{number}.mp4" for number in numbers),
        *(f"FERV39k/videos/0_7_LabelClips_Terror_Fear_{number:04d}.mp4" for number in numbers),
        *(f"MAFW/videos/{number:05d}.mp4" for number in numbers),
        *(f"MER24/video-labeled/sample_{number:08d}.mp4" for number in numbers),
        *(
            f"RAVDESS/data/Actor_24/01-01-{n // 4 + 2:02d}-01-{n // 2 % 2 + 1:02d}-{n % 2 + 1:02d}-24.mp4"
            for n in numbers
        ),
    ]
    root = tmp_path_factory.mktemp("few") / "disk" / "outer" / "data"
    return Mixed(root, lay_out_mixed(stock, root, videos))


@pytest.fixture(scope="module")
def mixed(stock: Stock, test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Mixed:
    """The 800 samples of the released test set."""
    records = json.loads((test_data / "dfec" / "test.json").read_text(encoding="utf-8"))
    root = tmp_path_factory.mktemp("mixed") / "disk" / "outer" / "data"
    return Mixed(root, lay_out_mixed(stock, root, [record["video"] for record in records]))


def write_wanted(videos: Iterable[str], file: Path) -> str:
    pairs = [{"source": source_of(video), "video": video} for video in videos]
    file.write_text("".join(json.dumps(pair) + "\n" for pair in pairs), encoding="utf-8")
    return str(file)


def command(mixed: Mixed, given: str, folder: Path) -> dict[str, dict[str, Any]]:
    """Run ``python -m dfec_explore clips`` and return what it says of each source."""
    records = [{"id": f"s{n}", "video": video, "caption": "He blinks."} for n, video in enumerate(mixed.videos)]
    (folder / "test.json").write_text(json.dumps(records), encoding="utf-8")
    roots = [f"--root={source}={root}" for source, root in mixed.roots(given).items()]
    done = subprocess.run(
        [sys.executable, "-m", "dfec_explore", "clips", "test.json", *roots, "--json", "--list"],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], "DFEC_CACHE": str(folder / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return found


def assert_command_is_right(mixed: Mixed, given: str, folder: Path) -> None:
    expected = mixed.below(mixed.roots(given))
    said = command(mixed, given, folder)
    samples = {sample["video"]: sample for entry in said.values() for sample in entry["samples"]}
    assert samples.keys() == expected.keys()
    wrong = [
        f"{video} ({expected[video].what}): {sample['status']} and not {expected[video].status}; {sample['reason']}"
        for video, sample in samples.items()
        if not is_right(expected[video], sample["status"], sample["path"])
        # The same take with the other sound may lie below a folder that its clip does not lie in.
        and not (expected[video].status == "missing" and twin_of(video) in expected)
    ]
    assert wrong == []
    for source, entry in said.items():
        counts = Counter(sample["status"] for sample in entry["samples"])
        assert entry["total"] == sum(counts.values()), source
        assert entry["found"] == counts["found"] + counts["substitute"], source
        assert entry["missing"] == counts["missing"] + counts["packed"], source
        for name in ("substitute", "packed", "ambiguous", "unreadable"):
            assert entry[name] == counts[name], (source, name)


def is_right(expected: Expected, status: str, path: str | None) -> bool:
    same = path == (str(expected.path) if expected.path else None)
    # What cannot be decoded is named; what may not be opened has no path.
    return status == expected.status and (same or status == "unreadable")


@pytest.mark.parametrize("given", GIVEN[::2])
def test_mixed_clips_are_put_in_their_class_by_the_command(given: str, few: Mixed, tmp_path: Path) -> None:
    assert {expected.what for expected in few.expected.values()} == set(KINDS)
    assert_command_is_right(few, given, tmp_path)


@pytest.mark.data
@pytest.mark.slow
@pytest.mark.parametrize("given", GIVEN)
def test_mixed_clips_of_all_800_samples_are_put_in_their_class_by_the_command(
    given: str, mixed: Mixed, tmp_path: Path
) -> None:
    assert len(mixed.expected) == 800
    assert_command_is_right(mixed, given, tmp_path)


@pytest.mark.data
def test_mixed_clips_of_all_800_samples_are_put_in_their_class_by_the_survey(mixed: Mixed, tmp_path: Path) -> None:
    facts, answers = tmp_path / "facts.parquet", tmp_path / "answers.sqlite"
    survey_clips(
        Quiet(),
        clips=write_wanted(mixed.videos, tmp_path / "wanted.jsonl"),
        facts=str(facts),
        answers=str(answers),
        scans=str(tmp_path / "scans"),
        advice=str(tmp_path / "advice.json"),
        labels=str(tmp_path / "labels.parquet"),
        by_source={source: str(root) for source, root in mixed.roots("each its own").items()},
        pictures=str(tmp_path / "pictures"),
        max_bytes=2**30,
        workers=2,
    )
    stored = {row["video"]: row for row in pq.read_table(facts).to_pylist()}
    assert {v: row["status"] for v, row in stored.items()} == {v: e.status for v, e in mixed.expected.items()}
    decoded = {video for video, row in stored.items() if row["codec"] is not None}
    assert decoded == {video for video, e in mixed.expected.items() if e.status in ("found", "substitute")}
    assert {stored[video]["motion_problem"] for video in decoded} == {""}
    pairs = [(source_of(video), video) for video in mixed.videos]
    clips = dict(zip(mixed.videos, clips_of(pairs, Answers(answers), unreadable_in(facts)), strict=True))
    for video, clip in clips.items():
        assert is_right(mixed.expected[video], clip.status, str(clip.path) if clip.path else None), video
        assert bool(clip.rule) == (clip.path is not None or clip.status == "ambiguous"), video
        assert bool(clip.reason) == (clip.status != "found"), video
        assert len(clip.places) == (2 if clip.status == "ambiguous" else 0), video
        assert (clip.archive is not None) == (clip.status == "packed"), video


@pytest.mark.data
@pytest.mark.parametrize("given", ["each", "parent"])
def test_mixed_one_sample_alone_is_answered_like_the_whole_dataset(given: str, mixed: Mixed, tmp_path: Path) -> None:
    by_source = mixed.roots("each its own") if given == "each" else {}
    parent = mixed.folder if given == "parent" else None
    file = tmp_path / "answers.sqlite"
    catalogue_clips(
        Quiet(),
        clips=write_wanted(mixed.videos, tmp_path / "wanted.jsonl"),
        answers=str(file),
        scans=str(tmp_path / "scans"),
        parent=str(parent) if parent else None,
        by_source={source: str(path) for source, path in by_source.items()},
    )
    answers = Answers(file)
    for video in mixed.videos:
        alone = resolve(video, source=source_of(video), roots=ClipRoots(parent, by_source), answers=answers)
        whole = answers.get(source_of(video), video)
        assert whole is not None
        assert (alone.status, alone.path, alone.reason) == (whole.status, whole.path, whole.reason), video
