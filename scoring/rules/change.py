"""Whether a section's mean has changed, judged from its statements' columns alone.

Nobody's sheets are joined over time, so two surveys are treated as of different people. The error
is the most that it can be whatever the answers have to do with each other; that strictness takes
the place of an adjustment over several sections. So a section's word does not hang on the others.
"""

from dataclasses import dataclass
from math import sqrt

from scoring.rules.distributions import t_quantile
from scoring.rules.payload import ChangeWhy, ChangeWord
from scoring.rules.rounding import tenths_up

LEAST_CHANGE = 3
"""In tenths; a convention of ours."""
MUST_BE_SEEN = 10
CLEAR_AT, POWER = 0.975, 0.80


@dataclass(frozen=True)
class Side:
    """A section in one survey: its mean in tenths, its standard error, and by how few people the
    least scored statement behind that error was scored."""

    mean: int
    error: float
    n: int


@dataclass(frozen=True)
class Verdict:
    """`difference` and `clear_from` are in tenths: from more than the latter it is beyond chance.

    `detectable` is the true change that is called clear with a chance of about 80%, in points.
    """

    difference: int
    clear_from: int
    detectable: float
    word: ChangeWord
    why: ChangeWhy | None


def judged(before: Side, now: Side) -> Verdict:
    """The word for the later mean less the earlier one."""
    difference = now.mean - before.mean
    error = sqrt(before.error**2 + now.error**2)
    clear_from, more = 0, 0.0
    if error:
        df = error**4 / (before.error**4 / (before.n - 1) + now.error**4 / (now.n - 1))
        clear_from = tenths_up(t_quantile(CLEAR_AT, df) * error)
        more = t_quantile(POWER, df) * error
    word: ChangeWord = "no clear change"
    why: ChangeWhy | None = None
    if abs(difference) > clear_from and abs(difference) >= LEAST_CHANGE:
        word = "clear rise" if now.mean > before.mean else "clear fall"
    elif clear_from > MUST_BE_SEEN:
        word, why = "too few answers to tell", "wide"
    elif abs(difference) > clear_from:
        why = "under_least"
    detectable = max(clear_from, LEAST_CHANGE) / 10 + more
    return Verdict(difference, clear_from, detectable, word, why)
