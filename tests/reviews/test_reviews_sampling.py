"""Samples are random, stratified as asked, and the same wherever they are drawn."""

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_makers import population

from dfec_explore.errors import SamplingError
from dfec_explore.reviews import Candidate, draw_sample, required_size
from dfec_explore.reviews.sampling import allocate

SEVEN = {"a": 266, "b": 164, "c": 152, "d": 98, "e": 61, "f": 41, "g": 18}


def letters(**sizes: int) -> dict[tuple[str, ...], int]:
    return {(name,): size for name, size in sizes.items()}


def drawn(sizes: dict[str, int], size: int, allocation: str = "proportional") -> dict[str, int]:
    shares = allocate(letters(**sizes), size, allocation=allocation)
    return {stratum[0]: shares[stratum] for stratum in sorted(shares)}


@pytest.mark.parametrize(
    ("sizes", "size", "expected"),
    [
        # Quotas 33.25, 20.5, 19, 12.25, 7.625, 5.125, 2.25: the two left over go to e and b.
        (SEVEN, 100, {"a": 33, "b": 21, "c": 19, "d": 12, "e": 8, "f": 5, "g": 2}),
        # Quotas 62.5, 31.25, 5.625, 0.5, 0.125: d and e get what they should have at least, the others share 97.
        ({"a": 500, "b": 250, "c": 45, "d": 4, "e": 1}, 100, {"a": 61, "b": 31, "c": 5, "d": 2, "e": 1}),
        # Not enough for two each, so one each at least.
        ({"a": 500, "b": 250, "c": 45, "d": 4, "e": 1}, 7, {"a": 3, "b": 1, "c": 1, "d": 1, "e": 1}),
        ({"a": 3, "b": 3, "c": 3}, 7, {"a": 3, "b": 2, "c": 2}),
        ({"a": 9}, 9, {"a": 9}),
    ],
)
def test_proportional_allocation_rounds_by_largest_remainder(
    sizes: dict[str, int], size: int, expected: dict[str, int]
) -> None:
    assert drawn(sizes, size) == expected


def test_equal_allocation_hands_on_what_a_small_stratum_lacks() -> None:
    sizes = {"a": 500, "b": 250, "c": 45, "d": 4, "e": 1}
    assert drawn(sizes, 100, "equal") == {"a": 32, "b": 32, "c": 31, "d": 4, "e": 1}
    assert drawn(sizes, 10, "equal") == {"a": 3, "b": 2, "c": 2, "d": 2, "e": 1}


@given(
    sizes=st.lists(st.integers(1, 60), min_size=1, max_size=12),
    share=st.floats(0, 1),
    allocation=st.sampled_from(["proportional", "equal"]),
)
def test_allocation_adds_up_and_never_takes_more_than_there_are(
    sizes: list[int], share: float, allocation: str
) -> None:
    strata = {(str(number),): size for number, size in enumerate(sizes)}
    size = max(len(sizes), round(share * sum(sizes)))
    shares = allocate(strata, size, allocation=allocation)
    assert sum(shares.values()) == size
    enough_for_two = sum(min(2, there) for there in sizes) <= size
    for stratum, there in strata.items():
        assert min(there, 2 if enough_for_two else 1) <= shares[stratum] <= there


def test_sample_does_not_depend_on_the_order_of_its_candidates() -> None:
    candidates = population(**SEVEN)
    shuffled = random.Random(5).sample(candidates, len(candidates))
    assert draw_sample(candidates, 50, seed=7) == draw_sample(shuffled, 50, seed=7)


def test_sample_of_a_seed_is_the_same_on_every_machine() -> None:
    """Numbers of PCG64, which numpy promises to keep; seen on one machine, and not to change."""
    items = draw_sample(population(A=20, B=10), 6, seed=20260101).items
    assert [item.key.id for item in items] == ["A-12", "B-5", "B-6", "A-0", "A-18", "A-9"]


def test_sample_has_each_stratum_as_allocated_and_no_caption_twice() -> None:
    sample = draw_sample(population(**SEVEN), 100, seed=3)
    assert sample.sizes == letters(**SEVEN)
    assert Counter(item.stratum[0] for item in sample.items) == drawn(SEVEN, 100)
    assert len({item.key for item in sample.items}) == 100
    assert [item.position for item in sample.items] == list(range(100))


def test_every_caption_of_a_stratum_is_drawn_equally_often() -> None:
    """Of 10 captions 4 are drawn, 500 times: 200 times each, give or take 5 standard deviations (11 each)."""
    candidates = population(A=10)
    counts = Counter(item.key.id for seed in range(500) for item in draw_sample(candidates, 4, seed=seed).items)
    assert len(counts) == 10
    assert all(abs(count - 200) < 55 for count in counts.values())


def test_first_half_of_a_sample_is_not_of_the_first_stratum() -> None:
    items = draw_sample(population(A=100, B=100), 100, seed=1).items
    assert 15 <= sum(item.stratum == ("A",) for item in items[:50]) <= 35


def test_sample_of_more_than_there_are_is_all_of_them() -> None:
    assert len(draw_sample(population(A=3, B=2), 99, seed=1).items) == 5


@pytest.mark.parametrize(
    ("sizes", "size", "allocation", "problem"),
    [
        ({}, 5, "proportional", "there are no captions to draw from"),
        ({"A": 3}, 0, "proportional", "a size of 0 was asked for"),
        ({"A": 3, "B": 3, "C": 3}, 2, "proportional", "2 captions cannot hold one of each of the 3 strata"),
        ({"A": 3}, 2, "clever", r"the allocation 'clever' is unknown\. Use one of proportional, equal"),
    ],
)
def test_sample_that_cannot_be_drawn_is_refused_with_the_reason(
    sizes: dict[str, int], size: int, allocation: str, problem: str
) -> None:
    with pytest.raises(SamplingError, match=problem):
        draw_sample(population(**sizes), size, seed=1, allocation=allocation)


def test_sample_is_refused_where_a_caption_is_there_twice() -> None:
    twice: list[Candidate] = [*population(A=3), *population(A=1)]
    with pytest.raises(SamplingError, match="test / A-0 is there twice"):
        draw_sample(twice, 2, seed=1)


def test_required_size_is_that_of_cochrans_example() -> None:
    """Blood groups of 3,200 islanders to within 5 % with two standard deviations: 356 (Cochran 1977, section 4.4)."""
    assert required_size(3200, half_width=0.05, confidence=0.954499736) == 356


@pytest.mark.parametrize(
    ("population", "options", "expected"),
    [
        # 384.146 / (1 + 383.146 / 800) = 259.7
        (800, {"half_width": 0.05}, 260),
        # 2400.9 / (1 + 2399.9 / 800) = 600.2
        (800, {"half_width": 0.02}, 601),
        # 864.33 / (1 + 863.33 / 800) = 415.7
        (800, {"half_width": 0.02, "expected_rate": 0.1}, 416),
        (10**9, {"half_width": 0.05}, 385),
        (10, {"half_width": 0.001}, 10),
        (800, {"half_width": 0.05, "expected_rate": 0.0}, 1),
        (0, {"half_width": 0.05}, 0),
    ],
)
def test_required_size_knows_that_captions_are_few(population: int, options: dict[str, float], expected: int) -> None:
    assert required_size(population, **options) == expected


@pytest.mark.parametrize("options", [{"half_width": 0}, {"half_width": 2}, {"half_width": 0.1, "expected_rate": -1}])
def test_required_size_refuses_numbers_that_are_no_shares(options: dict[str, float]) -> None:
    with pytest.raises(SamplingError, match="Give a share"):
        required_size(800, **options)
