"""How near a caption is, in words."""

from dfec_explore.query.similar import Near
from dfec_explore.web.views.similar import likeness

TITLES = {"blink": "Blink", "lip_corner_pull": "Smile"}


def test_web_similar_says_which_actions_are_shared_and_in_which_phase() -> None:
    near = Near(7, 0.724, ("lip_corner_pull", "blink"), of=3, same_phase=1)
    words = "72 % alike: 2 of 3 facial actions in common, 1 in the same phase (smile, blink)"
    assert likeness(near, TITLES) == words


def test_web_similar_names_the_first_shared_words_as_they_are() -> None:
    near = Near(7, 1.0, ("blink", "b", "c", "d", "e", "f", "g"), of=9)
    assert likeness(near, TITLES) == "100 % alike: 7 of 9 words in common (blink, b, c, d, e, f …)"
