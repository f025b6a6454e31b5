"""Says loudly that a survey cannot be prepared or counted, and takes it back once it can."""

import logging

from django.db import transaction
from django.utils import timezone

from organisations.actions.audit_log import record
from surveys.actions.locks import lock_survey
from surveys.actions.notices import drop_notices, plan_notice
from surveys.models import Message, Survey

log = logging.getLogger(__name__)


@transaction.atomic
def report_failure(*, survey: Survey, reason: str) -> None:
    """Keeps the reason on the survey, tells managers and leads, and writes to the error log.

    The same reason again says nothing new.
    """
    survey = lock_survey(survey.pk)
    reason = reason[: Survey._meta.get_field("count_failure").max_length]
    if survey.count_failure == reason:
        return
    survey.count_failure = reason
    survey.save(update_fields=["count_failure"])
    plan_notice(survey=survey, step=Message.Step.COUNT_FAILED, due_at=timezone.now())
    record(
        action="count failed",
        on=survey,
        organisation=survey.organisation,
        by=None,
        reason=reason,
    )
    transaction.on_commit(lambda: log.error("Survey %s: %s", survey.pk, reason))


@transaction.atomic
def withdraw_failure(*, survey: Survey) -> None:
    """The cause is gone: the page stops saying it."""
    if not survey.count_failure:
        return
    survey = lock_survey(survey.pk)
    survey.count_failure = ""
    survey.save(update_fields=["count_failure"])
    drop_notices(survey=survey, steps=(Message.Step.COUNT_FAILED,), survey_unit=None)
    record(action="count failure solved", on=survey, organisation=survey.organisation, by=None)
