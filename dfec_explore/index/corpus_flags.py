"""Flags that need all captions: found when every partition is written, from its columns."""

import bisect
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import overload

import pyarrow as pa
import pyarrow.parquet as pq

from dfec_explore.checks import CheckSet, Corpus, check_corpus
from dfec_explore.index.rows import flag_rows, table_of
from dfec_explore.index.schema import FLAGS

CORPUS_FLAGS = "corpus-flags.parquet"


class TextColumn(Sequence[str]):
    """A column of text that stays in Arrow's memory and gives Python's strings one by one."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        self._chunks = column.chunks
        self._ends = []
        total = 0
        for chunk in self._chunks:
            total += len(chunk)
            self._ends.append(total)

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[str]:
        for chunk in self._chunks:
            yield from chunk.to_pylist()

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        at = bisect.bisect_right(self._ends, place)
        text: str = self._chunks[at][place - (self._ends[at - 1] if at else 0)].as_py()
        return text


def write_corpus_flags(folder: Path, checks: CheckSet) -> None:
    """Compare all captions of an index with each other, and write the flags."""
    columns = ["id", "part", "source", "video", "caption"]
    files = sorted(folder.glob("samples-*.parquet"))
    table = pa.concat_tables([pq.read_table(path, columns=columns) for path in files], promote_options="permissive")
    texts = {name: TextColumn(table[name].cast(pa.string())) for name in columns}
    parts = texts["part"]
    several = len(set(parts)) > 1
    names = parts if several else [""] * len(parts)
    corpus = Corpus(texts["id"], names, texts["source"], texts["video"], texts["caption"])
    found = check_corpus(corpus, checks)
    rows = [
        row
        for place, flags in sorted(found.items())
        for row in flag_rows((place, parts[place], texts["source"][place]), flags)
    ]
    pq.write_table(table_of(rows, FLAGS), folder / CORPUS_FLAGS, compression="zstd")


def count_flags(folder: Path) -> int:
    """How many flags an index has."""
    files = [*folder.glob("flags-*.parquet"), folder / CORPUS_FLAGS]
    return sum(pq.read_metadata(path).num_rows for path in files)
