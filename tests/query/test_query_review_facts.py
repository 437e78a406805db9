"""Facts about a review: what they select, how they are said, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dfec_explore.query import Filters, Vocabulary, from_params, sentence, to_params
from dfec_explore.query.review_facts import condition, day_fact, fact, is_fact, seconds_fact, words

TABLE = [
    (("reviewer:Ada",), "judged by Ada", "(reviewer = ?)", ["Ada"]),
    (("verdict:reject", "reviewer:Ada"), "rejected by Ada", "(verdict = ?) AND (reviewer = ?)", ["reject", "Ada"]),
    (
        ("reviewer:Ada", "reviewer:Bo: the 2nd"),
        "judged by Ada or Bo: the 2nd",
        "(reviewer = ? OR reviewer = ?)",
        ["Ada", "Bo: the 2nd"],
    ),
    (("reason:language",), "judged for “Language”", "(list_contains(reasons, ?))", ["language"]),
    (("seconds:0-5",), "judged in less than 5 s", "(seconds >= ? AND seconds < ?)", [0, 5]),
    (("seconds:300-",), "judged in 300 s or more", "(seconds >= ?)", [300]),
    (
        # Midnight in Shanghai is 16:00 of the day before in London.
        ("day:2026-03-02+08:00",),
        "judged on 2 March 2026",
        "(moment >= ? AND moment < ?)",
        [1_772_380_800_000_000, 1_772_467_200_000_000],
    ),
]


@pytest.mark.parametrize(("facts", "said", "sql", "values"), TABLE)
def test_review_facts_say_the_same_in_sql_and_in_english(
    facts: tuple[str, ...], said: str, sql: str, values: list[object]
) -> None:
    assert words(facts) == said
    assert condition(facts) == (sql, values)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "reviewer:",
        "verdict:none",
        "verdict:disputed",
        "reason:because",
        "seconds:9-3",
        "seconds:x",
        "seconds:",
        "Ada",
        "day:2026-03-02",
        "day:2026-02-30+00:00",
        "day:+08:00",
        f"reviewer:{'x' * 201}",
        "plan:1",
    ],
)
def test_review_facts_name_what_is_none(value: str) -> None:
    assert not is_fact(value)
    assert condition((value,)) == ("TRUE", [])
    parsed = from_params({"review": [value]}, Vocabulary(options={}))
    assert parsed.filters == Filters()
    assert len(parsed.problems) == (1 if value else 0)


@pytest.mark.parametrize(
    "value",
    [
        fact("reviewer", "Ada; DROP TABLE judgements --"),
        seconds_fact(10, 15),
        seconds_fact(300, None),
        day_fact("2026-03-02", 480),
        day_fact("2026-03-02", -210),
    ],
)
def test_review_facts_go_into_an_address_and_back(value: str) -> None:
    filters = Filters(review=(value,))
    assert from_params(to_params(filters), Vocabulary(options={})).filters == filters


def test_review_facts_stand_in_the_sentence_of_the_filter() -> None:
    filters = Filters(source=("DFEW",), review=("verdict:fix", "reviewer:Ada"))
    assert (
        sentence(filters, Vocabulary(options={}), found=3, total=800) == "DFEW captions marked to fix by Ada, 3 of 800"
    )


@given(st.text(max_size=60))
def test_review_facts_survive_any_text(text: str) -> None:
    for value in (text, f"seconds:{text}", f"day:{text}", f"reviewer:{text}"):
        sql, values = condition((value,))
        assert sql.count("?") == len(values)
        assert words((value,)).startswith("judged")
