"""The tables of the query room are those that the charts take."""

import json

import pytest

from dfec_explore import charts
from dfec_explore.index import build_index
from dfec_explore.model import Dataset, DatasetPart
from dfec_explore.query import EMPTY, Explorer, Filters, composition, lengths, open_explorer, vocabulary, wording

RECORDS = [
    ("1", "DFEW/videos/1.mp4", "The video shows a woman. At the beginning, she blinks."),
    (
        "2",
        "CAER_mp4/train/Happy/0002.mp4",
        "The video shows a man. At the beginning, he blinks. At the end, he smiles.",
    ),
]


class Quiet:
    def report(self, done: int, total: int | None, message: str = "") -> None:
        pass


@pytest.fixture(scope="module")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Explorer:
    folder = tmp_path_factory.mktemp("charts")
    file = folder / "test.json"
    file.write_text(json.dumps([dict(zip(("id", "video", "caption"), record, strict=True)) for record in RECORDS]))
    dataset = Dataset("Two", (DatasetPart("test", file),))
    return open_explorer(build_index(dataset, folder / "cache", Quiet()))


def drawn(explorer: Explorer, filters: Filters) -> dict[str, charts.Chart]:
    emotion = composition.by_source_and(explorer, filters, "emotion")
    return {
        "sources": charts.captions_by_source(composition.by_source(explorer, filters), mode="light"),
        "emotions": charts.facts_by_source(emotion, mode="light", fact="emotion"),
        "histogram": charts.length_histogram(
            lengths.histogram(explorer, filters, "words", width=5), mode="light", measure="words"
        ),
        "boxes": charts.length_boxes(
            lengths.quantiles_by_source(explorer, filters, "words"), mode="light", measure="words"
        ),
        "curves": charts.length_curves(lengths.cumulative(explorer, filters, "words"), mode="light", measure="words"),
        "openings": charts.openings(wording.openings(explorer, filters), mode="light"),
        "phrases": charts.phrases(wording.phrases(explorer, filters), mode="light"),
        "terms": charts.terms(wording.terms(explorer, filters), mode="light"),
        "actions": charts.action_shares(vocabulary.action_counts(explorer, filters), mode="light"),
        "treemap": charts.action_treemap(vocabulary.action_counts(explorer, filters), mode="light"),
        "heatmap": charts.action_heatmap(vocabulary.action_shares_by_source(explorer, filters), mode="light"),
        "phases": charts.regions_by_phase(vocabulary.regions_by_phase(explorer, filters), mode="light"),
        "sides": charts.modifiers(vocabulary.modifiers(explorer, filters, "side"), mode="light", attribute="side"),
    }


def test_query_tables_become_charts_with_the_numbers_of_the_captions(explorer: Explorer) -> None:
    found = drawn(explorer, EMPTY)
    assert found["sources"].alt == "Bars: 2 captions in 2 sources: CAER 1 and DFEW 1."
    assert found["emotions"].alt.startswith("Bars: emotion as the paths state it, for 1 of 2 captions")
    assert "Blink 100 %" in found["actions"].alt
    assert "Blink: CAER 100 % and DFEW 100 %" in found["heatmap"].alt
    assert [name for name in ("histogram", "phrases", "phases", "sides") if not found[name].figure.data] == []


def test_query_tables_without_rows_become_charts_that_say_so(explorer: Explorer) -> None:
    found = drawn(explorer, Filters(text="nobody says this"))
    assert {name: chart.alt for name, chart in found.items()} == dict.fromkeys(found, "No captions are selected.")
