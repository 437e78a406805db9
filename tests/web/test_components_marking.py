"""The caption as the browser gets it: cut into clauses and pieces, nothing lost, overlaps kept apart."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dfec_explore.model import Clause, FacialEvent
from dfec_explore.web.components.marking import EventLabel, bands, lanes, lay_out

LABEL = EventLabel("Gaze", "gaze", "Gaze", ("AU61",), "#111111", "#eeeeee", {"down": ("AU64",), "left": ("AU61",)})
SMILE = EventLabel("Smile", "mouth", "Mouth, jaw", ("AU12",), "#222222", "#dddddd")


def event(caption: str, start: int, end: int, *, action: str = "gaze", direction: str | None = None) -> FacialEvent:
    return FacialEvent(action, direction, None, None, None, start, end, caption[start:end], "rule")


def test_components_marking_counts_characters_as_python_does() -> None:
    caption = "\U0001f600\U0001f600 looks up"
    layout = lay_out(caption, [event(caption, 3, 11)], [], {})
    assert [piece["text"] for piece in layout["blocks"][0]["pieces"]] == ["\U0001f600\U0001f600 ", "looks up"]


def test_components_marking_cuts_where_events_overlap() -> None:
    caption = "smiles showing teeth"
    layout = lay_out(caption, [event(caption, 7, 20), event(caption, 0, 14)], [], {})
    pieces = [(piece["text"], piece["events"]) for piece in layout["blocks"][0]["pieces"]]
    assert pieces == [("smiles ", [0]), ("showing", [0, 1]), (" teeth", [1])]
    assert [found["lane"] for found in layout["events"]] == [0, 1]


def test_components_marking_text_between_clauses_is_shown_too() -> None:
    caption = "Before. First. Between. Last."
    clauses = [Clause(8, 14, "begin", (0.0, 0.5)), Clause(24, 29, "end", (0.5, 1.0))]
    blocks = lay_out(caption, [], clauses, {})["blocks"]
    assert [("".join(piece["text"] for piece in block["pieces"]), block["clause"]) for block in blocks] == [
        ("Before.", None),
        ("First.", 0),
        ("Between.", None),
        ("Last.", 1),
    ]


@pytest.mark.parametrize(
    ("direction", "aus"), [(None, "AU61"), ("down", "AU64"), ("down-left", "AU64, AU61"), ("forward", "AU61")]
)
def test_components_marking_related_units_follow_the_direction(direction: str | None, aus: str) -> None:
    caption = "looks"
    layout = lay_out(caption, [event(caption, 0, 5, direction=direction)], [], {"gaze": LABEL})
    assert layout["events"][0]["aus"] == aus


def test_components_marking_legend_has_the_regions_that_occur_in_display_order() -> None:
    caption = "smiles looks"
    events = [event(caption, 0, 6, action="smile"), event(caption, 7, 12)]
    labels = {"gaze": LABEL, "blink": EventLabel("Blink", "eye", "Eye", (), "#333333", "#cccccc"), "smile": SMILE}
    assert [region["id"] for region in lay_out(caption, events, [], labels)["regions"]] == ["gaze", "mouth"]


def test_components_marking_an_action_without_a_label_keeps_its_name() -> None:
    caption = "twitches"
    found = lay_out(caption, [event(caption, 0, 8, action="lid_twitch")], [], {})["events"][0]
    assert (found["title"], found["region"], found["aus"]) == ("Lid twitch", None, "")


def test_components_marking_bands_gather_clauses_of_one_stretch_and_keep_overlaps_in_rows() -> None:
    clauses = [
        Clause(0, 1, None, None),
        Clause(1, 2, "rest", (0.25, 1.0)),
        Clause(2, 3, "begin", (0.0, 0.25)),
        Clause(3, 4, "middle", (0.5, 0.75)),
        Clause(4, 5, "begin", (0.0, 0.25)),
    ]
    assert bands(clauses) == [
        {"share": [0.0, 0.25], "title": "beginning", "clauses": [2, 4], "lane": 0},
        {"share": [0.25, 1.0], "title": "rest", "clauses": [1], "lane": 0},
        {"share": [0.5, 0.75], "title": "middle", "clauses": [3], "lane": 1},
    ]


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 15)), max_size=8)


@given(st.text(alphabet="ab \n\U0001f600é", max_size=50), SPANS, st.lists(st.integers(0, 50), max_size=6))
def test_components_marking_loses_no_character_and_marks_the_quotes(
    caption: str, spans: list[tuple[int, int]], cuts: list[int]
) -> None:
    size = len(caption)
    spans = [(start, min(start + length, size)) for start, length in spans if start < size]
    events = sorted((event(caption, *span) for span in spans), key=lambda e: (e.start, -e.end))
    edges = sorted({min(cut, size) for cut in cuts})
    clauses = [Clause(a, b, "middle", (0.0, 1.0)) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    layout = lay_out(caption, events, clauses, {})
    drawn = "".join(piece["text"] for block in layout["blocks"] for piece in block["pieces"])
    assert "".join(drawn.split()) == "".join(caption.split())
    for number, found in enumerate(events):
        marked = "".join(p["text"] for block in layout["blocks"] for p in block["pieces"] if number in p["events"])
        assert "".join(marked.split()) == "".join(found.quote.split())


@given(SPANS)
def test_components_marking_overlapping_events_never_share_a_line(spans: list[tuple[int, int]]) -> None:
    caption = "x" * 60
    events = sorted((event(caption, start, start + length) for start, length in spans), key=lambda e: (e.start, -e.end))
    for (one, lane), (other, other_lane) in combinations(zip(events, lanes(events), strict=True), 2):
        if one.start < other.end and other.start < one.end:
            assert lane != other_lane
