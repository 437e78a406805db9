"""Scoring: seconds on one core for a set of captions, everything but METEOR."""

import os
import time
from itertools import islice, pairwise

from benchmarks.quiet import Quiet
from benchmarks.sets import captions
from dfec_explore.model import Annotation
from dfec_explore.scoring import Matched, available_tokenizer, compare, score

SIZE = 5_000


def _busy() -> float:
    """Processor time of this process and of those that it ran to their end."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def measure_scoring() -> None:
    """Print the processor time; each prediction is the next caption, so hardly any pair is alike."""
    texts = list(islice(captions(), SIZE + 1))
    references = tuple(Annotation(str(n), video, text) for n, (video, text) in enumerate(texts[:-1]))
    predictions = tuple(after[1] for _, after in pairwise(texts))
    started, clock = _busy(), time.perf_counter()
    scores = score(Matched(references, predictions, 0, (), (), ()), Quiet())
    busy, passed = _busy() - started, time.perf_counter() - clock
    print(
        f"scoring of {SIZE:,} pairs without METEOR, tokenizer {available_tokenizer()}: {busy:.1f} s of "
        f"processor time, the tokenizer's included, in {passed:.1f} s"
    )
    started = time.process_time()
    compare(scores, scores)
    print(f"paired bootstrap of two models, all metrics, 2,000 resamples: {time.process_time() - started:.1f} s")


if __name__ == "__main__":
    measure_scoring()
