"""Reads what a unit counts and tries of an improvement."""

from dataclasses import dataclass

from django.db.models import F, Prefetch

from initiatives.models import Action, Commitment, Initiative, Measure, Point, SmallTest
from organisations.models import Unit


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


def tests_of(initiative_id: int, unit_id: int) -> list[SmallTest]:
    """Its small tests, those that run first, then the latest. One query."""
    found = SmallTest.objects.filter(initiative=initiative_id, unit=unit_id).order_by("-number")
    return sorted(found, key=lambda one: one.ended_at is not None)


def actions_of(initiative: Initiative, unit: Unit) -> list[Action]:
    """What is done about its priorities there, by the day. One query."""
    return list(Action.objects.filter(initiative=initiative, unit=unit).order_by("due_on", "pk"))
