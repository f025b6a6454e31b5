"""Whether bars of two surveys of the same people would stand too near to each other."""

from django.utils import timezone

from scoring.models import Snapshot
from surveys.models import SurveyUnit
from surveys.queries.near_surveys import near_surveys


def is_too_soon(survey_unit: SurveyUnit) -> bool:
    """True if a survey of the same people that closed less than 42 days before or after this one
    has shown bars. Call it under `lock_releases`."""
    zone = survey_unit.survey.organisation.zone
    near = near_surveys(survey_unit, timezone.localtime(survey_unit.closes_at, zone).date())
    return Snapshot.objects.filter(survey_unit__in=near, payload__tier="figures").exists()
