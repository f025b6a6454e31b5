"""A section's figures from its statements' columns, for an analyst's file: nothing withheld.

The same formulas as in release, which shows them from so many people on, over the statements that
enough people scored; here every statement counts that has the figure at all.
"""

from collections.abc import Sequence
from typing import NamedTuple

from scoring.rules.agreement import agreement_of
from scoring.rules.change import Side, Verdict, judged
from scoring.rules.columns import Column
from scoring.rules.distributions import t_quantile
from scoring.rules.layout import Layout
from scoring.rules.rounding import tenths
from scoring.rules.sections import RANGE_AT, fewest, mean_of, standard_error
from scoring.rules.statistics import Interval


class ColumnStatistics(NamedTuple):
    """`mean` is the average of the statements' means; `agreement` and `standard_error` are of the
    statements that two people or more scored; `interval_fpc` is about 90% and needs a headcount."""

    n_least: int
    n_most: int
    mean: float | None
    agreement: float | None
    standard_error: float | None
    interval_fpc: Interval | None


def column_statistics(
    layout: Layout, columns: Sequence[Column], headcount: int | None
) -> ColumnStatistics:
    """The figures of one section's columns."""
    scored = [column.n for column in columns]
    any_scored = [column for column in columns if column.n]
    mean = float(layout.minimum + mean_of(any_scored)) if any_scored else None
    spread = [column for column in columns if column.n > 1]
    interval = None
    if spread and mean is not None and headcount is not None and headcount >= max(scored):
        error = standard_error(spread, headcount)
        half = t_quantile(RANGE_AT, fewest(spread) - 1) * error
        interval = (mean - half, mean + half)
    return ColumnStatistics(
        min(scored),
        max(scored),
        mean,
        float(agreement_of(layout, spread)) if spread else None,
        standard_error(spread) if spread else None,
        interval,
    )


def column_change(before: Sequence[Column], now: Sequence[Column]) -> Verdict | None:
    """The change over the statements that two people or more scored both times; None without."""
    both = [pair for pair in zip(before, now, strict=True) if all(column.n > 1 for column in pair)]
    if not both:
        return None
    sides = [
        Side(tenths(mean_of(columns)), standard_error(columns), fewest(columns))
        for columns in zip(*both, strict=True)
    ]
    return judged(*sides)
