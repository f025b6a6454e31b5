"""What an improvement can become from where it is, and the words for it."""

from initiatives.models import Commitment, Initiative
from organisations.words.dates import day

STATES = Initiative.State
START = "start"


def transitions_from(state: str, *, starts: bool = True) -> tuple[tuple[str, str], ...]:
    """The word in the address and what the link says; without `starts` only what ends it."""
    return tuple(way for way in _transitions(state) if starts or way[0] != START)


def _transitions(state: str) -> tuple[tuple[str, str], ...]:
    match state:
        case STATES.ACTIVE:
            return (("finish", "Mark as finished"), ("pause", "Put on hold"), ("stop", "Stop"))
        case STATES.PROPOSED:
            return ((START, "Start"), ("pause", "Put on hold"), ("stop", "Stop"))
        case STATES.PLANNED:
            return ((START, "Change the start day"), ("pause", "Put on hold"), ("stop", "Stop"))
        case STATES.ON_HOLD:
            return ((START, "Start"), ("stop", "Stop"))
        case STATES.MERGED:
            return ()
        case _:
            return ((START, "Start again"),)


def state_words(here: Commitment) -> str:
    """Where it is on a unit, with the day where there is one."""
    match here.state:
        case STATES.ACTIVE if here.begins_on:
            return f"Active since {day(here.begins_on)}"
        case STATES.PLANNED if here.begins_on:
            return f"Planned, starts {day(here.begins_on)}"
        case STATES.FINISHED if here.still_done and here.ends_on and here.looked_on:
            answer = here.get_still_done_display().lower()
            return (
                f"{here.get_state_display()} {day(here.ends_on)}. Still done on "
                f"{day(here.looked_on)}: {answer}"
            )
        case _ if here.ends_on:
            return f"{here.get_state_display()} {day(here.ends_on)}"
        case _:
            return here.get_state_display()
