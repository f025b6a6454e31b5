"""Rows of a debrief as they are now, kept from others until the action is done."""

from debriefs.models import Debrief
from organisations.actions.audit_log import record
from organisations.models import User
from organisations.rules.refusal import Refused
from surveys.models import SurveyUnit


def locked_debrief(debrief: Debrief) -> Debrief:
    """The debrief; refuses one that has ended or was discarded."""
    found = (
        Debrief.objects.select_for_update(of=("self",))
        .select_related("survey_unit__unit", "survey_unit__survey__initiative__organisation")
        .filter(pk=debrief.pk)
        .first()
    )
    if found is None:
        raise Refused("Someone has discarded this debrief. Nothing was saved.")
    if found.ended_at is not None:
        raise Refused("This debrief has ended. Start another one, for example with nights.")
    return found


def locked_unit(survey_unit_id: int) -> SurveyUnit:
    """The unit in its survey; whoever changes its debriefs waits here."""
    return (
        SurveyUnit.objects.select_for_update(no_key=True, of=("self",))
        .select_related("unit", "survey__organisation", "survey__initiative__organisation")
        .get(pk=survey_unit_id)
    )


def record_debrief(what: str, debrief: Debrief, by: User, **detail: object) -> None:
    """The entry in the trail."""
    organisation = debrief.survey_unit.survey.organisation
    record(action=what, on=debrief, organisation=organisation, by=by, **detail)
