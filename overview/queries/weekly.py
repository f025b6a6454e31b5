"""Reads what is due in a week: actions, numbers, tests, requests and ideas."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q

from debriefs.queries.action_list import OPEN
from initiatives.models import Action, Commitment, DepartmentRequest, Idea, Initiative
from initiatives.queries.measures import numbers_due, tests_to_end
from initiatives.queries.requests import is_unanswered
from initiatives.queries.responsible import holders_of
from initiatives.rules.notices import WEEK_TO_COME
from initiatives.rules.status import ACTIVE, OVER
from organisations.models import Membership, Organisation, Role
from organisations.queries.units import open_units
from organisations.rules.reading_order import reading_order
from surveys.queries.load import loads_of


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing that is due: `kind` is action, number, test, request (without its answer), promised
    (of a request) or idea; an idea has no improvement.

    `number` is how many ideas wait.
    """

    day: date
    kind: str
    what: str
    unit: int
    unit_name: str
    initiative: int | None = None
    number: int = 1


def due_by_user(organisation: Organisation, *, monday: date) -> dict[int, list[DueItem]]:
    """What each owner and manager has to do in this week, the oldest first; none without anything.

    An owner is responsible for the improvement, a manager has exactly the unit. Nine queries.
    """
    items = [
        *_actions(organisation, monday),
        *_numbers(organisation, monday),
        *_tests(organisation, monday),
        *_requests(organisation, monday),
        *_ideas(organisation),
    ]
    wanted = {one.initiative for one in items if one.initiative is not None}
    holders = holders_of(list(Initiative.objects.filter(pk__in=wanted)))
    held = list(
        Membership.objects.filter(
            organisation=organisation, is_active=True, user__is_active=True
        ).values_list("user", "role", "unit")
    )
    members = {user for user, _, _ in held}
    managers: dict[int, set[int]] = {}
    for user, role, unit in held:
        if role == Role.MANAGER and unit is not None:
            managers.setdefault(unit, set()).add(user)
    found: dict[int, list[DueItem]] = {}
    for one in sorted(items, key=lambda one: (one.day, one.unit_name, one.what)):
        owners = holders[one.initiative] & members if one.initiative is not None else set()
        for user in owners | managers.get(one.unit, set()):
            found.setdefault(user, []).append(one)
    return found


def full_by_user(
    organisation: Organisation, told: Collection[int], *, monday: date
) -> dict[int, list[str]]:
    """Names of units at a limit, for those of these users who are responsible for an improvement
    that is active there, or manage exactly the unit. Five queries; two where none is full.
    """
    found = _full(organisation, monday)
    if not found:
        return {}
    here = list(
        Commitment.objects.filter(unit__in=found, state=ACTIVE).values_list("unit", "initiative")
    )
    wanted = {initiative for _, initiative in here}
    holders = holders_of(list(Initiative.objects.filter(pk__in=wanted)))
    managers = Membership.objects.filter(
        unit__in=found, role=Role.MANAGER, is_active=True, user__in=told
    ).values_list("unit", "user")
    full: dict[int, set[str]] = {}
    for unit, users in (
        *((unit, holders[initiative]) for unit, initiative in here),
        *((unit, {user}) for unit, user in managers),
    ):
        for user in users & set(told):
            full.setdefault(user, set()).add(found[unit])
    return {user: sorted(names, key=reading_order) for user, names in full.items()}


def _full(organisation: Organisation, monday: date) -> dict[int, str]:
    """Open units at a limit in this week, their names by key."""
    units = {one.pk: one for one in open_units(organisation)}
    loads = loads_of(organisation, units.values(), monday=monday)
    return {
        pk: unit.name for pk, unit in units.items() if loads[pk].reaches(unit.limits(organisation))
    }


def _actions(organisation: Organisation, monday: date) -> Iterator[DueItem]:
    rows = Action.objects.filter(
        initiative__organisation=organisation, state__in=OPEN, due_on__lte=monday + WEEK_TO_COME
    ).values_list("due_on", "what", "unit", "unit__name", "initiative")
    for day, what, unit, name, initiative in rows:
        yield DueItem(day, "action", what, unit, name, initiative)


def _numbers(organisation: Organisation, monday: date) -> Iterator[DueItem]:
    here = Q(initiative__organisation=organisation)
    rows = numbers_due(here, today=monday, zone=organisation.zone)
    for what, unit, name, initiative in rows.values_list(
        "name", "unit", "unit__name", "initiative"
    ):
        yield DueItem(monday, "number", what, unit, name, initiative)


def _tests(organisation: Organisation, monday: date) -> Iterator[DueItem]:
    here = Q(initiative__organisation=organisation)
    rows = tests_to_end(here, by=monday + WEEK_TO_COME)
    for day, what, unit, name, initiative in rows.values_list(
        "until", "what", "unit", "unit__name", "initiative"
    ):
        yield DueItem(day, "test", what, unit, name, initiative)


def _requests(organisation: Organisation, monday: date) -> Iterator[DueItem]:
    """Answers that are overdue, and what was promised until Sunday or before."""
    late = is_unanswered() & Q(answer_by__lt=monday)
    promised = Q(promised_on__lte=monday + WEEK_TO_COME, has_come="")
    rows = (
        DepartmentRequest.objects.filter(late | promised, initiative__organisation=organisation)
        .exclude(initiative__state__in=OVER)
        .values_list(
            "answer_by", "promised_on", "whom", "needs", "unit", "unit__name", "initiative"
        )
    )
    for answer_by, promised_on, whom, needs, unit, name, initiative in rows:
        if promised_on is None:
            yield DueItem(answer_by, "request", whom, unit, name, initiative)
        else:
            yield DueItem(promised_on, "promised", needs, unit, name, initiative)


def _ideas(organisation: Organisation) -> Iterator[DueItem]:
    """A manager's: none that is for the lead alone."""
    rows = (
        Idea.objects.filter(
            unit__organisation=organisation, answer="", shown_on__isnull=False, for_lead_only=False
        )
        .order_by("unit")
        .values_list("unit", "unit__name")
        .annotate(number=Count("pk"), since=Min("shown_on"))
    )
    for unit, name, number, since in rows:
        yield DueItem(since, "idea", "", unit, name, number=number)
