"""What may be said of change over a unit's audits: same unit, same edition, one word a section."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import comb, log2
from statistics import median

from scoring.comparison import Difference, holm, welch
from scoring.counts import Counts
from scoring.distributions import t_quantile
from scoring.layout import Layout
from scoring.payload import ChangeWord

LEAST_DIFFERENCE = 0.3
MUST_BE_SEEN = 1.0
LEVEL = 0.05


@dataclass(frozen=True)
class Change:
    """A section's later mean less its earlier one; the total's comes last, outside Holm's family.

    `detectable` is the smallest difference that these answers could have shown as clear if the
    section were the first in Holm's order.
    """

    test: Difference
    p_holm: float | None
    detectable: float | None
    word: ChangeWord


def changes(layout: Layout, earlier: Counts, later: Counts) -> list[Change]:
    """The change of every section in order, then of the total.

    Clear: Welch's test, adjusted by Holm over the sections, holds at 5% and the difference is at
    least 0.3 points. Too few answers to tell: not clear, and even a difference of 1 point could not
    have been seen. The total, which the instrument does not define, is tested by itself.
    """
    unit = layout.unit_of_score
    units = [unit] * len(layout.sections) + [unit * len(layout.items)]
    tests = [
        welch(after, before, each)
        for before, after, each in zip(earlier.scores, later.scores, units, strict=True)
    ]
    return [*judged(tests[:-1]), *judged(tests[-1:])]


def judged(tests: Sequence[Difference]) -> list[Change]:
    """The word for each of these tests, adjusted by Holm over all of them."""
    adjusted = holm([test.p for test in tests])
    family = sum(test.p is not None for test in tests)
    found = []
    for test, p_holm in zip(tests, adjusted, strict=True):
        detectable = _detectable(test, max(1, family))
        found.append(Change(test, p_holm, detectable, _word(test, p_holm, detectable)))
    return found


def _detectable(test: Difference, tests_at_once: int) -> float | None:
    if test.df is None or test.standard_error is None:
        return None
    return t_quantile(1 - LEVEL / (2 * tests_at_once), test.df) * test.standard_error


def _word(test: Difference, p_holm: float | None, detectable: float | None) -> ChangeWord:
    # A difference of exactly 0.3 may come out a hair below it in binary fractions.
    if (
        test.difference is not None
        and p_holm is not None
        and p_holm < LEVEL
        and abs(test.difference) >= LEAST_DIFFERENCE - 1e-12
    ):
        return "clear rise" if test.difference > 0 else "clear fall"
    if detectable is None or detectable > MUST_BE_SEEN:
        return "too few answers to tell"
    return "no clear change"


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
    sides = [value > middle for value in values if value != middle]
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
    heads, ways = 0, 1
    while 20 * ways < 2**tosses:
        heads += 1
        ways += comb(tosses, heads)
    return heads
