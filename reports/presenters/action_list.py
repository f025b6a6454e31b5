"""The list of actions: by the unit's name and the day, never by how well anybody does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from initiatives.models import Action
from organisations import dates
from organisations.models import Organisation
from reports.queries.action_list import OPEN

SHOWS = {"": "Open", "late": "Past their day", "closed": "Done or dropped"}


@dataclass(frozen=True)
class ListedAction:
    """An action with its unit, who does it and by when. `since` stands beside what is open."""

    unit: str
    what: str
    link: str
    about: str
    who: str
    due: str
    since: str
    is_late: bool
    state: str
    outcome: str


def action_link(organisation: Organisation, action: Action) -> str:
    """Where an action is changed; `actions_in` says of which result it is."""
    return reverse("action", args=[organisation.slug, getattr(action, "result", 0), action.pk])


def listed(
    organisation: Organisation, actions: Iterable[Action], *, today: date
) -> list[ListedAction]:
    """A row each."""
    rows = []
    for action in actions:
        is_open = action.state in OPEN
        rows.append(
            ListedAction(
                unit=action.priority.unit.name,
                what=action.what,
                link=action_link(organisation, action),
                about=f"{action.priority.initiative.title}: {action.priority.title}",
                who=action.who,
                due=dates.short_day(action.due_on),
                since=dates.in_days(action.due_on) if is_open else "",
                is_late=is_open and action.due_on < today,
                state=action.get_state_display(),
                outcome=action.outcome,
            )
        )
    return rows
