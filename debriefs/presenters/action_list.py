"""The list of actions: by the unit's name and the day, never by how well anybody does."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from debriefs.queries.action_list import OPEN
from initiatives.models import Action
from organisations.models import Organisation, Unit
from organisations.words import dates

SHOWS = {"": "Open", "late": "Overdue", "closed": "Done or dropped"}


@dataclass(frozen=True)
class ListedAction:
    """An action with its unit, who does it and by when. `since` stands beside what is open;
    `take_up` is where what ended with its improvement is taken up again.
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
    take_up: str = ""


def action_link(organisation: Organisation, action: Action) -> str:
    """Where an action is changed; `actions_in` says of which result it is."""
    return reverse("action", args=[organisation.slug, getattr(action, "of_result", 0), action.pk])


def about_of(action: Action) -> str:
    """The priority that it is for; a promise has none."""
    return action.priority.title if action.priority else "a leaders’ promise"


def listed(
    organisation: Organisation,
    actions: Iterable[Action],
    *,
    today: date,
    changes: Callable[[Unit], bool],
) -> list[ListedAction]:
    """A row each; a link only to what its reader changes."""
    rows = []
    for action in actions:
        is_open = action.state in OPEN
        rows.append(
            ListedAction(
                unit=action.unit.name,
                what=action.what,
                link=action_link(organisation, action) if changes(action.unit) else "",
                about=f"{action.initiative.title}: {about_of(action)}",
                owner=action.owner,
                due=dates.day(action.due_on),
                since=dates.in_days(action.due_on) if is_open else "",
                is_late=is_open and action.due_on < today,
                state=action.get_state_display(),
                outcome=action.outcome,
                take_up=_take_up(organisation, action) if changes(action.unit) else "",
            )
        )
    return rows


def _take_up(organisation: Organisation, action: Action) -> str:
    if not getattr(action, "ended_lately", False):
        return ""
    result = getattr(action, "of_result", 0)
    return reverse("action_take_up", args=[organisation.slug, result, action.pk])
