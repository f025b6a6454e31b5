"""Change between two sets of sheets by Welch's test over people's scores, adjusted by Holm.

For an analyst's file alone: the site's own words for change look at columns only (`change`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.rules.comparison import Difference, holm, welch
from scoring.rules.counts import Counts
from scoring.rules.distributions import t_quantile
from scoring.rules.layout import Layout
from scoring.rules.payload import ChangeWord

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
    return [*_judged(tests[:-1]), *_judged(tests[-1:])]


def _judged(tests: Sequence[Difference]) -> list[Change]:
    adjusted = holm([test.p for test in tests])
    family = sum(test.p is not None for test in tests)
    found = []
    for test, p_holm in zip(tests, adjusted, strict=True):
        detectable = _detectable(test, max(1, family))
        found.append(Change(test, p_holm, detectable, word_of(test.difference, p_holm, detectable)))
    return found


def _detectable(test: Difference, tests_at_once: int) -> float | None:
    match test.df, test.standard_error:
        case float(df), float(error):
            return t_quantile(1 - LEVEL / (2 * tests_at_once), df) * error
    return None


def word_of(difference: float | None, p_holm: float | None, detectable: float | None) -> ChangeWord:
    """What may be said of a difference with its adjusted probability."""
    if difference is not None and p_holm is not None and p_holm < LEVEL:
        # A difference of exactly 0.3 may come out a hair below it in binary fractions.
        rounded = round(difference, 9)
        if rounded >= LEAST_DIFFERENCE:
            return "clear rise"
        if rounded <= -LEAST_DIFFERENCE:
            return "clear fall"
    if detectable is None or detectable > MUST_BE_SEEN:
        return "too few answers to tell"
    return "no clear change"
