"""The list of actions: by the unit's name and the day, never by how well anybody does."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from debriefs.queries.action_list import OPEN, Share
from initiatives.models import Action
from initiatives.presenters.requests import state_of_action
from initiatives.queries.requests import RequestStanding
from initiatives.rules.on_time import Missed, missed
from organisations.models import Organisation, Unit
from organisations.words import dates
from organisations.words.units import closed_words

SHOWS = {
    "": "Open",
    "late": "Overdue",
    "closed": "Done or dropped",
    "missed": "Not closed on time",
}
NONE_SHOWN = {
    "late": "No actions are overdue",
    "closed": "No actions are done or dropped yet",
}
MISSED = {
    Missed.OPEN: "Not closed",
    Missed.LATE: "Closed after its date",
    Missed.MOVED: "Moved more than once",
    Missed.NO_OUTCOME: "No outcome given",
}


@dataclass(frozen=True)
class ListedAction:
    """An action with its unit, who does it and by when. `since` stands beside what is open;
    `asked` is the line of its request; `missed` is why it was not closed on time; `take_up` is
    where what ended with its improvement is taken up again.
    """

    unit: str
    what: str
    link: str
    about: str
    owner: str
    due: str
    since: str
    is_late: bool
    state: str
    outcome: str
    asked: str = ""
    moved: str = ""
    missed: str = ""
    take_up: str = ""


def none_shown(show: str, on_time: Callable[[], Share]) -> str:
    """What is said where a choice of `SHOWS` finds nothing; `on_time` is asked where it matters."""
    if show != "missed":
        return NONE_SHOWN.get(show, "")
    if on_time().all:
        return "All actions first due in the last 12 weeks were closed on time"
    return "No actions were first due in the last 12 weeks"


def close_link(organisation: Organisation, result: int, action: int) -> str:
    """Where it is said how an action of a result's plan went."""
    return reverse("action_close", args=[organisation.slug, result, action])


def late_link(organisation: Organisation) -> str:
    """The actions that are overdue."""
    return reverse("actions", args=[organisation.slug]) + "?show=late"


def about_of(action: Action) -> str:
    """The priority that it is for, if it is for one."""
    return action.priority.title if action.priority else kind_of(action)


def kind_of(action: Action) -> str:
    """What an action without a priority is."""
    return "a leaders’ promise" if action.is_promise else "an idea from staff"


def due_words(action: Action) -> str:
    """`Friday 4 December, in 4 days, moved once`."""
    is_open = action.state in OPEN
    said = (
        dates.day(action.due_on),
        dates.in_days(action.due_on) if is_open else "",
        moved_words(action),
    )
    return ", ".join(filter(None, said))


def moved_words(action: Action) -> str:
    """`moved twice`: how often its day was put off."""
    times = {0: "", 1: "moved once", 2: "moved twice"}
    return times.get(action.moved, f"moved {action.moved} times")


def listed(
    organisation: Organisation,
    actions: Iterable[Action],
    *,
    today: date,
    changes: Callable[[Unit], bool],
    requests: Mapping[int, RequestStanding],
    says_why: bool = False,
) -> list[ListedAction]:
    """A row each; a link only to what its reader changes. `requests` are the latest by action;
    `says_why` they were not on time.
    """
    rows = []
    for action in actions:
        is_open = action.state in OPEN
        state, asked = state_of_action(action.get_state_display(), action.pk, requests)
        rows.append(
            ListedAction(
                unit=action.unit.name,
                what=action.what,
                link=_link(organisation, action, is_open=is_open) if changes(action.unit) else "",
                about=f"{action.initiative.title}: {about_of(action)}",
                owner=action.owner,
                due=dates.day(action.due_on),
                since=dates.in_days(action.due_on) if is_open else "",
                is_late=is_open and action.due_on < today,
                state=state,
                outcome=action.outcome,
                asked=asked,
                moved=moved_words(action),
                missed=_missed(action) if says_why else "",
                take_up=_take_up(organisation, action) if changes(action.unit) else "",
            )
        )
    return rows


def _link(organisation: Organisation, action: Action, *, is_open: bool) -> str:
    """Where it is said how an open action went; where one that is closed is changed."""
    if is_open:
        return close_link(organisation, action.result, action.pk)
    return reverse("action", args=[organisation.slug, action.result, action.pk])


def _missed(action: Action) -> str:
    why = missed(
        due_on=action.due_on,
        closed_on=action.closed_on,
        moved=action.moved,
        outcome=action.outcome,
    )
    return MISSED[why] if why else ""


def _take_up(organisation: Organisation, action: Action) -> str:
    if not getattr(action, "ended_lately", False) or closed_words(action.unit):
        return ""
    return reverse("action_take_up", args=[organisation.slug, action.result, action.pk])
