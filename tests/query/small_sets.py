"""Small sets whose answers are worked out by hand."""

import json
from collections.abc import Sequence
from pathlib import Path

from dfec_explore.index import build_index
from dfec_explore.model import Dataset, DatasetPart
from dfec_explore.query import Explorer, open_explorer

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
