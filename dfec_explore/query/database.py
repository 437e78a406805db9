"""DuckDB over the Parquet tables of one index, joined with the current verdicts."""

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import duckdb
import pandas as pd
import pyarrow as pa

from dfec_explore.index import IndexFolder
from dfec_explore.index.clip_flags import CLIP_FLAGS
from dfec_explore.index.corpus_flags import CORPUS_FLAGS
from dfec_explore.index.schema import REJECTS, TABLES
from dfec_explore.query.filters import Condition, Filters, Vocabulary, where
from dfec_explore.reviews.judgements import JUDGEMENTS

Answer = TypeVar("Answer")

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

FLAG_VERDICTS = pa.schema(
    [(name, pa.string()) for name in ("part", "id", "caption_hash", "check", "verdict", "reviewer", "reason", "row_id")]
)
"""The verdicts on flags that stand, as the verdict store gives them."""


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
        self._kept: dict[str, Any] = {}
        self._kept_change = threading.Lock()
        self.verdicts_sequence = 0
        self.judgements_sequence = 0
        self.flags_sequence = 0
        self.labels_stamp = 0
        for table, schema in TABLES.items():
            if table == "flags":
                continue  # With those of all captions together, below.
            self._define(table, [str(path) for path in folder.files(table)], schema)
        files = [*folder.files("flags"), folder.path / CORPUS_FLAGS, folder.path / CLIP_FLAGS]
        self._define("flags", [str(path) for path in files if path.is_file()], TABLES["flags"])
        rejects = folder.path / "rejects.parquet"
        self._define("rejects", [str(rejects)] if rejects.is_file() else [], REJECTS)
        self.set_verdicts(VERDICTS.empty_table())
        self.set_judgements(JUDGEMENTS.empty_table())
        self.set_flag_verdicts(FLAG_VERDICTS.empty_table())
        self.set_labels(OWN_LABELS.empty_table())

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

    def update_verdicts(self, changed: pa.Table, *, sequence: int) -> None:
        """Bring in the verdicts of the samples that changed; all others stay.

        Args:
            changed: columns as ``VERDICTS``; null as a verdict: none is left on that caption.
            sequence: how far they reach in the store's order; what reaches less far than what is here is passed over.
        """
        table = changed.select(VERDICTS.names).cast(VERDICTS)
        with self._verdicts_change, self._connection.cursor() as cursor:
            if sequence <= self.verdicts_sequence:
                return
            cursor.register("changed", table)
            cursor.execute("BEGIN")
            cursor.execute(
                "DELETE FROM verdicts WHERE (part, id, caption_hash) IN (SELECT (part, id, caption_hash) FROM changed)"
            )
            cursor.execute("INSERT INTO verdicts SELECT * FROM changed WHERE verdict IS NOT NULL")
            cursor.execute("COMMIT")
            cursor.unregister("changed")
            self.verdicts_sequence = sequence

    def set_judgements(self, judgements: pa.Table, *, sequence: int = 0) -> None:
        """Replace the judgements that progress is worked out from.

        The table ``judgements`` has the columns of ``JUDGEMENTS`` with ``moment`` (microseconds since 1970) as the
        time, and of the dataset as it is now: ``source``, ``sample_no`` (null: there is no such sample any more) and
        ``current_no`` (null: its caption has changed since).

        Args:
            judgements: columns as ``JUDGEMENTS``.
            sequence: how far they reach in the store's order; kept as ``judgements_sequence``.
        """
        with self._verdicts_change, self._connection.cursor() as cursor:
            cursor.register("given", _timed(judgements))
            cursor.execute(f"CREATE OR REPLACE TABLE judgements AS {PLACED}")
            cursor.unregister("given")
            self.judgements_sequence = sequence

    def update_judgements(self, changed: pa.Table, *, sequence: int) -> None:
        """Bring in the judgements on the samples that changed; all others stay.

        Args:
            changed: columns as ``JUDGEMENTS``; null as a verdict: none is left on that caption.
            sequence: as in ``update_verdicts``.
        """
        with self._verdicts_change, self._connection.cursor() as cursor:
            if sequence <= self.judgements_sequence:
                return
            cursor.register("given", _timed(changed))
            cursor.execute("BEGIN")
            cursor.execute("DELETE FROM judgements WHERE (part, id) IN (SELECT (part, id) FROM given)")
            cursor.execute(f"INSERT INTO judgements {PLACED}")
            cursor.execute("COMMIT")
            cursor.unregister("given")
            self.judgements_sequence = sequence

    def once(self, name: str, work: Callable[[], Answer]) -> Answer:
        """What follows from the index alone, worked out at the first call with this name; read only."""
        with self._kept_change:
            if name not in self._kept:
                self._kept[name] = work()
            kept: Answer = self._kept[name]
            return kept

    def set_flag_verdicts(self, verdicts: pa.Table, *, sequence: int = 0) -> None:
        """Replace the verdicts on flags; a verdict on another text of the caption than today's is passed over.

        The view ``standing_flags`` has the flags that nobody dismissed; ``judged_flags`` has all, with ``said``
        (``dismissed``, ``confirmed`` or null), ``said_by``, ``reason`` and ``said_row``.

        Args:
            verdicts: columns as ``FLAG_VERDICTS``; others are passed over.
            sequence: how far they reach in the store's order; kept as ``flags_sequence``.
        """
        table = verdicts.select(FLAG_VERDICTS.names).cast(FLAG_VERDICTS)
        with self._verdicts_change, self._connection.cursor() as cursor:
            cursor.register("given_flags", table)
            cursor.execute(
                'CREATE OR REPLACE TABLE flag_verdicts AS SELECT s.sample_no, g."check", g.verdict AS said, '
                "g.reviewer AS said_by, g.reason, g.row_id AS said_row "
                "FROM given_flags g JOIN samples s USING (part, id, caption_hash)"
            )
            cursor.execute(
                "CREATE OR REPLACE VIEW judged_flags AS SELECT f.*, v.said, v.said_by, v.reason, v.said_row "
                'FROM flags f LEFT JOIN flag_verdicts v USING (sample_no, "check")'
            )
            cursor.execute(
                "CREATE OR REPLACE VIEW standing_flags AS "
                "SELECT * FROM judged_flags WHERE said IS DISTINCT FROM 'dismissed'"
            )
            cursor.unregister("given_flags")
            self.flags_sequence = sequence

    def set_labels(self, labels: pa.Table, *, stamp: int = 0) -> None:
        """Replace the emotions that the datasets give to their clips.

        The table ``own_labels`` has them by ``sample_no``, as one ``value``: an emotion, or ``SEVERAL_EMOTIONS``.

        Args:
            labels: columns as ``OWN_LABELS``; rows without an emotion are passed over.
            stamp: names the state that they are in; kept as ``labels_stamp``.
        """
        with self._verdicts_change, self._connection.cursor() as cursor:
            cursor.register("given_labels", labels.select(OWN_LABELS.names).cast(OWN_LABELS))
            cursor.execute(
                f"CREATE OR REPLACE TABLE own_labels AS SELECT s.sample_no, {LABEL_VALUE} AS value "  # noqa: S608
                "FROM samples s JOIN given_labels g USING (source, video) WHERE len(g.emotions) > 0"
            )
            cursor.unregister("given_labels")
            self.labels_stamp = stamp

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

    def table(self, sql: str, values: Sequence[Any] = (), *, tables: Mapping[str, pa.Table] | None = None) -> pa.Table:
        """As ``frame``, for many rows."""
        with self._connection.cursor() as cursor:
            for name, table in (tables or {}).items():
                cursor.register(name, table)
            return cursor.sql(sql, params=list(values)).to_arrow_table()

    def close(self) -> None:
        """Give the memory back; the object can't be used any more."""
        self._connection.close()


OWN_LABELS = pa.schema([("source", pa.string()), ("video", pa.string()), ("emotions", pa.list_(pa.string()))])
"""What the datasets say of their clips' emotions: several where a label is a compound."""

SEVERAL_EMOTIONS = "several"
"""Stands for a compound label: more than one emotion at once."""

LABEL_VALUE = f"CASE WHEN len(emotions) > 1 THEN '{SEVERAL_EMOTIONS}' ELSE emotions[1] END"
"""A label as one value, in SQL; null where there is none."""

PLACED = (
    "SELECT g.*, s.source, s.sample_no, CASE WHEN s.caption_hash = g.caption_hash THEN s.sample_no END AS current_no "
    "FROM given g LEFT JOIN samples s USING (part, id) WHERE g.verdict IS NOT NULL"
)
"""Judgements with their place in the dataset."""


def _timed(judgements: pa.Table) -> pa.Table:
    """The judgements with their time as a number: DuckDB's time zones are an extension that is not installed."""
    table = judgements.select(JUDGEMENTS.names).cast(JUDGEMENTS)
    moment = table["created_at"].cast(pa.int64())
    return table.drop_columns(["created_at"]).append_column("moment", moment)


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
