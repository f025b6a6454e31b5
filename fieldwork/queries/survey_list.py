"""Surveys with the units that they ask."""

from django.db.models import Q, QuerySet

from organisations.models import Unit
from surveys.models import Survey, SurveyUnit


def with_units(
    surveys: QuerySet[Survey], *, wanted: str, units: QuerySet[Unit]
) -> QuerySet[Survey]:
    """With their units at hand, one more query; `wanted` finds a title or one of `units`."""
    if wanted:
        asked = SurveyUnit.objects.filter(unit__in=units, unit_name__icontains=wanted)
        surveys = surveys.filter(Q(title__icontains=wanted) | Q(pk__in=asked.values("survey")))
    return surveys.prefetch_related("survey_units")
