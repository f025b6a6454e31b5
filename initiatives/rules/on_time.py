"""Which actions were closed on time. No Django here.

Of the actions whose first day was in the last 12 weeks those count that were done or dropped by
their day, with an outcome, and moved once at most.
"""

from datetime import date, timedelta
from enum import StrEnum

WEEKS = timedelta(weeks=12)
MOST_MOVES = 1
# With fewer there is no figure, but words.
FEWEST = 5
# So long after its day an improvement lead is told of an open action, and a senior reviewer.
LEAD_AFTER, REVIEWER_AFTER = timedelta(weeks=1), timedelta(weeks=3)


class Missed(StrEnum):
    """Why an action was not closed on time: the first of these that holds."""

    OPEN = "open"
    LATE = "late"
    MOVED = "moved"
    NO_OUTCOME = "no_outcome"


def counted_days(today: date) -> tuple[date, date]:
    """The first and the last first day that count: 12 weeks that ended yesterday."""
    return today - WEEKS, today - timedelta(days=1)


def missed(*, due_on: date, closed_on: date | None, moved: int, outcome: str) -> Missed | None:
    """Why it was not closed on time; None if it was."""
    if closed_on is None:
        return Missed.OPEN
    if closed_on > due_on:
        return Missed.LATE
    if moved > MOST_MOVES:
        return Missed.MOVED
    return None if outcome else Missed.NO_OUTCOME
