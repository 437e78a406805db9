"""Charts of the clips: rows in their order, the words, and what a click filters by."""

import pandas as pd

from dfec_explore.charts import clips_by, facts_by_source, valence_arousal


def test_charts_clips_rows_stand_in_the_order_of_their_values(clip_lengths: pd.DataFrame) -> None:
    chart = clips_by(clip_lengths.iloc[::-1], mode="light", measure="duration")
    assert list(chart.figure.layout.yaxis.categoryarray) == ["1 to 2 s", "30 s or more"]
    assert chart.alt == "Bars: duration of the clips of 7 captions; most: 1 to 2 s 6 and 30 s or more 1."
    assert [list(pick) for trace in chart.figure.data for pick in trace.customdata] == [
        ["source", "CAER_mp4"],
        ["source", "DFEW"],
        ["source", "DFEW"],
    ]


def test_charts_clips_plane_tells_the_means(affects: pd.DataFrame) -> None:
    chart = valence_arousal(affects, mode="dark")
    assert chart.alt == "Points: mean valence and arousal of 2 clips, each from -10 to 10; means +1.0 and +1.5."
    assert list(chart.figure.data[0].x) == [-2.0, 4.0]


def test_charts_clips_labels_of_files_are_filtered_by_source_and_label(emotions: pd.DataFrame) -> None:
    chart = facts_by_source(emotions, mode="light", fact="emotion", said_by="labels and paths", picks="label")
    picks = [list(pick) for trace in chart.figure.data for pick in trace.customdata]
    assert {(pick[0], pick[2]) for pick in picks} == {("source", "label")}
    rows = set(zip(emotions["source"], emotions["value"], strict=True))
    assert {(pick[1], pick[3]) for pick in picks} == rows
    assert "as labels and paths state it" in chart.alt
