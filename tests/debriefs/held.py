"""A debrief that was held, as a row: what `end_debrief` leaves, without its steps."""

from django.utils import timezone

from debriefs.models import Debrief
from initiatives.models import Decision
from organisations.models import User
from surveys.models import SurveyUnit


def held_debrief(
    unit: SurveyUnit,
    *,
    by: User,
    name: str = "Day team",
    choice: str = Decision.Choice.GO_AHEAD,
    people: int | None = 9,
) -> Debrief:
    """An ended debrief of this unit's result."""
    now = timezone.now()
    debrief = Debrief.objects.create(
        survey_unit=unit,
        name=name,
        started_by=by,
        ended_at=now,
        choice=choice,
        reason="We can.",
        people=people,
    )
    SurveyUnit.objects.filter(pk=unit.pk).update(debriefed_at=now)
    return debrief
