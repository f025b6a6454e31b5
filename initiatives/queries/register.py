"""Reads the register: what a survey can be about, and what each unit already carries."""

from collections.abc import Collection, Iterable
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils import timezone

from initiatives.models import Commitment, Decision, Initiative, Turn
from organisations.models import Organisation, Unit

RUNNING = (Initiative.State.PROPOSED, Initiative.State.ACTIVE)
NOT_RUNNING = (Initiative.State.ON_HOLD, Initiative.State.DONE, Initiative.State.STOPPED)


def register_of(organisation: Organisation) -> QuerySet[Initiative]:
    """Improvements that are proposed or active, by name."""
    return Initiative.objects.filter(organisation=organisation, state__in=RUNNING)


def load_of(units: Iterable[Unit]) -> dict[int, list[Commitment]]:
    """What takes hours from each unit today: commitments of active initiatives, by unit id.

    One query.
    """
    today = timezone.localdate()
    found: dict[int, list[Commitment]] = {}
    for commitment in (
        Commitment.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=today),
            unit__in=units,
            begins_on__lte=today,
            hours_a_week__gt=0,
            initiative__state=Initiative.State.ACTIVE,
        )
        .select_related("initiative")
        .order_by("begins_on", "pk")
    ):
        found.setdefault(commitment.unit_id, []).append(commitment)
    return found


def sum_of(commitments: Iterable[Commitment]) -> Decimal:
    """Their hours a week together."""
    return sum((one.hours_a_week for one in commitments), Decimal())


def commitments_in(
    units: QuerySet[Unit], *, wanted: str = "", states: Collection[str] = RUNNING
) -> QuerySet[Commitment]:
    """Each running improvement on each of these units, by name; `wanted` finds some of them."""
    return (
        Commitment.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()),
            Q(initiative__title__icontains=wanted) | Q(unit__name__icontains=wanted),
            unit__in=units,
            initiative__state__in=states,
        )
        .select_related("initiative", "unit")
        .order_by("initiative__title", "unit__name", "pk")
    )


def commitments_of(initiative: Initiative, units: QuerySet[Unit]) -> QuerySet[Commitment]:
    """One improvement on each of these units, whatever its state, by the unit's name."""
    return (
        Commitment.objects.filter(initiative=initiative, unit__in=units)
        .select_related("initiative", "unit")
        .order_by("unit__name", "pk")
    )


def decisions_of(initiative: Initiative, units: QuerySet[Unit]) -> QuerySet[Decision]:
    """What was decided about it for these units, the latest first."""
    return (
        Decision.objects.filter(initiative=initiative, unit__in=units)
        .select_related("unit", "decided_by")
        .order_by("-pk")
    )


def turns_of(initiative: Initiative) -> QuerySet[Turn]:
    """When it was started, finished or stopped and why, the latest first."""
    return Turn.objects.filter(initiative=initiative).select_related("turned_by")
