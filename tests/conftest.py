"""Fixtures that every room's tests share."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of shared test data; the test is skipped where there is none."""
    folder = os.environ.get("DFEC_TEST_DATA")
    if not folder:
        pytest.skip("DFEC_TEST_DATA is not set: no shared test data")
    return Path(folder)
