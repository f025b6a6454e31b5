"""Which ways an improvement can be turned from where it stands."""

from initiatives.models import Initiative

STATES = Initiative.State


def ways_of(initiative: Initiative) -> tuple[tuple[str, str], ...]:
    """The word in the address and what the button says."""
    match initiative.state:
        case STATES.ACTIVE:
            return (("finish", "Finish it"), ("stop", "Stop it"))
        case STATES.DONE | STATES.STOPPED:
            return (("start", "Start it again"),)
        case _:
            return (("start", "Start it"), ("stop", "Stop it"))
