"""DuckDB over the Parquet tables of one index, joined with the current verdicts."""

import threading
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from dfec_explore.index import IndexFolder
from dfec_explore.index.schema import REJECTS, TABLES
from dfec_explore.query.filters import Condition, Filters, Vocabulary, where

VERDICTS = pa.schema(
    [
        ("part", pa.string()),
        ("id", pa.string()),
        ("caption_hash", pa.string()),
        ("verdict", pa.string()),
        ("reviewers", pa.int64()),
    ]
)
"""The verdict on each judged sample, as the verdict store gives it."""


class Database:
    """Read-only queries over one index; safe to use from several threads.

    Args:
        folder: the index.
        memory_megabytes: memory that queries may use before they go to disk.
        threads: processor threads that one query may use.
    """

    def __init__(self, folder: IndexFolder, *, memory_megabytes: int = 1000, threads: int = 2) -> None:
        self.folder = folder
        self._connection = duckdb.connect(
            config={
                "memory_limit": f"{memory_megabytes}MB",
                "threads": str(threads),
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            }
        )
        self._verdicts_change = threading.Lock()
        self.verdicts_sequence = 0
        for table, schema in TABLES.items():
            self._define(table, [str(path) for path in folder.files(table)], schema)
        rejects = folder.path / "rejects.parquet"
        self._define("rejects", [str(rejects)] if rejects.is_file() else [], REJECTS)
        self.set_verdicts(VERDICTS.empty_table())

    def _define(self, table: str, files: list[str], schema: pa.Schema) -> None:
        if not files:
            self._connection.register(table, schema.empty_table())
            return
        # A view takes no bound values; the names are quoted as SQL text instead.
        listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
        self._connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet([{listed}])")  # noqa: S608

    def set_verdicts(self, verdicts: pa.Table, *, sequence: int = 0) -> None:
        """Replace the verdicts that filters and counts see.

        Args:
            verdicts: columns as ``VERDICTS``; others are passed over.
            sequence: how far they reach in the store's order; kept as ``verdicts_sequence``.
        """
        table = verdicts.select(VERDICTS.names).cast(VERDICTS)
        with self._verdicts_change, self._connection.cursor() as cursor:
            cursor.register("new_verdicts", table)
            cursor.execute("CREATE OR REPLACE TABLE verdicts AS SELECT * FROM new_verdicts")
            cursor.execute(
                "CREATE OR REPLACE VIEW judged AS SELECT s.*, v.verdict, v.reviewers "
                "FROM samples s LEFT JOIN verdicts v USING (part, id, caption_hash)"
            )
            cursor.unregister("new_verdicts")
            self.verdicts_sequence = sequence

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query with bound values."""
        with self._connection.cursor() as cursor:
            return cursor.execute(sql, list(values)).fetchall()

    def row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...]:
        """The only row of a query; for queries that always have one."""
        return self.rows(sql, values)[0]

    def frame(
        self, sql: str, values: Sequence[Any] = (), *, tables: Mapping[str, pa.Table] | None = None
    ) -> pd.DataFrame:
        """A query's rows as a DataFrame; columns are named as in the query, ``tables`` can be read beside the index."""
        with self._connection.cursor() as cursor:
            for name, table in (tables or {}).items():
                cursor.register(name, table)
            return cursor.execute(sql, list(values)).df()

    def close(self) -> None:
        """Give the memory back; the object can't be used any more."""
        self._connection.close()


def selection(filters: Filters, vocabulary: Vocabulary) -> tuple[str, Condition]:
    """What to read and under which condition: the table (with verdicts only where they are asked for)."""
    return ("judged" if filters.verdict else "samples"), where(filters, vocabulary)


def selected_numbers(filters: Filters, vocabulary: Vocabulary) -> Condition:
    """A condition for any table with ``sample_no``: only rows of the captions that the filters select."""
    if not filters:
        return Condition("TRUE")
    if {"part", "source"}.issuperset(filters.set_keys()):
        # Every derived table has these columns itself: no join.
        return where(filters, vocabulary)
    table, condition = selection(filters, vocabulary)
    return Condition(f"sample_no IN (SELECT sample_no FROM {table} WHERE {condition.sql})", condition.values)  # noqa: S608
