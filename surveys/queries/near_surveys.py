"""Other surveys of the same people that close less than 42 days before or after a day."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from organisations.models import Unit
from surveys.models import SurveyUnit
from surveys.rules.between_surveys import BETWEEN_BARS


def near_surveys(survey_unit: SurveyUnit, day: date) -> QuerySet[SurveyUnit]:
    """Those of the unit, or of one that it came from, went into, contains or lies in.

    Days are those of the organisation's own calendar.
    """
    organisation = survey_unit.survey.organisation
    first, after_last = (
        datetime.combine(each, time(), tzinfo=organisation.zone)
        for each in (day - BETWEEN_BARS + timedelta(days=1), day + BETWEEN_BARS)
    )
    return SurveyUnit.objects.filter(
        _kin(survey_unit),
        survey__organisation=organisation,
        closes_at__gte=first,
        closes_at__lt=after_last,
    ).exclude(pk=survey_unit.pk)


def _kin(survey_unit: SurveyUnit) -> Q:
    """Surveys of people who may be the same: by the tree as it was when either opened."""
    lines = {survey_unit.unit_id}
    while True:
        more = Unit.objects.filter(
            Q(successor__in=lines) | Q(pk__in=Unit.objects.filter(pk__in=lines).values("successor"))
        ).exclude(pk__in=lines)
        found = set(more.values_list("pk", flat=True))
        if not found:
            break
        lines |= found
    kin = Q(unit__in=lines)
    paths = set(Unit.objects.filter(pk__in=lines).values_list("path", flat=True))
    for path in {*paths, survey_unit.unit_path}:
        above = [int(pk) for pk in path.strip("/").split("/")]
        kin |= Q(unit__in=above) | Q(unit_path__startswith=path)
    return kin
