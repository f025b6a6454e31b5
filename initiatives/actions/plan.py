"""Priorities and actions of a unit."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone

from initiatives.models import Action, Evidence, Initiative, Priority
from initiatives.queries.plans import ENDED, TAKEN_UP_WITHIN, ended_lately, open_actions
from organisations.actions.audit_log import record
from organisations.models import Unit, User
from organisations.rules.refusal import Refused

NOT_LATELY = (
    "You can take an action up again within {days} days after it ended with its improvement."
)
COPIED = [field.name for field in Evidence._meta.get_fields()]


@transaction.atomic
def add_priority(
    *,
    initiative: Initiative,
    unit: Unit,
    title: str,
    needs_help: bool,
    help_from: str,
    code: str,
    wording: str,
    figure: str,
    n: int | None,
    link: str,
    by: User,
) -> Priority:
    """A priority with a frozen copy of the statement behind it."""
    priority = Priority.objects.create(
        initiative=initiative,
        unit=unit,
        title=title,
        needs_help=needs_help,
        help_from=help_from,
        evidence_code=code,
        evidence_wording=wording,
        evidence_figure=figure,
        evidence_n=n,
        evidence_link=link,
    )
    record(
        action="priority chosen",
        on=priority,
        organisation=initiative.organisation,
        by=by,
        initiative=initiative.pk,
        unit=unit.pk,
        code=code,
    )
    return priority


@transaction.atomic
def add_action(*, priority: Priority, what: str, owner: str, due_on: date, by: User) -> Action:
    """Somebody's task for a priority, with its own copy of the evidence.

    Pressing the button twice adds it once.
    """
    action, is_new = Action.objects.get_or_create(
        priority=priority,
        what=what,
        owner=owner,
        due_on=due_on,
        defaults={
            "initiative": priority.initiative,
            "unit": priority.unit,
            "added_by": by,
            **{name: getattr(priority, name) for name in COPIED},
        },
    )
    if is_new:
        _record("action added", action, by, priority=priority.pk)
    return action


@transaction.atomic
def keep_promise(
    *,
    initiative: Initiative,
    unit: Unit,
    result: int,
    what: str,
    owner: str,
    due_on: date,
    by: User,
) -> Action:
    """What leaders promised the team, from now on an action like the others; the same is one."""
    action, is_new = Action.objects.get_or_create(
        initiative=initiative,
        unit=unit,
        result=result,
        is_promise=True,
        what=what,
        owner=owner,
        due_on=due_on,
        defaults={"added_by": by},
    )
    if is_new:
        _record("leaders promised", action, by, unit=unit.pk)
    return action


@transaction.atomic
def change_action(
    *, action: Action, what: str, owner: str, due_on: date, state: str, outcome: str, by: User
) -> None:
    """New words, another day, another state. What it was before stays in the trail as codes."""
    action = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    wanted = {"what": what, "owner": owner, "due_on": due_on, "state": state, "outcome": outcome}
    before = action.state
    changed = [name for name, value in wanted.items() if getattr(action, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(action, name, wanted[name])
    action.save(update_fields=changed)
    if before == state:
        _record("action changed", action, by, changed=changed)
    else:
        _record("action changed", action, by, changed=changed, was=before, now=state)


@transaction.atomic
def drop_open_actions(*, initiative: Initiative, units: Collection[int], by: User) -> list[Action]:
    """What is not done on these units ends with the improvement; leaders' promises stay."""
    found = list(
        open_actions(initiative, units)
        .select_for_update(of=("self",))
        .select_related("initiative__organisation")
    )
    for action in found:
        before = action.state
        action.state, action.outcome = Action.State.DROPPED, ENDED
        action.save(update_fields=["state", "outcome"])
        _record("action changed", action, by, was=before, now=str(action.state))
    return found


@transaction.atomic
def take_up_again(*, action: Action, by: User) -> None:
    """What ended with its improvement is planned again, within 30 days; twice changes nothing.

    Raises `Refused`.
    """
    action = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    if action.state != Action.State.DROPPED:
        return
    if not ended_lately(timezone.now()).filter(pk=action.pk).exists():
        raise Refused(NOT_LATELY.format(days=TAKEN_UP_WITHIN.days))
    action.state, action.outcome = Action.State.PLANNED, ""
    action.save(update_fields=["state", "outcome"])
    _record("action taken up again", action, by)


def _record(what: str, action: Action, by: User, **detail: object) -> None:
    organisation = action.initiative.organisation
    record(action=what, on=action, organisation=organisation, by=by, **detail)
