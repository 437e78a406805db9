"""The published table is the papers' own, cell by cell, and says where it comes from."""

import csv
from pathlib import Path

import pytest

from dfec_explore.scoring import published


@pytest.mark.data
def test_scoring_published_figures_are_those_of_the_papers_cell_by_cell(test_data: Path) -> None:
    with (test_data / "reference" / "published_baselines.csv").open(encoding="utf-8", newline="") as lines:
        wanted = list(csv.DictReader(lines))
    table = published()
    assert len(wanted) == len(table.rows) == 23
    for line, row in zip(wanted, table.rows, strict=True):
        assert (row.method, row.modality, row.size, row.paper) == (
            line["method"],
            line["modality"],
            line["size"],
            line["paper"],
        )
        assert {name: "" if value is None else f"{value}" for name, value in row.figures.items()} == {
            name: line[name] and f"{float(line[name])}" for name in row.figures
        }
    assert set(table.metrics) == set(wanted[0]) - {"method", "modality", "size", "paper"}


def test_scoring_published_rows_name_a_paper_and_a_modality_that_are_explained() -> None:
    table = published()
    assert {paper.arxiv for paper in table.papers.values()} == {"2501.07978", "2501.15111"}
    assert {row.paper for row in table.rows} == set(table.papers)
    assert {row.modality for row in table.rows} == set(table.modalities)


def test_scoring_published_best_figure_is_that_of_one_paper() -> None:
    table = published()
    assert table.best("cider", "FaceTrack-MM") == 0.418
    assert table.best("cider", "HumanOmni") == 0.412
    assert table.best("tem", "HumanOmni") is None


def test_scoring_published_starred_rows_stand_beside_a_plain_one() -> None:
    names = {row.method for row in published().rows}
    starred = [row.method for row in published().rows if row.is_starred]
    assert starred == ["GPT4-O*", "Claude3.5-Sonnet*"]
    assert all(name.removesuffix("*") in names for name in starred)


def test_scoring_published_cautions_cover_paper_judge_modality_and_stars() -> None:
    assert {caution.about for caution in published().cautions} == {"paper", "judge", "modality", "starred", "own"}
    judged = {name for name, metric in published().metrics.items() if metric.judge != "none"}
    assert judged == {"correctness", "detail", "context", "temporal", "autodq", "tem"}
