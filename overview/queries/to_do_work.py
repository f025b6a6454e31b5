"""What waits for one member of improvements: actions, requests, ideas, numbers, small tests, what
to look back at, and drafts; one statement counts and names them all.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, F, Min, Model, Q, QuerySet, Value, When, Window
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, RowNumber, TruncDate

from debriefs.queries.action_list import (
    ON_TIME,
    Held,
    Share,
    actions_due,
    first_due_lately,
)
from initiatives.models import Action, DepartmentRequest, Idea
from initiatives.queries.ideas import ideas_waiting, is_late
from initiatives.queries.look_back import to_look_back
from initiatives.queries.measures import numbers_due, tests_to_end
from initiatives.rules.on_time import WEEKS
from instruments.models import Version
from organisations.models import Membership, Organisation, Unit
from surveys.models import SurveyUnit


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


def all_of(branches: Iterable[Rows]) -> dict[str, list[Work]]:
    """By kind, the first day first. One query, whatever their number."""
    found: dict[str, list[Work]] = {}
    kinds = list(branches)
    if not kinds:
        return found
    first, *others = kinds
    rows = [Work._make(row) for row in (first.union(*others, all=True) if others else first)]
    for row in sorted(rows, key=lambda row: (row.day, row.unit_name, row.key)):
        found.setdefault(row.kind, []).append(row)
    return found


def actions(held: Held, counted: Q, *, today: date) -> Rows:
    """By unit those that are due; of those `counted` (a scope), what was closed on time."""
    due, lately = held.due(today), Q(counted, first_due_lately(today))
    return _rows(
        "action",
        _by_unit(Action.objects.filter(due | lately)),
        day=Coalesce(Min("due_on", filter=due), Value(today)),
        number=Count("pk", filter=due),
        in_all=Count("pk", filter=lately),
        well=Count("pk", filter=Q(lately, ON_TIME)),
    )


def named_actions(held: Held, *, today: date, most: int | None = None) -> Rows:
    """Those that are due one by one: all, or any so many."""
    return _rows(
        "named_action",
        actions_due(held, today=today, most=most),
        **OF_ONE,
        what=F("what"),
        owner=F("owner"),
        result=Case(When(is_own=True, then=F("result")), default=0),
        day=F("due_on"),
    )


def drafts(organisation: Organisation) -> Rows:
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
        day=TruncDate("saved_at", tzinfo=organisation.zone),
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
        day=Value(now.date()),
        in_all=Count("pk"),
        well=Count("pk", filter=Q(debriefed_at__isnull=False)),
    )


def share_of(rows: Iterable[Work]) -> Share:
    """Of the last 12 weeks, over all units."""
    rows = list(rows)
    return Share(sum(row.well for row in rows), sum(row.in_all for row in rows))
