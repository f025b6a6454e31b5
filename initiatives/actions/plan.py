"""Priorities and actions of a unit."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from initiatives.models import Action, Evidence, Initiative, Priority
from initiatives.queries.plans import ENDED, OPEN, TAKEN_UP_WITHIN, ended_lately, open_actions
from organisations.actions.audit_log import record
from organisations.actions.units import refuse_closed
from organisations.models import Unit, User
from organisations.rules.refusal import Refused

NOT_LATELY = (
    "You can take an action up again within {days} days after it ended with its improvement."
)
CLOSED = "The date of an action that is done or dropped cannot change"
COPIED = [field.name for field in Evidence._meta.get_fields()]


@transaction.atomic
def add_priority(
    *,
    initiative: Initiative,
    unit: Unit,
    result: int,
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
    """A priority for a result (its survey unit), with a frozen copy of the statement behind it."""
    priority = Priority.objects.create(
        initiative=initiative,
        unit=unit,
        result=result,
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


def settle_priorities(priorities: QuerySet[Priority]) -> None:
    """From now on they are in the plan; those that were in it before stay as they are."""
    priorities.filter(chosen_at=None).update(chosen_at=timezone.now())


@transaction.atomic
def add_action(*, priority: Priority, what: str, owner: str, due_on: date, by: User) -> Action:
    """Somebody's task for a priority, with its own copy of the evidence.

    Pressing the button twice adds it once. Raises `Refused`.
    """
    refuse_closed(priority.unit)
    action, is_new = Action.objects.get_or_create(
        priority=priority,
        what=what,
        owner=owner,
        due_on=due_on,
        defaults={
            "initiative": priority.initiative,
            "unit": priority.unit,
            "result": priority.result,
            "first_due_on": due_on,
            "added_by": by,
            **{name: getattr(priority, name) for name in COPIED},
        },
    )
    if is_new:
        _record("action added", action, by, priority=priority.pk)
    return action


class Promise(NamedTuple):
    """What a leader promises to do, who does it and by when."""

    what: str
    owner: str
    due_on: date


@transaction.atomic
def keep_promises(
    *, initiative: Initiative, unit: Unit, result: int, promises: Iterable[Promise], by: User
) -> None:
    """What leaders promised the team, from now on actions like the others; the same is one."""
    promised = Action.objects.filter(
        initiative=initiative, unit=unit, result=result, is_promise=True
    )
    known = set(promised.values_list("what", "owner", "due_on"))
    for promise in dict.fromkeys(promises):
        if promise in known:
            continue
        action = Action.objects.create(
            initiative=initiative,
            unit=unit,
            result=result,
            is_promise=True,
            **promise._asdict(),
            first_due_on=promise.due_on,
            added_by=by,
        )
        _record("leaders promised", action, by, unit=unit.pk)


@transaction.atomic
def change_action(
    *, action: Action, what: str, owner: str, due_on: date, state: str, outcome: str, by: User
) -> None:
    """New words, another day, another state. What it was before stays in the trail as codes.

    Raises `Refused` where what is closed would get another day.
    """
    action = _locked(action)
    _change(
        action,
        {"what": what, "owner": owner, "due_on": due_on, "state": state, "outcome": outcome},
        by,
    )


@transaction.atomic
def close_action(*, action: Action, state: str, outcome: str, by: User) -> None:
    """It is done or dropped, and what came of it."""
    _change(_locked(action), {"state": state, "outcome": outcome}, by)


@transaction.atomic
def move_action(*, action: Action, due_on: date, by: User) -> None:
    """Another day. Raises `Refused` once it is closed."""
    _change(_locked(action), {"due_on": due_on}, by)


def _locked(action: Action) -> Action:
    return (
        Action.objects.select_for_update(of=("self",))
        .select_related("initiative__organisation")
        .get(pk=action.pk)
    )


def _change(action: Action, wanted: Mapping[str, object], by: User) -> None:
    """Saves what differs; with the day, how often it was put off."""
    before, was_due = action.state, action.due_on
    changed = [name for name, value in wanted.items() if getattr(action, name) != value]
    if not changed:
        return
    if "due_on" in changed and wanted.get("state", before) not in OPEN:
        raise Refused(CLOSED, field="due_on")
    for name in changed:
        setattr(action, name, wanted[name])
    today = timezone.localdate(timezone=action.initiative.organisation.zone)
    if "due_on" in changed:
        _count_move(action, was_due, today)
    if "state" in changed:
        # From dropped to done it stays closed on the day it was closed on first.
        is_open = action.state in OPEN
        action.closed_on = None if is_open else action.closed_on or today
    action.save(update_fields=[*changed, "first_due_on", "moved", "closed_on"])
    if before == action.state:
        _record("action changed", action, by, changed=changed)
    else:
        _record("action changed", action, by, changed=changed, was=before, now=action.state)


def _count_move(action: Action, was_due: date, today: date) -> None:
    """A later day is a move; on the day it was added it corrects the first one."""
    zone = action.initiative.organisation.zone
    if timezone.localdate(action.added_at, zone) == today and not action.moved:
        action.first_due_on = action.due_on
    elif action.due_on > was_due:
        action.moved += 1


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
        action.closed_on = timezone.localdate(timezone=initiative.organisation.zone)
        action.save(update_fields=["state", "outcome", "closed_on"])
        _record("action changed", action, by, was=before, now=str(action.state))
    return found


@transaction.atomic
def take_up_again(*, action: Action, by: User) -> None:
    """What ended with its improvement is planned again, within 30 days; twice changes nothing.

    Raises `Refused`.
    """
    action = _locked(action)
    if action.state != Action.State.DROPPED:
        return
    refuse_closed(action.unit)
    if not ended_lately(timezone.now()).filter(pk=action.pk).exists():
        raise Refused(NOT_LATELY.format(days=TAKEN_UP_WITHIN.days))
    action.state, action.outcome, action.closed_on = Action.State.PLANNED, "", None
    action.save(update_fields=["state", "outcome", "closed_on"])
    _record("action taken up again", action, by)


def _record(what: str, action: Action, by: User, **detail: object) -> None:
    organisation = action.initiative.organisation
    record(action=what, on=action, organisation=organisation, by=by, **detail)
