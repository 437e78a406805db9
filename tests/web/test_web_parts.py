"""How parts of a caption are named in stored reviews: the names stay as they are."""

import pytest

from dfec_explore.model import Clause, FacialEvent
from dfec_explore.web.parts import clause_part, event_parts, fits, missing_part, summary

CAPTION = "She smiles and looks away."


def event(action: str, start: int, end: int) -> FacialEvent:
    return FacialEvent(action, None, None, None, None, start, end, CAPTION[start:end], "rule")


def test_web_parts_are_named_by_their_place_and_their_action() -> None:
    events = [event("lip_corner_pull", 4, 10), event("gaze", 15, 25), event("gaze", 15, 25)]
    assert event_parts(events) == ["event:4-10:lip_corner_pull", "event:15-25:gaze", "event:15-25:gaze#2"]
    assert clause_part(Clause(0, 26, "begin", (0.0, 0.5))) == "clause:0-26"
    assert (missing_part("blink", "end"), missing_part("blink", None)) == ("missing:end:blink", "missing:any:blink")


@pytest.mark.parametrize(
    ("name", "said", "can_be"),
    [
        ("event:4-10:lip_corner_pull", "right", True),
        ("event:15-25:gaze#2", "wrong", True),
        ("event:4-10:lip_corner_pull", "missing", False),
        ("event:10-4:gaze", "right", False),
        ("event:4-27:gaze", "right", False),
        ("event:4-10:<b>", "right", False),
        ("clause:0-26", "wrong", True),
        ("clause:0-26", "perhaps", False),
        ("clause:0-27", "wrong", False),
        ("missing:any:blink", "missing", True),
        ("missing:later:blink", "missing", False),
        ("missing:any:blink", "wrong", False),
        ("", "right", False),
    ],
)
def test_web_parts_only_what_lies_in_the_caption_can_be_judged(name: str, said: str, can_be: bool) -> None:
    assert fits(name, said, CAPTION) is can_be


def test_web_parts_are_told_in_words() -> None:
    parts = {
        "event:4-10:lip_corner_pull": "wrong",
        "clause:0-26": "wrong",
        "event:15-25:gaze": "right",
        "missing:end:new_action": "missing",
    }
    assert summary(parts, {"lip_corner_pull": "Lip corner pull"}) == [
        "wrong: Lip corner pull",
        "wrong: a clause",
        "missing: new_action",
        "1 right",
    ]
