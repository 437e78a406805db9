"""Error rates and their intervals, against figures worked out by hand, published tables and a simulation."""

import math
from dataclasses import replace

import numpy as np
import pytest
from plan_makers import judged_plan, make_plan, population

from dfec_explore.model import Plan, PlanItem, SampleKey
from dfec_explore.reviews import (
    Candidate,
    Outcome,
    draw_sample,
    error_rate,
    error_rates_by,
    more_needed,
    stratum_label,
    stratum_value,
)
from dfec_explore.reviews.estimates import wilson


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_interval_is_that_of_newcombes_table(hits: int, of: int, low: float, high: float) -> None:
    """R. G. Newcombe, Statistics in Medicine 17, 1998, 857-872, table I, method 3."""
    assert wilson(hits / of, of) == pytest.approx((low, high), abs=5e-5)


def test_rate_of_a_simple_random_sample() -> None:
    """10 errors among 50 of 200.

    The variance is 0.16 / 49, so 49 captions count; three quarters are unseen, so they count as 49 / 0.75 = 65.33.
    """
    plan, found = judged_plan({"A": (200, "f" * 6 + "r" * 4 + "a" * 40)})
    estimate = error_rate(plan, found)
    assert estimate.rate == 0.2
    assert estimate.effective_size == pytest.approx(65.3333, abs=1e-4)
    assert estimate.correction == pytest.approx(0.75)
    assert (estimate.low, estimate.high) == pytest.approx((0.12094, 0.31238), abs=1e-5)
    assert estimate.half_width == pytest.approx(0.09572, abs=1e-5)
    counts = (estimate.population, estimate.drawn, estimate.judged, estimate.accept, estimate.fix, estimate.reject)
    assert counts == (200, 50, 50, 40, 6, 4)


def test_rate_of_a_stratified_sample_is_weighted_to_the_population() -> None:
    """4 errors in 10 of 100, 1 in 10 of 300.

    Rate (100 x 0.4 + 300 x 0.1) / 400. Weights of 10 and 30 make 20 captions worth 400^2 / (10 x 100 + 10 x 900) = 16
    of equal weight; the variance alone would say 19.8. Unseen are (1000 x 0.9 + 9000 x 29/30) / 10000.
    """
    plan, found = judged_plan({"A": (100, "ffffaaaaaa"), "B": (300, "raaaaaaaaa")})
    estimate = error_rate(plan, found)
    assert estimate.rate == pytest.approx(0.175)
    assert estimate.correction == pytest.approx(0.96)
    assert estimate.effective_size == pytest.approx(16 / 0.96)
    assert (estimate.low, estimate.high) == pytest.approx(wilson(0.175, 16 / 0.96))
    assert estimate.collapsed == ()


def test_rate_where_the_variance_counts_more_than_the_weights() -> None:
    """5 errors in 10 of 300, none in 10 of 100.

    Rate 0.375; variance (300^2 x 0.27778 / 10) / 400^2 = 0.015625, so 0.375 x 0.625 / 0.015625 = 15 captions count,
    which is less than the 16 of the weights.
    """
    plan, found = judged_plan({"A": (100, "a" * 10), "B": (300, "fffffaaaaa")})
    estimate = error_rate(plan, found)
    assert estimate.rate == pytest.approx(0.375)
    assert estimate.effective_size * estimate.correction == pytest.approx(15)


def test_unsure_is_counted_apart() -> None:
    """A: 1 error of 2 who were sure, each standing for 25; B: none of 4, each standing for 25: 25 / 150."""
    plan, found = judged_plan({"A": (100, "fauu"), "B": (100, "aaaa")})
    estimate = error_rate(plan, found)
    assert estimate.rate == pytest.approx(1 / 6)
    assert (estimate.judged, estimate.unsure) == (8, 2)


def test_census_has_no_uncertainty() -> None:
    plan, found = judged_plan({"A": (5, "faauf"), "B": (1, "r"), "C": (2, "aa")})
    estimate = error_rate(plan, found)
    assert estimate.rate == pytest.approx(3 / 7)
    assert estimate.low == estimate.high == estimate.rate
    assert (estimate.effective_size, estimate.left, more_needed(estimate, 0.001)) == (math.inf, 0, 0)


@pytest.mark.parametrize(("letter", "rate"), [("a", 0.0), ("f", 1.0)])
def test_no_errors_or_nothing_but_errors_is_not_certain(letter: str, rate: float) -> None:
    """20 of 800: as 20 / 0.975 captions of an endless population; 1 - 1 / (1 + 3.8415 / 20.513) is the other end."""
    plan, found = judged_plan({"A": (800, letter * 20)})
    estimate = error_rate(plan, found)
    assert estimate.rate == rate
    assert estimate.effective_size == pytest.approx(20 / 0.975)
    far = 1 - 1 / (1 + 3.841459 * 0.975 / 20)
    assert (estimate.low, estimate.high) == pytest.approx((0, far) if rate == 0 else (1 - far, 1), abs=1e-6)


def test_strata_that_differ_completely_do_not_make_it_certain() -> None:
    """All wrong in one half, all right in the other: within the strata nothing varies, but 8 captions are few."""
    plan, found = judged_plan({"A": (100, "ffff"), "B": (100, "aaaa")})
    estimate = error_rate(plan, found)
    assert (estimate.low, estimate.high) == pytest.approx(wilson(0.5, 8 / 0.96))


def test_strata_with_none_or_one_judged_are_taken_together_and_said_so() -> None:
    """B and C are short, together they are not: 2 captions stand for 60, as 10 of A stand for 100."""
    plan, found = judged_plan({"A": (100, "ffffaaaaaa"), "B": (40, "f..."), "C": (20, "a"), "D": (1, "a")})
    estimate = error_rate(plan, found)
    assert estimate.collapsed == (("B",), ("C",))
    assert estimate.rate == pytest.approx((40 + 60 * 0.5) / 161)


def test_one_short_stratum_goes_with_the_smallest_other() -> None:
    plan, found = judged_plan({"A": (100, "fa"), "B": (40, "fa"), "C": (60, "f")})
    assert error_rate(plan, found).collapsed == (("C",), ("B",))


def test_first_judged_caption_gives_a_wide_interval() -> None:
    plan, found = judged_plan({"A": (100, "f..."), "B": (100, "....")})
    estimate = error_rate(plan, found)
    assert (estimate.rate, estimate.high) == (1.0, 1.0)
    assert estimate.low == pytest.approx(wilson(1.0, 1 / 0.995)[0])
    assert (estimate.judged, estimate.left) == (1, 7)


@pytest.mark.parametrize("letters", ["....", "uu.."])
def test_plan_without_a_sure_verdict_has_no_rate(letters: str) -> None:
    plan, found = judged_plan({"A": (100, letters)})
    estimate = error_rate(plan, found)
    assert (estimate.rate, estimate.low, estimate.half_width) == (None, None, None)
    assert estimate.reason == "No caption has been judged yet, other than as unsure."


def test_picked_captions_never_feed_a_rate() -> None:
    plan, found = judged_plan({"A": (4, "ffaa")})
    estimate = error_rate(replace(plan, is_random=False), found)
    assert (estimate.rate, estimate.fix, estimate.accept) == (None, 2, 2)
    assert "they say nothing about the others" in estimate.reason


def test_several_reviewers_count_by_their_share_and_a_final_verdict_alone() -> None:
    """Outcomes 0.5 (disputed), 1 (settled), 0 and 2/3 of three who were sure."""
    plan, found = judged_plan({"A": (100, "....")}, overlap=3)
    found[0].said = {"Ann": "accept", "Ben": "fix"}
    found[1].said, found[1].final = {"Ann": "accept", "Ben": "accept"}, "reject"
    found[2].said, found[2].final = {"Ann": "reject", "Ben": "fix"}, "accept"
    found[3].said = {"Ann": "fix", "Ben": "reject", "Cem": "accept", "Dee": "unsure"}
    estimate = error_rate(plan, found)
    assert estimate.rate == pytest.approx((0.5 + 1 + 0 + 2 / 3) / 4)
    assert (estimate.accept, estimate.reject, estimate.disputed) == (1, 1, 2)


def test_stale_captions_are_reported_and_not_counted() -> None:
    plan, found = judged_plan({"A": (100, "fa..")})
    found[2].said_elsewhere = {"Ann"}
    found[3].has_changed = True
    found[0].has_changed = True
    estimate = error_rate(plan, found)
    assert (estimate.rate, estimate.judged, estimate.stale, estimate.left) == (0.5, 2, 2, 0)


def test_rates_of_strata_are_those_of_each_alone() -> None:
    plan, found = judged_plan({"A": (200, "f" * 10 + "a" * 40), "B": (100, "a" * 20), "C": (50, "...")})
    rates = error_rates_by(plan, found, stratum_label)
    alone, alone_found = judged_plan({"A": (200, "f" * 10 + "a" * 40)})
    assert rates["A"].rate == 0.2
    # A domain of a sample is a little less sure than a sample of its own.
    assert rates["A"].effective_size == pytest.approx(error_rate(alone, alone_found).effective_size, rel=0.02)
    assert (rates["B"].rate, rates["B"].population) == (0.0, 100)
    assert (rates["C"].rate, rates["C"].population, rates["C"].left) == (None, 50, 3)


def test_rates_by_source_join_the_strata_of_a_source() -> None:
    """Strata of source and length: 1 of 2 of 100 and 0 of 2 of 300 make (100 x 0.5) / 400."""
    plan, found = judged_plan({"A": (100, "fa"), "B": (300, "aa"), "C": (50, "ff")})
    names = {("A",): ("DFEW", "short"), ("B",): ("DFEW", "long"), ("C",): ("MAFW", "short")}
    plan = replace(plan, strata=("source", "length"), sizes={names[key]: size for key, size in plan.sizes.items()})
    found = [replace(outcome, item=replace(outcome.item, stratum=names[outcome.item.stratum])) for outcome in found]
    rates = error_rates_by(plan, found, stratum_value(plan, "source"))
    assert rates["DFEW"].rate == pytest.approx(0.125)
    assert (rates["DFEW"].population, rates["DFEW"].judged) == (400, 4)
    assert rates["MAFW"].rate == 1.0


def test_rates_of_groups_across_strata_are_domains_of_the_sample() -> None:
    """One stratum of 100, 10 drawn: 4 of a source with 1 error make 1/4 of an estimated 40 captions."""
    plan, found = judged_plan({"A": (100, "faaa" + "faaaaa")})
    rates = error_rates_by(plan, found, lambda item: "first" if item.position < 4 else "second")
    assert (rates["first"].rate, rates["first"].population) == (0.25, 40)
    assert rates["second"].rate == pytest.approx(1 / 6)


def test_more_needed_reaches_the_half_width_and_not_one_fewer() -> None:
    plan, found = judged_plan({"A": (800, "f" * 10 + "a" * 90)})
    more = more_needed(error_rate(plan, found), 0.03)
    share = (100 + more) // 10

    def half_width(judged: int) -> float:
        """As in the first example: (n - 1) / (1 - n / 800) captions count, and one error in ten."""
        low, high = wilson(0.1, judged * 0.99 / (1 - judged / 800))
        return (high - low) / 2

    assert 0 < more < 700
    assert share > 10
    assert half_width(100 + more) <= 0.03 < half_width(100 + more - 1)


def test_more_needed_is_never_more_than_there_are() -> None:
    plan, found = judged_plan({"A": (60, "fa" * 10)})
    assert more_needed(error_rate(plan, found), 0.0001) == 40


def test_more_needed_is_nothing_where_it_is_reached() -> None:
    plan, found = judged_plan({"A": (800, "a" * 400)})
    assert more_needed(error_rate(plan, found), 0.02) == 0


def test_more_needed_before_the_first_verdict_expects_the_worst() -> None:
    plan, found = judged_plan({"A": (800, "....")})
    assert more_needed(error_rate(plan, found), 0.05) == 260


SIZES = {"a": 266, "b": 164, "c": 152, "d": 98, "e": 61, "f": 41, "g": 18}


def simulated(rate: float, size: int, *, repeats: int, seed: int, uneven: float = 0.0) -> tuple[float, float]:
    """Coverage of the interval and mean error of the rate, over samples of 800 captions in 7 strata.

    ``uneven`` makes the rate rise from stratum to stratum.
    """
    draw = np.random.default_rng(seed)
    candidates = population(**SIZES)
    places = {name: place for place, name in enumerate(SIZES)}
    chances = np.array([rate * (1 + uneven * (places[c.stratum[0]] - 3) / 3) for c in candidates])
    covered, errors = 0, 0.0
    for repeat in range(repeats):
        wrong = draw.random(len(candidates)) < chances
        verdicts = {c.key: "fix" if bad else "accept" for c, bad in zip(candidates, wrong, strict=True)}
        sample = draw_sample(candidates, size, seed=seed + repeat)
        found = [Outcome(item, {"Ann": verdicts[item.key]}) for item in sample.items]
        estimate = error_rate(make_plan(sample), found)
        truth = float(wrong.mean())
        assert estimate.rate is not None
        assert estimate.low is not None
        assert estimate.high is not None
        covered += estimate.low <= truth <= estimate.high
        errors += estimate.rate - truth
    return covered / repeats, errors / repeats


CASES = [(rate, size) for rate in (0.05, 0.2, 0.5) for size in (100, 200)]


def test_interval_covers_the_truth_as_often_as_it_says() -> None:
    figures = [simulated(rate, size, repeats=100, seed=1, uneven=0.7) for rate, size in CASES]
    assert np.mean([coverage for coverage, _ in figures]) >= 0.93
    assert abs(np.mean([error for _, error in figures])) < 0.005


@pytest.mark.slow
@pytest.mark.parametrize(("rate", "size"), [*CASES, (0.02, 100), (0.05, 30), (0.05, 400)])
@pytest.mark.parametrize("uneven", [0.0, 0.7])
def test_interval_covers_the_truth_in_every_case(rate: float, size: int, uneven: float) -> None:
    coverage, error = simulated(rate, size, repeats=1000, seed=7, uneven=uneven)
    assert coverage >= 0.93
    assert abs(error) < 0.005


def test_stratum_label_of_a_plan_without_strata() -> None:
    item = PlanItem(0, SampleKey("DFEC", "test", "1"), "h")
    assert stratum_label(item) == "all"
    assert stratum_label(replace(item, stratum=("DFEW", "long"))) == "DFEW / long"


def test_value_of_a_stratum_that_the_plan_does_not_have_is_refused() -> None:
    plan: Plan = judged_plan({"A": (2, "aa")})[0]
    with pytest.raises(ValueError, match="length"):
        stratum_value(plan, "length")


def test_estimate_does_not_depend_on_the_order_of_the_strata() -> None:
    said = {"A": (100, "ffaa"), "B": (40, "f"), "C": (60, "aaa")}
    one = error_rate(*judged_plan(said))
    other = error_rate(*judged_plan(dict(reversed(said.items()))))
    assert one.rate == pytest.approx(other.rate)
    assert one.effective_size == pytest.approx(other.effective_size)


def test_candidates_without_strata_are_one_stratum() -> None:
    candidates = [Candidate(SampleKey("DFEC", "test", str(number)), "h") for number in range(20)]
    sample = draw_sample(candidates, 5, seed=1)
    found = [Outcome(item, {"Ann": "accept"}) for item in sample.items]
    assert error_rate(make_plan(sample, strata=()), found).population == 20
