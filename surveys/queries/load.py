"""What units carry in a week: improvements, and surveys that ask their staff.

A survey's hours are worked out from its days, so that they follow closing, extension, cancelling.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Protocol

from django.db.models import (
    DateField,
    DateTimeField,
    DecimalField,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
)
from django.utils import timezone

from initiatives.models import Commitment
from initiatives.rules.hours import Asking, Load, Work, counted, load_in, monday_of
from initiatives.rules.status import COUNTED, PLANNED, PROPOSED
from organisations.models import Organisation, Unit
from organisations.queries.prepared import GivenKeys, PreparedRows
from surveys.models import SurveyUnit

UNDER_WAY = (SurveyUnit.State.NOT_OPEN, SurveyUnit.State.OPEN)


Row = tuple[int, str, Decimal | None, date | None, int | None, datetime, datetime]


def _rows() -> QuerySet[Commitment, Row]:
    """Improvements, and surveys: these alone have posts."""
    units = GivenKeys("units")
    never = Value(None, output_field=DateTimeField())
    work = Commitment.objects.filter(unit__in=units, state__in=COUNTED).annotate(
        posts=Value(None, output_field=IntegerField()), opens=never, closes=never
    )
    asking = SurveyUnit.objects.filter(unit__in=units, state__in=UNDER_WAY).annotate(
        hours=Value(None, output_field=DecimalField()),
        begins=Value(None, output_field=DateField()),
    )
    return work.values_list(
        "unit", "state", "hours_a_week", "begins_on", "posts", "opens", "closes"
    ).union(
        asking.order_by().values_list(
            "unit", "mode", "hours", "begins", "headcount", "survey__opens_at", "closes_at"
        ),
        all=True,
    )


_ROWS = PreparedRows(_rows)


class Keyed(Protocol):
    """A unit, or what was read of it."""

    @property
    def pk(self) -> int: ...


def loads_of(
    organisation: Organisation, units: Iterable[Keyed], *, monday: date | None = None
) -> dict[int, Load]:
    """The load of each unit in the week of this Monday, or in this one. One query, or none."""
    ids = {unit.pk for unit in units}
    if not ids:
        return {}
    work: dict[int, list[Work]] = {pk: [] for pk in ids}
    asking: dict[int, list[Asking]] = {pk: [] for pk in ids}
    zone = organisation.zone
    for unit, how, hours, begins_on, posts, opens_at, closes_at in _ROWS.all(units=ids):
        if posts is None:
            work[unit].append(Work(how, hours, begins_on))
            continue
        asking[unit].append(
            Asking(
                posts=posts,
                opens_on=timezone.localdate(opens_at, zone),
                closes_on=timezone.localdate(closes_at, zone),
                is_joint=how == SurveyUnit.Mode.JOINT,
            )
        )
    monday = monday or monday_of(timezone.localdate(timezone=zone))
    return {
        pk: load_in(monday, work=work[pk], asking=asking[pk], guess=organisation.hours_guess)
        for pk in ids
    }


@dataclass(frozen=True, slots=True)
class Later:
    """An improvement that is to start on a unit; `day` None while there is none."""

    title: str
    hours: Decimal
    day: date | None


def later_of(organisation: Organisation, units: Iterable[Unit]) -> dict[int, list[Later]]:
    """What is to start after this week, by unit, the earliest first. One query."""
    today = timezone.localdate(timezone=organisation.zone)
    sunday = monday_of(today) + timedelta(days=6)
    found: dict[int, list[Later]] = {}
    for unit, title, hours, day in (
        Commitment.objects.filter(
            Q(begins_on=None) | Q(begins_on__gt=sunday),
            unit__in=[unit.pk for unit in units],
            state__in=(PROPOSED, PLANNED),
        )
        .order_by(F("begins_on").asc(nulls_last=True), "initiative__title")
        .values_list("unit", "initiative__title", "hours_a_week", "begins_on")
    ):
        later = Later(title, counted(hours, organisation.hours_guess), day)
        found.setdefault(unit, []).append(later)
    return found
