"""The demo waits neither for a day nor for a ward: both are sped up here, and only here."""

import secrets
from datetime import datetime

from django.db import transaction

from demo.access import SLUG
from demo.actions.filling import made_up, send_all
from demo.rules.sample import USUAL
from fieldwork.actions.enough import REFRESHED_AT, refresh_enough
from surveys.models import SurveyUnit


def colleagues_answer(*, survey_unit: SurveyUnit) -> int:
    """As many made-up colleagues answer as a result needs; how many sheets were sent."""
    answers = made_up(
        survey_unit.survey,
        seed=secrets.randbelow(2**32),
        number=survey_unit.minimum_group,
        leanings=USUAL,
    )
    return send_all(survey_unit, answers)


@transaction.atomic
def refresh_at_once(*, now: datetime) -> int:
    """Lets "enough for a result" follow within seconds; a real site looks once a day at 07:00."""
    open_units = SurveyUnit.objects.filter(
        survey__organisation__slug=SLUG, state=SurveyUnit.State.OPEN
    )
    unit = open_units.select_related("survey__organisation").first()
    if unit is None:
        return 0
    open_units.update(enough_on=None)
    morning = now.astimezone(unit.survey.organisation.zone).replace(
        hour=REFRESHED_AT.hour, minute=REFRESHED_AT.minute
    )
    return refresh_enough(now=max(now, morning))
