"""Fixtures that every room's tests share."""

import os
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

BROWSER = "tests/browser/"


class BrowserTestsTogether(LoadScopeScheduling):
    """Deals out tests one by one, but those with a browser to one worker: they share the processor's two cores.

    Marks would do (``xdist_group``), if xdist 3.8 could read them under pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        return BROWSER if nodeid.startswith(BROWSER) else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> BrowserTestsTogether:
    """Have the tests of a run with several workers dealt out so."""
    return BrowserTestsTogether(config, log)


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of shared test data; the test is skipped where there is none."""
    folder = os.environ.get("DFEC_TEST_DATA")
    if not folder:
        pytest.skip("DFEC_TEST_DATA is not set: no shared test data")
    return Path(folder)
