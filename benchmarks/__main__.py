"""``python -m benchmarks [SIZE ...]``: build an index of each size, ask it, and start the app on it."""

import argparse
import resource
import subprocess
import time
from datetime import date
from pathlib import Path
from tempfile import gettempdir

from benchmarks.app import measure_app, measure_beside_hanging, measure_memory, measure_review, measure_review_of
from benchmarks.checks import measure_checks, measure_near_duplicates
from benchmarks.clips import measure_clips
from benchmarks.parser import measure_parser, measure_parser_memory
from benchmarks.queries import print_measured
from benchmarks.quiet import Quiet
from benchmarks.saves import measure_saves
from benchmarks.scoring import measure_scoring
from benchmarks.sets import write_set
from dfec_explore.index import build_index
from dfec_explore.model import Dataset, DatasetPart
from dfec_explore.query import open_explorer


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[800, 100_000], help="captions in a set")
    parser.add_argument("--folder", type=Path, default=Path(gettempdir()) / "dfec-bench", help="where sets are kept")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--no-browser", action="store_true", help="leave out what needs a browser")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    print(f"{date.today()}, commit {commit.stdout.strip() or 'unknown'}")
    measure_parser()
    measure_parser_memory()
    measure_saves()
    measure_clips(arguments.folder)
    measure_scoring()
    measure_checks()
    measure_near_duplicates(100_000)
    for size in arguments.sizes:
        _measure_size(size, arguments.folder, arguments.workers, browser=not arguments.no_browser)
    if not arguments.no_browser:
        print(f"verdict to next clip playing, demo: {measure_review()}")
        for name, timing in measure_beside_hanging().items():
            print(f"verdict to next clip playing, {name}: {timing}")
        print(f"memory in MB while clips are watched: {measure_memory()}")


def _measure_size(size: int, folder: Path, workers: int, *, browser: bool) -> None:
    path = write_set(folder / f"set-{size}.json", size)
    dataset = Dataset("Bench", (DatasetPart(path.stem, path),))
    cache = folder / f"cache-{size}"
    started = time.perf_counter()
    index = build_index(dataset, cache, Quiet(), workers=workers)
    seconds = time.perf_counter() - started
    print(f"\n{size:,} captions")
    if seconds > 0.5:
        print(f"  index built: {seconds:,.1f} s, {size / seconds:,.0f} captions/s with {workers} processes")
    print(f"  memory of the reading process, peak: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    explorer = open_explorer(index)
    print_measured(explorer)
    explorer.database.close()
    if browser:
        print(f"  streamlit run to a full Overview, index built before: {measure_app(path, cache)}")
        print(f"  verdict to next clip playing: {measure_review_of(path, cache)}")


if __name__ == "__main__":
    main()
