"""Small sets whose answers are worked out by hand."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from dfec_explore.index import build_index
from dfec_explore.model import Dataset, DatasetPart
from dfec_explore.query import Explorer, open_explorer

MakeExplorer = Callable[[Sequence[tuple[str, str]]], Explorer]

WOMAN = (
    "The video shows a woman with brown hair. At the beginning, she blinks and smiles. Towards the end, she looks to "
    "the left."
)
MAN = (
    "The video shows a man. At the beginning, he blinks. In the middle of the video, he blinks and looks to the right."
)
BOTH = "The video shows a man and a woman. At the beginning, he smiles."
NOBODY = "At the beginning, the mouth opens."


class Quiet:
    """Takes reports of progress and says nothing."""

    def report(self, done: int, total: int | None, message: str = "") -> None:
        """Nothing."""


def explorer_of(folder: Path, captions: Sequence[tuple[str, str]]) -> Explorer:
    """An index of captions, given as (video, caption); their ids are 0, 1, 2 ..."""
    file = folder / "test.json"
    rows = [{"id": str(n), "video": video, "caption": caption} for n, (video, caption) in enumerate(captions)]
    file.write_text(json.dumps(rows), encoding="utf-8")
    return open_explorer(build_index(Dataset("Toy", (DatasetPart("test", file),)), folder / "cache", Quiet()))


@pytest.fixture
def make_explorer(tmp_path: Path) -> MakeExplorer:
    """Open captions of one's own."""
    return lambda captions: explorer_of(tmp_path, captions)


@pytest.fixture(scope="session")
def four(tmp_path_factory: pytest.TempPathFactory) -> Explorer:
    """Two captions of DFEW and two of CAER: blink 3 times, smile 2, gaze 2 (left, right), mouth open 1."""
    captions = [
        ("DFEW/videos/0.mp4", WOMAN),
        ("DFEW/videos/1.mp4", MAN),
        ("CAER_mp4/train/Happy/0002.mp4", BOTH),
        ("CAER_mp4/test/Sad/0003.mp4", NOBODY),
    ]
    return explorer_of(tmp_path_factory.mktemp("four"), captions)
