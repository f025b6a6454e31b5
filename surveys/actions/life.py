"""The life of a survey: opening, publishing, cancelling. Closing has its own module."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from organisations.audit import record
from organisations.models import User
from surveys.actions.notices import plan_notice
from surveys.actions.turning import NotPossible, follow_units, lock_survey, lock_survey_unit
from surveys.actions.worker import ask_soon
from surveys.models import (
    Channel,
    Contact,
    Envelope,
    Invitation,
    Message,
    NamedSheet,
    StaffImport,
    Survey,
    SurveyUnit,
    TakenOff,
    Tally,
)

DAY = timedelta(days=1)


@transaction.atomic
def open_survey(*, survey: Survey, by: User | None = None) -> bool:
    """Opens a scheduled survey whose time has come: True if this call did it.

    Freezes each unit's name and path as they are at this moment and gives it its tallies.
    """
    now = timezone.now()
    survey = lock_survey(survey.pk)
    if survey.state != Survey.State.SCHEDULED or survey.opens_at > now:
        return False
    units = list(survey.survey_units.filter(state=SurveyUnit.State.WAITING).select_related("unit"))
    Tally.objects.bulk_create(
        (
            Tally(survey_unit=unit, channel=channel)
            for unit in units
            if unit.way == SurveyUnit.Way.WARD
            for channel in Channel.values
        ),
        ignore_conflicts=True,
    )
    Tally.objects.filter(survey_unit__in=units).update(open=True)
    today = now.astimezone(survey.organisation.zone).date()
    for unit in units:
        unit.state = SurveyUnit.State.OPEN
        unit.unit_name, unit.unit_path = unit.unit.name, unit.unit.path
        unit.enough_on = today
    SurveyUnit.objects.bulk_update(units, ["state", "unit_name", "unit_path", "enough_on"])
    survey.state = Survey.State.OPEN
    survey.save(update_fields=["state"])
    plan_notice(survey=survey, step=Message.Step.OPENED, due_at=now)
    if survey.closes_at - DAY > now:
        plan_notice(survey=survey, step=Message.Step.CLOSES_TOMORROW, due_at=survey.closes_at - DAY)
    record(action="survey opened", on=survey, organisation=survey.organisation, by=by)
    ask_soon("surveys.send_due_messages")
    return True


@transaction.atomic
def publish_survey_unit(*, survey_unit: SurveyUnit) -> bool:
    """Marks a unit's result as released and tells manager and lead; True if this call did it.

    Scoring calls it in the transaction that keeps the snapshot. Refuses before `result_at`.
    """
    now = timezone.now()
    survey, unit = lock_survey_unit(survey_unit.pk)
    if unit.published_at is not None:
        return False
    if unit.state not in (SurveyUnit.State.COUNTED, SurveyUnit.State.TOO_FEW):
        raise NotPossible("This unit has no result to publish yet.")
    if survey.result_at is not None and survey.result_at > now:
        raise NotPossible("The result is due later.")
    unit.published_at = now
    unit.save(update_fields=["published_at"])
    follow_units(survey=survey, now=now)
    plan_notice(survey=survey, survey_unit=unit, step=Message.Step.RESULT_READY, due_at=now)
    record(action="result published", on=unit, organisation=survey.organisation, by=None)
    return True


@transaction.atomic
def cancel_survey(*, survey: Survey, by: User) -> None:
    """Deletes what was answered, all addresses and, through the counting worker, the key.

    Units that were counted before keep their result. The rows and the audit trail stay, and a
    link says that the survey was cancelled.
    """
    now = timezone.now()
    survey = lock_survey(survey.pk)
    if survey.state == Survey.State.CANCELLED:
        return
    if survey.state in (Survey.State.COUNTED, Survey.State.PUBLISHED):
        raise NotPossible("The answers are counted already, so this survey cannot be cancelled.")
    ending = (SurveyUnit.State.WAITING, SurveyUnit.State.OPEN, SurveyUnit.State.CLOSED)
    units = list(survey.survey_units.filter(state__in=ending).values_list("pk", flat=True))
    SurveyUnit.objects.filter(pk__in=units).update(
        state=SurveyUnit.State.CANCELLED, enough=False, enough_on=None
    )
    Message.objects.filter(survey=survey, state__in=Message.WAITING).exclude(
        step=Message.Step.RESULT_READY
    ).update(state=Message.State.DROPPED)
    Contact.objects.filter(survey_unit__in=units).delete()
    TakenOff.objects.filter(survey_unit__in=units).delete()
    StaffImport.objects.filter(survey=survey, state=StaffImport.State.WAITING).update(
        state=StaffImport.State.FAILED, failure="The survey was cancelled.", people=b""
    )
    Invitation.objects.filter(survey_unit__in=units).update(used=False)
    # Held in the order in which a sheet being cast holds them.
    held = Tally.objects.filter(survey_unit__in=units).order_by("pk").select_for_update(no_key=True)
    Tally.objects.filter(pk__in=[tally.pk for tally in held]).update(open=False, count=0)
    Envelope.objects.filter(survey_unit__in=units).delete()
    NamedSheet.objects.filter(survey_unit__in=units).update(answers="", sent_at=None, email="")
    if survey.survey_units.filter(
        state__in=(SurveyUnit.State.COUNTED, SurveyUnit.State.TOO_FEW)
    ).exists():
        follow_units(survey=survey, now=now)
    else:
        survey.state = Survey.State.CANCELLED
        survey.count_failure = ""
        survey.save(update_fields=["state", "count_failure"])
    record(
        action="survey cancelled", on=survey, organisation=survey.organisation, by=by, units=units
    )
    ask_soon("surveys.counting.destroy_key", survey.pk)
