"""Tests and intervals against published examples and against counting by hand."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dfec_explore.query.statistics import FisherTest, benjamini_hochberg, difference, wilson


# Newcombe 1998, Statistics in Medicine 17:857, table I, method 3.
@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_statistics_the_score_interval_is_that_of_newcombe(hits: int, of: int, low: float, high: float) -> None:
    found = wilson(hits, of)
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))
    assert found.value == hits / of


# Newcombe 1998, Statistics in Medicine 17:873, table II, method 10.
@pytest.mark.parametrize(
    ("numbers", "low", "high"),
    [((56, 70, 48, 80), 0.0524, 0.3339), ((9, 10, 3, 10), 0.1705, 0.8090), ((10, 10, 0, 10), 0.6075, 1.0)],
)
def test_statistics_the_interval_of_a_difference_is_that_of_newcombe(
    numbers: tuple[int, int, int, int], low: float, high: float
) -> None:
    found = difference(*numbers)
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@pytest.mark.parametrize(("hits", "of"), [(0, 0), (3, 2), (-1, 4)])
def test_statistics_what_is_no_proportion_has_no_interval(hits: int, of: int) -> None:
    with pytest.raises(ValueError, match="no proportion"):
        wilson(hits, of)


@pytest.mark.parametrize(
    ("table", "p"),
    [
        # Fisher's tea: 3 of 4 and 1 of 4; (16 + 16 + 1 + 1) of 70 tables.
        ((3, 4, 1, 4), 34 / 70),
        # The example of SciPy's documentation of fisher_exact.
        ((8, 10, 1, 6), 0.0349650349650350),
        ((6, 8, 1, 5), 0.1025641025641026),
        ((2, 2, 0, 2), 2 / 6),
        ((0, 5, 0, 9), 1.0),
        ((5, 5, 9, 9), 1.0),
    ],
)
def test_statistics_fisher_s_test_agrees_with_known_tables(table: tuple[int, int, int, int], p: float) -> None:
    assert FisherTest(20).p_value(*table) == pytest.approx(p, rel=1e-9)


def _by_hand(hits: int, of: int, other_hits: int, other_of: int) -> float:
    """Whole numbers of ways: nothing is rounded."""
    chosen = hits + other_hits
    ways = {k: math.comb(of, k) * math.comb(other_of, chosen - k) for k in range(of + 1) if 0 <= chosen - k <= other_of}
    return sum(n for n in ways.values() if n <= ways[hits]) / sum(ways.values())


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_statistics_fisher_s_test_agrees_with_whole_numbers(of: int, other_of: int, data: st.DataObject) -> None:
    hits, other_hits = data.draw(st.integers(0, of)), data.draw(st.integers(0, other_of))
    expected = _by_hand(hits, of, other_hits, other_of)
    assert FisherTest(of + other_of).p_value(hits, of, other_hits, other_of) == pytest.approx(expected, rel=1e-6)


def test_statistics_fisher_s_test_of_a_million_captions_is_a_number() -> None:
    test = FisherTest(1_000_000)
    assert test.p_value(70_000, 140_000, 430_000, 860_000) == pytest.approx(1, abs=0.01)
    assert test.p_value(100_000, 140_000, 430_000, 860_000) < 1e-300
    # Not far from 0: two standard deviations of 173 give about 0.05.
    assert test.p_value(70_339, 140_000, 429_661, 860_000) == pytest.approx(0.05, abs=0.003)


# The example of Benjamini and Hochberg 1995, section 3.2: at 5 %, the four smallest of 15 hold.
PUBLISHED = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240]
PUBLISHED += [0.4262, 0.5719, 0.6528, 0.7590, 1.0000]


def test_statistics_benjamini_hochberg_keeps_what_the_authors_keep() -> None:
    adjusted = benjamini_hochberg(PUBLISHED)
    assert [value <= 0.05 for value in adjusted] == [True] * 4 + [False] * 11
    assert adjusted[0] == pytest.approx(0.0015)
    assert adjusted[3] == pytest.approx(0.0095 * 15 / 4)


def test_statistics_benjamini_hochberg_keeps_the_order_that_was_given() -> None:
    for order in itertools.permutations([0.01, 0.02, 0.9]):
        found = dict(zip(order, benjamini_hochberg(order), strict=True))
        assert found == {0.01: pytest.approx(0.03), 0.02: pytest.approx(0.03), 0.9: pytest.approx(0.9)}
    assert benjamini_hochberg([]) == []
