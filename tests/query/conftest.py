"""Explorers of small sets."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from small_sets import BOTH, MAN, NOBODY, WOMAN, explorer_of

from dfec_explore.query import Explorer

MakeExplorer = Callable[[Sequence[tuple[str, str]]], Explorer]


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
