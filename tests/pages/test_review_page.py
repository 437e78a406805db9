"""Review without a browser: verdicts, undo, queues, and what happens when saving fails."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dfec_explore.model import Review, Verdict
from dfec_explore.reviews import open_store

Open = Callable[..., AppTest]


def review(open_app: Open, **params: str) -> AppTest:
    app = open_app(**params).switch_page("../../../pages/review.py")
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    return app.text_input(key="widget.reviewer").set_value("Ada").run()


def stored(tmp_path: Path) -> list[Review]:
    store = open_store(f"sqlite:///{tmp_path}/state/reviews.sqlite")
    try:
        return list(store.reviews())
    finally:
        store.close()


def click(app: AppTest, verdict: str, number: int) -> AppTest:
    return app.button(key=f"verdict-{verdict}-{number}").click().run()


def test_review_a_verdict_is_one_row_and_the_next_sample_comes(open_app: Open, tmp_path: Path) -> None:
    app = review(open_app)
    app.pills(key="widget.reasons.test.1").set_value(["wrong-action"])
    app.text_input(key="widget.note.test.1").set_value("the smile is on the left only")
    click(app, "fix", 0)
    (row,) = stored(tmp_path)
    assert (row.key.dataset, row.key.part, row.key.id) == ("DFEC", "test", "1")
    assert (row.verdict, row.reviewer, row.note) == (Verdict.FIX, "Ada", "the smile is on the left only")
    assert row.reasons == ("wrong-action",)
    assert row.corrected_caption is None
    assert app.query_params["sample"] in ("2", ["2"])


def test_review_a_corrected_caption_is_stored_where_it_differs(open_app: Open, tmp_path: Path) -> None:
    app = review(open_app)
    app.button(key="correct").click().run()
    app.text_area(key="widget.correction.test.1").set_value("The video shows a woman. She smiles.")
    app.button(key="correct.keep").click().run()
    click(app, "fix", 0)
    assert stored(tmp_path)[0].corrected_caption == "The video shows a woman. She smiles."


def test_review_without_a_name_nothing_can_be_judged(open_app: Open) -> None:
    app = open_app().switch_page("../../../pages/review.py").run()
    assert app.button(key="verdict-accept-0").disabled


def test_review_undo_takes_the_last_verdict_back_and_returns_to_its_sample(open_app: Open, tmp_path: Path) -> None:
    app = review(open_app)
    click(app, "accept", 0)
    app.button(key="go.undo").click().run()
    rows = stored(tmp_path)
    assert [row.verdict for row in rows] == [Verdict.ACCEPT, None]
    assert rows[1].retracts == rows[0].row_id
    assert app.query_params["sample"] in ("1", ["1"])


def test_review_the_queue_stays_as_it_was_opened_and_ends(open_app: Open, tmp_path: Path) -> None:
    app = review(open_app)
    for number in range(3):
        click(app, "accept", number)
    assert "The queue of 3 is finished." in app.success[0].value
    app.button(key="reopen.end").click().run()
    assert "Nothing is left to do here" in app.success[0].value
    assert len(stored(tmp_path)) == 3


def test_review_a_link_opens_its_sample(open_app: Open) -> None:
    app = review(open_app, sample="3")
    assert any("test / 3" in element.value for element in app.text)


def test_review_the_same_click_twice_is_one_row(open_app: Open, tmp_path: Path) -> None:
    app = review(open_app)
    button = app.button(key="verdict-accept-0")
    button.click().run()
    # A second click that was under way still names the first sample and its row.
    app.query_params["sample"] = "1"
    app.run()
    assert len(stored(tmp_path)) == 1


def test_review_a_failure_to_save_keeps_the_input_and_says_so(
    open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = review(open_app)
    app.text_input(key="widget.note.test.1").set_value("do not lose me").run()
    # A database that another program holds for writing.
    import sqlite3

    from dfec_explore.web.services import services

    store = services().store(services().datasets[0])
    monkeypatch.setattr(
        store, "_engine", open_store(f"sqlite:///{tmp_path}/state/reviews.sqlite", busy_seconds=0.2)._engine
    )
    holder = sqlite3.connect(tmp_path / "state" / "reviews.sqlite")
    holder.execute("BEGIN EXCLUSIVE")
    try:
        click(app, "accept", 0)
        assert "Not saved; what you entered is kept." in app.error[0].value
        assert app.text_input(key="widget.note.test.1").value == "do not lose me"
        assert "sample" not in app.query_params
    finally:
        holder.rollback()
        holder.close()
    click(app, "accept", 0)
    assert [row.note for row in stored(tmp_path)] == ["do not lose me"]


def test_review_what_was_entered_is_there_again_after_going_on_and_back(open_app: Open) -> None:
    app = review(open_app)
    app.pills(key="widget.reasons.test.1").set_value(["language"]).run()
    app.text_input(key="widget.note.test.1").set_value("half a note").run()
    app.button(key="go.next").click().run()
    app.button(key="go.previous").click().run()
    assert app.text_input(key="widget.note.test.1").value == "half a note"
    assert app.pills(key="widget.reasons.test.1").value == ["language"]


def test_review_undo_brings_back_what_was_entered(open_app: Open, tmp_path: Path) -> None:
    app = review(open_app)
    app.text_input(key="widget.note.test.1").set_value("look again").run()
    click(app, "fix", 0)
    app.button(key="go.undo").click().run()
    assert app.text_input(key="widget.note.test.1").value == "look again"
    click(app, "reject", 0)
    assert [row.note for row in stored(tmp_path) if row.verdict] == ["look again", "look again"]


def test_review_a_link_to_a_sample_that_does_not_exist_says_so(open_app: Open) -> None:
    app = review(open_app, sample="zzz")
    assert any("zzz" in warning.value for warning in app.warning)


def test_review_at_the_end_of_a_queue_the_last_verdict_can_be_undone(open_app: Open, tmp_path: Path) -> None:
    app = review(open_app)
    for number in range(3):
        click(app, "accept", number)
    app.button(key="go.undo").click().run()
    assert app.query_params["sample"] in ("3", ["3"])
    assert stored(tmp_path)[-1].retracts is not None
