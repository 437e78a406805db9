"""Misspelled words of the lexicon are read as what they are meant for; words of their own are left alone."""

import pytest

from dfec_explore.language import extract_events


@pytest.mark.parametrize(
    ("caption", "action"),
    [
        ("He raises his eybrows.", "brow_raise"),
        ("She is smilling.", "lip_corner_pull"),
        ("Her mounth opens.", "mouth_open"),
        ("He narrows his eyelidss.", "eyes_squint"),
    ],
)
def test_a_misspelled_word_is_read_as_meant(caption: str, action: str) -> None:
    (events,) = extract_events([caption])
    assert [event.action for event in events] == [action]


@pytest.mark.parametrize(
    "caption", ["She is hoping.", "A film starring him.", "The month ends.", "He is praising her."]
)
def test_words_of_their_own_are_not_taken_for_misspelled_ones(caption: str) -> None:
    assert list(extract_events([caption])) == [()]
