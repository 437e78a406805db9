"""The parser: captions a second on one core, beside the bare tokenizer in the same run."""

import time
from itertools import islice

import spacy

from benchmarks.sets import captions
from dfec_explore.language import extract_events

SIZE = 5_000


def measure_parser() -> None:
    """Print the rates; the captions are all different, and nothing is kept between them."""
    texts = [caption for _, caption in islice(captions(), SIZE)]
    started = time.perf_counter()
    next(iter(extract_events(texts[:1])))
    print(f"start of the pipeline: {time.perf_counter() - started:.2f} s")
    tokenizer = spacy.blank("en")
    bare = _rate(lambda: [None for _ in tokenizer.pipe(texts, batch_size=256)])
    events = _rate(lambda: [None for _ in extract_events(texts)])
    print(f"tokenizer alone: {bare:,.0f} captions/s; captions to events: {events:,.0f}, {events / bare:.2f} of it")


def _rate(work: object) -> float:
    assert callable(work)
    started = time.perf_counter()
    work()
    return SIZE / (time.perf_counter() - started)
