"""The one thing a page says of an open unit: enough answers for a result, or not yet."""

from datetime import datetime, time

from django.db import transaction

from surveys.models import SurveyUnit

REFRESHED_AT = time(7, 0)


@transaction.atomic
def refresh_enough(*, now: datetime) -> int:
    """Looks once a day, from 07:00 in the organisation's zone; never on the day of opening.

    Any oftener, and two looks around one person's break would tell whether they answered.
    Returns how many units were looked at.
    """
    looked_at = []
    for unit in (
        SurveyUnit.objects.filter(state=SurveyUnit.State.OPEN, mode=SurveyUnit.Mode.SEALED)
        .select_related("survey__organisation")
        .prefetch_related("tallies")
    ):
        local = now.astimezone(unit.survey.organisation.zone)
        is_due = unit.enough_on is None or unit.enough_on < local.date()
        if is_due and local.time() >= REFRESHED_AT:
            unit.enough = sum(tally.count for tally in unit.tallies.all()) >= unit.minimum_group
            unit.enough_on = local.date()
            looked_at.append(unit)
    for unit in looked_at:
        SurveyUnit.objects.filter(pk=unit.pk, state=SurveyUnit.State.OPEN).update(
            enough=unit.enough, enough_on=unit.enough_on
        )
    return len(looked_at)
