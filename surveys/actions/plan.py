"""The plan of messages: what goes to whom and when, and what a manager may change of it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from organisations.audit import record
from organisations.models import User
from surveys import wall_clock
from surveys.actions.claiming import hours_of
from surveys.actions.turning import NotPossible, lock_survey
from surveys.actions.worker import ask_soon
from surveys.messages import REMINDERS
from surveys.models import Channel, Message, Survey, SurveyUnit

MOST_REMINDERS = len(REMINDERS)
_RUNNING = (Survey.State.PREPARING, Survey.State.SCHEDULED, Survey.State.OPEN)


def plan_messages(survey_unit: SurveyUnit, to: Iterable[Message]) -> None:
    """The invitation at opening and a reminder for each chosen day, for each of these people.

    Each is planned for the first moment at which we may write to this person.
    """
    survey = survey_unit.survey
    hours = hours_of(survey.organisation)
    when = {Message.Step.INVITATION: survey.opens_at, **_reminders(survey, survey_unit.closes_at)}
    due = {
        works_nights: {
            step: hours.first_from(moment, works_nights=works_nights)
            for step, moment in when.items()
        }
        for works_nights in (False, True)
    }
    Message.objects.bulk_create(
        Message(
            survey=survey,
            survey_unit=survey_unit,
            invitation=one.invitation,
            named_sheet=one.named_sheet,
            channel=one.invitation.channel if one.invitation else Channel.EMAIL,
            step=step,
            due_at=due_at,
        )
        for one in to
        for step, due_at in due[_works_nights(one)].items()
    )


def _reminders(survey: Survey, closes_at: datetime) -> dict[Message.Step, datetime]:
    planned = wall_clock.reminders(
        opens_at=survey.opens_at,
        closes_at=closes_at,
        days=survey.reminder_days,
        zone=survey.organisation.zone,
    )
    steps = dict(zip(sorted(survey.reminder_days), REMINDERS, strict=False))
    return {
        steps[day]: when for day, when in planned.items() if steps[day] not in survey.skipped_steps
    }


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
        raise NotPossible("This reminder has gone out already.")
    survey.skipped_steps = [*survey.skipped_steps, step]
    survey.save(update_fields=["skipped_steps"])
    record(action="reminder skipped", on=survey, organisation=survey.organisation, by=by, step=step)


@transaction.atomic
def send_reminder_now(*, survey: Survey, step: Message.Step, by: User) -> None:
    """Brings the next reminder forward to the first moment at which each person may be written to.

    Quiet hours still hold, and those who have answered still get none.
    """
    survey = lock_survey(survey.pk)
    now = timezone.now()
    if step not in REMINDERS:
        raise NotPossible("Only a reminder can be sent now.")
    if survey.state != Survey.State.OPEN:
        raise NotPossible("A reminder can be sent only while the survey is open.")
    if survey.messages_paused:
        raise NotPossible("Messages are paused. Let them go on first.")
    reminders = Message.objects.filter(
        survey=survey, step__in=REMINDERS, state=Message.State.PLANNED
    )
    if not reminders.filter(step=step).exists():
        raise NotPossible("This reminder has gone out already, or was skipped.")
    if reminders.filter(step__lt=step).exists():  # reminder_1 < reminder_2
        raise NotPossible("Another reminder comes before this one.")
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
        action="reminder brought forward",
        on=survey,
        organisation=survey.organisation,
        by=by,
        step=step,
    )
    ask_soon("surveys.send_due_messages")


@transaction.atomic
def pause_messages(*, survey: Survey, by: User) -> None:
    """From now on nothing goes to staff and leaders; at most the letter on its way still does."""
    survey = lock_survey(survey.pk)
    if survey.messages_paused:
        return
    if survey.state not in _RUNNING:
        raise NotPossible("No more messages go out in this survey.")
    survey.messages_paused = True
    survey.save(update_fields=["messages_paused"])
    record(action="messages paused", on=survey, organisation=survey.organisation, by=by)


@transaction.atomic
def resume_messages(*, survey: Survey, by: User) -> None:
    """The plan goes on. Of several reminders that came due meanwhile only the last one goes."""
    survey = lock_survey(survey.pk)
    if not survey.messages_paused:
        return
    survey.messages_paused = False
    survey.save(update_fields=["messages_paused"])
    record(action="messages resumed", on=survey, organisation=survey.organisation, by=by)
    ask_soon("surveys.send_due_messages")
