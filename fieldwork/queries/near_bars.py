"""Whether another survey of the same people stands in the way of this one's bars."""

from datetime import date

from django.db.models import QuerySet, Sum
from django.utils import timezone

from surveys.models import SurveyUnit
from surveys.queries.near_surveys import near_surveys
from surveys.rules.between_surveys import FEWEST_FOR_BARS


def with_enough_for_bars(surveys: QuerySet[SurveyUnit]) -> QuerySet[SurveyUnit]:
    """Those counted with 11 answers or more. They have shown bars, unless they themselves closed
    too near to another."""
    counted = surveys.filter(state=SurveyUnit.State.COUNTED, mode=SurveyUnit.Mode.SEALED)
    return counted.annotate(answers=Sum("tallies__count")).filter(answers__gte=FEWEST_FOR_BARS)


def bars_if_closed_on(survey_unit: SurveyUnit, day: date) -> bool | None:
    """False if the survey, closed on this day, will show no bars, because one close to it has
    shown them; None if it may show none; True where nothing is in the way."""
    near = with_enough_for_bars(near_surveys(survey_unit, day)).select_related(
        "survey__organisation"
    )
    said: bool | None = True
    for one in near:
        closed_on = timezone.localtime(one.closes_at, one.survey.organisation.zone).date()
        others = near_surveys(one, closed_on).exclude(pk=survey_unit.pk)
        if one.published_at is not None and not with_enough_for_bars(others).exists():
            return False
        said = None
    return said
