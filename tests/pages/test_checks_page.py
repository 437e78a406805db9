"""The page Checks: figures, flags with their evidence, verdicts on them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dfec_explore.model import FlagReview, FlagVerdict, SampleKey, caption_hash
from dfec_explore.reviews import open_store, save_flag_review

Open = Callable[..., AppTest]

CUT = "The video shows a man. At the beginning of the video, his mouth is closed. At the end, he turns his head to the"
GOOD = (
    "The video shows a woman. At the beginning of the video, her mouth is closed and her eyes are open. Towards the "
    "end of the video, she smiles."
)
RECORDS = [
    {"id": "1", "video": "DFEW/videos/1.mp4", "caption": CUT},
    {"id": "2", "video": "MAFW/videos/00002.mp4", "caption": GOOD},
]


def go(app: AppTest) -> AppTest:
    return app.switch_page("../../../pages/checks.py").run()


def texts(app: AppTest) -> str:
    kinds = ("markdown", "text", "caption", "info", "html")
    return "\n".join(
        str(element.proto) if kind == "html" else str(element.value) for kind in kinds for element in app.get(kind)
    )


def test_checks_page_shows_flags_with_their_evidence(open_app: Open) -> None:
    app = go(open_app(RECORDS))
    assert not app.exception
    assert "Cut off at the end" in texts(app)
    assert "It stops after “the”" in texts(app)
    (right,) = [button for button in app.button if button.label == "Right"]
    assert right.disabled


def test_checks_page_takes_a_name_where_nobody_gave_one(open_app: Open) -> None:
    app = go(open_app(RECORDS))
    (name,) = [field for field in app.text_input if field.label == "Your name"]
    name.input(" Ada ").run()
    assert not app.exception
    assert not [field for field in app.text_input if field.label == "Your name"]
    (right,) = [button for button in app.button if button.label == "Right"]
    right.click().run()
    assert "Confirmed by Ada" in texts(app)


def test_checks_page_blind_hides_what_others_said_of_flags(open_app: Open, tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/state/reviews.sqlite")
    try:
        key = SampleKey("DFEC", "test", "1")
        said = FlagReview("1" * 32, key, caption_hash(CUT), "cut-off", "Ben", FlagVerdict.CONFIRMED)
        save_flag_review(store, said)
    finally:
        store.close()
    seeing = open_app(RECORDS)
    # What the browser would have answered.
    seeing.session_state["dfec.modes"] = "{}"
    seeing = go(seeing)
    assert "Confirmed by Ben" in texts(seeing)
    assert [table for table in seeing.dataframe if "Promised" in table.value.columns]
    app = open_app(RECORDS)
    app.session_state["dfec.modes"] = '{"blind": true}'
    app = go(app)
    assert not app.exception
    assert "Cut off at the end" in texts(app)
    assert "Ben" not in texts(app)
    assert not [table for table in app.dataframe if "Promised" in table.value.columns]
    assert "You review in blind mode" in texts(app)
    assert not [toggle for toggle in app.toggle if toggle.label == "Dismissed ones"]


def test_checks_page_shows_duplicates_in_groups_with_the_words_that_differ(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DFEC_REVIEWER", "Ada")
    other = {"id": "3", "video": "CAER_mp4/train/Happy/0003.mp4", "caption": GOOD.replace("smiles", "frowns")}
    app = go(open_app([*RECORDS, other], flag="near-duplicate"))
    assert not app.exception
    assert "2 captions" in texts(app)
    assert "<del>smiles</del>" in texts(app)
    assert "<ins>frowns</ins>" in texts(app)
    (right,) = [button for button in app.button if button.label == "Right"]
    right.click().run()
    assert "Confirmed: near-duplicate on 2 captions." in texts(app)
    (dismiss,) = [button for button in app.button if button.label == "Dismiss the group"]
    dismiss.click().run()
    assert "The checks found nothing in these captions." in texts(app)
    (back,) = [button for button in app.button if button.label == "Take it back"]
    back.click().run()
    assert "<ins>frowns</ins>" in texts(app)


def test_checks_page_keeps_what_a_reviewer_says_of_a_flag(open_app: Open, monkeypatch: object) -> None:
    monkeypatch.setenv("DFEC_REVIEWER", "Ada")  # type: ignore[attr-defined]
    app = go(open_app(RECORDS))
    (right,) = [button for button in app.button if button.label == "Right"]
    right.click().run()
    assert not app.exception
    assert "Confirmed by Ada" in texts(app)
    (undo,) = [button for button in app.button if button.label == "Undo" and button.key.startswith("flag.undo.0")]
    undo.click().run()
    assert "Confirmed by Ada" not in texts(app)
    (dismiss,) = [button for button in app.button if button.label == "Dismiss it"]
    dismiss.click().run()
    assert "The checks found nothing in these captions." in texts(app)


def test_checks_page_of_clean_captions_says_so(open_app: Open) -> None:
    app = go(open_app(RECORDS[1:]))
    assert not app.exception
    assert "The checks found nothing in these captions." in texts(app)


def test_checks_page_explains_the_check_that_is_chosen(open_app: Open) -> None:
    app = go(open_app(RECORDS, flag="cut-off"))
    assert "The caption stops in the middle of a sentence" in texts(app)
