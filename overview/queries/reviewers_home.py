"""Reads what a reviewer's Home says of the last 12 weeks, over all units within reach."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from initiatives.models import Action, Review
from organisations.models import Organisation, Unit
from surveys.models import SurveyUnit

WEEKS = timedelta(weeks=12)
LATELY = 5


@dataclass(frozen=True, slots=True)
class Share:
    """So many of all; `all` may be none."""

    number: int
    all: int


@dataclass(frozen=True, slots=True)
class Lately:
    """Actions that were due, and those closed; results that came out, and those discussed."""

    closed: Share
    discussed: Share


def lately(units: QuerySet[Unit], *, today: date, now: datetime) -> Lately:
    """Two queries."""
    is_closed = Q(state__in=(Action.State.DONE, Action.State.DROPPED))
    actions = Action.objects.filter(
        unit__in=units, due_on__gt=today - WEEKS, due_on__lte=today
    ).aggregate(all=Count("pk"), number=Count("pk", filter=is_closed))
    results = SurveyUnit.objects.filter(
        unit__in=units, state=SurveyUnit.State.COUNTED, published_at__gt=now - WEEKS
    ).aggregate(all=Count("pk"), number=Count("pk", filter=Q(debriefed_at__isnull=False)))
    return Lately(Share(**actions), Share(**results))


def reviews_lately(organisation: Organisation, units: QuerySet[Unit]) -> list[Review]:
    """The last reviews of these units, with their units and improvements. Two queries."""
    covered = Review.units.through.objects.filter(unit__in=units).values("review")
    return list(
        Review.objects.filter(pk__in=covered, initiative__organisation=organisation)
        .select_related("initiative", "reviewer", "into")
        .prefetch_related("units")[:LATELY]
    )
