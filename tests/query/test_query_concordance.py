"""Key word in context."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dfec_explore.query import EMPTY, NOT_STATED, Explorer, Filters
from dfec_explore.query.concordance import CONTEXT, concordance, context_line, directions


def test_concordance_lines_are_mentions_in_the_order_of_the_file(four: Explorer) -> None:
    found = concordance(four, EMPTY, action="blink")
    assert found.found == 3
    assert [(line.part, line.id, line.source, line.quote) for line in found.lines] == [
        ("test", "0", "DFEW", "blinks"),
        ("test", "1", "DFEW", "blinks"),
        ("test", "1", "DFEW", "blinks"),
    ]
    assert found.lines[0].left.endswith("At the beginning, she ")
    assert found.lines[0].right.startswith(" and smiles. Towards the end,")


def test_concordance_is_read_page_by_page(four: Explorer) -> None:
    pages = [concordance(four, EMPTY, action="blink", limit=2, offset=offset) for offset in (0, 2, 4)]
    assert [len(page.lines) for page in pages] == [2, 1, 0]
    assert {page.found for page in pages} == {3}


@pytest.mark.parametrize(("direction", "ids"), [("left", ["0"]), ("right", ["1"]), (NOT_STATED, []), ("", ["0", "1"])])
def test_concordance_keeps_to_a_direction(four: Explorer, direction: str, ids: list[str]) -> None:
    found = concordance(four, EMPTY, action="gaze", direction=direction)
    assert [line.id for line in found.lines] == ids


def test_concordance_keeps_to_the_selected_captions(four: Explorer) -> None:
    assert concordance(four, Filters(source=("CAER_mp4",)), action="lip_corner_pull").found == 1
    assert concordance(four, EMPTY, action="no such action").lines == ()


def test_concordance_directions_are_counted_with_those_that_are_not_stated(four: Explorer) -> None:
    assert directions(four, EMPTY, action="gaze") == {"left": 1, "right": 1}
    assert directions(four, EMPTY, action="blink") == {NOT_STATED: 3}


def test_concordance_cuts_at_whole_words_and_counts_characters_not_bytes() -> None:
    caption = "é" * 60 + " 😀 one two " + "She smiles" + " three " + "x" * 60
    start = caption.index("smiles")
    line = context_line("test", "1", "DFEW", caption, start, start + 6)
    assert line.left == "😀 one two She "
    assert line.quote == "smiles"
    assert line.right == " three"


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 30))
def test_concordance_a_line_is_a_piece_of_its_caption(caption: str, start: int, length: int) -> None:
    start = min(start, len(caption))
    end = min(start + length, len(caption))
    line = context_line("test", "1", "DFEW", caption, start, end)
    flat = " ".join(caption.splitlines())
    if "\n" not in caption and len(caption.splitlines()) < 2:
        assert line.left + line.quote + line.right in flat
    assert len(line.left) <= CONTEXT
    assert len(line.right) <= CONTEXT
