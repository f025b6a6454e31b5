"""Reads what a unit counts and tries of an improvement."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Prefetch, Subquery

from initiatives.models import Action, Commitment, Initiative, Measure, Point, SmallTest
from organisations.models import Unit


@dataclass(frozen=True, slots=True)
class CountedOn:
    """What a unit counts of an improvement, and how that stands there."""

    measures: Sequence[Measure]
    here: Commitment


def counted_on(initiative_id: int, unit_id: int) -> CountedOn:
    """For a page that shows what is counted now, the aim first, each with its `points`.

    Two queries: status and first day come with the measures, without which nobody asks for them.
    """
    here = Commitment.objects.filter(initiative=OuterRef("initiative"), unit=OuterRef("unit"))
    measures = list(
        Measure.objects.filter(initiative=initiative_id, unit=unit_id, ended_at=None)
        .annotate(
            state=Subquery(here.values("state")[:1]),
            begins_on=Subquery(here.values("begins_on")[:1]),
        )
        .order_by("is_watch", "pk")
        .prefetch_related(Prefetch("points", Point.objects.order_by("day")))
    )
    found = Commitment(initiative_id=initiative_id, unit_id=unit_id)
    if measures:
        found.state, found.begins_on = measures[0].state, measures[0].begins_on
    return CountedOn(measures, found)


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
