"""One partition of the index: some thousands of captions, analysed and written as Parquet."""

import os
import uuid
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from dfec_explore import language
from dfec_explore.checks import load_checks
from dfec_explore.index.reuse import copy_known
from dfec_explore.index.rows import Numbered, derived_tables, samples_table, statistics
from dfec_explore.index.schema import TABLES
from dfec_explore.model import CheckSettings, caption_hash
from dfec_explore.sources import source_of

DEFAULTS = CheckSettings()
ROW_GROUP = 20_000
"""Rows of a row group: small enough for two readers to share a partition, large enough to compress."""


def write_partition(
    number: int,
    samples: Sequence[Numbered],
    folder: Path,
    older: Path | None,
    settings: CheckSettings = DEFAULTS,
) -> tuple[int, int]:
    """Analyse and check the captions that no older index knows, and write the tables of one partition.

    ``samples`` is written last: a partition that has it is whole.

    Returns:
        How many events the partition has, and how many captions were copied.
    """
    lexicon = language.load_lexicon()
    sources = [source_of(sample.annotation.video) for sample in samples]
    hashes = [caption_hash(sample.annotation.caption) for sample in samples]
    copied = copy_known(samples, sources, hashes, older)
    fresh = [
        (sample, source)
        for sample, source in zip(samples, sources, strict=True)
        if sample.sample_no not in copied.stats
    ]
    analyses = list(language.analyse(sample.annotation.caption for sample, _ in fresh))
    stats = dict(copied.stats)
    for (sample, _), analysis in zip(fresh, analyses, strict=True):
        stats[sample.sample_no] = statistics(analysis, lexicon)
    tables = derived_tables(
        ((*pair, analysis) for pair, analysis in zip(fresh, analyses, strict=True)), load_checks(settings)
    )
    for name, table in tables.items():
        if name in copied.tables:
            table = pa.concat_tables([copied.tables[name].unify_dictionaries(), table]).unify_dictionaries()
        _write(table.sort_by("sample_no") if copied.stats else table, folder / f"{name}-{number:05d}.parquet")
    ordered = [stats[sample.sample_no] for sample in samples]
    _write(samples_table(samples, ordered), folder / f"samples-{number:05d}.parquet")
    return sum(stat["events"] for stat in ordered), len(copied.stats)


def is_written(number: int, folder: Path) -> bool:
    """Whether every table of the partition is there."""
    return all((folder / f"{name}-{number:05d}.parquet").is_file() for name in TABLES)


def _write(table: pa.Table, path: Path) -> None:
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    pq.write_table(table, temporary, compression="zstd", row_group_size=ROW_GROUP)
    os.replace(temporary, path)
