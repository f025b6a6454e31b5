"""Sending an invitation once more, by somebody's wish and never by itself."""

from django.db import transaction
from django.utils import timezone

from organisations.actions.audit_log import record
from organisations.actions.deployment import refuse_while_held
from organisations.carriers.task_queue import enqueue_on_commit
from organisations.models import User
from surveys.actions.locks import NotPossible, lock_survey_unit
from surveys.models import Contact, Message, SurveyUnit

_RUNNING = (SurveyUnit.State.NOT_OPEN, SurveyUnit.State.OPEN)


@transaction.atomic
def send_again(*, message: Message, by: User) -> None:
    """Plans an invitation anew that failed, or of which nobody knows whether it arrived.

    Whether the person has answered meanwhile is not asked here, so that no refusal tells it: the
    outbox drops it silently then. A second press finds it planned and changes nothing.
    """
    refuse_while_held()
    if message.survey_unit_id is None or message.step != Message.Step.INVITATION:
        raise NotPossible("Only an invitation can be sent again.")
    survey, unit = lock_survey_unit(message.survey_unit_id)
    row = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if unit.state not in _RUNNING:
        raise NotPossible("The survey has closed, so nothing is sent any more.")
    if row.invitation_id and not Contact.objects.filter(invitation=row.invitation_id).exists():
        raise NotPossible("The address is deleted, so nothing can be sent there.")
    if row.state not in Message.STUCK:
        if row.again_at is None:
            raise NotPossible("This invitation is being sent or has already been sent.")
        return
    now = timezone.now()
    row.state, row.due_at, row.again_at = Message.State.PLANNED, max(now, survey.opens_at), now
    row.retry_at, row.attempts, row.failure = None, 0, ""
    row.save(update_fields=["state", "due_at", "again_at", "retry_at", "attempts", "failure"])
    record(
        action="invitation sent again",
        on=row,
        organisation=survey.organisation,
        by=by,
        unit=unit.unit_id,
    )
    enqueue_on_commit("surveys.send_due_messages")
