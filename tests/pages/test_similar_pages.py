"""Similar captions without a browser: in Browse by a link, in Review when it is asked for."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dfec_explore.query import similar

Open = Callable[..., AppTest]

RECORDS = [
    {"id": "1", "video": "DFEW/1.mp4", "caption": "At the beginning, she blinks."},
    {"id": "2", "video": "MAFW/2.mp4", "caption": "At the beginning, he blinks."},
    {"id": "3", "video": "DFEW/3.mp4", "caption": "Towards the end, she blinks and smiles."},
    {"id": "4", "video": "DFEW/4.mp4", "caption": "A woman."},
]


def texts(app: AppTest) -> str:
    kinds = ("markdown", "text", "caption", "info", "success", "warning", "error")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


def browse(open_app: Open, **params: str) -> AppTest:
    app = open_app(RECORDS)
    app.switch_page("../../../pages/browse.py")
    for name, value in params.items():
        app.query_params[name] = value
    return app.run()


def test_similar_captions_are_listed_nearest_first(open_app: Open) -> None:
    shown = texts(browse(open_app, like="test/1"))
    assert shown.index("2 · MAFW") < shown.index("3 · DFEW")
    assert "100 % alike: 1 of 1 facial actions in common, 1 in the same phase (blink)" in shown
    assert "Chosen from all 3 others." in shown
    assert "4 · DFEW" not in shown


def test_similar_captions_of_other_sources_and_by_words(open_app: Open) -> None:
    app = browse(open_app, like="test/1", across="yes")
    assert "3 · DFEW" not in texts(app)
    app.toggle(key="widget.similar.across").set_value(False).run()
    assert "3 · DFEW" in texts(app)
    shown = texts(browse(open_app, like="test/1", by="words"))
    assert "words in common" in shown


def test_similar_captions_leave_and_broken_links(open_app: Open) -> None:
    app = browse(open_app, like="test/nobody")
    assert "which is not in this dataset" in texts(app)
    assert "1 · DFEW" in texts(app)
    app = browse(open_app, like="test/4")
    assert "No other caption has a facial action in common with this one." in texts(app)
    next(button for button in app.button if button.label == "Back to the list").click().run()
    assert "like" not in app.query_params


def test_similar_captions_in_review_ask_nothing_until_they_are_opened(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    real = similar.nearest_by_actions

    def counted(*args: object, **options: int) -> object:
        asked.append(options["number"])
        return real(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("dfec_explore.web.views.similar.nearest_by_actions", counted)
    app = open_app(RECORDS)
    app.switch_page("../../../pages/review.py").run()
    assert not app.exception
    assert asked == []
    assert "alike" not in texts(app)
