"""What an idea may hold, and how many may wait."""

import re
from datetime import date, timedelta

from organisations.rules.plain_text import link_in

MOST_WAITING = 20
# A manager or lead answers within so long; after the second time it is late, and the lead is told.
ANSWERED_WITHIN = timedelta(days=7)
LATE_AFTER = timedelta(days=14)
# A lead may close a unit's box for so long.
LONGEST_CLOSED = timedelta(weeks=12)
_MARKS = re.compile(r"[<>]|\S@\S")


def late_since(today: date) -> date:
    """An idea without an answer that was shown on this day or earlier is late."""
    return today - LATE_AFTER


def has_marks(words: str) -> bool:
    """Whether there is a link, an address or a piece of HTML in it."""
    return bool(link_in(words) or _MARKS.search(words))
