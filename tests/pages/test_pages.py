"""Every page: what it shows with data, without data, and with a filter that selects nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dfec_explore.web.screens import SCREENS

Open = Callable[..., AppTest]
EXPLORING = [screen.name for screen in SCREENS if screen.has_filters]


def texts(app: AppTest) -> str:
    """All text that the page shows."""
    kinds = ("markdown", "text", "caption", "info", "success", "warning", "error", "metric", "badge", "html")
    found = []
    for kind in kinds:
        found += [str(element.proto) if kind == "html" else str(element.value) for element in app.get(kind)]
    return "\n".join(found)


def go(app: AppTest, name: str) -> AppTest:
    """Open another page in the same session."""
    return app.switch_page(f"../../../pages/{name}.py").run()


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_pages_every_page_draws_without_an_error(open_app: Open, screen: object) -> None:
    app = go(open_app(), screen.name)  # type: ignore[attr-defined]
    assert not app.exception
    assert not app.error
    assert f"# {screen.title}" in texts(app)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", EXPLORING)
def test_pages_say_that_no_caption_fits(open_app: Open, name: str) -> None:
    app = go(open_app(text="nothing like it"), name)
    app.query_params["text"] = "nothing like it"
    app.run()
    assert not app.exception
    assert "No caption fits these filters" in texts(app)
    assert "Captions that contain “nothing like it”, 0 of 3" in texts(app)


@pytest.mark.parametrize("name", EXPLORING)
def test_pages_of_an_empty_file_say_so(open_app: Open, name: str) -> None:
    app = go(open_app([]), name)
    assert not app.exception
    assert "no accepted caption" in texts(app)


def test_pages_the_overview_counts_captions_and_sources(open_app: Open) -> None:
    app = open_app()
    shown = texts(app)
    assert "<b>3</b><span>captions" in shown
    assert "<b>3</b><span>sources" in shown
    # smile, blink, mouth open; gaze, smile; nothing
    assert "<b>5</b><span>facial actions" in shown


def test_pages_the_filter_in_the_address_is_said_in_a_sentence(open_app: Open) -> None:
    app = open_app(source=["DFEW", "CAER_mp4"], action="lip_corner_pull", phase="begin")
    assert "DFEW and CAER captions that mention" in texts(app)
    assert "at the beginning, 1 of 3" in texts(app)


def test_pages_a_link_with_a_value_that_no_longer_exists_says_so(open_app: Open) -> None:
    app = open_app(source="AVEC")
    assert "AVEC" in app.warning[0].value
    assert "All 3 captions" in texts(app)


def test_pages_a_choice_in_the_sidebar_goes_into_the_address_and_can_be_undone(open_app: Open) -> None:
    app = open_app()
    app.multiselect(key="widget.filter.source").select("DFEW").run()
    assert app.query_params["source"] in ("DFEW", ["DFEW"])
    assert "DFEW captions, 1 of 3" in texts(app)
    app.button(key="chips.undo").click().run()
    assert "source" not in app.query_params
    assert "All 3 captions" in texts(app)


def test_pages_filters_go_along_to_the_next_page(open_app: Open) -> None:
    app = open_app(source="DFEW")
    app.query_params.clear()  # the browser drops them on the way to another page
    app = go(app, "captions")
    assert app.query_params["source"] in ("DFEW", ["DFEW"])
    assert "DFEW captions, 1 of 3" in texts(app)


def test_pages_a_chip_takes_its_filter_away(open_app: Open) -> None:
    app = open_app(source="DFEW", text="smiles")
    app.button(key="chip.text").click().run()
    assert "text" not in app.query_params
    assert app.query_params["source"] in ("DFEW", ["DFEW"])


def test_pages_text_of_a_caption_is_never_markup(open_app: Open) -> None:
    evil = "<img src=x onerror=alert(1)> $x$ *she* smiles [link](http://x)"
    app = go(open_app([{"id": "<b>1</b>", "video": "DFEW/videos/1.mp4", "caption": evil}]), "browse")
    assert not app.exception
    assert "onerror" not in texts(app)  # only the component has it, as text


def test_pages_rejected_records_are_listed_with_their_reason(open_app: Open) -> None:
    app = go(open_app([{"id": "1", "video": "../x.mp4", "caption": "She smiles."}]), "data")
    frames = [frame.value for frame in app.dataframe]
    assert any("../x.mp4" in str(frame.to_dict()) for frame in frames)


def test_pages_a_file_that_is_no_annotation_file_is_explained(open_app: Open, tmp_path: object) -> None:
    app = open_app()
    assert not app.exception
    path = tmp_path / "test.json"  # type: ignore[operator]
    path.write_bytes(b"\x00\x01\x02 no json")
    app.run()
    app.run()
    assert not app.exception


@pytest.mark.parametrize("name", ["overview", "review", "data"])
def test_pages_of_a_file_that_is_gone_say_which_and_open_once_it_is_back(
    open_app: Open, tmp_path: Path, name: str
) -> None:
    app = open_app()
    path = tmp_path / "test.json"
    content = path.read_bytes()
    path.unlink()
    app = go(app, name)
    (problem,) = app.error
    assert r"test\.json\: the file cannot be read" in problem.value
    title = next(screen.title for screen in SCREENS if screen.name == name)
    assert f"# {title}" in texts(app)
    path.write_bytes(content)
    (again,) = [button for button in app.button if button.label == "Try again"]
    again.click().run()
    assert not app.exception
    assert not app.error


def test_pages_no_clip_folder_is_said_where_it_matters(open_app: Open) -> None:
    app = go(open_app(), "data")
    assert "No clip folder is configured" in texts(app)
