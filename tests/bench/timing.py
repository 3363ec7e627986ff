"""Timing in pairs: the two sides take turns in one run, so a machine that slows down slows both."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Compared:
    """Medians in seconds, and the median of the ratios turn by turn."""

    ours: float
    baseline: float
    ratio: float
    ours_p99: float


def compare(ours: Callable[[], object], baseline: Callable[[], object], turns: int = 300, warmup: int = 30) -> Compared:
    """Runs both sides in turn."""
    for _ in range(warmup):
        ours()
        baseline()
    left, right = [], []
    for _ in range(turns):
        left.append(_timed(ours))
        right.append(_timed(baseline))
    return medians(left, right)


def medians(left: list[float], right: list[float]) -> Compared:
    """Of two rows of times taken by turns."""
    ratios = [a / b for a, b in zip(left, right, strict=True)]
    p99 = statistics.quantiles(left, n=100)[98]
    return Compared(statistics.median(left), statistics.median(right), statistics.median(ratios), p99)


def _timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def line(name: str, found: Compared, baseline_name: str, bar: str) -> str:
    """One row of the table."""
    return (
        f"{name:<58} {found.ours * 1000:9.3f} ms   p99 {found.ours_p99 * 1000:9.3f} ms   "
        f"{baseline_name} {found.baseline * 1000:9.3f} ms   x{found.ratio:.2f}   ({bar})"
    )
