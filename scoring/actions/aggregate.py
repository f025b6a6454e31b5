"""Rebuilding aggregates from responses: as often as one likes, the latest wins."""

from django.db import transaction

from organisations.models import Organisation
from scoring.models import Aggregate
from scoring.queries.recount import recount
from surveys.models import Survey, SurveyUnit


@transaction.atomic
def rebuild_aggregate(*, survey_unit: SurveyUnit) -> Aggregate | None:
    """Counts a unit's responses anew; None, and no aggregate, where it was not counted.

    Two rebuilds at once wait for each other at the unit's row, so the later count is what stays.
    """
    unit = (
        SurveyUnit.objects.select_for_update(no_key=True, of=("self",))
        .select_related("survey__version", "survey__ward_edition")
        .get(pk=survey_unit.pk)
    )
    if unit.state != SurveyUnit.State.COUNTED or unit.way != SurveyUnit.Way.WARD:
        Aggregate.objects.filter(survey_unit=unit).delete()
        return None
    counts = recount(survey_unit=unit)
    aggregate, _ = Aggregate.objects.update_or_create(
        survey_unit=unit,
        defaults={"respondents": counts.respondents, "counts": counts.to_json()},
    )
    return aggregate


def rebuild_survey(*, survey: Survey) -> int:
    """Rebuilds each of a survey's units in its own transaction; returns how many there are."""
    units = list(survey.survey_units.all())
    for unit in units:
        rebuild_aggregate(survey_unit=unit)
    return len(units)


def rebuild_organisation(*, organisation: Organisation) -> int:
    """Rebuilds every unit of every survey of an organisation; returns how many there are."""
    units = list(SurveyUnit.objects.filter(survey__organisation=organisation).order_by("pk"))
    for unit in units:
        rebuild_aggregate(survey_unit=unit)
    return len(units)
