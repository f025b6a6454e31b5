"""What waits for one member of improvements: actions, requests, ideas, numbers, small tests, what
to look back at, and drafts; one statement counts and names them all, compiled once for all whose
roles are alike.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from functools import partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, F, Min, Model, Q, QuerySet, Value, When, Window
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, RowNumber, TruncDate

from debriefs.access import actions_held, readable_actions
from debriefs.queries.action_list import (
    ON_TIME,
    Held,
    Share,
    actions_due,
    first_due_lately,
)
from initiatives.access import REGISTER, units_held
from initiatives.models import Action, DepartmentRequest, Idea
from initiatives.queries.ideas import ideas_waiting, is_late
from initiatives.queries.look_back import to_look_back
from initiatives.queries.measures import numbers_due, tests_to_end
from initiatives.queries.requests import requests_to_do
from initiatives.queries.responsible import own_work
from initiatives.rules.on_time import WEEKS
from instruments.models import Version
from organisations.models import Membership, Organisation, Role, Unit
from organisations.queries.for_member import Member, MembersRows
from results.access import OWN, READERS
from surveys.models import SurveyUnit

# So many of a kind are told one by one to a reader with several units; more stand in one line.
ONE_BY_ONE = 3
EDITING = frozenset({Role.EDITOR, Role.ADMINISTRATOR})


class Work(NamedTuple):
    """Something that waits on a unit: `number` of it, the first with this `day`.

    Ideas have so many `late`; actions and results `in_all` so many of the last 12 weeks, of them
    `well` closed on time or discussed. A number has its `every`, and no `number` before its first.
    An action that is named has its `owner` and, where its reader can close it, its `result`. Drafts
    are numbered, the last that was saved first.
    """

    kind: str
    unit: int
    unit_name: str
    initiative: int
    title: str
    key: int
    what: str
    every: str
    owner: str
    result: int
    day: date
    number: int
    late: int
    in_all: int
    well: int


Rows = QuerySet[Model, Work]
ALONE: dict[str, Combinable] = {
    **dict.fromkeys(("initiative", "key", "result", "late", "in_all", "well"), Value(0)),
    **dict.fromkeys(("title", "what", "every", "owner"), Value("")),
    "number": Value(1),
}
OF_ONE: dict[str, Combinable] = {
    "initiative": F("initiative_id"),
    "title": F("initiative__title"),
    "key": F("pk"),
}


def _rows(kind: str, found: QuerySet[Model, object], **said: Combinable) -> Rows:
    """Each kind with the same columns, so that one statement can read several."""
    columns: dict[str, Combinable] = {
        "kind": Value(kind),
        "unit": F("unit_id"),
        "unit_name": F("unit__name"),
    }
    columns |= {**ALONE, **said}
    named = {f"row_{name}": columns[name] for name in Work._fields}
    rows: Rows = found.order_by().annotate(**named).values_list(*named)
    return rows


def _by_unit(found: QuerySet[Model, object]) -> QuerySet[Model, object]:
    return found.order_by().values("unit", "unit__name")


def waiting_work(member: Member, *, several: bool) -> dict[str, list[Work]]:
    """All that waits for this member by kind, the first day first. One query.

    With several units no more than `ONE_BY_ONE` actions are named, any of them.
    """
    found: dict[str, list[Work]] = {}
    rows = map(Work._make, _WORK[several].all(member))
    for row in sorted(rows, key=lambda row: (row.day, row.unit_name, row.key)):
        found.setdefault(row.kind, []).append(row)
    return found


def _work(member: Member, *, several: bool) -> Rows:
    first, *others = _kinds(member, several=several)
    return first.union(*others, all=True)


_WORK = {several: MembersRows(partial(_work, several=several)) for several in (False, True)}


def _kinds(member: Member, *, several: bool) -> Iterator[Rows]:
    """Those that can wait for these roles."""
    held, organisation, today = member.memberships, member.organisation, member.today
    if member.roles & READERS:
        counted = readable_actions(held)
        if Role.REVIEWER in member.roles:
            counted = actions_held(held, Role.REVIEWER)
        yield actions(_held(member), counted, today=today)
        # Who only reviews has a statement left for them, and seldom needs it.
        if member.roles & OWN:
            most = ONE_BY_ONE if several else None
            yield _named_actions(_held(member), today=today, most=most)
        yield requests(
            requests_to_do(held, user=member.user, organisation=organisation, today=today)
        )
    if member.roles & OWN:
        yield ideas(held, today=today)
    if member.roles & set(REGISTER):
        own = own_work(member.user, organisation, held)
        yield numbers(own, today=today, zone=member.zone)
        yield small_tests(own, today=today)
        yield look_back(own, today=today)
    if Role.REVIEWER in member.roles:
        reviewed = units_held(memberships=held, organisation=organisation, roles=(Role.REVIEWER,))
        yield results(reviewed, now=member.now)
        yield late_ideas(reviewed, today=today)
    if member.roles & EDITING:
        yield drafts(organisation, zone=member.zone)


def _held(member: Member) -> Held:
    held = member.memberships
    return Held(
        managed=actions_held(held, Role.MANAGER),
        led=actions_held(held, Role.LEAD),
        reviewed=actions_held(held, Role.REVIEWER),
    )


def actions(held: Held, counted: Q, *, today: date) -> Rows:
    """By unit those that are due; of those `counted` (a scope), what was closed on time."""
    due, lately = held.due(today), Q(counted, first_due_lately(today))
    return _rows(
        "action",
        _by_unit(Action.objects.filter(due | lately)),
        day=Coalesce(Min("due_on", filter=due), today),
        number=Count("pk", filter=due),
        in_all=Count("pk", filter=lately),
        well=Count("pk", filter=Q(lately, ON_TIME)),
    )


def named_actions(member: Member) -> list[Work]:
    """Those that are due one by one, the first day first. One query."""
    rows = map(Work._make, _named_actions(_held(member), today=member.today))
    return sorted(rows, key=lambda row: (row.day, row.key))


def _named_actions(held: Held, *, today: date, most: int | None = None) -> Rows:
    return _rows(
        "named_action",
        actions_due(held, today=today, most=most),
        **OF_ONE,
        what=F("what"),
        owner=F("owner"),
        result=Case(When(is_own=True, then=F("result")), default=0),
        day=F("due_on"),
    )


def drafts(organisation: Organisation, *, zone: ZoneInfo) -> Rows:
    """The organisation's own in the question bank."""
    found = Version.objects.filter(
        instrument__organisation=organisation, state=Version.State.DRAFT, saved_at__isnull=False
    )
    return _rows(
        "draft",
        found,
        unit=Value(0),
        unit_name=Value(""),
        title=F("title"),
        key=F("pk"),
        day=TruncDate("saved_at", tzinfo=zone),
        number=Window(RowNumber(), order_by=("-saved_at", "-pk")),
    )


def requests(found: QuerySet[DepartmentRequest]) -> Rows:
    """By unit."""
    day = Min(Coalesce("promised_on", "answer_by"))
    return _rows("request", _by_unit(found), day=day, number=Count("pk"))


def ideas(memberships: Collection[Membership], *, today: date) -> Rows:
    """By unit."""
    found = _by_unit(ideas_waiting(memberships, today=today))
    late = Count("pk", filter=is_late(today))
    return _rows("idea", found, day=Min("shown_on"), number=Count("pk"), late=late)


def late_ideas(units: QuerySet[Unit], *, today: date) -> Rows:
    """Together, and without a unit: a senior reviewer learns how many there are and no more."""
    found = Idea.objects.filter(is_late(today), unit__in=units, answer="")
    return _rows(
        "late_idea",
        found.order_by().values("answer"),
        unit=Value(0),
        unit_name=Value(""),
        day=Min("shown_on"),
        number=Count("pk"),
    )


def numbers(own: Q, *, today: date, zone: ZoneInfo) -> Rows:
    """One by one; `day` is that of the last number, or on which the measure was added."""
    has_one = Case(When(last_number=None, then=0), default=1)
    said: dict[str, Combinable] = {
        "what": F("name"),
        "every": F("every"),
        "day": F("last"),
        "number": has_one,
    }
    return _rows("number", numbers_due(own, today=today, zone=zone), **OF_ONE, **said)


def small_tests(own: Q, *, today: date) -> Rows:
    """One by one, from the day on which they end."""
    found = tests_to_end(own, by=today)
    return _rows("test", found, **OF_ONE, what=F("what"), day=F("until"))


def look_back(own: Q, *, today: date) -> Rows:
    """One by one; `day` is that on which it was finished."""
    return _rows("look_back", to_look_back(own, today=today), **OF_ONE, day=F("ends_on"))


def results(units: QuerySet[Unit], *, now: datetime) -> Rows:
    """Together: those of the last 12 weeks, and how many were discussed."""
    lately = SurveyUnit.objects.filter(
        unit__in=units, state=SurveyUnit.State.COUNTED, published_at__gt=now - WEEKS
    )
    return _rows(
        "result",
        lately.order_by().values("state"),
        unit=Value(0),
        unit_name=Value(""),
        day=Value(date.max),
        in_all=Count("pk"),
        well=Count("pk", filter=Q(debriefed_at__isnull=False)),
    )


def share_of(rows: Iterable[Work]) -> Share:
    """Of the last 12 weeks, over all units."""
    rows = list(rows)
    return Share(sum(row.well for row in rows), sum(row.in_all for row in rows))
