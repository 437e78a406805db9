"""Numbers and labels in words."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dfec_explore.charts.text import count, hover, listed, percent, safe, short, short_name, title_of, wrapped


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "0 %"),
        (0.0004, "under 0.1 %"),
        (0.001, "0.1 %"),
        (0.034, "3.4 %"),
        (0.05, "5 %"),
        (0.0999, "10 %"),
        (0.878, "88 %"),
        (0.99875, "99.9 %"),
        (0.9999, "99.9 %"),
        (1, "100 %"),
    ],
)
def test_text_percent_has_one_decimal_at_most_and_never_rounds_to_all_or_nothing(share: float, words: str) -> None:
    assert percent(share) == words


def test_text_count_has_separators_and_the_right_noun() -> None:
    assert [count(12044), count(1, "caption"), count(0, "caption"), count(1200, "caption")] == [
        "12,044",
        "1 caption",
        "0 captions",
        "1,200 captions",
    ]


@given(st.text())
def test_text_safe_leaves_nothing_that_plotly_reads_as_markup(text: str) -> None:
    made = safe(text)
    assert "<" not in made
    assert ">" not in made
    assert "$" not in made
    assert html.unescape(made) == html.unescape(html.escape(text, quote=False))


@given(st.text(alphabet="ab <&", max_size=200), st.integers(6, 40))
def test_text_short_labels_are_no_longer_than_asked(text: str, length: int) -> None:
    assert len(html.unescape(short(text, length))) <= length
    assert len(html.unescape(short_name(text, length))) <= length


def test_text_long_names_keep_both_ends() -> None:
    assert short_name("A very long folder of clips 12", 15) == "A very lo…ps 12"
    assert short("A very long folder of clips 12", 15) == "A very long fo…"


def test_text_wraps_at_words_and_cuts_the_rest() -> None:
    assert wrapped("one two three four five", 9, 2) == "one two<br>three…"


def test_text_hover_escapes_its_head_and_leaves_out_empty_lines() -> None:
    assert hover("<i>x</i>", "", "3 captions") == "<b>&lt;i&gt;x&lt;/i&gt;</b><br>3 captions"


def test_text_titles_of_values_are_words() -> None:
    assert [title_of("not-stated"), title_of("odd_value"), title_of("DailyLife"), title_of("")] == [
        "Not stated",
        "Odd value",
        "DailyLife",
        "",
    ]


def test_text_lists_read_like_a_sentence() -> None:
    assert [listed([]), listed(["a"]), listed(["a", "b", "c"])] == ["", "a", "a, b and c"]
