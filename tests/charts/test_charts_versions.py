"""The chart of what differs between two versions."""

import pandas as pd

from dfec_explore.charts import changes_by_source

KINDS = {"caption": "changed caption", "added": "added", "removed": "removed"}


def test_versions_bars_are_stacked_by_kind_and_the_source_with_the_most_changes_is_first(
    version_changes: pd.DataFrame,
) -> None:
    chart = changes_by_source(version_changes, kinds=KINDS, mode="light")
    bars = {trace.name: list(zip(trace.y, trace.x, strict=True)) for trace in chart.figure.data}
    assert bars == {"Changed caption": [("DFEW", 3)], "Added": [("<b>", 2)], "Removed": [("DFEW", 1)]}
    assert list(chart.figure.layout.yaxis.ticktext) == ["DFEW", "&lt;b&gt;"]
    assert [note.text for note in chart.figure.layout.annotations] == ["4", "2"]
