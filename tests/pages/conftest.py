"""Pages run in-process on small sets, each test with a state folder and services of its own."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dfec_explore.index import build_index
from dfec_explore.settings import load_settings
from dfec_explore.web import cached
from dfec_explore.web.services import close_services

SHELL = Path(__file__).parents[2] / "dfec_explore" / "web" / "shell" / "main.py"

SMILE = "The video shows a woman. At the beginning, she smiles and blinks. Towards the end, her mouth opens slightly."
LEFT = "The video shows a man. At the beginning, he looks to the left. In the middle of the video, he smiles."
PLAIN = "The video shows a man with brown hair."

RECORDS = [
    {"id": "1", "video": "DFEW/videos/1.mp4", "caption": SMILE},
    {"id": "2", "video": "CAER_mp4/train/Happy/0002.mp4", "caption": LEFT},
    {"id": "3", "video": "MAFW/videos/00003.mp4", "caption": PLAIN},
]


class Quiet:
    """Takes reports of progress and says nothing."""

    def report(self, done: int, total: int | None, message: str = "") -> None:
        """Nothing."""


@pytest.fixture(autouse=True)
def _fresh_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DFEC_STATE", str(tmp_path / "state"))
    close_services()
    cached.clear()
    yield
    close_services()
    cached.clear()


@pytest.fixture
def open_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Open the app on records, with the index built before; ``params`` go into the address."""

    def open_it(
        records: list[dict[str, object]] | None = None, *, build: bool = True, **params: list[str] | str
    ) -> AppTest:
        path = tmp_path / "test.json"
        path.write_text(json.dumps(RECORDS if records is None else records), encoding="utf-8")
        monkeypatch.setenv("DFEC_ANNOTATIONS", str(path))
        if build:
            settings = load_settings()
            build_index(settings.datasets[0], settings.cache_folder, Quiet())
        app = AppTest.from_file(str(SHELL), default_timeout=30)
        for name, value in params.items():
            app.query_params[name] = value
        return app.run()

    return open_it
