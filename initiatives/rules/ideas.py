"""What an idea may hold, and how many may wait."""

import re
from datetime import timedelta

MOST_WAITING = 20
# A manager or lead answers within so long; after twice that the lead is told too.
ANSWERED_WITHIN = timedelta(days=7)
# A lead may close a unit's box for so long.
LONGEST_CLOSED = timedelta(weeks=12)
_MARKS = re.compile(r"[<>]|https?:|www\.|\S@\S", re.IGNORECASE)


def has_marks(words: str) -> bool:
    """Whether there is a link, an address or a piece of HTML in it."""
    return _MARKS.search(words) is not None
