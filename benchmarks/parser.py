"""The parser: captions a second of processor time, beside the bare tokenizer in the same run; one and two processes."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

import psutil
import spacy

from benchmarks.sets import captions
from dfec_explore.language import extract_events

SIZE = 3_000
BATCH = 10_000
MANY = (10_000, 100_000, 250_000, 500_000, 1_000_000)
"""Captions after which memory is looked at; by the first, all that is loaded once is there."""
PROCESSES = (1, 2)


def measure_parser() -> None:
    """Print the rates; the captions are all different, and nothing is kept between them.

    Both rates are by processor time, which other work on the machine does not change as it does the clock. Processes
    are compared by the clock: what several bring is nothing else.
    """
    texts = [caption for _, caption in islice(captions(), SIZE)]
    started = time.process_time()
    next(iter(extract_events(texts[:1])))
    print(f"start of the pipeline: {time.process_time() - started:.2f} s of processor time")
    tokenizer = spacy.blank("en")
    bare = _rate(lambda: [None for _ in tokenizer.pipe(texts, batch_size=256)], time.process_time)
    events = _rate(lambda: [None for _ in extract_events(texts)], time.process_time)
    print(
        f"{SIZE:,} captions, a second of processor time: tokenizer alone {bare:,.0f}; "
        f"captions to events {events:,.0f}, {events / bare:.2f} of it"
    )
    for processes in PROCESSES:
        print(f"captions to events by the clock, {processes} at once: {_rate_of(processes, texts):,.0f} captions/s")


def measure_parser_memory() -> None:
    """Print the memory of a process that reads a million captions, all different, and its rate by processor time.

    The captions are made in this process: to make none twice takes memory, too.
    """
    texts = (caption for _, caption in captions())
    seconds = 0.0
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        for number in range(BATCH, MANY[-1] + 1, BATCH):
            batch = list(islice(texts, BATCH))
            took, memory = pool.submit(_read, batch).result()
            seconds += took
            if number in MANY:
                print(f"{number:,} captions read by one process: {memory:,.0f} MB, {number / seconds:,.0f} captions/s")


def _read(texts: Sequence[str]) -> tuple[float, float]:
    """Seconds of processor time that it took, and MB of this process after it."""
    started = time.process_time()
    _count(texts)
    return time.process_time() - started, psutil.Process().memory_info().rss / 1e6


def _rate(work: Callable[[], object], clock: Callable[[], float]) -> float:
    started = clock()
    work()
    return SIZE / (clock() - started)


def _rate_of(processes: int, texts: Sequence[str]) -> float:
    """Captions a second of so many processes together, each with its share; they are warm before the clock starts."""
    shares = [texts[at::processes] for at in range(processes)]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        list(pool.map(_count, shares))
        return _rate(lambda: list(pool.map(_count, shares)), time.perf_counter)


def _count(texts: Sequence[str]) -> int:
    return sum(len(events) for events in extract_events(texts))
