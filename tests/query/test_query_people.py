"""What captions state of persons."""

import pytest

from dfec_explore.index.schema import SEVERAL_VALUES
from dfec_explore.query import EMPTY, NOT_STATED, Explorer, Filters, from_params, to_params
from dfec_explore.query.people import ATTRIBUTES, actions_by_value, by_source, stated


def test_people_what_is_not_stated_and_what_is_stated_twice_are_values_of_their_own(four: Explorer) -> None:
    frame = by_source(four, EMPTY, "gender")
    found = {(row.source, row.value): (row.captions, row.share) for row in frame.itertuples()}
    assert found == {
        ("DFEW", "female"): (1, 0.5),
        ("DFEW", "male"): (1, 0.5),
        ("CAER_mp4", SEVERAL_VALUES): (1, 0.5),
        ("CAER_mp4", NOT_STATED): (1, 0.5),
    }


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_people_every_caption_has_one_value_of_each_attribute(four: Explorer, attribute: str) -> None:
    assert by_source(four, EMPTY, attribute)["captions"].sum() == 4


def test_people_captions_that_state_something_are_counted(four: Explorer) -> None:
    counts = stated(four, EMPTY).set_index("attribute")["captions"].to_dict()
    assert (counts["gender"], counts["hair_colour"], counts["glasses"]) == (3, 1, 0)
    assert list(counts) == list(ATTRIBUTES)


def test_people_actions_are_shares_of_the_captions_with_the_value(four: Explorer) -> None:
    frame = actions_by_value(four, EMPTY, "gender").set_index(["value", "action"])
    assert len(frame) == 4 * 4
    assert frame.loc[("female", "lip_corner_pull"), "share"] == 1.0
    assert frame.loc[("male", "lip_corner_pull"), "share"] == 0.0
    assert frame.loc[(NOT_STATED, "mouth_open"), "share"] == 1.0


def test_people_an_attribute_that_is_not_known_is_refused(four: Explorer) -> None:
    with pytest.raises(ValueError, match="'mood'"):
        by_source(four, EMPTY, "mood")


@pytest.mark.parametrize(
    ("facts", "count", "words"),
    [
        (("gender:female",), 1, "Captions that state gender female, 1 of 4"),
        ((f"gender:{NOT_STATED}",), 1, "Captions that state no gender, 1 of 4"),
        ((f"gender:{SEVERAL_VALUES}",), 1, "Captions that state more than one gender, 1 of 4"),
        (("gender:female", "hair_colour:brown"), 1, "Captions that state gender female and hair colour brown, 1 of 4"),
        (("gender:male", "hair_colour:brown"), 0, "Captions that state gender male and hair colour brown, 0 of 4"),
    ],
)
def test_people_a_filter_selects_what_the_bars_count(
    four: Explorer, facts: tuple[str, ...], count: int, words: str
) -> None:
    filters = Filters(person=facts)
    assert four.count(filters) == count
    assert four.sentence(filters) == words
    assert from_params(to_params(filters), four.vocabulary).filters == filters


def test_people_a_link_to_what_nobody_states_says_so(four: Explorer) -> None:
    parsed = from_params({"person": ["gender:robot", "'; DROP TABLE people; --"]}, four.vocabulary)
    assert parsed.filters == EMPTY
    assert len(parsed.problems) == 2
