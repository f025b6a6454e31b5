"""Messages to managers and leads about a survey's life: rows of the outbox, sent by its task."""

from datetime import datetime

from django.db.models import Q

from surveys.models import Message, Survey, SurveyUnit
from surveys.queries.recipients import people_of


def plan_notice(
    *,
    survey: Survey,
    step: Message.Step,
    due_at: datetime,
    survey_unit: SurveyUnit | None = None,
) -> None:
    """One message for each person concerned; a second call for the same step adds none."""
    if survey_unit is None:
        units = [one.unit for one in survey.survey_units.select_related("unit")]
    else:
        units = [survey_unit.unit]
    people = people_of(survey=survey, units=units)
    Message.objects.bulk_create(
        (
            Message(survey=survey, survey_unit=survey_unit, user=user, step=step, due_at=due_at)
            for user in people
        ),
        ignore_conflicts=True,
    )
    # Dropped before it was sent, and true again now.
    Message.objects.filter(
        survey=survey,
        survey_unit=survey_unit,
        step=step,
        user__in=people,
        state=Message.State.DROPPED,
        sent_at=None,
    ).update(state=Message.State.PLANNED, due_at=due_at)


def drop_messages(*, survey_unit: SurveyUnit) -> None:
    """No message to a respondent or a leader after their unit has closed."""
    Message.objects.filter(
        Q(invitation__survey_unit=survey_unit) | Q(named_response__survey_unit=survey_unit),
        state__in=Message.WAITING,
    ).update(state=Message.State.DROPPED)


def drop_notices(
    *, survey: Survey, steps: tuple[Message.Step, ...], survey_unit: SurveyUnit | None
) -> None:
    """What no longer holds is not said: of one unit, or of the survey as a whole."""
    Message.objects.filter(
        ~Q(user=None),
        survey=survey,
        survey_unit=survey_unit,
        step__in=steps,
        state__in=Message.WAITING,
    ).update(state=Message.State.DROPPED)
