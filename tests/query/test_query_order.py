"""What follows what, what goes together, and when."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dfec_explore.query import EMPTY, Explorer, Filters
from dfec_explore.query.order import LAST, _together, cooccurrence, phase_profile, transitions


def test_order_transitions_count_what_is_next_in_the_same_caption(four: Explorer) -> None:
    frame = transitions(four, EMPTY)
    found = {(row.action, row.next_action): (row.events, row.of) for row in frame.itertuples()}
    assert found == {
        ("blink", "lip_corner_pull"): (1, 3),
        ("blink", "blink"): (1, 3),
        ("blink", "gaze"): (1, 3),
        ("lip_corner_pull", "gaze"): (1, 2),
        ("lip_corner_pull", LAST): (1, 2),
        ("gaze", LAST): (2, 2),
        ("mouth_open", LAST): (1, 1),
    }
    shares = frame.groupby("action")["share"].sum()
    assert shares.tolist() == pytest.approx([1.0] * 4)
    assert set(frame.loc[frame["next_action"] == LAST, "next_title"]) == {"Nothing more"}


def test_order_transitions_see_only_the_selected_captions(four: Explorer) -> None:
    frame = transitions(four, Filters(source=("CAER_mp4",)))
    assert [(row.action, row.next_action) for row in frame.itertuples()] == [
        ("lip_corner_pull", LAST),
        ("mouth_open", LAST),
    ]


def test_order_lift_is_both_over_what_chance_gives(four: Explorer) -> None:
    frame = cooccurrence(four, EMPTY)
    assert len(frame) == 4 * 3 / 2
    pairs = {frozenset((row.first, row.second)): row for row in frame.itertuples()}
    always = pairs[frozenset(("blink", "gaze"))]
    assert (always.captions, always.with_first, always.with_second, always.both) == (4, 2, 2, 2)
    assert (always.expected, always.lift) == (1.0, 2.0)
    assert pairs[frozenset(("blink", "lip_corner_pull"))].lift == 1.0
    assert pairs[frozenset(("blink", "mouth_open"))].lift == 0.0


def test_order_no_captions_have_no_pairs(four: Explorer) -> None:
    assert len(cooccurrence(four, Filters(text="nobody says this"))) == 0
    assert len(transitions(four, Filters(text="nobody says this"))) == 0
    assert len(phase_profile(four, Filters(text="nobody says this"))) == 0


@given(st.lists(st.integers(0, 2**64 - 1), max_size=200))
def test_order_pairs_of_bits_are_counted_as_one_by_one(sets: list[int]) -> None:
    found = _together(np.array(sets, dtype=np.uint64))
    for first, second in ((0, 0), (63, 63), (3, 40), (40, 3), (0, 63)):
        assert found[first, second] == sum(one >> first & one >> second & 1 for one in sets)


def test_order_a_phase_profile_is_of_the_action_s_mentions(four: Explorer) -> None:
    frame = phase_profile(four, EMPTY)
    assert [(row.phase, row.events, row.of) for row in frame.itertuples() if row.action == "blink"] == [
        ("begin", 2, 3),
        ("middle", 1, 3),
    ]
    assert frame["action"].iloc[0] == "blink"
    assert frame.groupby("action")["share"].sum().tolist() == pytest.approx([1.0] * 4)
