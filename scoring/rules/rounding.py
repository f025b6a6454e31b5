"""Numbers as they are released: rounded half up from whole numbers."""

from collections.abc import Iterable
from fractions import Fraction
from math import ceil

from scoring.rules.payload import Level


def tenths(value: Fraction) -> int:
    """A value in tenths, rounded half up."""
    return half_up(10, value)


def half_up(parts: int, value: Fraction) -> int:
    """A value in so many parts of one, rounded half up."""
    return (2 * parts * value.numerator + value.denominator) // (2 * value.denominator)


def average(shares: Iterable[tuple[int, int]]) -> Fraction:
    """The average of fractions, each given as two whole numbers: sums over one denominator first,
    since most have the same."""
    sums: dict[int, int] = {}
    count = 0
    for part, of in shares:
        sums[of] = sums.get(of, 0) + part
        count += 1
    return sum((Fraction(part, of) for of, part in sums.items()), Fraction(0)) / count


def percent(count: int, n: int) -> int:
    """A whole percent, rounded half up, so that equal counts show equal percents."""
    return (200 * count + n) // (2 * n)


def tenths_up(width: float) -> int:
    """A width in tenths, rounded up, so that a range never claims too much."""
    return ceil(width * 10 - 1e-9)


def level_of(total: int, n: int, options: int) -> Level:
    """low, middle or high: below two fifths of the scale, up to three fifths, above; the answers,
    counted from 0, add up to `total`."""
    reach = n * (options - 1)
    if 5 * total < 2 * reach:
        return "low"
    return "high" if 5 * total > 3 * reach else "middle"


def anchors_of_shown(mean_in_tenths: int) -> list[int]:
    """The two options around a shown mean, counted from 0; the same one twice if it is on it."""
    below, past = divmod(mean_in_tenths, 10)
    return [below, below + (past > 0)]


def anchors_of_hidden(mean: Fraction, options: int) -> list[int]:
    """The two options around a mean that is not shown: always two, so that the words never say
    more than one point of the scale."""
    below = min(int(mean), options - 2)
    return [below, below + 1]
