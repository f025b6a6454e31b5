"""What leaders promise the team in their reply; when it ends, each promise is an action."""

from datetime import date

from django.db import transaction

from debriefs.actions.locks import locked_debrief, record_debrief
from debriefs.models import Debrief, PromiseSaid
from debriefs.rules.steps import MOST_PROMISES
from initiatives.actions import plan
from organisations.actions.units import refuse_closed
from organisations.models import User
from organisations.rules.refusal import Refused
from surveys.models import SurveyUnit


@transaction.atomic
def add_promise(*, debrief: Debrief, what: str, owner: str, due_on: date, by: User) -> None:
    """One more, up to three; the same twice is one."""
    debrief = locked_debrief(debrief)
    if debrief.kind != Debrief.Kind.REPLY:
        raise Refused("Leaders promise in their reply.")
    promise = PromiseSaid(what=what, owner=owner, due_on=due_on.isoformat())
    if promise in debrief.promises:
        return
    refuse_closed(debrief.survey_unit.unit)
    if len(debrief.promises) >= MOST_PROMISES:
        raise Refused(f"You have {MOST_PROMISES}. Remove one to add another.")
    _keep(debrief, [*debrief.promises, promise], "leaders’ promise added", by)


@transaction.atomic
def take_back_promise(*, debrief: Debrief, what: str, by: User) -> None:
    """Before the reply ends a promise can be taken back."""
    debrief = locked_debrief(debrief)
    kept = [one for one in debrief.promises if one["what"] != what]
    if kept != debrief.promises:
        _keep(debrief, kept, "leaders’ promise removed", by)


def _keep(debrief: Debrief, promises: list[PromiseSaid], what: str, by: User) -> None:
    debrief.promises = promises
    debrief.save(update_fields=["promises"])
    record_debrief(what, debrief, by)


def keep_promises(debrief: Debrief, unit: SurveyUnit, by: User) -> None:
    """Each promise is an action from now on; call it in the action that ends the reply."""
    plan.keep_promises(
        initiative=unit.survey.initiative,
        unit=unit.unit,
        result=unit.pk,
        promises=[
            plan.Promise(one["what"], one["owner"], date.fromisoformat(one["due_on"]))
            for one in debrief.promises
        ],
        by=by,
    )
