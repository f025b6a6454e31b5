"""Decisions about an improvement, kept on the register with their reason."""

from django.db import transaction

from initiatives.actions.register import start
from initiatives.models import Decision, Initiative
from organisations.audit import record
from organisations.models import Unit, User
from organisations.refusal import Refused


@transaction.atomic
def decide_without_survey(
    *, initiative: Initiative, unit: Unit, word: Decision.Word, reason: str, by: User
) -> Decision:
    """Decides for one unit although its staff gave no result; the reason stays readable.

    The same decision again is the one that is there. "Go ahead" makes a proposed improvement
    active. Raises `Refused`.
    """
    initiative = Initiative.objects.select_for_update().get(pk=initiative.pk)
    if not initiative.commitments.filter(unit=unit).exists():
        raise Refused("This improvement does not concern that unit.")
    if not reason:
        raise Refused("Say why you decide without a survey", field="reason")
    latest = Decision.objects.filter(initiative=initiative, unit=unit).last()
    if (
        latest is not None
        and latest.without_survey
        and (latest.word, latest.reason) == (word, reason)
    ):
        return latest
    decision = Decision.objects.create(
        initiative=initiative,
        unit=unit,
        word=word,
        reason=reason,
        without_survey=True,
        decided_by=by,
    )
    if word == Decision.Word.GO_AHEAD and initiative.state == Initiative.State.PROPOSED:
        start(initiative)
    record(
        action="decided without a survey",
        on=initiative,
        organisation=initiative.organisation,
        by=by,
        unit=unit.pk,
        decision=str(word),
    )
    return decision
