"""Files and clips: what a newcomer is told, before and after the clips were looked for."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from test_pages import go, texts

from dfec_explore.web import coverage
from dfec_explore.web.services import services

Open = Callable[..., AppTest]


def looked_at(app: AppTest) -> AppTest:
    """Open the page and wait for the survey that it starts."""
    app = go(app, "data")
    end = time.monotonic() + 60
    while not all(state.is_over for state in services().jobs.jobs()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return app.run()


def test_data_page_without_folders_shows_what_to_obtain_for_every_source(open_app: Open) -> None:
    app = go(open_app(), "data")
    shown = texts(app)
    assert "No clip folder is configured" in shown
    assert shown.count("No folder is configured for it") == 3
    assert "Application to the authors" in shown
    assert 'DFEW" = "/path/to/DFEW' in "\n".join(code.value for code in app.code)


def test_data_page_lists_what_cannot_be_shown_with_reason_and_places(
    open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "clips" / "DFEW" / "videos" / "1.mp4"
    broken.parent.mkdir(parents=True)
    broken.write_text("no video")
    monkeypatch.setenv("DFEC_CLIPS", str(tmp_path / "clips"))
    app = looked_at(open_app())
    assert not app.exception
    matrix = next(frame.value for frame in app.dataframe if "Playable" in frame.value).set_index("Source")
    assert list(matrix.loc["DFEW", ["Found", "Missing", "Unreadable"]]) == [0, 0, 1]
    assert list(matrix.loc["MAFW", ["Found", "Missing", "Unreadable"]]) == [0, 1, 0]
    problems = next(frame.value for frame in app.dataframe if "Places tried" in frame.value).set_index("Sample")
    assert problems.loc["test / 1", "Status"] == "Unreadable"
    assert "it is no video" in problems.loc["test / 1", "Reason"]
    assert str(tmp_path / "clips" / "MAFW" / "videos" / "00003.mp4") in problems.loc["test / 3", "Places tried"]
    assert problems.loc["test / 1", "Review"].endswith("/review?in=test&sample=1&queue=all")


def test_data_page_does_not_say_what_to_do_before_the_folders_were_looked_at(
    open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "clips").mkdir()
    monkeypatch.setenv("DFEC_CLIPS", str(tmp_path / "clips"))
    monkeypatch.setattr(coverage, "survey", lambda *_, **__: None)  # As if it had only just begun.
    shown = texts(go(open_app(), "data"))
    assert "no clip was looked for yet" in shown
    assert "No folder is configured" not in shown
    assert "What to do next" not in shown


def test_data_page_names_label_files_that_cannot_be_read(
    open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    labels = tmp_path / "clips" / "DFEW" / "label"
    labels.mkdir(parents=True)
    (labels / "single_trainset_1.csv").write_text("one,two\n1,1\n")
    monkeypatch.setenv("DFEC_CLIPS", str(tmp_path / "clips"))
    app = looked_at(open_app())
    assert not app.exception
    found = next(frame.value for frame in app.dataframe if "What was found" in frame.value)
    assert list(found["Source"]) == ["DFEW"]
    assert "single_trainset_1.csv has no columns of a clip and its label" in found["What was found"][0]


def test_data_page_labels_that_are_read_anew_are_what_the_filter_asks_for(
    open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    split = tmp_path / "clips" / "DFEW" / "EmoLabel_DataSplit" / "train"
    split.mkdir(parents=True)
    monkeypatch.setenv("DFEC_CLIPS", str(tmp_path / "clips"))
    app = open_app()
    app.query_params["label"] = "sadness"
    assert "No labels of the datasets have been read here yet" in texts(go(app, "captions"))
    for code, found in (("1,1", 0), ("1,2", 1)):
        (split / "set_1.csv").write_text(f"video_name,label\n{code}\n")
        app = looked_at(app)
        next(button for button in app.button if button.label == "Look again").click().run()
        app = looked_at(app)
        shown = texts(go(app, "captions"))
        assert f"Captions with dataset's label sadness, {found} of 3" in shown
        assert "No labels of the datasets" not in shown


def test_data_page_survey_brings_labels_and_odd_clips_to_sources_and_review(
    open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    split = tmp_path / "clips" / "DFEW" / "EmoLabel_DataSplit" / "train"
    split.mkdir(parents=True)
    (split / "set_1.csv").write_text("video_name,label\n1,1\n")
    broken = tmp_path / "clips" / "DFEW" / "Clip" / "original" / "part_1" / "1.mp4"
    broken.parent.mkdir(parents=True)
    broken.write_text("no video")
    monkeypatch.setenv("DFEC_CLIPS", str(tmp_path / "clips"))
    app = looked_at(open_app())
    shown = texts(go(app, "sources"))
    assert not app.exception
    assert "Emotion in the datasets' own labels" in shown
    assert "From label files that lie with the clips (set_1.csv), else from the path. Click a bar to filter." in shown
    assert "No clip of these captions has been opened." in shown
    app.query_params["label"] = "happiness"
    # DFEW's by its label file, CAER's by its path.
    assert "Captions with dataset's label happiness, 2 of 3" in texts(go(app, "captions"))
    app.query_params["sample"], app.query_params["in"] = "1", "test"
    assert "the dataset's label: happiness (set_1.csv)" in texts(go(app, "review"))
