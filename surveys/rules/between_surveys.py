"""How far apart two surveys of a unit must close for both to show bars. No Django here."""

from datetime import date, timedelta

# So long after a result it is time to ask again.
ASK_AGAIN_AFTER = timedelta(weeks=12)
BETWEEN_BARS = timedelta(days=42)
# Bars begin at so many answers.
FEWEST_FOR_BARS = 11


def is_too_soon(one: date, other: date) -> bool:
    """Whether surveys that close on these days, whichever comes first, do not both show bars."""
    return abs(one - other) < BETWEEN_BARS
