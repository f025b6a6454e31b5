"""Locks that every change of a survey's state takes, and how a survey follows its units.

Always in this order: the survey, its units, invitations, tallies. A sheet being cast takes only
its own invitation and tally, so it never waits long.
"""

from datetime import datetime

from organisations.rules.refusal import Refused
from surveys.models import Survey, SurveyUnit

_FINAL = (SurveyUnit.State.COUNTED, SurveyUnit.State.TOO_FEW, SurveyUnit.State.CANCELLED)
_RUNNING = (SurveyUnit.State.NOT_OPEN, SurveyUnit.State.OPEN)


class NotPossible(Refused):
    """The survey's state does not allow it."""


def lock_survey(survey_id: int) -> Survey:
    """The survey as it is now, until the transaction ends."""
    # no_key: a sheet's foreign key may still refer to the row while we hold it.
    return (
        Survey.objects.select_for_update(no_key=True, of=("self",))
        .select_related("organisation")
        .get(pk=survey_id)
    )


def lock_survey_unit(survey_unit_id: int) -> tuple[Survey, SurveyUnit]:
    """The unit as it is now with its survey, both locked."""
    survey_id = SurveyUnit.objects.values_list("survey_id", flat=True).get(pk=survey_unit_id)
    survey = lock_survey(survey_id)
    unit = (
        SurveyUnit.objects.select_for_update(no_key=True, of=("self",))
        .select_related("unit")
        .get(pk=survey_unit_id)
    )
    unit.survey = survey
    return survey, unit


def update_survey_state(*, survey: Survey, now: datetime) -> None:
    """Turns a locked survey to what its units say: closed, counted, published."""
    units = list(survey.survey_units.values_list("state", "published_at"))
    if any(state in _RUNNING for state, _ in units):
        return
    if any(state not in _FINAL for state, _ in units):
        survey.state = Survey.State.CLOSED
    elif all(
        published_at is not None or state == SurveyUnit.State.CANCELLED
        for state, published_at in units
    ):
        survey.state = Survey.State.PUBLISHED
    else:
        survey.state = Survey.State.COUNTED
    if survey.state != Survey.State.CLOSED and survey.counted_at is None:
        survey.counted_at = now
    survey.save(update_fields=["state", "counted_at"])
