"""The status of an improvement: what it is over all its units, and what can follow what."""

from collections.abc import Collection

PROPOSED, PLANNED, ACTIVE, ON_HOLD = "proposed", "planned", "active", "on_hold"
FINISHED, STOPPED, MERGED = "finished", "stopped", "merged"
# The first of these that any unit has is that of the whole; what is over comes by its day.
ORDER = (ACTIVE, PLANNED, PROPOSED, ON_HOLD)
OVER = (FINISHED, STOPPED, MERGED)
# Nothing can be added to these; what is finished may still be counted and tried.
TAKES_NO_MORE = (STOPPED, MERGED)
# What counts towards the number of improvements on a unit.
COUNTED = (PROPOSED, PLANNED, ACTIVE)

FOLLOWS = {
    PROPOSED: (PLANNED, ACTIVE, ON_HOLD, STOPPED, MERGED),
    PLANNED: (PROPOSED, PLANNED, ACTIVE, ON_HOLD, STOPPED, MERGED),
    ACTIVE: (PROPOSED, PLANNED, ON_HOLD, FINISHED, STOPPED, MERGED),
    ON_HOLD: (PROPOSED, PLANNED, ACTIVE, STOPPED, MERGED),
    FINISHED: (PROPOSED, PLANNED, ACTIVE),
    STOPPED: (PROPOSED, PLANNED, ACTIVE),
    MERGED: (),
}


def of_all(states: Collection[str], *, last_end: str = PROPOSED) -> str:
    """One status for the whole improvement; with every unit over, the end that came last."""
    return next((state for state in ORDER if state in states), last_end)


def can_become(before: str, after: str) -> bool:
    """Whether an improvement on a unit can change that way; to the same again only another day."""
    return after in FOLLOWS[before]


def after_decision(before: str, choice: str) -> str:
    """What a team's decision makes of it: what is over stays over, and a planned day stays."""
    if before in OVER:
        return before
    match choice:
        case "go_ahead":
            return before if before in (ACTIVE, PLANNED) else ACTIVE
        case "hold":
            return ON_HOLD
        case _:
            return PROPOSED
