"""Mentions as numbers, and what is counted from them and from the sets of actions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dfec_explore.index.mentions import DIRECTIONS, decode, encode
from dfec_explore.index.schema import PHASES
from dfec_explore.language import load_lexicon
from dfec_explore.language.attributes import ORDER
from dfec_explore.model import FacialEvent
from dfec_explore.query import EMPTY, Explorer, Filters
from dfec_explore.query.action_sets import bit_counts, captions_by_action
from dfec_explore.query.mentions import mention_counts
from dfec_explore.query.vocabulary import in_all, modifier_profiles, modifiers

ACTIONS = sorted(load_lexicon().actions)
WAYS = [None, "left", "down-right", "up-down-left-right", "left-forward", "up-back", "forward-back"]
MENTIONS = st.lists(
    st.tuples(
        st.sampled_from(ACTIONS),
        st.sampled_from(WAYS),
        st.sampled_from([None, "left", "right"]),
        st.sampled_from([None, "slight", "strong"]),
        st.sampled_from([None, *PHASES]),
    ),
    max_size=30,
)


@given(MENTIONS)
def test_mentions_come_back_from_their_numbers(
    mentions: list[tuple[str, str | None, str | None, str | None, str]],
) -> None:
    lexicon = load_lexicon()
    codes = encode([FacialEvent(*mention, 0, 1, "x", "rule") for mention in mentions], lexicon)
    assert all(0 <= code < 2**32 for code in codes)
    bits = [lexicon.actions[action].bit for action, *_ in mentions]
    parts = ("action", "next_action", "direction", "side", "intensity", "phase")
    assert [tuple(decode(code, part) for part in parts) for code in codes] == [
        (bit, after, *attributes)
        for bit, after, (_, *attributes) in zip(bits, [*bits[1:], None], mentions, strict=False)
    ]


def test_mentions_have_numbers_for_every_direction_that_the_parser_spells() -> None:
    assert DIRECTIONS == ORDER


def test_mentions_what_has_no_number_is_no_mention() -> None:
    with pytest.raises(ValueError, match="inward"):
        encode([FacialEvent("gaze", "inward", None, None, None, 0, 1, "x", "rule")], load_lexicon())


def test_mentions_of_the_selected_captions_are_counted_with_what_follows(four: Explorer) -> None:
    frame = mention_counts(four, Filters(source=("DFEW",)), "action", "next_action", "phase")
    found = {(row.action, row.next_action, row.phase): row.events for row in frame.itertuples()}
    assert found == {
        ("blink", "lip_corner_pull", "begin"): 1,
        ("lip_corner_pull", "gaze", "begin"): 1,
        ("gaze", "last", "end"): 1,
        ("blink", "blink", "begin"): 1,
        ("blink", "gaze", "middle"): 1,
        ("gaze", "last", "middle"): 1,
    }


def test_mentions_are_counted_over_what_is_not_asked_for(four: Explorer) -> None:
    frame = mention_counts(four, EMPTY, "direction")
    assert dict(zip(frame["direction"], frame["events"], strict=True)) == {"not-stated": 6, "left": 1, "right": 1}


def test_mentions_under_a_verdict_filter_are_those_of_unjudged_captions(four: Explorer) -> None:
    assert mention_counts(four, Filters(verdict=("none",)), "action")["events"].sum() == 8


@given(st.lists(st.tuples(st.integers(0, 2**64 - 1), st.integers(0, 3)), max_size=100))
def test_mentions_bits_are_counted_as_one_by_one(rows: list[tuple[int, int]]) -> None:
    sets = np.array([one for one, _ in rows], dtype=np.uint64)
    places = np.array([place for _, place in rows], dtype=np.int64)
    counts = bit_counts(sets, places, groups=4)
    assert counts.shape == (4, 64)
    for group, bit in ((0, 0), (1, 7), (2, 8), (3, 31), (3, 63)):
        assert counts[group, bit] == sum(one >> bit & 1 for one, place in rows if place == group)


def test_mentions_captions_are_counted_once_however_often_they_mention_an_action(four: Explorer) -> None:
    (group,) = captions_by_action(four, EMPTY)
    assert (group.captions, group.mentions) == (4, {"blink": 2, "gaze": 2, "lip_corner_pull": 2, "mouth_open": 1})


def test_mentions_what_a_column_does_not_say_is_a_group(four: Explorer) -> None:
    groups = {group.value: group.captions for group in captions_by_action(four, EMPTY, column="person_gender")}
    assert groups == {"female": 1, "male": 1, "not-stated": 1, "several-values": 1}


def test_mentions_of_no_captions_have_no_groups(four: Explorer) -> None:
    assert captions_by_action(four, Filters(text="nobody says this"), column="source") == []


def test_mentions_profiles_add_up_to_all_mentions_of_an_action(four: Explorer) -> None:
    frame = modifier_profiles(four, EMPTY, "direction")
    rows = [(row.action, row.value, row.events, row.of, row.stated) for row in frame.itertuples()]
    assert rows == [
        ("gaze", "left", 1, 2, 2),
        ("gaze", "right", 1, 2, 2),
        ("blink", "not-stated", 3, 3, 0),
        ("lip_corner_pull", "not-stated", 2, 2, 0),
        ("mouth_open", "not-stated", 1, 1, 0),
    ]
    assert frame["share"].tolist() == [0.5, 0.5, 1.0, 1.0, 1.0]
    whole = in_all(frame)
    assert list(zip(whole["value"], whole["events"], strict=True)) == [("not-stated", 6), ("left", 1), ("right", 1)]
    assert modifiers(four, EMPTY, "direction").equals(whole)


def test_mentions_profiles_of_no_captions_are_empty(four: Explorer) -> None:
    frame = modifier_profiles(four, Filters(text="nobody says this"), "side")
    assert len(frame) == 0
    assert len(in_all(frame)) == 0


def test_mentions_have_no_other_modifier(four: Explorer) -> None:
    with pytest.raises(ValueError, match="direction, side, intensity"):
        modifier_profiles(four, EMPTY, "mood")
