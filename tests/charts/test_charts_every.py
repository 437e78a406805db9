"""What holds for every chart, with all rows, with one and with none."""

import json
from collections.abc import Callable
from functools import partial

import pandas as pd
import pytest

from dfec_explore import charts
from dfec_explore.charts import Chart
from dfec_explore.charts.theme import SURFACES, Mode
from dfec_explore.query import Filters

KINDS = {"caption": "changed caption", "added": "added", "removed": "removed"}

DRAWN: dict[str, tuple[Callable[..., Chart], str]] = {
    "captions_by_source": (charts.captions_by_source, "by_source"),
    "facts_by_source": (partial(charts.facts_by_source, fact="emotion"), "emotions"),
    "captions_by_fact": (partial(charts.captions_by_fact, fact="scenario"), "emotions"),
    "length_histogram": (partial(charts.length_histogram, measure="words"), "histogram"),
    "length_boxes": (partial(charts.length_boxes, measure="words"), "boxes"),
    "length_curves": (partial(charts.length_curves, measure="words"), "curves"),
    "action_shares": (charts.action_shares, "actions"),
    "action_treemap": (charts.action_treemap, "actions"),
    "action_heatmap": (charts.action_heatmap, "shares_by_source"),
    "regions_by_phase": (charts.regions_by_phase, "phases"),
    "modifiers": (partial(charts.modifiers, attribute="direction"), "directions"),
    "openings": (charts.openings, "opening_counts"),
    "terms": (charts.terms, "term_counts"),
    "verdict_bar": (charts.verdict_bar, "verdicts"),
    "source_contrast": (charts.source_contrast, "contrasts"),
    "transitions": (charts.transitions, "steps"),
    "together": (charts.together, "pairs"),
    "strongest_pairs": (charts.strongest_pairs, "pairs"),
    "transition_flow": (charts.transition_flow, "steps"),
    "modifier_profiles": (partial(charts.modifier_profiles, attribute="direction"), "profiles"),
    "phase_profile": (charts.phase_profile, "profile"),
    "left_and_right": (charts.left_and_right, "sides"),
    "people_by_source": (partial(charts.people_by_source, attribute="gender"), "genders"),
    "actions_by_person": (partial(charts.actions_by_person, attribute="gender"), "person_actions"),
    "vocabulary_growth": (charts.vocabulary_growth, "curve_points"),
    "word_diversity": (charts.word_diversity, "ratios"),
    "wordings": (charts.wordings, "wording_counts"),
    "verdicts_by_source": (charts.verdicts_by, "coverage"),
    "verdicts_by_part": (partial(charts.verdicts_by, by="part", judged_only=True), "coverage"),
    "reasons": (charts.reasons, "given_reasons"),
    "verdicts_by_day": (charts.verdicts_by_day, "days"),
    "review_times": (charts.review_times, "review_seconds"),
    "error_rates": (charts.error_rates, "rates"),
    "agreement": (charts.agreement, "measures"),
    "clips_by": (partial(charts.clips_by, measure="duration"), "clip_lengths"),
    "valence_arousal": (charts.valence_arousal, "affects"),
    "changes_by_source": (partial(charts.changes_by_source, kinds=KINDS), "version_changes"),
}

SAID_WITHOUT_ROWS = {
    "source_contrast": "There is no other source to compare with.",
    "together": "No two facial actions are mentioned.",
    "transition_flow": "No caption mentions two facial actions.",
    "strongest_pairs": "Too few captions: no pair is expected five times.",
    "left_and_right": "Neither left nor right is said.",
    "word_diversity": "No source has 1,000 words.",
    "wordings": "No selected caption mentions this action.",
    "reasons": "No verdict has a reason yet.",
    "verdicts_by_day": "No verdict yet.",
    "review_times": "No verdict with a known time yet.",
    "error_rates": "No caption of this plan is judged yet.",
    "agreement": "No caption has verdicts of two reviewers.",
    "clips_by": "No clip of these captions has been opened yet.",
    "valence_arousal": "None of these captions has a clip that is labelled with valence and arousal.",
    "changes_by_source": "Nothing differs.",
}
"""Charts whose table can be empty although captions are selected."""

every_chart = pytest.mark.parametrize("name", DRAWN)
any_rows = pytest.mark.parametrize("rows", [1, None], ids=["one row", "all rows"])


@pytest.fixture
def draw(request: pytest.FixtureRequest) -> Callable[..., Chart]:
    def drawn(name: str, *, rows: int | None = None, mode: Mode = "light") -> Chart:
        chart, fixture = DRAWN[name]
        frame: pd.DataFrame = request.getfixturevalue(fixture)
        return chart(frame if rows is None else frame.head(rows), mode=mode)

    return drawn


@every_chart
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_chart_of_no_captions_says_so(draw: Callable[..., Chart], name: str, mode: Mode) -> None:
    chart = draw(name, rows=0, mode=mode)
    said = SAID_WITHOUT_ROWS.get(name, "No captions are selected.")
    assert [note.text for note in chart.figure.layout.annotations] == [said]
    assert chart.alt == said
    assert len(chart.figure.data) == 0
    assert len(chart.table) == 0
    assert len(chart.table.columns) > 1


@every_chart
@any_rows
def test_every_mark_has_plain_words_and_a_filter_that_exists(
    draw: Callable[..., Chart], name: str, rows: int | None
) -> None:
    filters = set(Filters.__dataclass_fields__)
    marks = [trace for trace in draw(name, rows=rows).figure.data if trace.hoverinfo != "skip"]
    assert marks
    for trace in marks:
        if trace.type == "sankey":
            # Streamlit is told of no click on bands; their hover labels stand where others have their filter.
            assert trace.link.hovertemplate == trace.node.hovertemplate == "%{customdata}<extra></extra>"
            assert not any("_" in text for text in (*trace.link.customdata, *trace.node.customdata))
            continue
        assert trace.hovertemplate == "%{hovertext}<extra></extra>"
        assert len(trace.customdata) == len(trace.hovertext)
        for pick in trace.customdata:
            assert len(pick) % 2 == 0
            assert set(list(pick)[0::2]) <= filters
        assert not any("_" in text or "not-stated" in text for text in trace.hovertext)


@every_chart
@any_rows
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_figure_is_in_the_page_s_theme_without_a_title(
    draw: Callable[..., Chart], name: str, rows: int | None, mode: Mode
) -> None:
    layout = draw(name, rows=rows, mode=mode).figure.layout
    assert layout.template.layout.paper_bgcolor == SURFACES[mode].background
    assert layout.title.text is None
    assert layout.height >= 60


@every_chart
@any_rows
def test_every_chart_is_told_in_a_whole_sentence(draw: Callable[..., Chart], name: str, rows: int | None) -> None:
    alt = draw(name, rows=rows).alt
    assert alt[0].isupper()
    assert alt.endswith(".")
    assert "_" not in alt


@every_chart
def test_every_table_has_columns_named_for_readers(draw: Callable[..., Chart], name: str) -> None:
    for column in draw(name).table.columns:
        assert column[0].isupper()
        assert "_" not in column


@every_chart
def test_every_figure_can_be_sent_to_the_browser(draw: Callable[..., Chart], name: str) -> None:
    assert json.loads(draw(name).figure.to_json())["data"]


@every_chart
def test_every_legend_stands_outside_the_plot(draw: Callable[..., Chart], name: str) -> None:
    layout = draw(name).figure.layout
    legend = layout.legend
    above = layout.template.layout.legend.yref == "container" and legend.yref is None
    beside = legend.x is not None and legend.x > 1
    assert above or beside or not layout.showlegend


def test_every_chart_of_rows_grows_with_them(by_source: pd.DataFrame) -> None:
    many = pd.DataFrame(
        {
            "part": "test",
            "source": [f"Films {n}" for n in range(40)],
            "title": [f"Films {n}" for n in range(40)],
            "captions": range(1, 41),
            "share": 0.025,
        }
    )
    few, more = (charts.captions_by_source(frame, mode="light").figure.layout.height for frame in (by_source, many))
    assert more - few == 38 * 27


def test_every_name_from_a_file_is_shown_and_never_markup(by_source: pd.DataFrame) -> None:
    hostile = '<a href="https://x.example">=1+1</a> $x$'
    figure = charts.captions_by_source(by_source.assign(title=hostile), mode="light").figure
    for text in (*figure.layout.yaxis.ticktext, *figure.data[0].hovertext):
        assert "<a" not in text
        assert "$" not in text
    assert list(figure.data[0].customdata[0]) == ["source", "CAER_mp4"]
