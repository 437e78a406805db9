"""Scores of a set: how parts of it are scored, what missing predictions count, and that they are kept whole."""

import os
import time
from pathlib import Path

import numpy as np
import pytest

from dfec_explore.model import Annotation, Rejected
from dfec_explore.scoring import METRICS, Counts, kept, kept_scores
from dfec_explore.scoring.kept import keep_scores
from dfec_explore.scoring.ngrams import cider_scores
from dfec_explore.scoring.tokens import tokenize
from tests.scoring.scored import Quiet, scored

CAPTIONS = [
    "At the beginning, she opens her eyes and looks to the left.",
    "At the beginning, he frowns. Towards the end, he turns his head to the right.",
    "She smiles, showing her teeth, and then blinks twice.",
    "He raises his eyebrows and closes his mouth.",
]
SOURCES = ["DFEW", "DFEW", "MAFW", "MAFW"]
REFERENCES = [
    Annotation(str(n), f"{source}/{n}.mp4", text)
    for n, (source, text) in enumerate(zip(SOURCES, CAPTIONS, strict=True))
]
SAID: list[str | None] = [CAPTIONS[0], "He frowns and turns his head to the left.", None, ""]


def test_scoring_scores_of_the_reference_itself_are_the_highest() -> None:
    found = scored(REFERENCES, CAPTIONS).metrics()
    assert found["cider"] == pytest.approx(10.0)
    for name in ("rouge_l", "bleu_4", "event_f1", "ordered_event_f1", "phase_accuracy", "length_ratio"):
        assert found[name] == pytest.approx(1.0), name


def test_scoring_scores_missing_and_empty_predictions_count_as_empty_or_are_left_out() -> None:
    scores = scored(REFERENCES, SAID)
    assert (scores.missing, scores.answered.tolist()) == (1, [True, True, False, False])
    assert scores.metrics()["rouge_l"] == pytest.approx(scores.metrics(scores.answered)["rouge_l"] / 2)
    assert scores.metrics(scores.answered)["event_recall"] == 1.0
    assert scores.metrics()["event_recall"] == pytest.approx(4 / 9)


def test_scoring_scores_of_a_source_use_the_document_frequencies_of_the_whole_set() -> None:
    scores = scored(REFERENCES, SAID)
    tokens = tokenize([*CAPTIONS, *(text or "" for text in SAID)], "ptb-rules")
    whole = cider_scores(tokens[:4], tokens[4:])
    assert scores.metrics(scores.of_source("DFEW"))["cider"] == pytest.approx(whole[:2].mean())
    alone = cider_scores(tokens[:2], tokens[4:6])
    assert scores.metrics(scores.of_source("DFEW"))["cider"] != pytest.approx(alone.mean())


def test_scoring_scores_report_their_progress_to_the_end() -> None:
    progress = Quiet()
    scored(REFERENCES, SAID, progress)
    assert progress.shares[-1] == 1.0
    assert progress.shares == sorted(progress.shares)


def test_scoring_scores_name_every_metric_once_and_in_order() -> None:
    names = list(scored(REFERENCES, SAID).metrics())
    assert names[: len(METRICS)] == list(METRICS)
    assert names[len(METRICS)] == "event_f1_brow"


def test_scoring_kept_scores_are_read_as_they_were(tmp_path: Path) -> None:
    scores = scored(REFERENCES, SAID)
    counts = Counts(4, 2, 1, 1, extra=1, rejected=(Rejected(3, "x", "why", "v", 9),), examples={"extra": ("9",)})
    keep_scores(tmp_path / "key", scores, counts)
    found = kept_scores(tmp_path / "key")
    assert found is not None
    assert np.array_equal(found[0].rows, scores.rows, equal_nan=True)
    assert found[0].pairs == scores.pairs
    assert found[0].predictions == scores.predictions
    assert found[1] == counts


def test_scoring_kept_scores_are_removed_where_nobody_read_them_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST", 2)
    scores, counts = scored(REFERENCES[:1], SAID[:1]), Counts(1, 1, 0, 0)
    for age, name in ((30, "old"), (20, "older but read")):
        keep_scores(tmp_path / name, scores, counts)
        os.utime(tmp_path / name, (time.time() - age, time.time() - age))
    os.utime(tmp_path / "older but read", (0, 0))
    assert kept_scores(tmp_path / "older but read") is not None
    keep_scores(tmp_path / "new", scores, counts)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "older but read"]


def test_scoring_kept_scores_that_are_damaged_are_not_there(tmp_path: Path) -> None:
    keep_scores(tmp_path / "key", scored(REFERENCES, SAID), Counts(4, 2, 1, 1))
    (tmp_path / "key" / "captions.parquet").write_bytes(b"broken")
    assert kept_scores(tmp_path / "key") is None
    assert kept_scores(tmp_path / "never") is None
    assert [path.name for path in tmp_path.iterdir()] == ["key"]
