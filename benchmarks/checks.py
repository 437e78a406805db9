"""The checks: captions a second on one core, and near duplicates over a set of any size.

Times are of the processor, not of the clock: others may use the machine.
"""

import argparse
import random
import resource
import time
from itertools import islice

from benchmarks.sets import captions
from dfec_explore.checks import Corpus, check_caption, load_checks
from dfec_explore.checks.registry import known_checks
from dfec_explore.language import analyse
from dfec_explore.model import Annotation

SIZE = 5_000


def measure_checks() -> None:
    """Print how many captions a second all checks of single captions read, on one core, beside the parser."""
    records = [Annotation(str(n), video, caption) for n, (video, caption) in enumerate(islice(captions(), SIZE))]
    checks = load_checks()
    started = time.process_time()
    analyses = list(analyse(record.caption for record in records))
    parsed = time.process_time() - started
    check_caption(records[0], analyses[0], checks)
    started = time.process_time()
    for record, analysis in zip(records, analyses, strict=True):
        check_caption(record, analysis, checks)
    seconds = time.process_time() - started
    print(f"checks of single captions: {SIZE / seconds:,.0f} captions/s; reading them before: {SIZE / parsed:,.0f}")


def measure_near_duplicates(size: int) -> None:
    """Print the time of near duplicates over a set of random wording with 1 % of copies that differ in a few words."""
    made = _set(size)
    check = known_checks()["near-duplicate"]
    places = [str(n) for n in range(size)]
    corpus = Corpus(places, [""] * size, ["Bench"] * size, places, made)
    started, clock = time.process_time(), time.perf_counter()
    found = sum(1 for _ in check.find(corpus, check.limits))
    used, passed = time.process_time() - started, time.perf_counter() - clock
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"near duplicates over {size:,} captions: {used:,.0f} s of one core ({passed:,.0f} s by the clock), "
        f"{found:,} flags, memory at most {memory:,.0f} MB"
    )


def _set(size: int) -> list[str]:
    """Captions of sentences of the demo's grammar in random company: alike as captions of one kind are."""
    rng = random.Random(1)
    sentences = list({piece for _, text in islice(captions(), 4_000) for piece in text.replace("\n", " ").split(". ")})
    made: list[str] = []
    for number in range(size):
        if number % 100 == 99:
            words = made[rng.randrange(number)].split(" ")
            words[rng.randrange(len(words))] = "slightly"
            made.append(" ".join(words))
            continue
        made.append(". ".join(rng.choice(sentences) for _ in range(7)))
    return made


def main() -> None:
    """Measure and print; sizes are those of the sets for near duplicates."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[100_000])
    arguments = parser.parse_args()
    measure_checks()
    for size in arguments.sizes:
        measure_near_duplicates(size)


if __name__ == "__main__":
    main()
