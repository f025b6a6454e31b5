"""What a run chart of a section's means may say."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import comb, log2
from statistics import median


@dataclass(frozen=True)
class RunChart:
    """The median of the rounds and what the chart may say.

    `trial` marks a median from fewer than 10 useful points (points not on the median): then there
    is no `signal`. Longest run and crossings are of useful points.
    """

    median: float
    trial: bool
    useful: int
    longest_run: int
    crossings: int
    signal: bool | None


def run_chart(values: Sequence[float]) -> RunChart | None:
    """The run chart of one section's means, oldest first; None with fewer than 5 rounds.

    A signal (Anhøj and Olesen): the longest run is over round(log2 n + 3), or the crossings are
    fewer than the 5% quantile of a fair coin's n - 1 tosses.
    """
    if len(values) < 5:
        return None
    middle = median(values)
    sides = [off / abs(off) for value in values if (off := value - middle)]
    useful = len(sides)
    longest = run = 0
    for index, side in enumerate(sides):
        run = run + 1 if index and side == sides[index - 1] else 1
        longest = max(longest, run)
    crossings = sum(a != b for a, b in pairwise(sides))
    if useful < 10:
        return RunChart(middle, True, useful, longest, crossings, None)
    signal = longest > round(log2(useful) + 3) or crossings < _fair_quantile(useful - 1)
    return RunChart(middle, False, useful, longest, crossings, signal)


def _fair_quantile(tosses: int) -> int:
    """The fewest heads whose probability, with all below, reaches 5%."""
    ways = accumulate(comb(tosses, heads) for heads in range(tosses))
    return bisect_left([*ways], 2**tosses / 20)
