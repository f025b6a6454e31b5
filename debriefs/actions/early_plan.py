"""Opening a plan before the team has talked its result through."""

from django.db import transaction

from debriefs.models import EarlyPlan
from organisations.actions.audit_log import record
from organisations.actions.units import refuse_closed
from organisations.models import User
from surveys.models import SurveyUnit


@transaction.atomic
def open_early(*, survey_unit: SurveyUnit, reason: str, by: User) -> EarlyPlan:
    """Keeps the reason for good. The first one counts. Raises `Refused`."""
    refuse_closed(survey_unit.unit)
    plan, is_new = EarlyPlan.objects.get_or_create(
        survey_unit=survey_unit, defaults={"reason": reason, "opened_by": by}
    )
    if is_new:
        record(
            action="plan opened before a debrief",
            on=plan,
            organisation=survey_unit.survey.organisation,
            by=by,
            unit=survey_unit.unit_id,
        )
    return plan
