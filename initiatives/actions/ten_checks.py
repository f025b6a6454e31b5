"""Answers one of the ten checks."""

from django.db import transaction

from initiatives.actions.status import lock_initiative
from initiatives.models import CheckAnswer, Initiative
from organisations.actions.audit_log import record
from organisations.models import User


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
