"""Scores on disk: predictions are scored once for each content, and read again at once."""

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from dfec_explore.language import lexicon_hash
from dfec_explore.model import Rejected
from dfec_explore.scoring.scores import PairRow, Scores
from dfec_explore.scoring.statistics import columns
from dfec_explore.scoring.tokens import available_tokenizer

MOST = 200
"""Scores that are kept: of those that were read last. Others are made again when they are asked for."""

LAYOUT = 1
"""Raise it with every change of what is counted or how: scores are then made anew."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What there was to match."""

    captions: int
    answered: int
    missing: int
    empty: int
    extra: int = 0
    duplicates: int = 0
    conflicts: int = 0
    by_video: int = 0
    rejected: tuple[Rejected, ...] = ()
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Names of the first predictions that are extra, duplicates or conflicts."""


def scores_key(references: str, predictions: str, *, meteor: bool) -> str:
    """Name scores by what they are made from.

    Args:
        references: fingerprint of the references' file.
        predictions: fingerprint of the predictions' file, or the name of a baseline.
        meteor: whether METEOR is among them.
    """
    made_of = [LAYOUT, references, predictions, lexicon_hash(), available_tokenizer(), meteor]
    return hashlib.sha256(json.dumps(made_of).encode()).hexdigest()[:32]


def scores_folder(cache: Path, key: str) -> Path:
    """Where the scores with this key lie."""
    return cache / "scores" / key


def keep_scores(folder: Path, scores: Scores, counts: Counts) -> None:
    """Write scores; they are there whole or not at all."""
    partial = folder.with_name(f".{folder.name}.{uuid.uuid4().hex}.partial")
    partial.mkdir(parents=True)
    try:
        texts = {
            "id": scores.ids,
            "source": scores.sources,
            "reference": scores.references,
            "prediction": scores.predictions,
        }
        table = pa.table({name: pa.array(values, pa.string()) for name, values in texts.items()})
        for place, column in enumerate(columns()):
            table = table.append_column(f"count.{column}", pa.array(scores.rows[:, place]))
        pq.write_table(table, partial / "captions.parquet")
        pairs = {name: [getattr(row, name) for row in scores.pairs] for name in PairRow._fields}
        types = {"caption": pa.int32()}
        pq.write_table(
            pa.table({name: pa.array(values, types.get(name, pa.string())) for name, values in pairs.items()}),
            partial / "events.parquet",
        )
        about = {"tokenizer": scores.tokenizer, "meteor": dict(scores.meteor), "counts": asdict(counts)}
        (partial / "about.json").write_text(json.dumps(about), encoding="utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        partial.rename(folder)
        _prune(folder.parent)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _prune(folder: Path) -> None:
    """Remove the scores that were not read for the longest time, where there are too many."""
    there = [path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")]
    for path in sorted(there, key=lambda path: path.stat().st_mtime, reverse=True)[MOST:]:
        shutil.rmtree(path, ignore_errors=True)


def kept_scores(folder: Path) -> tuple[Scores, Counts] | None:
    """Read scores; None where they are not there, or cannot be read and have to be made again."""
    try:
        about: dict[str, Any] = json.loads((folder / "about.json").read_text(encoding="utf-8"))
        captions = pq.read_table(folder / "captions.parquet")
        events = pq.read_table(folder / "events.parquet").to_pydict()
        rows = np.column_stack([captions.column(f"count.{column}").to_numpy() for column in columns()])
        counts = about["counts"]
        rejected = tuple(Rejected(**record) for record in counts.pop("rejected"))
        examples = {name: tuple(names) for name, names in counts.pop("examples").items()}
        scores = Scores(
            ids=tuple(captions.column("id").to_pylist()),
            sources=tuple(captions.column("source").to_pylist()),
            references=tuple(captions.column("reference").to_pylist()),
            predictions=tuple(captions.column("prediction").to_pylist()),
            rows=rows.astype(np.float64),
            pairs=tuple(PairRow(*row) for row in zip(*(events[name] for name in PairRow._fields), strict=True)),
            tokenizer=about["tokenizer"],
            meteor=about["meteor"],
        )
        os.utime(folder)
        return scores, Counts(**counts, rejected=rejected, examples=examples)
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
        return None
