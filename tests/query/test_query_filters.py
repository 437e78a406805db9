"""Filters as SQL conditions, sentences, and URLs."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dfec_explore.query.filters import EMPTY, NOT_STATED, Condition, Filters, Vocabulary, describe, sentence, where
from dfec_explore.query.links import from_params, to_params

VOCABULARY = Vocabulary(
    options={
        "part": ("test", "train"),
        "source": ("DFEW", "MAFW", "MER24"),
        "action": ("blink", "brow_raise"),
        "phase": ("begin", "progress", "middle", "end", "rest"),
        "verdict": ("accept", "none"),
        "emotion": ("anger", NOT_STATED),
    },
    titles={"source": {"MER24": "MER2024"}, "action": {"brow_raise": "brow raise"}},
    action_bits={"blink": 3, "brow_raise": 0},
)

TABLE = [
    (Filters(), "TRUE", (), "All 800 captions"),
    (
        Filters(source=("DFEW", "MAFW"), action=("brow_raise",), phase=("begin",)),
        "source IN (?, ?)|(actions_begin) & ?::UBIGINT) = ?::UBIGINT",
        ("DFEW", "MAFW", 1, 1),
        "DFEW and MAFW captions that mention brow raise at the beginning, 37 of 800",
    ),
    (
        Filters(action=("blink", "brow_raise")),
        "((actions) & ?::UBIGINT) = ?::UBIGINT",
        (9, 9),
        "Captions that mention blink and brow raise, 37 of 800",
    ),
    (
        Filters(phase=("begin", "end")),
        "(actions_begin | actions_end) <> 0",
        (),
        "Captions that mention some facial action at the beginning or towards the end, 37 of 800",
    ),
    (
        Filters(emotion=("anger", NOT_STATED)),
        "(emotion IN (?) OR emotion IS NULL)",
        ("anger",),
        "Captions with emotion in the path anger or not stated, 37 of 800",
    ),
    (
        Filters(words=(80, 120), text="50%_'; --"),
        "contains(lower(caption), lower(?))|words BETWEEN ? AND ?",
        ("50%_'; --", 80, 120),
        "Captions that contain “50%_'; --” of 80 to 120 words, 37 of 800",
    ),
    (
        Filters(verdict=("none",), part=("test",)),
        "verdict IS NULL",
        ("test",),
        "test captions with verdict none, 37 of 800",
    ),
    (
        Filters(phrase="she blinks"),
        "sample_no IN (SELECT sample_no FROM phrases WHERE phrase = ?)",
        ("she blinks",),
        "Captions with the phrase “she blinks”, 37 of 800",
    ),
]


@pytest.mark.parametrize(("filters", "sql", "values", "words"), TABLE)
def test_filters_say_the_same_in_sql_and_in_english(
    filters: Filters, sql: str, values: tuple[object, ...], words: str
) -> None:
    condition = where(filters, VOCABULARY)
    for piece in sql.split("|") if sql.count("(") != sql.count(")") or "BETWEEN" in sql else [sql]:
        assert piece in condition.sql
    assert condition.values == values
    assert sentence(filters, VOCABULARY, found=37, total=800) == words


def test_filters_nothing_set_is_no_condition() -> None:
    assert where(EMPTY, VOCABULARY) == Condition("TRUE")
    assert not EMPTY


@pytest.mark.parametrize(
    ("filters", "key", "words"),
    [
        (Filters(source=("MER24",)), "source", "MER2024"),
        (Filters(words=(5, 5)), "words", "5 words"),
        (Filters(phase=("begin", "end")), "phase", "at the beginning or towards the end"),
        (Filters(text="smile"), "text", "contains “smile”"),
        (Filters(emotion=(NOT_STATED,)), "emotion", "emotion in the path not stated"),
    ],
)
def test_filters_each_describes_itself_for_its_chip(filters: Filters, key: str, words: str) -> None:
    assert describe(filters, key, VOCABULARY) == words


def test_links_a_value_that_does_not_exist_is_named_and_left_out() -> None:
    parsed = from_params({"source": ["DFEW", "AVEC"], "words": ["many"], "page": ["2"]}, VOCABULARY)
    assert parsed.filters == Filters(source=("DFEW",))
    assert parsed.problems == (
        "Source “AVEC” does not occur in this dataset.",
        "Length in words: “many” is no range such as 80-120.",
    )


@pytest.mark.parametrize("text", ["5", "9-3", "-", "1-2-3", "a-b", "-5-7", "1" * 30 + "-2", "٣-٤x"])
def test_links_a_range_that_is_none_is_refused(text: str) -> None:
    assert from_params({"words": [text]}, VOCABULARY).filters.words is None


ranges = st.tuples(st.integers(0, 9999), st.integers(0, 9999)).map(lambda pair: (min(pair), max(pair)))
texts = st.text(string.printable + "é眼𝛼", min_size=1, max_size=50)


@given(
    st.builds(
        Filters,
        part=st.lists(st.sampled_from(["test", "train"]), unique=True).map(tuple),
        source=st.lists(st.sampled_from(["DFEW", "MAFW", NOT_STATED]), unique=True).map(tuple),
        action=st.lists(st.sampled_from(["blink", "brow_raise"]), unique=True).map(tuple),
        phase=st.lists(st.sampled_from(["begin", "end"]), unique=True).map(tuple),
        words=st.none() | ranges,
        sentences=st.none() | ranges,
        text=st.just("") | texts,
        term=st.just("") | texts,
    )
)
def test_links_filters_survive_the_way_through_a_url(filters: Filters) -> None:
    parsed = from_params(to_params(filters), VOCABULARY)
    assert parsed.filters == filters
    assert parsed.problems == ()


@given(st.dictionaries(st.sampled_from(["part", "source", "words", "text", "action", "x"]), st.lists(st.text())))
def test_links_whatever_stands_in_a_url_gives_filters(params: dict[str, list[str]]) -> None:
    parsed = from_params(params, VOCABULARY)
    assert where(parsed.filters, VOCABULARY).sql
