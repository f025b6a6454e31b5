"""The chart of one number counted again and again, and when it may say that something changed.

An individuals chart: the mean of the numbers before and the usual range around it, mean plus and
minus 2.66 times the mean difference of neighbours (3 / 1.128, the constant for ranges of two).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import fmean, median

# So many numbers before are needed to say what is usual, and so many are looked at for outliers.
BEFORE = 12
RANGE = 2.66
IN_A_ROW = 8
OUTSIDE, AMONG_LAST = 2, 12


@dataclass(frozen=True, slots=True)
class Counted:
    """One number and its day; a percent where it is a share."""

    day: date
    value: float


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual, by the numbers from before."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Signal:
    """Something changed. `since` is the first day that shows it; `is_above` says which way, None
    where some of the numbers outside the usual range lie above it and some below.

    `in_a_row` numbers lie on one side of the mean; 0 where `outside` of the last ones lie outside
    the usual range. `days` are those that show it.
    """

    since: date
    is_above: bool | None
    days: frozenset[date]
    in_a_row: int = 0
    outside: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What a chart may say. `usual` is None while there are fewer than 12 numbers to begin from.

    `before` is how many of the 12 there are; `is_from_first` says that they are its own first ones,
    as nothing was counted before the beginning or counting was restarted.
    """

    middle: float | None
    before: int
    is_from_first: bool
    usual: Usual | None = None
    signal: Signal | None = None


def read_chart(
    numbers: Sequence[Counted],
    *,
    began_on: date | None,
    restarted_on: date | None = None,
    most: float | None = None,
) -> Reading:
    """The reading of numbers in order of their days; `most` is 100 for percents.

    `began_on` is the day on which the improvement began, None while it has not. Missing weeks break
    no row.
    """
    if restarted_on is not None:
        numbers = [one for one in numbers if one.day >= restarted_on]
    middle = median(one.value for one in numbers) if numbers else None
    before = [one for one in numbers if began_on is None or one.day < began_on]
    is_from_first = restarted_on is not None or not before
    if is_from_first:
        before = list(numbers[:BEFORE])
    if len(before) < BEFORE:
        return Reading(middle, len(before), is_from_first)
    usual = usual_of([one.value for one in before], most=most)
    after = numbers[len(before) :]
    return Reading(middle, len(before), is_from_first, usual, signal_in(after, usual))


def usual_of(values: Sequence[float], *, most: float | None = None) -> Usual:
    """Mean and usual range of at least two values; no count is below 0, no share above `most`."""
    mean = fmean(values)
    away = RANGE * fmean(abs(one - other) for one, other in pairwise(values))
    high = mean + away
    return Usual(mean, max(0.0, mean - away), high if most is None else min(most, high))


def signal_in(after: Sequence[Counted], usual: Usual) -> Signal | None:
    """Eight in a row on one side of the mean, the last such row; else two of the last 12 outside.

    A number on the mean neither counts nor breaks a row.
    """
    found: list[Counted] = []
    row: list[Counted] = []
    for one in after:
        if one.value == usual.mean:
            continue
        if row and (row[-1].value > usual.mean) != (one.value > usual.mean):
            row = []
        row.append(one)
        if len(row) >= IN_A_ROW:
            found = row
    if found:
        return _signal(found, usual, in_a_row=len(found))
    outside = [
        one for one in after[-AMONG_LAST:] if one.value < usual.low or one.value > usual.high
    ]
    if len(outside) >= OUTSIDE:
        return _signal(outside, usual, outside=len(outside))
    return None


def _signal(
    shown: Sequence[Counted], usual: Usual, *, in_a_row: int = 0, outside: int = 0
) -> Signal:
    days = frozenset(one.day for one in shown)
    sides = {one.value > usual.mean for one in shown}
    is_above = sides.pop() if len(sides) == 1 else None
    return Signal(shown[0].day, is_above, days, in_a_row, outside)
