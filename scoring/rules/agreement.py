"""How alike people answered, in a word."""

from collections.abc import Sequence
from fractions import Fraction

from scoring.rules.columns import Column
from scoring.rules.layout import Layout
from scoring.rules.payload import Agreement
from scoring.rules.rounding import average, half_up


def agreement_of(layout: Layout, columns: Sequence[Column]) -> Fraction:
    """1 less the statements' average variance over that of answers spread evenly over the scale.

    Lindell's r*, statement by statement with each statement's own n, so also of people who left
    some out; may be negative.
    """
    variances = average((column.spread, column.n * (column.n - 1)) for column in columns)
    return 1 - variances / layout.null_variance


def agreement_word(layout: Layout, columns: Sequence[Column]) -> Agreement:
    """The word for it, read with two decimals."""
    hundredths = half_up(100, agreement_of(layout, columns))
    if hundredths <= 50:
        return "people differ"
    return "people partly agree" if hundredths <= 70 else "people agree"
