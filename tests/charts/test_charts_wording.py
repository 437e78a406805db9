"""Charts of openings, phrases, words and verdicts."""

import pandas as pd

from dfec_explore.charts import openings, phrases, terms, verdict_bar


def test_wording_openings_stand_above_their_bars_and_filter(opening_counts: pd.DataFrame) -> None:
    figure = openings(opening_counts, mode="light").figure
    (bars,) = figure.data
    assert (list(bars.x), list(bars.text)) == ([6, 1], ["6 (60 %)", "1 (10 %)"])
    assert list(bars.customdata[0]) == ["opening", "This video shows a man"]
    assert figure.layout.annotations[0].text == "This video shows a man"


def test_wording_a_long_text_is_cut_on_the_plot_whole_in_the_hover_and_never_markup(
    opening_counts: pd.DataFrame,
) -> None:
    figure = openings(opening_counts, mode="light").figure
    shown = figure.layout.annotations[1].text
    assert shown.startswith("&lt;b&gt;This&lt;/b&gt; video")
    assert shown.endswith("…")
    assert figure.data[0].hovertext[1].replace("<br>", " ").endswith("face of a man</b> 1 caption")
    assert list(figure.data[0].customdata[1]) == ["opening", opening_counts["opening"][1]]


def test_wording_openings_are_told_in_a_sentence(opening_counts: pd.DataFrame) -> None:
    chart = openings(opening_counts.head(1), mode="light")
    assert chart.alt == "Bars: the most frequent openings of captions; most: “This video shows a man” 6."
    assert chart.table.columns.tolist() == ["Opening", "Captions", "Share of captions, %"]


def test_wording_phrases_say_how_often_they_come_in_all() -> None:
    frame = pd.DataFrame({"phrase": ["she blinks"], "captions": [1200], "times": [1300]})
    (bars,) = phrases(frame, mode="light").figure.data
    assert list(bars.text) == ["1,200"]
    assert bars.hovertext[0] == "<b>she blinks</b><br>1,200 captions<br>1,300 times in all"
    assert list(bars.customdata[0]) == ["phrase", "she blinks"]


def test_wording_terms_are_bars_up_to_the_limit(term_counts: pd.DataFrame) -> None:
    chart = terms(term_counts, mode="light", limit=2)
    assert list(chart.figure.data[0].y) == ["eye", "mouth"]
    assert list(chart.figure.data[0].customdata[1]) == ["term", "mouth"]
    assert len(chart.table) == 3


def test_verdicts_are_one_line_in_a_fixed_order_without_empty_ones(verdicts: pd.DataFrame) -> None:
    chart = verdict_bar(verdicts, mode="light")
    assert [trace.name for trace in chart.figure.data] == ["Accepted 10", "Rejected 2", "Not judged yet 8"]
    assert [trace.x[0] for trace in chart.figure.data] == [10, 2, 8]
    assert [list(trace.customdata[0]) for trace in chart.figure.data] == [
        ["verdict", "accept"],
        ["verdict", "reject"],
        ["verdict", "none"],
    ]
    assert chart.figure.data[2].marker.pattern.shape == "/"
    assert chart.alt == "One bar: verdicts on 20 captions: accepted 10, rejected 2 and not judged yet 8."
