"""The life of a survey: opening, publishing, cancelling. Closing has its own module."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from fieldwork.queries.poster import rooms_of
from organisations.actions.audit_log import record
from organisations.actions.deployment import refuse_while_held
from organisations.carriers.task_queue import enqueue_on_commit
from organisations.models import User
from responses.models import Envelope, Tally
from surveys.actions.locks import NotPossible, lock_survey, lock_survey_unit, update_survey_state
from surveys.actions.notices import plan_notice
from surveys.models import (
    Channel,
    Contact,
    Invitation,
    Message,
    NamedResponse,
    RemovedContact,
    StaffImport,
    Survey,
    SurveyUnit,
)
from surveys.models.distribution import NEWS

DAY = timedelta(days=1)


@transaction.atomic
def open_survey(*, survey: Survey, by: User | None = None) -> bool:
    """Opens a scheduled survey whose time has come: True if this call did it.

    Freezes each unit's name and path as they are at this moment and gives it its tallies and its
    poster a room.
    """
    now = timezone.now()
    survey = lock_survey(survey.pk)
    if survey.state != Survey.State.SCHEDULED or survey.opens_at > now:
        return False
    units = list(survey.survey_units.filter(state=SurveyUnit.State.NOT_OPEN).select_related("unit"))
    Tally.objects.bulk_create(
        (
            Tally(survey_unit=unit, channel=channel)
            for unit in units
            if unit.mode == SurveyUnit.Mode.SEALED
            for channel in Channel.values
        ),
        ignore_conflicts=True,
    )
    Tally.objects.filter(survey_unit__in=units).update(open=True)
    today = now.astimezone(survey.organisation.zone).date()
    rooms = rooms_of(units)
    for unit in units:
        unit.state = SurveyUnit.State.OPEN
        unit.unit_name, unit.unit_path = unit.unit.name, unit.unit.path
        unit.enough_on, unit.poster_room = today, rooms[unit.pk]
    SurveyUnit.objects.bulk_update(
        units, ["state", "unit_name", "unit_path", "enough_on", "poster_room"]
    )
    survey.state = Survey.State.OPEN
    survey.save(update_fields=["state"])
    plan_notice(survey=survey, step=Message.Step.OPENED, due_at=now)
    if survey.closes_at - DAY > now:
        plan_notice(survey=survey, step=Message.Step.CLOSES_TOMORROW, due_at=survey.closes_at - DAY)
    record(action="survey opened", on=survey, organisation=survey.organisation, by=by)
    enqueue_on_commit("surveys.send_due_messages")
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
    update_survey_state(survey=survey, now=now)
    plan_notice(survey=survey, survey_unit=unit, step=Message.Step.RESULT_READY, due_at=now)
    record(action="result published", on=unit, organisation=survey.organisation, by=None)
    return True


@transaction.atomic
def cancel_survey(*, survey: Survey, by: User) -> None:
    """Deletes what was answered, all addresses and, through the counting worker, the key.

    Units that were counted before keep their result. The rows and the audit trail stay, and a
    link says that the survey was cancelled.
    """
    cancel_locked(survey=lock_survey(survey.pk), by=by)


@transaction.atomic
def cancel_locked(*, survey: Survey, by: User) -> None:
    """The same, for an action that holds the survey already."""
    refuse_while_held()
    now = timezone.now()
    if survey.state == Survey.State.CANCELLED:
        return
    if survey.state in (Survey.State.COUNTED, Survey.State.PUBLISHED):
        raise NotPossible(
            "You cannot cancel this survey because the answers have already been counted."
        )
    ending = (SurveyUnit.State.NOT_OPEN, SurveyUnit.State.OPEN, SurveyUnit.State.CLOSED)
    its = SurveyUnit.objects.filter(survey=survey)
    units = list(its.filter(state__in=ending).values_list("pk", flat=True))
    Message.objects.filter(survey=survey, state__in=Message.WAITING).exclude(
        step__in=(Message.Step.RESULT_READY, *NEWS)
    ).update(state=Message.State.DROPPED)
    StaffImport.objects.filter(survey=survey, state=StaffImport.State.WAITING).update(
        state=StaffImport.State.FAILED, failure="The survey was cancelled.", people=b""
    )
    _empty(units)
    if its.filter(state__in=(SurveyUnit.State.COUNTED, SurveyUnit.State.TOO_FEW)).exists():
        update_survey_state(survey=survey, now=now)
    else:
        survey.state = Survey.State.CANCELLED
        survey.count_failure = ""
        survey.save(update_fields=["state", "count_failure"])
    record(
        action="survey cancelled", on=survey, organisation=survey.organisation, by=by, units=units
    )
    enqueue_on_commit("fieldwork.counting.destroy_key", survey.pk)


@transaction.atomic
def cancel_units(*, survey: Survey, units: Collection[int], by: User) -> None:
    """Takes units (their keys) out of a survey that has not begun; the others are asked.

    The survey is held already. A staff list still being added that names one of them is refused,
    as after a closing.
    """
    refuse_while_held()
    if survey.state not in (Survey.State.DRAFT, Survey.State.PREPARING, Survey.State.SCHEDULED):
        raise NotPossible("You cannot remove a unit because the survey has begun.")
    not_open = SurveyUnit.objects.filter(survey=survey, state=SurveyUnit.State.NOT_OPEN)
    ending = list(not_open.filter(unit__in=units).values_list("pk", flat=True))
    if not ending:
        return
    Message.objects.filter(survey_unit__in=ending, state__in=Message.WAITING).update(
        state=Message.State.DROPPED
    )
    _empty(ending)
    record(
        action="survey cancelled", on=survey, organisation=survey.organisation, by=by, units=ending
    )


def _empty(units: Collection[int]) -> None:
    """Cancels these survey units and deletes addresses and answers."""
    SurveyUnit.objects.filter(pk__in=units).update(
        state=SurveyUnit.State.CANCELLED, enough=False, enough_on=None, link_word=""
    )
    Contact.objects.filter(survey_unit__in=units).delete()
    RemovedContact.objects.filter(survey_unit__in=units).delete()
    Invitation.objects.filter(survey_unit__in=units).update(used=False)
    # Held in the order in which a sheet being cast holds them.
    held = Tally.objects.filter(survey_unit__in=units).order_by("pk").select_for_update(no_key=True)
    Tally.objects.filter(pk__in=[tally.pk for tally in held]).update(open=False, count=0)
    Envelope.objects.filter(survey_unit__in=units).delete()
    NamedResponse.objects.filter(survey_unit__in=units).update(answers="", sent_at=None, email="")
