"""Copying what an older index already knows: a caption that did not change is not parsed and checked again."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from dfec_explore.index.rows import STATISTICS, Numbered
from dfec_explore.index.schema import DERIVED


@dataclass(frozen=True, slots=True)
class Copied:
    """What an older index gave for some samples of a partition."""

    stats: dict[int, dict[str, Any]]
    """By sample number: the columns that follow from the caption."""
    tables: dict[str, pa.Table]
    """Their rows in the derived tables."""


NOTHING = Copied({}, {})


def copy_known(
    samples: Sequence[Numbered], sources: Sequence[str], hashes: Sequence[str], older: Path | None
) -> Copied:
    """Find captions by their hash in an older index of the same lexicon and checks, and copy what was derived.

    Flags may follow from the path of the clip too: a caption that moved to another clip is read anew.

    Args:
        samples: the samples of one partition.
        sources: their source ids, in the same order.
        hashes: their caption hashes, in the same order.
        older: folder of a finished index, or None.
    """
    if older is None:
        return NOTHING
    wanted = pa.table(
        {
            "sample_no": pa.array([s.sample_no for s in samples], pa.int32()),
            "part": [s.part for s in samples],
            "source": list(sources),
            "caption_hash": list(hashes),
            "video": [s.annotation.video for s in samples],
        }
    )
    with duckdb.connect(config={"threads": "1", "autoinstall_known_extensions": "false"}) as connection:
        connection.register("wanted", wanted)
        connection.execute(
            "CREATE TEMP TABLE pairs AS SELECT w.sample_no, w.part, w.source, min(s.sample_no) AS old_no "
            "FROM wanted w JOIN read_parquet($files) s USING (caption_hash, video) GROUP BY ALL",
            {"files": _files(older, "samples")},
        )
        stats = connection.execute(
            f"SELECT p.sample_no, {', '.join(f's.{name}' for name in STATISTICS)} "  # noqa: S608 - fixed column names
            "FROM pairs p JOIN read_parquet($files) s ON s.sample_no = p.old_no",
            {"files": _files(older, "samples")},
        ).fetchall()
        tables = {name: _copied_table(connection, name, older) for name in DERIVED}
    return Copied({row[0]: dict(zip(STATISTICS, row[1:], strict=True)) for row in stats}, tables)


def _copied_table(connection: duckdb.DuckDBPyConnection, name: str, older: Path) -> pa.Table:
    schema = DERIVED[name]
    columns = ", ".join(
        f'p."{column}"' if column in ("sample_no", "part", "source") else f't."{column}"' for column in schema.names
    )
    found = connection.sql(
        f"SELECT {columns} FROM pairs p JOIN read_parquet($files) t ON t.sample_no = p.old_no",  # noqa: S608 - fixed
        params={"files": _files(older, name)},
    ).to_arrow_table()
    return found.cast(schema)


def _files(folder: Path, table: str) -> list[str]:
    return [str(path) for path in sorted(folder.glob(f"{table}-*.parquet"))]
