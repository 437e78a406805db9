"""Versions without a browser: picking files, what differs, filters, stale verdicts, and what is missing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dfec_explore.annotations import fingerprint
from dfec_explore.index import build_index
from dfec_explore.model import CheckSettings, Review, SampleKey, Verdict, caption_hash
from dfec_explore.release import caption_checks, diff_key, write_diff
from dfec_explore.reviews import open_store
from dfec_explore.settings import load_settings
from dfec_explore.web.services import services

BEFORE = "The video shows a man. At the beginning, he looks to the left."
AFTER = "The video shows a man. At the beginning, he looks to the right and <b>smiles</b>."
OLD = [
    {"id": "1", "video": "DFEW/1.mp4", "caption": BEFORE},
    {"id": "2", "video": "MAFW/2.mp4", "caption": "She blinks."},
    {"id": "3", "video": "MAFW/3.mp4", "caption": "She nods."},
]
NEW = [
    {"id": "1", "video": "DFEW/1.mp4", "caption": AFTER},
    {"id": "2", "video": "MAFW/2.mp4", "caption": "She blinks twice."},
    {"id": "4", "video": "CAER_mp4/4.mp4", "caption": "He yawns."},
    {"id": "5", "video": "CAER_mp4/5.mp4"},
]


SHELL = Path(__file__).parents[2] / "dfec_explore" / "web" / "shell" / "main.py"


class Quiet:
    """Takes reports of progress and says nothing."""

    def report(self, done: int, total: int | None, message: str = "") -> None:
        """Nothing."""


def compared(old: Path, new: Path) -> None:
    """Compare two files where the page looks for it."""
    flags_of, checks = caption_checks(CheckSettings())
    key = diff_key(fingerprint(old), fingerprint(new), checks=checks)
    write_diff(old, new, load_settings().cache_folder / "diffs" / key, Quiet(), flags_of=flags_of)


Open = Callable[..., AppTest]


@pytest.fixture
def open_versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """The page on two declared datasets, ``DFEC`` and ``Next``, compared before; ``params`` go into the address."""
    monkeypatch.delenv("DFEC_ANNOTATIONS", raising=False)
    for name, records in (("old", OLD), ("new", NEW)):
        (tmp_path / f"{name}.json").write_text(json.dumps(records), encoding="utf-8")
    tables = (("DFEC", "old"), ("Next", "new"))
    parts = [
        f'[[dataset]]\nname = "{name}"\nparts = [{{name = "test", file = "{file}.json"}}]\n' for name, file in tables
    ]
    (tmp_path / "dfec.toml").write_text("".join(parts), encoding="utf-8")
    settings = load_settings()
    build_index(settings.datasets[0], settings.cache_folder, Quiet())

    def open_it(*, before: bool = True, **params: str) -> AppTest:
        if before:
            compared(tmp_path / "old.json", tmp_path / "new.json")
        app = AppTest.from_file(str(SHELL), default_timeout=120).run()
        app.switch_page("../../../pages/versions.py")
        for name, value in params.items():
            app.query_params[name] = value
        return app.run()

    return open_it


def texts(app: AppTest) -> str:
    kinds = ("markdown", "text", "caption", "info", "success", "warning", "error", "html")
    return "\n".join(
        str(element.proto) if kind == "html" else str(element.value) for kind in kinds for element in app.get(kind)
    )


BOTH = {"old": "DFEC/test", "new": "Next/test"}


def test_versions_page_asks_for_two_files(open_versions: Open) -> None:
    app = open_versions()
    assert not app.exception
    assert "Pick an older and a newer file" in texts(app)
    assert app.selectbox(key="widget.versions.old").value == "DFEC/test"


def test_versions_page_counts_and_lists_changed_captions(open_versions: Open) -> None:
    app = open_versions(**BOTH)
    shown = texts(app)
    assert not app.exception
    assert "<b>2</b><span>changed" in shown
    assert "<b>1</b><span>added" in shown
    assert "Changed captions: 2" in shown
    assert "<del>left</del>" in shown
    assert "&lt;b&gt;smiles&lt;/b&gt;" in shown
    assert "1 of 4 records of the newer file were rejected" in shown


def test_versions_page_filters_by_source_and_text(open_versions: Open) -> None:
    app = open_versions(**BOTH, of="MAFW")
    assert "Changed captions of MAFW: 1" in texts(app)
    app.text_input(key="widget.versions.find").set_value("nowhere").run()
    assert "Changed captions of MAFW that contain “nowhere”: 0" in texts(app)
    assert "Nothing of this kind differs" in texts(app)
    assert app.query_params["find"] == "nowhere"


def test_versions_page_shows_flags_that_came_with_the_newer_caption(open_versions: Open) -> None:
    app = open_versions(**BOTH)
    shown = texts(app)
    assert "span>flags new" in shown
    assert "<b>new error</b> markup" in shown
    app.selectbox(key="widget.versions.flags").set_value("new").run()
    assert "Changed captions with a new flag: 1" in texts(app)


@pytest.mark.parametrize(("kind", "id_"), [("added", "4 · CAER"), ("removed", "3 · MAFW")])
def test_versions_page_lists_other_kinds(open_versions: Open, kind: str, id_: str) -> None:
    assert id_ in texts(open_versions(**BOTH, kind=kind))


def test_versions_page_tells_what_became_of_verdicts(open_versions: Open, tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/state/reviews.sqlite")
    for id_, caption, verdict, correction in (("1", BEFORE, "fix", AFTER), ("2", "She blinks.", "accept", None)):
        key = SampleKey("DFEC", "test", id_)
        store.save(
            Review(f"row-{id_}", key, caption_hash(caption), "Ann", Verdict(verdict), corrected_caption=correction)
        )
    store.close()
    app = open_versions(**BOTH, kind="verdicts")
    app.session_state["dfec.modes"] = "{}"
    app.run()
    assert "Verdicts on older captions: 2" in texts(app)
    assert "1 carried out: the newer caption is the correction; 1 stale: the caption changed." in texts(app)


def test_versions_page_hides_verdicts_in_blind_mode(open_versions: Open) -> None:
    app = open_versions(**BOTH, kind="verdicts")
    app.session_state["dfec.modes"] = '{"blind": true}'
    app.run()
    assert "You review in blind mode" in texts(app)


def test_versions_page_of_a_file_that_is_gone_says_so(open_versions: Open) -> None:
    app = open_versions(old="DFEC/test", new="upload:" + "0" * 64)
    assert "The link names a file that is not there any more" in texts(app)
    assert not app.exception


def test_versions_page_of_a_file_with_itself(open_versions: Open, tmp_path: Path) -> None:
    compared(tmp_path / "old.json", tmp_path / "old.json")
    shown = texts(open_versions(old="DFEC/test", new="DFEC/test"))
    assert "All 3 records are the same." in shown


def finished(app: AppTest) -> AppTest:
    """The page after its background work."""
    (key,) = [state.key for state in services().jobs.jobs() if state.key.startswith("diff:")]
    job = services().jobs.job(key)
    assert job is not None
    job.wait(60)
    return app.run()


def test_versions_page_compares_in_the_background(open_versions: Open) -> None:
    app = finished(open_versions(before=False, **BOTH))
    assert "Changed captions: 2" in texts(app)
    assert "span>flags new" in texts(app)


def test_versions_page_of_a_file_without_records_says_why_and_offers_to_try_again(
    open_versions: Open, tmp_path: Path
) -> None:
    (tmp_path / "new.json").write_text("nothing", encoding="utf-8")
    app = finished(open_versions(before=False, **BOTH))
    assert not app.exception
    assert any("Compare old.json with new.json" in error.value.replace("\\", "") for error in app.error)
    assert [button.label for button in app.button if button.label == "Try again"] == ["Try again"]
