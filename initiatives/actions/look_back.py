"""Half a year after an improvement was finished on a unit, somebody says if it is still done."""

from django.db import transaction
from django.utils import timezone

from initiatives.actions.status import lock_initiative
from initiatives.models import Commitment, Initiative
from organisations.actions.audit_log import record
from organisations.models import User
from organisations.rules.refusal import Refused

NOT_FINISHED = "This improvement is {state} on {unit}, so there is nothing to answer."
ANSWERED = "Someone has answered already: {answer}. We only ask once."


@transaction.atomic
def say_still_done(*, commitment: Commitment, answer: str, by: User) -> None:
    """Keeps the answer, once; the same again changes nothing. Raises `Refused`."""
    initiative = lock_initiative(commitment.initiative)
    here = Commitment.objects.select_related("unit").get(pk=commitment.pk)
    if here.state != Initiative.State.FINISHED:
        state = here.get_state_display().lower()
        raise Refused(NOT_FINISHED.format(state=state, unit=here.unit.name))
    if here.still_done == answer:
        return
    if here.still_done:
        raise Refused(ANSWERED.format(answer=here.get_still_done_display().lower()))
    here.still_done = Commitment.StillDone(answer)
    here.looked_on = timezone.localdate(timezone=initiative.organisation.zone)
    here.save(update_fields=["still_done", "looked_on"])
    record(
        action="said if still done",
        on=initiative,
        organisation=initiative.organisation,
        by=by,
        unit=here.unit_id,
        answer=str(here.still_done),
    )
