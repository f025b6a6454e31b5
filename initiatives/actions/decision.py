"""Decisions about an improvement, kept on the register with their reason."""

from django.db import transaction

from initiatives.actions.status import change_locked, lock_initiative
from initiatives.models import Commitment, DebriefReply, DebriefSaid, Decision, Initiative
from initiatives.rules import status
from organisations.actions.audit_log import record
from organisations.actions.units import refuse_closed
from organisations.models import Unit, User
from organisations.rules.refusal import Refused


@transaction.atomic
def decide_without_survey(
    *, initiative: Initiative, unit: Unit, choice: Decision.Choice, reason: str, by: User
) -> Decision:
    """Decides for one unit although its staff were not asked; the reason stays readable.

    The same decision again is the one that is there. Raises `Refused`.
    """
    initiative = lock_initiative(initiative)
    if not initiative.commitments.filter(unit=unit).exists():
        raise Refused("This improvement is not linked to that unit.")
    refuse_closed(unit)
    if not reason:
        raise Refused("Say why you decide without a survey", field="reason")
    latest = Decision.objects.filter(initiative=initiative, unit=unit).last()
    if (
        latest is not None
        and latest.without_survey
        and (latest.choice, latest.reason) == (choice, reason)
    ):
        return latest
    decision = Decision.objects.create(
        initiative=initiative,
        unit=unit,
        choice=choice,
        reason=reason,
        without_survey=True,
        decided_by=by,
    )
    record(
        action="decided without a survey",
        on=initiative,
        organisation=initiative.organisation,
        by=by,
        unit=unit.pk,
        decision=str(choice),
    )
    _follow_decision(decision, by)
    return decision


@transaction.atomic
def decide(
    *,
    initiative: Initiative,
    unit: Unit,
    result: int,
    choice: str,
    reason: str,
    debriefs: list[DebriefSaid],
    replies: list[DebriefReply],
    by: User,
) -> Decision:
    """What the unit decided in its debriefs of a result (its survey unit's key)."""
    initiative = lock_initiative(initiative)
    decision = Decision.objects.create(
        initiative=initiative,
        unit=unit,
        result=result,
        choice=choice,
        reason=reason,
        debriefs=debriefs,
        replies=replies,
        decided_by=by,
    )
    record(
        action="decision made",
        on=decision,
        organisation=initiative.organisation,
        by=by,
        initiative=initiative.pk,
        unit=unit.pk,
        now=choice,
    )
    _follow_decision(decision, by)
    return decision


@transaction.atomic
def join_decision(*, decision: Decision, said: DebriefSaid, by: User) -> None:
    """Another debrief says the same: the decision rests on it too. Nothing else changes."""
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if any(one["debrief"] == said["debrief"] for one in decision.debriefs):
        return
    decision.debriefs = [*decision.debriefs, said]
    decision.save(update_fields=["debriefs"])
    record(
        action="decision joined",
        on=decision,
        organisation=decision.initiative.organisation,
        by=by,
        debrief=said["debrief"],
    )


def _follow_decision(decision: Decision, by: User) -> None:
    """The improvement's status on the unit follows; what is over there stays over."""
    here = Commitment.objects.filter(initiative=decision.initiative, unit=decision.unit).first()
    if here is None:
        return
    state = status.after_decision(here.state, decision.choice)
    if state != here.state:
        change_locked(
            initiative=decision.initiative,
            units=[decision.unit],
            to=state,
            why=decision.reason,
            by=by,
            decision=decision,
        )
