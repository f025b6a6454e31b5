"""Reads what a reviewer's Home says of the last 12 weeks, over all units within reach.

Their monthly message says it too, and how many debriefs of the last month had protected time.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BigAutoField, Count, Q, QuerySet

from debriefs.models import Debrief
from debriefs.queries.action_list import Share, closed_on_time
from initiatives.models import Review
from initiatives.queries.requests import unanswered
from initiatives.rules.on_time import WEEKS
from initiatives.rules.requests import REVIEWER_AFTER
from organisations.models import Organisation, Unit
from organisations.queries.prepared import Given, GivenKeys, PreparedRows
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


def protected_between(units: QuerySet[Unit], begins: datetime, ends: datetime) -> Share:
    """Of the debriefs that ended from `begins` on and before `ends` and said whether they were in
    protected time, those that said all of it was. One query.
    """
    said = Debrief.objects.filter(
        survey_unit__unit__in=units, ended_at__gte=begins, ended_at__lt=ends
    ).exclude(protected_time="")
    all_of_it = Q(protected_time=Debrief.ProtectedTime.ALL)
    return Share(**said.aggregate(all=Count("pk"), number=Count("pk", filter=all_of_it)))


def late_requests(units: QuerySet[Unit], *, today: date) -> int:
    """How many requests of these units have had no answer for 3 days. One query."""
    return unanswered().filter(unit__in=units, answer_by__lte=today - REVIEWER_AFTER).count()


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A review with the names of its units."""

    review: Review
    units: list[str]


def _last_of_units() -> QuerySet[Review]:
    """The last reviews of these units."""
    covered = Review.units.through.objects.filter(unit__in=GivenKeys("units"))
    return Review.objects.filter(
        pk__in=covered.values("review"),
        initiative__organisation=Given("organisation", BigAutoField()),
    )


# Each of them once for each unit of its own.
_LATELY = PreparedRows(
    lambda: (
        Review.units.through.objects.filter(review__in=_last_of_units().values("pk")[:LATELY])
        .select_related("review__initiative", "review__reviewer", "review__into", "unit")
        .order_by("-review", "unit__name")
    )
)


def reviews_lately(organisation: Organisation, units: Collection[int]) -> list[Reviewed]:
    """The last reviews of these units, by key, each with all of its own. One query."""
    found: dict[int, Reviewed] = {}
    for row in _LATELY.all(units=units, organisation=organisation.pk):
        found.setdefault(row.review_id, Reviewed(row.review, [])).units.append(row.unit.name)
    return list(found.values())
