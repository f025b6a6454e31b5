"""What waits for one member: surveys that open or close, results, their own leaders' sheets."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from organisations.models import Organisation, Unit, User
from surveys.models import NamedSheet, Survey, SurveyUnit

RESULT_WAITS = timedelta(days=30)


def running_units(units: QuerySet[Unit], *, now: datetime) -> list[SurveyUnit]:
    """Units under way, and those whose result is new. One query."""
    states = SurveyUnit.State
    under_way = SurveyUnit.objects.filter(
        unit__in=units, state__in=(states.WAITING, states.OPEN, states.CLOSED)
    )
    ended = SurveyUnit.objects.filter(
        unit__in=units,
        state__in=(states.COUNTED, states.TOO_FEW),
        published_at__gt=now - RESULT_WAITS,
    )
    return list((under_way | ended).select_related("survey").order_by("closes_at", "unit_name"))


def own_sheets(*, user: User, organisation: Organisation) -> list[NamedSheet]:
    """Leaders' sheets in this person's name that are open and not sent. One query."""
    return list(
        NamedSheet.objects.filter(
            user=user,
            kind=NamedSheet.Kind.LEADERS,
            sent_at=None,
            survey_unit__state=SurveyUnit.State.OPEN,
            survey_unit__survey__organisation=organisation,
        )
        .select_related("survey_unit__survey")
        .order_by("survey_unit__closes_at", "pk")
    )


def with_units(
    surveys: QuerySet[Survey], *, wanted: str, units: QuerySet[Unit]
) -> QuerySet[Survey]:
    """With their units at hand, one more query; `wanted` finds a title or one of `units`."""
    if wanted:
        asked = SurveyUnit.objects.filter(unit__in=units, unit_name__icontains=wanted)
        surveys = surveys.filter(Q(title__icontains=wanted) | Q(pk__in=asked.values("survey")))
    return surveys.prefetch_related("survey_units")
