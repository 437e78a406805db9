"""``python -m benchmarks.million``: the views over a million captions, which are the index of 100,000 ten times over.

To parse a million captions takes a good part of an hour on two cores, and what the views cost is the number of rows.
``python -m benchmarks 1000000`` does it all the same.
"""

import argparse
import resource
import shutil
from pathlib import Path
from tempfile import gettempdir

import duckdb

from benchmarks.queries import print_measured
from benchmarks.quiet import Quiet
from benchmarks.sets import write_set
from dfec_explore.index import IndexFolder, build_index
from dfec_explore.index.manifest import Manifest
from dfec_explore.index.schema import TABLES
from dfec_explore.model import Dataset, DatasetPart
from dfec_explore.query import open_explorer

SIZE = 100_000
TIMES = 10


def main() -> None:
    """Build, repeat, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path(gettempdir()) / "dfec-bench", help="where sets are kept")
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    path = write_set(folder / f"set-{SIZE}.json", SIZE)
    dataset = Dataset("Bench", (DatasetPart(path.stem, path),))
    index = build_index(dataset, folder / f"cache-{SIZE}", Quiet(), workers=2)
    explorer = open_explorer(repeated(index, folder / "million"))
    print(f"{explorer.total:,} captions")
    print_measured(explorer)
    print(f"  memory, peak: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def repeated(index: IndexFolder, target: Path) -> IndexFolder:
    """Write an index that has every sample of another ``TIMES`` times, under numbers of its own."""
    assert index.manifest is not None
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(index.path, target, ignore=shutil.ignore_patterns(*(f"{table}-*" for table in TABLES)))
    samples = index.manifest.samples
    with duckdb.connect() as database:
        for table in TABLES:
            files = index.files(table)
            for number in range(TIMES * len(files)):
                again, place = divmod(number, len(files))
                moved = f"* REPLACE (CAST(sample_no + {again * samples} AS INTEGER) AS sample_no)"
                file = target / f"{table}-{number:05d}.parquet"
                database.read_parquet(str(files[place])).project(moved).write_parquet(str(file))
    manifest = Manifest.model_validate(index.manifest.model_dump() | {"samples": TIMES * samples})
    manifest.write(target)
    return IndexFolder(target, manifest)


if __name__ == "__main__":
    main()
