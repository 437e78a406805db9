"""Fixtures of the annotation tests."""

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str | bytes], Path]:
    """Writes text (as UTF-8) or bytes into a file, and gives its path."""

    def write(content: str | bytes) -> Path:
        path = tmp_path / "annotations.data"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write
