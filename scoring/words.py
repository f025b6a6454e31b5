"""Numbers as they are released: rounded half up from whole numbers, and in words."""

from collections.abc import Sequence
from math import ceil

from scoring.payload import Level


def tenths(numerator: int, denominator: int) -> int:
    """A fraction in tenths, rounded half up."""
    return (20 * numerator + denominator) // (2 * denominator)


def percent(count: int, n: int) -> int:
    """A whole percent, rounded half up, so that equal counts show equal percents."""
    return (200 * count + n) // (2 * n)


def outward_tenth(width: float) -> float:
    """A width rounded up to one decimal, so that a range never claims too much."""
    return ceil(width * 10 - 1e-9) / 10


def level_of(total: int, n: int, options: int) -> Level:
    """low, middle or high: below two fifths of the scale, up to three fifths, above; the answers,
    counted from 0, add up to `total`."""
    reach = n * (options - 1)
    if 5 * total < 2 * reach:
        return "low"
    return "high" if 5 * total > 3 * reach else "middle"


def anchors_of_shown(mean_in_tenths: int, options: int) -> list[int]:
    """The two options around a shown mean, counted from 0; the same one twice if it is on it."""
    below, past = divmod(mean_in_tenths, 10)
    return [below, min(below + (past > 0), options - 1)]


def anchors_of_hidden(total: int, unit: int, options: int) -> tuple[int, int]:
    """The two options around a mean that is not shown: always two, so that the words never say
    more than one point of the scale."""
    below = min(total // unit, options - 2)
    return below, below + 1


def score_word(anchors: Sequence[int], labels: Sequence[str]) -> str:
    """A score in the instrument's own words."""
    low, high = (_inside(labels[index]) for index in anchors)
    return low if anchors[0] == anchors[1] else f"between {low} and {high}"


def _inside(label: str) -> str:
    """A label as it stands inside a sentence."""
    return label if label.startswith(("I ", "I’", "I'")) else label[:1].lower() + label[1:]
