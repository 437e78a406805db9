"""Two captions side by side, word by word and in their facial actions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dfec_explore.language.comparing import EventChange, compare_events, compare_words
from dfec_explore.model import FacialEvent

WORDS = st.lists(
    st.sampled_from(["she", "smiles", "He", "left-right", "ok.", "\U0001f600", "don’t", "(a)"]), max_size=12
)


def event(action: str, *, direction: str | None = None, phase: str | None = None, start: int = 0) -> FacialEvent:
    return FacialEvent(action, direction, None, None, phase, start, start + 1, "x", "rule")


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        (
            "She looks left and smiles.",
            "She looks right and smiles.",
            [("same", "She looks "), ("removed", "left "), ("added", "right "), ("same", "and smiles.")],
        ),
        ("She smiles.", "She smiles. Then she blinks.", [("same", "She smiles. "), ("added", "Then she blinks.")]),
        ("a b c", "a c", [("same", "a "), ("removed", "b "), ("same", "c")]),
        ("same", "same", [("same", "same")]),
        ("", "new", [("added", "new")]),
        ("old", "", [("removed", "old")]),
    ],
)
def test_language_comparing_compare_word_by_word(before: str, after: str, pieces: list[tuple[str, str]]) -> None:
    assert compare_words(before, after) == pieces


@given(WORDS, WORDS)
def test_language_comparing_no_word_is_lost_or_made_up(old: list[str], new: list[str]) -> None:
    before, after = " ".join(old), " ".join(new)
    pieces = compare_words(before, after)
    assert "".join(text for kind, text in pieces if kind != "removed") == after
    kept = "".join(text for kind, text in pieces if kind != "added")
    assert "".join(kept.split()) == "".join(before.split())


def test_language_comparing_white_space_alone_is_no_change() -> None:
    assert compare_words("She  smiles.\nHe blinks.", "She smiles. He blinks.") == [("same", "She smiles. He blinks.")]


def test_language_comparing_events_are_matched_by_what_they_say_and_not_by_where_they_stand() -> None:
    before = [event("gaze", direction="left", start=3), event("blink", start=9), event("smile", phase="begin")]
    after = [event("blink", start=40), event("gaze", direction="right"), event("nod"), event("smile", phase="end")]
    assert compare_events(before, after) == [
        EventChange("changed", "gaze", "left", "right"),
        EventChange("added", "nod", "", "stated"),
        EventChange("changed", "smile", "beginning", "end"),
    ]
    assert compare_events([event("blink"), event("blink")], [event("blink")]) == [
        EventChange("removed", "blink", "stated", "")
    ]
