"""``python -m benchmarks.versions FILE [--every N]``: a file against itself with every Nth record changed."""

import argparse
import csv
import resource
import tempfile
import time
from pathlib import Path

from benchmarks.quiet import Quiet
from dfec_explore.annotations import open_annotations
from dfec_explore.model import Annotation
from dfec_explore.release import Wanted, change_page, write_diff


def write_changed(source: Path, target: Path, every: int) -> None:
    """Write a file again as a table; every Nth record has another id, video or caption, by turns."""
    with target.open("w", newline="", encoding="utf-8") as stream:
        table = csv.writer(stream)
        table.writerow(("id", "video", "caption"))
        for number, record in enumerate(open_annotations(source)):
            if not isinstance(record, Annotation):
                continue
            row = [record.id, record.video, record.caption]
            if number % every == 0:
                place = number // every % 3
                row[place] = (f"new-{record.id}", f"new/{record.video}", f"{record.caption} Then she blinks.")[place]
            table.writerow(row)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--every", type=int, default=100)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_changed(arguments.file, folder / "new.csv", arguments.every)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        started, processor = time.perf_counter(), time.process_time()
        summary = write_diff(arguments.file, folder / "new.csv", folder / "diff", Quiet())
        seconds, processor = time.perf_counter() - started, time.process_time() - processor
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{summary.kept:,} kept, {summary.changed:,} changed; {dict(summary.counts)}")
        print(
            f"  {seconds:,.1f} s ({processor:,.1f} s of processor), peak memory {memory:,.0f} MB ({before:,.0f} before)"
        )
        for title, wanted in (("all", Wanted()), ("text", Wanted(text="blinks"))):
            started = time.perf_counter()
            page = change_page(folder / "diff", wanted, number=1, size=10)
            print(f"  a page of {title}: {1000 * (time.perf_counter() - started):,.0f} ms, {page.found:,} found")


if __name__ == "__main__":
    main()
