"""What is said of a unit that has closed."""

from organisations.models import Unit
from organisations.queries.units import is_open
from organisations.words.dates import day

NOTHING_MORE = "nothing can be added to it"


def closed_words(unit: Unit, *, name: str = "") -> str:
    """`Ward 7 closed on Tuesday 1 December`, to begin a sentence; empty while it works. `name` is
    for where its own is said already.
    """
    if unit.valid_to is None or is_open(unit):
        return ""
    return f"{name or unit.name} closed on {day(unit.valid_to)}"


def no_more_words(unit: Unit, *, more: str = NOTHING_MORE) -> str:
    """`Ward 7 closed on Tuesday 1 December, so nothing can be added to it.`; empty while it works.

    `more` is what follows from it.
    """
    closed = closed_words(unit)
    return f"{closed}, so {more}." if closed else ""
