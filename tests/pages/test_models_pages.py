"""Leaderboard, Compare and Failures: with no model, with models of known faults, and with files that are bad."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dfec_explore.scoring import kept
from dfec_explore.settings import load_settings
from dfec_explore.web import models, uploads
from dfec_explore.web.errors import literal
from dfec_explore.web.services import services
from tests.pages.conftest import LEFT, PLAIN, SMILE

Open = Callable[..., AppTest]
VIDEOS = {"1": "DFEW/videos/1.mp4", "2": "CAER_mp4/train/Happy/0002.mp4", "3": "MAFW/videos/00003.mp4"}
FOLDER = Path("state") / "predictions"


def go(app: AppTest, name: str) -> AppTest:
    return app.switch_page(f"../../../pages/{name}.py").run()


def add(name: str, said: dict[str, str]) -> None:
    """As an upload would, for the dataset of these tests."""
    content = "".join(json.dumps({"id": id_, "prediction": text}) + "\n" for id_, text in said.items()).encode()
    folder = load_settings().state_folder / "predictions"
    uploads.keep(folder, content, file=f"{name}.jsonl", name=name, dataset="DFEC", part="test")


def finished(app: AppTest, name: str) -> AppTest:
    """The page when all background work of its server is over."""
    go(app, name)
    for state in services().jobs.jobs():
        job = services().jobs.job(state.key)
        assert job is not None
        job.wait(120)
    return go(app, name)


def texts(app: AppTest) -> str:
    kinds = ("markdown", "text", "caption", "info", "error", "warning", "html")
    return "\n".join(
        str(element.proto) if kind == "html" else str(element.value) for kind in kinds for element in app.get(kind)
    )


def board(app: AppTest) -> dict[str, dict[str, object]]:
    (table,) = [frame.value for frame in app.dataframe if "Kind" in frame.value]
    return {row["Model"]: row for row in table.to_dict("records")}


def test_leaderboard_without_models_shows_baselines_published_figures_and_how_to_add(open_app: Open) -> None:
    app = finished(open_app(), "leaderboard")
    assert not app.exception
    assert not app.error
    assert {row["Kind"] for row in board(app).values()} == {"baseline"}
    assert board(app)["Reference, left and right swapped"]["Event F1"] == pytest.approx(1.0)
    said = texts(app)
    assert "No model of your own yet" in said
    assert "[[model]]" in said
    assert "arXiv 2501.07978" in said
    assert "arXiv 2501.15111" in said
    assert "not ranked together" in said
    published = [frame.value for frame in app.dataframe if "Paper" in frame.value]
    assert len(published[0]) == 23


def test_leaderboard_scores_a_model_and_counts_what_its_file_lacks(open_app: Open) -> None:
    add("Echo", {"1": SMILE, "2": LEFT.replace("left", "right"), "9": "extra"})
    app = finished(open_app(), "leaderboard")
    row = board(app)["Echo"]
    assert (row["Kind"], row["Captions"], row["Missing"]) == ("own", 3, 1)
    assert row["Event recall"] == pytest.approx(1.0)
    assert row["Direction accuracy"] == pytest.approx(0.0)
    assert "2 of 3 captions · 1 missing · 1 extra" in texts(app)


def test_leaderboard_says_why_a_file_could_not_be_scored(open_app: Open) -> None:
    folder = load_settings().state_folder / "predictions"
    uploads.keep(folder, b"\x00\x01", file="x.json", name="Noise", dataset="DFEC", part="test")
    app = finished(open_app(), "leaderboard")
    assert not app.exception
    assert "Score Noise" in texts(app)
    assert literal("x.json: there are no records in it that could be read") in texts(app)
    app.button(key="remove.uploaded.Noise").click().run()
    assert "Noise" not in texts(app)


def test_leaderboard_of_a_program_that_was_changed_under_its_server_says_so_and_does_not_score_for_ever(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server goes on with the rules that it has loaded; the jobs it starts load those on disk."""
    app = open_app()
    for user in (kept, models):
        monkeypatch.setattr(user, "lexicon_hash", lambda: "as it was before")
    shown = texts(finished(app, "leaderboard"))
    assert literal("the program was changed since this server was started. Start the server again") in shown


def test_leaderboard_marks_names_as_text(open_app: Open) -> None:
    add("<b>*x*", {"1": SMILE})
    app = finished(open_app(), "leaderboard")
    assert "**\\<b\\>\\*x\\***" in texts(app)


def test_failures_say_what_is_missed_and_open_the_caption_with_its_events(open_app: Open) -> None:
    add("Poor", {"1": "The video shows a woman. At the beginning, she frowns.", "2": LEFT, "3": PLAIN})
    app = finished(open_app(), "failures")
    assert not app.exception
    said = texts(app)
    assert "Smile" not in said
    assert re.search(r"Lip corner pull|Blink", said)
    worst = next(button for button in app.button if button.key.startswith("open.worst."))
    assert worst.key == "open.worst.1"
    worst.click().run()
    assert not app.exception
    panel = texts(app)
    assert literal("3 missed, 1 extra (hallucinated)") in panel
    assert app.query_params["caption"] in ("1", ["1"])


def test_failures_of_a_caption_that_is_not_scored_say_so(open_app: Open) -> None:
    add("Poor", {"1": SMILE})
    app = open_app()
    finished(app, "failures")
    app.query_params["caption"] = "77"
    app.run()
    assert "The link names a caption that is not scored" in texts(app)


def test_compare_two_models_says_which_is_better_and_where(open_app: Open) -> None:
    add("Good", {"1": SMILE, "2": LEFT, "3": PLAIN})
    add("Turned", {"1": SMILE, "2": LEFT.replace("left", "right"), "3": PLAIN})
    app = open_app()
    finished(app, "compare")
    app.query_params["a"], app.query_params["b"] = "uploaded.Good", "uploaded.Turned"
    app.query_params["metric"] = "directed_event_f1"
    app.run()
    assert not app.exception
    alts = "\n".join(str(chart.proto.alt) for chart in app.get("plotly_chart"))
    assert "Turned minus Good" in alts
    assert "Event F1 +0.000" in alts
    assert re.search(r"Directed event F1 -0\.\d+", alts)
    losses = [button.key for button in app.button if button.key.startswith("open.losses.")]
    assert losses == ["open.losses.2"]


def test_compare_needs_two_models(open_app: Open) -> None:
    app = go(open_app(), "compare")
    assert not app.exception
    assert "Two scored models are needed" in texts(app)
