"""Decisions about an improvement, kept on the register with their reason."""

from django.db import transaction

from initiatives.actions.register import OVER, start
from initiatives.models import Decision, Initiative
from organisations.audit import record
from organisations.models import Unit, User
from organisations.refusal import Refused


@transaction.atomic
def decide_without_survey(
    *, initiative: Initiative, unit: Unit, word: Decision.Word, reason: str, by: User
) -> Decision:
    """Decides for one unit although its staff gave no result; the reason stays readable.

    The same decision again is the one that is there. Raises `Refused`.
    """
    initiative = _lock(initiative)
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
    record(
        action="decided without a survey",
        on=initiative,
        organisation=initiative.organisation,
        by=by,
        unit=unit.pk,
        decision=str(word),
    )
    _follow_decisions(initiative, by)
    return decision


@transaction.atomic
def decide(*, initiative: Initiative, unit: Unit, word: str, reason: str, by: User) -> Decision:
    """What the unit decided once it had talked its result through."""
    initiative = _lock(initiative)
    decision = Decision.objects.create(
        initiative=initiative, unit=unit, word=word, reason=reason, decided_by=by
    )
    record(
        action="decision made",
        on=decision,
        organisation=initiative.organisation,
        by=by,
        initiative=initiative.pk,
        unit=unit.pk,
        now=word,
    )
    _follow_decisions(initiative, by)
    return decision


def _follow_decisions(initiative: Initiative, by: User) -> None:
    """The initiative's state follows its units' latest decisions; what is over stays over."""
    if initiative.state in OVER:
        return
    latest = dict(initiative.decisions.order_by("pk").values_list("unit_id", "word"))
    words = set(latest.values())
    state = Initiative.State.PROPOSED
    if Decision.Word.GO_AHEAD in words:
        state = Initiative.State.ACTIVE
    elif words == {Decision.Word.HOLD}:
        state = Initiative.State.ON_HOLD
    if state == initiative.state:
        return
    before = initiative.state
    if state == Initiative.State.ACTIVE:
        start(initiative)
    else:
        initiative.state = state
        initiative.save(update_fields=["state"])
    record(
        action="initiative turned",
        on=initiative,
        organisation=initiative.organisation,
        by=by,
        was=before,
        now=state,
    )


def _lock(initiative: Initiative) -> Initiative:
    return (
        Initiative.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=initiative.pk)
    )
