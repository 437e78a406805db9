"""The nearest captions; similarities are worked out by hand from the formulas of ``query.similar``."""

from collections.abc import Iterator
from math import log
from pathlib import Path

import pytest
from small_sets import explorer_of

from dfec_explore.query import EMPTY, Explorer, Filters, similar
from dfec_explore.query.similar import nearest_by_actions, nearest_by_words

BLINKS = [
    ("DFEW/0.mp4", "At the beginning, she blinks."),
    ("DFEW/1.mp4", "Towards the end, she blinks."),
    ("MAFW/2.mp4", "At the beginning, he blinks."),
    ("MAFW/3.mp4", "At the beginning, she nods."),
    ("MAFW/4.mp4", "A woman."),
]
FRUIT = [("A/0.mp4", "apple pear"), ("A/1.mp4", "apple plum"), ("B/2.mp4", "fig"), ("B/3.mp4", "pear, apple")]


@pytest.fixture
def blinks(tmp_path: Path) -> Iterator[Explorer]:
    explorer = explorer_of(tmp_path, BLINKS)
    yield explorer
    explorer.database.close()


@pytest.fixture
def fruit(tmp_path: Path) -> Iterator[Explorer]:
    explorer = explorer_of(tmp_path, FRUIT)
    yield explorer
    explorer.database.close()


def test_similar_by_actions_weighs_rare_actions_and_their_phases(blinks: Explorer) -> None:
    found = nearest_by_actions(blinks, EMPTY, number=0)
    assert [one.sample_no for one in found.near] == [2, 1]
    same, other = found.near
    assert (same.score, same.shared, same.of, same.same_phase) == (pytest.approx(1), ("blink",), 1, 1)
    # Three of five captions blink, two at the beginning, one towards the end.
    blink, begin, end = log(1 + 5 / 3), log(1 + 5 / 2), log(1 + 5 / 1)
    assert other.score == pytest.approx(blink / (blink + begin + end))
    assert (other.shared, other.same_phase) == (("blink",), 0)
    assert (found.compared, found.selected, found.is_sample) == (4, 4, False)


def test_similar_by_actions_of_other_sources_and_filters(blinks: Explorer) -> None:
    others = nearest_by_actions(blinks, EMPTY, number=0, other_sources=True)
    assert ([one.sample_no for one in others.near], others.compared) == ([2], 3)
    filtered = nearest_by_actions(blinks, Filters(source=("DFEW",)), number=0)
    assert ([one.sample_no for one in filtered.near], filtered.compared) == ([1], 1)
    assert len(nearest_by_actions(blinks, EMPTY, number=0, limit=1).near) == 1


def test_similar_by_actions_of_a_caption_without_actions_finds_nothing(blinks: Explorer) -> None:
    assert nearest_by_actions(blinks, EMPTY, number=4).near == ()
    assert nearest_by_actions(blinks, EMPTY, number=99).near == ()


def test_similar_by_words_is_the_cosine_of_weighted_words(fruit: Explorer) -> None:
    found = nearest_by_words(fruit, EMPTY, number=0)
    assert [one.sample_no for one in found.near] == [3, 1]
    same, other = found.near
    assert (same.score, set(same.shared), same.of) == (pytest.approx(1), {"apple", "pear"}, 2)
    # Of four captions three have apple, two pear, one plum.
    apple, pear, plum = (log(1 + 4 / n) for n in (3, 2, 1))
    lengths = (apple**2 + pear**2) ** 0.5 * (apple**2 + plum**2) ** 0.5
    assert other.score == pytest.approx(apple**2 / lengths)
    assert other.shared == ("apple",)
    assert (found.compared, found.selected, found.is_sample) == (3, 3, False)


def test_similar_by_words_of_other_sources_and_filters(fruit: Explorer) -> None:
    assert [one.sample_no for one in nearest_by_words(fruit, EMPTY, number=0, other_sources=True).near] == [3]
    assert [one.sample_no for one in nearest_by_words(fruit, Filters(source=("A",)), number=0).near] == [1]
    assert nearest_by_words(fruit, EMPTY, number=2).near == ()


def test_similar_by_words_looks_at_the_rarest_words_where_there_are_many(
    fruit: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pear stands in two captions, apple in three: with room for two rows, only those with pear are looked at."""
    monkeypatch.setattr(similar, "MOST_ROWS", 2)
    found = nearest_by_words(fruit, EMPTY, number=0)
    assert [one.sample_no for one in found.near] == [3]
    assert (found.compared, found.selected, found.is_sample) == (1, 3, True)
