"""Coefficients of agreement against published examples, degenerate cases, and what counts as a reviewer."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_makers import HASH

from dfec_explore.model import PlanItem, SampleKey
from dfec_explore.reviews import Outcome, agreement, disagreements
from dfec_explore.reviews.agreement import (
    CATEGORIES,
    cohen_kappa,
    features,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
)

FOUR_RATERS = [
    "11.1",
    "2232",
    "3333",
    "3333",
    "2222",
    "1234",
    "4444",
    "1121",
    "2222",
    ".555",
    "..11",
    "..3.",
]
"""Twelve units, four observers, categories 1 to 5, a dot for none (Krippendorff 2011; Gwet 2014, page 120)."""


def counted(units: Sequence[str], categories: str) -> np.ndarray:
    return np.array([[unit.count(category) for category in categories] for unit in units])


def sums(units: Sequence[str], categories: str) -> np.ndarray:
    return features(counted(units, categories)).sum(axis=0, keepdims=True)


def said(*verdicts: str) -> list[Outcome]:
    """Outcomes of reviewers in columns, written by first letters: ``said("af", "aa")``."""
    words = {verdict[0]: verdict for verdict in CATEGORIES}
    names = ("Ann", "Ben", "Cem", "Dee")
    return [
        Outcome(
            PlanItem(place, SampleKey("DFEC", "test", str(place)), HASH),
            {name: words[letter] for name, letter in zip(names, letters, strict=False) if letter != "."},
        )
        for place, letters in enumerate(verdicts)
    ]


def test_alpha_is_that_of_krippendorffs_example() -> None:
    """K. Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011, section C: nominal 0.743."""
    assert krippendorff_alpha(sums(FOUR_RATERS, "12345"))[0] == pytest.approx(0.743, abs=5e-4)


def test_ac1_and_percent_are_those_of_gwets_example() -> None:
    """K. L. Gwet, Handbook of Inter-Rater Reliability, 2014: percent agreement 0.8182, AC1 0.7754."""
    found = sums(FOUR_RATERS, "12345")
    assert percent_agreement(found)[0] == pytest.approx(0.81818, abs=5e-6)
    assert gwet_ac1(found)[0] == pytest.approx(0.77544, abs=5e-6)


def test_kappa_drops_and_ac1_does_not_where_nearly_all_is_the_same() -> None:
    """Two raters of 125: 118 both yes, 5 and 2 of one each, none both no; kappa -0.023, AC1 0.941 (Gwet 2008)."""
    assert cohen_kappa(np.array([[118.0, 5, 2, 0]]))[0] == pytest.approx(-0.0234, abs=5e-5)
    assert gwet_ac1(sums(["11"] * 118 + ["12"] * 7, "12"))[0] == pytest.approx(0.9408, abs=5e-5)


def test_kappa_is_that_of_fleiss_levin_and_paik() -> None:
    """J. L. Fleiss, B. Levin, M. C. Paik, Statistical Methods for Rates and Proportions, 2003, table 18.1: 0.68."""
    table = np.array([[75.0, 1, 4, 5, 4, 1, 0, 0, 10]])
    assert cohen_kappa(table)[0] == pytest.approx(0.676, abs=5e-4)


def alpha_by_definition(units: Sequence[str]) -> Fraction | None:
    """1 - observed / expected disagreement, by going through the pairs one by one."""
    paired = [unit for unit in units if len(unit) > 1]
    values = "".join(paired)
    observed = sum(Fraction(sum(a != b for a, b in permutations(unit, 2)), len(unit) - 1) for unit in paired)
    expected = Fraction(sum(a != b for a, b in permutations(values, 2)), max(1, len(values) - 1))
    return None if not expected else 1 - observed / expected


@given(st.lists(st.text("1234", min_size=1, max_size=4), min_size=1, max_size=8))
def test_alpha_is_that_of_its_definition(units: list[str]) -> None:
    expected, found = alpha_by_definition(units), krippendorff_alpha(sums(units, "1234"))[0]
    assert np.isnan(found) if expected is None else found == pytest.approx(float(expected))


@given(st.lists(st.text("1234", min_size=2, max_size=4), min_size=1, max_size=8))
def test_percent_is_the_share_of_pairs_that_agree(units: list[str]) -> None:
    shares = [np.mean([a == b for a, b in combinations(unit, 2)]) for unit in units]
    assert percent_agreement(sums(units, "1234"))[0] == pytest.approx(np.mean(shares))


def test_agreement_is_of_captions_that_two_or_more_judged() -> None:
    found = said("aa.", "af.", "a..", "..r", "ffa")
    found[0].final = "reject"
    found[1].in_sight = {"Ben"}
    found[2].in_sight = {"Ann"}
    answer = agreement(found)
    assert (answer.captions, answer.reviewers, answer.verdicts) == (3, ("Ann", "Ben", "Cem"), 7)
    assert answer.in_sight == 1
    assert answer.percent.value == pytest.approx((1 + 0 + 1 / 3) / 3)
    assert [(pair.first, pair.second, pair.captions, pair.percent.value) for pair in answer.pairs] == [
        ("Ann", "Ben", 3, pytest.approx(2 / 3)),
        ("Ann", "Cem", 1, 0.0),
        ("Ben", "Cem", 1, 0.0),
    ]


def test_reviewers_who_share_no_caption_are_no_pair() -> None:
    answer = agreement(said("aa..", "..aa"))
    assert [(pair.first, pair.second) for pair in answer.pairs] == [("Ann", "Ben"), ("Cem", "Dee")]


def test_nothing_shared_has_no_agreement() -> None:
    answer = agreement(said("a.", ".f"))
    for measure in (answer.percent, answer.alpha, answer.ac1):
        assert (measure.value, measure.low) == (None, None)
        assert measure.reason == "No caption has been judged by two or more reviewers yet."
    assert agreement([]).captions == 0


def test_one_shared_caption_has_no_interval() -> None:
    answer = agreement(said("af"))
    assert (answer.percent.value, answer.percent.low) == (0.0, None)
    assert "A single caption" in answer.percent.reason


def test_same_verdict_throughout_leaves_alpha_and_kappa_open() -> None:
    answer = agreement(said("aa", "aa", "aa"))
    assert (answer.percent.value, answer.percent.low, answer.percent.high) == (1.0, 1.0, 1.0)
    assert (answer.ac1.value, answer.ac1.low) == (1.0, 1.0)
    assert (answer.alpha.value, answer.pairs[0].kappa.value) == (None, None)
    assert answer.alpha.reason.startswith("All verdicts are the same")
    assert answer.pairs[0].kappa.reason == answer.alpha.reason


def test_interval_of_a_share_is_that_of_the_binomial_distribution() -> None:
    """Of 100 captions 80 agree: resampled, that is binomial, with 72 and 88 as its 2.5 and 97.5 per cent points."""
    answer = agreement(said(*["aa"] * 80, *["af"] * 20))
    assert answer.percent.value == 0.8
    assert answer.percent.low == pytest.approx(0.72, abs=0.011)
    assert answer.percent.high == pytest.approx(0.88, abs=0.011)


def test_interval_of_the_same_seed_is_the_same_and_widens_with_confidence() -> None:
    found = said(*["aa", "af", "ff", "fr", "aa"] * 6)
    assert agreement(found, seed=3) == agreement(found, seed=3)
    assert agreement(found, seed=3).alpha != agreement(found, seed=4).alpha
    narrow, wide = agreement(found, confidence=0.5).alpha, agreement(found, confidence=0.99).alpha
    assert None not in (narrow.low, narrow.high, wide.low, wide.high)
    assert wide.low < narrow.low < narrow.high < wide.high  # type: ignore[operator]


def test_interval_does_not_depend_on_how_many_resamples_fit_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    found = said(*["aa", "af", "ff"] * 5)
    whole = agreement(found)
    monkeypatch.setitem(agreement.__globals__, "ENTRIES", 100)
    assert agreement(found) == whole


def test_disagreements_are_listed_with_who_said_what() -> None:
    found = said("aa", "af", "a.", "ur")
    found[1].final, found[1].in_sight = "fix", {"Ben"}
    found[3].final = None
    listed = disagreements(found)
    assert [(each.item.position, each.said, each.in_sight, each.final) for each in listed] == [
        (1, {"Ann": "accept", "Ben": "fix"}, {"Ben"}, "fix"),
        (3, {"Ann": "unsure", "Ben": "reject"}, frozenset(), None),
    ]
