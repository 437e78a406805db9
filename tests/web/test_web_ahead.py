"""What is imported when: little before the server starts, the rest while browsers load, spaCy after the first page."""

import subprocess
import sys

import pytest

from dfec_explore.web.ahead import MODULES

HEAVY = ("ftfy", "matplotlib", "pycocoevalcap", "duckdb", "plotly", "pyarrow", "spacy", "sqlalchemy", "wordcloud")


def loaded_by(code: str) -> set[str]:
    told = f"import sys\n{code}\nprint([name for name in {HEAVY!r} if name in sys.modules])"
    command = [sys.executable, "-W", "ignore", "-c", told]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    return {name for name in HEAVY if f"'{name}'" in ended.stdout}


def test_ahead_the_server_starts_without_what_takes_long_to_import() -> None:
    code = (
        "import dfec_explore.web.errors, dfec_explore.web.lifespan, dfec_explore.web.preload, dfec_explore.web.routes"
    )
    assert loaded_by(code) & {"duckdb", "spacy", "sqlalchemy", "wordcloud"} == set()


def test_ahead_the_first_page_does_not_wait_for_spacy() -> None:
    loaded = loaded_by("\n".join(f"import {name}" for name in MODULES))
    assert not {"ftfy", "matplotlib", "pycocoevalcap", "spacy", "wordcloud"} & loaded
    assert {"duckdb", "sqlalchemy"} <= loaded


@pytest.mark.parametrize("module", MODULES)
def test_ahead_every_module_exists(module: str) -> None:
    assert subprocess.run([sys.executable, "-W", "ignore", "-c", f"import {module}"], check=False).returncode == 0
