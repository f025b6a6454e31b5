"""Published results in the database, from payloads as the release rules write them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from organisations.models import Organisation, Unit
from scoring.models import Snapshot
from scoring.rules.payload import SnapshotPayload
from surveys.models import NamedResponse, Survey, SurveyUnit
from surveys.rules.form_kind import FormKind
from tests.factories import SurveyFactory, SurveyUnitFactory


def publish(
    *,
    organisation: Organisation,
    unit: Unit,
    payload: SnapshotPayload | None,
    days_ago: float = 0,
    survey: Survey | None = None,
    **values: Any,
) -> SurveyUnit:
    """A unit whose result was published so many days ago; without a payload it is still open."""
    now = timezone.now()
    survey = survey or SurveyFactory.create(
        organisation=organisation,
        state=Survey.State.PUBLISHED if payload else Survey.State.OPEN,
        opens_at=now - timedelta(days=days_ago + 10),
        debrief_at=now + timedelta(days=5),
    )
    if payload:
        few = payload["tier"] == "too_few"
        states = SurveyUnit.State
        values.setdefault("state", states.TOO_FEW if few else states.COUNTED)
        values.setdefault("published_at", now - timedelta(days=days_ago))
    survey_unit: SurveyUnit = SurveyUnitFactory.create(survey=survey, unit=unit, **values)
    if payload:
        Snapshot.objects.create(
            survey_unit=survey_unit, released_at=now - timedelta(days=days_ago), payload=payload
        )
    return survey_unit


def add_leaders(unit: SurveyUnit, *names: str) -> None:
    """Sheets that these leaders sent."""
    for name in names:
        NamedResponse.objects.create(
            survey_unit=unit, kind=FormKind.LEADERS, name=name, answers="3" * 45
        )
