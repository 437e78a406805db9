"""What a sampling plan draws from: the selected captions, and what they are stratified by."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat

import pyarrow as pa

from dfec_explore.model import PlanItem, SampleKey, Stratum
from dfec_explore.query.database import selection
from dfec_explore.query.explorer import Explorer
from dfec_explore.query.filters import NOT_STATED, Condition, Filters
from dfec_explore.reviews import Candidate

ACTION = "action"
STRATA: Mapping[str, str] = {
    "source": "Source",
    "length": "Length",
    "events": "Number of facial actions",
    ACTION: "A facial action",
    "emotion": "Emotion in the path",
    "part": "Part",
}
"""What a plan can be stratified by, and how it is called on the screen. A facial action is named with its label,
``action:blink``: captions that mention it, and those that do not."""

BANDS = {"length": ("words", "words"), "events": ("events", "facial actions")}
"""Strata that are thirds of the captions: the column that is divided, and the unit."""

MENTIONED, NOT_MENTIONED = "mentioned", "not mentioned"

BATCH = 50_000


def stratum_title(explorer: Explorer, name: str) -> str:
    """How a stratifying name is written on a screen."""
    kind, _, label = name.partition(":")
    if kind == ACTION and label:
        return f"Mentions {explorer.vocabulary.title('action', label).lower()}"
    return STRATA.get(kind, kind)


def value_title(explorer: Explorer, name: str, value: str) -> str:
    """How a value of a stratum is written on a screen."""
    return explorer.vocabulary.title(name, value) if name in ("source", "part", "emotion") else value


def value_filter(name: str, value: str) -> list[str]:
    """What a click on a value filters by, as charts have it; empty where there is no such filter."""
    if name in ("source", "part", "emotion"):
        return [name, value]
    if name.startswith(f"{ACTION}:") and value == MENTIONED:
        return [ACTION, name.partition(":")[2]]
    if name in BANDS and (span := re.match(r"(\d+)(?: to (\d+))? ", value)):
        return [BANDS[name][0], f"{span[1]}-{span[2] or span[1]}"]
    return []


def strata_sizes(explorer: Explorer, filters: Filters, strata: Sequence[str] = ()) -> dict[Stratum, int]:
    """How many of the selected captions each stratum has, in the order of their values.

    Raises:
        ValueError: no caption is stratified by one of the names.
    """
    chosen = _chosen(explorer, filters, strata)
    names = "".join(f"s{place}, " for place in range(len(strata)))
    rows = explorer.database.rows(
        f"SELECT {names} count(*) FROM ({chosen.sql}) GROUP BY ALL ORDER BY ALL",  # noqa: S608
        chosen.values,
    )
    return {tuple(row[:-1]): int(row[-1]) for row in rows if row[-1]}


def population(explorer: Explorer, filters: Filters, strata: Sequence[str] = ()) -> pa.Table:
    """The selected captions: columns ``part, id, caption_hash`` and ``s0``, ``s1`` ... with their strata, as texts.

    Raises:
        ValueError: no caption is stratified by one of the names.
    """
    chosen = _chosen(explorer, filters, strata)
    return explorer.database.table(chosen.sql, chosen.values)


def candidates(
    explorer: Explorer, filters: Filters, *, dataset: str, strata: Sequence[str] = ()
) -> Iterator[Candidate]:
    """The selected captions as they may be drawn for a plan.

    Raises:
        ValueError: no caption is stratified by one of the names.
    """
    one_of: dict[Stratum, Stratum] = {}
    for batch in population(explorer, filters, strata).to_batches(max_chunksize=BATCH):
        part, id_, caption, *values = (column.to_pylist() for column in batch.columns)
        labels = zip(*values, strict=True) if values else repeat(())
        for key, stratum in zip(zip(part, id_, caption, strict=True), labels, strict=False):
            yield Candidate(SampleKey(dataset, key[0], key[1]), key[2], one_of.setdefault(stratum, stratum))


def items_now(explorer: Explorer, items: Sequence[PlanItem]) -> dict[tuple[str, str], tuple[str, str]]:
    """What the dataset has now in the place of a plan's items: (part, id) -> (caption hash, source).

    Samples that are gone are left out.
    """
    wanted = pa.table(
        {
            "part": pa.array([item.key.part for item in items], pa.string()),
            "id": pa.array([item.key.id for item in items], pa.string()),
        }
    )
    rows = explorer.database.table(
        "SELECT s.part, s.id, s.caption_hash, s.source FROM wanted w JOIN samples s USING (part, id)",
        tables={"wanted": wanted},
    )
    part, id_, caption, source = (column.to_pylist() for column in rows.columns)
    return dict(zip(zip(part, id_, strict=True), zip(caption, source, strict=True), strict=True))


def _chosen(explorer: Explorer, filters: Filters, strata: Sequence[str]) -> Condition:
    """A query for the selected captions with their strata, in the order of the file."""
    table, condition = selection(filters, explorer.vocabulary)
    columns = [_column(explorer, filters, name) for name in strata]
    listed = "".join(f", {column.sql} AS s{place}" for place, column in enumerate(columns))
    return Condition(
        f"SELECT part::VARCHAR AS part, id, caption_hash{listed} FROM {table} "  # noqa: S608
        f"WHERE {condition.sql} ORDER BY sample_no",
        (*(value for column in columns for value in column.values), *condition.values),
    )


def _column(explorer: Explorer, filters: Filters, name: str) -> Condition:
    """A column of texts to stratify by."""
    if name in ("source", "part", "emotion"):
        return Condition(f"coalesce({name}::VARCHAR, ?)", (NOT_STATED,))
    if name in BANDS:
        return _bands(explorer, filters, *BANDS[name])
    label = name.removeprefix(f"{ACTION}:")
    if label == name or label not in explorer.vocabulary.action_bits:
        raise ValueError(f"captions are not stratified by {name!r}; by: {', '.join(STRATA)}")
    bit = explorer.vocabulary.action_bits[label]
    return Condition(f"CASE WHEN (actions >> {bit}) & 1 = 1 THEN ? ELSE ? END", (MENTIONED, NOT_MENTIONED))


def _bands(explorer: Explorer, filters: Filters, column: str, unit: str) -> Condition:
    """Thirds of the selected captions, as near as whole numbers allow, each with its range as its value."""
    table, condition = selection(filters, explorer.vocabulary)
    low, first, second, high = explorer.database.row(
        f"SELECT min({column}), quantile_disc({column}, 1/3), quantile_disc({column}, 2/3), max({column}) "  # noqa: S608
        f"FROM {table} WHERE {condition.sql}",
        condition.values,
    )
    if low is None:
        return Condition("''")
    ends = [end for end in dict.fromkeys((first, second)) if end < high]
    spans = list(zip([low, *(end + 1 for end in ends)], [*ends, high], strict=True))
    names = [_span_name(start, end, unit) for start, end in spans]
    cases = "".join(f"WHEN {column} <= ? THEN ? " for _ in ends)
    bound = [value for end, name in zip(ends, names, strict=False) for value in (end, name)]
    return Condition(f"CASE {cases} ELSE ? END" if ends else "?", (*bound, names[-1]))


def _span_name(start: int, end: int, unit: str) -> str:
    if start < end:
        return f"{start} to {end} {unit}"
    return f"{start} {unit.removesuffix('s') if start == 1 else unit}"
