"""The pages of facial actions: Vocabulary, Order, People and Words."""

import json
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

Open = Callable[..., AppTest]

WOMAN = (
    "The video shows a woman with brown hair. At the beginning, she blinks and smiles. Towards the end, she looks to "
    "the left."
)
MAN = "The video shows a man. At the beginning, he blinks. In the middle, his eyebrows zorbles, and he looks right."
BOTH = "The video shows a man and a woman. At the beginning, he smiles."
RECORDS = [
    {"id": "1", "video": "DFEW/videos/1.mp4", "caption": WOMAN},
    {"id": "2", "video": "DFEW/videos/2.mp4", "caption": MAN},
    {"id": "3", "video": "MAFW/videos/00003.mp4", "caption": BOTH},
]
SILENT = [{"id": "1", "video": "DFEW/videos/1.mp4", "caption": "The video shows a lamp."}]
NAMES = ("vocabulary", "order", "people", "words")


def go(app: AppTest, name: str) -> AppTest:
    return app.switch_page(f"../../../pages/{name}.py").run()


def texts(app: AppTest) -> str:
    kinds = ("markdown", "text", "caption", "info", "html")
    return "\n".join(
        str(element.proto) if kind == "html" else str(element.value) for kind in kinds for element in app.get(kind)
    )


def alts(app: AppTest) -> str:
    """What all charts of the page say in words."""
    return "\n".join(str(chart.proto.alt) for chart in app.get("plotly_chart"))


def links(app: AppTest) -> list[tuple[str, str]]:
    """Labels and parameters of the links to Review."""
    return [
        (link.proto.label, link.proto.query_string)
        for link in app.get("page_link")
        if "sample=" in link.proto.query_string
    ]


@pytest.mark.parametrize("name", NAMES)
def test_analysis_page_of_captions_without_actions_says_so(open_app: Open, name: str) -> None:
    app = go(open_app(SILENT), name)
    assert not app.exception
    assert not app.error


def test_analysis_page_charts_say_themselves_that_they_can_be_clicked(open_app: Open) -> None:
    """Streamlit adds it in the browser, but not for sure to a chart that took another's place: its clicks were lost."""
    app = go(open_app(RECORDS), "vocabulary")
    app.session_state["widget.actions-as"] = "areas"
    charts = [chart.proto for chart in app.run().get("plotly_chart")]
    assert any(chart.alt.startswith("Areas: ") for chart in charts)
    layouts = [json.loads(chart.spec)["layout"] for chart in charts if chart.selection_mode]
    assert len(layouts) > 3
    assert {(layout.get("clickmode"), layout.get("dragmode")) for layout in layouts} == {("event+select", "pan")}


@pytest.mark.parametrize("name", NAMES)
def test_analysis_page_of_one_source_draws(open_app: Open, name: str) -> None:
    app = go(open_app(RECORDS, source="MAFW"), name)
    assert not app.exception
    assert "MAFW captions, 1 of 3" in texts(app)


def test_analysis_page_vocabulary_answers_what_a_source_never_mentions(open_app: Open) -> None:
    app = go(open_app(RECORDS), "vocabulary")
    assert "<b>MAFW</b>" in texts(app)
    assert "never mentions 2 in 1 caption:</span> Blink (2), Gaze (2)" in texts(app).replace('\\"', '"')


def test_analysis_page_vocabulary_compares_sources_and_sides(open_app: Open) -> None:
    app = go(open_app(RECORDS), "vocabulary")
    assert "each of 2 sources against all others" in alts(app)
    assert "share of left among left and right: Gaze 50 %" in alts(app)


def test_analysis_page_concordance_lines_open_their_sample(open_app: Open) -> None:
    app = go(open_app(RECORDS, action="gaze"), "vocabulary")
    assert "2 mentions." in texts(app)
    assert [(label, "sample=1" in query) for label, query in links(app)] == [("DFEW 1", True), ("DFEW 2", False)]
    assert all("in=test" in query and "queue=all" in query and "action=gaze" in query for _, query in links(app))


def test_analysis_page_concordance_follows_the_action_that_is_chosen(open_app: Open) -> None:
    app = go(open_app(RECORDS), "vocabulary")
    app.selectbox(key="widget.context").select("gaze").run()
    assert app.query_params["context"] in ("gaze", ["gaze"])
    assert len(links(app)) == 2
    app.selectbox(key="widget.context.direction").select("left").run()
    assert [label for label, _ in links(app)] == ["DFEW 1"]
    assert "Related AU61" in texts(app)


def test_analysis_page_concordance_of_a_page_that_is_not_there_shows_the_first(open_app: Open) -> None:
    app = open_app(RECORDS, context="gaze", page="99")
    app = go(app, "vocabulary")
    app.query_params["context"], app.query_params["page"] = "gaze", "99"
    app.run()
    assert not app.exception
    assert len(links(app)) == 2


def test_analysis_page_vocabulary_draws_areas_too(open_app: Open) -> None:
    app = go(open_app(RECORDS), "vocabulary")
    app.button_group(key="widget.actions-as").set_value("areas").run()
    assert "Areas: 6 mentions of facial actions by region" in alts(app)


def test_analysis_page_vocabulary_profiles_follow_what_is_chosen(open_app: Open) -> None:
    app = go(open_app(RECORDS), "vocabulary")
    assert "direction of 1 facial action, in shares of their mentions; most frequent values: Gaze left 50" in alts(app)
    app.toggle(key="widget.stated-only").set_value(True).run()
    assert "in shares of their mentions with a value" in alts(app)
    app.button_group(key="widget.modifier").set_value("side").run()
    assert "No selected caption states a side of an action." in alts(app)
    app.toggle(key="widget.stated-only").set_value(False).run()
    app.toggle(key="widget.all-profiles").set_value(True).run()
    assert "side of 3 facial actions" in alts(app)


def test_analysis_page_order_draws_bands_too(open_app: Open) -> None:
    app = go(open_app(RECORDS), "order")
    app.button_group(key="widget.transitions-as").set_value("bands").run()
    assert "Bands from each facial action to the next: the 3 most frequent steps, 100 % of all" in alts(app)
    app.slider(key="widget.steps").set_value(10).run()
    assert not app.exception


def test_analysis_page_order_counts_steps(open_app: Open) -> None:
    app = go(open_app(RECORDS), "order")
    # blink, smile, gaze; blink, gaze; smile: two steps and one.
    assert "<b>3</b><span>steps" in texts(app)
    assert "which facial action captions mention next" in alts(app)
    assert "Too few captions: no pair is expected five times." in alts(app)


def test_analysis_page_people_states_what_captions_state(open_app: Open) -> None:
    app = go(open_app(RECORDS), "people")
    assert "female 33 %" in alts(app)
    assert "more than one 33 %" in alts(app)
    app.button_group(key="widget.person-attribute").set_value("hair_colour").run()
    assert app.query_params["attribute"] in ("hair_colour", ["hair_colour"])
    assert "in all: not stated 67 % and brown 33 %" in alts(app)


def test_analysis_page_words_name_unknown_verbs_with_their_caption(open_app: Open) -> None:
    app = go(open_app(RECORDS), "words")
    assert "zorbles" in texts(app)
    assert ("DFEW 2", True) in [(label, "sample=2" in query) for label, query in links(app)]


def test_analysis_page_words_tell_the_wordings_of_the_filter_s_action(open_app: Open) -> None:
    app = go(open_app(RECORDS, action="lip_corner_pull"), "words")
    assert "Wordings of lip corner pull" in texts(app)
    assert "“smile” 2" in alts(app)
    assert "No source has 1,000 words." in alts(app)


def test_analysis_page_text_of_captions_is_never_markup(open_app: Open) -> None:
    evil = "At the beginning, <img src=x onerror=alert(1)> she smiles </div><script>x</script>."
    app = go(open_app([{"id": "[x](http://y)", "video": "DFEW/videos/1.mp4", "caption": evil}]), "vocabulary")
    assert not app.exception
    shown = "\n".join(str(element.proto) for element in app.get("html"))
    assert "<img" not in shown
    assert "<script" not in shown
    assert "&lt;" in shown
