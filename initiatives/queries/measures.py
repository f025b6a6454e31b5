"""Reads what a unit counts and tries of an improvement."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate

from initiatives.models import Action, Commitment, Initiative, Measure, Point, SmallTest
from initiatives.queries.register import stands_as
from initiatives.rules.notices import COUNTED_WITHIN, last_for_due
from initiatives.rules.status import ON_HOLD, OVER, TAKES_NO_MORE
from organisations.models import Unit
from organisations.queries.units import works

# What has ended or is on hold on a unit asks for no numbers and no small tests there.
QUIET = (*OVER, ON_HOLD)


@dataclass(frozen=True, slots=True)
class CountedOn:
    """What a unit counts of an improvement now, with its numbers, and how that stands there."""

    measures: list[tuple[Measure, list[Point]]]
    here: Commitment


def counted_on(initiative_id: int, unit_id: int) -> CountedOn:
    """The aim first, each with its numbers by their day; none without numbers. One query."""
    way = "measure__initiative__commitments__"
    points = (
        Point.objects.filter(
            **{f"{way}unit": unit_id},
            measure__initiative=initiative_id,
            measure__unit=unit_id,
            measure__ended_at=None,
        )
        .annotate(state=F(f"{way}state"), begins_on=F(f"{way}begins_on"))
        .select_related("measure")
        .order_by("measure__is_watch", "measure", "day")
    )
    here = Commitment(initiative_id=initiative_id, unit_id=unit_id)
    found: dict[int, tuple[Measure, list[Point]]] = {}
    for point in points:
        here.state, here.begins_on = point.state, point.begins_on
        found.setdefault(point.measure_id, (point.measure, []))[1].append(point)
    return CountedOn(list(found.values()), here)


def measures_of(initiative: Initiative, unit: Unit) -> list[Measure]:
    """What the unit counts and counted, the aim first, each with its `points`. Two queries."""
    return list(
        Measure.objects.filter(initiative=initiative, unit=unit)
        .order_by("ended_at", "is_watch", "pk")
        .prefetch_related(Prefetch("points", Point.objects.order_by("day")))
    )


def numbers_due(own: Q, *, today: date, zone: ZoneInfo) -> QuerySet[Measure]:
    """Measures that want a number by this day, of units that work.

    `last` is the day of the last number, else on which the measure was added; `last_number` is
    None before any.
    """
    points = Point.objects.filter(measure=OuterRef("pk")).order_by("-day").values("day")
    last = Coalesce(Subquery(points[:1]), TruncDate("added_at", tzinfo=zone))
    is_due = Q()
    for every in COUNTED_WITHIN:
        is_due |= Q(every=every, last__lte=last_for_due(every=every, today=today))
    here = works(today, unit="unit")
    found = Measure.objects.filter(own, here, ~stands_as(QUIET), ended_at=None)
    return found.annotate(last_number=Subquery(points[:1]), last=last).filter(is_due)


def tests_to_end(own: Q, *, by: date) -> QuerySet[SmallTest]:
    """Small tests that run until this day or an earlier one, and whose outcome nobody has said."""
    return SmallTest.objects.filter(own, ~stands_as(QUIET), ended_at=None, until__lte=by)


def tests_of(initiative_id: int, unit_id: int) -> list[SmallTest]:
    """Its small tests, those that run first, then the latest, each with its `runs`: nobody has said
    how it went, and the improvement goes on there. One query.
    """
    found = (
        SmallTest.objects.filter(initiative=initiative_id, unit=unit_id)
        .annotate(runs=~stands_as(TAKES_NO_MORE) & Q(ended_at=None))
        .order_by("-number")
    )
    return sorted(found, key=lambda one: one.ended_at is not None)


def actions_of(initiative: Initiative, unit: Unit) -> list[Action]:
    """What is done about its priorities there, by the day. One query."""
    return list(Action.objects.filter(initiative=initiative, unit=unit).order_by("due_on", "pk"))
