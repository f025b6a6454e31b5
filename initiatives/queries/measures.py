"""Reads what a unit counts and tries of an improvement."""

from django.db.models import Prefetch

from initiatives.models import Action, Commitment, Initiative, Measure, Point, SmallTest
from organisations.models import Unit


def commitment_on(initiative_id: int, unit_id: int) -> Commitment | None:
    """An improvement on one unit, with both. One query."""
    return (
        Commitment.objects.filter(initiative=initiative_id, unit=unit_id)
        .select_related("initiative", "unit")
        .first()
    )


def measures_of(initiative: Initiative, unit: Unit) -> list[Measure]:
    """What the unit counts and counted, the aim first, each with its `points`. Two queries."""
    return list(
        Measure.objects.filter(initiative=initiative, unit=unit)
        .order_by("ended_at", "is_watch", "pk")
        .prefetch_related(Prefetch("points", Point.objects.order_by("day")))
    )


def tests_of(initiative: Initiative, unit: Unit) -> list[SmallTest]:
    """Its small tests, those that run first, then the latest. One query."""
    found = SmallTest.objects.filter(initiative=initiative, unit=unit).order_by("-number")
    return sorted(found, key=lambda one: one.ended_at is not None)


def actions_of(initiative: Initiative, unit: Unit) -> list[Action]:
    """What is done about its priorities there, by the day. One query."""
    return list(Action.objects.filter(initiative=initiative, unit=unit).order_by("due_on", "pk"))
