"""Reads what a reviewer's Home says of the last 12 weeks, over all units within reach."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from debriefs.queries.action_list import Share, closed_on_time
from initiatives.models import Review
from initiatives.rules.on_time import WEEKS
from organisations.models import Organisation, Unit
from surveys.models import SurveyUnit

LATELY = 5


@dataclass(frozen=True, slots=True)
class Lately:
    """Actions first due, and those closed on time; results that came out, and those discussed."""

    closed: Share
    discussed: Share


def lately(units: QuerySet[Unit], *, today: date, now: datetime) -> Lately:
    """Two queries."""
    results = SurveyUnit.objects.filter(
        unit__in=units, state=SurveyUnit.State.COUNTED, published_at__gt=now - WEEKS
    ).aggregate(all=Count("pk"), number=Count("pk", filter=Q(debriefed_at__isnull=False)))
    return Lately(closed_on_time(Q(unit__in=units), today=today), Share(**results))


def reviews_lately(organisation: Organisation, units: QuerySet[Unit]) -> list[Review]:
    """The last reviews of these units, with their units and improvements. Two queries."""
    covered = Review.units.through.objects.filter(unit__in=units).values("review")
    return list(
        Review.objects.filter(pk__in=covered, initiative__organisation=organisation)
        .select_related("initiative", "reviewer", "into")
        .prefetch_related("units")[:LATELY]
    )
