"""How long things take: each several times, as median and 95th percentile."""

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds."""

    median: float
    p95: float
    times: int

    def __str__(self) -> str:
        return f"p50 {self.median:,.0f} ms, p95 {self.p95:,.0f} ms ({self.times} times)"


def summary(milliseconds: Iterable[float]) -> Timing:
    """Median and 95th percentile (the value that 95 % do not exceed)."""
    values = sorted(milliseconds)
    return Timing(statistics.median(values), values[min(len(values) - 1, int(0.95 * len(values)))], len(values))


def timed(action: Callable[[], object]) -> float:
    """Milliseconds that an action takes."""
    started = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - started)
