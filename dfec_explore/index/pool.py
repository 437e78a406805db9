"""Processes that analyse captions beside each other, and none that outlives the one that asked them."""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context, parent_process

from dfec_explore.index.rows import Numbered

Counts = tuple[int, int]
"""What ``write_partition`` gives: events, and captions copied."""


def write_in_pool(
    batches: Iterator[Sequence[Numbered]],
    write: Callable[[int, Sequence[Numbered]], Counts],
    finished: Callable[[int, Counts], None],
    *,
    workers: int,
) -> None:
    """Write partitions in several processes, with only as many in memory as can be worked on.

    Args:
        batches: the samples of each partition, in order.
        write: analyses and writes one partition, given its number and samples; it is sent to another process.
        finished: told the samples and the counts of each partition when it is written, in any order.
        workers: processes.
    """
    waiting: dict[Future[Counts], int] = {}
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_end_with_parent) as pool:
        for number, batch in enumerate(batches):
            waiting[pool.submit(write, number, batch)] = len(batch)
            if len(waiting) > workers:
                _collect(waiting, finished)
        while waiting:
            _collect(waiting, finished)


def _collect(waiting: dict[Future[Counts], int], finished: Callable[[int, Counts], None]) -> None:
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in done:
        finished(waiting.pop(future), future.result())


def _end_with_parent() -> None:
    # A process of a pool waits for work on a pipe that its siblings hold open too: without its parent, for ever.
    threading.Thread(target=_wait_for_the_end, daemon=True).start()


def _wait_for_the_end() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
