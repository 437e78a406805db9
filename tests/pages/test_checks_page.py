"""The page Checks: figures, flags with their evidence, verdicts on them."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

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
    assert "Enter your name in Review" in texts(app)
    (right,) = [button for button in app.button if button.label == "Right"]
    assert right.disabled


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
