"""The plan of messages: what goes to whom and when, and what a manager may change of it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from organisations.actions.audit_log import record
from organisations.actions.deployment import refuse_while_held
from organisations.carriers.task_queue import enqueue_on_commit
from organisations.models import User
from surveys.actions.locks import NotPossible, lock_survey
from surveys.actions.outbox_leases import hours_of
from surveys.models import Channel, Invitation, Message, NamedResponse, Survey, SurveyUnit
from surveys.models.distribution import REMINDERS
from surveys.rules import closing_times, wall_clock
from surveys.rules.form_kind import FormKind

MOST_REMINDERS = len(REMINDERS)
Times = dict[Message.Step, datetime]
_RUNNING = (Survey.State.PREPARING, Survey.State.SCHEDULED, Survey.State.OPEN)


def plan_messages(survey_unit: SurveyUnit, to: Iterable[Message]) -> None:
    """The invitation at opening and a reminder for each chosen day, for each of these people.

    Each is planned for the first moment at which we may write to this person.
    """
    _plan(survey_unit, to, _steps(survey_unit))


def planned_times(unit: SurveyUnit, *, works_nights: bool) -> Times:
    """When each step reaches such people; a time at or after closing means never."""
    return _in_hours(unit, _steps(unit), works_nights=works_nights)


def _steps(unit: SurveyUnit) -> Times:
    survey = unit.survey
    when = {Message.Step.INVITATION: survey.opens_at, **_reminders(survey)}
    if unit.added_reminder_at is not None:
        step = added_step(survey)
        if step is not None and step not in survey.skipped_steps:
            when[step] = unit.added_reminder_at
    return when


def _in_hours(unit: SurveyUnit, when: Times, *, works_nights: bool) -> Times:
    hours = hours_of(unit.survey.organisation)
    return {
        step: hours.first_from(moment, works_nights=works_nights) for step, moment in when.items()
    }


def _plan(survey_unit: SurveyUnit, to: Iterable[Message], when: Times) -> None:
    survey = survey_unit.survey
    due = {
        works_nights: _in_hours(survey_unit, when, works_nights=works_nights)
        for works_nights in (False, True)
    }
    Message.objects.bulk_create(
        Message(
            survey=survey,
            survey_unit=survey_unit,
            invitation=one.invitation,
            named_response=one.named_response,
            channel=one.invitation.channel if one.invitation else Channel.EMAIL,
            step=step,
            due_at=due_at,
        )
        for one in to
        for step, due_at in due[_works_nights(one)].items()
    )


def _days(survey: Survey) -> dict[int, datetime]:
    return wall_clock.reminders(
        opens_at=survey.opens_at,
        closes_at=survey.closes_at,
        days=survey.reminder_days,
        zone=survey.organisation.zone,
    )


def _reminders(survey: Survey) -> Times:
    steps = zip(REMINDERS, _days(survey).values(), strict=False)
    return {step: when for step, when in steps if step not in survey.skipped_steps}


def added_step(survey: Survey) -> Message.Step | None:
    """The reminder left for an added week: none where none was chosen or three are planned."""
    used = len(_days(survey))
    return REMINDERS[used] if used < MOST_REMINDERS and survey.reminder_days else None


def may_add_reminder(survey: Survey) -> bool:
    """Whether an extension brings a reminder: a manager who paused or skipped one is not overruled.

    No more than three, and none where none was chosen.
    """
    is_wanted = not survey.messages_paused and not survey.skipped_steps
    return is_wanted and added_step(survey) is not None


def remind_in_added_week(survey: Survey, unit: SurveyUnit) -> Message.Step | None:
    """Plans one reminder for the week that was added to a locked unit; which, if any.

    For everybody with an address, so that no row tells who has answered.
    """
    step = added_step(survey)
    if step is None or not may_add_reminder(survey) or unit.added_reminder_at is not None:
        return None
    zone = survey.organisation.zone
    unit.added_reminder_at = closing_times.added_reminder(unit.closes_at, zone=zone)
    unit.save(update_fields=["added_reminder_at"])
    staff = Invitation.objects.filter(survey_unit=unit, contact__isnull=False)
    leaders = NamedResponse.objects.filter(survey_unit=unit, kind=FormKind.LEADERS)
    people = [Message(invitation=one) for one in staff.select_related("contact").order_by("pk")]
    people += [Message(named_response=one) for one in leaders.exclude(email="").order_by("pk")]
    _plan(unit, people, {step: unit.added_reminder_at})
    return step


def _works_nights(message: Message) -> bool:
    contact = message.invitation.contact if message.invitation else None
    return contact is not None and contact.works_nights


@transaction.atomic
def skip_reminder(*, survey: Survey, step: Message.Step, by: User) -> None:
    """Takes one reminder out of the plan, for everybody; what has gone out stays so."""
    survey = lock_survey(survey.pk)
    if step not in REMINDERS:
        raise NotPossible("Only a reminder can be skipped.")
    if step in survey.skipped_steps:
        return
    waiting = Message.objects.filter(survey=survey, step=step, state__in=Message.WAITING)
    if not waiting.update(state=Message.State.DROPPED):
        raise NotPossible("This reminder has already been sent.")
    survey.skipped_steps = [*survey.skipped_steps, step]
    survey.save(update_fields=["skipped_steps"])
    record(action="reminder skipped", on=survey, organisation=survey.organisation, by=by, step=step)


@transaction.atomic
def send_reminder_now(*, survey: Survey, step: Message.Step, by: User) -> None:
    """Brings the next reminder forward to the first moment at which each person may be written to.

    Quiet hours still hold, and those who have answered still get none.
    """
    refuse_while_held()
    survey = lock_survey(survey.pk)
    now = timezone.now()
    if step not in REMINDERS:
        raise NotPossible("Only a reminder can be sent now.")
    if survey.state != Survey.State.OPEN:
        raise NotPossible("A reminder can be sent only while the survey is open.")
    if survey.messages_paused:
        raise NotPossible("Messages are paused. Restart them first.")
    reminders = Message.objects.filter(
        survey=survey, step__in=REMINDERS, state=Message.State.PLANNED
    )
    if not reminders.filter(step=step).exists():
        raise NotPossible("This reminder has already been sent, or was skipped.")
    if reminders.filter(step__lt=step).exists():  # reminder_1 < reminder_2
        raise NotPossible("Send the earlier reminder first.")
    hours = hours_of(survey.organisation)
    nights = {"invitation__contact__works_nights": True}
    mine = Message.objects.filter(survey=survey, step=step, state=Message.State.PLANNED)
    for works_nights, rows in ((True, mine.filter(**nights)), (False, mine.exclude(**nights))):
        ids = list(rows.values_list("pk", flat=True))
        due_at = hours.first_from(now, works_nights=works_nights)
        Message.objects.filter(pk__in=ids, state=Message.State.PLANNED, due_at__gt=due_at).update(
            due_at=due_at
        )
    record(
        action="reminder moved to an earlier day",
        on=survey,
        organisation=survey.organisation,
        by=by,
        step=step,
    )
    enqueue_on_commit("surveys.send_due_messages")


@transaction.atomic
def pause_messages(*, survey: Survey, by: User) -> None:
    """From now on nothing goes to staff and leaders; at most the letter on its way still does."""
    survey = lock_survey(survey.pk)
    if survey.messages_paused:
        return
    if survey.state not in _RUNNING:
        raise NotPossible("This survey is not sending any more messages.")
    survey.messages_paused = True
    survey.save(update_fields=["messages_paused"])
    record(action="messages paused", on=survey, organisation=survey.organisation, by=by)


@transaction.atomic
def resume_messages(*, survey: Survey, by: User) -> None:
    """The plan goes on. Of several reminders that came due meanwhile only the last one goes."""
    refuse_while_held()
    survey = lock_survey(survey.pk)
    if not survey.messages_paused:
        return
    survey.messages_paused = False
    survey.save(update_fields=["messages_paused"])
    record(action="messages resumed", on=survey, organisation=survey.organisation, by=by)
    enqueue_on_commit("surveys.send_due_messages")
