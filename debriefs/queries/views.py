"""Reads what debriefs of a result say, and if there is anything to discuss."""

from debriefs.models import Debrief
from initiatives.models import Initiative
from organisations.models import Unit
from surveys.models import SurveyUnit


def views_of(unit: SurveyUnit) -> list[Debrief]:
    """The debriefs that ended and said how to continue, the earliest first. One query."""
    ended = Debrief.objects.filter(survey_unit=unit, ended_at__isnull=False).exclude(choice="")
    return list(ended.order_by("ended_at", "pk"))


def survey_that_ran(initiative: Initiative, unit: Unit) -> SurveyUnit | None:
    """The unit in the latest survey of this improvement that opened there. One query."""
    never = (SurveyUnit.State.NOT_OPEN, SurveyUnit.State.CANCELLED)
    found = SurveyUnit.objects.filter(survey__initiative=initiative, unit=unit)
    return found.exclude(state__in=never).order_by("closes_at", "pk").last()
