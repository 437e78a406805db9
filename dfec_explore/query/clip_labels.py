"""Labels that come with the datasets: of one sample, and as composition."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dfec_explore.clips.labelling import LABELS, PROBLEMS
from dfec_explore.query.database import LABEL_VALUE, selection
from dfec_explore.query.explorer import Explorer
from dfec_explore.query.filters import NOT_STATED, Filters


@dataclass(frozen=True, slots=True)
class LabelsFile:
    """The table of labels in one state."""

    path: str
    stamp: int
    """Changes whenever the table does."""

    def table(self, columns: Sequence[str]) -> dict[str, pa.Table]:
        """Some columns of it, to be named in a query; an empty table where there is none."""
        try:
            found = pq.read_table(self.path, columns=list(columns), partitioning=None)
        except (OSError, pa.ArrowException, ValueError):
            found = pa.schema([LABELS.field(name) for name in columns]).empty_table()
        return {"labels": found}

    def problems(self) -> dict[str, list[str]]:
        """By source, sentences about label files that could not be read, or not whole."""
        try:
            metadata = pq.read_schema(self.path).metadata or {}
        except (OSError, pa.ArrowException, ValueError):
            return {}
        found: dict[str, list[str]] = json.loads(metadata.get(PROBLEMS, b"{}"))
        return found


@dataclass(frozen=True, slots=True)
class SampleLabel:
    """What the dataset of a clip says of it."""

    emotions: tuple[str, ...]
    valence: float | None
    arousal: float | None
    valence_span: tuple[float, ...]
    arousal_span: tuple[float, ...]
    file: str | None
    """None: the clip's path says so."""
    conflict: str


def label_of(labels: Path, source: str, video: str) -> SampleLabel | None:
    """Return the label of one sample; None where there is none, or no table of them."""
    wanted = (pc.field("source") == source) & (pc.field("video") == video)
    try:
        rows = pq.read_table(labels, filters=wanted, partitioning=None).to_pylist()
    except (OSError, pa.ArrowException, ValueError):
        return None
    if not rows:
        return None
    row = rows[0]
    return SampleLabel(
        tuple(row["emotions"] or ()),
        row["valence"],
        row["arousal"],
        tuple(row["valence_span"] or ()),
        tuple(row["arousal_span"] or ()),
        row["file"],
        row["conflict"],
    )


def from_files(explorer: Explorer, filters: Filters, *, labels: LabelsFile) -> dict[str, int]:
    """Count the selected samples whose label comes from a file, by the file's name."""
    sql = "SELECT file, count(*) AS captions FROM chosen WHERE file IS NOT NULL GROUP BY file ORDER BY captions DESC"
    frame = _asked(explorer, filters, labels, sql, ["source", "video", "file"])
    return {str(name): int(number) for name, number in zip(frame["file"], frame["captions"], strict=True)}


def emotions_by_source(explorer: Explorer, filters: Filters, *, labels: LabelsFile) -> pd.DataFrame:
    """Captions by source and the emotion of their clip: columns ``source, title, value, captions``.

    What is not stated is ``not-stated``, a compound is ``several``; each is a value of its own, as the filter
    ``label`` names it.
    """
    sql = (
        f"SELECT source, coalesce({LABEL_VALUE}, '{NOT_STATED}') AS value, count(*) AS captions FROM chosen "  # noqa: S608
        "GROUP BY source, value ORDER BY source, captions DESC, value"
    )
    frame = _asked(explorer, filters, labels, sql, ["source", "video", "emotions"])
    frame.insert(1, "title", [explorer.vocabulary.title("source", source) for source in frame["source"]])
    return frame


def valence_arousal(explorer: Explorer, filters: Filters, *, labels: LabelsFile, limit: int = 5000) -> pd.DataFrame:
    """Clips with valence and arousal: ``sample, source, title, valence, arousal, frames``, means over their frames."""
    sql = (
        "SELECT part || ' / ' || id AS sample, source, valence, arousal, frames FROM chosen "  # noqa: S608 - a number
        f"WHERE valence IS NOT NULL AND arousal IS NOT NULL ORDER BY hash(sample_no) LIMIT {limit:d}"
    )
    frame = _asked(explorer, filters, labels, sql, ["source", "video", "valence", "arousal", "frames"])
    frame.insert(2, "title", [explorer.vocabulary.title("source", source) for source in frame["source"]])
    return frame


def _asked(
    explorer: Explorer, filters: Filters, labels: LabelsFile, question: str, columns: Sequence[str]
) -> pd.DataFrame:
    table, condition = selection(filters, explorer.vocabulary)
    sql = (
        f"WITH picked AS (SELECT sample_no, part, id, source, video FROM {table} WHERE {condition.sql}), "  # noqa: S608
        "chosen AS (SELECT picked.*, l.* EXCLUDE (source, video) FROM picked "
        f"LEFT JOIN labels l ON l.source = picked.source AND l.video = picked.video) {question}"
    )
    return explorer.database.frame(sql, condition.values, tables=labels.table(columns))
