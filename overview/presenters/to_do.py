"""The start page's list: one line for each thing that waits, by its day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from organisations.models import Organisation
from organisations.rules.reading_order import reading_order
from overview.queries.to_do_work import ONE_BY_ONE

SHOWN = 5
FOLDED = 20


@dataclass(frozen=True, slots=True)
class ToDoItem:
    """One thing to do: its day, what, a sentence, one button. `kind` is a key of `GROUPS`."""

    due_on: date
    what: str
    sentence: str
    button: str
    href: str
    unit: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class GroupedItems:
    """How several of one kind are said, and where all of them stand."""

    what: str
    route: str
    query: str = ""


GROUPS = {
    "opens": GroupedItems("Surveys are about to open on {} units", "surveys"),
    "open": GroupedItems("Tell everyone about the survey on {} units", "surveys"),
    "failed": GroupedItems("We could not count the answers of {} units", "surveys"),
    "counting": GroupedItems("The answers of {} units are being counted", "surveys"),
    "too_few": GroupedItems("No result on {} units", "support", "?why=answers"),
    "talk": GroupedItems("{} results are ready for a team debrief", "support", "?why=talk"),
    "differ": GroupedItems("The debriefs of {} units differ", "results"),
    "early": GroupedItems("{} plans were started before the team debrief", "initiatives"),
    "action": GroupedItems("{} actions are due", "actions"),
    "idea": GroupedItems("Ideas from staff wait on {} units", "ideas"),
    "request": GroupedItems("{} requests need you", "requests"),
    "number": GroupedItems("{} numbers are due", "initiatives"),
    "test": GroupedItems("{} small tests have come to their end", "initiatives"),
    "look_back": GroupedItems("{} improvements: are they still done?", "initiatives"),
    "again": GroupedItems("Repeat the survey on {} units", "initiatives"),
}


def day_of(moment: datetime) -> date:
    """The day of the organisation's clock."""
    return timezone.localtime(moment).date()


def led(what: str, unit: str, *, several: bool) -> str:
    """Where a member has several units, the unit's name leads."""
    return f"{unit}: {what[0].lower()}{what[1:]}" if several else what


def waiting_list(
    organisation: Organisation, rows: Iterable[ToDoItem], *, several: bool
) -> list[ToDoItem]:
    """All that waits, the soonest first; with several units, many of a kind in one line."""
    kinds: dict[str, list[ToDoItem]] = {}
    alone = []
    for row in rows:
        if several and row.kind:
            kinds.setdefault(row.kind, []).append(row)
        else:
            alone.append(row)
    for kind, found in kinds.items():
        alone += found if len(found) <= ONE_BY_ONE else [_together(organisation, kind, found)]
    return sorted(alone, key=lambda row: row.due_on)


def _together(organisation: Organisation, kind: str, rows: list[ToDoItem]) -> ToDoItem:
    first = min(row.due_on for row in rows)
    units = {row.unit for row in rows}
    return grouped_item(organisation, kind, len(rows), units=units, first=first)


def grouped_item(
    organisation: Organisation, kind: str, number: int, *, units: Iterable[str], first: date
) -> ToDoItem:
    """Several of one kind in one line, with the first units' names."""
    said = GROUPS[kind]
    units = sorted(units, key=reading_order)
    names = ", ".join(units[:ONE_BY_ONE])
    more = len(units) - ONE_BY_ONE
    return ToDoItem(
        first,
        said.what.format(number),
        f"{names} and {more} more." if more > 0 else f"{names}.",
        "See the units",
        reverse(said.route, args=[organisation.slug]) + said.query,
    )
