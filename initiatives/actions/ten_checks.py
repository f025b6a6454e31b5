"""Answers one of the ten checks, and says that the sign to stop has come."""

from django.db import transaction
from django.utils import timezone

from initiatives.actions.status import lock_initiative
from initiatives.models import CheckAnswer, Initiative
from initiatives.rules.status import OVER
from initiatives.rules.ten_checks import STOP_SIGN
from organisations.actions.audit_log import record
from organisations.models import User
from organisations.rules.refusal import Refused


@transaction.atomic
def answer_check(*, initiative: Initiative, number: int, answer: str, by: User) -> None:
    """Keeps the sentence as the latest; the same again changes nothing."""
    initiative = lock_initiative(initiative)
    last = CheckAnswer.objects.filter(initiative=initiative, number=number).last()
    if last is not None and last.answer == answer:
        return
    CheckAnswer.objects.create(initiative=initiative, number=number, answer=answer, answered_by=by)
    record(
        action="check answered",
        on=initiative,
        organisation=initiative.organisation,
        by=by,
        number=number,
    )


@transaction.atomic
def say_stop_sign(*, initiative: Initiative, has_come: bool, by: User) -> None:
    """Puts it on the reviewers' list today, or takes that back; said already, nothing changes.

    Raises `Refused` where nobody has said what the sign is, or it is over.
    """
    initiative = lock_initiative(initiative)
    if has_come == (initiative.stop_sign_on is not None):
        return
    if initiative.state in OVER:
        raise Refused("This improvement is over. There is nothing to review.")
    named = CheckAnswer.objects.filter(initiative=initiative, number=STOP_SIGN)
    if has_come and not named.exists():
        raise Refused("Answer check 10 first: what is the sign to stop?")
    today = timezone.localdate(timezone=initiative.organisation.zone)
    initiative.stop_sign_on = today if has_come else None
    initiative.save(update_fields=["stop_sign_on"])
    record(
        action="stop sign has come" if has_come else "stop sign revoked",
        on=initiative,
        organisation=initiative.organisation,
        by=by,
    )
